//! `scp`: there, a list, of strings.

use super::super::scenes::{another_app, embed, listed, rest};
use super::super::{NO_SCOPE, case};
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
    let missing = |id: &str, title: &str, scene: Scene, change: Change| {
        let cites = &["TCA-10099-scp", "TCA-10097-missing"];
        case(id, title, &scene, cites, change, Expect::refuse(NO_SCOPE))
    };
    let absent = || Change::without_claim("scp");
    let moved =
        vec![Change::without_claim("scp"), Change::header("scp", "[\"tableau:views:embed\"]")];
    cases! {
        missing:
            "10099/absent", "No scp": embed(), absent();
            "10099/absent-rest", "No scp, on REST": rest(), absent();
            "10099/null", "scp is null": embed(), Change::claim("scp", "null");
            "10099/scope", "scope in place of scp":
                embed(), Change::Claim("scp", Edit::Spelled("scope"));
            "10099/other-spelling", "SCP in place of scp":
                embed(), Change::Claim("scp", Edit::Spelled("SCP"));
        case:
            "10099/in-header-alone", "scp in the header alone":
                &embed(), &["TCA-10099-scp", "TCA-10097-missing"], moved,
                Expect::refuse(NO_SCOPE);
        missing:
            "10097/absent-listed", "No scp, from a listed page": listed(), absent();
            "10097/absent-another-app", "No scp under another app": another_app(), absent();
            "10097/scopes", "scopes in place of scp":
                embed(), Change::Claim("scp", Edit::Spelled("scopes"));
    }
}

fn scope_forms() -> Vec<Case> {
    let malformed = |id: &str, title: &str, scene: Scene, json| {
        let change = Change::claim("scp", json);
        case(id, title, &scene, &["TCA-10097-list"], change, Expect::refuse(BAD_SCOPE))
    };
    cases! { malformed:
        "10097/string", "scp is one scope as a string": embed(), "\"tableau:views:embed\"";
        "10097/string-rest", "scp is a string, on REST": rest(), "\"tableau:content:read\"";
        "10097/blanks", "scp is a string of scopes between blanks":
            embed(), "\"tableau:views:embed tableau:content:read\"";
        "10097/commas", "scp is a string of scopes between commas":
            embed(), "\"tableau:views:embed,tableau:content:read\"";
        "10097/list-in-string", "scp is a list written into a string":
            embed(), r#""[\"tableau:views:embed\"]""#;
        "10097/empty-string", "scp is an empty string": embed(), "\"\"";
        "10097/object", "scp is an object": embed(), "{\"0\":\"tableau:views:embed\"}";
        "10097/number", "scp is a number": embed(), "1";
        "10097/true", "scp is true": embed(), "true";
    }
}

fn scope_contents() -> Vec<Case> {
    let open = |id: &str, title: &str, family, json| {
        let answers = vec![
            ("accepted", Answer::ACCEPT),
            ("10097", Answer::refuse(BAD_SCOPE)),
            ("10099", Answer::refuse(&["10099"])),
        ];
        let expect = Expect::open(family, answers);
        let cites = &["TCA-10097-list", "TCA-10099-scp"];
        case(id, title, &embed(), cites, Change::claim("scp", json), expect)
    };
    let accepted = |id: &str, title: &str, json| {
        case(id, title, &embed(), &["TCA-10097-ok"], Change::claim("scp", json), Expect::ACCEPT)
    };
    cases! {
        open:
            "10097/empty-list", "scp is an empty list": "TCA-R-scp-empty", "[]";
            "10097/numbers", "scp is a list of numbers": "TCA-R-scp-numbers", "[1]";
            "10097/nulls", "scp is a list that holds null": "TCA-R-scp-null", "[null]";
            "10097/mixed", "scp is a list of a scope and a number":
                "TCA-R-scp-mixed", "[\"tableau:views:embed\",1]";
        accepted:
            "10097/one-scope-accepted", "scp is a list of one scope": "[\"tableau:views:embed\"]";
            "10097/read-scope-accepted", "scp is a list of a REST scope alone":
                "[\"tableau:content:read\"]";
            "10097/twice-accepted", "scp lists one scope twice":
                "[\"tableau:views:embed\",\"tableau:views:embed\"]";
            "10097/other-scopes-accepted", "scp is a list of further documented scopes":
                "[\"tableau:views:embed\",\"tableau:views:embed_authoring\",\"tableau:insights:embed\"]";
    }
}
