//! Whatever happens in whatever order: no session without a refresh token, no token without a session,
//! no `state` redeemed twice, no secret in a text, one refresh at a time.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::ExposeSecret;
use claimproof_verifier::posit_connect::{
    Effect, Event, ExchangeRequest, Phase, ProviderAnswer, Ticket,
};
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::connect_world::{ADDRESS, SECRET, World, ask, member, parameter, refused};

const VIEWERS: [&str; 2] = ["viewer.a", "viewer.b"];

/// Something that happens; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Deed {
    Login(usize),
    Callback { login: usize, foreign: bool, with: Query },
    ProviderAnswer { ticket: usize, answer: Reply },
    Visit { viewer: usize, solo: bool },
    ExchangeRequest { subject: usize, waits: bool },
    Associate(bool),
    DeleteSession(usize),
    NewSecret,
    Advance(i64),
}

#[derive(Clone, Debug)]
enum Query {
    Code,
    Error,
    Nothing,
    Altered,
}

/// What a provider answers.
#[derive(Clone, Debug)]
enum Reply {
    Token { refresh: bool, expires_in: Option<i64> },
    Error(u16),
    Echo(u16),
    Bytes(u16, Vec<u8>),
    Nothing,
}

fn reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => (prop::bool::weighted(0.85), prop::option::of(0..90_i64))
            .prop_map(|(refresh, expires_in)| Reply::Token { refresh, expires_in }),
        1 => prop::sample::select(vec![200, 400, 401, 500]).prop_map(Reply::Error),
        1 => prop::sample::select(vec![200, 400, 401]).prop_map(Reply::Echo),
        1 => (100..600_u16, prop::collection::vec(any::<u8>(), 0..200)).prop_map(|(status, body)| Reply::Bytes(status, body)),
        1 => Just(Reply::Nothing),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let query = prop_oneof![4 => Just(Query::Code), 1 => Just(Query::Error), 1 => Just(Query::Nothing), 1 => Just(Query::Altered)];
    prop_oneof![
        3 => (0..2_usize).prop_map(Deed::Login),
        4 => (any::<usize>(), prop::bool::weighted(0.2), query)
            .prop_map(|(login, foreign, with)| Deed::Callback { login, foreign, with }),
        6 => (any::<usize>(), reply()).prop_map(|(ticket, answer)| Deed::ProviderAnswer { ticket, answer }),
        2 => (0..2_usize, any::<bool>()).prop_map(|(viewer, solo)| Deed::Visit { viewer, solo }),
        8 => (any::<usize>(), any::<bool>()).prop_map(|(subject, waits)| Deed::ExchangeRequest { subject, waits }),
        1 => prop::bool::weighted(0.8).prop_map(Deed::Associate),
        1 => any::<usize>().prop_map(Deed::DeleteSession),
        1 => Just(Deed::NewSecret),
        4 => (0..200_i64).prop_map(Deed::Advance),
    ]
}

/// An object of some of the members an answer has, with values of any type.
fn members() -> impl Strategy<Value = Vec<u8>> {
    let value = prop::sample::select(vec![
        json!("text"),
        json!("text"),
        json!(""),
        json!(null),
        json!(7),
        json!([]),
        json!({}),
    ]);
    let names = ["access_token", "refresh_token", "error", "token_type", "expires_in"];
    prop::collection::vec(prop::option::weighted(0.6, value), names.len()).prop_map(move |values| {
        let given = names.iter().zip(values).filter_map(|(name, value)| Some((*name, value?)));
        // Of the types only the right one or none, so that the other members decide.
        let given = given.map(|(name, value)| {
            (name, if name == "token_type" { json!("Bearer") } else { value })
        });
        serde_json::to_vec(&given.collect::<BTreeMap<_, _>>()).unwrap()
    })
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    /// `state` and viewer of each login begun.
    states: Vec<(String, usize)>,
    redeemed: BTreeMap<String, usize>,
    /// Subject tokens and whose they are.
    subjects: Vec<(String, usize)>,
    /// Whose login or refresh each access token came of, by GUID.
    issued: BTreeMap<String, String>,
    secrets: BTreeSet<String>,
    /// Whose login ended well, and whose session nobody deleted since: GUIDs.
    logged_in: BTreeSet<String>,
    waits: Option<Ticket>,
    granted: usize,
    /// Whether the lists were edited, so that nothing is promised but an answer.
    lax: bool,
}

impl Seen {
    fn must(&self, holds: bool, what: &str) {
        assert!(holds || self.lax, "{what}");
    }

    fn do_it(&mut self, world: &mut World, integration: &str, deed: &Deed) {
        match deed {
            Deed::Login(viewer) => {
                let state =
                    parameter(&world.begin(VIEWERS[*viewer], integration), "state").unwrap();
                self.states.push((state, *viewer));
            }
            Deed::Callback { login, foreign, with } => {
                self.call_back(world, *login, *foreign, with)
            }
            Deed::ProviderAnswer { ticket, answer } => self.answer(world, *ticket, answer),
            Deed::Visit { viewer, solo } => {
                let (guid, content) = (world.viewer(VIEWERS[*viewer]), world.id("content.1"));
                let effect = world.step(Event::Visit { viewer: Some(guid), content, solo: *solo });
                if let Effect::Subject(token) = effect {
                    self.secrets.insert(token.expose_secret().to_owned());
                    self.subjects.push((token.expose_secret().to_owned(), *viewer));
                }
            }
            Deed::ExchangeRequest { subject, waits } => self.exchange(world, *subject, *waits),
            Deed::Associate(with) => {
                world.associate("content.1", &[integration][..usize::from(*with)])
            }
            Deed::DeleteSession(which) => {
                let all: Vec<_> = world.state.sessions.keys().cloned().collect();
                if !all.is_empty() {
                    let admin = world.user("admin");
                    let session = &all[which % all.len()];
                    self.logged_in.remove(&world.state.sessions[session].user);
                    world.state.delete_session(&admin, session).unwrap();
                }
            }
            Deed::NewSecret => {
                let secret = world.entropy().text("new secret");
                world.configure(integration, &json!({ "client_secret": secret }));
                self.secrets.insert(secret);
            }
            Deed::Advance(seconds) => world.now += seconds,
        }
    }

    fn call_back(&mut self, world: &mut World, login: usize, foreign: bool, with: &Query) {
        if self.states.is_empty() {
            return;
        }
        let (state, own) = self.states[login % self.states.len()].clone();
        let viewer = if foreign { 1 - own } else { own };
        let code = world.entropy().text("code");
        self.secrets.insert(code.clone());
        let said = format!("said {code} {SECRET}");
        let altered = format!("{}{}", if state.starts_with('x') { 'y' } else { 'x' }, &state[1..]);
        let effect = match with {
            Query::Code => world.call_back(VIEWERS[viewer], &[("state", &state), ("code", &code)]),
            Query::Error => {
                let query = [
                    ("state", state.as_str()),
                    ("error", "denied"),
                    ("error_description", &said),
                    ("code", &code),
                ];
                world.call_back(VIEWERS[viewer], &query)
            }
            Query::Nothing => world.call_back(VIEWERS[viewer], &[("state", &state)]),
            Query::Altered => {
                world.call_back(VIEWERS[viewer], &[("state", &altered), ("code", &code)])
            }
        };
        if matches!(effect, Effect::Ask { .. }) {
            self.must(
                matches!(with, Query::Code) && viewer == own,
                "a callback that must be refused was redeemed",
            );
            *self.redeemed.entry(state).or_default() += 1;
        }
        self.look(world, &effect);
    }

    fn answer(&mut self, world: &mut World, ticket: usize, answer: &Reply) {
        let all: Vec<_> = world.state.asked.keys().copied().collect();
        if all.is_empty() {
            return;
        }
        let ticket = all[ticket % all.len()];
        let asked = world.state.asked[&ticket].clone();
        let held = asked
            .secrets
            .iter()
            .map(|secret| secret.expose_secret().to_owned())
            .collect::<Vec<_>>();
        self.secrets.extend(held.iter().cloned());
        let body = match answer {
            Reply::Token { refresh, expires_in } => {
                let (access, token) =
                    (world.entropy().text("access"), world.entropy().text("refresh"));
                self.issued.insert(access.clone(), asked.viewer.clone());
                let mut body = json!({ "access_token": access, "token_type": "Bearer", "expires_in": expires_in });
                if *refresh {
                    self.secrets.insert(token.clone());
                    body["refresh_token"] = token.into();
                }
                Some((200, body.to_string().into_bytes()))
            }
            Reply::Error(status) => {
                Some((*status, br#"{"error":"e","error_description":"d"}"#.to_vec()))
            }
            Reply::Echo(status) => {
                let echo = json!({ "error": SECRET, "error_description": held.join(" "), "message": held });
                Some((*status, echo.to_string().into_bytes()))
            }
            Reply::Bytes(status, body) => Some((*status, body.clone())),
            Reply::Nothing => None,
        };
        let answer = body.map_or(ProviderAnswer::Unreachable, |(status, body)| {
            ProviderAnswer::Http { status, body }
        });
        let effect = world.step(Event::Answered { ticket, answer });
        assert!(!world.state.asked.contains_key(&ticket), "a question is answered once");
        match &effect {
            Effect::Credentials(credentials) => {
                self.is_of(credentials.access_token.expose_secret(), &asked.viewer)
            }
            Effect::LoggedIn { .. } => drop(self.logged_in.insert(asked.viewer.clone())),
            _ => {}
        }
        self.look(world, &effect);
    }

    fn exchange(&mut self, world: &mut World, subject: usize, waits: bool) {
        if self.subjects.is_empty() {
            return;
        }
        let (subject, viewer) = self.subjects[subject % self.subjects.len()].clone();
        let request =
            ExchangeRequest { waited: self.waits.filter(|_| waits), ..world.form(&subject) };
        let effect = world.step(Event::Exchange(request));
        match &effect {
            Effect::Credentials(credentials) => {
                let guid = world.viewer(VIEWERS[viewer]);
                self.is_of(credentials.access_token.expose_secret(), &guid);
                self.must(
                    !world.state.associated(&world.id("content.1")).is_empty(),
                    "a token without an association",
                );
                self.must(self.logged_in.contains(&guid), "a token without a session");
                self.must(
                    credentials.expires_in.is_none_or(|left| left >= 0),
                    "an expiry in the past",
                );
            }
            Effect::Wait { ticket } => self.waits = Some(*ticket),
            Effect::Refused(refusal) => {
                // The cause lies with the publisher, or with the viewer, and each has a sentence of its own.
                let (number, none) = (
                    refusal.shown().number().value(),
                    world.state.associated(&world.id("content.1")).is_empty(),
                );
                self.must(
                    number != 212 || none,
                    "associated content is told that nothing is associated",
                );
                self.must(
                    number != 220 || !none,
                    "content without association is told that a session is missing",
                );
                let guid = world.viewer(VIEWERS[viewer]);
                self.must(
                    number != 220 || !self.logged_in.contains(&guid),
                    "a session is said to be missing",
                );
            }
            _ => {}
        }
        self.look(world, &effect);
    }

    fn is_of(&mut self, access: &str, viewer: &str) {
        self.granted += 1;
        self.must(
            self.issued.get(access).is_some_and(|own| own == viewer),
            "another viewer's access token",
        );
    }

    /// What must hold behind every event.
    fn look(&self, world: &World, effect: &Effect) {
        for session in world.state.sessions.values() {
            self.must(session.refresh_token.is_some(), "a session without a refresh token");
        }
        let refreshes = world.state.asked.values().filter(|asked| asked.phase == Phase::Refresh);
        let sessions: Vec<_> = refreshes.map(|asked| asked.session.clone()).collect();
        let different = sessions.iter().collect::<BTreeSet<_>>().len();
        self.must(sessions.len() == different, "two refreshes of one session");
        self.must(self.redeemed.values().all(|times| *times == 1), "a state was redeemed twice");
        if let Effect::Refused(refusal) = effect {
            let text = refusal.shown().text();
            let leaked = self
                .secrets
                .iter()
                .map(String::as_str)
                .chain([SECRET])
                .find(|secret| text.contains(*secret));
            assert_eq!(leaked, None, "{text}");
            assert!(
                text.chars().count() <= world.flow.policy.max_text * 2 + 10
                    && !text.chars().any(char::is_control)
            );
        }
    }
}

fn play(world: &mut World, integration: &str, deeds: &[Deed]) -> Seen {
    let mut seen = Seen::default();
    for viewer in 0..2 {
        seen.do_it(world, integration, &Deed::Visit { viewer, solo: false });
    }
    for deed in deeds {
        seen.do_it(world, integration, deed);
    }
    seen
}

proptest! {
    /// The invariants of `Seen::look`, behind every event of every sequence.
    #[test]
    fn no_sequence_breaks_a_session(deeds in prop::collection::vec(deed(), 0..80)) {
        let (mut world, integration) = World::associated();
        play(&mut world, &integration, &deeds);
    }

    /// Nothing but a JSON object with both tokens makes a session.
    #[test]
    fn no_arbitrary_answer_makes_a_session(
        status in prop_oneof![3 => Just(200), 1 => 100..600_u16],
        body in prop_oneof![1 => prop::collection::vec(any::<u8>(), 0..300), 4 => members()],
    ) {
        let (mut world, integration) = World::associated();
        let (ticket, _) = world.redeem("viewer.a", &integration);
        let effect = world.step(Event::Answered { ticket, answer: ProviderAnswer::Http { status, body: body.clone() } });
        let object: Option<serde_json::Map<_, _>> = serde_json::from_slice(&body).ok();
        let has = |name: &str| object.as_ref().is_some_and(|object| object.get(name).is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty())));
        let error = object.as_ref().and_then(|object| object.get("error")).is_some_and(|error| !error.is_null());
        let good = (200..300).contains(&status) && has("access_token") && has("refresh_token") && !error;
        prop_assert_eq!(matches!(effect, Effect::LoggedIn { .. }), good);
        prop_assert_eq!(world.state.sessions.len(), usize::from(good));
    }

    /// Any other character anywhere, and any time at or behind its end: one code, no provider asked.
    #[test]
    fn no_altered_subject_token_passes(place in any::<prop::sample::Index>(), other in "[A-Za-z0-9_.-]", late in prop_oneof![0..3_i64, 0..1_000_000_i64]) {
        let (mut world, _) = World::with_session(&json!(null));
        let good = world.visit("viewer.a", "content.1");
        let at = place.index(good.len());
        let altered = format!("{}{other}{}", &good[..at], &good[at + 1..]);
        prop_assert!(matches!(world.exchange(&good), Effect::Credentials(_)));
        if altered != good {
            prop_assert_eq!(refused(world.exchange(&altered)).violation.number().value(), 215);
        }
        world.now += world.flow.policy.subject_life + late;
        let refusal = refused(world.exchange(&good));
        prop_assert_eq!(refusal.violation.number().value(), 215);
        prop_assert_eq!(refusal.violation.text(), "Invalid subject_token");
        prop_assert!(world.state.asked.is_empty());
    }

    /// What a provider writes arrives: at login behind the error's name, at refresh by itself.
    #[test]
    fn texts_of_a_provider_pass(error in "[a-z_]{1,20}", said in "[!-~]([ -~]{0,80}[!-~])?", status in 400..600_u16) {
        prop_assume!(!said.contains(SECRET));
        let body = json!({ "error": error, "error_description": said }).to_string();
        let (mut world, integration) = World::with_session(&json!(60));
        let (ticket, _) = world.redeem("viewer.b", &integration);
        let refusal = refused(world.answer(ticket, status, &body));
        prop_assert_eq!(refusal.violation.text(), format!("{error}: {said}"));
        let subject = world.visit("viewer.a", "content.1");
        world.now += 60;
        let (ticket, _) = ask(world.exchange(&subject));
        let refusal = refused(world.answer(ticket, status, &body));
        prop_assert_eq!(refusal.violation.number().value(), 219);
        prop_assert_eq!(refusal.violation.text(), said);
    }

    /// Scopes, callback, PKCE and the client's proof, whatever they are configured to be.
    #[test]
    fn a_login_asks_as_configured(
        scopes in "[a-z:/._]{1,12}( [a-z:/._]{1,12}){0,3}",
        secret in "[ -~]{1,40}",
        pkce in any::<bool>(),
        post in any::<bool>(),
    ) {
        let mut world = World::empty();
        let method = if post { "client_secret_post" } else { "client_secret_basic" };
        let config = json!({
            "scopes": scopes, "client_secret": secret, "use_pkce": pkce, "token_endpoint_auth_method": method,
        });
        let integration = world.integrate(&config);
        let url = world.begin("viewer.a", &integration);
        let callback = format!("{ADDRESS}/__oauth__/integrations/callback");
        prop_assert_eq!(parameter(&url, "scope"), Some(scopes));
        prop_assert_eq!(parameter(&url, "redirect_uri"), Some(callback.clone()));
        let state = parameter(&url, "state").unwrap();
        let (_, request) = ask(world.call_back("viewer.a", &[("state", &state), ("code", "code-123456")]));
        prop_assert_eq!(member(&request, "redirect_uri"), Some(callback.as_str()));
        let verifier = member(&request, "code_verifier");
        let hashed = verifier.map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
        prop_assert_eq!((verifier.is_some(), parameter(&url, "code_challenge")), (pkce, hashed));
        prop_assert_eq!((request.authorization.is_none(), member(&request, "client_secret")), (post, post.then_some(secret.as_str())));
    }

    /// However exchanges and the answer interleave: one refresh for each expiry.
    #[test]
    fn one_refresh_for_each_expiry(order in prop::collection::vec(any::<bool>(), 1..60)) {
        let (mut world, _) = World::with_session(&json!(60));
        let subject = world.visit("viewer.a", "content.1");
        let (mut asked, mut open) = (0, None);
        world.now += 60;
        for exchanges in order {
            match open {
                Some(ticket) if !exchanges => {
                    let answer = json!({ "access_token": "next", "expires_in": 3600 });
                    world.answer(ticket, 200, &answer.to_string());
                    open = None;
                }
                _ => match world.exchange(&subject) {
                    Effect::Ask { ticket, .. } => {
                        asked += 1;
                        open = Some(ticket);
                    }
                    Effect::Wait { ticket } => prop_assert_eq!(Some(ticket), open),
                    Effect::Credentials(_) => prop_assert_eq!(open, None),
                    other => prop_assert!(false, "{other:?}"),
                },
            }
        }
        prop_assert!(asked <= 1, "{asked} refreshes");
    }

    /// Lists may lose any of their steps and be in any order: the answer may be wrong, but it is one.
    #[test]
    fn no_edit_of_a_list_panics(
        kept in prop::collection::vec(prop::bool::weighted(0.7), 64),
        deeds in prop::collection::vec(deed(), 0..40),
        turned in any::<bool>(),
    ) {
        let (mut world, integration) = World::associated();
        let flow = &mut world.flow;
        let mut kept = kept.into_iter();
        flow.callback.edit().retain(|_| kept.next().unwrap());
        flow.redemption.edit().retain(|_| kept.next().unwrap());
        flow.refresh.edit().retain(|_| kept.next().unwrap());
        flow.visit.edit().retain(|_| kept.next().unwrap());
        flow.exchange.edit().retain(|_| kept.next().unwrap());
        if turned {
            flow.exchange.edit().reverse();
            flow.callback.edit().reverse();
            flow.redemption.edit().reverse();
        }
        let mut seen = Seen { lax: true, ..Seen::default() };
        for deed in &deeds {
            seen.do_it(&mut world, &integration, deed);
        }
    }
}

/// The generator reaches behind the first gates.
#[test]
fn the_sequences_reach_credentials() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let sequences = prop::collection::vec(deed(), 80);
    let granted: usize = (0..64)
        .map(|_| {
            let deeds = sequences.new_tree(&mut runner).unwrap().current();
            let (mut world, integration) = World::associated();
            play(&mut world, &integration, &deeds).granted
        })
        .sum();
    assert!(granted > 50, "{granted} credentials in 64 sequences");
}
