//! What a run would send: every request whole, with names in the place of what is secret or known
//! only then. Nothing is sent.
//!
//! A rehearsal is a subject like any other: the suite plays its cases on it, and it writes down
//! what the target would be sent. So a plan follows the very scripts of a run, and only the answers
//! are missing.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_suite::{
    Action, Capabilities, Held, NoVerdict, Observation, Outcome, Subject, Uses, accounts, prove,
};
use claimproof_vectors::{Case, Presentation};
use serde::Serialize;

use super::HttpSubject;
use crate::client::ANY_TOKEN;
use crate::target::{Rendered, SurfaceEntry};
use crate::wire::USER_AGENT;
use marks::{Marks, short};

mod browser;
mod manage;
mod marks;
mod moves;
mod time;

/// One request that a run would send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// What it is for.
    pub about: String,
    /// How many of it are sent at the same moment.
    pub times: usize,
    /// The HTTP method; `RAW` for bytes that are no HTTP request.
    pub method: String,
    /// Where it goes, the query with it.
    pub url: String,
    /// The headers, in order, but for `Host` and `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// What management does by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Consequence>,
}

/// What a management call does on the target, where it is not refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "does", content = "what", rename_all = "lowercase")]
pub enum Consequence {
    /// This is made.
    Creates(String),
    /// This becomes another.
    Changes(String),
    /// This is taken away.
    Deletes(String),
}

impl Consequence {
    /// What is made.
    pub fn created(&self) -> Option<&str> {
        match self {
            Self::Creates(what) => Some(what),
            Self::Changes(_) | Self::Deletes(_) => None,
        }
    }
}

/// A subject that writes down what it is asked to do.
#[derive(Debug)]
pub struct Rehearsal<'s> {
    subject: &'s HttpSubject,
    begun: i64,
    marks: Marks,
    written: Mutex<Vec<Planned>>,
    /// To when the clock was moved for everybody.
    moved: Mutex<Option<i64>>,
    /// The apps whose secrets were listed.
    listed: Mutex<BTreeSet<String>>,
    /// Viewers who have logged in at the server once.
    viewers: Mutex<BTreeSet<String>>,
    /// How many tokens of the proof before grading were presented, while that is rehearsed.
    proving: Mutex<Option<AtomicUsize>>,
}

impl<'s> Rehearsal<'s> {
    /// Of a run against this subject, which need not be connected.
    pub fn of(subject: &'s HttpSubject) -> Self {
        Self {
            subject,
            begun: subject.target_time(),
            marks: Marks::default(),
            written: Mutex::default(),
            moved: Mutex::default(),
            listed: Mutex::default(),
            viewers: Mutex::default(),
            proving: Mutex::default(),
        }
    }

    /// What was written down since this was asked last.
    pub fn take(&self) -> Vec<Planned> {
        std::mem::take(&mut lock(&self.written))
    }

    /// What is sent before anything is graded, the look at the accounts too unless they are
    /// trusted; why no run would come further, where none would.
    pub async fn prove(
        &self,
        cases: &[Case],
        trust_accounts: bool,
    ) -> (Vec<Planned>, Option<String>) {
        *lock(&self.proving) = Some(AtomicUsize::new(0));
        let proof = prove(self, "plan").await;
        *lock(&self.proving) = None;
        let proven = match proof {
            Ok(proof) if !trust_accounts => accounts(self, &proof, cases, "plan").await,
            other => other.map(drop),
        };
        (self.take(), proven.err().map(|error| error.to_string()))
    }

    /// A name in the place of a value.
    fn mark(&self, shown: impl Into<String>) -> String {
        self.marks.of(shown.into())
    }

    /// Writes a request down, with no secret in it.
    fn write(&self, about: &str, request: &Rendered, times: usize, effect: Option<Consequence>) {
        let url = self.subject.client.wire.url(request).to_string();
        self.write_to(&url, about, request, times, effect);
    }

    /// The same where it goes to another place.
    fn write_to(
        &self,
        url: &str,
        about: &str,
        request: &Rendered,
        times: usize,
        effect: Option<Consequence>,
    ) {
        let shown =
            |text: &str| short(&self.marks.shown(&self.subject.client.redacted(text, None)));
        let own = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let given = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(USER_AGENT.0));
        let headers = own.chain((!given).then_some(USER_AGENT));
        let planned = Planned {
            about: about.to_owned(),
            times,
            method: request.method.clone(),
            url: shown(url),
            headers: headers.map(|(name, value)| (name.to_owned(), shown(value))).collect(),
            body: shown(&request.body),
            effect,
        };
        lock(&self.written).push(planned);
    }

    /// A token presented so many times at once, named and not shown.
    fn present(
        &self,
        held: &Held,
        presentation: &Presentation,
        times: usize,
    ) -> Result<(), NoVerdict> {
        let surface = self.subject.client.surface(presentation.surface)?;
        let about =
            if times == 1 { String::new() } else { format!("{times} times at the same moment") };
        self.present_on(surface, held, presentation, times, &about)
    }

    fn present_on(
        &self,
        surface: &SurfaceEntry,
        held: &Held,
        presentation: &Presentation,
        times: usize,
        about: &str,
    ) -> Result<(), NoVerdict> {
        // Whether the real one can be sent is asked of the real one.
        self.subject.sendable(&self.subject.rendered(surface, presentation)?)?;
        let mut request = self.subject.rendered(surface, &self.named(held, presentation))?;
        self.at(&mut request, held);
        self.write(about, &request, times, None);
        Ok(())
    }

    /// The presentation with the token's name in its place, in whatever header it travels.
    fn named(&self, held: &Held, presentation: &Presentation) -> Presentation {
        let mark = self.mark(format!("token: {}", self.name(held, presentation)));
        let mut named = presentation.clone();
        let own = presentation.token.as_deref().filter(|token| !token.is_empty());
        // What XML cannot carry decides which body a token travels in, so it stays behind the name.
        let mark = own
            .and_then(|token| token.chars().find(|c| c.is_control()))
            .map_or(mark.clone(), |c| format!("{mark}{c}"));
        named.token = presentation
            .token
            .as_ref()
            .map(|token| own.map_or_else(|| token.clone(), |_| mark.clone()));
        for header in &mut named.headers {
            let value = own
                .map_or_else(|| header.value.clone(), |token| header.value.replace(token, &mark));
            header.value = ANY_TOKEN.replace_all(&value, mark.as_str()).into_owned();
        }
        named
    }

    fn name(&self, held: &Held, presentation: &Presentation) -> &'static str {
        let own =
            held.ledger.iter().find(|(_, minted)| minted.presentation.token == presentation.token);
        match (
            own,
            lock(&self.proving).as_ref().map(|presented| presented.load(Ordering::SeqCst) % 3),
        ) {
            (_, Some(0)) => "good",
            (_, Some(_)) => "broken",
            (Some((name, _)), None) => name,
            (None, None) if held.ledger.is_empty() => "a fresh one",
            (None, None) => "altered",
        }
    }

    /// What a server would answer that is right: the proof presents a good token, none and a broken
    /// one in turn.
    fn answer(&self) -> Outcome {
        let turn = lock(&self.proving)
            .as_ref()
            .map(|presented| presented.fetch_add(1, Ordering::SeqCst) % 3);
        if turn.is_none_or(|turn| turn == 0) { Outcome::Accepted } else { Outcome::Refused(None) }
    }

    fn raw(&self, bytes: &str) {
        let (method, body) = ("RAW".to_owned(), bytes.escape_debug().to_string());
        let planned = Planned {
            about: "bytes that are no HTTP request".to_owned(),
            times: 1,
            method,
            url: self.subject.client.target.base_url.clone(),
            headers: Vec::new(),
            body,
            effect: None,
        };
        lock(&self.written).push(planned);
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Subject for Rehearsal<'_> {
    fn profile(&self) -> Profile {
        self.subject.profile()
    }

    fn capabilities(&self) -> &Capabilities {
        self.subject.capabilities()
    }

    fn players(&self) -> &Players {
        self.subject.players()
    }

    fn now(&self) -> i64 {
        self.begun
    }

    fn reach(&self, _: i64) {}

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        let outcome = match action {
            Action::Present(presentation) => {
                self.present(held, presentation, 1)?;
                self.answer()
            }
            Action::Kept(presentation) => {
                let surface = self.subject.client.surface(presentation.surface)?;
                self.present_on(
                    surface,
                    held,
                    presentation,
                    1,
                    "on one connection, which is kept open",
                )?;
                self.answer()
            }
            Action::AtOnce(presentation, times) => {
                self.present(held, presentation, times)?;
                Outcome::AtOnce(Uses { accepted: 1, refused: times - 1, ..Uses::default() })
            }
            Action::Raw(bytes) => {
                self.raw(bytes);
                Outcome::Accepted
            }
            Action::Manage(call, back) => {
                self.manage(held, call, back)?;
                Outcome::Accepted
            }
            Action::Move(moved) => {
                self.act(held, moved)?;
                Outcome::Accepted
            }
        };
        Ok(Observation::of(outcome))
    }

    async fn leave(&self, held: &mut Held) {
        self.take_down(held);
    }
}
