//! Direct links: faults and conforming variants.

use claimproof_catalog::Profile;

use super::By::{Own, Proxy};
use super::Weight::{Advice, Must};
use super::{By, Fault, Variant, Weight};

const fn fault(
    by: By,
    weight: Weight,
    name: &'static str,
    kind: &'static str,
    breaks: &'static [&'static str],
    sentence: &'static str,
) -> Fault {
    Fault { profile: Profile::WorkatoDirectLink, name, by, weight, kind, breaks, sentence }
}

const fn variant(
    by: By,
    name: &'static str,
    kind: &'static str,
    sentence: &'static str,
) -> Variant {
    Variant { profile: Profile::WorkatoDirectLink, name, by, kind, sentence }
}

#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn faults() -> Vec<Fault> {
    vec![
        fault(Own, Must, "no-signature-check", "proof", &["WDL-JWT-24", "WDL-JWT-23", "RFC7515-5.2"],
            "Reads the token and never checks its signature."),
        fault(Own, Must, "race-of-20-ms", "replay at the same moment", &["CPX-once", "WDL-JWT-11", "WDL-JWT-10"],
            "Looks the `jti` up, works 20 ms, then stores it: two at once are both let in."),
        fault(Own, Advice, "none-of-many-at-once", "replay at the same moment", &["CPX-once", "CPX-one-wins"],
            "Of several uses at once none is let in, though the token alone is good."),
        fault(Own, Must, "last-three-ids", "ids between and per surface", &["WDL-JWT-11", "WDL-JWT-10", "CPX-once"],
            "Keeps the last three ids alone, inside the window."),
        fault(Own, Must, "second-try-let-in", "refused token again", &["WDL-JWT-24", "WDL-JWT-23", "RFC7515-5.2", "CPX-stays-refused"],
            "Remembers a refused token as seen, and serves it the second time."),
        fault(Own, Must, "refused-spends", "refused token again", &["CPX-unspent"],
            "Marks a `jti` as used before the signature is checked."),
        fault(Own, Must, "ids-folded", "odd ids", &["RFC7519-4.1.7", "WDL-JWT-11"],
            "Compares ids without regard to case and up to a NUL."),
        fault(Own, Must, "ids-cut-at-16", "odd ids", &["RFC7519-4.1.7", "WDL-JWT-11"],
            "Compares the first sixteen characters of an id."),
        fault(Own, Must, "memory-of-spelling", "refused token again", &["WDL-JWT-10", "RFC7515-2", "RFC7515-5.2"],
            "Remembers tokens by their text and decodes leniently: a token spelled anew is taken again."),
        fault(Own, Advice, "token-in-a-header", "token elsewhere", &["WDL-JWT-22", "CPX-one-place"],
            "Takes the token from a header where the query has none."),
        fault(Own, Must, "pss-under-the-vendor-key", "PSS and other hashes", &["WDL-JWT-01"],
            "Verifies PS256 under the vendor's key; `alg_invalid` is due."),
        fault(Own, Must, "iat-rounded", "how numbers are written", &["WDL-JWT-03"],
            "Rounds an `iat` with a fraction; document 000 wants `iat_invalid`."),
        fault(Own, Must, "ascii-ids", "names and segments", &["WDL-ACC-20", "WDL-FRM-05", "WDL-ACC-09"],
            "Refuses external ids outside ASCII, percent-encoded as the sender does."),
        fault(Own, Advice, "upper-case-escapes", "names and segments", &["CPX-odd-accept"],
            "Compares percent-encoded ids as text: `%3a` and `%3A` are two. RFC 3986 section 2.1 has one; who binds ids as opaque text may."),
        fault(Own, Must, "prefix-alone", "paths", &["WDL-PATH-01"],
            "Tests a path for `https://` at its beginning and nothing else."),
        fault(Own, Must, "prefix-anywhere", "paths", &["WDL-PATH-02", "WDL-PATH-01"],
            "Tests whether `https://` stands anywhere in a path."),
        fault(Own, Must, "what-a-browser-takes", "paths", &["WDL-PATH-01", "WDL-PATH-02"],
            "Asks a WHATWG parser: `https:host` and a leading blank pass."),
        fault(Own, Advice, "user-info-in-a-path", "paths", &["WDL-PATH-01", "RFC9110-4.2.4"],
            "Takes user info before the host of a path."),
        fault(Own, Must, "html-anywhere", "accept header", &["WDL-HTTP-02"],
            "Looks for `html` anywhere in Accept: `application/json;a=html` passes."),
        fault(Own, Advice, "weight-zero", "accept header", &["WDL-HTTP-02", "RFC9110-12.4.2"],
            "Takes `text/html;q=0` for HTML."),
        fault(Own, Must, "refusal-with-a-session", "refusal with the mark", &["CPX-mark"],
            "Sets the session cookie before it decides, so that a refusal carries it."),
        fault(Own, Advice, "framed-by-anybody", "framing and cookies", &["CPX-framed-by"],
            "Answers `frame-ancestors *`."),
        fault(Own, Advice, "cookie-for-one-site", "framing and cookies", &["WDL-BRW-07"],
            "Sets the session cookie without SameSite=None."),
        fault(Own, Must, "crash-on-jti", "crash and status", &["RFC9110-15"],
            "Answers 500 where `jti` is an object."),
        fault(Proxy, Must, "dots-trimmed", "empty segments", &["RFC7515-7.1", "RFC7519-7.2"],
            "Trims dots behind the token before it is read."),
        fault(Proxy, Must, "blanks-removed", "characters inside", &["RFC7515-2", "RFC7515-5.2"],
            "Removes blanks and line breaks from the token before it is read."),
    ]
}

#[rustfmt::skip]
pub(super) fn variants() -> Vec<Variant> {
    vec![
        variant(Own, "plain", "odd but lawful",
            "Differs in nothing from the plain server."),
        variant(Own, "framing-with-a-code", "codes",
            "Answers framing refusals with `X-Frame-Options: SAMEORIGIN` and a code: the header is all the document asks."),
        variant(Own, "memory-of-the-window", "ids between and per surface",
            "Forgets a `jti` when no token that carries it can still be good."),
        variant(Own, "other-codes-for-sub", "one question a family",
            "Answers an odd `sub` with a code of its own choice: no document names one."),
        variant(Own, "jti-and-iat-apart", "one question a family",
            "Takes `iat: 1e9`-like integers and refuses `jti: 1.0`: two questions."),
        variant(Own, "last-of-duplicates", "duplicates",
            "Takes the last of two members: RFC 7515 section 4, RFC 7519 section 4."),
        variant(Own, "token-invalid-for-odd-alg", "codes",
            "Answers `alg` of another JSON type with `token_invalid`: RFC 7515 section 4.1.1 makes the header ill-formed."),
        variant(Own, "https-in-capitals", "paths",
            "Takes `HTTPS://`: RFC 3986 section 3.1 has one scheme."),
        variant(Own, "exp-decides", "times on direct links",
            "Refuses an `exp` in the past beside a fresh `iat`: the document names neither `exp` nor `nbf`."),
    ]
}
