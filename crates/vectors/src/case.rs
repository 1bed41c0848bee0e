//! A case: a short script of acts with an expectation after each.

mod back;
mod need;
mod roles;
mod time;
mod words;

pub use need::{ManageMethod, Need};

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::requirements::Level;
use claimproof_catalog::{Profile, readings};
use serde::{Serialize, Serializer};

use crate::change::Change;
use crate::expect::Expect;
use crate::flow::Move;
use crate::scene::Scene;

/// A management call, by the roles it concerns. What it changes may take the target a while to show, so what a
/// script presents behind it is presented anew until it does, or the time for it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Manage {
    /// Add a secret to an app; the role `secret.made` is then played by it.
    CreateSecret {
        /// Role of the app.
        app: &'static str,
    },
    /// Remove the secret added last.
    DeleteSecret {
        /// Role of the app.
        app: &'static str,
    },
    /// Create an app with this domain allowlist.
    CreateApp {
        /// Entries separated by blanks.
        domain_safelist: &'static str,
    },
    /// Enable or disable an app.
    EnableApp {
        /// Role of the app.
        app: &'static str,
        /// Which of the two.
        #[serde(serialize_with = "as_text")]
        enabled: bool,
    },
    /// Set a site's embedding settings.
    Embedding {
        /// Role of the site.
        site: &'static str,
        /// Embedding allowed anywhere.
        #[serde(serialize_with = "as_text")]
        unrestricted: bool,
        /// Entries separated by blanks.
        allow_list: &'static str,
    },
    /// Set a customer's embedding origin.
    Origin {
        /// Role of the team.
        team: &'static str,
        /// The origin.
        origin: &'static str,
    },
    /// Make the replay store fail, or mend it.
    Store {
        /// Whether it answers.
        #[serde(serialize_with = "as_text")]
        up: bool,
    },
}

/// Every argument is a text.
fn as_text<S: Serializer>(flag: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *flag { "true" } else { "false" })
}

impl Manage {
    /// Its arguments by name, as the golden files have them; those that name a role are no ids yet.
    pub fn arguments(&self) -> BTreeMap<String, String> {
        // A struct of texts serializes without fail.
        let value = serde_json::to_value(self).unwrap_or_default();
        serde_json::from_value(value).unwrap_or_default()
    }
}

impl Manage {
    /// Whether it changes what is answered to tokens: an app that is made is on no token yet, and the switch of the
    /// store is a fixture.
    const fn changes_answers(&self) -> bool {
        !matches!(self, Self::CreateApp { .. } | Self::Store { .. })
    }
}

/// One thing the suite does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Mint a token under a name and present it.
    Present {
        /// The name, unique in the case.
        token: &'static str,
        /// The accepted scene.
        scene: Scene,
        /// What is changed about it.
        changes: Vec<Change>,
    },
    /// Mint a token under a name and present it on the connection of the act before, which is kept open for it.
    KeptAlive {
        /// The name, unique in the case.
        token: &'static str,
        /// The accepted scene.
        scene: Scene,
        /// What is changed about it.
        changes: Vec<Change>,
    },
    /// Present a token of the case again, its compact form altered or not.
    Again {
        /// Which.
        token: &'static str,
        /// What is done to the compact form.
        change: Option<Change>,
    },
    /// Present one token so many times at the same moment; in each round a fresh one.
    AtOnce {
        /// The name under which the token of the last round is kept, unique in the case.
        token: &'static str,
        /// The accepted scene.
        scene: Scene,
        /// What is changed about it.
        changes: Vec<Change>,
        /// How many requests meet in a round.
        times: usize,
        /// How many rounds.
        rounds: usize,
    },
    /// Send bytes that are no HTTP request.
    Raw(&'static str),
    /// Call a management method.
    Manage(Manage),
    /// Let this many seconds pass.
    Advance(i64),
    /// Move one of the parties around a Connect server.
    Move(Move),
}

/// One act and what must come of it.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What is done.
    pub act: Act,
    /// What must come of it.
    pub expect: Expect,
    /// Whether it is exact to the second, so that the suite must say which second it is.
    pub exact: bool,
}

impl Turn {
    /// An act and what must come of it, whichever second it is.
    pub const fn new(act: Act, expect: Expect) -> Self {
        Self { act, expect, exact: false }
    }
}

/// One thing the suite tries on a subject.
#[derive(Clone, Debug)]
pub struct Case {
    /// `profile/code/what-is-wrong`, never reused.
    pub id: String,
    /// The system.
    pub profile: Profile,
    /// The case in one sentence.
    pub title: String,
    /// Requirements and rules it judges.
    pub requirements: Vec<&'static str>,
    /// What a deviation weighs.
    pub level: Level,
    /// Why a deviation is advice, whatever the requirements weigh.
    pub softened: Option<&'static str>,
    /// The accepted case this one differs from in one change.
    pub control: Option<String>,
    /// The two faults it has, where it tries which one is answered; by name, see [`crate::precedence`].
    pub pair: Option<[&'static str; 2]>,
    /// The case it asks again, where it is a consistency probe of a run.
    pub repeats: Option<String>,
    /// The acts, in order.
    pub script: Vec<Turn>,
}

impl Case {
    /// One presentation of a scene with these changes.
    pub fn one(
        scene: &Scene,
        id: &str,
        title: &str,
        requirements: &[&'static str],
        changes: Vec<Change>,
        expect: Expect,
    ) -> Self {
        let accepts_plain = changes.is_empty();
        let act = Act::Present { token: "t", scene: scene.clone(), changes };
        let mut case =
            Self::script(scene.profile, id, title, requirements, vec![Turn::new(act, expect)]);
        case.control = (!accepts_plain).then(|| scene.control());
        case
    }

    /// Several acts.
    pub fn script(
        profile: Profile,
        id: &str,
        title: &str,
        requirements: &[&'static str],
        script: Vec<Turn>,
    ) -> Self {
        let requirements = requirements.to_vec();
        let level = level(&requirements);
        Self {
            id: format!("{profile}/{id}"),
            profile,
            title: title.to_owned(),
            requirements,
            level,
            softened: None,
            control: None,
            pair: None,
            repeats: None,
            script,
        }
    }

    /// The same where its last turn is exact to the second.
    pub fn exact(mut self) -> Self {
        self.script.iter_mut().rev().take(1).for_each(|turn| turn.exact = true);
        self
    }

    /// Names its control.
    pub fn controlled_by(mut self, scene: &Scene) -> Self {
        self.control = Some(scene.control());
        self
    }

    /// The same, each of its turns with this expectation.
    pub(crate) fn expecting(mut self, expect: &Expect) -> Self {
        self.script.iter_mut().for_each(|turn| turn.expect = expect.clone());
        self
    }

    /// The same, which cites these besides.
    pub fn citing(mut self, more: &[&'static str]) -> Self {
        self.requirements.extend(more);
        self.level = level(&self.requirements);
        self
    }

    /// A deviation is advice, whatever the requirements weigh, for this reason.
    pub fn hardening(mut self, because: &'static str) -> Self {
        (self.level, self.softened) = (Level::Should, Some(because));
        self
    }

    /// Why its answer is open or a deviation is advice; none where the documents force the answer.
    pub fn rationale(&self) -> Option<String> {
        let asked = self.script.iter().filter_map(|turn| turn.expect.question());
        let open = asked.filter_map(readings::find).map(|question| question.because);
        let mut why: Vec<&str> = self.softened.into_iter().chain(open).collect();
        let mut seen = BTreeSet::new();
        why.retain(|one| seen.insert(*one));
        (!why.is_empty()).then(|| why.join(" "))
    }

    /// The documented code, or group, the case belongs to.
    pub fn code(&self) -> &str {
        self.id.split('/').nth(1).unwrap_or_default()
    }

    /// What is judged last, which is what the case is about.
    pub fn verdict(&self) -> &Expect {
        // A script is never empty: every constructor is handed its turns.
        self.script.last().map_or(&Expect::Done, |turn| &turn.expect)
    }

    /// Whether the reference refuses it.
    pub fn is_rejected(&self) -> bool {
        self.verdict().reference().is_some()
    }

    /// The one presentation of a single-act case, with its scene and changes.
    pub fn single(&self) -> Option<(&Scene, &[Change])> {
        match self.script.as_slice() {
            [Turn { act: Act::Present { scene, changes, .. }, .. }] => Some((scene, changes)),
            _ => None,
        }
    }

    /// Whether acts of it depend on what came before, so that it waits its turn.
    pub fn is_stateful(&self) -> bool {
        let by_itself = |act: &Act| matches!(act, Act::AtOnce { .. } | Act::Manage(_));
        self.script.len() > 1 || self.script.iter().any(|turn| by_itself(&turn.act))
    }

    /// Whether it calls a method of management that a session must be opened for.
    pub fn is_managed(&self) -> bool {
        let calls =
            |act: &Act| matches!(act, Act::Manage(call) if !matches!(call, Manage::Store { .. }));
        self.script.iter().any(|turn| calls(&turn.act))
    }

    /// Whether an act, counted from 0, hands in a token behind a change that may take the target a while to show.
    pub fn follows_change(&self, at: usize) -> bool {
        let change = |turn: &Turn| matches!(&turn.act, Act::Manage(call) if call.changes_answers());
        let presents = |turn: &Turn| matches!(turn.act, Act::Present { .. });
        self.script.get(at).is_some_and(presents) && self.script[..at].iter().any(change)
    }
}

/// The weightiest of what a case cites.
pub fn level(cited: &[&'static str]) -> Level {
    cited.iter().filter_map(|id| claimproof_catalog::level(id)).max().unwrap_or(Level::Must)
}
