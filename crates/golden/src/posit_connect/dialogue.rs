//! What a conforming Connect server and the provider of a case say to each other.
//!
//! The provider answers as in a live run; the server is a stand-in that does no more than log in,
//! refresh what has expired and hand out what it has. It decides nothing that is judged.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_idp::{Call, ClientAuth, Knobs, Provider, Reaction, challenge_of};
use claimproof_vectors::Expect;
use claimproof_vectors::flow::{Exchange, Forged, Integration, Move, Setting};
use claimproof_vectors::sign::sha256;
use serde_json::Value;
use url::form_urlencoded::{self, Serializer, byte_serialize};

use crate::message::{HttpRequest, Message};

/// The callback of the server in the golden files.
const CALLBACK: &str = "https://connect.claimproof.example/__oauth__/integrations/callback";

/// One case's conversation so far.
#[derive(Debug)]
pub(crate) struct Dialogue {
    tag: String,
    /// How the API key of a caller reads, by role.
    keys: BTreeMap<String, String>,
    provider: Option<Provider>,
    integration: Option<(Integration, String)>,
    sessions: BTreeMap<&'static str, Session>,
    /// Who received which subject token.
    subjects: BTreeMap<&'static str, &'static str>,
    access: BTreeMap<&'static str, String>,
    logins: usize,
}

#[derive(Debug)]
struct Session {
    access: String,
    refresh: Option<String>,
    until: Option<i64>,
}

impl Dialogue {
    /// Nothing was said yet.
    pub(crate) fn of(case: &str, keys: BTreeMap<String, String>) -> Self {
        Self {
            tag: case.split_once('/').map_or(case, |(_, in_profile)| in_profile).replace('/', "-"),
            keys,
            provider: None,
            integration: None,
            sessions: BTreeMap::new(),
            subjects: BTreeMap::new(),
            access: BTreeMap::new(),
            logins: 0,
        }
    }

    /// What goes over the wire for this move, where the parties conform and it is then.
    pub(crate) fn say(&mut self, moved: &Move, expect: &Expect, now: i64) -> Vec<Message> {
        match moved {
            Move::Provider(knobs) => self.provide(knobs),
            Move::Integrate(integration) => self.integrate(integration),
            Move::Configure(setting) => self.configure(*setting),
            Move::Login { viewer } => return self.log_in(viewer, now),
            Move::Callback { begins, forged, .. } => return self.call_back(begins, *forged, now),
            Move::Visit { viewer, solo, keep, .. } => {
                self.subjects.insert(keep, viewer);
                if *solo && !self.sessions.contains_key(viewer) {
                    return self.log_in(viewer, now);
                }
            }
            // What is offered leads to the login.
            Move::Dashboard { viewer, .. } => return self.log_in(viewer, now),
            Move::Exchange(exchange) => return self.exchange(exchange, expect, now),
            Move::ExchangeAtOnce { subject, .. } => {
                let plain = Exchange { subject, edits: Vec::new(), keep: "" };
                return self.exchange(&plain, expect, now);
            }
            Move::DeleteSession { viewer } => drop(self.sessions.remove(viewer)),
            Move::Use { access } => return self.use_access(access),
            Move::Associate { .. } | Move::Given { .. } | Move::Look(_) => {}
        }
        Vec::new()
    }

    fn provide(&mut self, knobs: &Knobs) {
        match &mut self.provider {
            Some(provider) => provider.behave(knobs.clone()),
            None => self.provider = Some(Provider::new(knobs.clone(), &self.tag, CALLBACK)),
        }
    }

    fn integrate(&mut self, integration: &Integration) {
        let secret = self.provider.as_ref().map(|provider| provider.secret(integration.secret));
        self.integration = Some((integration.clone(), secret.unwrap_or_default()));
    }

    fn configure(&mut self, setting: Setting) {
        let Some((integration, secret)) = &mut self.integration else { return };
        match (setting, &self.provider) {
            (Setting::Scopes(scopes), _) => integration.scopes = scopes,
            (Setting::Secret(which), Some(provider)) => *secret = provider.secret(which),
            (Setting::Secret(_), None) => {}
        }
    }

    fn log_in(&mut self, viewer: &'static str, now: i64) -> Vec<Message> {
        let (mut said, code) = self.authorize();
        if let Some(code) = code {
            said.push(self.redeem(viewer, &code, now));
        }
        said
    }

    /// Only what is called back as the provider says is redeemed.
    fn call_back(&mut self, begins: &'static str, forged: Forged, now: i64) -> Vec<Message> {
        let (mut said, code) = self.authorize();
        if let (Forged::Nothing | Forged::Again | Forged::UsedState { .. }, Some(code)) =
            (forged, code)
        {
            said.push(self.redeem(begins, &code, now));
        }
        said
    }

    fn authorize(&mut self) -> (Vec<Message>, Option<String>) {
        self.logins += 1;
        let (state, challenge) =
            (self.digest("state")[..32].to_owned(), challenge_of(&self.digest("verifier")));
        let (Some(provider), Some((integration, _))) = (&mut self.provider, &self.integration)
        else {
            return (Vec::new(), None);
        };
        let client = provider.client_id();
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &client),
            ("redirect_uri", CALLBACK),
            ("scope", integration.scopes),
            ("state", &state),
        ];
        if integration.pkce {
            pairs.extend([
                ("code_challenge", challenge.as_str()),
                ("code_challenge_method", "S256"),
            ]);
        }
        let call = call(&pairs, None);
        let request = HttpRequest::get(&format!("/authorize?{}", coded(&pairs)), &[]);
        let reply = provider.authorize(&call);
        let code = handed_code(&reply);
        (vec![Message::answered("authorize", request, reply)], code)
    }

    fn redeem(&mut self, viewer: &'static str, code: &str, now: i64) -> Message {
        let verifier = self.digest("verifier");
        let pkce = self.integration.as_ref().is_some_and(|(integration, _)| integration.pkce);
        let mut pairs =
            vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
        if pkce {
            pairs.push(("code_verifier", &verifier));
        }
        let (message, reply) = self.token("redeem", &pairs);
        // Without a refresh token the login fails, and no session is made.
        if let Some((access, Some(refresh), until)) = granted(&reply, now) {
            self.sessions.insert(viewer, Session { access, refresh: Some(refresh), until });
        }
        message
    }

    fn token(&mut self, kind: &'static str, pairs: &[(&str, &str)]) -> (Message, Reaction) {
        let (Some(provider), Some((integration, secret))) = (&mut self.provider, &self.integration)
        else {
            return (
                Message::answered(kind, HttpRequest::get("/token", &[]), Reaction::Closes),
                Reaction::Closes,
            );
        };
        let client = provider.client_id();
        let mut pairs = pairs.to_vec();
        let basic = match integration.auth {
            ClientAuth::Basic => Some(basic(&client, secret)),
            ClientAuth::Post => {
                pairs.extend([("client_id", client.as_str()), ("client_secret", secret.as_str())]);
                None
            }
        };
        let mut headers = vec![("accept", "application/json"), ("content-type", FORM)];
        headers.extend(basic.as_deref().map(|basic| ("authorization", basic)));
        let request = HttpRequest::post("/token", &headers, &coded(&pairs));
        let reply = provider.token(&call(&pairs, basic.clone()));
        (Message::answered(kind, request, reply.clone()), reply)
    }

    fn exchange(&mut self, exchange: &Exchange, expect: &Expect, now: i64) -> Vec<Message> {
        let mut said =
            vec![Message::unanswered("exchange", super::exchange::request(exchange, &self.keys))];
        let viewer = self.subjects.get(exchange.subject).copied().unwrap_or_default();
        let is_expired = |session: &Session| session.until.is_some_and(|until| until <= now);
        if !reaches_the_session(exchange, expect) {
            return said;
        }
        if self.sessions.get(viewer).is_some_and(is_expired) {
            said.extend(self.refresh(viewer, now));
        }
        if let Some(session) = self.sessions.get(viewer) {
            self.access.insert(exchange.keep, session.access.clone());
        }
        said
    }

    fn refresh(&mut self, viewer: &'static str, now: i64) -> Option<Message> {
        let old = self.sessions.get(viewer)?.refresh.clone()?;
        let (message, reply) =
            self.token("refresh", &[("grant_type", "refresh_token"), ("refresh_token", &old)]);
        if let Some((access, refresh, until)) = granted(&reply, now) {
            self.sessions.insert(viewer, Session { access, refresh: refresh.or(Some(old)), until });
        }
        Some(message)
    }

    fn use_access(&mut self, access: &str) -> Vec<Message> {
        let Some(token) = self.access.get(access) else { return Vec::new() };
        let Some(provider) = &mut self.provider else { return Vec::new() };
        let request =
            HttpRequest::get("/resource", &[("authorization", &format!("Bearer {token}"))]);
        vec![Message::answered("resource", request, provider.resource(Some(token)))]
    }

    /// Random in a real server; here of the case and the login.
    fn digest(&self, what: &str) -> String {
        sha256(format!("{}\0{what}\0{}", self.tag, self.logins).as_bytes())
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Whether an exchange gets as far as the viewer's session.
fn reaches_the_session(exchange: &Exchange, expect: &Expect) -> bool {
    // What Connect refuses by itself asks nothing of the provider.
    expect.reference().is_none_or(|due| !due.is_numbered() && exchange.edits.is_empty())
}

fn call(pairs: &[(&str, &str)], authorization: Option<String>) -> Call {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Call {
        parameters: pairs.iter().map(own).collect(),
        authorization,
        accept: Some("application/json".to_owned()),
    }
}

fn coded(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn basic(client: &str, secret: &str) -> String {
    let half = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", half(client), half(secret))))
}

/// The code a redirect hands to the callback.
fn handed_code(reply: &Reaction) -> Option<String> {
    let Reaction::Http { headers, .. } = reply else { return None };
    let location = headers.iter().find(|(name, _)| *name == "location").map(|(_, value)| value)?;
    let mut pairs = form_urlencoded::parse(location.split_once('?')?.1.as_bytes());
    pairs.find(|(name, _)| name == "code").map(|(_, code)| code.into_owned())
}

/// The whole seconds of a number, or of a text that is one.
fn seconds(value: &Value) -> Option<i64> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.split('.').next()?.parse().ok()
}

/// Access token, refresh token and expiry of a good answer.
fn granted(reply: &Reaction, now: i64) -> Option<(String, Option<String>, Option<i64>)> {
    let Reaction::Http { status: 200, body, .. } = reply else { return None };
    let body: Value = serde_json::from_str(body).ok()?;
    let text =
        |name: &str| body.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let until = body.get("expires_in").and_then(seconds).map(|seconds| now + seconds);
    Some((text("access_token")?, text("refresh_token"), until))
}
