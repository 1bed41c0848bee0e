//! Documented codes as tables, one row a code, in the document's order.

use crate::{Citation, Profile};

/// What a row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// An answer that refuses the request.
    Refusal,
    /// Something a person sees without a code: a framing header, a browser's text, a note.
    Symptom,
}

/// One documented code.
#[derive(Debug)]
pub struct CodeRow {
    /// The system it belongs to.
    pub profile: Profile,
    /// What the document calls it, as it travels: `iat_missing`, `10084`. Where the document
    /// has a text but no code, a short name of ours.
    pub code: &'static str,
    /// The document's symbolic name where it has one, else ours or the code again.
    pub name: &'static str,
    /// The group the document puts it in; Tableau's rows are grouped by us.
    pub category: &'static str,
    /// Refusal or symptom.
    pub kind: CodeKind,
    /// What it means.
    pub meaning: &'static str,
    /// What the document says clears it.
    pub remedy: &'static str,
    /// Where it stands.
    pub cite: Citation,
}

/// Declares the codes of one profile: a closed enum for exhaustive matches, and its table.
///
/// A row reads `Variant = "code" named "NAME", Kind, "category", under "section" line 1;`.
/// Without `named` the name is the code again, without `under` the section is; a row of another
/// page than the profile's first says `in OTHER_PAGE` before `under`.
macro_rules! codes {
    ($profile:ident, $document:ident; $(
        $variant:ident = $code:literal $(named $name:literal)?, $kind:ident, $category:literal,
            $(in $other:ident)? $(under $section:literal)? line $line:literal,
            meaning: $meaning:literal,
            remedy: $remedy:literal;
    )*) => {
        /// A documented code of this profile.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// The code as it travels.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Every code, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }

        /// The table, in the document's order.
        pub static ROWS: &[$crate::CodeRow] = &[$($crate::CodeRow {
            profile: $crate::Profile::$profile,
            code: $code,
            name: given_or!($code $(, $name)?),
            category: $category,
            kind: $crate::CodeKind::$kind,
            meaning: $meaning,
            remedy: $remedy,
            cite: $crate::Citation {
                document: &given_or!($crate::citation::$document $(, $crate::citation::$other)?),
                section: given_or!($code $(, $section)?),
                line: $line,
            },
        },)*];
    };
}

/// The second argument where a row gives one, else the first.
macro_rules! given_or {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}

pub mod posit_connect;
pub mod tableau_connected_app;
pub mod workato_api;
pub mod workato_direct_link;

/// The rows of one profile.
pub fn of(profile: Profile) -> &'static [CodeRow] {
    match profile {
        Profile::WorkatoDirectLink => workato_direct_link::ROWS,
        Profile::WorkatoApi => workato_api::ROWS,
        Profile::TableauConnectedApp => tableau_connected_app::ROWS,
        Profile::PositConnect => posit_connect::ROWS,
    }
}

/// The row of a code as it travels.
pub fn find(profile: Profile, code: &str) -> Option<&'static CodeRow> {
    of(profile).iter().find(|row| row.code == code)
}
