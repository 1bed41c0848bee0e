//! What is answered wrongly, whatever was decided.

use claimproof_server::CODE_HEADER;

use super::PROFILE;
use crate::mutant::Breaks::{EveryAcceptance, EveryRefusal};
use crate::shared::{header, reply};

mutants! {
    pub(super) fn mutants in PROFILE, reply;

    "codeless", "Refusals carry no code", EveryRefusal =>
        |reply| reply.headers.retain(|(name, _)| *name != CODE_HEADER);
    "crashes", "Every refusal is a 500 without a code", EveryRefusal =>
        |reply| {
            if reply.refuses {
                reply.status = 500;
                reply.headers.retain(|(name, _)| *name != CODE_HEADER);
            }
        };
    // What comes with an answer is looked at on the answer to a malformed token.
    "crashes-on-malformed", "A token that cannot be read is a 500",
        ["WDL-JWT-18", "WDL-JWT-19", "WDL-JWT-22", "RFC7515-4.1.11", "CPX-crit-form",
         "RFC7797-7", "WDL-JWT-10", "WDL-JWT-21", "CPX-once", "RFC7515-7.1", "RFC7515-2",
         "CPX-mark", "CPX-secret", "CPX-token-kept"] =>
        |reply| {
            if reply.headers.contains(&(CODE_HEADER, "token_invalid".to_owned())) {
                reply.status = 500;
            }
        };
    "frames-everyone", "No framing header for owner and manager, and the page is shown",
        ["WDL-FRM-01", "WDL-FRM-02", "WDL-FRM-03"] =>
        |reply| {
            if reply.headers.iter().any(|(name, _)| *name == "x-frame-options") {
                reply.headers.retain(|(name, _)| *name != "x-frame-options");
                reply.headers.push(("set-cookie", "session=1; Secure; SameSite=None".to_owned()));
                reply.status = 200;
            }
        };
    "cookie-for-one-site", "The session cookie says nothing of other sites", ["WDL-BRW-07"] =>
        |reply| header(reply, "set-cookie", |value| *value = value.replace("; SameSite=None", ""));
    "framed-by-all", "Every site may frame the page", ["CPX-framed-by"] =>
        |reply| header(reply, "content-security-policy", |value| value.push_str(" *"));
    "frames-default-origin", "The origin set for a customer is not used",
        ["WDL-MSG-08", "WDL-FRM-05"] =>
        |reply| header(reply, "content-security-policy", |value| {
            "frame-ancestors https://partner.example".clone_into(value);
        });
    strict "frames-other-origin",
        "The page of a customer with an origin of its own may not be framed",
        EveryAcceptance =>
        |reply| {
            header(reply, "content-security-policy", |value| {
                if !value.contains("partner.example") {
                    "frame-ancestors 'none'".clone_into(value);
                }
            })
        };
}
