//! JSON that is none, or is no object, in header and payload.

use super::{Kit, Rewrite, insert, nested};
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

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn json(kit: &Kit) -> Vec<Case> {
    let rows: &[(&str, &'static str, Rewrite)] = &[
        ("array", "is an array", |j| format!("[{j}]").into_bytes()),
        ("string", "is a string", |_| b"\"text\"".to_vec()),
        ("number", "is a number", |_| b"1".to_vec()),
        ("null", "is null", |_| b"null".to_vec()),
        ("plain-text", "is no JSON", |_| b"plain text".to_vec()),
        ("bytes-behind", "has bytes behind the object", |j| format!("{j}x").into_bytes()),
        ("object-behind", "has a second object behind", |j| format!("{j}{{}}").into_bytes()),
        ("utf-16", "is UTF-16", |j| j.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("comment", "has a comment", |j| insert(j, b"/* c */\"c\":1")),
        ("trailing-comma", "has a trailing comma", |j| j.replacen('}', ",}", 1).into_bytes()),
        ("single-quotes", "has single quotes", |j| insert(j, b"'q':1")),
        ("invalid-utf-8", "holds invalid UTF-8 in an unused member", |j| {
            insert(j, b"\"u\":\"\xff\"")
        }),
        ("overlong-utf-8", "holds an overlong form in an unused member", |j| {
            insert(j, b"\"u\":\"\xc0\xae\"")
        }),
        ("raw-control", "holds a raw control byte in a string", |j| insert(j, b"\"u\":\"a\x01b\"")),
        ("nan", "holds NaN", |j| insert(j, b"\"u\":NaN")),
        ("leading-zero", "holds a number with a leading zero", |j| insert(j, b"\"u\":01")),
        ("deep", "is nested a thousand deep", |j| {
            insert(j, format!("\"u\":{}", nested(1000)).as_bytes())
        }),
    ];
    let parts = [(Part::Header, "header"), (Part::Payload, "payload")];
    let mut cases = Vec::new();
    for (part, word) in parts {
        for (slug, title, rewrite) in rows {
            let is_limit = *slug == "deep";
            let is_encoding = ["utf-16", "invalid-utf-8", "overlong-utf-8"].contains(slug);
            let rule = if is_encoding { "RFC8259-8.1" } else { "RFC7515-10.12" };
            let (slug, spelt) = (format!("{word}-{slug}"), format!("The {word} {title}"));
            let case = rewritten(kit, part, &slug, &spelt, rule, title, *rewrite);
            cases.push(if is_limit { case.hardening(LIMIT) } else { case });
        }
        let surrogate: Rewrite = |j| insert(j, br#""u":"\ud800""#);
        let title = format!("The {word} holds a lone surrogate in an unused member");
        let slug = format!("{word}-lone-surrogate");
        let case = rewritten(
            kit,
            part,
            &slug,
            &title,
            "RFC7515-10.12",
            "holds a lone surrogate",
            surrogate,
        );
        cases.push(case.hardening(SURROGATE));
    }
    cases
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
    let id = format!("{}/{slug}", kit.folder);
    let cites = [kit.cites, &[rule]].concat();
    Case::one(
        &kit.scene,
        &id,
        title,
        &cites,
        vec![Change::Rewrite(part, what, rewrite)],
        kit.unreadable(part),
    )
}

/// RFC 8259 section 8.1: a parser may ignore a byte order mark rather than treat it as an error.
fn marks(kit: &Kit) -> Vec<Case> {
    let mark = |part, word: &str| {
        let (id, title) =
            (format!("{}/{word}-byte-order-mark", kit.folder), "starts with a byte order mark");
        let change = Change::Rewrite(part, title, |json| format!("\u{feff}{json}").into_bytes());
        let expect =
            Expect::open(kit.mark, vec![("refused", Answer::REFUSE), ("ignored", Answer::ACCEPT)]);
        let cites = [kit.cites, &["RFC8259-8.1"]].concat();
        Case::one(&kit.scene, &id, &format!("The {word} {title}"), &cites, vec![change], expect)
    };
    vec![mark(Part::Header, "header"), mark(Part::Payload, "payload")]
}
