//! What the documents leave open about the Workato API platform.

families! { WorkatoApi;
    "WAP-R-status", Family, "With which status is a call without a valid key refused?", [
        "403": "the document's status";
        "401": "the newer page's status; one page of 2020 has it beside the old order";
        "401-then-403": "as HTTP has it: 401 where no credentials came, 403 for a key that is not good";
    ],
        because: "The document says 403, a newer page 401, and HTTP tells missing credentials from a key that is not good.",
        requirements: ["WCL-04", "WCL-31", "WCL-09"],
        note: "One case a situation judges the status: no credentials, a signature that does not hold, a key nobody has. Every other refusal is judged by its outcome.";
    "WAP-R-claim-order", Family, "Which of header kid and payload sub is looked at first?", [
        "kid-before-sub": "the document's order";
        "sub-before-kid": "the newer page's order";
    ],
        because: "The document and the newer page name the places of the key in different orders.",
        requirements: ["WCL-13", "WCL-14", "WCL-05"],
        note: "The two names with workato in them come first under both. Cases in which only one claim is set, or all agree, hold under both.";
    "WAP-R-hmac-secret", Family, "Which bytes are the HMAC key of a secret in base64?", [
        "raw": "the text as entered";
        "decoded": "the bytes the text decodes to";
    ],
        because: "The document does not say whether a secret in base64 counts as entered or as what it decodes to.",
        requirements: ["WAP-SIG-03", "WAP-SIG-07"],
        note: "Base fixtures use a secret of at least 32 bytes that is not base64, so no other case depends on this.";
    "WAP-R-short-secret", Family, "Is a secret under 256 bits usable?", [
        "any-length": "any chosen value works";
        "minimum-256": "refused when configured or when used";
    ],
        because: "The document allows any value, and names 256 bits.",
        requirements: ["WAP-SIG-03", "WAP-SIG-05", "WAP-SIG-06"],
        note: "The document says both \"any\" and 256 bits.";
    "WAP-R-kid-null", Family, "A kid that is null?", [
        "empty": "the next place is consulted";
        "refused": "the token is refused outright";
    ],
        because: "The document passes over a place that is empty and does not say whether null is, where a registered name asks for a string.",
        requirements: ["WCL-06", "WCL-13"],
        note: "null counts as empty for the two Workato-named claims without question.";
    "WAP-R-sub-null", Family, "A sub that is null?", [
        "empty": "the next place is consulted";
        "refused": "the token is refused outright";
    ],
        because: "The document passes over a place that is empty and does not say whether null is, where a registered name asks for a string.",
        requirements: ["WCL-06", "WCL-14"],
        note: "null counts as empty for the two Workato-named claims without question.";
    "WAP-R-blank-key", Family, "A key claim that is only blanks, before a good one?", [
        "non-empty": "taken and never matches";
        "empty": "the next place is consulted";
    ],
        because: "The document passes over a place that is empty and does not say whether blanks are.",
        requirements: ["WCL-06", "WCL-07", "WCL-08"],
        note: "A later good key must not be reached under the default.";
    "WAP-R-number-key", Family, "A key claim that is a number, before a good one?", [
        "non-empty": "taken and never matches";
        "empty": "the next place is consulted";
    ],
        because: "The document passes over a place that is empty and does not speak of a number.",
        requirements: ["WCL-06", "WCL-07", "WCL-08"],
        note: "A later good key must not be reached under the default.";
    "WAP-R-boolean-key", Family, "A key claim that is true, before a good one?", [
        "non-empty": "taken and never matches";
        "empty": "the next place is consulted";
    ],
        because: "The document passes over a place that is empty and does not speak of a boolean.",
        requirements: ["WCL-06", "WCL-07", "WCL-08"],
        note: "A later good key must not be reached under the default.";
    "WAP-R-list-key", Family, "A key claim that is an empty list, before a good one?", [
        "non-empty": "taken and never matches";
        "empty": "the next place is consulted";
    ],
        because: "The document passes over a place that is empty and does not say whether an empty list is.",
        requirements: ["WCL-06", "WCL-07", "WCL-08"],
        note: "A later good key must not be reached under the default.";
    "WAP-R-object-key", Family, "A key claim that is an empty object, before a good one?", [
        "non-empty": "taken and never matches";
        "empty": "the next place is consulted";
    ],
        because: "The document passes over a place that is empty and does not say whether an empty object is.",
        requirements: ["WCL-06", "WCL-07", "WCL-08"],
        note: "A later good key must not be reached under the default.";
    "WAP-R-namespace-blank", Family, "Is the namespace claim name with a trailing blank recognized too?", [
        "plain-only": "only the name without blank";
        "both": "either spelling";
    ],
        because: "The name of the claim is printed with a blank behind it, which may be a slip.",
        requirements: ["WCL-11", "WCL-15"],
        note: "Not tested. The plain name must be recognized.";
    "WAP-R-size-status", Family, "Status of the size error?", [
        "any-4xx": "any 4xx with the documented body";
        "400": "that status";
        "413": "that status";
    ],
        because: "The document gives the body of the size error and not its status.",
        requirements: ["WAP-CLM-07", "WAP-CLM-08"],
        note: "Recognized by its body; 200 and 5xx fail. Refusal judged, status recorded.";
    "WAP-R-size-and-verification", Recorded, "Payload too long and signature bad or key unknown?", [
        "size-first": "the size error";
        "verification-first": "the key or verification failure";
    ],
        because: "The document does not say whether the size or the signature is looked at first.",
        requirements: ["WAP-CLM-07", "WCL-09"],
        note: "Two faults; recorded.";
    "WAP-R-exp", Family, "Is an expired token refused?", [
        "not-looked-at": "expiry plays no part";
        "honoured": "an exp in the past is refused";
    ],
        because: "No document asks for an expiry on this side.",
        requirements: ["WCL-02", "WCL-09", "WCL-10"],
        note: "No document asks for it. Never a must; a token without exp is accepted.";
    "WAP-R-nbf", Family, "Is a token refused before its nbf?", [
        "not-looked-at": "its start plays no part";
        "honoured": "an nbf that lies ahead is refused";
    ],
        because: "No document asks for a start on this side.",
        requirements: ["WCL-02", "WCL-09", "WCL-10"],
        note: "No document asks for it. What is answered to one spelling of an instant is answered to all.";
    "WAP-R-exp-form", Recorded, "An exp that is no number?", [
        "not-looked-at": "whatever it is";
        "refused": "as no time, or as the past";
    ],
        because: "No document asks for an expiry on this side, so none says what one that is no number means.",
        requirements: ["WCL-02", "WCL-09", "WCL-10"],
        note: "Judged one by one: who honours exp may read digits in a string and refuse a word.";
    "WAP-R-large-request", Recorded, "A payload too long for the header of a usual web server?", [
        "documented": "the size error";
        "front": "any 4xx of a server before it";
    ],
        because: "Web servers bound a header, usually at 8 KB and more, so one in front may refuse before the payload is measured.",
        requirements: ["WAP-CLM-07", "WAP-CLM-08"],
        note: "Web servers bound a header at 8 KB and more. 200 and 5xx fail.";
    "WAP-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", [
        "rejected": "refused, which is advised";
        "last-taken": "the last one counts";
    ],
        because: "RFC 7515 section 4 and RFC 7519 section 4 let a parser refuse a repeated member or take the last one.",
        requirements: ["WCL-04"],
        note: "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted).";
    "WAP-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", [
        "refused": "as no JSON";
        "ignored": "as if it were not there";
    ],
        because: "RFC 8259 section 8.1 lets a parser ignore a byte order mark or treat it as an error.",
        requirements: ["WCL-04"],
        note: "RFC 8259 section 8.1 allows both.";
    "WAP-R-openssh-key", Family, "A public key given as the OpenSSH line?", [
        "refused": "must be converted first";
        "accepted": "taken as it is";
    ],
        because: "The document has such a key converted first, and a server may take it as it is.",
        requirements: ["WAP-SIG-09", "WCL-25"],
        note: "Judged for the reference only; elsewhere recorded. PEM key and certificate are both accepted.";
    "WAP-R-disabled-profile", Set, "Key of a disabled profile, or of another collection?", [
        "403": "not a valid access profile";
        "401": "as a failed authentication";
        "404": "as an unknown path";
    ],
        because: "The document does not say what answers the key of a disabled profile or of another collection.",
        requirements: ["WCL-03", "WCL-31"],
        note: "Refusal judged, status recorded.";
    "WAP-R-typ-form", Recorded, "A header typ that is no string?", [
        "not-looked-at": "the token is judged by the rest of it";
        "refused": "a header whose typ is no media type is none";
    ],
        because: "typ is optional and for applications (RFC 7515 section 4.1.9), and no document says what one that is no string means.",
        requirements: ["WAP-TOK-11"],
        note: "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9).";
}
