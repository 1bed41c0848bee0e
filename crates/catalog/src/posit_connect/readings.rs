//! What the documents leave open about Posit Connect OAuth integrations.

families! { PositConnect;
    "PCO-R-no-session-code", Recorded, "Number for the no-session text?", [
        "220": "by the name in the code list";
        "218": "its neighbor";
        "other": "another number, or none";
    ],
        because: "The document prints the sentence without a number; the vendor's code list has one whose name fits, and a neighbor of it.",
        requirements: ["PCO-SE-01", "PCO-SE-02", "PCO-SE-07"],
        note: "Sentence asserted; number recorded.";
    "PCO-R-no-association-code", Recorded, "Number for the no-association text?", [
        "212": "by the name in the code list";
        "other": "another number, or none";
    ],
        because: "The document prints the sentence without a number; the vendor's code list has one whose name fits.",
        requirements: ["PCO-AS-01", "PCO-AS-02", "PCO-SE-07"],
        note: "Sentence asserted; number recorded.";
    "PCO-R-other-subject-token-codes", Family, "Code for a subject token that is rejected but not expired?", [
        "215": "one code for all causes";
        "finer": "12, 210, 211, 213, 214, 215, 216, 217, 236 or 252";
    ],
        because: "The document has the number of an expired subject token alone; the vendor's code list has finer ones for other causes.",
        requirements: ["PCO-ST-01", "PCO-ST-03", "PCO-ST-09"],
        note: "Missing or repeated form members: 12, 210, 211, 213, 214 or 215; other rejections: 214, 215, 216, 217, 236 or 252. An expired token is 215 (asserted).";
    "PCO-R-status", Family, "HTTP status of an error of Connect?", [
        "declared": "as the target file says";
        "400": "for each of its own errors";
    ],
        because: "The document shows the body of an error and not its HTTP status.",
        requirements: ["PCO-ST-01", "PCO-AS-01", "PCO-SE-01", "PCO-GN-02"],
        note: "Status recorded, never 2xx or 5xx.";
    "PCO-R-refresh-answer", Family, "How does a failed refresh show at Keycloak?", [
        "text": "the answer's text carries 400 Bad Request";
        "status": "HTTP status 400";
    ],
        because: "The document prints 400 Bad Request beside the provider's text and does not say whether it is the status of the answer or part of its text.",
        requirements: ["PCO-KC-02", "PCO-KC-03", "PCO-AZ-14"],
        note: "Either holds for Keycloak; for other providers only the sentence. Code 219 and the provider's error name are recorded.";
    "PCO-R-provider-text", Family, "How exactly must a provider's text match?", [
        "prefix": "documented start, quotes around IDs and a trailer ignored, heading and separator optional";
        "exact": "letter by letter";
    ],
        because: "The documented texts hold ids and trailers that differ from tenant to tenant, so the document cannot fix them letter by letter.",
        requirements: ["PCO-AZ-05", "PCO-AZ-14", "PCO-AZ-17", "PCO-KC-01", "PCO-SF-01"],
        note: "At login both the error name and its description appear. A provider that echoes a secret: leaving the secret out wins.";
    "PCO-R-early-refresh", Recorded, "May an access token be refreshed before it expires?", [
        "allowed": "also shortly before expiry";
        "only-after": "never before";
    ],
        because: "The document says that an expired access token is refreshed and not how long before its expiry that may happen.",
        requirements: ["PCO-RT-04", "PCO-KC-06"],
        note: "Tested with one hour for \"same token\" and 1 to 2 s for \"refreshed\".";
    "PCO-R-relogin-after-cure", Family, "Is a new login needed after scopes or a secret are corrected?", [
        "not-needed": "the next exchange works";
        "needed": "the viewer logs in again";
    ],
        because: "The document names what cures the error and does not say whether the viewer must log in again afterwards.",
        requirements: ["PCO-AZ-03", "PCO-AZ-07", "PCO-AZ-16", "PCO-KC-05"],
        note: "Scope cures log in again in the test; secret cures must work without.";
    "PCO-R-subject-token-internals", Family, "May the suite open or forge subject tokens?", [
        "opaque": "no";
        "declared": "yes, as the target file describes";
    ],
        because: "The document treats the subject token as opaque; only the target file can say what stands in it.",
        requirements: ["PCO-ST-05", "PCO-ST-07"],
        note: "Cases on the expiry inside the token run only with the second. A fresh token does not revoke the old one: not tested.";
    "PCO-R-connect-address", Family, "What is the server address in the redirect URI?", [
        "public": "the configured public address, one slash, no trailing slash";
        "request": "the address of the request";
    ],
        because: "The document shows the redirect URI with the server's address and does not say where a server takes that address from.",
        requirements: ["PCO-AZ-10", "PCO-AZ-11"],
        note: "The address comes from the target file.";
}
