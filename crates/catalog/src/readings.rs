//! What the documents leave open: one family a question, one reading a coherent answer.

use crate::Profile;

/// How the answers of a subject to one family are graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graded {
    /// A subject follows one reading throughout.
    Family,
    /// A closed set, judged case by case.
    Set,
    /// Refusal or acceptance is judged as the note says; which one is only recorded.
    Recorded,
}

/// One coherent answer to the question of its family.
#[derive(Debug)]
pub struct Reading {
    /// Short name, unique in its family.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// One question the documents leave open.
#[derive(Debug)]
pub struct Family {
    /// Stable id.
    pub id: &'static str,
    /// The system it belongs to.
    pub profile: Profile,
    /// The question.
    pub question: &'static str,
    /// The answers; the first is the reference's.
    pub readings: &'static [Reading],
    /// Why the documents leave it open.
    pub because: &'static str,
    /// The requirements whose outcome depends on it.
    pub requirements: &'static [&'static str],
    /// What is judged and what only recorded.
    pub note: &'static str,
    /// How answers are graded.
    pub graded: Graded,
}

impl Family {
    /// The reading the reference follows.
    pub const fn default(&self) -> &'static Reading {
        &self.readings[0]
    }
}

/// Declares the families of one profile.
///
/// A row reads `"ID", Graded, "question", ["name": "meaning"; ..], because: "..", requirements: [..],
/// note: "..";`.
/// The first reading is the reference's, and the note may be left out.
macro_rules! families {
    ($profile:ident; $(
        $id:literal, $graded:ident, $question:literal, [$($name:literal: $meaning:literal;)+],
            because: $because:literal,
            requirements: [$($requirement:literal),+ $(,)?]
            $(, note: $note:literal)?;
    )*) => {
        /// The families of this profile; the first reading of each is the reference's.
        pub(super) static FAMILIES: &[$crate::Family] = &[$($crate::Family {
            id: $id,
            profile: $crate::Profile::$profile,
            question: $question,
            readings: &[$($crate::Reading { name: $name, meaning: $meaning }),+],
            because: $because,
            requirements: &[$($requirement),+],
            note: given_or!("" $(, $note)?),
            graded: $crate::Graded::$graded,
        },)*];
    };
}

/// The families of one profile.
pub fn of(profile: Profile) -> &'static [Family] {
    profile.sheet().families
}

/// Every family of every profile.
pub fn all() -> impl Iterator<Item = &'static Family> {
    Profile::ALL.into_iter().flat_map(of)
}

/// The family of an id.
pub fn find(id: &str) -> Option<&'static Family> {
    all().find(|family| family.id == id)
}
