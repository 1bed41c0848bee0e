//! What the documents leave open about Workato JWT direct linking.

families! { WorkatoDirectLink;
    "WDL-R-empty-jti", Recorded, "What happens to a jti that is the empty string?", [
        "accepted-once": "present and a string, so good for one use";
        "jti_invalid": "refused as invalid";
        "jti_missing": "refused as missing";
    ],
        because: "The document asks for an integer or a string; an empty string is one, and tells tokens apart once.",
        requirements: ["WDL-JWT-06", "WDL-JWT-07", "WDL-JWT-09"],
        note: "The reference may refuse by flag. No live verdict turns on it; the outcome is recorded.";
    "WDL-R-iat-null", Family, "iat present with the value null?", [
        "invalid": "iat_invalid, since null is no integer";
        "missing": "iat_missing";
    ],
        because: "The document has one code for a missing iat and one for an invalid one, and null can be read as either.",
        requirements: ["WDL-JWT-03", "WDL-JWT-04"],
        note: "A null is refused under either option.";
    "WDL-R-jti-null", Family, "jti present with the value null?", [
        "invalid": "jti_invalid, since null is neither integer nor string";
        "missing": "jti_missing";
    ],
        because: "The document has one code for a missing jti and one for an invalid one, and null can be read as either.",
        requirements: ["WDL-JWT-06", "WDL-JWT-09"],
        note: "A null is refused under either option.";
    "WDL-R-path-form", Family, "Which form must the target path have?", [
        "letter": "https:// is accepted, a site-relative path is path_invalid";
        "vendor-client": "a site-relative path is accepted, https:// may be accepted or path_invalid";
    ],
        because: "The document asks for https, and the vendor's own client sends a site-relative path.",
        requirements: ["WDL-PATH-01", "WDL-PATH-02", "WDL-PATH-03"],
        note: "One option for the whole run. The path used by every other case comes from the target file. http://, //host, other schemes and control characters are path_invalid under both.";
    "WDL-R-path-subject", Recorded, "Which URL do the host and scheme demands speak of?", [
        "target-path": "the path handed in; a foreign https host is refused";
        "any-host": "the path handed in; a foreign https host is accepted";
        "own-request": "the scheme of the request itself";
    ],
        because: "The document asks for https without saying of which URL, and does not speak of hosts.",
        requirements: ["WDL-PATH-01", "WDL-PATH-02", "WDL-PATH-03"],
        note: "The document does not speak of hosts; a foreign host is recorded, not judged. The own-request reading needs a plain HTTP listener.";
    "WDL-R-request-format", Family, "Where is \"HTML format\" read from when it is not plain?", [
        "accept-header": "an Accept list without HTML is refused, */* alone passes, a .json suffix may also be refused as not found";
        "strict": "*/* alone and a .json suffix are http_request_invalid too";
    ],
        because: "The document asks for HTML format and does not say how a server reads that off a request which is not plain.",
        requirements: ["WDL-HTTP-02", "WDL-HTTP-03", "WDL-HTTP-04"],
        note: "Accept: application/json alone and X-Requested-With: XMLHttpRequest are refused with the code under both.";
    "WDL-R-malformed-http", Family, "What answers bytes that are no HTTP request?", [
        "code": "http_request_invalid";
        "front": "any 4xx without the code, or the connection is closed";
    ],
        because: "What is no HTTP request is usually answered by the HTTP library in front, before any code of the application sees it.",
        requirements: ["WDL-HTTP-01"],
        note: "Provoked with a raw socket. Serving the target page fails under both.";
    "WDL-R-jti-spent-when", Family, "Which use spends a jti?", [
        "on-render": "only a use that renders a frame";
        "on-valid-token": "also a token that passed signature and age but failed an account check";
    ],
        because: "The document refuses a jti that was used and does not say whether a use that was refused counts.",
        requirements: ["WDL-JWT-10", "WDL-JWT-11"],
        note: "Never spent by a token with a bad signature (asserted).";
    "WDL-R-jti-memory", Recorded, "How long is a spent jti remembered?", [
        "no-end": "a fresh token with the same jti is refused whenever the suite can wait";
        "window": "only until the first token could no longer be accepted, the second iat + 31 s";
    ],
        because: "The document sets no end to how long a used jti counts, and once its token has run out nobody can present that again.",
        requirements: ["WDL-JWT-10", "WDL-JWT-11"],
        note: "Must: replay of the same token while it is inside its window. A fresh token with the same jti, later, is recorded after 31 s, ten minutes and a day: no-end is known only as far as was tried.";
    "WDL-R-jti-identity", Family, "Are jti 1 and jti \"1\" one value?", [
        "distinct": "two different values";
        "same": "one value";
    ],
        because: "The document allows integers and strings and does not say whether an integer and its digits are one id.",
        requirements: ["WDL-JWT-10", "WDL-JWT-11"],
        note: "Strings compare bytewise. Judged inside one vendor only; the pair is recorded.";
    "WDL-R-iat-form", Family, "Do 1.0 and 1e9 count as integers in iat?", [
        "literal": "only an integer literal does; others are iat_invalid";
        "value": "a number of whole value does";
    ],
        because: "The document asks for an integer, and JSON writes one value in several forms.",
        requirements: ["WDL-JWT-03"],
        note: "Quoted digits, true, 1.5, [] and {} are invalid as iat under both.";
    "WDL-R-jti-form", Family, "Does 7.0 count as an integer in jti?", [
        "literal": "only an integer literal does; others are jti_invalid";
        "value": "a number of whole value does";
    ],
        because: "The document asks for an integer, and JSON writes one value in several forms.",
        requirements: ["WDL-JWT-06", "WDL-JWT-08"],
        note: "A fraction is invalid as jti under both.";
    "WDL-R-empty-token", Set, "Token parameter present but empty or blank?", [
        "token_missing": "as if absent";
        "token_invalid": "present but no JWT";
    ],
        because: "The document has one entry for a missing token and one for an invalid one, and an empty parameter can be read as either.",
        requirements: ["WDL-JWT-18", "WDL-JWT-22"],
        note: "The literals undefined and null are token_invalid.";
    "WDL-R-alg-fault", Set, "alg absent, or none with an empty signature?", [
        "alg_invalid": "the header does not say RS256";
        "token_invalid": "a component is missing";
    ],
        because: "Two entries fit: a header that does not say RS256, and a token that lacks a component.",
        requirements: ["WDL-JWT-01", "WDL-JWT-02", "WDL-JWT-18"],
        note: "none with a non-empty signature segment is alg_invalid (asserted).";
    "WDL-R-key-mismatch", Set, "Known vendor, but the signature does not fit its public key?", [
        "token_signature_invalid": "the signature entry";
        "vendor_missing": "the vendor entry, which also names a key that does not match";
    ],
        because: "Two entries fit: that of the signature, and that of the vendor, which also names a key that does not match.",
        requirements: ["WDL-JWT-23", "WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22"],
        note: "An unknown vendor is vendor_missing (asserted).";
    "WDL-R-unique-key", Family, "What is the unique key a partner account may lack?", [
        "public-key": "no public key on file, vendor_key_missing";
        "vendor-key": "no vendor key assigned; without a public key then vendor_missing or token_signature_invalid";
    ],
        because: "The document does not say whether the unique key is the vendor key or the public key.",
        requirements: ["WDL-ACC-19", "WDL-ACC-21"],
        note: "The mapping is ours; the document does not say which key.";
    "WDL-R-sub-fault", Recorded, "sub absent, not a string, empty, or with too few or too many segments?", [
        "recorded": "any refusal with any code";
        "listed": "token_invalid, vendor_missing, team_missing or member_invalid";
    ],
        because: "The document never names sub, so several entries fit one that is absent or odd.",
        requirements: ["WDL-JWT-21"],
        note: "Refusal judged, code recorded. The document never names sub. The layout of sub belongs to the target's binding, as does the escaping of external IDs.";
    "WDL-R-no-team", Set, "User in no customer team, or a team ID nobody has?", [
        "team_missing": "the team entry";
        "member_invalid": "the member entry";
    ],
        because: "Two entries fit: that of the team and that of the member.",
        requirements: ["WDL-ACC-01", "WDL-ACC-08"],
        note: "Asserted only for a user who is in no team; the code for an unknown team ID is recorded.";
    "WDL-R-foreign-member", Family, "Customer ID created in another customer account?", [
        "framing": "the page is refused framing";
        "member_invalid": "refused with that code";
        "team_missing": "refused with that code";
    ],
        because: "The document speaks of a page that is refused framing, and the entries of member and team fit as well.",
        requirements: ["WDL-FRM-03", "WDL-ACC-01"],
        note: "Rendering the page in the frame fails under all three.";
    "WDL-R-framing-header", Family, "How is a framing refusal expressed?", [
        "x-frame-options": "SAMEORIGIN";
        "x-frame-options-deny": "DENY";
        "frame-ancestors": "CSP frame-ancestors self or none";
    ],
        because: "The document's spelling of X-Frame-Options is not a legal one, and browsers follow frame-ancestors where it is present.",
        requirements: ["WDL-FRM-01", "WDL-FRM-02", "WDL-FRM-03", "WDL-FRM-05", "WDL-ACC-11"],
        note: "Judge frame-ancestors first where it is present, as browsers do; otherwise the other header, compared without case. The document's spelling of the value is not a legal one.";
    "WDL-R-account-flags", Family, "Which fixture stands behind each account code with a vague description?", [
        "ours": "no admin on the vendor, link flag off on the vendor, team created before the set-up";
        "declared": "as the target file says";
    ],
        because: "The document describes two codes of the vendor in the same words.",
        requirements: ["WDL-ACC-05", "WDL-ACC-06", "WDL-ACC-17", "WDL-ACC-18"],
        note: "Two vendor codes share one description; the split is ours.";
    "WDL-R-saml-session", Family, "Does a sign-in through the IdP clear team_saml_required?", [
        "cleared": "an active SAML session lets the link pass";
        "always": "the direct link is refused for such a team in any case";
    ],
        because: "The document does not say whether a sign-in through the identity provider clears the requirement.",
        requirements: ["WDL-ACC-13"],
        note: "Asserted only without a SAML session; the rest is recorded.";
    "WDL-R-url-shape", Family, "Which URL shape carries the path and the token?", [
        "query": "both are query parameters";
        "path": "the path follows the endpoint, the token is a query parameter";
    ],
        because: "The document does not fix where in the URL path and token stand.",
        requirements: ["WDL-HTTP-04", "WDL-JWT-22", "WDL-PATH-01"],
        note: "Taken from the target file, like the host and the place a code travels in.";
    "WDL-R-origin-claim", Family, "Is an origin claim needed?", [
        "unknown-to-document": "ignored or optional";
        "required": "needed where several origins are registered";
    ],
        because: "The document does not name an origin claim, and has no code for one that is missing.",
        requirements: ["WDL-MSG-03", "WDL-MSG-07", "WDL-MSG-08", "WDL-FRM-05"],
        note: "Failure code unknown; not asserted. An explicit null counts as absent or is refused, recorded.";
    "WDL-R-exp", Family, "Is exp looked at?", [
        "ignored": "only iat counts";
        "honoured": "an expired exp is refused";
    ],
        because: "The document bounds the age of a token by iat and does not speak of exp.",
        requirements: ["WDL-JWT-13", "WDL-JWT-16"],
        note: "A sane value must not break a good token. A spent exp beside a fresh iat is recorded, and what is answered to one spelling of an instant is answered to all.";
    "WDL-R-nbf", Family, "Is nbf looked at?", [
        "ignored": "only iat counts";
        "honoured": "a later nbf is refused";
    ],
        because: "The document bounds the age of a token by iat and does not speak of nbf.",
        requirements: ["WDL-JWT-13", "WDL-JWT-16"],
        note: "A sane value must not break a good token. A later nbf beside a fresh iat is recorded, and one spelling is answered as all.";
    "WDL-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", [
        "rejected": "refused, which is advised";
        "last-taken": "the last one counts";
    ],
        because: "RFC 7515 section 4 and RFC 7519 section 4 let a parser refuse a repeated member or take the last one.",
        requirements: ["WDL-JWT-19"],
        note: "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted).";
    "WDL-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", [
        "refused": "as no JSON";
        "ignored": "as if it were not there";
    ],
        because: "RFC 8259 section 8.1 lets a parser ignore a byte order mark or treat it as an error.",
        requirements: ["WDL-JWT-19"],
        note: "RFC 8259 section 8.1 allows both.";
    "WDL-R-typ-form", Recorded, "A header typ that is no string?", [
        "not-looked-at": "the token is judged by the rest of it";
        "refused": "a header whose typ is no media type is none";
    ],
        because: "typ is optional and for applications (RFC 7515 section 4.1.9), and no document says what one that is no string means.",
        requirements: ["WDL-JWT-16"],
        note: "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9).";
}
