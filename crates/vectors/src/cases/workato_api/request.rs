//! How the token travels: the Authorization header, its scheme, and what stands in the token's place.

use super::{case, hmac_kid, refusal, rsa_kid, with_status};
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [schemes(), blanks(), places(), tokens(), headers()].concat()
}

/// More than one space is what the grammar of credentials allows. A tab it does not, and many servers take one:
/// no case.
fn blanks() -> Vec<Case> {
    let wide = |slug: &str, title: &'static str, scene, alter| {
        let id = format!("access_refused/scheme-{slug}-accepted");
        case(&id, title, &scene, &["RFC9110-11.4"], Change::Text(title, alter), Expect::ACCEPT)
    };
    cases! { wide:
        "two-blanks", "Two spaces between Bearer and the token": hmac_kid(), |t| format!(" {t}");
        "four-blanks", "Four spaces between Bearer and an RS256 token":
            rsa_kid(), |t| format!("   {t}");
    }
}

/// The document says header and scheme.
fn places() -> Vec<Case> {
    let place = |slug: &str, title: &str, header, value| {
        let change = Change::Request(RequestEdit::TokenIn(header, value));
        refusal(&format!("token-{slug}"), title, &hmac_kid(), &["WAP-CAL-02", "WCL-04"], change)
    };
    let query = |slug: &str, title: &str, name| {
        let change = Change::Request(RequestEdit::TokenInQuery(name));
        refusal(&format!("token-{slug}"), title, &hmac_kid(), &["WAP-CAL-02", "WCL-04"], change)
    };
    cases! {
        place:
            "in-other-header", "The token in a header of its own":
                "x-authorization", "Bearer {token}";
            "in-api-token-header", "The token in the header api-token": "api-token", "{token}";
            "in-cookie", "The token in a cookie": "cookie", "token={token}";
        query:
            "in-query", "The token in the query, as RFC 6750 section 2.3 names it": "access_token";
            "in-query-jwt", "The token in the query, as jwt": "jwt";
    }
}

fn schemes() -> Vec<Case> {
    let scheme = |word| Change::Request(RequestEdit::Field("scheme", word));
    let any_case = |slug: &str, title: &str, scene, word| {
        let id = format!("access_refused/scheme-{slug}-accepted");
        case(&id, title, &scene, &["RFC9110-11.1"], scheme(word), Expect::ACCEPT)
    };
    let other = |slug: &str, title: &str, word| {
        let cites = &["WAP-CAL-02", "WCL-04"];
        refusal(&format!("scheme-{slug}"), title, &hmac_kid(), cites, scheme(word))
    };
    cases! {
        any_case:
            "lower-case", "bearer in lower case": hmac_kid(), "bearer";
            "capitals", "BEARER in capitals": hmac_kid(), "BEARER";
            "lower-case-rsa", "bearer in lower case before an RS256 token": rsa_kid(), "bearer";
        other:
            "basic", "Basic in place of Bearer": "Basic";
            "token", "Token in place of Bearer": "Token";
            "jwt", "JWT in place of Bearer": "JWT";
            "digest", "Digest in place of Bearer": "Digest";
            "longer", "A scheme that only starts with Bearer": "BearerX";
            "plural", "A scheme that only ends with Bearer": "NotBearer";
            "empty", "No scheme before the token": "";
    }
}

/// What stands where the token should: the document's own sample call holds no token either.
fn tokens() -> Vec<Case> {
    let text = |slug: &str, title: &str, token| {
        let cites = &["WCL-04", "WAP-CAL-01", "WAP-CAL-02"];
        refusal(
            &format!("token-{slug}"),
            title,
            &hmac_kid(),
            cites,
            Change::Request(RequestEdit::Token(token)),
        )
    };
    let status = |case: Case| case.expecting(&with_status(&[401]));
    vec![
        status(text("absent", "No token at all", None)),
        text("empty", "An empty token", Some("")),
        text("blank", "A token of blanks", Some("   ")),
        text("undefined", "The word undefined", Some("undefined")),
        text("null", "The word null", Some("null")),
        text("word", "A word", Some("token")),
        text("object-name", "What a script prints for an object", Some("[object Object]")),
        text(
            "hex",
            "Sixty-four hexadecimal digits",
            Some("6f1d1ac6f1d1ac6f1d1ac6f1d1ac6f1d1ac6f1d1ac6f1d1ac6f1d1ac6f1d1acd"),
        ),
        text(
            "sample-like",
            "A sample whose header has an impossible length and whose payload is no JSON",
            Some("eyJhbGciOiJIUzI1NiJ9A.bm90IGpzb24gYXQgYWxs.c2lnbmF0dXJl"),
        ),
        text("placeholder", "A placeholder left in a script", Some("<JWT>")),
    ]
}

/// Why two credentials are advice.
const TWO: &str = "The document knows one header and says nothing of two.";

fn headers() -> Vec<Case> {
    let more = |slug: &str, title: &str, name, value, cites: &[&'static str], expect| {
        let change = Change::Request(RequestEdit::AddHeader(name, value));
        case(&format!("access_refused/{slug}"), title, &hmac_kid(), cites, change, expect)
    };
    let two = &["WAP-CAL-02", "WCL-04"];
    cases! { more:
        "two-credentials", "A second Authorization header with another token":
            "authorization", "Bearer other", two, Expect::REFUSE => hardening(TWO);
        "two-schemes", "A second Authorization header with another scheme":
            "authorization", "Basic eDp5", two, Expect::REFUSE => hardening(TWO);
        "other-header-accepted", "A request header nobody asked for":
            "x-request-id", "7", &["WAP-CAL-01"], Expect::ACCEPT;
        "accept-json-accepted", "Accept asks for JSON":
            "accept", "application/json", &["WAP-CAL-01"], Expect::ACCEPT;
    }
}
