//! Where the parts of a JSON text lie.

use std::collections::HashSet;
use std::fmt;

use crate::Claim;

/// Where the members of one object lie in its text; kept from object to object, so that reading
/// allocates nothing once it has grown.
pub struct Index {
    pub(crate) members: Vec<Member>,
    /// What strings with escapes say, one after the other.
    pub(crate) unescaped: String,
    /// By the mark of a name, which member may have it.
    places: [u8; MARKS],
    /// Whether two members share a mark, so that they must be looked through.
    crowded: bool,
}

/// A member of an object, or an element of a list, whose name is empty.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    tail: u64,
    pub(crate) name: Span,
    pub(crate) kind: Kind,
    pub(crate) value: Span,
}

/// A piece of the text; places behind its end are in what its escapes say.
#[derive(Clone, Copy, Default)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The type of a value.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Text,
    Integer,
    Number,
    List,
    Object,
}

impl Kind {
    /// The claim a value is that reads like this.
    #[inline(always)]
    pub(crate) fn claim(self, value: &str) -> Claim<'_> {
        match self {
            Self::Null => Claim::Null,
            Self::True => Claim::Bool(true),
            Self::False => Claim::Bool(false),
            Self::Text => Claim::Text(value),
            Self::Integer => Claim::Integer(value),
            Self::Number => Claim::Number(value),
            Self::List => Claim::List(value),
            Self::Object => Claim::Object(value),
        }
    }
}

/// Up to here names are compared pairwise, which needs no table; beyond, cost must stay linear.
const FEW: usize = 16;

/// How many marks there are: as many as an integer has bits.
const MARKS: usize = 64;

impl Index {
    /// An empty index, which grows with the objects it sees.
    pub const fn new() -> Self {
        Self { members: Vec::new(), unescaped: String::new(), places: [0; MARKS], crowded: false }
    }

    pub(crate) fn clear(&mut self) {
        self.members.clear();
        self.unescaped.clear();
    }

    /// The text of a span, as long as the index is of this text.
    #[inline(always)]
    pub(crate) fn read<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        text.get(span.start..span.end).unwrap_or_else(|| self.unescaped(text.len(), span))
    }

    #[cold]
    fn unescaped(&self, behind: usize, span: Span) -> &str {
        &self.unescaped[span.start - behind..span.end - behind]
    }

    /// Adds a part on top of those before it; answers with the one bit that marks its name.
    #[inline(always)]
    pub(crate) fn push(&mut self, text: &str, name: Span, kind: Kind, value: Span) -> u64 {
        let tail = match text.as_bytes().get(name.start..).and_then(<[u8]>::first_chunk) {
            Some(block) if name.end - name.start < 8 => {
                filled(u64::from_le_bytes(*block), name.end - name.start)
            }
            _ => tail(self.read(text, name).as_bytes()),
        };
        self.members.push(Member { tail, name, kind, value });
        1 << mark(tail)
    }

    /// Members from this one on can be found, by their marks if no two share one. What is left of others is
    /// told from them by the name, and members that a byte cannot count share their marks.
    #[inline(always)]
    pub(crate) fn settle(&mut self, from: usize, crowded: bool) {
        self.crowded = crowded;
        for (at, member) in self.members.iter().enumerate().skip(from) {
            self.places[mark(member.tail)] = u8::try_from(at).unwrap_or(u8::MAX);
        }
    }

    #[inline(always)]
    pub(crate) fn find(&self, text: &str, name: &str) -> Option<&Member> {
        let tail = tail(name.as_bytes());
        if self.crowded {
            return self.members.iter().find(|member| self.is_called(member, text, name, tail));
        }
        let member = self.members.get(usize::from(self.places[mark(tail)]))?;
        self.is_called(member, text, name, tail).then_some(member)
    }

    #[inline(always)]
    fn is_called(&self, member: &Member, text: &str, name: &str, tail: u64) -> bool {
        member.tail == tail && (name.len() < 8 || self.read(text, member.name) == name)
    }

    /// The value of a member.
    #[inline(always)]
    pub(crate) fn claim<'t>(&'t self, text: &'t str, member: &Member) -> Claim<'t> {
        member.kind.claim(self.read(text, member.value))
    }

    /// A name that stands twice among the members from this one on.
    pub(crate) fn repeated<'t>(&'t self, text: &'t str, from: usize) -> Option<&'t str> {
        let members = &self.members[from..];
        let name = |member: &Member| self.read(text, member.name);
        if members.len() > FEW {
            let mut seen =
                HashSet::with_capacity_and_hasher(members.len(), ahash::RandomState::new());
            return members.iter().map(name).find(|name| !seen.insert(*name));
        }
        let mut rest = members;
        while let [before @ .., last] = rest {
            if before.iter().any(|other| other.tail == last.tail && name(other) == name(last)) {
                return Some(name(last));
            }
            rest = before;
        }
        None
    }
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

/// The last eight bytes of a name, or the whole of a shorter one filled up with a byte that is in no UTF-8:
/// names that differ here need no comparing, and those of one token mostly do.
#[inline(always)]
fn tail(name: &[u8]) -> u64 {
    match name.last_chunk() {
        Some(last) => u64::from_le_bytes(*last),
        None => name.iter().rev().fold(u64::MAX, |tail, byte| tail << 8 | u64::from(*byte)),
    }
}

/// The same, of the eight bytes that begin where a name shorter than they does.
#[inline(always)]
const fn filled(block: u64, length: usize) -> u64 {
    block | u64::MAX << (8 * length)
}

/// Which of the marks a name leaves: the upper bits of a product hang on all bits of the tail. By this
/// factor each of the usual names has a mark of its own.
#[inline(always)]
fn mark(tail: u64) -> usize {
    let upper = tail.wrapping_mul(0x5e5f_1a0f_f3eb_5ef5) >> (u64::BITS - MARKS.ilog2());
    usize::try_from(upper).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of RFC 7515 and RFC 7519, and what else the documents and issuers put into their tokens.
    const USUAL: &str = "alg typ cty kid crit x5t iss sub aud exp nbf iat jti scp scope nonce name given_name email \
                         groups role roles azp tid oid client_id workato_sub https://www.workato.com/sub \
                         https://tableau.com/oda";

    #[test]
    fn each_usual_name_has_a_mark_of_its_own() {
        let mut marks: Vec<usize> =
            USUAL.split_whitespace().map(|name| mark(tail(name.as_bytes()))).collect();
        let count = marks.len();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!((marks.len(), count), (29, 29));
    }
}
