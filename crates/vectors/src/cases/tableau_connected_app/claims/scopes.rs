//! `scp`: there, a list, of strings.

use super::super::scenes::{another_app, embed, listed, rest};
use super::super::{NO_SCOPE, case, changed};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const BAD_SCOPE: &[&str] = &["10097"];

pub(super) fn cases() -> Vec<Case> {
    [scope_missing(), scope_forms(), scope_contents()].concat()
}

/// Both 10097 and 10099 are documented for a scope claim that is not there.
fn scope_missing() -> Vec<Case> {
    let missing = |scene: Scene, id: &str, title: &str, changes| {
        let cites = &["TCA-10099-scp", "TCA-10097-missing"];
        changed(&scene, id, title, cites, changes, Expect::refuse(NO_SCOPE))
    };
    let absent = || vec![Change::without_claim("scp")];
    let moved =
        vec![Change::without_claim("scp"), Change::header("scp", "[\"tableau:views:embed\"]")];
    vec![
        missing(embed(), "10099/absent", "No scp", absent()),
        missing(rest(), "10099/absent-rest", "No scp, on REST", absent()),
        missing(embed(), "10099/null", "scp is null", vec![Change::claim("scp", "null")]),
        missing(
            embed(),
            "10099/scope",
            "scope in place of scp",
            vec![Change::Claim("scp", Edit::Spelled("scope"))],
        ),
        missing(
            embed(),
            "10099/other-spelling",
            "SCP in place of scp",
            vec![Change::Claim("scp", Edit::Spelled("SCP"))],
        ),
        missing(embed(), "10099/in-header-alone", "scp in the header alone", moved),
        missing(listed(), "10097/absent-listed", "No scp, from a listed page", absent()),
        missing(another_app(), "10097/absent-another-app", "No scp under another app", absent()),
        missing(
            embed(),
            "10097/scopes",
            "scopes in place of scp",
            vec![Change::Claim("scp", Edit::Spelled("scopes"))],
        ),
    ]
}

fn scope_forms() -> Vec<Case> {
    let malformed = |scene: Scene, slug: &str, title: &str, json| {
        let id = format!("10097/{slug}");
        case(
            &scene,
            &id,
            title,
            &["TCA-10097-list"],
            Change::claim("scp", json),
            Expect::refuse(BAD_SCOPE),
        )
    };
    vec![
        malformed(embed(), "string", "scp is one scope as a string", "\"tableau:views:embed\""),
        malformed(rest(), "string-rest", "scp is a string, on REST", "\"tableau:content:read\""),
        malformed(
            embed(),
            "blanks",
            "scp is a string of scopes between blanks",
            "\"tableau:views:embed tableau:content:read\"",
        ),
        malformed(
            embed(),
            "commas",
            "scp is a string of scopes between commas",
            "\"tableau:views:embed,tableau:content:read\"",
        ),
        malformed(
            embed(),
            "list-in-string",
            "scp is a list written into a string",
            r#""[\"tableau:views:embed\"]""#,
        ),
        malformed(embed(), "empty-string", "scp is an empty string", "\"\""),
        malformed(embed(), "object", "scp is an object", "{\"0\":\"tableau:views:embed\"}"),
        malformed(embed(), "number", "scp is a number", "1"),
        malformed(embed(), "true", "scp is true", "true"),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn scope_contents() -> Vec<Case> {
    let open = |slug: &str, title: &str, family, json| {
        let answers = vec![
            ("accepted", Answer::ACCEPT),
            ("10097", Answer::refuse(BAD_SCOPE)),
            ("10099", Answer::refuse(&["10099"])),
        ];
        let expect = Expect::open(family, answers);
        case(
            &embed(),
            &format!("10097/{slug}"),
            title,
            &["TCA-10097-list", "TCA-10099-scp"],
            Change::claim("scp", json),
            expect,
        )
    };
    let accepted = |slug: &str, title: &str, json| {
        case(
            &embed(),
            &format!("10097/{slug}"),
            title,
            &["TCA-10097-ok"],
            Change::claim("scp", json),
            Expect::ACCEPT,
        )
    };
    vec![
        open("empty-list", "scp is an empty list", "TCA-R-scp-empty", "[]"),
        open("numbers", "scp is a list of numbers", "TCA-R-scp-numbers", "[1]"),
        open("nulls", "scp is a list that holds null", "TCA-R-scp-null", "[null]"),
        open(
            "mixed",
            "scp is a list of a scope and a number",
            "TCA-R-scp-mixed",
            "[\"tableau:views:embed\",1]",
        ),
        accepted("one-scope-accepted", "scp is a list of one scope", "[\"tableau:views:embed\"]"),
        accepted(
            "read-scope-accepted",
            "scp is a list of a REST scope alone",
            "[\"tableau:content:read\"]",
        ),
        accepted(
            "twice-accepted",
            "scp lists one scope twice",
            "[\"tableau:views:embed\",\"tableau:views:embed\"]",
        ),
        accepted(
            "other-scopes-accepted",
            "scp is a list of further documented scopes",
            "[\"tableau:views:embed\",\"tableau:views:embed_authoring\",\"tableau:insights:embed\"]",
        ),
    ]
}
