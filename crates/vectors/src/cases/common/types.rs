//! `typ`, which is for applications and optional (RFC 7515 section 4.1.9, RFC 7519 section 5.1).

use super::super::table::case;
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
    let accepted = |id: &str, title: &str, json| {
        case(id, title, &kit.scene, &["RFC7519-5.1"], Change::header("typ", json), Expect::ACCEPT)
    };
    let mut cases = cases! { accepted:
        "accepted/typ-upper-case", "typ is JWT": "\"JWT\"";
        "accepted/typ-lower-case", "typ is jwt in lower case": "\"jwt\"";
        "accepted/typ-mixed-case", "typ is Jwt in mixed case": "\"Jwt\"";
        "accepted/typ-media-type", "typ is application/jwt": "\"application/jwt\"";
        "accepted/typ-media-type-upper-case", "typ is APPLICATION/JWT": "\"APPLICATION/JWT\"";
    };
    // The scene itself has it, or a case of the profile's own.
    if kit.typ.is_none_or(|typ| typ == "\"JWT\"") {
        cases.remove(0);
    }
    let token = accepted("accepted/typ-access-token", "typ is at+jwt (RFC 9068)", "\"at+jwt\"");
    cases.push(if kit.issued { token } else { token.hardening(FOR_APIS) });
    [cases, others(kit)].concat()
}

/// Of another JSON type it is no media type, and nobody need look at it: either, but never a 5xx.
fn others(kit: &Kit) -> Vec<Case> {
    let answers = vec![("not-looked-at", Answer::ACCEPT), ("refused", Answer::REFUSE)];
    let expect = Expect::open(kit.typ_family, answers);
    let either = |id: &str, title: &str, json| {
        case(id, title, &kit.scene, &["RFC9110-15"], Change::header("typ", json), expect.clone())
    };
    cases! { either:
        "accepted/odd-typ-null", "typ is null": "null";
        "accepted/odd-typ-number", "typ is a number": "1";
        "accepted/odd-typ-true", "typ is true": "true";
        "accepted/odd-typ-list", "typ is a list that holds JWT": "[\"JWT\"]";
        "accepted/odd-typ-object", "typ is an object": "{\"JWT\":1}";
    }
}
