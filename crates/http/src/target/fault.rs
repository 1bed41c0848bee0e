//! What cannot be in a target file: where, what, and the nearest name that can.

use std::fmt;

use claimproof_suite::Text;

/// The longest message, and the longest name that is held against the known ones.
const LONGEST: usize = 1000;
const LONGEST_NAME: usize = 100;

/// A fault of a target file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct TargetFault {
    /// The places it is in, the outermost first: a table, a key, a line.
    pub at: Vec<Text>,
    /// What is wrong, and what to do.
    pub what: Text,
    /// The nearest name that is known.
    pub near: Near,
}

impl TargetFault {
    pub(super) fn new(what: impl fmt::Display) -> Self {
        // Other parsers speak in several lines.
        let what: Vec<String> =
            what.to_string().lines().map(|line| line.trim().to_owned()).collect();
        Self { at: Vec::new(), what: cut(what.join(" ")), near: Near::default() }
    }

    /// The same in this place.
    pub(super) fn at(mut self, place: impl fmt::Display) -> Self {
        self.at.insert(0, cut(place.to_string()));
        self
    }

    pub(super) fn near(self, near: Near) -> Self {
        Self { near, ..self }
    }
}

/// A text that a file may have made long.
fn cut(text: String) -> Text {
    Text::from(text).cut(LONGEST)
}

impl fmt::Display for TargetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.iter().try_for_each(|place| write!(f, "{place}: "))?;
        write!(f, "{}{}", self.what, self.near)
    }
}

/// The known name that is nearest to an unknown one, where one is near.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near(Option<Text>);

/// As it stands behind a message.
impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
    }
}

/// The one of these that a name nearly is; what is longer than any name is near none.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Near {
    let known = known.filter(|_| name.len() <= LONGEST_NAME);
    let best =
        known.map(|one| (strsim::jaro_winkler(name, one), one)).max_by(|a, b| a.0.total_cmp(&b.0));
    Near(best.filter(|(likeness, _)| *likeness > 0.7).map(|(_, one)| one.into()))
}

/// serde lists the known keys; the nearest one is worth a word of its own.
pub fn did_you_mean(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(unknown) = quoted.next().filter(|_| message.contains("unknown")) else {
        return String::new();
    };
    let known: Vec<&str> = quoted.collect();
    // The parser ends its words with a line end.
    nearest(unknown, known.into_iter()).to_string().replacen("; ", "", 1)
}
