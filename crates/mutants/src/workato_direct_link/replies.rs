//! What is answered wrongly, whatever was decided.

use claimproof_server::CODE_HEADER;

use super::PROFILE;
use crate::mutant::{Breaks, Mutant};
use crate::shared::reply;

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
pub(super) fn mutants() -> Vec<Mutant> {
    let make = |name: &str, title: &str, breaks: &[&'static str], edit| {
        Mutant::new(PROFILE, name, title, breaks, reply(edit))
    };
    vec![
        make("codeless", "Refusals carry no code", &[], |mut reply| {
            reply.headers.retain(|(name, _)| *name != CODE_HEADER);
            reply
        })
        .breaking(Breaks::EveryRefusal),
        make("crashes", "Every refusal is a 500 without a code", &[], |mut reply| {
            if reply.refuses {
                reply.status = 500;
                reply.headers.retain(|(name, _)| *name != CODE_HEADER);
            }
            reply
        })
        .breaking(Breaks::EveryRefusal),
        make(
            "crashes-on-malformed",
            "A token that cannot be read is a 500",
            &[
                "WDL-JWT-18",
                "WDL-JWT-19",
                "WDL-JWT-22",
                "RFC7515-4.1.11",
                "CPX-crit-form",
                "RFC7797-7",
                "WDL-JWT-10",
                "WDL-JWT-21",
                "CPX-once",
                "RFC7515-7.1",
                "RFC7515-2",
                // What comes with an answer is looked at on the answer to a malformed token.
                "CPX-mark",
                "CPX-secret",
                "CPX-token-kept",
            ],
            |mut reply| {
                if reply
                    .headers
                    .iter()
                    .any(|(name, value)| *name == CODE_HEADER && value == "token_invalid")
                {
                    reply.status = 500;
                }
                reply
            },
        ),
        make(
            "frames-everyone",
            "No framing header for owner and manager, and the page is shown",
            &["WDL-FRM-01", "WDL-FRM-02", "WDL-FRM-03"],
            |mut reply| {
                if reply.headers.iter().any(|(name, _)| *name == "x-frame-options") {
                    reply.headers.retain(|(name, _)| *name != "x-frame-options");
                    reply
                        .headers
                        .push(("set-cookie", "session=1; Secure; SameSite=None".to_owned()));
                    reply.status = 200;
                }
                reply
            },
        ),
        make(
            "cookie-for-one-site",
            "The session cookie says nothing of other sites",
            &["WDL-BRW-07"],
            |mut reply| {
                for (name, value) in &mut reply.headers {
                    if *name == "set-cookie" {
                        *value = value.replace("; SameSite=None", "");
                    }
                }
                reply
            },
        ),
        make("framed-by-all", "Every site may frame the page", &["CPX-framed-by"], |mut reply| {
            for (name, value) in &mut reply.headers {
                if *name == "content-security-policy" {
                    value.push_str(" *");
                }
            }
            reply
        }),
        make(
            "frames-default-origin",
            "The origin set for a customer is not used",
            &["WDL-MSG-08", "WDL-FRM-05"],
            |mut reply| {
                for (name, value) in &mut reply.headers {
                    if *name == "content-security-policy" {
                        *value = "frame-ancestors https://partner.example".to_owned();
                    }
                }
                reply
            },
        ),
        make(
            "frames-other-origin",
            "The page of a customer with an origin of its own may not be framed",
            &[],
            |mut reply| {
                for (name, value) in &mut reply.headers {
                    if *name == "content-security-policy" && !value.contains("partner.example") {
                        *value = "frame-ancestors 'none'".to_owned();
                    }
                }
                reply
            },
        )
        .breaking(Breaks::EveryAcceptance)
        .strict(),
    ]
}
