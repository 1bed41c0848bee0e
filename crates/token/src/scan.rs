//! JSON read strictly in one pass: RFC 8259 with nothing added and nothing left out, distinct names
//! and whole characters at every depth, numbers left as written.
//!
//! No general parser does all of it: they turn numbers into floats, keep the last of two equal names,
//! or skip unread what nobody asks for. `tests/token/against_serde.rs` holds this one against serde_json.

use crate::escape::unescape;
use crate::index::{Index, Kind, Span};
use crate::plain::{digits, plain};
use crate::{Claim, JwsPart, Malformed};

/// Objects and lists open at once; far above what a token needs, far below what a stack bears.
pub(crate) const MAX_DEPTH: usize = 100;

/// Indexes the one object that `text` is.
pub(crate) fn object(text: &str, index: &mut Index) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, index);
    let start = scanner.blanks(0);
    let is_object = scanner.byte(start) == Some(b'{');
    let end = if is_object { scanner.object(start, 1)? } else { scanner.value(start, 0)?.next };
    let end = scanner.blanks(end);
    match scanner.byte(end) {
        Some(_) => Err(expected("the end of the text", end)),
        None if is_object => Ok(()),
        None => Err(Fault::NotObject),
    }
}

/// The elements of a list, or nothing where `text` is none.
pub(crate) fn elements<'t>(text: &'t str, index: &'t mut Index) -> Option<Vec<Claim<'t>>> {
    let mut scanner = Scanner::new(text, index);
    scanner.byte(0).filter(|first| *first == b'[')?;
    let end = scanner.list(0, 1).ok()?;
    (end == text.len()).then_some(())?;
    Some(index.members.iter().map(|element| index.claim(text, element)).collect())
}

/// Why a text is no strict object.
pub(crate) enum Fault {
    /// What should stand at this byte.
    Expected(&'static str, usize),
    NotObject,
    Repeated(String),
    TooDeep,
}

impl Fault {
    pub(crate) fn into_malformed(self, text: &str, part: JwsPart) -> Malformed {
        match self {
            Self::Expected(expected, at) => {
                let before = &text.as_bytes()[..at];
                let line_start =
                    before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                Malformed::NotJson { part, expected, line, column: at - line_start + 1 }
            }
            Self::NotObject => Malformed::NotObject { part },
            Self::Repeated(name) => Malformed::Duplicate { part, name },
            Self::TooDeep => Malformed::TooDeep { part, max: MAX_DEPTH },
        }
    }
}

/// Apart, so that what no good text needs keeps no register.
#[cold]
#[inline(never)]
fn expected(what: &'static str, at: usize) -> Fault {
    Fault::Expected(what, at)
}

/// Each method reads from the byte `at`, and answers with where the text goes on: a place handed from call
/// to call stays in a register, where one kept here would be a store and a load for every byte.
struct Scanner<'t, 'i> {
    text: &'t str,
    index: &'i mut Index,
}

/// A value that was read, and the blanks behind it.
struct Value {
    kind: Kind,
    span: Span,
    next: usize,
}

impl<'t, 'i> Scanner<'t, 'i> {
    fn new(text: &'t str, index: &'i mut Index) -> Self {
        index.clear();
        Self { text, index }
    }

    #[inline(always)]
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    #[inline(always)]
    fn blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at += 1;
        }
        at
    }

    fn object(&mut self, at: usize, depth: usize) -> Result<usize, Fault> {
        let own = self.index.members.len();
        let (mut marks, mut met) = (0, false);
        let end = self.container(at, depth, b'}', "`,` or `}`", |scanner, at| {
            let (name, at) = scanner.name(at)?;
            let value = scanner.value(at, depth)?;
            let mark = scanner.index.push(scanner.text, name, value.kind, value.span);
            met |= marks & mark != 0;
            marks |= mark;
            Ok(value.next)
        })?;
        self.index.settle(own, met);
        // Names of which no two leave one mark are distinct.
        let repeated = if met { self.index.repeated(self.text, own) } else { None };
        repeated.map_or(Ok(end), |name| Err(Fault::Repeated(name.to_owned())))
    }

    fn list(&mut self, at: usize, depth: usize) -> Result<usize, Fault> {
        self.container(at, depth, b']', "`,` or `]`", |scanner, at| {
            let value = scanner.value(at, depth)?;
            if depth == 1 {
                scanner.index.push(scanner.text, Span::default(), value.kind, value.span);
            }
            Ok(value.next)
        })
    }

    /// From the opening bracket behind the closing one, with commas between the parts.
    #[inline(always)]
    fn container(
        &mut self,
        at: usize,
        depth: usize,
        close: u8,
        separator: &'static str,
        mut part: impl FnMut(&mut Self, usize) -> Result<usize, Fault>,
    ) -> Result<usize, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        let mut at = self.blanks(at + 1);
        if self.byte(at) == Some(close) {
            return Ok(at + 1);
        }
        loop {
            at = part(self, at)?;
            match self.byte(at) {
                Some(b',') => at += 1,
                Some(byte) if byte == close => return Ok(at + 1),
                _ => return Err(expected(separator, at)),
            }
        }
    }

    /// A name and the colon behind it.
    #[inline(always)]
    fn name(&mut self, at: usize) -> Result<(Span, usize), Fault> {
        let at = self.blanks(at);
        if self.byte(at) != Some(b'"') {
            return Err(expected("a name in quotes", at));
        }
        let (name, at) = self.string(at)?;
        let at = self.blanks(at);
        if self.byte(at) == Some(b':') { Ok((name, at + 1)) } else { Err(expected("`:`", at)) }
    }

    /// A value and the blanks around it; `depth` counts what is open around it.
    #[inline(always)]
    fn value(&mut self, at: usize, depth: usize) -> Result<Value, Fault> {
        let start = self.blanks(at);
        let (kind, end) = match self.byte(start) {
            Some(b'"') => {
                let (span, end) = self.string(start)?;
                return Ok(Value { kind: Kind::Text, span, next: self.blanks(end) });
            }
            Some(b'{') => (Kind::Object, self.inner(start, depth, Self::object)?),
            Some(b'[') => (Kind::List, self.inner(start, depth, Self::list)?),
            Some(b'-' | b'0'..=b'9') => self.number(start)?,
            _ => self.word(start)?,
        };
        Ok(Value { kind, span: Span { start, end }, next: self.blanks(end) })
    }

    /// What a value holds is judged and not kept: its claim is its text.
    #[inline(never)]
    fn inner(
        &mut self,
        at: usize,
        depth: usize,
        read: fn(&mut Self, usize, usize) -> Result<usize, Fault>,
    ) -> Result<usize, Fault> {
        let (members, unescaped) = (self.index.members.len(), self.index.unescaped.len());
        let end = read(self, at, depth + 1)?;
        self.index.members.truncate(members);
        self.index.unescaped.truncate(unescaped);
        Ok(end)
    }

    fn word(&self, at: usize) -> Result<(Kind, usize), Fault> {
        let words = [("true", Kind::True), ("false", Kind::False), ("null", Kind::Null)];
        let rest = &self.text.as_bytes()[at..];
        let word = words.into_iter().find(|(word, _)| rest.starts_with(word.as_bytes()));
        word.map(|(word, kind)| (kind, at + word.len())).ok_or_else(|| expected("a value", at))
    }

    #[inline(always)]
    fn number(&self, at: usize) -> Result<(Kind, usize), Fault> {
        let at = at + usize::from(self.byte(at) == Some(b'-'));
        let mut at = if self.byte(at) == Some(b'0') { at + 1 } else { self.digits(at)? };
        let mut kind = Kind::Integer;
        if self.byte(at) == Some(b'.') {
            (kind, at) = (Kind::Number, self.digits(at + 1)?);
        }
        if matches!(self.byte(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(at + 1), Some(b'+' | b'-')));
            (kind, at) = (Kind::Number, self.digits(at + 1 + sign)?);
        }
        Ok((kind, at))
    }

    #[inline(always)]
    fn digits(&self, start: usize) -> Result<usize, Fault> {
        let count = self.text.as_bytes().get(start..).map_or(0, digits);
        if count > 0 { Ok(start + count) } else { Err(expected("a digit", start)) }
    }

    /// A string from its opening quote behind its closing one.
    #[inline(always)]
    fn string(&mut self, at: usize) -> Result<(Span, usize), Fault> {
        let start = at + 1;
        let (mut end, mut escaped) = (start, false);
        loop {
            let Some(rest) = self.text.as_bytes().get(end..) else { return Err(self.unclosed()) };
            let count = plain(rest);
            end += count;
            match rest.get(count) {
                Some(b'"') => break,
                Some(b'\\') => end += "\\\"".len(),
                Some(_) => return Err(expected("a control character to be escaped", end)),
                None => return Err(self.unclosed()),
            }
            escaped = true;
        }
        let span = if escaped { self.unescaped(start, end)? } else { Span { start, end } };
        Ok((span, end + 1))
    }

    #[cold]
    fn unclosed(&self) -> Fault {
        expected("a closing quote", self.text.len())
    }

    #[cold]
    fn unescaped(&mut self, start: usize, end: usize) -> Result<Span, Fault> {
        let into = &mut self.index.unescaped;
        let from = into.len();
        unescape(&self.text[start..end], into).map_err(|wrong| Fault::Expected(wrong, end + 1))?;
        Ok(Span { start: self.text.len() + from, end: self.text.len() + into.len() })
    }
}
