//! What is made of what stands around a token, and of verdicts kept for one.

use super::{PROFILE, REPLAY};
use crate::fronts::{body, credentials_with_refusals};
use crate::mutant::{Fault, Mutant};
use crate::shared::kept_verdicts;

pub(super) fn mutants() -> Vec<Mutant> {
    let front =
        |name: &str, title: &str, front| Mutant::new(PROFILE, name, title, &["RFC7515-5.2"], Fault::Front(front));
    let mut mutants = kept_verdicts(PROFILE, &[REPLAY, &["TCA-67-oda"]].concat());
    let credentials = "A refusal holds the credentials of a session";
    mutants.push(Mutant::new(
        PROFILE,
        "credentials-with-refusals",
        credentials,
        &["CPX-mark"],
        Fault::Front(credentials_with_refusals),
    ));
    mutants.extend([
        front("strips-quotes", "Quotes around the token are taken off", |_| {
            body(|text| match text.contains("jwt") {
                true => text.replace("\\\"", "").replace("&quot;", "").replace('\'', "").replace("&apos;", ""),
                false => text.to_owned(),
            })
        }),
        front("strips-scheme", "The word Bearer before the token is taken off", |_| {
            body(|text| text.replace("Bearer ", ""))
        }),
    ]);
    mutants
}
