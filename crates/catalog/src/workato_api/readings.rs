//! What the documents leave open about the Workato API platform.

use crate::Profile;
use crate::readings::Graded::{Family as ByFamily, Recorded, Set};
use crate::readings::{Family, Reading, family};

const HERE: Profile = Profile::WorkatoApi;

/// The families of this profile; the first reading of each is the reference's.
#[rustfmt::skip]
pub(super) static FAMILIES: &[Family] = &[
    family(HERE, "WAP-R-status", ByFamily, "With which status is a call without a valid key refused?", &[
        Reading { name: "403", meaning: "the document's status" },
        Reading { name: "401", meaning: "the newer page's status; one page of 2020 has it beside the old order" },
        Reading { name: "401-then-403", meaning: "as HTTP has it: 401 where no credentials came, 403 for a key that is not good" },
    ], &["WCL-04", "WCL-31", "WCL-09"],
        "One case a situation judges the status: no credentials, a signature that does not hold, a key nobody has. Every other refusal is judged by its outcome."),
    family(HERE, "WAP-R-claim-order", ByFamily, "Which of header kid and payload sub is looked at first?", &[
        Reading { name: "kid-before-sub", meaning: "the document's order" },
        Reading { name: "sub-before-kid", meaning: "the newer page's order" },
    ], &["WCL-13", "WCL-14", "WCL-05"],
        "The two names with workato in them come first under both. Cases in which only one claim is set, or all agree, hold under both."),
    family(HERE, "WAP-R-hmac-secret", ByFamily, "Which bytes are the HMAC key of a secret in base64?", &[
        Reading { name: "raw", meaning: "the text as entered" },
        Reading { name: "decoded", meaning: "the bytes the text decodes to" },
    ], &["WAP-SIG-03", "WAP-SIG-07"],
        "Base fixtures use a secret of at least 32 bytes that is not base64, so no other case depends on this."),
    family(HERE, "WAP-R-short-secret", ByFamily, "Is a secret under 256 bits usable?", &[
        Reading { name: "any-length", meaning: "any chosen value works" },
        Reading { name: "minimum-256", meaning: "refused when configured or when used" },
    ], &["WAP-SIG-03", "WAP-SIG-05", "WAP-SIG-06"],
        "The document says both \"any\" and 256 bits."),
    family(HERE, "WAP-R-kid-null", ByFamily, "A kid that is null?", &[
        Reading { name: "empty", meaning: "the next place is consulted" },
        Reading { name: "refused", meaning: "the token is refused outright" },
    ], &["WCL-06", "WCL-13"],
        "null counts as empty for the two Workato-named claims without question."),
    family(HERE, "WAP-R-sub-null", ByFamily, "A sub that is null?", &[
        Reading { name: "empty", meaning: "the next place is consulted" },
        Reading { name: "refused", meaning: "the token is refused outright" },
    ], &["WCL-06", "WCL-14"],
        "null counts as empty for the two Workato-named claims without question."),
    family(HERE, "WAP-R-blank-key", ByFamily, "A key claim that is only blanks, before a good one?", &[
        Reading { name: "non-empty", meaning: "taken and never matches" },
        Reading { name: "empty", meaning: "the next place is consulted" },
    ], &["WCL-06", "WCL-07", "WCL-08"],
        "A later good key must not be reached under the default."),
    family(HERE, "WAP-R-number-key", ByFamily, "A key claim that is a number, before a good one?", &[
        Reading { name: "non-empty", meaning: "taken and never matches" },
        Reading { name: "empty", meaning: "the next place is consulted" },
    ], &["WCL-06", "WCL-07", "WCL-08"],
        "A later good key must not be reached under the default."),
    family(HERE, "WAP-R-boolean-key", ByFamily, "A key claim that is true, before a good one?", &[
        Reading { name: "non-empty", meaning: "taken and never matches" },
        Reading { name: "empty", meaning: "the next place is consulted" },
    ], &["WCL-06", "WCL-07", "WCL-08"],
        "A later good key must not be reached under the default."),
    family(HERE, "WAP-R-list-key", ByFamily, "A key claim that is an empty list, before a good one?", &[
        Reading { name: "non-empty", meaning: "taken and never matches" },
        Reading { name: "empty", meaning: "the next place is consulted" },
    ], &["WCL-06", "WCL-07", "WCL-08"],
        "A later good key must not be reached under the default."),
    family(HERE, "WAP-R-object-key", ByFamily, "A key claim that is an empty object, before a good one?", &[
        Reading { name: "non-empty", meaning: "taken and never matches" },
        Reading { name: "empty", meaning: "the next place is consulted" },
    ], &["WCL-06", "WCL-07", "WCL-08"],
        "A later good key must not be reached under the default."),
    family(HERE, "WAP-R-namespace-blank", ByFamily, "Is the namespace claim name with a trailing blank recognized too?", &[
        Reading { name: "plain-only", meaning: "only the name without blank" },
        Reading { name: "both", meaning: "either spelling" },
    ], &["WCL-11", "WCL-15"],
        "Not tested. The plain name must be recognized."),
    family(HERE, "WAP-R-size-status", ByFamily, "Status of the size error?", &[
        Reading { name: "any-4xx", meaning: "any 4xx with the documented body" },
        Reading { name: "400", meaning: "that status" },
        Reading { name: "413", meaning: "that status" },
    ], &["WAP-CLM-07", "WAP-CLM-08"],
        "Recognized by its body; 200 and 5xx fail. Refusal judged, status recorded."),
    family(HERE, "WAP-R-size-and-verification", Recorded, "Payload too long and signature bad or key unknown?", &[
        Reading { name: "size-first", meaning: "the size error" },
        Reading { name: "verification-first", meaning: "the key or verification failure" },
    ], &["WAP-CLM-07", "WCL-09"],
        "Two faults; recorded."),
    family(HERE, "WAP-R-exp", ByFamily, "Is an expired token refused?", &[
        Reading { name: "not-looked-at", meaning: "expiry plays no part" },
        Reading { name: "honoured", meaning: "an exp in the past is refused" },
    ], &["WCL-02", "WCL-09", "WCL-10"],
        "No document asks for it. Never a must; a token without exp is accepted."),
    family(HERE, "WAP-R-nbf", ByFamily, "Is a token refused before its nbf?", &[
        Reading { name: "not-looked-at", meaning: "its start plays no part" },
        Reading { name: "honoured", meaning: "an nbf that lies ahead is refused" },
    ], &["WCL-02", "WCL-09", "WCL-10"],
        "No document asks for it. What is answered to one spelling of an instant is answered to all."),
    family(HERE, "WAP-R-exp-form", Recorded, "An exp that is no number?", &[
        Reading { name: "not-looked-at", meaning: "whatever it is" },
        Reading { name: "refused", meaning: "as no time, or as the past" },
    ], &["WCL-02", "WCL-09", "WCL-10"],
        "Judged one by one: who honours exp may read digits in a string and refuse a word."),
    family(HERE, "WAP-R-large-request", Recorded, "A payload too long for the header of a usual web server?", &[
        Reading { name: "documented", meaning: "the size error" },
        Reading { name: "front", meaning: "any 4xx of a server before it" },
    ], &["WAP-CLM-07", "WAP-CLM-08"],
        "Web servers bound a header at 8 KB and more. 200 and 5xx fail."),
    family(HERE, "WAP-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", &[
        Reading { name: "rejected", meaning: "refused, which is advised" },
        Reading { name: "last-taken", meaning: "the last one counts" },
    ], &["WCL-04"],
        "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted)."),
    family(HERE, "WAP-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", &[
        Reading { name: "refused", meaning: "as no JSON" },
        Reading { name: "ignored", meaning: "as if it were not there" },
    ], &["WCL-04"],
        "RFC 8259 section 8.1 allows both."),
    family(HERE, "WAP-R-openssh-key", ByFamily, "A public key given as the OpenSSH line?", &[
        Reading { name: "refused", meaning: "must be converted first" },
        Reading { name: "accepted", meaning: "taken as it is" },
    ], &["WAP-SIG-09", "WCL-25"],
        "Judged for the reference only; elsewhere recorded. PEM key and certificate are both accepted."),
    family(HERE, "WAP-R-disabled-profile", Set, "Key of a disabled profile, or of another collection?", &[
        Reading { name: "403", meaning: "not a valid access profile" },
        Reading { name: "401", meaning: "as a failed authentication" },
        Reading { name: "404", meaning: "as an unknown path" },
    ], &["WCL-03", "WCL-31"],
        "Refusal judged, status recorded."),
    family(HERE, "WAP-R-typ-form", Recorded, "A header typ that is no string?", &[
        Reading { name: "not-looked-at", meaning: "the token is judged by the rest of it" },
        Reading { name: "refused", meaning: "a header whose typ is no media type is none" },
    ], &["WAP-TOK-11"],
        "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9)."),
];
