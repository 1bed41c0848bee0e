//! How the token travels: the Authorization header, its scheme, and what stands in the token's place.

use super::{case, expecting, hmac_kid, refusal, rsa_kid, with_status};
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [schemes(), blanks(), places(), tokens(), headers()].concat()
}

/// More than one space is what the grammar of credentials allows. A tab it does not, and many servers take one:
/// no case.
fn blanks() -> Vec<Case> {
    let wide = |scene, slug: &str, title: &'static str, alter| {
        let id = format!("access_refused/scheme-{slug}-accepted");
        case(&scene, &id, title, &["RFC9110-11.4"], Change::Text(title, alter), Expect::ACCEPT)
    };
    vec![
        wide(hmac_kid(), "two-blanks", "Two spaces between Bearer and the token", |t| {
            format!(" {t}")
        }),
        wide(rsa_kid(), "four-blanks", "Four spaces between Bearer and an RS256 token", |t| {
            format!("   {t}")
        }),
    ]
}

/// The document says header and scheme.
fn places() -> Vec<Case> {
    let place = |slug: &str, title: &str, header, value| {
        let change = Change::Request(RequestEdit::TokenIn(header, value));
        refusal(&hmac_kid(), &format!("token-{slug}"), title, &["WAP-CAL-02", "WCL-04"], change)
    };
    let query = |slug: &str, title: &str, name| {
        let change = Change::Request(RequestEdit::TokenInQuery(name));
        refusal(&hmac_kid(), &format!("token-{slug}"), title, &["WAP-CAL-02", "WCL-04"], change)
    };
    vec![
        place(
            "in-other-header",
            "The token in a header of its own",
            "x-authorization",
            "Bearer {token}",
        ),
        place("in-api-token-header", "The token in the header api-token", "api-token", "{token}"),
        place("in-cookie", "The token in a cookie", "cookie", "token={token}"),
        query(
            "in-query",
            "The token in the query, as RFC 6750 section 2.3 names it",
            "access_token",
        ),
        query("in-query-jwt", "The token in the query, as jwt", "jwt"),
    ]
}

fn schemes() -> Vec<Case> {
    let scheme = |word| Change::Request(RequestEdit::Field("scheme", word));
    let any_case = |scene, slug: &str, title: &str, word| {
        let id = format!("access_refused/scheme-{slug}-accepted");
        case(&scene, &id, title, &["RFC9110-11.1"], scheme(word), Expect::ACCEPT)
    };
    let other = |slug: &str, title: &str, word| {
        let cites = &["WAP-CAL-02", "WCL-04"];
        refusal(&hmac_kid(), &format!("scheme-{slug}"), title, cites, scheme(word))
    };
    vec![
        any_case(hmac_kid(), "lower-case", "bearer in lower case", "bearer"),
        any_case(hmac_kid(), "capitals", "BEARER in capitals", "BEARER"),
        any_case(
            rsa_kid(),
            "lower-case-rsa",
            "bearer in lower case before an RS256 token",
            "bearer",
        ),
        other("basic", "Basic in place of Bearer", "Basic"),
        other("token", "Token in place of Bearer", "Token"),
        other("jwt", "JWT in place of Bearer", "JWT"),
        other("digest", "Digest in place of Bearer", "Digest"),
        other("longer", "A scheme that only starts with Bearer", "BearerX"),
        other("plural", "A scheme that only ends with Bearer", "NotBearer"),
        other("empty", "No scheme before the token", ""),
    ]
}

/// What stands where the token should: the document's own sample call holds no token either.
fn tokens() -> Vec<Case> {
    let text = |slug: &str, title: &str, token| {
        let cites = &["WCL-04", "WAP-CAL-01", "WAP-CAL-02"];
        refusal(
            &hmac_kid(),
            &format!("token-{slug}"),
            title,
            cites,
            Change::Request(RequestEdit::Token(token)),
        )
    };
    let status = |case: Case| expecting(case, with_status(&[401]));
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
        case(&hmac_kid(), &format!("access_refused/{slug}"), title, cites, change, expect)
    };
    let two = &["WAP-CAL-02", "WCL-04"];
    vec![
        more(
            "two-credentials",
            "A second Authorization header with another token",
            "authorization",
            "Bearer other",
            two,
            Expect::REFUSE,
        )
        .hardening(TWO),
        more(
            "two-schemes",
            "A second Authorization header with another scheme",
            "authorization",
            "Basic eDp5",
            two,
            Expect::REFUSE,
        )
        .hardening(TWO),
        more(
            "other-header-accepted",
            "A request header nobody asked for",
            "x-request-id",
            "7",
            &["WAP-CAL-01"],
            Expect::ACCEPT,
        ),
        more(
            "accept-json-accepted",
            "Accept asks for JSON",
            "accept",
            "application/json",
            &["WAP-CAL-01"],
            Expect::ACCEPT,
        ),
    ]
}
