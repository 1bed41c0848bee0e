//! What is made of what stands around a token, and of verdicts kept for one.

use claimproof_server::reply::Reply;

use super::{PROFILE, REPLAY};
use crate::fronts::{body, credentials_with_refusals};
use crate::mutant::{Mutant, Planted};
use crate::shared::{kept_verdicts, reply};

pub(super) fn mutants() -> Vec<Mutant> {
    let front = |name: &str, title: &str, front| {
        Mutant::new(PROFILE, name, title, &["RFC7515-5.2"], Planted::Front(front))
    };
    let mut mutants = kept_verdicts(PROFILE, &[REPLAY, &["TCA-67-oda"]].concat());
    let credentials = "A refusal holds the credentials of a session";
    mutants.push(Mutant::new(
        PROFILE,
        "credentials-with-refusals",
        credentials,
        &["CPX-mark"],
        Planted::Front(credentials_with_refusals),
    ));
    mutants.extend([
        front("strips-quotes", "Quotes around the token are taken off", |_| {
            body(|text| match text.contains("jwt") {
                true => text
                    .replace("\\\"", "")
                    .replace("&quot;", "")
                    .replace('\'', "")
                    .replace("&apos;", ""),
                false => text.to_owned(),
            })
        }),
        front("strips-scheme", "The word Bearer before the token is taken off", |_| {
            body(|text| text.replace("Bearer ", ""))
        }),
    ]);
    mutants.extend(forms());
    mutants
}

/// Refusals that are right, and in another form.
#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn forms() -> Vec<Mutant> {
    let form = |name: &str, title: &str, rule, edit: fn(Reply) -> Reply| {
        Mutant::new(PROFILE, name, title, &[rule], reply(edit)).strict()
    };
    vec![
        form(
            "rest-without-namespace",
            "A refused sign-in has no namespace",
            "CPX-vendor-form",
            |mut reply| {
                if reply.body.contains("401001") {
                    reply.body = reply.body.replace(" xmlns=\"http://tableau.com/api\"", "");
                }
                reply
            },
        ),
        form(
            "rest-fine-code",
            "A refused sign-in has its fine code alone",
            "CPX-vendor-form",
            |mut reply| {
                let fine = reply
                    .headers
                    .iter()
                    .find(|(name, _)| *name == "tableau_status_code")
                    .map(|(_, code)| code.clone());
                reply.body = reply.body.replace("401001", &fine.unwrap_or_default());
                reply
            },
        ),
        form(
            "embedding-code-as-text",
            "The code of an embedding request is text",
            "CPX-vendor-form",
            |mut reply| {
                if let Some((start, code)) =
                    reply.body.split_once("\"code\":").filter(|_| reply.body.contains("errors"))
                {
                    let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
                    reply.body = format!("{start}\"code\":\"{digits}\"{}", &code[digits.len()..]);
                }
                reply
            },
        ),
        form(
            "refusals-without-cors",
            "Refusals lack the CORS headers",
            "CPX-readable",
            |mut reply| {
                if reply.refuses {
                    reply.headers.retain(|(name, _)| !name.starts_with("access-control-"));
                }
                reply
            },
        ),
    ]
}
