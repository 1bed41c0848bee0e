//! What the documents leave open about Posit Connect OAuth integrations.

use crate::Profile;
use crate::readings::Graded::{Family as ByFamily, Recorded};
use crate::readings::{Family, Reading, family};

const HERE: Profile = Profile::PositConnect;

/// The families of this profile; the first reading of each is the reference's.
#[rustfmt::skip]
pub(super) static FAMILIES: &[Family] = &[
    family(HERE, "PCO-R-no-session-code", Recorded, "Number for the no-session text?", &[
        Reading { name: "220", meaning: "by the name in the code list" },
        Reading { name: "218", meaning: "its neighbor" },
        Reading { name: "other", meaning: "another number, or none" },
    ], &["PCO-SE-01", "PCO-SE-02", "PCO-SE-07"],
        "Sentence asserted; number recorded."),
    family(HERE, "PCO-R-no-association-code", Recorded, "Number for the no-association text?", &[
        Reading { name: "212", meaning: "by the name in the code list" },
        Reading { name: "other", meaning: "another number, or none" },
    ], &["PCO-AS-01", "PCO-AS-02", "PCO-SE-07"],
        "Sentence asserted; number recorded."),
    family(HERE, "PCO-R-other-subject-token-codes", ByFamily, "Code for a subject token that is rejected but not expired?", &[
        Reading { name: "215", meaning: "one code for all causes" },
        Reading { name: "finer", meaning: "12, 210, 211, 213, 214, 215, 216, 217, 236 or 252" },
    ], &["PCO-ST-01", "PCO-ST-03", "PCO-ST-09"],
        "Missing or repeated form members: 12, 210, 211, 213, 214 or 215; other rejections: 214, 215, 216, 217, 236 or 252. An expired token is 215 (asserted)."),
    family(HERE, "PCO-R-status", ByFamily, "HTTP status of an error of Connect?", &[
        Reading { name: "declared", meaning: "as the target file says" },
        Reading { name: "400", meaning: "for each of its own errors" },
    ], &["PCO-ST-01", "PCO-AS-01", "PCO-SE-01", "PCO-GN-02"],
        "Status recorded, never 2xx or 5xx."),
    family(HERE, "PCO-R-refresh-answer", ByFamily, "How does a failed refresh show at Keycloak?", &[
        Reading { name: "text", meaning: "the answer's text carries 400 Bad Request" },
        Reading { name: "status", meaning: "HTTP status 400" },
    ], &["PCO-KC-02", "PCO-KC-03", "PCO-AZ-14"],
        "Either holds for Keycloak; for other providers only the sentence. Code 219 and the provider's error name are recorded."),
    family(HERE, "PCO-R-provider-text", ByFamily, "How exactly must a provider's text match?", &[
        Reading { name: "prefix", meaning: "documented start, quotes around IDs and a trailer ignored, heading and separator optional" },
        Reading { name: "exact", meaning: "letter by letter" },
    ], &["PCO-AZ-05", "PCO-AZ-14", "PCO-AZ-17", "PCO-KC-01", "PCO-SF-01"],
        "At login both the error name and its description appear. A provider that echoes a secret: leaving the secret out wins."),
    family(HERE, "PCO-R-early-refresh", Recorded, "May an access token be refreshed before it expires?", &[
        Reading { name: "allowed", meaning: "also shortly before expiry" },
        Reading { name: "only-after", meaning: "never before" },
    ], &["PCO-RT-04", "PCO-KC-06"],
        "Tested with one hour for \"same token\" and 1 to 2 s for \"refreshed\"."),
    family(HERE, "PCO-R-relogin-after-cure", ByFamily, "Is a new login needed after scopes or a secret are corrected?", &[
        Reading { name: "not-needed", meaning: "the next exchange works" },
        Reading { name: "needed", meaning: "the viewer logs in again" },
    ], &["PCO-AZ-03", "PCO-AZ-07", "PCO-AZ-16", "PCO-KC-05"],
        "Scope cures log in again in the test; secret cures must work without."),
    family(HERE, "PCO-R-subject-token-internals", ByFamily, "May the suite open or forge subject tokens?", &[
        Reading { name: "opaque", meaning: "no" },
        Reading { name: "declared", meaning: "yes, as the target file describes" },
    ], &["PCO-ST-05", "PCO-ST-07"],
        "Cases on the expiry inside the token run only with the second. A fresh token does not revoke the old one: not tested."),
    family(HERE, "PCO-R-connect-address", ByFamily, "What is the server address in the redirect URI?", &[
        Reading { name: "public", meaning: "the configured public address, one slash, no trailing slash" },
        Reading { name: "request", meaning: "the address of the request" },
    ], &["PCO-AZ-10", "PCO-AZ-11"],
        "The address comes from the target file."),
];
