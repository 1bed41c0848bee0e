//! Content exchanges a subject token for an access token, plainly or with something changed.

use claimproof_suite::{Granted, Mismatch, NoVerdict, Observation, Outcome};
use claimproof_vectors::Surface;
use claimproof_vectors::flow::{Exchange, FormEdit, form};
use futures::future::join_all;
use serde_json::Value;

use super::{Answered, Connect};
use crate::target::{Fields, Method, Rendered, Response, classify, render};

impl Connect<'_> {
    pub(crate) async fn exchange_once(
        &mut self,
        exchange: &Exchange,
    ) -> Result<Observation, NoVerdict> {
        let answered = self.send_exchange(exchange.subject, &exchange.edits).await?;
        self.held.flow.headers.clone_from(&answered.1.headers);
        let mut seen = self.judged(&answered).await?;
        if seen.outcome == Outcome::Accepted {
            match granted(&answered.1) {
                Ok(granted) => drop(self.held.flow.access.insert(exchange.keep, granted)),
                Err(why) => seen.outcome = Outcome::Neither(why.to_string().into()),
            }
        } else {
            self.held.flow.said.push(answered.1.body.clone());
            self.held.flow.misshapen.extend(envelope(&answered.1).err().map(|why| why.to_string()));
        }
        Ok(seen)
    }

    /// All at once; what is told of them is the first that fails, or a difference between them.
    pub(crate) async fn exchange_at_once(
        &self,
        subject: &'static str,
        times: usize,
    ) -> Result<Observation, NoVerdict> {
        let all = join_all((0..times).map(|_| self.send_exchange(subject, &[]))).await;
        let all = all.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut tokens = Vec::new();
        for answered in &all {
            let seen = self.judged(answered).await?;
            match (seen.outcome == Outcome::Accepted).then(|| granted(&answered.1)) {
                Some(Ok(granted)) => tokens.push(granted.token),
                Some(Err(why)) => {
                    return Ok(Observation {
                        outcome: Outcome::Neither(why.to_string().into()),
                        ..seen
                    });
                }
                None => return Ok(seen),
            }
        }
        let alike = tokens.windows(2).all(|pair| pair[0] == pair[1]);
        Ok(Observation::of(if alike {
            Outcome::Accepted
        } else {
            Outcome::Neither(
                format!("{times} exchanges at once were granted different access tokens").into(),
            )
        }))
    }

    async fn send_exchange(
        &self,
        subject: &str,
        edits: &[FormEdit],
    ) -> Result<Answered, NoVerdict> {
        let surface = self.client.surface(Some(Surface::Exchange))?;
        let mut fields = self.client.named(self.held);
        let own = self.held.flow.subjects.get(subject);
        let own = own.ok_or_else(|| {
            NoVerdict::Lost(format!("no subject token `{subject}` was received").into())
        })?;
        fields.insert("subject_token".to_owned(), altered_subject(own, edits));
        for edit in edits {
            match edit {
                FormEdit::Caller(Some(role)) => {
                    drop(fields.insert("publisher_key".to_owned(), self.client.secret_of(role)?))
                }
                FormEdit::Caller(None) => drop(fields.remove("publisher_key")),
                FormEdit::Key(alteration) => {
                    fields.insert(
                        "publisher_key".to_owned(),
                        alteration.apply(&self.client.secret_of("publisher")?),
                    );
                }
                FormEdit::Scheme(scheme) => {
                    drop(fields.insert("scheme".to_owned(), (*scheme).to_owned()))
                }
                _ => {}
            }
        }
        let mut request = exchange_request(&surface.request, &fields, edits)?;
        self.client.at(&mut request, self.held.now).await?;
        let response = self.client.ask_target(&request, Some(surface)).await?;
        Ok((request, response))
    }

    async fn judged(&self, answered: &Answered) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(Some(Surface::Exchange))?;
        let outcome = match classify(&self.client.target, surface, &answered.1).outcome {
            // A front server's own limit is a refusal too (RFC 9110 section 15.5.14).
            Outcome::Neither(_) if answered.1.status == CONTENT_TOO_LARGE => Outcome::Refused(None),
            outcome => outcome,
        };
        let mut seen = self.seen(outcome, answered).await;
        seen.number = number(&answered.1);
        seen.text = error_text(&answered.1).or(seen.text);
        self.heard(&mut seen).await;
        Ok(seen)
    }
}

const CONTENT_TOO_LARGE: u16 = 413;

fn altered_subject(own: &str, edits: &[FormEdit]) -> String {
    let alteration = edits.iter().find_map(|edit| match edit {
        FormEdit::Subject(alteration) => Some(*alteration),
        _ => None,
    });
    alteration.map_or_else(|| own.to_owned(), |alteration| alteration.apply(own))
}

/// The request of an exchange, before anything is said of the time.
pub(crate) fn exchange_request(
    method: &Method,
    fields: &Fields,
    edits: &[FormEdit],
) -> Result<Rendered, NoVerdict> {
    let mut request = render(method, fields)?;
    apply(&mut request, edits);
    Ok(request)
}

/// The request with everything changed that is not about who calls.
fn apply(request: &mut Rendered, edits: &[FormEdit]) {
    let form = url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
    let sent = form::sent(form, edits);
    request.body = sent.body;
    request.query.extend(sent.query);
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    request.headers.push(("content-type".to_owned(), sent.content_type));
    request.headers.extend(sent.headers);
}

/// What a success grants; every client reads `access_token`.
fn granted(response: &Response) -> Result<Granted, Mismatch> {
    let body: Value = serde_json::from_str(&response.body)
        .map_err(|error| Mismatch::Beside(format!("the success is no JSON: {error}").into()))?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let token = text("access_token")
        .ok_or_else(|| Mismatch::Beside("the success has no access_token".into()))?;
    let expires_in = body.get("expires_in").and_then(Value::as_i64);
    let is_typed = text("issued_token_type").is_some() && text("token_type").is_some();
    Ok(Granted { token: token.to_owned(), expires_in, is_typed })
}

fn error_text(response: &Response) -> Option<String> {
    let body: Value = serde_json::from_str(&response.body).ok()?;
    body.get("error")?.as_str().map(str::to_owned)
}

fn number(response: &Response) -> Option<i64> {
    let body: Value = serde_json::from_str(&response.body).ok()?;
    body.get("code")?.as_i64()
}

/// An error as the SDK needs it: a registered status, declared as JSON, an object, `code` an
/// integer, `error` a string.
fn envelope(response: &Response) -> Result<(), Mismatch> {
    let kind = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let kind = kind.map_or("none", |(_, value)| value.as_str());
    let status = response.status;
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(Mismatch::Beside(
            format!(
                "an error of status {status} has content type {kind}, expected application/json"
            )
            .into(),
        ));
    }
    if !is_registered(status) {
        return Err(Mismatch::Beside(format!(
            "an error has status {status}, which is not registered, so the SDK has no name for it"
        ).into()));
    }
    match (number(response), error_text(response)) {
        (Some(_), Some(_)) => Ok(()),
        _ => Err(Mismatch::Beside(format!(
            "an error of status {status} is no object with an integer `code` and a string `error`"
        ).into())),
    }
}

/// The error statuses of the IANA registry.
const fn is_registered(status: u16) -> bool {
    matches!(status, 400..=418 | 421..=426 | 428 | 429 | 431 | 451 | 500..=508 | 510 | 511)
}
