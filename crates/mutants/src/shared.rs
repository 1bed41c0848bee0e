//! Faults every profile can have: a step left out, a code or a status answered wrongly.

use std::sync::Arc;

use claimproof_cast::public;
use claimproof_catalog::{Profile, requirements};
use claimproof_server::Binding;
use claimproof_server::reply::Reply;

use crate::edit;
use crate::fronts;
use crate::mutant::{Mutant, Planted};

/// One mutant a step of the list, but for those whose loss no answer of the document shows.
pub(crate) fn without_each(
    profile: Profile,
    invisible: &[&str],
    also: &[(&str, &[&'static str])],
) -> Vec<Mutant> {
    let Ok(binding) = Binding::of(public(profile)) else { return Vec::new() };
    let mut mutants = Vec::new();
    for (step, cites) in edit::steps(&*binding.service) {
        if invisible.contains(&step) {
            continue;
        }
        let more = also.iter().find(|(name, _)| *name == step).map_or(&[][..], |(_, more)| more);
        let breaks = [cites, more].concat();
        let name = format!("without-{}", step.replace('_', "-"));
        let title = format!("The check {step} is left out");
        mutants.push(Mutant::new(profile, &name, &title, &breaks, Planted::Without(step)));
    }
    mutants
}

/// One mutant a row: where this code is due, that one is answered.
pub(crate) fn wrong_codes(
    profile: Profile,
    rows: &[(&'static str, &'static str, &[&'static str])],
    answer: fn(Reply, &str, &str) -> Reply,
) -> Vec<Mutant> {
    rows.iter()
        .map(|(due, given, more)| {
            let own = requirements::of(profile)
                .iter()
                .filter(|row| row.cite.section == *due)
                .map(|row| row.id);
            let breaks: Vec<_> = own.chain(more.iter().copied()).collect();
            let (due, given) = (*due, *given);
            let fault = Planted::Reply(Arc::new(move |reply| answer(reply, due, given)));
            let name = format!("answers-{}-for-{}", given.replace('_', "-"), due.replace('_', "-"));
            Mutant::new(
                profile,
                &name,
                &format!("Answers {given} where {due} is due"),
                &breaks,
                fault,
            )
        })
        .collect()
}

/// What stands before a verifier and does too much, in any profile that takes tokens.
#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
pub(crate) fn kept_verdicts(profile: Profile, replays: &[&'static str]) -> Vec<Mutant> {
    let front = |name: &str, title: &str, breaks: &[&'static str], front| {
        Mutant::new(profile, name, title, breaks, Planted::Front(front))
    };
    // A used token is refused as well, and so accepted when it comes a third time.
    let again = [&["CPX-stays-refused"][..], replays].concat();
    let grafted = &[&["RFC7515-5.2", "CPX-stays-refused"][..], replays].concat();
    vec![
        front(
            "secret-in-refusals",
            "A refusal says which secret or key would have been right",
            &["CPX-secret"],
            fronts::secret_with_refusals,
        ),
        front(
            "crashes-on-odd-typ",
            "A typ that is no string is a 500",
            &["RFC9110-15"],
            fronts::crashes_on_odd_typ,
        ),
        front(
            "token-in-refusals",
            "A refusal repeats the token",
            &["CPX-token-kept"],
            fronts::token_with_refusals,
        ),
        front(
            "accepts-the-second-time",
            "What was refused is accepted when it comes again",
            &again,
            fronts::refused_then_accepted,
        ),
        front(
            "verdict-by-signature",
            "A signature that was accepted is good with any payload",
            grafted,
            fronts::verdict_by_signature,
        ),
        front(
            "verdict-by-connection",
            "Behind an acceptance everything on its connection is accepted",
            &["RFC9110-3.3"],
            fronts::verdict_by_connection,
        ),
        front(
            "refusal-by-connection",
            "Behind a refusal everything on its connection is refused",
            &["RFC9110-3.3"],
            fronts::refusal_by_connection,
        )
        .strict(),
        front(
            "verdict-by-payload",
            "A payload that was accepted is good under any signature",
            grafted,
            fronts::verdict_by_payload,
        ),
    ]
}

/// An edit of every reply.
pub(crate) fn reply(edit: fn(Reply) -> Reply) -> Planted {
    Planted::Reply(Arc::new(edit))
}
