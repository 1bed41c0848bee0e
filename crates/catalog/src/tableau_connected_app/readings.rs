//! What the documents leave open about Tableau connected apps.

families! { TableauConnectedApp;
    "TCA-R-exp-too-long", Set, "Code for an expiry beyond the maximum?", [
        "10096": "the row about the period";
        "16": "the row about failed login";
    ],
        because: "Two rows fit: 10096 names the period, and 16 the failed login that an expiry beyond it leads to.",
        requirements: ["TCA-16-exp-long", "TCA-10096-exp", "TCA-10096-configured"],
        note: "An exp in milliseconds belongs here; its code is recorded.";
    "TCA-R-unknown-app", Set, "Code for a client ID that matches no app?", [
        "10089": "the sign-in row";
        "126": "the other row of the same name";
    ],
        because: "Two rows of one name, 10089 and 126, fit a client ID that matches no app.",
        requirements: ["TCA-126-missing", "TCA-126-ref", "TCA-10089-iss"];
    "TCA-R-disabled-app", Set, "Code for a disabled app?", [
        "10090": "its own row";
        "126": "whose text also asks for an enabled app";
    ],
        because: "Row 10090 names the disabled app, and the text of row 126 asks for an enabled one too.",
        requirements: ["TCA-126-enabled", "TCA-10090-disabled"];
    "TCA-R-unknown-secret", Set, "Code for a kid that names no secret of the app?", [
        "10085": "the row about keys";
        "127": "the row about secrets";
    ],
        because: "Two rows fit: 10085 speaks of keys, 127 of secrets.",
        requirements: ["TCA-127-id", "TCA-10085-kid"];
    "TCA-R-bad-signature", Recorded, "Code for a signature made with another secret value, or a changed payload?", [
        "127": "the only row that names the value";
        "other": "10085, 10084, 16 or another";
    ],
        because: "No row names a signature that does not hold; 127, which names the secret's value, comes closest.",
        requirements: ["TCA-127-value"],
        note: "The document comes closest with 127. Refusal judged, code recorded.";
    "TCA-R-scp-missing", Set, "Code for an absent (or null) scope claim?", [
        "10099": "the row about a missing claim";
        "10097": "which names missing as well as malformed";
    ],
        because: "Row 10099 names a missing claim, and row 10097 one that is missing or malformed.",
        requirements: ["TCA-10097-missing", "TCA-10099-scp"],
        note: "null takes either code.";
    "TCA-R-scp-empty", Family, "A scope list without an entry?", [
        "accepted": "it is a list";
        "10097": "malformed";
        "10099": "as if missing";
    ],
        because: "The document asks for a list and does not say how many scopes it must hold.",
        requirements: ["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"],
        note: "A string, object or number in place of the list is 10097 (asserted).";
    "TCA-R-scp-numbers", Family, "A scope list of numbers alone?", [
        "accepted": "it is a list";
        "10097": "malformed";
        "10099": "as if missing";
    ],
        because: "The document asks for a list and does not say of what type its entries must be.",
        requirements: ["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"];
    "TCA-R-scp-null", Family, "A scope list that holds null?", [
        "accepted": "it is a list";
        "10097": "malformed";
        "10099": "as if missing";
    ],
        because: "The document asks for a list and does not say of what type its entries must be.",
        requirements: ["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"];
    "TCA-R-scp-mixed", Family, "A scope list of a scope and a number?", [
        "accepted": "it is a list, or the scope alone counts";
        "10097": "malformed";
        "10099": "as if missing";
    ],
        because: "The document asks for a list and does not say what becomes of an entry that is no scope.",
        requirements: ["TCA-10097-list", "TCA-10097-ok", "TCA-10099-scp"];
    "TCA-R-on-demand", Set, "Code for on-demand access on a Cloud site without the usage-based license?", [
        "10101": "the row about the license";
        "67": "the row about the feature";
    ],
        because: "Two rows fit: 10101 names the license, 67 the feature.",
        requirements: ["TCA-67-oda", "TCA-67-cloud", "TCA-10101-ubp", "TCA-10101-ok"],
        note: "67 alone where the site is not Cloud; 10101 alone where the target declares its fixture. iframe path on a licensed site: 10102 alone.";
    "TCA-R-on-demand-unknown-sub", Family, "On-demand access with a subject nobody has, licensed site?", [
        "accepted": "a passing user is made";
        "refused": "5 or 16 as for any unknown user";
    ],
        because: "The document does not say whether on-demand access makes a user of a name nobody has.",
        requirements: ["TCA-5-unknown", "TCA-10101-ok", "TCA-16-sub-unknown"],
        note: "The document says neither; recorded.";
    "TCA-R-unknown-sub", Set, "Code for a subject that is no user?", [
        "5": "the row about the user";
        "16": "the row about failed login";
    ],
        because: "Two rows fit: 5 names the user, 16 the failed login.",
        requirements: ["TCA-5-unknown", "TCA-5-case", "TCA-16-sub-unknown"];
    "TCA-R-iss-place", Family, "iss in the payload only?", [
        "document": "refused with 10083";
        "observed": "accepted";
    ],
        because: "The document places iss in the header; servers have been observed that read it from the payload.",
        requirements: ["TCA-10083-iss", "TCA-10083-both"],
        note: "Header only is accepted and neither place is 10083 (both asserted). Values that differ between the places: refused, code recorded.";
    "TCA-R-client-id-name", Family, "Which member does the printed clientId mean?", [
        "iss": "the issuer, as the bracket says";
        "clientId": "a header member of that very name";
    ],
        because: "The document prints clientId and explains it in brackets as the issuer.",
        requirements: ["TCA-10083-iss", "TCA-10083-kid"];
    "TCA-R-empty-kid", Family, "kid present but empty?", [
        "10083": "as if missing";
        "lookup": "10085 or 127, as for one that names no secret";
    ],
        because: "The document speaks of an absent kid and of one that names no secret, and an empty one can be read as either.",
        requirements: ["TCA-10083-kid"],
        note: "An absent kid is 10083 alone (asserted).";
    "TCA-R-empty-iss", Family, "iss present but empty?", [
        "10083": "as if missing";
        "lookup": "10089 or 126, as for one that names no app";
    ],
        because: "The document speaks of an absent iss and of one that names no app, and an empty one can be read as either.",
        requirements: ["TCA-10083-iss"],
        note: "An absent iss is 10083 alone (asserted).";
    "TCA-R-expired-code", Recorded, "Code for an expiry in the past, for an absent one, or for nbf ahead?", [
        "other": "any";
        "16": "failed login";
        "10084": "time format";
        "10096": "expiry";
    ],
        because: "No row names an expiry that has passed or is absent, or a start that lies ahead; several come close.",
        requirements: ["TCA-exp-past"],
        note: "Refusal judged, code recorded.";
    "TCA-R-other-algorithm", Recorded, "Code for HS384, HS512 or an RSA algorithm?", [
        "other": "any refusal code";
        "10087": "known from another edition";
    ],
        because: "This edition of the document names no code for another algorithm; another edition has 10087.",
        requirements: ["TCA-127-value", "TCA-10098-unsigned"],
        note: "Refusal judged, code recorded.";
    "TCA-R-iat-ahead", Family, "An iat an hour ahead?", [
        "accepted": "the document speaks of its format only";
        "10084": "refused as time fault";
        "16": "refused as failed login";
    ],
        because: "The document asks for the format of iat and says nothing of its value.",
        requirements: ["TCA-10084-iat-format", "TCA-CLOCK-reject", "TCA-CLOCK-external"],
        note: "nbf ahead is refused (asserted).";
    "TCA-R-iat-milliseconds", Family, "An iat in milliseconds, which is far ahead?", [
        "accepted": "the document speaks of its format only";
        "10084": "refused as time fault";
        "16": "refused as failed login";
    ],
        because: "A time in milliseconds is a number, which is all that the document asks of iat, and lies far ahead.",
        requirements: ["TCA-10084-iat-format"],
        note: "A server may accept an iat some hours ahead and refuse one of another age, or none of them.";
    "TCA-R-iat-uncountable", Recorded, "An iat beyond every calendar, a number all the same?", [
        "refused": "with any code";
        "accepted": "its format is that of a number, and nothing else is asked of it";
    ],
        because: "RFC 7519 sets no bound to a NumericDate, and the document asks for the format of iat alone.",
        requirements: ["TCA-10084-iat-format"],
        note: "RFC 7519 sets no bound to a NumericDate.";
    "TCA-R-leeway-exp", Family, "How long after its exp is a token still accepted?", [
        "none": "not from its exp on";
        "5-s": "up to five seconds";
        "60-s": "up to a minute";
        "over-60-s": "more than a minute";
    ],
        because: "RFC 7519 section 4.1.4 allows a leeway of usually no more than a few minutes, and the document names none.",
        requirements: ["TCA-exp-past"],
        note: "RFC 7519 section 4.1.4 allows a small leeway. More than 300 s is advice, more than 600 s fails.";
    "TCA-R-leeway-nbf", Family, "How long before its nbf is a token already accepted?", [
        "none": "not before its nbf";
        "5-s": "up to five seconds";
        "60-s": "up to a minute";
        "over-60-s": "more than a minute";
    ],
        because: "RFC 7519 section 4.1.5 allows a leeway of usually no more than a few minutes, and the document names none.",
        requirements: ["TCA-exp-past"],
        note: "RFC 7519 section 4.1.5 allows a small leeway. More than 300 s is advice, more than 600 s fails.";
    "TCA-R-leeway-limit", Family, "How far beyond the longest lifetime is an exp still accepted?", [
        "none": "not a second";
        "5-s": "up to five seconds";
        "60-s": "up to a minute";
        "over-60-s": "more than a minute";
    ],
        because: "A leeway for the skew of clocks is allowed, and the document does not say whether it counts beyond the longest lifetime.",
        requirements: ["TCA-10096-exp", "TCA-10096-10min"],
        note: "Asked where the target file states the longest lifetime. More than 300 s is advice, more than 600 s fails.";
    "TCA-R-longest-lifetime", Family, "What is the longest lifetime of a token?", [
        "10-minutes": "the document's";
        "15-minutes": "that of an older page";
        "30-minutes": "that of a third";
    ],
        because: "The document says ten minutes, an older page fifteen, and a third page thirty.",
        requirements: ["TCA-10096-exp", "TCA-10096-configured", "TCA-16-exp-long"],
        note: "Ten minutes are accepted and an hour is refused under all of them. A leeway of more than three minutes shows as the next one. The target file may state its own value, `limits.longest_lifetime`, which the cases then follow.";
    "TCA-R-duplicate-member", Recorded, "A member that stands twice, the value that is no good first?", [
        "rejected": "refused, which is advised";
        "last-taken": "the last one counts";
    ],
        because: "RFC 7515 section 4 and RFC 7519 section 4 let a parser refuse a repeated member or take the last one.",
        requirements: ["TCA-10083-kid", "TCA-10094-jti"],
        note: "RFC 7515 section 4 and RFC 7519 section 4 allow both, and neither allows the first one taken (asserted).";
    "TCA-R-byte-order-mark", Recorded, "A byte order mark before header or payload?", [
        "refused": "with any code";
        "ignored": "as if it were not there";
    ],
        because: "RFC 8259 section 8.1 lets a parser ignore a byte order mark or treat it as an error.",
        requirements: ["TCA-10083-kid", "TCA-10094-jti"],
        note: "RFC 8259 section 8.1 allows both.";
    "TCA-R-validity-from", Family, "From where are the ten minutes measured?", [
        "now": "from the server's time";
        "iat": "from the issue time";
    ],
        because: "The document does not say whether the ten minutes count from the issue time or from the server's own.",
        requirements: [
            "TCA-10096-exp", "TCA-10096-10min", "TCA-16-exp-10min", "TCA-10096-configured",
        ],
        note: "Accept cases hold both measures (at most 540 s each, and ten minutes exactly where the suite sets the clock), reject cases break both by more than 600 s. Leeway is measured (TCA-R-leeway-limit).";
    "TCA-R-size-counted", Family, "8000 bytes of what?", [
        "compact": "the compact form";
        "decoded": "the decoded parts";
    ],
        because: "The document names 8000 bytes and does not say whether they are those of the compact form or of the decoded parts.",
        requirements: ["TCA-10103-size", "TCA-10103-limit"],
        note: "Compact 8000 and less accepted, above about 10,700 refused (must); between them the reading decides.";
    "TCA-R-few-parts", Set, "Unsigned token of fewer than three parts?", [
        "10098": "unsigned";
        "10084": "cannot be parsed";
        "10083": "no header";
    ],
        because: "An unsigned token of fewer than three parts is unsigned, unreadable and without a header at once, and a row names each.",
        requirements: ["TCA-10098-unsigned"],
        note: "Three-part none and a five-part encrypted token are 10098 alone (asserted).";
    "TCA-R-aud-list", Family, "aud as a list that holds tableau alone?", [
        "refused": "10084, since the value is not tableau";
        "accepted": "as RFC 7519 section 4.1.3 reads it";
    ],
        because: "The document asks for the value tableau, and RFC 7519 section 4.1.3 lets the claim be a list.",
        requirements: ["TCA-10084-aud"],
        note: "A list without tableau is 10084 (asserted).";
    "TCA-R-aud-list-others", Recorded, "aud as a list that holds tableau and something else?", [
        "refused": "10084";
        "accepted": "one of them is enough";
    ],
        because: "The document asks for the value tableau, and RFC 7519 section 4.1.3 lets it stand in a list beside others.",
        requirements: ["TCA-10084-aud"],
        note: "Judged one by one: what stands beside it may be a string or not.";
    "TCA-R-empty-jti", Recorded, "A jti that is the empty string?", [
        "refused": "as if missing, 10094 or 10084";
        "accepted-once": "present and a string, so good for one use";
    ],
        because: "The document asks for an id; an empty string is present and a string (RFC 7519 section 4.1.7), and tells tokens apart once.",
        requirements: ["TCA-10094-jti"],
        note: "10091 where an earlier run used it.";
    "TCA-R-empty-list-no-origin", Set, "Restricted embedding, empty list, no Origin?", [
        "10092": "not listed";
        "10106": "Origin not set";
    ],
        because: "Two rows fit: 10092 names what is not listed, 10106 an Origin that is not set.",
        requirements: ["TCA-10092-unlisted", "TCA-10106-origin", "TCA-10106-pre"],
        note: "Refusal asserted. A valid Origin there is 10092.";
    "TCA-R-origin-null", Set, "Code for Origin: null under a list with a URL?", [
        "10105": "it is no valid URL";
        "10092": "it is not listed";
    ],
        because: "The text null is no URL, which row 10105 names, and is not listed, which row 10092 names.",
        requirements: ["TCA-10105-origin", "TCA-10092-unlisted"],
        note: "Refusal judged, code recorded. Several Origins, port and scheme matching are not tested.";
    "TCA-R-bare-host", Family, "Does a bare host in the list count as a URL?", [
        "no": "10105 and 10106 need a full URL in the list, else 10092";
        "yes": "any entry will do";
    ],
        because: "Rows 10105 and 10106 speak of a URL in the list and do not say whether a bare host counts as one.",
        requirements: ["TCA-10105-origin", "TCA-10106-origin", "TCA-10092-unlisted"],
        note: "Base cases use full origins in the list.";
    "TCA-R-allowlist-layer", Family, "Which allowlist is consulted?", [
        "site": "the site setting the document names";
        "app": "the list of the app";
    ],
        because: "The document names a setting of the site, and an app has a list of its own.",
        requirements: ["TCA-10092-listed", "TCA-10092-method", "TCA-10092-unrestricted"],
        note: "The wire names differ from the printed parameter; they come from the target file.";
    "TCA-R-allowlist-characters", Family, "Which characters are invalid in the allowlist?", [
        "certain": "controls, angle brackets, double quote, backtick, backslash, braces, bar, caret";
        "declared": "further ones the target file names";
    ],
        because: "The document speaks of invalid characters in the allowlist and does not list them.",
        requirements: ["TCA-133-char", "TCA-133-one"],
        note: "Comma, semicolon, apostrophe, underscore, percent and path signs are not tested. Entries are separated by blanks.";
    "TCA-R-jti-spent-when", Family, "When is a jti spent, and how far does it reach?", [
        "on-success": "by a sign-in that succeeds";
        "on-presentation": "by any token whose signature holds";
        "on-good-token": "once the token itself is good, whatever is wrong with its user";
    ],
        because: "The document refuses a jti that was used and does not say whether a refused sign-in uses it.",
        requirements: ["TCA-10091-replay", "TCA-10091-fresh", "TCA-10091-same-jti", "TCA-67-oda"],
        note: "A refusal with 67 never spends it. Judged inside one app only.";
    "TCA-R-jti-memory", Recorded, "How long is a spent jti remembered?", [
        "window": "only while the token that spent it could still be accepted";
        "no-end": "a fresh token with the same jti is refused whenever the suite can wait";
    ],
        because: "The document sets no end to how long a used jti counts, and once its token has run out nobody can present that again.",
        requirements: ["TCA-10091-same-jti"],
        note: "Must: replay of the same token while it is valid. A fresh token with the same jti, later, is recorded after an hour and a day: no-end is known only as far as was tried.";
    "TCA-R-rest-code", Family, "Does the REST answer carry the fine code?", [
        "none": "refused, code not observable";
        "header": "in a response header";
        "detail": "in brackets at the end of the detail text";
    ],
        because: "The document lists the codes and does not say where an answer of the REST API carries them.",
        requirements: ["TCA-CTX-surfaces", "TCA-CTX-inspectable"],
        note: "An opaque refusal passes as a refusal and is counted apart.";
    "TCA-R-failure-status", Set, "Status of a failed XHR sign-in?", [
        "401": "as REST sign-in";
        "403": "forbidden";
    ],
        because: "The document names no HTTP status for a sign-in of an embedded view that is refused.",
        requirements: ["TCA-CTX-surfaces", "TCA-CTX-inspectable"],
        note: "Status recorded; a 200 with an error body fails on REST and XHR. The iframe path is not covered.";
    "TCA-R-management-answer", Recorded, "Answer of the management methods to an unknown ID, a third secret or a bad allowlist?", [
        "any-4xx": "any 4xx for the last two, 404 for an unknown ID";
        "declared": "as the target file says";
    ],
        because: "The document describes the methods and does not say with which status they refuse.",
        requirements: ["TCA-128-third", "TCA-133-char", "TCA-126-missing", "TCA-127-id"],
        note: "The code of an unknown ID is not judged there.";
    "TCA-R-oda-value", Family, "Form of the on-demand claim?", [
        "string": "\"true\"";
        "boolean": "true";
    ],
        because: "The document names the claim and does not give the form of its value.",
        requirements: ["TCA-67-oda", "TCA-10101-ok", "TCA-10102-iframe"],
        note: "The document does not give it; taken from the target file.";
    "TCA-R-typ-form", Recorded, "A header typ that is no string?", [
        "not-looked-at": "the token is judged by the rest of it";
        "refused": "a header whose typ is no media type is none";
    ],
        because: "typ is optional and for applications (RFC 7515 section 4.1.9), and no document says what one that is no string means.",
        requirements: ["TCA-10083-kid"],
        note: "Either, and never a 5xx: the member is optional and for applications (RFC 7515 section 4.1.9).";
}
