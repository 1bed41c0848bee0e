//! Faults of a Connect server.

use std::sync::Arc;

use claimproof_catalog::Profile;
use claimproof_reference::{PositConnect, Steps};
use claimproof_verifier::posit_connect::{Effect, Event, State, Violation};
use claimproof_verifier::refuse_if;

use crate::edit::replace;
use crate::mutant::{Mutant, edited};
use crate::shared::without_each;

mod memory;
mod oauth;
mod providers;
mod replies;
mod requests;
mod strangers;
mod strict;

const PROFILE: Profile = Profile::PositConnect;

pub(crate) fn mutants() -> Vec<Mutant> {
    let own = [left_out(), swapped(), lax(), requests::mutants(), oauth::mutants()].concat();
    let others = [strangers::mutants(), memory::mutants(), replies::mutants()].concat();
    [own, others, strict::mutants()].concat()
}

fn left_out() -> Vec<Mutant> {
    without_each(PROFILE, INVISIBLE, &[])
}

/// Behind each of these another step refuses, and in words the documents do not tell apart; or
/// nothing a case can do over HTTP leads there.
const INVISIBLE: &[&str] = &[
    // Without a viewer, an integration, a content or a code nothing can be decided, so it is refused all the same.
    "login_viewer",
    "login_integration",
    "visit_viewer",
    "visit_content",
    "code_present",
    // Nothing a case does leads there.
    "parameters_once",
    "state_fresh",
    "callback_integration",
    // Which login counts in its place hangs on what other cases do at the time.
    "state_known",
    // A later edition of the documents.
    "audience_associated",
    "audience_named",
    "requested_type_right",
    // Of an answer that is no token, another step says so.
    "redemption_answered",
    "redemption_size",
    "redemption_status",
    "redemption_is_token",
    "redemption_bearer",
    "refresh_answered",
    "refresh_size",
    "refresh_status",
    "refresh_without_error",
    "refresh_is_token",
    "refresh_bearer",
    // What is no form lacks its members.
    "body_size",
    "form_present",
    "form_type",
    "form_readable",
    // Behind the signature everything about a subject token is the server's own word.
    "subject_extension",
    "subject_algorithm",
    "subject_issuer",
    "subject_expiry",
    "subject_viewer",
    "subject_content",
];

mutants! {
    /// Of content that has no integration, it is a session with nobody that is looked for first.
    /// Which other integration such content might be given hangs on the cases beside this one.
    fn swapped in PROFILE, edited::<PositConnect>;

    "session-before-association",
        "Content without an association is told that a session is missing",
        ["PCO-AS-01", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07", "PCX-14"] =>
        |connect| {
            let list = &mut connect.flow.exchange;
            list.swap("associated", "session_exists");
            replace(list, "session_exists", |facts, _| {
                let none = facts.associated.is_empty() || facts.session.is_none();
                refuse_if(none, Violation::NoSession)
            });
        };
}

const REFRESH: &[&str] = &["PCO-RT-01", "PCO-RT-02", "PCO-RT-03", "PCO-RT-09", "PCO-RT-10"];

mutants! {
    /// A check that looks, and not closely enough.
    fn lax in PROFILE, edited::<PositConnect>;

    "null-is-a-refresh-token", "A refresh token that is null counts as one", REFRESH =>
        |connect| {
            replace(&mut connect.flow.redemption, "refresh_token_present", |facts, _| {
                let named = facts
                    .members
                    .as_ref()
                    .is_some_and(|members| members.contains_key("refresh_token"));
                refuse_if(!named, Violation::MissingRefreshToken)
            })
        };
    "state-by-its-start", "Of a state only the start is compared", ["PCX-11"] =>
        |connect| {
            on_event(connect, |state, event| match event {
                Event::Callback { viewer, mut query } => {
                    let alike = |given: &str| {
                        state.logins.keys().find(|own| own.get(..8) == given.get(..8)).cloned()
                    };
                    for (_, value) in query.iter_mut().filter(|(name, _)| name == "state") {
                        *value = alike(value).unwrap_or_else(|| value.clone());
                    }
                    Event::Callback { viewer, query }
                }
                other => other,
            })
        };
}

/// What happens is changed before it is looked at.
fn on_event(
    connect: &mut PositConnect,
    edit: impl Fn(&State, Event) -> Event + Send + Sync + 'static,
) {
    connect.edits.event = Some(Arc::new(edit));
}

/// What is done about it is changed.
fn on_effect(
    connect: &mut PositConnect,
    edit: impl Fn(&State, Effect) -> Effect + Send + Sync + 'static,
) {
    connect.edits.effect = Some(Arc::new(edit));
}

/// What is remembered is changed behind each step.
fn on_state(connect: &mut PositConnect, edit: impl Fn(&mut State) + Send + Sync + 'static) {
    connect.edits.state = Some(Arc::new(edit));
}
