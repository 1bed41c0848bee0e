//! The exchange of a subject token: who calls, the form, the token, the association, the session.

use super::Violation;
use super::facts::ExchangeFacts;
use super::form::{ACCESS_TOKEN_TYPE, GRANT_TYPE, MEMBERS, SUBJECT_TOKEN_TYPE};
use super::steps::{Checked, Given};
use crate::list::refuse_if;

type Facts<'a> = ExchangeFacts<'a>;
pub(super) fn caller_proven(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.caller.is_none(), Violation::CallerUnproven)
}

pub(super) fn body_size(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    refuse_if(facts.request.body.len() > given.policy.max_body, Violation::BodyTooLarge)
}

pub(super) fn form_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.request.body.is_empty(), Violation::FormMissing)
}

/// The media type alone counts, parameters such as `charset` do not.
pub(super) fn form_type(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let named = facts.request.content_type.as_deref().and_then(|value| value.split(';').next());
    let is_form = named
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    refuse_if(!is_form, Violation::NotForm)
}

pub(super) fn form_readable(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(std::str::from_utf8(&facts.request.body).is_err(), Violation::FormUnreadable)
}

pub(super) fn members_once(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    match MEMBERS.into_iter().find(|name| facts.repeats(name)) {
        // Whatever is wrong with the subject token has one code.
        Some("subject_token") => Err(Some(Violation::SubjectRepeated)),
        Some(name) => Err(Some(Violation::MemberRepeated(name))),
        None => Ok(()),
    }
}

pub(super) fn grant_type_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.member("grant_type").is_none(), Violation::MemberMissing("grant_type"))
}

pub(super) fn grant_type_right(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let wrong = facts.member("grant_type").is_some_and(|value| value != GRANT_TYPE);
    refuse_if(wrong, Violation::GrantType)
}

pub(super) fn subject_type_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(
        facts.member("subject_token_type").is_none(),
        Violation::MemberMissing("subject_token_type"),
    )
}

pub(super) fn subject_type_right(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let wrong = facts.member("subject_token_type").is_some_and(|value| value != SUBJECT_TOKEN_TYPE);
    refuse_if(wrong, Violation::SubjectTokenType)
}

pub(super) fn requested_type_right(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let wrong =
        facts.member("requested_token_type").is_some_and(|value| value != ACCESS_TOKEN_TYPE);
    refuse_if(wrong, Violation::RequestedType)
}

/// An administrator is no exception.
pub(super) fn caller_owns_content(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let (Some(caller), Some(content)) = (facts.caller, facts.content) else { return Ok(()) };
    refuse_if(caller.guid != content.owner, Violation::NotOwner)
}

pub(super) fn associated(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.content.is_some() && facts.associated.is_empty(), Violation::NoAssociation)
}

pub(super) fn audience_associated(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let foreign = facts
        .member("audience")
        .is_some_and(|audience| !facts.associated.iter().any(|own| own == audience));
    refuse_if(foreign, Violation::AudienceForeign)
}

pub(super) fn audience_named(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(
        facts.associated.len() > 1 && facts.member("audience").is_none(),
        Violation::AudienceMissing,
    )
}

pub(super) fn session_exists(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.session.is_none(), Violation::NoSession)
}

pub(super) fn session_of_viewer(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let (Some(session), Some(viewer)) = (facts.session, facts.viewer) else { return Ok(()) };
    refuse_if(session.user != viewer.guid, Violation::NoSession)
}
