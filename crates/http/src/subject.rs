//! Any HTTP implementation as a subject, reached as its target file says.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use claimproof_cast::{ExposeSecret, Player, Players, SecretString, SigningKey};
use claimproof_catalog::{Profile, codes};
use claimproof_suite::{Capabilities, Deed, Exchange, NoVerdict, Observation, Outcome, Stage, Subject, TargetReport};
use claimproof_vectors::{Case, Change, Forge, Ledger, Manage, Presentation, RequestEdit, Surface as Name, cases};
use regex::{Regex, RegexBuilder};
use url::Url;

use crate::clock;
use crate::connection::{Connection, Prepared};
use crate::target::{Fields, Method, Rendered, Response, Surface, Target, classify, compiled, outcome, render};
use crate::wire::Wire;

mod flow;

/// Why a target cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// It is not allowed; a matter of configuration.
    #[error("{0}")]
    NotAllowed(String),
    /// It does not answer.
    #[error("{url} does not answer: {why}")]
    Unreachable {
        /// Where.
        url: String,
        /// What the system says.
        why: String,
    },
}

/// Hosts of the vendors: the suites test implementations, not their services.
const VENDORS: [&str; 8] = [
    "workato.com",
    "workatoapp.cn",
    "tableau.com",
    "posit.co",
    "posit.cloud",
    "microsoftonline.com",
    "snowflakecomputing.com",
    "github.com",
];

/// An HTTP implementation under test.
#[derive(Debug)]
pub struct HttpSubject {
    target: Target,
    players: Players,
    /// What of them must reach no evidence.
    secrets: Secrets,
    capabilities: Capabilities,
    wire: Wire,
    offset: i64,
    exchange: Duration,
    floor: AtomicI64,
    flows: flow::Flows,
}

impl HttpSubject {
    /// Checks that the target may be contacted and answers, and measures its clock.
    pub async fn connect(
        target: Target,
        players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let mut subject = Self::unconnected(target, players, deadline, allow_remote)?;
        let begun = Instant::now();
        let offset = clock_offset(&subject.wire).await;
        let unreachable = |why| ConnectError::Unreachable { url: subject.target.base_url.clone(), why };
        subject.offset = offset.map_err(unreachable)?;
        subject.exchange = begun.elapsed();
        Ok(subject)
    }

    /// The same without a single byte sent: for lists and plans.
    pub fn unconnected(
        target: Target,
        players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let base = Url::parse(&target.base_url).map_err(|error| ConnectError::NotAllowed(error.to_string()))?;
        allowed(&base, allow_remote).map_err(ConnectError::NotAllowed)?;
        let wire = Wire::new(&base, deadline);
        let capabilities = capabilities(&target);
        let secrets = Secrets::of(&players).map_err(|error| ConnectError::NotAllowed(error.to_string()))?;
        let flows = flow::Flows::of(&players);
        let (offset, exchange, floor) = (0, Duration::ZERO, AtomicI64::new(0));
        Ok(Self { target, players, secrets, capabilities, wire, offset, exchange, floor, flows })
    }

    /// Seconds the target's clock is ahead of ours, as far as its `Date` header shows.
    pub const fn offset(&self) -> i64 {
        self.offset
    }

    /// The target as reports name it.
    pub fn described(&self) -> TargetReport {
        let Target { name, profile, base_url, .. } = &self.target;
        TargetReport { name: name.clone(), profile: Some(*profile), base_url: Some(base_url.clone()) }
    }

    /// How many cases at once suit the target: the farther it is, the more.
    pub fn jobs(&self) -> usize {
        jobs(self.exchange)
    }

    /// The requests a case would send, without tokens, for `--plan`.
    pub fn plan(&self, case: &Case) -> Vec<String> {
        let surface = |changes: &[Change], scene: &[Change]| {
            let named = scene.iter().chain(changes).rev().find_map(|change| match change {
                Change::Request(RequestEdit::Surface(name)) => Some(*name),
                _ => None,
            });
            self.surface(named).map_or_else(
                |error| error.to_string(),
                |surface| format!("{} {}{}", surface.request.method, self.target.base_url, surface.request.path),
            )
        };
        case.script
            .iter()
            .filter_map(|turn| match &turn.act {
                claimproof_vectors::Act::Present { scene, changes, .. } => Some(surface(changes, &scene.adjust)),
                claimproof_vectors::Act::Again { .. } => Some("the same again".to_owned()),
                claimproof_vectors::Act::Raw(_) => Some(format!("raw bytes to {}", self.target.base_url)),
                claimproof_vectors::Act::Manage(call) => Some(format!("management: {call:?}")),
                claimproof_vectors::Act::Advance(_) => None,
                claimproof_vectors::Act::Move(moved) => Some(format!("flow: {moved:?}")),
            })
            .collect()
    }

    fn surface(&self, name: Option<Name>) -> Result<&Surface, NoVerdict> {
        let found = match name {
            Some(name) => self.target.surfaces.iter().find(|surface| surface.name == name),
            None => self.target.surfaces.first(),
        };
        found.ok_or_else(|| NoVerdict::Lost("the target declares no such surface".to_owned()))
    }

    async fn present(&self, stage: &Stage, presentation: &Presentation) -> Result<Observation, NoVerdict> {
        let surface = self.surface(presentation.surface)?;
        let (request, response) = self.exchange(stage, surface, presentation).await?;
        let mut seen = classify(&self.target, surface, &response);
        let token = presentation.token.as_deref();
        seen.outcome = self.quotable(seen.outcome, token);
        seen.framed_by = seen.framed_by.map(|by| self.redacted(&by, token));
        seen.exchange = Some(self.evidence(&request, &response, token));
        Ok(seen)
    }

    async fn exchange(
        &self,
        stage: &Stage,
        surface: &Surface,
        presentation: &Presentation,
    ) -> Result<(Rendered, Response), NoVerdict> {
        let mut request = self.rendered(surface, presentation)?;
        self.set_clock(&mut request, stage.now);
        self.sendable(&request)?;
        let response = self.wire.send(&request).await.map_err(NoVerdict::Lost)?;
        Ok((request, response))
    }

    /// The request a presentation becomes, before anything is said of the time.
    fn rendered(&self, surface: &Surface, presentation: &Presentation) -> Result<Rendered, NoVerdict> {
        let mut fields: Fields = self.target.fields.clone();
        fields.extend(presentation.fields.clone());
        if let Some(token) = &presentation.token {
            fields.insert("token".to_owned(), token.clone());
        }
        let mut request = render(&surface.request, &fields).map_err(NoVerdict::Lost)?;
        request.headers.extend(presentation.headers.iter().map(|one| (one.name.clone(), one.value.clone())));
        if let (Some(header), Some(state)) =
            (&self.target.capabilities.saml_session_header, presentation.field("saml_session"))
        {
            request.headers.push((header.clone(), state.to_owned()));
        }
        Ok(request)
    }

    /// The same request as bytes, for one that measures rather than explores: the target's own
    /// clock decides.
    pub fn prepare(&self, presentation: &Presentation) -> Result<Prepared, NoVerdict> {
        let surface = self.surface(presentation.surface)?;
        let request = self.rendered(surface, presentation)?;
        self.sendable(&request)?;
        Ok(Prepared { bytes: self.wire.bytes(&request), surface: surface.name })
    }

    /// A connection for many requests, one after the other.
    pub async fn dial(&self) -> Result<Connection, NoVerdict> {
        self.wire.dial().await.map_err(NoVerdict::Lost)
    }

    /// Sends a prepared request once and judges its answer as any other, without keeping evidence.
    pub async fn ask(&self, connection: &mut Connection, prepared: &Prepared) -> Result<Observation, NoVerdict> {
        let surface = self.surface(Some(prepared.surface))?;
        let response = self.wire.ask(connection, &prepared.bytes).await.map_err(NoVerdict::Lost)?;
        let (outcome, framed_by) = outcome(&self.target, surface, &response);
        let (status, opaque) = (Some(response.status), surface.code.is_empty());
        Ok(Observation { status, framed_by, opaque, ..Observation::of(outcome) })
    }

    /// Some tokens hold what HTTP cannot carry in a header.
    fn sendable(&self, request: &Rendered) -> Result<(), NoVerdict> {
        let carries = |value: &str| hyper::header::HeaderValue::from_bytes(value.as_bytes()).is_ok();
        match request.headers.iter().find(|(_, value)| !carries(value)) {
            Some((name, _)) => {
                Err(NoVerdict::Unsendable(format!("the header {name} cannot carry this value over HTTP")))
            }
            None => Ok(()),
        }
    }

    fn set_clock(&self, request: &mut Rendered, now: i64) {
        if let Some(header) = &self.target.capabilities.clock_header {
            request.headers.push((header.clone(), now.to_string()));
        }
    }

    async fn raw(&self, bytes: &str) -> Result<Observation, NoVerdict> {
        let surface = self.surface(None)?;
        match self.wire.send_raw(bytes.as_bytes()).await.map_err(NoVerdict::Lost)? {
            Some(response) => Ok(classify(&self.target, surface, &response)),
            None => Ok(Observation::of(Outcome::Refused(None))),
        }
    }

    async fn manage(&self, stage: &mut Stage, call: &Manage) -> Result<Observation, NoVerdict> {
        let (name, mut fields) = self.call(call)?;
        let method = self.target.manage.get(name);
        let method = method.ok_or_else(|| NoVerdict::Lost(format!("the target file has no [manage.{name}]")))?;
        if let Some(made) = stage.made.get("id") {
            fields.insert("made".to_owned(), made.clone());
        }
        if let Some(session) = self.target.session.as_ref().filter(|_| name != "store") {
            self.sign_in(stage, session, &mut fields).await?;
        }
        let mut request = render(method, &fields).map_err(NoVerdict::Lost)?;
        self.set_clock(&mut request, stage.now);
        let response = self.wire.send(&request).await.map_err(NoVerdict::Lost)?;
        Ok(self.managed(stage, method, &request, &response))
    }

    /// Any 4xx is a refusal of a management method; a documented code is read as on sign-in.
    fn managed(&self, stage: &mut Stage, method: &Method, request: &Rendered, response: &Response) -> Observation {
        let code =
            self.target.surfaces.iter().find_map(|surface| match classify(&self.target, surface, response).outcome {
                Outcome::Refused(code) => code,
                Outcome::Accepted | Outcome::Neither(_) => None,
            });
        let outcome = match response.status {
            200..=299 => Outcome::Accepted,
            400..=499 => Outcome::Refused(code),
            other => Outcome::Neither(format!("status {other}")),
        };
        if let Some(made) = method.made.as_ref().and_then(|pattern| first_group(pattern, &response.body)) {
            stage.made.insert("id".to_owned(), made);
        }
        let mut seen = Observation::of(outcome);
        seen.status = Some(response.status);
        // What a management method made may be a secret.
        let made = (200..300).contains(&response.status) && !response.body.is_empty();
        let body = if made { "[what was made]".to_owned() } else { response.body.clone() };
        seen.exchange = Some(self.evidence(request, &Response { body, ..response.clone() }, None));
        seen.outcome = self.quotable(seen.outcome, None);
        seen
    }

    /// The name of a management method and what its placeholders stand for.
    fn call(&self, call: &Manage) -> Result<(&'static str, Fields), NoVerdict> {
        let id = |role: &str| {
            let player =
                self.players.get(role).ok_or_else(|| NoVerdict::Lost(format!("nobody plays the role `{role}`")))?;
            Ok::<_, NoVerdict>(player.id.clone())
        };
        let fields =
            |entries: Vec<(&str, String)>| entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(match call {
            Manage::CreateSecret { app } => ("create-secret", fields(vec![("app", id(app)?)])),
            Manage::DeleteSecret { app } => ("delete-secret", fields(vec![("app", id(app)?)])),
            Manage::CreateApp { domain_safelist } => {
                ("create-app", fields(vec![("list", (*domain_safelist).to_owned())]))
            }
            Manage::EnableApp { app, enabled } => {
                ("enable-app", fields(vec![("app", id(app)?), ("enabled", enabled.to_string())]))
            }
            Manage::Embedding { site, unrestricted, allow_list } => {
                let list = (*allow_list).to_owned();
                (
                    "embedding",
                    fields(vec![("site", id(site)?), ("unrestricted", unrestricted.to_string()), ("list", list)]),
                )
            }
            Manage::Origin { team, origin } => {
                ("origin", fields(vec![("team", id(team)?), ("origin", (*origin).to_owned())]))
            }
            Manage::Store { up } => ("store", fields(vec![("state", if *up { "up" } else { "down" }.to_owned())])),
        })
    }

    /// A session on the site the call names, signed in once a case.
    async fn sign_in(
        &self,
        stage: &mut Stage,
        session: &crate::target::Session,
        fields: &mut Fields,
    ) -> Result<(), NoVerdict> {
        let site = fields.get("site").cloned();
        let read = match stage.sessions.remove(&site) {
            Some(read) => read,
            None => self.signed_in(stage, session, site.as_deref()).await?,
        };
        fields.extend(read.clone());
        stage.sessions.insert(site, read);
        Ok(())
    }

    /// A fresh sign-in with the plainest accepted token, and what later calls need of its answer.
    async fn signed_in(
        &self,
        stage: &Stage,
        session: &crate::target::Session,
        site: Option<&str>,
    ) -> Result<Fields, NoVerdict> {
        let accepted = cases::of(self.target.profile).iter().find(|case| !case.is_rejected() && case.needs.is_empty());
        let scene = accepted.and_then(Case::single).map(|(scene, _)| scene);
        let scene = scene.ok_or_else(|| NoVerdict::Lost("no accepted scene to sign in with".to_owned()))?;
        let run = format!("session {} {:?}", clock::system(), Instant::now());
        let forge = Forge { players: &self.players, now: stage.now, run: &run, case: "management session", seed: None };
        let minted =
            forge.mint("session", scene, &[], &Ledger::new()).map_err(|error| NoVerdict::Lost(error.to_string()))?;
        let mut presentation = minted.presentation;
        presentation.fields.extend(site.map(|site| ("site".to_owned(), site.to_owned())));
        let surface = self.surface(Some(session.surface))?;
        let (_, response) = self.exchange(stage, surface, &presentation).await?;
        let read = session.read.iter().map(|(name, pattern)| {
            let value = first_group(pattern, &response.body).ok_or_else(|| {
                NoVerdict::Lost(format!("the management sign-in (status {}) shows no `{name}`", response.status))
            })?;
            Ok((name.clone(), value))
        });
        read.collect()
    }

    /// What a target says for a code reaches messages, so it is cleaned like any evidence.
    fn quotable(&self, outcome: Outcome, token: Option<&str>) -> Outcome {
        let clean = |text: &str| self.redacted(text, token).chars().take(MAX_QUOTED).collect();
        match outcome {
            Outcome::Refused(Some(code)) if codes::find(self.target.profile, &code).is_none() => {
                Outcome::Refused(Some(clean(&code)))
            }
            Outcome::Neither(why) => Outcome::Neither(clean(&why)),
            other @ (Outcome::Accepted | Outcome::Refused(_)) => other,
        }
    }

    /// Request and answer with the token's segments, sessions and every secret of the cast taken out.
    fn evidence(&self, request: &Rendered, response: &Response, token: Option<&str>) -> Exchange {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.query).finish();
        let headers = |all: &[(String, String)]| {
            all.iter().map(|(name, value)| format!("{name}: {}\n", shown(name, value))).collect::<String>()
        };
        let line = format!("{} {}{}{query}\n", request.method, request.path, if query.is_empty() { "" } else { "?" });
        let request = format!("{line}{}\n{}", headers(&request.headers), request.body);
        // Cut after cleaning: half a token is no longer found.
        let body: String = self.redacted(&self.without_session(&response.body), token).chars().take(2048).collect();
        let head = self.redacted(&format!("{}\n{}", response.status, headers(&response.headers)), token);
        Exchange { request: self.redacted(&request, token), response: format!("{head}\n{body}") }
    }

    fn without_session(&self, body: &str) -> String {
        let read = self.target.session.iter().flat_map(|session| session.read.values());
        let values = read.filter_map(|pattern| first_group(pattern, body)).filter(|value| !value.is_empty());
        values.fold(body.to_owned(), |text, value| text.replace(&value, "[session]"))
    }

    fn redacted(&self, text: &str, token: Option<&str>) -> String {
        let mut text = text.to_owned();
        // Runs of base64url characters read the same in every encoding a token may travel in.
        let in_segment = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let words = token.unwrap_or_default().split(|c| !in_segment(c)).filter(|word| word.len() > 8);
        for word in words {
            if text.contains(word) {
                text = text.replace(word, "[token]");
            }
        }
        // A target may show a token of another request.
        ANY_TOKEN.replace_all(&self.secrets.taken_out(&text), "[token]").into_owned()
    }
}

/// A compact JWS, whoever sent it.
static ANY_TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test")]
    Regex::new(r"ey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*").unwrap()
});

/// How much of a target's own words a message quotes.
const MAX_QUOTED: usize = 200;

/// Every secret of the cast, found in a text in one pass: whatever is sent and answered goes through it.
struct Secrets(Option<Regex>);

impl std::fmt::Debug for Secrets {
    /// The pattern is the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    fn of(players: &Players) -> Result<Self, regex::Error> {
        let mut forms = spellings(players);
        // The first alternative that fits is taken, so of two that begin alike the longer one comes first.
        forms.sort_by_key(|form| std::cmp::Reverse(form.expose_secret().len()));
        let forms: Vec<String> = forms.iter().map(|form| regex::escape(form.expose_secret())).collect();
        let any = RegexBuilder::new(&forms.join("|")).size_limit(usize::MAX).build()?;
        Ok(Self((!forms.is_empty()).then_some(any)))
    }

    fn taken_out<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.0.as_ref().map_or(Cow::Borrowed(text), |any| any.replace_all(text, "[secret]"))
    }
}

/// Every secret of the cast as it stands, and as it stands in a URL or in base64.
fn spellings(players: &Players) -> Vec<SecretString> {
    let secret = |player: &Player| match &player.key {
        Some(SigningKey::Secret(secret)) => Some(secret.expose_secret().to_owned()),
        Some(SigningKey::Rsa { .. }) | None => None,
    };
    let secrets = players.iter().filter_map(|(_, player)| secret(player)).filter(|secret| !secret.is_empty());
    let forms = |secret: String| {
        let percent = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        [STANDARD_NO_PAD.encode(&secret), URL_SAFE_NO_PAD.encode(&secret), percent, secret]
    };
    let all: BTreeSet<String> = secrets.flat_map(forms).collect();
    all.into_iter().map(SecretString::from).collect()
}

/// A header's value; of those that are sessions, only that there is one.
fn shown<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    match name.to_ascii_lowercase().as_str() {
        "cookie" | "x-tableau-auth" => "[session]".into(),
        "set-cookie" => {
            let own = value.split('=').next().unwrap_or_default();
            let attributes = value.split_once(';').map(|(_, rest)| format!(";{rest}")).unwrap_or_default();
            format!("{own}=[session]{attributes}").into()
        }
        _ => value.into(),
    }
}

impl Subject for HttpSubject {
    fn profile(&self) -> Profile {
        self.target.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.players
    }

    fn now(&self) -> i64 {
        (clock::system() + self.offset).max(self.floor.load(Ordering::SeqCst))
    }

    fn reach(&self, now: i64) {
        self.floor.fetch_max(now, Ordering::SeqCst);
    }

    async fn perform(&self, stage: &mut Stage, deed: Deed<'_>) -> Result<Observation, NoVerdict> {
        match deed {
            Deed::Present(presentation) => self.present(stage, presentation).await,
            Deed::Raw(bytes) => self.raw(bytes).await,
            Deed::Manage(call) => self.manage(stage, call).await,
            Deed::Move(moved) => self.act(stage, moved).await,
        }
    }

    async fn leave(&self, stage: &mut Stage) {
        self.take_down(stage).await;
    }
}

fn capabilities(target: &Target) -> Capabilities {
    let offers = &target.capabilities;
    Capabilities {
        clock: offers.clock_header.is_some(),
        manage: target.profile != Profile::PositConnect && target.manage.keys().any(|name| name != "store"),
        raw_socket: offers.raw_socket,
        echo: target.surfaces.first().is_some_and(|surface| surface.claims.is_some()),
        store_fault: target.manage.contains_key("store"),
        saml_session: offers.saml_session_header.is_some(),
        exchange: target.manage.contains_key("visit") && target.surfaces.iter().any(|one| one.name == Name::Exchange),
        administration: target.manage.contains_key("integration-create"),
        login: target.manage.contains_key("viewer-login") && target.manage.contains_key("login"),
        token_internals: offers.token_internals,
        surfaces: target.surfaces.iter().map(|surface| surface.name).collect(),
    }
}

/// How many exchanges a second the default of `--jobs` aims at, where distance is what limits them.
const PACE: u128 = 320;

/// What keeps that pace with exchanges as long as the first one, connecting included.
fn jobs(exchange: Duration) -> usize {
    usize::try_from(exchange.as_millis() * PACE / 1000).unwrap_or(usize::MAX).clamp(8, 64)
}

/// Loopback unless the operator says otherwise; a vendor's host only when it is named and allowed.
fn allowed(base: &Url, allow_remote: bool) -> Result<(), String> {
    let host = base.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if loopback || allow_remote {
        return Ok(());
    }
    let vendor = VENDORS.iter().any(|vendor| host == *vendor || host.ends_with(&format!(".{vendor}")));
    let why = if vendor {
        "is a vendor's host: the suites test implementations, not the vendors' services"
    } else {
        "is not on this machine"
    };
    Err(format!("{host} {why}; if its owner agrees, say --allow-remote"))
}

/// Server time minus ours, within a second, from `Date`; zero where it differs by no more.
async fn clock_offset(wire: &Wire) -> Result<i64, String> {
    let probe = Rendered {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: String::new(),
    };
    let before = clock::system();
    let response = wire.send(&probe).await?;
    let after = clock::system();
    let date = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("date"));
    let Some(date) = date.and_then(|(_, value)| jiff::fmt::rfc2822::parse(value).ok()) else { return Ok(0) };
    let server = date.timestamp().as_second();
    let inside = (before - 1..=after + 1).contains(&server);
    Ok(if inside { 0 } else { server - after })
}

fn first_group(pattern: &str, text: &str) -> Option<String> {
    compiled(pattern)?.captures(text)?.get(1).map(|group| group.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farther_the_target_the_more_at_once_within_bounds() {
        let at = |millis| jobs(Duration::from_millis(millis));
        assert_eq!([0, 1, 50, 100, 200, 60_000].map(at), [8, 8, 16, 32, 64, 64]);
        assert_eq!(jobs(Duration::MAX), 64);
    }
}
