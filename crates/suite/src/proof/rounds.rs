//! Good, absent and broken tokens of one scene in turn, each of them fresh.

use std::fmt;

use claimproof_catalog::Profile;
use claimproof_vectors::{Change, Edit, Forge, ForgeError, Ledger, Presentation, RequestEdit};

use super::scenes::Candidate;
use super::{Inseparable, words};
use crate::observation::{NoVerdict, Observation, Outcome};
use crate::retry::Patience;
use crate::subject::{Action, Held, Subject};

/// How many rounds are played: enough that answers by chance do not look like a rule.
const ROUNDS: usize = 3;
/// How many more where something is odd, which would be said of the subject.
const TO_BE_SURE: usize = 4;

/// What came of one request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Seen(Box<Observation>),
    Lost(String),
}

impl Answer {
    pub(super) fn is_accepted(&self) -> bool {
        matches!(self, Self::Seen(seen) if seen.outcome == Outcome::Accepted)
    }

    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Seen(seen) => seen.status,
            Self::Lost(_) => None,
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seen(seen) => {
                let status = seen.status.filter(|_| !matches!(seen.outcome, Outcome::Neither(_)));
                write!(f, "{}", seen.outcome)?;
                status.map_or(Ok(()), |status| write!(f, " (status {status})"))
            }
            Self::Lost(why) => write!(f, "no answer: {why}"),
        }
    }
}

/// What came of a scene's tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    pub(super) good: Vec<Answer>,
    pub(super) absent: Vec<Answer>,
    pub(super) broken: Vec<Answer>,
}

impl Rounds {
    /// Whether the scene is accepted, at first at least.
    pub(super) fn accepts(&self) -> bool {
        self.good.first().is_some_and(Answer::is_accepted)
    }

    /// Whether tokens that differ in nothing are answered differently. Accepted and then refused is
    /// what a memory does; refused and then accepted, nothing does.
    pub(super) fn is_by_chance(&self) -> bool {
        let rises = |all: &[Answer]| {
            all.windows(2).any(|two| !two[0].is_accepted() && two[1].is_accepted())
        };
        let mixed = |all: &[Answer]| {
            all.iter().any(Answer::is_accepted) && !all.iter().all(Answer::is_accepted)
        };
        rises(&self.good) || mixed(&self.absent) || mixed(&self.broken)
    }

    /// Whether nothing but good tokens is accepted, and all of them.
    fn is_right(&self) -> bool {
        let none = |all: &[Answer]| !all.iter().any(Answer::is_accepted);
        self.good.iter().all(Answer::is_accepted) && none(&self.absent) && none(&self.broken)
    }
}

/// One scene on one subject.
pub(super) struct Trial<'a, S> {
    pub(super) subject: &'a S,
    pub(super) run: &'a str,
    pub(super) candidate: &'a Candidate,
    pub(super) patience: &'a Patience,
}

impl<S: Subject> Trial<'_, S> {
    /// Plays the rounds. A scene that is refused is tried again only where it is `first`.
    pub(super) async fn rounds(&self, held: &mut Held, first: bool) -> Result<Rounds, Inseparable> {
        let mut rounds = Rounds::default();
        for n in 0..ROUNDS + TO_BE_SURE {
            let goes_on = match n {
                0 => true,
                _ if !rounds.accepts() => first && n < ROUNDS,
                _ => n < ROUNDS || !rounds.is_right(),
            };
            if !goes_on || rounds.is_by_chance() {
                break;
            }
            self.round(held, n, &mut rounds).await?;
        }
        Ok(rounds)
    }

    async fn round(
        &self,
        held: &mut Held,
        n: usize,
        rounds: &mut Rounds,
    ) -> Result<(), Inseparable> {
        let good = self.ask(held, &format!("good {n}"), None).await?;
        if let Answer::Lost(why) = &good {
            return Err(Inseparable(words::lost(self.candidate, why)));
        }
        rounds.good.push(good);
        if rounds.accepts() {
            let absent = Change::Request(RequestEdit::Token(None));
            rounds.absent.push(self.ask(held, &format!("absent {n}"), Some(absent)).await?);
            let broken = Change::Text("the middle of the signature altered", break_signature);
            rounds.broken.push(self.ask(held, &format!("broken {n}"), Some(broken)).await?);
        }
        Ok(())
    }

    async fn ask(
        &self,
        held: &mut Held,
        name: &str,
        change: Option<Change>,
    ) -> Result<Answer, Inseparable> {
        // What speaks of the moment is asked again, with a token that is fresh again.
        for tried in 1.. {
            let presentation = self.mint(&format!("{name}, {tried}"), change.clone())?;
            match self.subject.perform(held, Action::Present(&presentation)).await {
                Ok(seen) => return Ok(Answer::Seen(Box::new(seen))),
                Err(NoVerdict::Busy(busy))
                    if self.patience.for_another(self.subject, tried, &busy).await => {}
                Err(error) => return Ok(Answer::Lost(error.to_string())),
            }
        }
        Err(Inseparable("the target asked for a later try for ever".to_owned()))
    }

    /// The tokens of one second differ in every profile, so that none is a replay of another.
    fn mint(&self, name: &str, change: Option<Change>) -> Result<Presentation, Inseparable> {
        let Some((scene, changes)) = self.candidate.case.single() else {
            return Err(Inseparable("no scene".to_owned()));
        };
        let (subject, run) = (self.subject, self.run);
        let forge = Forge {
            players: subject.players(),
            now: subject.now(),
            run,
            case: &self.candidate.name,
            seed: None,
        };
        let changes: Vec<Change> =
            changes.iter().cloned().chain(fresh(subject.profile(), name)).chain(change).collect();
        let minted = forge.mint(name, scene, &changes, &Ledger::new());
        minted
            .map(|minted| minted.presentation)
            .map_err(|error: ForgeError| Inseparable(error.to_string()))
    }
}

/// What no two tokens have alike where nothing else is: the others have a `jti`.
fn fresh(profile: Profile, name: &str) -> Option<Change> {
    let json = format!("\"Test Caller, {name}\"");
    (!profile.sheet().is_single_use).then(|| Change::Claim("name", Edit::Json(json.into())))
}

/// Not the last character, whose spare bits a lenient decoder ignores.
fn break_signature(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap_or_default();
    let (before, after) = signature.split_at(signature.len() / 2);
    let other = if after.starts_with('A') { "B" } else { "A" };
    format!("{signed}.{before}{other}{}", after.get(1..).unwrap_or_default())
}
