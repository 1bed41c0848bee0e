//! A JSON object whose members can be asked for by name.

use std::fmt;

use crate::json;
use crate::{Claim, Malformed, Part};

/// A JSON object that was read strictly: distinct names and whole characters at every depth.
pub struct Object<'a> {
    text: &'a str,
    members: json::Members<'a>,
}

impl<'a> Object<'a> {
    /// How many objects and lists may be open at once, the outermost one counted.
    pub const MAX_DEPTH: usize = json::MAX_DEPTH;

    /// Reads one JSON object (RFC 8259) with nothing but white space around it; `part` goes into errors.
    pub fn parse(text: &'a str, part: Part) -> Result<Self, Malformed> {
        let members = json::members(text, part)?;
        Ok(Self { text, members })
    }

    /// The member called `name`, compared by code point after unescaping (RFC 7515 section 10.13).
    pub fn get(&self, name: &str) -> Claim<'_> {
        self.members.iter().find(|(known, _)| known == name).map_or(Claim::Missing, |(_, claim)| claim.borrowed())
    }

    /// The JSON text the object was read from.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The member names, unescaped, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, _)| name.as_ref())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl fmt::Debug for Object<'_> {
    /// Shows the names alone: values may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
