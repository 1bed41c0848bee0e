//! `POST /__api__/v1/oauth/integrations/credentials`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Connect, Failed, Session, Subject, failed};
use crate::outsiders::wire::{Answer, Request};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const NO_ASSOCIATION: &str = "No OAuth integrations have been associated with this content item.";
const NO_SESSION: &str =
    "No OAuth session found. Log in to the OAuth Integration before requesting credentials.";

type Form = Vec<(String, String)>;

impl Connect {
    pub(super) async fn exchange(&self, request: &Request) -> Result<Answer, Failed> {
        let caller = self.caller(request);
        if caller.is_none() && !self.way.is("no-api-key") {
            return failed(401, 24, "An API key is needed.");
        }
        let form = self.exchange_form(request)?;
        let member =
            |name: &str| form.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let subject = self.subject(member("subject_token").unwrap_or_default(), request.now())?;
        let stranger =
            caller.is_some_and(|caller| caller["guid"].as_str() != self.owner(&subject.content));
        if stranger && !self.way.is("any-publisher") {
            return failed(403, 22, "This content is another publisher's.");
        }
        let integration = self.integration(&subject.content, member("audience"))?;
        self.granted(&subject, &integration, request.now()).await
    }

    fn exchange_form(&self, request: &Request) -> Result<Form, Failed> {
        let kind = request
            .header("content-type")
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default();
        let is_form = kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded");
        if (request.body.is_empty() || !is_form) && self.way.is("crash-without-a-form") {
            return failed(500, 1, "Internal error.");
        }
        if request.body.is_empty() {
            return failed(400, 210, "There is no form.");
        }
        if !is_form || std::str::from_utf8(&request.body).is_err() || request.body.len() > 65_536 {
            return failed(400, 211, "The form cannot be read.");
        }
        let form = request.form();
        let all = |name: &str| {
            form.iter().filter(|(own, _)| own == name).map(|(_, value)| value.clone()).collect()
        };
        let (grant, kind, wanted): (Vec<_>, Vec<_>, Vec<_>) =
            (all("grant_type"), all("subject_token_type"), all("requested_token_type"));
        let subject: Vec<String> = all("subject_token");
        if grant.len() != 1 || kind.len() != 1 || wanted.len() > 1 {
            return failed(400, 12, "A member is missing or repeated.");
        }
        if grant[0] != "urn:ietf:params:oauth:grant-type:token-exchange" {
            return failed(400, 213, "Invalid grant_type");
        }
        if kind[0] != "urn:posit:connect:user-session-token" {
            return failed(400, 214, "Invalid subject_token_type");
        }
        if wanted.first().is_some_and(|wanted| wanted != ACCESS_TOKEN) {
            return failed(400, 12, "Invalid requested_token_type");
        }
        if subject.len() == 1 { Ok(form) } else { failed(400, 215, "Invalid subject_token") }
    }

    fn subject(&self, token: &str, now: f64) -> Result<Subject, Failed> {
        let known = self.state().subjects.get(token).cloned();
        let good =
            known.filter(|subject| subject.until > now || self.way.is("expired-subject-taken"));
        good.map_or_else(|| failed(400, 215, "Invalid subject_token"), Ok)
    }

    fn integration(&self, content: &str, audience: Option<&str>) -> Result<String, Failed> {
        let state = self.state();
        let own = state.associations.get(content).cloned().unwrap_or_default();
        let pooled = || state.associations.values().flatten().next().cloned();
        match (own.as_slice(), audience) {
            ([], _) if self.way.is("associations-pooled") => {
                pooled().map_or_else(|| failed(400, 212, NO_ASSOCIATION), Ok)
            }
            ([], _) => failed(400, 212, NO_ASSOCIATION),
            ([one, ..], _) if self.way.is("audience-not-read") => Ok(one.clone()),
            (all, Some(audience)) if !all.iter().any(|own| own == audience) => {
                failed(400, 212, NO_ASSOCIATION)
            }
            (_, Some(audience)) => Ok(audience.to_owned()),
            ([one], None) => Ok(one.clone()),
            (_, None) => failed(400, 12, "Name one of the integrations as the audience."),
        }
    }

    fn session(&self, subject: &Subject, integration: &str) -> Option<Session> {
        let anybody = self.way.is("session-of-anybody");
        let own = |one: &&Session| {
            one.integration == integration && (anybody || one.user == subject.viewer)
        };
        self.state().sessions.iter().find(own).cloned()
    }

    async fn granted(
        &self,
        subject: &Subject,
        integration: &str,
        now: f64,
    ) -> Result<Answer, Failed> {
        let turn = Arc::clone(
            self.state().turns.entry(format!("{integration} {}", subject.viewer)).or_default(),
        );
        let _turn = turn.lock().await;
        let Some(mut session) = self.session(subject, integration) else {
            return failed(400, 220, NO_SESSION);
        };
        if session.until.is_some_and(|until| until <= now) {
            session = self.refreshed(session, now).await?;
        }
        let mut body = json!({ "access_token": session.access, "issued_token_type": ACCESS_TOKEN, "token_type": "Bearer" });
        if let Some(until) = session.until.filter(|until| *until > now) {
            body["expires_in"] = serde_json::from_str(&format!("{:.0}", (until - now).floor()))
                .unwrap_or(Value::Null);
        }
        Ok(Answer::json(200, &body))
    }

    /// RFC 6749 section 6: an answer without a refresh token leaves the old one in use.
    async fn refreshed(&self, mut session: Session, now: f64) -> Result<Session, Failed> {
        let config =
            self.state().integrations.get(&session.integration).cloned().unwrap_or_default();
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*session.refresh)];
        match self.ask(&config, &form).await {
            Ok(grant) => {
                session.access = grant.access;
                session.refresh = grant.refresh.unwrap_or(session.refresh);
                session.until = grant.seconds.map(|seconds| now + seconds);
            }
            Err(_) if self.way.is("old-token-after-failure") => return Ok(session),
            Err(said) => return failed(400, 219, &self.passed_on(&config, &said, false)),
        }
        let mut state = self.state();
        if let Some(own) = state.sessions.iter_mut().find(|own| own.guid == session.guid) {
            *own = session.clone();
        }
        Ok(session)
    }
}
