//! What is made of what stands around a token, and of verdicts kept for one.

use super::{PROFILE, REPLAY};
use crate::fronts::{body, credentials_with_refusals};
use crate::mutant::{Mutant, Planted};
use crate::shared::{kept_verdicts, reply};

pub(super) fn mutants() -> Vec<Mutant> {
    let kept = kept_verdicts(PROFILE, &[REPLAY, &["TCA-67-oda"]].concat());
    [kept, tokens(), forms()].concat()
}

mutants! {
    fn tokens in PROFILE, Planted::Front;

    "credentials-with-refusals", "A refusal holds the credentials of a session", ["CPX-mark"] =>
        credentials_with_refusals;
    "strips-quotes", "Quotes around the token are taken off", ["RFC7515-5.2"] =>
        |_| {
            body(|text| match text.contains("jwt") {
                true => ["\\\"", "&quot;", "'", "&apos;"]
                    .iter()
                    .fold(text.to_owned(), |text, quote| text.replace(quote, "")),
                false => text.to_owned(),
            })
        };
    "strips-scheme", "The word Bearer before the token is taken off", ["RFC7515-5.2"] =>
        |_| body(|text| text.replace("Bearer ", ""));
}

mutants! {
    /// Refusals that are right, and in another form.
    fn forms in PROFILE, reply;

    strict "rest-without-namespace", "A refused sign-in has no namespace", ["CPX-vendor-form"] =>
        |reply| {
            if reply.body.contains("401001") {
                reply.body = reply.body.replace(" xmlns=\"http://tableau.com/api\"", "");
            }
        };
    strict "rest-fine-code", "A refused sign-in has its fine code alone", ["CPX-vendor-form"] =>
        |reply| {
            let fine = reply
                .headers
                .iter()
                .find(|(name, _)| *name == "tableau_status_code")
                .map(|(_, code)| code.clone());
            reply.body = reply.body.replace("401001", &fine.unwrap_or_default());
        };
    strict "embedding-code-as-text", "The code of an embedding request is text",
        ["CPX-vendor-form"] =>
        |reply| {
            if let Some((start, code)) =
                reply.body.split_once("\"code\":").filter(|_| reply.body.contains("errors"))
            {
                let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
                reply.body = format!("{start}\"code\":\"{digits}\"{}", &code[digits.len()..]);
            }
        };
    strict "refusals-without-cors", "Refusals lack the CORS headers", ["CPX-readable"] =>
        |reply| {
            if reply.refuses {
                reply.headers.retain(|(name, _)| !name.starts_with("access-control-"));
            }
        };
}
