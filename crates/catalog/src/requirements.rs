//! One row for each sentence of a document that constrains behavior, in our own words.

use serde::{Deserialize, Serialize};

use crate::{Citation, Part, Profile};

/// Where a requirement can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Observable {
    /// Decidable in process, given the token or response, a clock, a directory and a store.
    Token,
    /// Provocable on a server.
    Http,
    /// Needs a browser.
    Browser,
    /// At the outside identity provider or its mock.
    Provider,
    /// Held by a test of the catalog.
    Registry,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document demands it.
    Stated,
    /// We added it to make a statement testable.
    Derived,
    /// It follows at once from a stated one and weighs the same.
    Implied,
    /// It explains and gets no verdict.
    Context,
    /// It speaks to those who mint tokens.
    Advice,
    /// The identity provider speaks it, so it judges the provider or its mock.
    Provider,
}

/// How heavy a deviation weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Gets no verdict.
    Info,
    /// Shown as advice; fails only under `--level should`.
    Should,
    /// A deviation fails the run.
    Must,
}

impl Level {
    /// As reports name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Should => "should",
            Self::Must => "must",
        }
    }
}

/// One requirement.
#[derive(Debug)]
pub struct Requirement {
    /// Stable id.
    pub id: &'static str,
    /// The system it belongs to.
    pub profile: Profile,
    /// Where it stands.
    pub cite: Citation,
    /// The statement, in our words.
    pub text: &'static str,
    /// Stated, derived, context, advice or the provider's.
    pub kind: Kind,
    /// Where what breaks it is to be looked for.
    pub part: Part,
    /// Where it can be seen; empty for pure context.
    pub observable: &'static [Observable],
    /// Whether a server needs something set up first.
    pub needs_fixture: bool,
    /// Ids that already say the same.
    pub same_as: &'static [&'static str],
    /// Families on which the judged outcome depends.
    pub readings: &'static [&'static str],
}

impl Requirement {
    /// The level that follows from the kind.
    pub const fn level(&self) -> Level {
        match self.kind {
            Kind::Stated | Kind::Implied | Kind::Provider => Level::Must,
            Kind::Derived | Kind::Advice => Level::Should,
            Kind::Context => Level::Info,
        }
    }

    /// Whether it can be seen there.
    pub fn is_observable(&self, place: Observable) -> bool {
        self.observable.contains(&place)
    }

    /// Why no token and no server can show it; `None` where one can.
    pub fn untestable(&self) -> Option<&'static str> {
        let seen = |place| self.is_observable(place);
        match self.kind {
            Kind::Context => Some("context: it explains and demands nothing"),
            Kind::Advice => Some("advice to people who mint tokens; no verifier can break it"),
            _ if seen(Observable::Token) || seen(Observable::Http) => None,
            _ if seen(Observable::Registry) => {
                Some("a name or a grouping, held by a test of the catalog")
            }
            _ if seen(Observable::Provider) => Some("happens at the identity provider alone"),
            _ => Some("only a browser shows it"),
        }
    }
}

/// Declares the requirements of one profile.
///
/// A row reads `"ID" under "section" line 1, Kind Part [Observable], "text";`. A row of another page
/// than the profile's first says `in OTHER_PAGE` before `under`; behind the text stand, where they
/// are needed, `needs_fixture: true`, `same_as: [..]` and `readings: [..]`.
macro_rules! requirements {
    ($profile:ident, $document:ident; $(
        $id:literal $(in $other:ident)? under $section:literal line $line:literal,
            $kind:ident $part:ident [$($place:ident)*], $text:literal
            $(, needs_fixture: $fixture:literal)?
            $(, same_as: [$($same:literal),+ $(,)?])?
            $(, readings: [$($reading:literal),+ $(,)?])?;
    )*) => {
        /// The register of this profile.
        pub(super) static ROWS: &[$crate::Requirement] = &[$($crate::Requirement {
            id: $id,
            profile: $crate::Profile::$profile,
            cite: $crate::Citation {
                document: &given_or!(
                    $crate::citation::$document $(, $crate::citation::$other)?
                ),
                section: $section,
                line: $line,
            },
            text: $text,
            kind: $crate::Kind::$kind,
            part: $crate::Part::$part,
            observable: &[$($crate::Observable::$place),*],
            needs_fixture: given_or!(false $(, $fixture)?),
            same_as: &[$($($same),+)?],
            readings: &[$($($reading),+)?],
        },)*];
    };
}

/// The rows of one profile, in the document's order.
pub fn of(profile: Profile) -> &'static [Requirement] {
    profile.sheet().requirements
}

/// Every row of every profile.
pub fn all() -> impl Iterator<Item = &'static Requirement> {
    Profile::ALL.into_iter().flat_map(of)
}

/// The row of an id.
pub fn find(id: &str) -> Option<&'static Requirement> {
    all().find(|row| row.id == id)
}
