//! Two faults in one presentation, as data: which order the documents force, and where they are silent.
//!
//! Every single fault of a profile is named here with what alone answers it. Two of them that can
//! stand in one presentation make a pair. Where the order is forced the first one's codes are due;
//! otherwise either's are, and the answer shows which order a subject uses.

use claimproof_catalog::Profile;

use crate::case::{Act, Case, Turn};
use crate::cases;
use crate::change::{Change, Edit};
use crate::expect::{Expect, Refusal};
use crate::scene::Scene;

/// What a fault is about, as far as any order is forced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Beside the token: headers, path, carriage, size.
    Request,
    /// Whether the token can be taken apart.
    Structure,
    /// Which algorithm the header names.
    Algorithm,
    /// Whether the header names who vouches at all.
    Identity,
    /// Who vouches: the partner, the app, the access profile.
    Issuer,
    /// The key of who vouches.
    Key,
    /// The signature.
    Signature,
    /// The times by which a token is still good.
    Age,
    /// Anything else that is read from a token.
    Content,
    /// Whether the token's id was used before.
    Replay,
}

impl Stage {
    /// Whether a fault of this stage is answered first by force: presence and structure before what
    /// is read from a token, algorithm, issuer and key before the signature, the replay after the
    /// signature and the age. One claim's presence, type and value cannot be wrong at once.
    const fn precedes(self, later: Self) -> bool {
        match self {
            Self::Structure => !matches!(later, Self::Request | Self::Structure),
            Self::Identity | Self::Issuer => {
                matches!(later, Self::Key | Self::Signature | Self::Replay)
            }
            Self::Algorithm | Self::Key => matches!(later, Self::Signature | Self::Replay),
            Self::Signature | Self::Age => matches!(later, Self::Replay),
            Self::Request | Self::Content | Self::Replay => false,
        }
    }
}

/// One fault of an accepted scene.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Unique in its profile.
    pub name: &'static str,
    /// The fault in words, to go on with in a sentence.
    pub words: &'static str,
    /// What it is about.
    pub stage: Stage,
    /// Every code that may answer it alone, under some reading; none where the code is free.
    pub codes: &'static [&'static str],
    /// The requirements and rules it breaks.
    pub cites: &'static [&'static str],
    /// What it touches; two faults that touch one thing cannot be combined.
    pub touches: &'static [&'static str],
    /// The accepted scene it needs, where the profile's plain one does not do.
    pub scene: Option<fn() -> Scene>,
    /// The edits.
    pub changes: Vec<Change>,
}

impl Fault {
    /// Whether both can stand in one presentation.
    pub fn is_apart_from(&self, other: &Self) -> bool {
        self.touches.iter().all(|thing| !other.touches.contains(thing))
    }
}

/// A fault by one change of the profile's plain scene, as a row of a table begins.
pub(crate) fn fault(
    name: &'static str,
    words: &'static str,
    stage: Stage,
    change: Change,
) -> Fault {
    let changes = vec![change];
    Fault { name, words, stage, codes: &[], cites: &[], touches: &[], scene: None, changes }
}

impl Fault {
    /// The codes that may answer it alone.
    pub(crate) fn codes(self, codes: &'static [&'static str]) -> Self {
        Self { codes, ..self }
    }

    /// What it breaks.
    pub(crate) fn cites(self, cites: &'static [&'static str]) -> Self {
        Self { cites, ..self }
    }

    /// What it touches.
    pub(crate) fn touches(self, touches: &'static [&'static str]) -> Self {
        Self { touches, ..self }
    }
}

/// The name of the token whose id is used before, in the script of a replay.
const USED: &str = "used";

/// The id of a token that was accepted just before.
pub(crate) fn replayed(name: &'static str, words: &'static str) -> Fault {
    fault(name, words, Stage::Replay, Change::Claim("jti", Edit::SameJti(USED)))
}

/// Whether a document says which fault of a pair is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first.
    Forced,
    /// Either.
    Open,
}

/// Two faults in one presentation.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The system.
    pub profile: Profile,
    /// The accepted scene both change.
    pub scene: Scene,
    /// The one that is answered, where the order is forced.
    pub first: Fault,
    /// The other one.
    pub second: Fault,
    /// What the documents say of their order.
    pub order: Order,
}

/// Every single fault of a profile, in the order of the documents' codes.
pub fn faults(profile: Profile) -> Vec<Fault> {
    (cases::set(profile).faults)()
}

/// The accepted scene these faults change; `None` for a profile that has none.
pub fn scene(profile: Profile, faults: &[&Fault]) -> Option<Scene> {
    if let Some(own) = faults.iter().find_map(|fault| fault.scene) {
        return Some(own());
    }
    cases::set(profile).scene.map(|scene| scene())
}

/// Every pair of faults that can stand in one presentation.
pub fn pairs(profile: Profile) -> Vec<Pair> {
    let faults = faults(profile);
    let each = faults.iter().enumerate();
    each.flat_map(|(n, one)| {
        faults[n + 1..].iter().filter_map(move |other| pair(profile, one, other))
    })
    .collect()
}

/// The pair of these two faults.
pub fn find(profile: Profile, names: [&str; 2]) -> Option<Pair> {
    let named: Vec<Fault> =
        faults(profile).into_iter().filter(|fault| names.contains(&fault.name)).collect();
    let [one, other] = named.as_slice() else { return None };
    pair(profile, one, other)
}

fn pair(profile: Profile, one: &Fault, other: &Fault) -> Option<Pair> {
    let scene = scene(profile, &[one, other])?;
    let (first, second) = if other.stage.precedes(one.stage) { (other, one) } else { (one, other) };
    let order = if first.stage.precedes(second.stage) { Order::Forced } else { Order::Open };
    one.is_apart_from(other).then(|| Pair {
        profile,
        scene,
        first: first.clone(),
        second: second.clone(),
        order,
    })
}

/// The pairs whose order is forced and can be seen: cases of their own in the default run.
pub(crate) fn forced(profile: Profile) -> Vec<Case> {
    pairs(profile).iter().filter(|pair| pair.is_forced_and_seen()).map(Pair::case).collect()
}

/// All other pairs, for a run that asks in which order a subject looks.
pub fn open(profile: Profile) -> Vec<Case> {
    pairs(profile).iter().filter(|pair| !pair.is_forced_and_seen()).map(Pair::case).collect()
}

impl Pair {
    /// Whether the document fixes the answer, and the other fault's could be told from it.
    pub fn is_forced_and_seen(&self) -> bool {
        let (first, second) = (self.first.codes, self.second.codes);
        let told = second.is_empty() || second.iter().any(|code| !first.contains(code));
        self.order == Order::Forced && !first.is_empty() && told
    }

    /// The case that tries it.
    pub fn case(&self) -> Case {
        let (first, second) = (&self.first, &self.second);
        let (id, link) = if self.is_forced_and_seen() {
            let code = first.codes.first().copied().unwrap_or_default();
            (format!("{code}/{}-before-{}", first.name, second.name), ", which comes before ")
        } else {
            (format!("pair/{}-and-{}", first.name, second.name), " and ")
        };
        let title = format!("{}{link}{}", capital(first.words), second.words);
        let more = second.cites.iter().filter(|id| !first.cites.contains(id));
        let cites: Vec<_> = first.cites.iter().chain(more).copied().collect();
        let turns = self.script(&[first, second], self.expect());
        let mut case =
            Case::script(self.profile, &id, &title, &cites, turns).controlled_by(&self.scene);
        case.pair = Some([first.name, second.name]);
        case
    }

    /// The same presentation with one of the two faults repaired: the first, and the second.
    pub fn repaired(&self) -> [Case; 2] {
        [&self.second, &self.first].map(|left| {
            let expect =
                if left.codes.is_empty() { Expect::REFUSE } else { Expect::refuse(left.codes) };
            let turns = self.script(&[left], expect);
            Case::script(
                self.profile,
                &format!("alone/{}", left.name),
                left.words,
                left.cites,
                turns,
            )
        })
    }

    fn script(&self, faults: &[&Fault], expect: Expect) -> Vec<Turn> {
        let changes: Vec<Change> = faults.iter().flat_map(|one| one.changes.clone()).collect();
        let present = |token, changes| Act::Present { token, scene: self.scene.clone(), changes };
        let mut turns = vec![Turn::new(present("t", changes), expect)];
        if faults.iter().any(|one| one.stage == Stage::Replay) {
            turns.insert(0, Turn::new(present(USED, Vec::new()), Expect::ACCEPT));
        }
        turns
    }

    fn expect(&self) -> Expect {
        match (self.order, self.first.codes, self.second.codes) {
            (Order::Forced, [], _) | (Order::Open, [], _) | (Order::Open, _, []) => Expect::REFUSE,
            (Order::Forced, codes, _) => Expect::refuse(codes),
            (Order::Open, first, second) => Refusal::of_either(first, second).into(),
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
