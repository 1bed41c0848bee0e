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
        mutants.push(Mutant::new(profile, &name, &title, breaks, Planted::Without(step)));
    }
    mutants
}

/// One mutant a row: where this code is due, that one is answered.
pub(crate) fn wrong_codes(
    profile: Profile,
    rows: &[(&'static str, &'static str, &[&'static str])],
    answer: fn(&mut Reply, &str, &str),
) -> Vec<Mutant> {
    rows.iter()
        .map(|(due, given, more)| {
            let own = requirements::of(profile)
                .iter()
                .filter(|row| row.cite.section == *due)
                .map(|row| row.id);
            let breaks: Vec<_> = own.chain(more.iter().copied()).collect();
            let (due, given) = (*due, *given);
            let fault = edit_of_replies(move |reply| answer(reply, due, given));
            let name = format!("answers-{}-for-{}", given.replace('_', "-"), due.replace('_', "-"));
            let title = format!("Answers {given} where {due} is due");
            Mutant::new(profile, &name, &title, breaks, fault)
        })
        .collect()
}

mutants! {
    /// What stands before a verifier and does too much, in any profile that takes tokens.
    pub(crate) fn kept_verdicts(profile: Profile, replays: &[&'static str])
        in profile, Planted::Front;

    "secret-in-refusals", "A refusal says which secret or key would have been right",
        ["CPX-secret"] => fronts::secret_with_refusals;
    "crashes-on-odd-typ", "A typ that is no string is a 500", ["RFC9110-15"] =>
        fronts::crashes_on_odd_typ;
    "token-in-refusals", "A refusal repeats the token", ["CPX-token-kept"] =>
        fronts::token_with_refusals;
    // A used token is refused as well, and so accepted when it comes a third time.
    "accepts-the-second-time", "What was refused is accepted when it comes again",
        [&["CPX-stays-refused"], replays].concat() => fronts::refused_then_accepted;
    "verdict-by-signature", "A signature that was accepted is good with any payload",
        [GRAFTED, replays].concat() => fronts::verdict_by_signature;
    "verdict-by-connection", "Behind an acceptance everything on its connection is accepted",
        ["RFC9110-3.3"] => fronts::verdict_by_connection;
    strict "refusal-by-connection", "Behind a refusal everything on its connection is refused",
        ["RFC9110-3.3"] => fronts::refusal_by_connection;
    "verdict-by-payload", "A payload that was accepted is good under any signature",
        [GRAFTED, replays].concat() => fronts::verdict_by_payload;
}

const GRAFTED: &[&str] = &["RFC7515-5.2", "CPX-stays-refused"];

/// An edit of every reply.
pub(crate) fn reply(edit: fn(&mut Reply)) -> Planted {
    edit_of_replies(edit)
}

fn edit_of_replies(edit: impl Fn(&mut Reply) + Send + Sync + 'static) -> Planted {
    Planted::Reply(Arc::new(move |mut reply| {
        edit(&mut reply);
        reply
    }))
}

/// The value of a header of this name, where there is one, changed.
pub(crate) fn header(reply: &mut Reply, name: &str, change: impl Fn(&mut String)) {
    reply.headers.iter_mut().filter(|(own, _)| *own == name).for_each(|(_, value)| change(value));
}
