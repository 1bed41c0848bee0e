//! JSON that is none, or is no object, in header and payload.

use super::{Kit, PARTS, Rewrite, insert, nested};
use crate::case::Case;
use crate::change::{Change, Part};
use crate::expect::{Answer, Expect};

/// Why nesting a thousand deep is advice.
const LIMIT: &str =
    "This is legal JSON, and RFC 8259 section 9 lets a parser limit how deep it reads.";

/// Why a lone surrogate is advice.
const SURROGATE: &str = "RFC 8259 section 8.2 lets such a text be JSON and calls what a reader makes of it unpredictable.";

pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    [json(kit), marks(kit)].concat()
}

fn json(kit: &Kit) -> Vec<Case> {
    PARTS.into_iter().flat_map(|part| unreadable(kit, part)).collect()
}

/// A part that is no JSON object.
fn unreadable(kit: &Kit, (part, word): (Part, &str)) -> Vec<Case> {
    let citing = |rule| {
        move |slug: &str, what: &'static str, rewrite| {
            let title = format!("The {word} {what}");
            rewritten(kit, part, &format!("{word}-{slug}"), &title, rule, what, rewrite)
        }
    };
    let (of, encoding) = (citing("RFC7515-10.12"), citing("RFC8259-8.1"));
    let surrogate = |slug: &str, what: &'static str, rewrite| {
        let title = format!("The {word} {what} in an unused member");
        rewritten(kit, part, &format!("{word}-{slug}"), &title, "RFC7515-10.12", what, rewrite)
    };
    cases! {
        of:
            "array", "is an array": |j| format!("[{j}]").into_bytes();
            "string", "is a string": |_| b"\"text\"".to_vec();
            "number", "is a number": |_| b"1".to_vec();
            "null", "is null": |_| b"null".to_vec();
            "plain-text", "is no JSON": |_| b"plain text".to_vec();
            "bytes-behind", "has bytes behind the object": |j| format!("{j}x").into_bytes();
            "object-behind", "has a second object behind": |j| format!("{j}{{}}").into_bytes();
        encoding:
            "utf-16", "is UTF-16": |j| j.encode_utf16().flat_map(u16::to_le_bytes).collect();
        of:
            "comment", "has a comment": |j| insert(j, b"/* c */\"c\":1");
            "trailing-comma", "has a trailing comma": |j| j.replacen('}', ",}", 1).into_bytes();
            "single-quotes", "has single quotes": |j| insert(j, b"'q':1");
        encoding:
            "invalid-utf-8", "holds invalid UTF-8 in an unused member":
                |j| insert(j, b"\"u\":\"\xff\"");
            "overlong-utf-8", "holds an overlong form in an unused member":
                |j| insert(j, b"\"u\":\"\xc0\xae\"");
        of:
            "raw-control", "holds a raw control byte in a string":
                |j| insert(j, b"\"u\":\"a\x01b\"");
            "nan", "holds NaN": |j| insert(j, b"\"u\":NaN");
            "leading-zero", "holds a number with a leading zero": |j| insert(j, b"\"u\":01");
            "deep", "is nested a thousand deep":
                |j| insert(j, format!("\"u\":{}", nested(1000)).as_bytes()) => hardening(LIMIT);
        surrogate:
            "lone-surrogate", "holds a lone surrogate":
                |j| insert(j, br#""u":"\ud800""#) => hardening(SURROGATE);
    }
}

/// One part rewritten, its signature made over the new text.
pub(super) fn rewritten(
    kit: &Kit,
    part: Part,
    slug: &str,
    title: &str,
    rule: &'static str,
    what: &'static str,
    rewrite: Rewrite,
) -> Case {
    kit.case(slug, title, rule, Change::Rewrite(part, what, rewrite), kit.unreadable(part))
}

/// RFC 8259 section 8.1: a parser may ignore a byte order mark rather than treat it as an error.
fn marks(kit: &Kit) -> Vec<Case> {
    let expect =
        Expect::open(kit.mark, vec![("refused", Answer::REFUSE), ("ignored", Answer::ACCEPT)]);
    let mark = |(part, word): (Part, &str)| {
        let (slug, what) = (format!("{word}-byte-order-mark"), "starts with a byte order mark");
        let change = Change::Rewrite(part, what, |json| format!("\u{feff}{json}").into_bytes());
        kit.case(&slug, &format!("The {word} {what}"), "RFC8259-8.1", change, &expect)
    };
    PARTS.map(mark).to_vec()
}
