//! A Connect server in the hand: its engine, its state, a clock, and providers that answer as told.

use std::cell::Cell;

use claimproof_cast::{AnyDirectory, Cast, ExposeSecret, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_verifier::posit_connect::{
    ACCESS_TOKEN_TYPE, Credentials, Effect, Entropy, Event, ExchangeRequest, Flow, GRANT_TYPE,
    ProviderAnswer, SUBJECT_TOKEN_TYPE, State, Ticket, TokenRequest, User, Violation,
};
use serde_json::{Value, json};
use url::Url;

use super::fault;

pub(super) const ADDRESS: &str = "https://connect.example";
pub(super) const NOW: i64 = 1_700_000_000;
pub(super) const SECRET: &str = "client-secret-9f8e7d6c";

pub(super) struct World {
    pub(super) cast: Cast,
    pub(super) flow: Flow,
    pub(super) state: State,
    pub(super) now: i64,
    drawn: Cell<u64>,
}

impl World {
    /// Users and content, and nothing else yet.
    pub(super) fn empty() -> Self {
        let cast = public(Profile::PositConnect);
        let AnyDirectory::PositConnect(directory) = &cast.directory else { panic!("another cast") };
        let state = State::new(directory, ADDRESS).unwrap();
        Self { cast, flow: fault::flow(), state, now: NOW, drawn: Cell::new(0) }
    }

    /// With an integration associated to the first content; its GUID.
    pub(super) fn associated() -> (Self, String) {
        let mut world = Self::empty();
        let integration = world.integrate(&json!({}));
        world.associate("content.1", &[&integration]);
        (world, integration)
    }

    /// With a session of the first viewer, whose access token lives this long.
    pub(super) fn with_session(expires_in: &Value) -> (Self, String) {
        let (mut world, integration) = Self::associated();
        world.log_in("viewer.a", &integration, &token("access-1", "refresh-1", expires_in));
        (world, integration)
    }

    pub(super) fn id(&self, role: &str) -> String {
        self.cast.players.get(role).unwrap().id.clone()
    }

    pub(super) fn secret(&self, role: &str) -> String {
        match &self.cast.players.get(role).unwrap().key {
            Some(SigningKey::Secret(secret)) => secret.expose_secret().to_owned(),
            _ => panic!("{role} has no secret"),
        }
    }

    pub(super) fn user(&self, role: &str) -> User {
        self.state.user(&self.id(role)).unwrap().clone()
    }

    /// The GUID of a viewer by role.
    pub(super) fn viewer(&self, role: &str) -> String {
        self.id(&format!("{role}.guid"))
    }

    /// 256 bits, other ones each time.
    pub(super) fn entropy(&self) -> Entropy {
        let n = self.drawn.get() + 1;
        self.drawn.set(n);
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        Entropy(bytes)
    }

    pub(super) fn step(&mut self, event: Event) -> Effect {
        let entropy = self.entropy();
        fault::step(&self.flow, &mut self.state, event, self.now, &entropy)
    }

    pub(super) fn integrate(&mut self, change: &Value) -> String {
        let mut config = json!({
            "authorization_uri": "https://idp.example/authorize?tenant=1",
            "token_uri": "https://idp.example/token",
            "client_id": "client-1",
            "client_secret": SECRET,
            "scopes": "openid  offline_access",
        });
        config.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let body = json!({ "name": "idp", "template": "custom", "config": config });
        let (admin, entropy) = (self.user("admin"), self.entropy());
        let made =
            self.state.create_integration(&admin, &body, &self.flow.policy, self.now, &entropy);
        made.unwrap().guid.clone()
    }

    pub(super) fn configure(&mut self, integration: &str, change: &Value) {
        let admin = self.user("admin");
        self.state
            .update_integration(&admin, integration, &json!({ "config": change }), self.now)
            .unwrap();
    }

    pub(super) fn associate(&mut self, content: &str, integrations: &[&str]) {
        let list: Vec<Value> =
            integrations.iter().map(|guid| json!({ "oauth_integration_guid": guid })).collect();
        let (publisher, content) = (self.user("publisher"), self.id(content));
        self.state.associate(&publisher, &content, &Value::Array(list)).unwrap();
    }

    /// Begins a login; the authorization request.
    pub(super) fn begin(&mut self, viewer: &str, integration: &str) -> Url {
        let viewer = Some(self.viewer(viewer));
        match self.step(Event::Login { viewer, integration: integration.to_owned(), back: None }) {
            Effect::Redirect(url) => Url::parse(&url).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn call_back(&mut self, viewer: &str, query: &[(&str, &str)]) -> Effect {
        let query =
            query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let viewer = Some(self.viewer(viewer));
        self.step(Event::Callback { viewer, query })
    }

    /// Up to the redemption: what is asked of the provider.
    pub(super) fn redeem(&mut self, viewer: &str, integration: &str) -> (Ticket, TokenRequest) {
        let state = parameter(&self.begin(viewer, integration), "state").unwrap();
        ask(self.call_back(viewer, &[("state", &state), ("code", "code-123456")]))
    }

    /// A whole login, with this answer of the provider.
    pub(super) fn log_in(&mut self, viewer: &str, integration: &str, answer: &Value) -> Effect {
        let (ticket, _) = self.redeem(viewer, integration);
        self.answer(ticket, 200, &answer.to_string())
    }

    pub(super) fn answer(&mut self, ticket: Ticket, status: u16, body: &str) -> Effect {
        self.step(Event::Answered {
            ticket,
            answer: ProviderAnswer::Http { status, body: body.as_bytes().to_vec() },
        })
    }

    /// The subject token content receives in the dashboard.
    pub(super) fn visit(&mut self, viewer: &str, content: &str) -> String {
        let event = Event::Visit {
            viewer: Some(self.viewer(viewer)),
            content: self.id(content),
            solo: false,
        };
        match self.step(event) {
            Effect::Subject(token) => token.expose_secret().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn form(&self, subject: &str) -> ExchangeRequest {
        let form = [
            ("grant_type", GRANT_TYPE),
            ("subject_token_type", SUBJECT_TOKEN_TYPE),
            ("subject_token", subject),
            ("requested_token_type", ACCESS_TOKEN_TYPE),
        ];
        self.with_form(&form)
    }

    pub(super) fn with_form(&self, form: &[(&str, &str)]) -> ExchangeRequest {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        ExchangeRequest {
            authorization: vec![format!("Key {}", self.secret("publisher"))],
            content_type: Some("application/x-www-form-urlencoded".to_owned()),
            body: body.into_bytes(),
            waited: None,
        }
    }

    pub(super) fn exchange(&mut self, subject: &str) -> Effect {
        let form = self.form(subject);
        self.step(Event::Exchange(form))
    }
}

pub(super) fn token(access: &str, refresh: &str, expires_in: &Value) -> Value {
    json!({ "access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": expires_in })
}

pub(super) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

pub(super) fn member<'r>(request: &'r TokenRequest, name: &str) -> Option<&'r str> {
    request.form.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

pub(super) fn ask(effect: Effect) -> (Ticket, TokenRequest) {
    match effect {
        Effect::Ask { ticket, request } => (ticket, request),
        other => panic!("nothing is asked: {other:?}"),
    }
}

/// A refusal as people see it; without a step where none fired.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) step: &'static str,
    pub(super) violation: Violation,
}

pub(super) fn refused(effect: Effect) -> Refusal {
    let Effect::Refused(rejected) = effect else { panic!("not refused: {effect:?}") };
    assert_eq!(rejected.step.is_none(), rejected.violation.is_none(), "{rejected:?}");
    Refusal { step: rejected.step.unwrap_or_default(), violation: rejected.shown().clone() }
}

pub(super) fn granted(effect: Effect) -> Credentials {
    match effect {
        Effect::Credentials(credentials) => credentials,
        other => panic!("not granted: {other:?}"),
    }
}

pub(super) fn access(effect: Effect) -> String {
    granted(effect).access_token.expose_secret().to_owned()
}
