//! Members that stand twice.

use super::{Kit, Twice, insert};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};

/// RFC 7515 section 4 and RFC 7519 section 4 let a parser refuse two members of one name or take the
/// last: so the one that is no good may stand first, and last it must not pass.
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let header = |slug: &str, title: &str, expect: &Expect, what, rewrite| {
        let change = Change::Rewrite(Part::Header, what, rewrite);
        kit.case(slug, title, "RFC7515-4", change, expect)
    };
    let payload = |slug: &str, title: &str, rule, expect: &Expect, what, rewrite| {
        kit.case(slug, title, rule, Change::Rewrite(Part::Payload, what, rewrite), expect)
    };
    let last = kit.twice.first().map_or(Expect::REFUSE, |alg| alg.last.clone());
    let others = cases! {
        // An escape is another spelling of the same name (RFC 8259 section 8.3).
        header:
            "alg-twice-escaped", "alg twice, none first and spelled with an escape":
                &either(kit), "alg before, escaped", |j| insert(j, br#""\u0061lg":"none""#);
            "alg-twice-escaped-last", "alg twice, none last and spelled with an escape":
                &last, "alg behind, escaped", |j| append(j, r#""\u0061lg":"none""#);
        payload:
            "unused-claim-twice", "A claim nobody reads, twice":
                "RFC7519-4", &either(kit), "an unused claim twice",
                |j| insert(j, br#""u":1,"u":2"#);
            "nested-member-twice", "A member twice inside a nested object nobody reads":
                "RFC8259-4", &kit.payload, "a nested member twice",
                |j| insert(j, br#""u":{"a":1,"a":2}"#)
                => hardening("RFC 8259 section 4 advises unique names and says no more, and the RFCs of tokens speak of header and claims alone.");
    };
    kit.twice.iter().flat_map(|twice| repeated(kit, twice)).chain(others).collect()
}

fn either(kit: &Kit) -> Expect {
    Expect::open(kit.duplicates, vec![("rejected", Answer::REFUSE), ("last-taken", Answer::ACCEPT)])
}

/// The member twice, with the value that is no good first and last.
fn repeated(kit: &Kit, Twice { part, member, bad, last }: &Twice) -> [Case; 2] {
    let (rule, change): (_, fn(_, _) -> _) = match part {
        Part::Header => ("RFC7515-4", Change::Header),
        Part::Payload => ("RFC7519-4", Change::Claim),
    };
    let make = |place: &str, edit, expect: &Expect| {
        let slug = format!("{member}-twice-bad-{place}");
        let title = format!("{member} twice, one that is no good {place}");
        kit.case(&slug, &title, rule, change(member, edit), expect)
    };
    [make("first", Edit::Before(bad), &either(kit)), make("last", Edit::After(bad), last)]
}

/// A member behind all others.
fn append(json: &str, member: &str) -> Vec<u8> {
    let (object, _) = json.rsplit_once('}').unwrap_or((json, ""));
    format!("{object},{member}}}").into_bytes()
}
