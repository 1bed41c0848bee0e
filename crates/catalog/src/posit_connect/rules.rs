//! What RFCs and other public material add to the document about Posit Connect: a must where a
//! breach lets a stranger in or a secret out, or where an RFC says so; nothing of a later edition
//! than the document gets a verdict.

use crate::Level::{self, Info, Must, Should};
use crate::{Profile, Rule};

const fn completion(
    id: &'static str,
    level: Level,
    source: &'static str,
    text: &'static str,
) -> Rule {
    Rule { id, source, text, level, profile: Some(Profile::PositConnect) }
}

/// The completions of this profile, in the order of their list.
#[rustfmt::skip]
pub(super) static COMPLETIONS: &[Rule] = &[
    completion("PCX-01", Should, "the API reference",
        "The exchange reads its parameters from a form body only, never from the query or from JSON."),
    completion("PCX-02", Must, "the API reference",
        "The caller proves itself by an API key under the scheme `Key`; without one that is known nothing is handed out."),
    completion("PCX-03", Should, "the API reference",
        "An error is a JSON object with an integer `code` and a string `error`."),
    completion("PCX-04", Should, "the API reference",
        "A successful exchange names the access token, its issued type and its token type."),
    completion("PCX-05", Should, "the API reference",
        "`expires_in` appears only when the expiry is known, and never exceeds what truly remains."),
    completion("PCX-06", Should, "the API reference",
        "Until it expires the same access token is handed out, and the provider is not called."),
    completion("PCX-07", Should, "the vendor's code list",
        "A wrong grant type is answered with 213."),
    completion("PCX-08", Should, "the vendor's code list",
        "A wrong subject token type is answered with 214."),
    completion("PCX-09", Should, "the vendor's code list",
        "A missing form or member is answered with one of 210, 211, 12 and 215, and never with a 5xx."),
    completion("PCX-10", Must, "RFC 7636, section 4.6",
        "A code is redeemed with the verifier whose hash its own authorization request sent as the PKCE challenge, and with no other."),
    completion("PCX-11", Must, "RFC 6749, section 10.12",
        "The login carries a `state` good for one use, and a callback with any other, or by another browser, is refused."),
    completion("PCX-12", Should, "the API reference",
        "The integration authenticates at the token endpoint by the method it is configured for."),
    completion("PCX-13", Must, "the API reference",
        "A client secret, an API key or a refresh token is in no answer: not of the integration API, not on a page, not in an error."),
    completion("PCX-14", Should, "the API reference",
        "Putting a list of associations replaces the earlier list."),
    completion("PCX-15", Should, "the API reference",
        "Deleting a viewer's session brings the answer for a missing session back."),
    completion("PCX-16", Must, "the API reference",
        "Only the owner of the content may exchange for it; nobody else is handed anything."),
    completion("PCX-17", Should, "observed clients",
        "An error body in JSON says so in its content type."),
    completion("PCX-18", Should, "observed clients",
        "Each listed association names its content and its integration."),
    completion("PCX-19", Should, "RFC 6749, section 6",
        "A refresh answered without a new refresh token leaves the old one in use."),
    completion("PCX-20", Should, "GitHub's documentation",
        "A token answer of status 200 that carries an error, as GitHub sends it, is a failure."),
    completion("PCX-21", Info, "the API reference, 2026",
        "The answer repeats the correlation ID of the request."),
    completion("PCX-22", Info, "the API reference, 2025.07",
        "Where content has several associations, `audience` selects the integration."),
    completion("CPX-status", Should, "claimproof",
        "A caller without a known key is answered 401 and one who does not own the content 403, the numbers being registered ones."),
    completion("CPX-quiet", Should, "claimproof",
        "No answer repeats a code, a subject token or an access token that it does not exist to hand out."),
    completion("RFC6749-2.3.1", Must, "RFC 6749, section 2.3.1",
        "Client ID, client secret, code and refresh token reach the token endpoint form-encoded once, in the form and in `Basic`."),
    completion("RFC6749-10.14", Must, "RFC 6749, section 10.14",
        "What a provider or a browser hands over is shown as text, never as markup."),
    completion("RFC6749-10.10", Should, "RFC 6749, section 10.10",
        "What must not be guessed, `state` among it, has 128 bits and is drawn anew for each login."),
    completion("RFC6749-A.14", Should, "RFC 6749, section A.14",
        "`expires_in` is a whole number of seconds; a login survives one that is not, and its lifetime is kept where it can be read."),
    completion("RFC7636-4.2", Should, "RFC 7636, section 4.2",
        "Each authorization request carries a PKCE challenge by S256, unless the integration switches PKCE off, which is obeyed."),
];
