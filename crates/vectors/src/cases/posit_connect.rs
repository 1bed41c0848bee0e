//! Posit Connect OAuth integrations: logins, exchanges and refreshes between four parties.
//!
//! A case plays a script. It has a provider and an integration of its own; only viewers are
//! shared. What stands beside it is one fault, and mostly the documented cure shown to work.

mod association;
mod awkward;
mod azure;
mod bad_input;
mod baseline;
pub mod clients;
mod cross;
mod github;
mod given;
mod hurried;
mod keycloak;
mod refresh_token;
mod script;
mod session;
mod snowflake;
mod subject_token;
#[cfg(test)]
mod tests;
pub mod tokens;

use std::sync::OnceLock;

use claimproof_catalog::Profile;

use super::CaseSet;
use crate::case::{Case, Turn};
use crate::draft::empty;
use crate::expect::{Answer, Expect, Refusal};
use crate::flow::{Content, Exchange, FormEdit, Integration, Move};
use claimproof_idp::{ClientAuth, Knobs, Personality, Secret};
pub use given::{given, given_token};
pub use hurried::hurried;
use script::Script;

/// The viewer most cases are about.
const A: &str = "viewer.a";
/// Another viewer.
const B: &str = "viewer.b";

/// Seconds after which every subject token has expired, whatever its lifetime.
const DAY: i64 = 86_400;
/// Seconds an access token lives that must not expire together with the subject token.
const WEEK: u32 = 604_800;
/// Just past the hour that access tokens live.
const PAST_AN_HOUR: i64 = 3700;

/// What the cases of this profile are made of.
pub(super) static SET: CaseSet = CaseSet {
    cases,
    all: OnceLock::new(),
    draft: |_, _, _, _| empty(),
    // Its faults are answers of other systems, which come one at a time.
    faults: Vec::new,
    scene: None,
    stand_in: |_, _| None,
};

/// Every case of the profile.
fn cases() -> Vec<Case> {
    [
        baseline::cases(),
        refresh_token::cases(),
        github::cases(),
        subject_token::cases(),
        association::cases(),
        session::cases(),
        azure::cases(),
        snowflake::cases(),
        keycloak::cases(),
        awkward::cases(),
        cross::cases(),
        bad_input::cases(),
    ]
    .concat()
}

/// A viewer logged in at a provider without fault, and a subject token for the content, kept as `t`: kind by kind.
pub fn set_ups() -> Vec<(&'static str, Vec<Move>)> {
    let acts = |of: Personality| Script::of(of).logs_in(A).visits(A, "t").turns();
    let moves = |of| acts(of).into_iter().filter_map(|turn| turn.moved().cloned()).collect();
    REFRESHING.into_iter().map(|of| (name(of), moves(of))).collect()
}

/// The first of them.
pub fn set_up() -> Vec<Move> {
    set_ups().into_iter().next().map(|(_, moves)| moves).unwrap_or_default()
}

/// What the SDK says beside the document's members.
pub const REQUESTED_TYPE: FormEdit =
    FormEdit::Set("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");

/// An exchange of that token, kept as `a`, with one thing changed.
pub fn plain_exchange(edit: Option<FormEdit>) -> Move {
    Move::Exchange(Exchange { subject: "t", edits: edit.into_iter().collect(), keep: "a" })
}

fn case(id: &str, title: &str, cites: &[&'static str], script: Script) -> Case {
    Case::script(Profile::PositConnect, id, title, cites, script.turns())
}

impl Case {
    /// It differs in one act from this accepted one.
    fn differs_from(mut self, accepted: &str) -> Self {
        self.control = Some(format!("{}/accepted/{accepted}", Profile::PositConnect));
        self
    }
}

/// The integration that a provider of this kind is content with.
const fn integration(of: Personality) -> Integration {
    Integration { scopes: scopes(of), secret: Secret::Current, auth: ClientAuth::Post, pkce: true }
}

const fn scopes(of: Personality) -> &'static str {
    match of {
        Personality::Entra => "User.Read offline_access",
        Personality::Snowflake => "session:role:ANALYST refresh_token",
        Personality::Keycloak => "profile email",
        Personality::GithubOauthApp | Personality::GithubApp => "repo read:org",
    }
}

const fn name(of: Personality) -> &'static str {
    match of {
        Personality::Entra => "entra",
        Personality::Snowflake => "snowflake",
        Personality::Keycloak => "keycloak",
        Personality::GithubOauthApp => "github-oauth-app",
        Personality::GithubApp => "github-app",
    }
}

/// The kinds that issue refresh tokens.
const REFRESHING: [Personality; 4] =
    [Personality::Entra, Personality::Snowflake, Personality::Keycloak, Personality::GithubApp];

/// Two kinds for what holds whatever the provider.
const TWO: [Personality; 2] = [Personality::Entra, Personality::Keycloak];

/// The sentence of the document and the number it prints.
const EXPIRED: Expect = Expect::Holds(Answer::Refuse(Refusal::with(&["215"]).numbered(&[215])));

/// The sentence for content without an integration; the number is not in the document.
fn no_association() -> Expect {
    let refusal = Refusal::with(&["212"]);
    let answers = vec![
        ("212", refusal.clone().numbered(&[212]).into()),
        ("other", refusal.not_numbered(&[212]).into()),
    ];
    Expect::open("PCO-R-no-association-code", answers)
}

/// The sentence for a viewer without a session; the number is not in the document.
fn no_session() -> Expect {
    let numbered = |numbers| Answer::Refuse(Refusal::with(&["220"]).numbered(numbers));
    let answers = vec![
        ("220", numbered(&[220])),
        ("218", numbered(&[218])),
        ("other", Refusal::with(&["220"]).not_numbered(&[218, 220]).into()),
    ];
    Expect::open("PCO-R-no-session-code", answers)
}

/// A provider's sentence in what the viewer or the content is told.
fn passed_on(codes: &'static [&'static str]) -> Expect {
    let answers = vec![
        ("prefix", Answer::refuse(codes)),
        ("exact", Answer::Refuse(Refusal::with(codes).verbatim())),
    ];
    Expect::open("PCO-R-provider-text", answers)
}

/// Refused with a text that carries this, for which no code is documented.
fn saying(text: &'static str) -> Expect {
    Expect::from(Refusal::with(&[]).saying(text))
}

impl Turn {
    /// The move, where the act is one.
    pub(crate) const fn moved(&self) -> Option<&Move> {
        match &self.act {
            crate::case::Act::Move(moved) => Some(moved),
            _ => None,
        }
    }
}

/// A provider of this kind in good order.
fn good(of: Personality) -> Knobs {
    Knobs::of(of)
}

/// Where most exchanges come from.
const OWN: Content = Content::Own;
