//! What the documents leave open about Tableau connected apps.

use crate::Profile;
use crate::readings::Graded::{Family as ByFamily, Recorded, Set};
use crate::readings::{Family, Reading, family};

const HERE: Profile = Profile::TableauConnectedApp;

/// The families of this profile; the first reading of each is the reference's.
#[rustfmt::skip]
pub(super) static FAMILIES: &[Family] = &[
    family(HERE, "TCA-R-exp-too-long", Set, "Code for an expiry beyond the maximum?", &[
        Reading { name: "10096", meaning: "the row about the period" },
        Reading { name: "16", meaning: "the row about failed login" },
    ], &["TCA-16-exp-long", "TCA-10096-exp", "TCA-10096-configured"],
        "An exp in milliseconds belongs here; its code is recorded."),
    family(HERE, "TCA-R-unknown-app", Set, "Code for a client ID that matches no app?", &[
        Reading { name: "10089", meaning: "the sign-in row" },
        Reading { name: "126", meaning: "the other row of the same name" },
    ], &["TCA-126-missing", "TCA-126-ref", "TCA-10089-iss"],
        ""),
    family(HERE, "TCA-R-disabled-app", Set, "Code for a disabled app?", &[
        Reading { name: "10090", meaning: "its own row" },
        Reading { name: "126", meaning: "whose text also asks for an enabled app" },
    ], &["TCA-126-enabled", "TCA-10090-disabled"],
        ""),
    family(HERE, "TCA-R-unknown-secret", Set, "Code for a kid that names no secret of the app?", &[
        Reading { name: "10085", meaning: "the row about keys" },
        Reading { name: "127", meaning: "the row about secrets" },
    ], &["TCA-127-id", "TCA-10085-kid"],
        ""),
    family(HERE, "TCA-R-bad-signature", Recorded, "Code for a signature made with another secret value, or a changed payload?", &[
        Reading { name: "127", meaning: "the only row that names the value" },
        Reading { name: "other", meaning: "10085, 10084, 16 or another" },
    ], &["TCA-127-value"],
        "The document comes closest with 127. Refusal judged, code recorded."),
    family(HERE, "TCA-R-scp-missing", Set, "Code for an absent (or null) scope claim?", &[
        Reading { name: "10099", meaning: "the row about a missing claim" },
        Reading { name: "10097", meaning: "which names missing as well as malformed" },
    ], &["TCA-10097-missing", "TCA-10099-scp"],
        "null takes either code."),
    family(HERE, "TCA-R-scp-empty", ByFamily, "A scope list without an entry?", &[
        Reading { name: "accepted", meaning: "it is a list" },
        Reading { name: "10097", meaning: "malformed" },
        Reading { name: "10099", meaning: "as if missing" },
    ], &["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"],
        "A string, object or number in place of the list is 10097 (asserted)."),
    family(HERE, "TCA-R-scp-numbers", ByFamily, "A scope list of numbers alone?", &[
        Reading { name: "accepted", meaning: "it is a list" },
        Reading { name: "10097", meaning: "malformed" },
        Reading { name: "10099", meaning: "as if missing" },
    ], &["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"],
        ""),
    family(HERE, "TCA-R-scp-null", ByFamily, "A scope list that holds null?", &[
        Reading { name: "accepted", meaning: "it is a list" },
        Reading { name: "10097", meaning: "malformed" },
        Reading { name: "10099", meaning: "as if missing" },
    ], &["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"],
        ""),
    family(HERE, "TCA-R-scp-mixed", ByFamily, "A scope list of a scope and a number?", &[
        Reading { name: "accepted", meaning: "it is a list, or the scope alone counts" },
        Reading { name: "10097", meaning: "malformed" },
        Reading { name: "10099", meaning: "as if missing" },
    ], &["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"],
        ""),
    family(HERE, "TCA-R-on-demand", Set, "Code for on-demand access on a Cloud site without the usage-based license?", &[
        Reading { name: "10101", meaning: "the row about the license" },
        Reading { name: "67", meaning: "the row about the feature" },
    ], &["TCA-67-oda", "TCA-67-cloud", "TCA-10101-ubp", "TCA-10101-ok"],
        "67 alone where the site is not Cloud; 10101 alone where the target declares its fixture. iframe path on a licensed site: 10102 alone."),
    family(HERE, "TCA-R-on-demand-unknown-sub", ByFamily, "On-demand access with a subject nobody has, licensed site?", &[
        Reading { name: "accepted", meaning: "a passing user is made" },
        Reading { name: "refused", meaning: "5 or 16 as for any unknown user" },
    ], &["TCA-5-unknown", "TCA-10101-ok", "TCA-16-sub-unknown"],
        "The document says neither; recorded."),
    family(HERE, "TCA-R-unknown-sub", Set, "Code for a subject that is no user?", &[
        Reading { name: "5", meaning: "the row about the user" },
        Reading { name: "16", meaning: "the row about failed login" },
    ], &["TCA-5-unknown", "TCA-5-case", "TCA-16-sub-unknown"],
        ""),
    family(HERE, "TCA-R-iss-place", ByFamily, "iss in the payload only?", &[
        Reading { name: "document", meaning: "refused with 10083" },
        Reading { name: "observed", meaning: "accepted" },
    ], &["TCA-10083-iss", "TCA-10083-both"],
        "Header only is accepted and neither place is 10083 (both asserted). Values that differ between the places: refused, code recorded."),
    family(HERE, "TCA-R-client-id-name", ByFamily, "Which member does the printed clientId mean?", &[
        Reading { name: "iss", meaning: "the issuer, as the bracket says" },
        Reading { name: "clientId", meaning: "a header member of that very name" },
    ], &["TCA-10083-iss", "TCA-10083-kid"],
        ""),
    family(HERE, "TCA-R-empty-kid", ByFamily, "kid present but empty?", &[
        Reading { name: "10083", meaning: "as if missing" },
        Reading { name: "lookup", meaning: "10085 or 127, as for one that names no secret" },
    ], &["TCA-10083-kid"],
        "An absent kid is 10083 alone (asserted)."),
    family(HERE, "TCA-R-empty-iss", ByFamily, "iss present but empty?", &[
        Reading { name: "10083", meaning: "as if missing" },
        Reading { name: "lookup", meaning: "10089 or 126, as for one that names no app" },
    ], &["TCA-10083-iss"],
        "An absent iss is 10083 alone (asserted)."),
    family(HERE, "TCA-R-expired-code", Recorded, "Code for an expiry in the past, for an absent one, or for nbf ahead?", &[
        Reading { name: "other", meaning: "any" },
        Reading { name: "16", meaning: "failed login" },
        Reading { name: "10084", meaning: "time format" },
        Reading { name: "10096", meaning: "expiry" },
    ], &["TCA-exp-past"],
        "Refusal judged, code recorded."),
    family(HERE, "TCA-R-other-algorithm", Recorded, "Code for HS384, HS512 or an RSA algorithm?", &[
        Reading { name: "other", meaning: "any refusal code" },
        Reading { name: "10087", meaning: "known from another edition" },
    ], &["TCA-127-value", "TCA-10098-unsigned"],
        "Refusal judged, code recorded."),
    family(HERE, "TCA-R-iat-ahead", ByFamily, "An iat an hour ahead?", &[
        Reading { name: "accepted", meaning: "the document speaks of its format only" },
        Reading { name: "10084", meaning: "refused as time fault" },
        Reading { name: "16", meaning: "refused as failed login" },
    ], &["TCA-10084-iat-format", "TCA-CLOCK-reject", "TCA-CLOCK-external"],
        "nbf ahead is refused (asserted)."),
    family(HERE, "TCA-R-iat-milliseconds", ByFamily, "An iat in milliseconds, which is far ahead?", &[
        Reading { name: "accepted", meaning: "the document speaks of its format only" },
        Reading { name: "10084", meaning: "refused as time fault" },
        Reading { name: "16", meaning: "refused as failed login" },
    ], &["TCA-10084-iat-format"],
        "A server may accept an iat some hours ahead and refuse one of another age, or none of them."),
    family(HERE, "TCA-R-iat-uncountable", Recorded, "An iat beyond every calendar, a number all the same?", &[
        Reading { name: "refused", meaning: "with any code" },
        Reading { name: "accepted", meaning: "its format is that of a number, and nothing else is asked of it" },
    ], &["TCA-10084-iat-format"],
        "RFC 7519 sets no bound to a NumericDate."),
    family(HERE, "TCA-R-leeway-exp", ByFamily, "How long after its exp is a token still accepted?", &[
        Reading { name: "none", meaning: "not from its exp on" },
        Reading { name: "5-s", meaning: "up to five seconds" },
        Reading { name: "60-s", meaning: "up to a minute" },
        Reading { name: "over-60-s", meaning: "more than a minute" },
    ], &["TCA-exp-past"],
        "RFC 7519 section 4.1.4 allows a small leeway. More than 300 s is advice, more than 600 s fails."),
    family(HERE, "TCA-R-leeway-nbf", ByFamily, "How long before its nbf is a token already accepted?", &[
        Reading { name: "none", meaning: "not before its nbf" },
        Reading { name: "5-s", meaning: "up to five seconds" },
        Reading { name: "60-s", meaning: "up to a minute" },
        Reading { name: "over-60-s", meaning: "more than a minute" },
    ], &["TCA-exp-past"],
        "RFC 7519 section 4.1.5 allows a small leeway. More than 300 s is advice, more than 600 s fails."),
    family(HERE, "TCA-R-leeway-limit", ByFamily, "How far beyond the longest lifetime is an exp still accepted?", &[
        Reading { name: "none", meaning: "not a second" },
        Reading { name: "5-s", meaning: "up to five seconds" },
        Reading { name: "60-s", meaning: "up to a minute" },
        Reading { name: "over-60-s", meaning: "more than a minute" },
    ], &["TCA-10096-exp", "TCA-10096-10min"],
        "Asked where the target file states the longest lifetime. More than 300 s is advice, more than 600 s fails."),
    family(HERE, "TCA-R-longest-lifetime", ByFamily, "What is the longest lifetime of a token?", &[
        Reading { name: "10-minutes", meaning: "the document's" },
        Reading { name: "15-minutes", meaning: "that of an older page" },
        Reading { name: "30-minutes", meaning: "that of a third" },
    ], &["TCA-10096-exp", "TCA-10096-configured", "TCA-16-exp-long"],
        "Ten minutes are accepted and an hour is refused under all of them. A leeway of more than three minutes shows as the next one. The target file may state its own value, `limits.longest_lifetime`, which the cases then follow."),
    family(HERE, "TCA-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", &[
        Reading { name: "rejected", meaning: "refused, which is advised" },
        Reading { name: "last-taken", meaning: "the last one counts" },
    ], &["TCA-10083-kid", "TCA-10094-jti"],
        "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted)."),
    family(HERE, "TCA-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", &[
        Reading { name: "refused", meaning: "with any code" },
        Reading { name: "ignored", meaning: "as if it were not there" },
    ], &["TCA-10083-kid", "TCA-10094-jti"],
        "RFC 8259 section 8.1 allows both."),
    family(HERE, "TCA-R-validity-from", ByFamily, "From where are the ten minutes measured?", &[
        Reading { name: "now", meaning: "from the server's time" },
        Reading { name: "iat", meaning: "from the issue time" },
    ], &["TCA-10096-exp", "TCA-10096-10min", "TCA-16-exp-10min", "TCA-10096-configured"],
        "Accept cases hold both measures (at most 540 s each, and ten minutes exactly where the suite sets the clock), reject cases break both by more than 600 s. Leeway is measured (TCA-R-leeway-limit)."),
    family(HERE, "TCA-R-size-counted", ByFamily, "8000 bytes of what?", &[
        Reading { name: "compact", meaning: "the compact form" },
        Reading { name: "decoded", meaning: "the decoded parts" },
    ], &["TCA-10103-size", "TCA-10103-limit"],
        "Compact 8000 and less accepted, above about 10,700 refused (must); between them the reading decides."),
    family(HERE, "TCA-R-few-parts", Set, "Unsigned token of fewer than three parts?", &[
        Reading { name: "10098", meaning: "unsigned" },
        Reading { name: "10084", meaning: "cannot be parsed" },
        Reading { name: "10083", meaning: "no header" },
    ], &["TCA-10098-unsigned"],
        "Three-part none and a five-part encrypted token are 10098 alone (asserted)."),
    family(HERE, "TCA-R-aud-list", ByFamily, "aud as a list that holds tableau alone?", &[
        Reading { name: "refused", meaning: "10084, since the value is not tableau" },
        Reading { name: "accepted", meaning: "as RFC 7519 section 4.1.3 reads it" },
    ], &["TCA-10084-aud"],
        "A list without tableau is 10084 (asserted)."),
    family(HERE, "TCA-R-aud-list-others", Recorded, "aud as a list that holds tableau and something else?", &[
        Reading { name: "refused", meaning: "10084" },
        Reading { name: "accepted", meaning: "one of them is enough" },
    ], &["TCA-10084-aud"],
        "Judged one by one: what stands beside it may be a string or not."),
    family(HERE, "TCA-R-empty-jti", Recorded, "A jti that is the empty string?", &[
        Reading { name: "refused", meaning: "as if missing, 10094 or 10084" },
        Reading { name: "accepted-once", meaning: "present and a string, so good for one use" },
    ], &["TCA-10094-jti"],
        "10091 where an earlier run used it."),
    family(HERE, "TCA-R-empty-list-no-origin", Set, "Restricted embedding, empty list, no Origin?", &[
        Reading { name: "10092", meaning: "not listed" },
        Reading { name: "10106", meaning: "Origin not set" },
    ], &["TCA-10092-unlisted", "TCA-10106-origin", "TCA-10106-pre"],
        "Refusal asserted. A valid Origin there is 10092."),
    family(HERE, "TCA-R-origin-null", Set, "Code for Origin: null under a list with a URL?", &[
        Reading { name: "10105", meaning: "it is no valid URL" },
        Reading { name: "10092", meaning: "it is not listed" },
    ], &["TCA-10105-origin", "TCA-10092-unlisted"],
        "Refusal judged, code recorded. Several Origins, port and scheme matching are not tested."),
    family(HERE, "TCA-R-bare-host", ByFamily, "Does a bare host in the list count as a URL?", &[
        Reading { name: "no", meaning: "10105 and 10106 need a full URL in the list, else 10092" },
        Reading { name: "yes", meaning: "any entry will do" },
    ], &["TCA-10105-origin", "TCA-10106-origin", "TCA-10092-unlisted"],
        "Base cases use full origins in the list."),
    family(HERE, "TCA-R-allowlist-layer", ByFamily, "Which allowlist is consulted?", &[
        Reading { name: "site", meaning: "the site setting the document names" },
        Reading { name: "app", meaning: "the list of the app" },
    ], &["TCA-10092-listed", "TCA-10092-method", "TCA-10092-unrestricted"],
        "The wire names differ from the printed parameter; they come from the target file."),
    family(HERE, "TCA-R-allowlist-characters", ByFamily, "Which characters are invalid in the allowlist?", &[
        Reading { name: "certain", meaning: "controls, angle brackets, double quote, backtick, backslash, braces, bar, caret" },
        Reading { name: "declared", meaning: "further ones the target file names" },
    ], &["TCA-133-char", "TCA-133-one"],
        "Comma, semicolon, apostrophe, underscore, percent and path signs are not tested. Entries are separated by blanks."),
    family(HERE, "TCA-R-jti-spent-when", ByFamily, "When is a jti spent, and how far does it reach?", &[
        Reading { name: "on-success", meaning: "by a sign-in that succeeds" },
        Reading { name: "on-presentation", meaning: "by any token whose signature holds" },
        Reading { name: "on-good-token", meaning: "once the token itself is good, whatever is wrong with its user" },
    ], &["TCA-10091-replay", "TCA-10091-fresh", "TCA-10091-same-jti", "TCA-67-oda"],
        "A refusal with 67 never spends it. Judged inside one app only."),
    family(HERE, "TCA-R-jti-memory", Recorded, "How long is a spent jti remembered?", &[
        Reading { name: "window", meaning: "only while the token that spent it could still be accepted" },
        Reading { name: "no-end", meaning: "a fresh token with the same jti is refused whenever the suite can wait" },
    ], &["TCA-10091-same-jti"],
        "Must: replay of the same token while it is valid. A fresh token with the same jti, later, is recorded after an hour and a day: no-end is known only as far as was tried."),
    family(HERE, "TCA-R-rest-code", ByFamily, "Does the REST answer carry the fine code?", &[
        Reading { name: "none", meaning: "refused, code not observable" },
        Reading { name: "header", meaning: "in a response header" },
        Reading { name: "detail", meaning: "in brackets at the end of the detail text" },
    ], &["TCA-CTX-surfaces", "TCA-CTX-inspectable"],
        "An opaque refusal passes as a refusal and is counted apart."),
    family(HERE, "TCA-R-failure-status", Set, "Status of a failed XHR sign-in?", &[
        Reading { name: "401", meaning: "as REST sign-in" },
        Reading { name: "403", meaning: "forbidden" },
    ], &["TCA-CTX-surfaces", "TCA-CTX-inspectable"],
        "Status recorded; a 200 with an error body fails on REST and XHR. The iframe path is not covered."),
    family(HERE, "TCA-R-management-answer", Recorded, "Answer of the management methods to an unknown ID, a third secret or a bad allowlist?", &[
        Reading { name: "any-4xx", meaning: "any 4xx for the last two, 404 for an unknown ID" },
        Reading { name: "declared", meaning: "as the target file says" },
    ], &["TCA-128-third", "TCA-133-char", "TCA-126-missing", "TCA-127-id"],
        "The code of an unknown ID is not judged there."),
    family(HERE, "TCA-R-oda-value", ByFamily, "Form of the on-demand claim?", &[
        Reading { name: "string", meaning: "\"true\"" },
        Reading { name: "boolean", meaning: "true" },
    ], &["TCA-67-oda", "TCA-10101-ok", "TCA-10102-iframe"],
        "The document does not give it; taken from the target file."),
    family(HERE, "TCA-R-typ-form", Recorded, "A header typ that is no string?", &[
        Reading { name: "not-looked-at", meaning: "the token is judged by the rest of it" },
        Reading { name: "refused", meaning: "a header whose typ is no media type is none" },
    ], &["TCA-10083-kid"],
        "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9)."),
];
