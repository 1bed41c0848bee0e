//! Viewers' browsers: cookies of the server, redirects followed between it and the providers.

use std::time::Duration;

use claimproof_suite::{NoVerdict, Observation, Outcome, Text};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Alteration, Content, Forged};
use claimproof_vectors::texts;
use url::Url;

use super::administration::entries;
use super::{Answered, Connect, tag};
use crate::target::{Rendered, Response, classify, first_group, render};

/// More redirects than any login needs.
const MAX_REDIRECTS: usize = 10;

/// Where a page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    Connect,
    Provider,
}

impl Connect<'_> {
    pub(crate) async fn log_in(&mut self, viewer: &str) -> Result<Observation, NoVerdict> {
        let start = self.login_url()?;
        let (at, page) = self.follow(viewer, start).await?;
        Ok(self.ended(at, page).await)
    }

    /// How a login ended: on a page of the provider's, or on one of the server's.
    async fn ended(&mut self, at: At, page: Answered) -> Observation {
        let outcome = match at {
            At::Provider => {
                let code = texts::code_of(&page.1.body).map(Text::from);
                Outcome::Refused(code)
            }
            At::Connect => self.on_login_surface(&page.1),
        };
        if at == At::Connect {
            self.held.flow.said.push(page.1.body.clone());
            self.held.flow.pages.extend(is_markup(&page.1).then(|| page.1.body.clone()));
        }
        let mut seen = self.seen(outcome, &page).await;
        self.heard(&mut seen).await;
        seen
    }

    fn on_login_surface(&self, page: &Response) -> Outcome {
        match self.client.surface(Some(claimproof_vectors::Surface::Login)) {
            Ok(surface) => classify(&self.client.target, surface, page).outcome,
            Err(error) => Outcome::Neither(error.to_string().into()),
        }
    }

    pub(crate) async fn call_back(
        &mut self,
        begins: &str,
        returns: &str,
        forged: Forged,
    ) -> Result<Observation, NoVerdict> {
        let callback = self.to_the_callback(begins).await?;
        if matches!(forged, Forged::Again | Forged::UsedState { .. }) {
            let (at, first) = self.follow(returns, callback.clone()).await?;
            let first = self.ended(at, first).await;
            if first.outcome != Outcome::Accepted {
                return Err(NoVerdict::Lost(
                    format!("the first callback ended with `{}`", first.outcome).into(),
                ));
            }
        }
        let callback = match forged {
            Forged::UsedState { code_of } => {
                with_code(callback, &self.to_the_callback(code_of).await?)
            }
            other => forge(callback, other),
        };
        let (at, page) = self.follow(returns, callback).await?;
        Ok(self.ended(at, page).await)
    }

    /// A login as far as the provider sends the browser back, which does not go there.
    async fn to_the_callback(&self, viewer: &str) -> Result<Url, NoVerdict> {
        let start = self.login_url()?;
        let to_provider = self.hop(viewer, &start).await?;
        let authorize = self.redirected(&start, &to_provider.1, "the login")?;
        let to_callback = self.hop(viewer, &authorize).await?;
        self.redirected(&authorize, &to_callback.1, "the authorization page")
    }

    /// The page of content in the dashboard: it offers the login and leads nowhere by itself, and
    /// what it offers is the login.
    pub(crate) async fn dashboard(
        &mut self,
        viewer: &str,
        content: Content,
    ) -> Result<Observation, NoVerdict> {
        let content = self.lent(content).await?;
        let method = self.client.method(ManageMethod::Dashboard)?;
        let pattern = method.made.as_ref();
        let pattern = pattern.ok_or_else(|| {
            NoVerdict::Unsendable(
                "[manage.dashboard] has no `made`, whose first group is the login it offers".into(),
            )
        })?;
        let mut fields = self.client.named(self.held);
        fields.extend(entries([("content", content)]));
        let start = self.client.wire.url(&render(method, &fields)?);
        let page = self.hop(viewer, &start).await?;
        let offered = first_group(pattern, &page.1.body).map(|offered| texts::plain(&offered));
        match offered {
            _ if leads_away(&page.1) => {
                let why = Outcome::Neither("the dashboard leads away by itself".into());
                Ok(self.seen(why, &page).await)
            }
            Some(offered) => {
                let login = start
                    .join(&offered)
                    .map_err(|error| NoVerdict::Lost(format!("`{offered}`: {error}").into()))?;
                let (at, page) = self.follow(viewer, login).await?;
                Ok(self.ended(at, page).await)
            }
            None => {
                let why = Outcome::Neither(
                    format!("status {}, and no login is offered", page.1.status).into(),
                );
                Ok(self.seen(why, &page).await)
            }
        }
    }

    pub(crate) async fn visit(
        &mut self,
        viewer: &str,
        content: Content,
        solo: bool,
        keep: &'static str,
    ) -> Result<Observation, NoVerdict> {
        let content = self.lent(content).await?;
        let name = if solo { ManageMethod::VisitSolo } else { ManageMethod::Visit };
        let method = self.client.method(name)?;
        let mut fields = self.client.named(self.held);
        fields.extend(entries([("content", content)]));
        let request = render(method, &fields)?;
        let start = self.client.wire.url(&request);
        let (at, page) = match solo {
            true => self.follow(viewer, start).await?,
            false => (At::Connect, self.hop(viewer, &start).await?),
        };
        let token = method.made.as_ref().and_then(|pattern| first_group(pattern, &page.1.body));
        let outcome = match (at, page.1.status, token) {
            (At::Connect, 200..=299, Some(token)) => {
                self.held.flow.subjects.insert(keep, token);
                Outcome::Accepted
            }
            (At::Connect, 200..=299, None) => {
                Outcome::Neither("the content shows no subject token".into())
            }
            (At::Connect, ..) => self.on_login_surface(&page.1),
            (At::Provider, ..) => Outcome::Refused(texts::code_of(&page.1.body).map(Text::from)),
        };
        Ok(self.seen(outcome, &page).await)
    }

    fn login_url(&self) -> Result<Url, NoVerdict> {
        let method = self.client.method(ManageMethod::Login)?;
        Ok(self.client.wire.url(&render(method, &self.client.named(self.held))?))
    }

    /// Follows redirects to the page at their end.
    async fn follow(&self, viewer: &str, start: Url) -> Result<(At, Answered), NoVerdict> {
        let (mut url, mut took) = (start, Duration::ZERO);
        for _ in 0..MAX_REDIRECTS {
            // All of them have the time of one exchange; waiting for a turn costs none of it.
            if took >= self.client.wire.deadline {
                let late = self.client.wire.late("page at the end of its redirects");
                return Err(late.into());
            }
            let answered = self.hop(viewer, &url).await?;
            took += answered.1.took;
            if !(300..400).contains(&answered.1.status) {
                return Ok((self.place(&url)?, answered));
            }
            url = self.redirected(&url, &answered.1, url.path())?;
        }
        Err(NoVerdict::Lost(format!("more than {MAX_REDIRECTS} redirects").into()))
    }

    fn redirected(&self, from: &Url, response: &Response, what: &str) -> Result<Url, NoVerdict> {
        let location =
            response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
        let location = location.map(|(_, value)| value.as_str());
        let location = location.ok_or_else(|| {
            NoVerdict::Lost(format!("{what} answers {} and leads nowhere", response.status).into())
        })?;
        from.join(location)
            .map_err(|error| NoVerdict::Lost(format!("{what} redirects to no URL: {error}").into()))
    }

    fn place(&self, url: &Url) -> Result<At, NoVerdict> {
        if url.origin() == self.client.wire.base().origin() {
            return Ok(At::Connect);
        }
        let own = self.providers.base().is_some_and(|base| base.origin() == url.origin());
        let stray = || {
            NoVerdict::Lost(
                format!(
                    "redirected to {}, which is nobody's here",
                    url.origin().ascii_serialization()
                )
                .into(),
            )
        };
        own.then_some(At::Provider).ok_or_else(stray)
    }

    /// One request of a browser, without following where it leads.
    async fn hop(&self, viewer: &str, url: &Url) -> Result<Answered, NoVerdict> {
        let mut request = opened(url);
        let response = match self.place(url)? {
            At::Provider => self.client.wire.send_to(url, &request).await?,
            At::Connect => {
                request.headers.push(("cookie".to_owned(), self.cookies(viewer).await?));
                self.client.at(&mut request, self.held.now).await?;
                let login = self.client.surface(Some(claimproof_vectors::Surface::Login)).ok();
                self.client.ask_target_at(url, &request, login).await?
            }
        };
        Ok((request, response))
    }

    /// The protected resource, asked with a kept access token.
    pub(crate) async fn use_access(&self, access: &str) -> Result<Observation, NoVerdict> {
        let granted = self.held.flow.access.get(access);
        let token = granted.ok_or_else(|| {
            NoVerdict::Lost(format!("no access token `{access}` was granted").into())
        })?;
        let bearer = format!("Bearer {}", token.token);
        let url = self.providers.up().await?.resource_url(&tag(self.held));
        let url = Url::parse(&url).map_err(|error| NoVerdict::Lost(error.to_string().into()))?;
        let request = Rendered {
            method: "GET".to_owned(),
            path: url.path().to_owned(),
            query: Vec::new(),
            headers: vec![("authorization".to_owned(), bearer)],
            body: String::new(),
        };
        let response = self.client.wire.send_to(&url, &request).await?;
        let outcome = match response.status {
            200..=299 => Outcome::Accepted,
            400..=499 => Outcome::Refused(texts::code_of(&response.body).map(Text::from)),
            other => Outcome::Neither(format!("status {other}").into()),
        };
        Ok(self.seen(outcome, &(request, response)).await)
    }
}

/// What a browser asks for a page.
pub(crate) fn opened(url: &Url) -> Rendered {
    Rendered {
        method: "GET".to_owned(),
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        headers: vec![("accept".to_owned(), "text/html".to_owned())],
        body: String::new(),
    }
}

/// Whether a browser takes an answer for markup: what names no type is guessed to be.
fn is_markup(page: &Response) -> bool {
    let kind = page.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    kind.is_none_or(|(_, kind)| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("html") || kind.contains("xml")
    })
}

/// Whether a browser that shows a page goes elsewhere without being told to.
fn leads_away(page: &Response) -> bool {
    let refreshes = page.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("refresh"));
    let body = page.body.to_ascii_lowercase();
    let marked = ["http-equiv=\"refresh\"", "http-equiv='refresh'", "http-equiv=refresh"];
    (300..400).contains(&page.status) || refreshes || marked.iter().any(|one| body.contains(one))
}

/// A callback with the code of another one.
fn with_code(mut own: Url, other: &Url) -> Url {
    let code =
        other.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    let pairs: Vec<(String, String)> = own.query_pairs().into_owned().collect();
    let kept = pairs.into_iter().filter(|(name, _)| name != "code");
    let all: Vec<_> = kept.chain(code.map(|code| ("code".to_owned(), code))).collect();
    own.query_pairs_mut().clear().extend_pairs(all);
    own
}

/// A callback with this done to its query.
fn forge(mut url: Url, forged: Forged) -> Url {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let value =
        |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    let (code, state) = (value("code"), value("state").unwrap_or_default());
    let kept = |code: Option<String>, state: Option<String>| -> Vec<(&str, String)> {
        code.map(|code| ("code", code))
            .into_iter()
            .chain(state.map(|state| ("state", state)))
            .collect()
    };
    let query = match forged {
        Forged::Nothing | Forged::Again | Forged::UsedState { .. } => return url,
        Forged::NoState => kept(code, None),
        Forged::OtherState => kept(code, Some("a-state-nobody-began-with-0123456789".to_owned())),
        Forged::AlteredState => kept(code, Some(Alteration::SignatureAltered.apply(&state))),
        Forged::NoCode => kept(None, Some(state)),
        Forged::ProviderError { error, description } => {
            let mut query = kept(None, Some(state));
            query.extend([
                ("error", error.to_owned()),
                ("error_description", description.to_owned()),
            ]);
            query
        }
    };
    url.query_pairs_mut().clear().extend_pairs(query);
    url
}
