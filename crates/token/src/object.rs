//! A JSON object whose members can be asked for by name.

use std::fmt;

use crate::index::Index;
use crate::scan;
use crate::{Claim, JwsPart, Malformed};

/// A JSON object that was read strictly: distinct names and whole characters at every depth.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    text: &'a str,
    index: &'a Index,
}

impl<'a> Object<'a> {
    /// How many objects and lists may be open at once, the outermost one counted.
    pub const MAX_DEPTH: usize = scan::MAX_DEPTH;

    /// Reads one JSON object (RFC 8259) with nothing but white space around it; `part` goes into errors.
    pub fn parse(text: &'a str, part: JwsPart, index: &'a mut Index) -> Result<Self, Malformed> {
        scan::object(text, index).map_err(|fault| fault.into_malformed(text, part))?;
        Ok(Self::new(text, index))
    }

    /// The object this index was made of this text for.
    pub(crate) const fn new(text: &'a str, index: &'a Index) -> Self {
        Self { text, index }
    }

    /// The member called `name`, compared by code point after unescaping (RFC 7515 section 10.13).
    #[inline(always)]
    pub fn get(&self, name: &str) -> Claim<'a> {
        match self.index.find(self.text, name) {
            Some(member) => self.index.claim(self.text, member),
            None => Claim::Missing,
        }
    }

    /// The JSON text the object was read from.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The member names, unescaped, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let Self { text, index } = *self;
        index.members.iter().map(move |member| index.read(text, member.name))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.index.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.index.members.is_empty()
    }
}

impl fmt::Debug for Object<'_> {
    /// Shows the names alone: values may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
