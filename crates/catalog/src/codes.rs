//! Documented codes as tables, one row a code, in the document's order.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::{Citation, Profile};

/// What a row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// An answer that refuses the request.
    Refusal,
    /// Something a person sees without a code: a framing header, a browser's text, a note.
    Symptom,
}

/// What the document says of one code.
#[derive(Debug)]
pub struct CodeRow {
    /// The system it belongs to.
    pub profile: Profile,
    /// [`Code::as_str`].
    pub(crate) code: &'static str,
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

/// A documented code of any profile. It points at its row, so what the document says of it is at
/// hand wherever it goes.
///
/// Codes of one profile are ordered and printed by their text. A profile's own codes, for matches
/// that must be exhaustive, are the enum `Code` in its module; each converts into this.
#[derive(Clone, Copy)]
pub struct Code(pub(crate) &'static CodeRow);

impl Code {
    /// What the document calls it, as it travels: `iat_missing`, `10084`. Where the document has a
    /// text but no code, a short name of ours.
    pub const fn as_str(self) -> &'static str {
        self.0.code
    }

    /// The number it is, where it is one.
    pub fn number(self) -> Option<u32> {
        self.0.code.parse().ok()
    }

    const fn key(self) -> (Profile, &'static str) {
        (self.0.profile, self.0.code)
    }
}

impl Deref for Code {
    type Target = CodeRow;

    fn deref(&self) -> &CodeRow {
        self.0
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Code {}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// The codes of one profile, in the document's order.
pub fn of(profile: Profile) -> &'static [Code] {
    profile.sheet().codes
}

/// The code of one profile that travels as this text: how codes from outside become typed.
pub fn find(profile: Profile, code: &str) -> Option<Code> {
    of(profile).iter().copied().find(|known| known.as_str() == code)
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
                self.row().as_str()
            }

            /// The same code among those of all profiles.
            pub const fn row(self) -> $crate::Code {
                match self { $(Self::$variant => const { $crate::Code(&$crate::CodeRow {
                    profile: $crate::Profile::$profile,
                    code: $code,
                    name: given_or!($code $(, $name)?),
                    category: $category,
                    kind: $crate::CodeKind::$kind,
                    meaning: $meaning,
                    remedy: $remedy,
                    cite: $crate::Citation {
                        document: &given_or!(
                            $crate::citation::$document $(, $crate::citation::$other)?
                        ),
                        section: given_or!($code $(, $section)?),
                        line: $line,
                    },
                }) },)* }
            }
        }

        impl From<Code> for $crate::Code {
            fn from(code: Code) -> Self {
                code.row()
            }
        }

        /// The table, in the document's order.
        pub(super) static CODES: &[$crate::Code] = &[$(Code::$variant.row(),)*];
    };
}
