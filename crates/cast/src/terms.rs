//! What a target asks of every token beyond what the documents do, and where it reads the account.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a member of every plain token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// This JSON text.
    Json(String),
    /// Now plus so many seconds.
    FromNow(i64),
}

impl Constant {
    /// Its JSON text at this second since 1970.
    pub fn at(&self, now: i64) -> String {
        match self {
            Self::Json(json) => json.clone(),
            Self::FromNow(by) => now.saturating_add(*by).to_string(),
        }
    }
}

/// Where a gateway of the API platform reads which access profile a token is of, in the order the document has
/// them read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The claim in the vendor's namespace.
    Namespace,
    /// The claim `workato_sub`.
    WorkatoSub,
    /// The header parameter `kid`.
    Kid,
    /// The claim `sub`.
    Sub,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Namespace, Self::WorkatoSub, Self::Kid, Self::Sub];

    /// The claim, or the header parameter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Namespace => "https://www.workato.com/sub",
            Self::WorkatoSub => "workato_sub",
            Self::Sub => "sub",
            Self::Kid => "kid",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|place| place.name() == text).ok_or(())
    }
}

/// What holds for all tokens of a target. By default nothing does that the documents do not say.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Header parameters that every token carries.
    pub header: BTreeMap<String, Constant>,
    /// Claims that every token carries.
    pub claims: BTreeMap<String, Constant>,
    /// Where the account is read on the API platform; all places where none is named.
    pub places: Vec<Place>,
    /// The longest lifetime of a token in seconds, where the target has its own.
    pub longest_lifetime: Option<i64>,
}

impl Terms {
    /// Whether the account is read there.
    pub fn reads(&self, place: Place) -> bool {
        self.places.is_empty() || self.places.contains(&place)
    }

    /// Where a plain token names its account: in `kid`, or where the target reads it first.
    pub fn plain_place(&self) -> Place {
        if self.reads(Place::Kid) {
            Place::Kid
        } else {
            self.places.iter().copied().min().unwrap_or(Place::Kid)
        }
    }
}
