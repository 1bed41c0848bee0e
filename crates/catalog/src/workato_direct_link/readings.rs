//! What the documents leave open about Workato JWT direct linking.

use crate::Profile;
use crate::readings::Graded::{Family as ByFamily, Recorded, Set};
use crate::readings::{Family, Reading, family};

const HERE: Profile = Profile::WorkatoDirectLink;

/// The families of this profile; the first reading of each is the reference's.
#[rustfmt::skip]
pub(super) static FAMILIES: &[Family] = &[
    family(HERE, "WDL-R-empty-jti", Recorded, "What happens to a jti that is the empty string?", &[
        Reading { name: "accepted-once", meaning: "present and a string, so good for one use" },
        Reading { name: "jti_invalid", meaning: "refused as invalid" },
        Reading { name: "jti_missing", meaning: "refused as missing" },
    ], &["WDL-JWT-06", "WDL-JWT-07", "WDL-JWT-09"],
        "The reference may refuse by flag. No live verdict turns on it; the outcome is recorded."),
    family(HERE, "WDL-R-iat-null", ByFamily, "iat present with the value null?", &[
        Reading { name: "invalid", meaning: "iat_invalid, since null is no integer" },
        Reading { name: "missing", meaning: "iat_missing" },
    ], &["WDL-JWT-03", "WDL-JWT-04"],
        "A null is refused under either option."),
    family(HERE, "WDL-R-jti-null", ByFamily, "jti present with the value null?", &[
        Reading { name: "invalid", meaning: "jti_invalid, since null is neither integer nor string" },
        Reading { name: "missing", meaning: "jti_missing" },
    ], &["WDL-JWT-06", "WDL-JWT-09"],
        "A null is refused under either option."),
    family(HERE, "WDL-R-path-form", ByFamily, "Which form must the target path have?", &[
        Reading { name: "letter", meaning: "https:// is accepted, a site-relative path is path_invalid" },
        Reading { name: "vendor-client", meaning: "a site-relative path is accepted, https:// may be accepted or path_invalid" },
    ], &["WDL-PATH-01", "WDL-PATH-02", "WDL-PATH-03"],
        "One option for the whole run. The path used by every other case comes from the target file. http://, //host, other schemes and control characters are path_invalid under both."),
    family(HERE, "WDL-R-path-subject", Recorded, "Which URL do the host and scheme demands speak of?", &[
        Reading { name: "target-path", meaning: "the path handed in; a foreign https host is refused" },
        Reading { name: "any-host", meaning: "the path handed in; a foreign https host is accepted" },
        Reading { name: "own-request", meaning: "the scheme of the request itself" },
    ], &["WDL-PATH-01", "WDL-PATH-02", "WDL-PATH-03"],
        "The document does not speak of hosts; a foreign host is recorded, not judged. The own-request reading needs a plain HTTP listener."),
    family(HERE, "WDL-R-request-format", ByFamily, "Where is \"HTML format\" read from when it is not plain?", &[
        Reading { name: "accept-header", meaning: "an Accept list without HTML is refused, */* alone passes, a .json suffix may also be refused as not found" },
        Reading { name: "strict", meaning: "*/* alone and a .json suffix are http_request_invalid too" },
    ], &["WDL-HTTP-02", "WDL-HTTP-03", "WDL-HTTP-04"],
        "Accept: application/json alone and X-Requested-With: XMLHttpRequest are refused with the code under both."),
    family(HERE, "WDL-R-malformed-http", ByFamily, "What answers bytes that are no HTTP request?", &[
        Reading { name: "code", meaning: "http_request_invalid" },
        Reading { name: "front", meaning: "any 4xx without the code, or the connection is closed" },
    ], &["WDL-HTTP-01"],
        "Provoked with a raw socket. Serving the target page fails under both."),
    family(HERE, "WDL-R-jti-spent-when", ByFamily, "Which use spends a jti?", &[
        Reading { name: "on-render", meaning: "only a use that renders a frame" },
        Reading { name: "on-valid-token", meaning: "also a token that passed signature and age but failed an account check" },
    ], &["WDL-JWT-10", "WDL-JWT-11"],
        "Never spent by a token with a bad signature (asserted)."),
    family(HERE, "WDL-R-jti-memory", Recorded, "How long is a spent jti remembered?", &[
        Reading { name: "no-end", meaning: "a fresh token with the same jti is refused whenever the suite can wait" },
        Reading { name: "window", meaning: "only until the first token could no longer be accepted, the second iat + 31 s" },
    ], &["WDL-JWT-10", "WDL-JWT-11"],
        "Must: replay of the same token while it is inside its window. A fresh token with the same jti, later, is recorded after 31 s, ten minutes and a day: no-end is known only as far as was tried."),
    family(HERE, "WDL-R-jti-identity", ByFamily, "Are jti 1 and jti \"1\" one value?", &[
        Reading { name: "distinct", meaning: "two different values" },
        Reading { name: "same", meaning: "one value" },
    ], &["WDL-JWT-10", "WDL-JWT-11"],
        "Strings compare bytewise. Judged inside one vendor only; the pair is recorded."),
    family(HERE, "WDL-R-iat-form", ByFamily, "Do 1.0 and 1e9 count as integers in iat?", &[
        Reading { name: "literal", meaning: "only an integer literal does; others are iat_invalid" },
        Reading { name: "value", meaning: "a number of whole value does" },
    ], &["WDL-JWT-03"],
        "Quoted digits, true, 1.5, [] and {} are invalid as iat under both."),
    family(HERE, "WDL-R-jti-form", ByFamily, "Does 7.0 count as an integer in jti?", &[
        Reading { name: "literal", meaning: "only an integer literal does; others are jti_invalid" },
        Reading { name: "value", meaning: "a number of whole value does" },
    ], &["WDL-JWT-06", "WDL-JWT-08"],
        "A fraction is invalid as jti under both."),
    family(HERE, "WDL-R-empty-token", Set, "Token parameter present but empty or blank?", &[
        Reading { name: "token_missing", meaning: "as if absent" },
        Reading { name: "token_invalid", meaning: "present but no JWT" },
    ], &["WDL-JWT-18", "WDL-JWT-22"],
        "The literals undefined and null are token_invalid."),
    family(HERE, "WDL-R-alg-fault", Set, "alg absent, or none with an empty signature?", &[
        Reading { name: "alg_invalid", meaning: "the header does not say RS256" },
        Reading { name: "token_invalid", meaning: "a component is missing" },
    ], &["WDL-JWT-01", "WDL-JWT-02", "WDL-JWT-18"],
        "none with a non-empty signature segment is alg_invalid (asserted)."),
    family(HERE, "WDL-R-key-mismatch", Set, "Known vendor, but the signature does not fit its public key?", &[
        Reading { name: "token_signature_invalid", meaning: "the signature entry" },
        Reading { name: "vendor_missing", meaning: "the vendor entry, which also names a key that does not match" },
    ], &["WDL-JWT-23", "WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22"],
        "An unknown vendor is vendor_missing (asserted)."),
    family(HERE, "WDL-R-unique-key", ByFamily, "What is the unique key a partner account may lack?", &[
        Reading { name: "public-key", meaning: "no public key on file, vendor_key_missing" },
        Reading { name: "vendor-key", meaning: "no vendor key assigned; without a public key then vendor_missing or token_signature_invalid" },
    ], &["WDL-ACC-19", "WDL-ACC-21"],
        "The mapping is ours; the document does not say which key."),
    family(HERE, "WDL-R-sub-fault", Recorded, "sub absent, not a string, empty, or with too few or too many segments?", &[
        Reading { name: "recorded", meaning: "any refusal with any code" },
        Reading { name: "listed", meaning: "token_invalid, vendor_missing, team_missing or member_invalid" },
    ], &["WDL-JWT-21"],
        "Refusal judged, code recorded. The document never names sub. The layout of sub belongs to the target's binding, as does the escaping of external IDs."),
    family(HERE, "WDL-R-no-team", Set, "User in no customer team, or a team ID nobody has?", &[
        Reading { name: "team_missing", meaning: "the team entry" },
        Reading { name: "member_invalid", meaning: "the member entry" },
    ], &["WDL-ACC-01", "WDL-ACC-08"],
        "Asserted only for a user who is in no team; the code for an unknown team ID is recorded."),
    family(HERE, "WDL-R-foreign-member", ByFamily, "Customer ID created in another customer account?", &[
        Reading { name: "framing", meaning: "the page is refused framing" },
        Reading { name: "member_invalid", meaning: "refused with that code" },
        Reading { name: "team_missing", meaning: "refused with that code" },
    ], &["WDL-FRM-03", "WDL-ACC-01"],
        "Rendering the page in the frame fails under all three."),
    family(HERE, "WDL-R-framing-header", ByFamily, "How is a framing refusal expressed?", &[
        Reading { name: "x-frame-options", meaning: "SAMEORIGIN" },
        Reading { name: "x-frame-options-deny", meaning: "DENY" },
        Reading { name: "frame-ancestors", meaning: "CSP frame-ancestors self or none" },
    ], &["WDL-FRM-01", "WDL-FRM-02", "WDL-FRM-03", "WDL-FRM-05", "WDL-ACC-11"],
        "Judge frame-ancestors first where it is present, as browsers do; otherwise the other header, compared without case. The document's spelling of the value is not a legal one."),
    family(HERE, "WDL-R-account-flags", ByFamily, "Which fixture stands behind each account code with a vague description?", &[
        Reading { name: "ours", meaning: "no admin on the vendor, link flag off on the vendor, team created before the set-up" },
        Reading { name: "declared", meaning: "as the target file says" },
    ], &["WDL-ACC-05", "WDL-ACC-06", "WDL-ACC-17", "WDL-ACC-18"],
        "Two vendor codes share one description; the split is ours."),
    family(HERE, "WDL-R-saml-session", ByFamily, "Does a sign-in through the IdP clear team_saml_required?", &[
        Reading { name: "cleared", meaning: "an active SAML session lets the link pass" },
        Reading { name: "always", meaning: "the direct link is refused for such a team in any case" },
    ], &["WDL-ACC-13"],
        "Asserted only without a SAML session; the rest is recorded."),
    family(HERE, "WDL-R-url-shape", ByFamily, "Which URL shape carries the path and the token?", &[
        Reading { name: "query", meaning: "both are query parameters" },
        Reading { name: "path", meaning: "the path follows the endpoint, the token is a query parameter" },
    ], &["WDL-HTTP-04", "WDL-JWT-22", "WDL-PATH-01"],
        "Taken from the target file, like the host and the place a code travels in."),
    family(HERE, "WDL-R-origin-claim", ByFamily, "Is an origin claim needed?", &[
        Reading { name: "unknown-to-document", meaning: "ignored or optional" },
        Reading { name: "required", meaning: "needed where several origins are registered" },
    ], &["WDL-MSG-03", "WDL-MSG-07", "WDL-MSG-08", "WDL-FRM-05"],
        "Failure code unknown; not asserted. An explicit null counts as absent or is refused, recorded."),
    family(HERE, "WDL-R-exp", ByFamily, "Is exp looked at?", &[
        Reading { name: "ignored", meaning: "only iat counts" },
        Reading { name: "honoured", meaning: "an expired exp is refused" },
    ], &["WDL-JWT-13", "WDL-JWT-16"],
        "A sane value must not break a good token. A spent exp beside a fresh iat is recorded, and what is answered to one spelling of an instant is answered to all."),
    family(HERE, "WDL-R-nbf", ByFamily, "Is nbf looked at?", &[
        Reading { name: "ignored", meaning: "only iat counts" },
        Reading { name: "honoured", meaning: "a later nbf is refused" },
    ], &["WDL-JWT-13", "WDL-JWT-16"],
        "A sane value must not break a good token. A later nbf beside a fresh iat is recorded, and one spelling is answered as all."),
    family(HERE, "WDL-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", &[
        Reading { name: "rejected", meaning: "refused, which is advised" },
        Reading { name: "last-taken", meaning: "the last one counts" },
    ], &["WDL-JWT-19"],
        "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted)."),
    family(HERE, "WDL-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", &[
        Reading { name: "refused", meaning: "as no JSON" },
        Reading { name: "ignored", meaning: "as if it were not there" },
    ], &["WDL-JWT-19"],
        "RFC 8259 section 8.1 allows both."),
    family(HERE, "WDL-R-typ-form", Recorded, "A header typ that is no string?", &[
        Reading { name: "not-looked-at", meaning: "the token is judged by the rest of it" },
        Reading { name: "refused", meaning: "a header whose typ is no media type is none" },
    ], &["WDL-JWT-16"],
        "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9)."),
];
