//! JSON read strictly in one pass: RFC 8259 with nothing added and nothing left out, distinct names
//! and whole characters at every depth, numbers left as written.
//!
//! No general parser does all of it: they turn numbers into floats, keep the last of two equal names,
//! or skip unread what nobody asks for. `tests/token/against_serde.rs` holds this one against serde_json.

use crate::escape::unescape;
use crate::index::{Index, Kind, Span};
use crate::plain::plain;
use crate::{Claim, Malformed, Part};

/// Objects and lists open at once; far above what a token needs, far below what a stack bears.
pub(crate) const MAX_DEPTH: usize = 100;

/// Indexes the one object that `text` is.
pub(crate) fn object(text: &str, index: &mut Index) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, index);
    scanner.blanks();
    let is_object = scanner.next() == Some(b'{');
    if is_object {
        scanner.object()?
    } else {
        scanner.value().map(drop)?
    }
    scanner.blanks();
    match scanner.next() {
        Some(_) => Err(scanner.expected("the end of the text")),
        None if is_object => Ok(()),
        None => Err(Fault::NotObject),
    }
}

/// The elements of a list, or nothing where `text` is none.
pub(crate) fn elements<'t>(text: &'t str, index: &'t mut Index) -> Option<Vec<Claim<'t>>> {
    let mut scanner = Scanner::new(text, index);
    scanner.next().filter(|first| *first == b'[')?;
    scanner.list().ok()?;
    scanner.next().is_none().then_some(())?;
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
    pub(crate) fn into_malformed(self, text: &str, part: Part) -> Malformed {
        match self {
            Self::Expected(expected, at) => {
                let before = &text.as_bytes()[..at];
                let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                Malformed::NotJson { part, expected, line, column: at - line_start + 1 }
            }
            Self::NotObject => Malformed::NotObject { part },
            Self::Repeated(name) => Malformed::Duplicate { part, name },
            Self::TooDeep => Malformed::TooDeep { part, max: MAX_DEPTH },
        }
    }
}

struct Scanner<'t, 'i> {
    text: &'t str,
    /// The byte that is looked at next.
    at: usize,
    open: usize,
    index: &'i mut Index,
}

impl<'t, 'i> Scanner<'t, 'i> {
    fn new(text: &'t str, index: &'i mut Index) -> Self {
        index.clear();
        Self { text, at: 0, open: 0, index }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.next() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn blanks(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expected(&self, what: &'static str) -> Fault {
        Fault::Expected(what, self.at)
    }

    fn object(&mut self) -> Result<(), Fault> {
        let own = self.index.members.len();
        let (mut marks, mut met) = (0, false);
        self.container(b'}', "`,` or `}`", |scanner| {
            let name = scanner.name()?;
            let (kind, value) = scanner.value()?;
            let mark = scanner.index.push(scanner.text, name, kind, value);
            met |= marks & mark != 0;
            marks |= mark;
            Ok(())
        })?;
        // Names of which no two leave one mark are distinct.
        let repeated = if met { self.index.repeated(self.text, own) } else { None };
        repeated.map_or(Ok(()), |name| Err(Fault::Repeated(name.to_owned())))
    }

    fn list(&mut self) -> Result<(), Fault> {
        let is_outermost = self.open == 0;
        self.container(b']', "`,` or `]`", |scanner| {
            let (kind, value) = scanner.value()?;
            if is_outermost {
                scanner.index.push(scanner.text, Span::default(), kind, value);
            }
            Ok(())
        })
    }

    /// From the opening bracket behind the closing one, with commas between the parts.
    fn container(
        &mut self,
        close: u8,
        separator: &'static str,
        mut part: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.open += 1;
        if self.open > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.at += 1;
        self.blanks();
        if !self.take(close) {
            part(self)?;
            while self.take(b',') {
                part(self)?;
            }
            if !self.take(close) {
                return Err(self.expected(separator));
            }
        }
        self.open -= 1;
        Ok(())
    }

    #[inline(always)]
    fn name(&mut self) -> Result<Span, Fault> {
        self.blanks();
        if self.next() != Some(b'"') {
            return Err(self.expected("a name in quotes"));
        }
        let name = self.string()?;
        self.blanks();
        if self.take(b':') { Ok(name) } else { Err(self.expected("`:`")) }
    }

    /// A value and the blanks around it.
    #[inline(always)]
    fn value(&mut self) -> Result<(Kind, Span), Fault> {
        self.blanks();
        let start = self.at;
        let kind = match self.next() {
            Some(b'"') => {
                let text = self.string()?;
                self.blanks();
                return Ok((Kind::Text, text));
            }
            Some(b'{') => self.inner(Kind::Object, Self::object)?,
            Some(b'[') => self.inner(Kind::List, Self::list)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        let value = Span { start, end: self.at };
        self.blanks();
        Ok((kind, value))
    }

    /// What a value holds is judged and not kept: its claim is its text.
    #[inline(never)]
    fn inner(&mut self, kind: Kind, read: fn(&mut Self) -> Result<(), Fault>) -> Result<Kind, Fault> {
        let (members, unescaped) = (self.index.members.len(), self.index.unescaped.len());
        read(self)?;
        self.index.members.truncate(members);
        self.index.unescaped.truncate(unescaped);
        Ok(kind)
    }

    fn word(&mut self) -> Result<Kind, Fault> {
        let words = [("true", Kind::True), ("false", Kind::False), ("null", Kind::Null)];
        let rest = &self.text.as_bytes()[self.at..];
        let (word, kind) = words
            .into_iter()
            .find(|(word, _)| rest.starts_with(word.as_bytes()))
            .ok_or_else(|| self.expected("a value"))?;
        self.at += word.len();
        Ok(kind)
    }

    #[inline(always)]
    fn number(&mut self) -> Result<Kind, Fault> {
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        let mut kind = Kind::Integer;
        if self.take(b'.') {
            self.digits()?;
            kind = Kind::Number;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
            kind = Kind::Number;
        }
        Ok(kind)
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.next(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.expected("a digit")) }
    }

    /// A string from its opening quote behind its closing one.
    #[inline(always)]
    fn string(&mut self) -> Result<Span, Fault> {
        let start = self.at + 1;
        let (mut end, mut escaped) = (start, false);
        loop {
            let rest = self.text.as_bytes().get(end..).unwrap_or_default();
            end += plain(rest);
            match self.text.as_bytes().get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += "\\\"".len(),
                Some(_) => return Err(Fault::Expected("a control character to be escaped", end)),
                None => return Err(Fault::Expected("a closing quote", self.text.len())),
            }
            escaped = true;
        }
        self.at = end + 1;
        if escaped { self.unescaped(start, end) } else { Ok(Span { start, end }) }
    }

    #[cold]
    fn unescaped(&mut self, start: usize, end: usize) -> Result<Span, Fault> {
        let into = &mut self.index.unescaped;
        let from = into.len();
        unescape(&self.text[start..end], into).map_err(|wrong| Fault::Expected(wrong, self.at))?;
        Ok(Span { start: self.text.len() + from, end: self.text.len() + into.len() })
    }
}
