//! What is wrong with a directory file, and where.

use std::collections::BTreeSet;
use std::ops::Range;

use super::outline;
use claimproof_http::target::{did_you_mean, nearest};

/// A mistake of the file.
#[derive(Debug)]
pub(super) struct Mistake {
    at: At,
    what: String,
}

#[derive(Debug)]
enum At {
    /// The file as a whole.
    File,
    /// A key, by names and numbers: `app.0.secret.1.id`.
    Key(String),
    /// The same, where the message names its last step itself.
    Source(String),
    /// A place in the text.
    Span(Range<usize>),
}

impl Mistake {
    pub(super) fn of_file(what: impl Into<String>) -> Self {
        Self { at: At::File, what: what.into() }
    }

    pub(super) fn at(key: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: At::Key(key.into()), what: what.into() }
    }

    pub(super) fn of_source(key: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: At::Source(key.into()), what: what.into() }
    }

    pub(super) fn in_span(span: Range<usize>, what: impl Into<String>) -> Self {
        Self { at: At::Span(span), what: what.into() }
    }

    /// The parser's words without the line they are about: somebody may have put a secret there.
    pub(super) fn of_toml(error: &toml::de::Error) -> Self {
        let message = error.message().trim_end();
        let hint = did_you_mean(message);
        let what = if hint.is_empty() { message.to_owned() } else { format!("{message}; {hint}") };
        Self { at: error.span().map_or(At::File, At::Span), what }
    }

    /// The whole message: line, key, what is wrong.
    pub(super) fn in_text(&self, text: &str) -> String {
        let what = &self.what;
        match &self.at {
            At::File => what.clone(),
            At::Span(span) => format!("line {}: {what}", outline::line(text, span.start)),
            At::Key(key) => format!("line {}: {}: {what}", outline::line_of(text, key), names(key)),
            At::Source(key) => {
                let names = names(key);
                let entry = names.rsplit_once('.').map_or(names.as_str(), |(entry, _)| entry);
                format!("line {}: {entry}: {what}", outline::line_of(text, key))
            }
        }
    }
}

/// A key without its numbers.
fn names(key: &str) -> String {
    key.split('.').filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

/// Each name is given once; `key` is where the name of an entry stands.
pub(super) fn all_differ<'n>(
    names: impl Iterator<Item = &'n str>,
    key: impl Fn(usize) -> String,
) -> Result<(), Mistake> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (n, name) in names.enumerate() {
        if !known.insert(name) {
            return Err(Mistake::at(key(n), format!("`{name}` stands twice")));
        }
    }
    Ok(())
}

/// A name by which nobody can be asked for is none.
pub(super) fn is_given(name: &str, key: impl FnOnce() -> String) -> Result<(), Mistake> {
    if name.trim().is_empty() { Err(Mistake::at(key(), "is empty")) } else { Ok(()) }
}

/// The name is one of these; `what` they are, in words.
pub(super) fn is_one_of(
    name: &str,
    known: &[&str],
    what: &str,
    key: impl FnOnce() -> String,
) -> Result<(), Mistake> {
    if known.contains(&name) {
        return Ok(());
    }
    let near = nearest(name, known.iter().copied());
    Err(Mistake::at(key(), format!("`{name}` is no {what} of this file{near}")))
}
