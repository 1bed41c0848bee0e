//! `typ`, which is for applications and optional (RFC 7515 section 4.1.9, RFC 7519 section 5.1).

use super::Kit;
use crate::case::Case;
use crate::change::Change;
use crate::expect::{Answer, Expect};

/// Why an access token is advice for a profile whose tokens are no provider's.
const FOR_APIS: &str =
    "Identity providers issue tokens of this kind for APIs (RFC 9068), and for nothing else.";

/// No document asks for a value, so the names of a JWT are accepted in every spelling that RFC has: media types
/// compare without case, and `application/` may stand before.
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let rows: [(&str, &str, &'static str); 6] = [
        ("upper-case", "JWT", "\"JWT\""),
        ("lower-case", "jwt in lower case", "\"jwt\""),
        ("mixed-case", "Jwt in mixed case", "\"Jwt\""),
        ("media-type", "application/jwt", "\"application/jwt\""),
        ("media-type-upper-case", "APPLICATION/JWT", "\"APPLICATION/JWT\""),
        ("access-token", "at+jwt (RFC 9068)", "\"at+jwt\""),
    ];
    let mut cases = Vec::new();
    for (slug, words, json) in rows {
        if kit.typ == Some(json) || (slug == "upper-case" && kit.typ.is_none()) {
            // The scene itself, or a case of the profile's own.
            continue;
        }
        let id = format!("accepted/typ-{slug}");
        let change = vec![Change::header("typ", json)];
        let case = Case::one(
            &kit.scene,
            &id,
            &format!("typ is {words}"),
            &["RFC7519-5.1"],
            change,
            Expect::ACCEPT,
        );
        let is_foreign = slug == "access-token" && !kit.issued;
        cases.push(if is_foreign { case.hardening(FOR_APIS) } else { case });
    }
    cases.extend(others(kit));
    cases
}

/// Of another JSON type it is no media type, and nobody need look at it: either, but never a 5xx.
fn others(kit: &Kit) -> Vec<Case> {
    let rows: [(&str, &str, &'static str); 5] = [
        ("null", "null", "null"),
        ("number", "a number", "1"),
        ("true", "true", "true"),
        ("list", "a list that holds JWT", "[\"JWT\"]"),
        ("object", "an object", "{\"JWT\":1}"),
    ];
    rows.map(|(slug, words, json)| {
        let answers = vec![("not-looked-at", Answer::ACCEPT), ("refused", Answer::REFUSE)];
        let expect = Expect::open(kit.typ_family, answers);
        let id = format!("accepted/odd-typ-{slug}");
        let title = format!("typ is {words}");
        Case::one(
            &kit.scene,
            &id,
            &title,
            &["RFC9110-15"],
            vec![Change::header("typ", json)],
            expect,
        )
    })
    .to_vec()
}
