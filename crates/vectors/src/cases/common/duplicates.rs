//! Members that stand twice.

use super::{Kit, Twice, insert};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};

/// RFC 7515 section 4 and RFC 7519 section 4 let a parser refuse two members of one name or take the
/// last: so the one that is no good may stand first, and last it must not pass.
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let mut cases: Vec<_> = kit.twice.iter().flat_map(|twice| repeated(kit, twice)).collect();
    let make = |slug: &str, title: &str, rule, change, expect| {
        let id = format!("{}/{slug}", kit.folder);
        Case::one(&kit.scene, &id, title, &[kit.cites, &[rule]].concat(), vec![change], expect)
    };
    let escaped = |what, rewrite| Change::Rewrite(Part::Header, what, rewrite);
    let unused =
        Change::Rewrite(Part::Payload, "an unused claim twice", |j| insert(j, br#""u":1,"u":2"#));
    let first = escaped("alg before, escaped", |j| insert(j, br#""\u0061lg":"none""#));
    // An escape is another spelling of the same name (RFC 8259 section 8.3).
    let last = escaped("alg behind, escaped", |j| append(j, r#""\u0061lg":"none""#));
    cases.extend([
        make(
            "alg-twice-escaped",
            "alg twice, none first and spelled with an escape",
            "RFC7515-4",
            first,
            either(kit),
        ),
        make(
            "alg-twice-escaped-last",
            "alg twice, none last and spelled with an escape",
            "RFC7515-4",
            last,
            kit.twice.first().map_or(Expect::REFUSE, |alg| alg.last.clone()),
        ),
        make("unused-claim-twice", "A claim nobody reads, twice", "RFC7519-4", unused, either(kit)),
        nested_twice(kit),
    ]);
    cases
}

fn either(kit: &Kit) -> Expect {
    Expect::open(kit.duplicates, vec![("rejected", Answer::REFUSE), ("last-taken", Answer::ACCEPT)])
}

/// The member twice, with the value that is no good first and last.
fn repeated(kit: &Kit, Twice { part, member, bad, last }: &Twice) -> [Case; 2] {
    let rule = if *part == Part::Header { "RFC7515-4" } else { "RFC7519-4" };
    let make = |place: &str, edit, expect| {
        let id = format!("{}/{member}-twice-bad-{place}", kit.folder);
        let change = if *part == Part::Header {
            Change::Header(member, edit)
        } else {
            Change::Claim(member, edit)
        };
        let title = format!("{member} twice, one that is no good {place}");
        Case::one(&kit.scene, &id, &title, &[kit.cites, &[rule]].concat(), vec![change], expect)
    };
    [make("first", Edit::Before(bad), either(kit)), make("last", Edit::After(bad), last.clone())]
}

fn nested_twice(kit: &Kit) -> Case {
    let change = Change::Rewrite(Part::Payload, "a nested member twice", |j| {
        insert(j, br#""u":{"a":1,"a":2}"#)
    });
    let (id, title) = (
        format!("{}/nested-member-twice", kit.folder),
        "A member twice inside a nested object nobody reads",
    );
    let cites = [kit.cites, &["RFC8259-4"]].concat();
    Case::one(&kit.scene, &id, title, &cites, vec![change], kit.payload.clone()).hardening("RFC 8259 section 4 advises unique names and says no more, and the RFCs of tokens speak of header and claims alone.")
}

/// A member behind all others.
fn append(json: &str, member: &str) -> Vec<u8> {
    let (object, _) = json.rsplit_once('}').unwrap_or((json, ""));
    format!("{object},{member}}}").into_bytes()
}
