//! The exchange of a subject token: who calls, the form, the token, the association, the session.

use super::facts::{ExchangeFacts, Exchanging};
use super::form::{ACCESS_TOKEN_TYPE, GRANT_TYPE, MEMBERS, SUBJECT_TOKEN_TYPE};
use super::steps::{Step, refuse_if};
use super::{Policy, Violation, subject};

type Facts<'a> = ExchangeFacts<'a>;
type Verdict = Result<(), Violation>;

/// The list. Nothing of the token is looked at before the caller and the form are in order.
pub(super) fn steps() -> Vec<Step<Exchanging>> {
    [BEFORE, subject::STEPS, BEHIND].concat()
}

const BEFORE: &[Step<Exchanging>] = &[
    Step::<Exchanging>::new("caller_proven", &["PCX-02"], caller_proven),
    Step::<Exchanging>::new("body_size", &["PCX-09"], body_size),
    Step::<Exchanging>::new("form_present", &["PCX-01", "PCX-09"], form_present),
    Step::<Exchanging>::new("form_type", &["PCX-01", "PCX-09"], form_type),
    Step::<Exchanging>::new("form_readable", &["PCX-09"], form_readable),
    Step::<Exchanging>::new("members_once", &["PCX-09"], members_once),
    Step::<Exchanging>::new("grant_type_present", &["PCX-09"], grant_type_present),
    Step::<Exchanging>::new("grant_type_right", &["PCX-07"], grant_type_right),
    Step::<Exchanging>::new("subject_type_present", &["PCX-09"], subject_type_present),
    Step::<Exchanging>::new("subject_type_right", &["PCX-08"], subject_type_right),
    Step::<Exchanging>::new("requested_type_right", &["PCX-04"], requested_type_right),
];

const BEHIND: &[Step<Exchanging>] = &[
    Step::<Exchanging>::new("caller_owns_content", &["PCX-16"], caller_owns_content),
    Step::<Exchanging>::new(
        "associated",
        &["PCO-AS-01", "PCO-AS-02", "PCO-AS-03", "PCO-AS-04", "PCO-AS-06", "PCO-SE-07", "PCX-14"],
        associated,
    ),
    Step::<Exchanging>::new("audience_associated", &["PCO-AS-06", "PCX-22"], audience_associated),
    Step::<Exchanging>::new("audience_named", &["PCX-22"], audience_named),
    Step::<Exchanging>::new(
        "session_exists",
        &["PCO-SE-01", "PCO-SE-02", "PCO-SE-07", "PCO-RT-10", "PCX-15"],
        session_exists,
    ),
    Step::<Exchanging>::new("session_of_viewer", &["PCO-SE-03"], session_of_viewer),
];

fn caller_proven(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.caller.is_none(), Violation::CallerUnproven)
}

fn body_size(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    refuse_if(facts.request.body.len() > policy.max_body, Violation::BodyTooLarge)
}

fn form_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.request.body.is_empty(), Violation::FormMissing)
}

/// The media type alone counts, parameters such as `charset` do not.
fn form_type(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let named = facts.request.content_type.as_deref().and_then(|value| value.split(';').next());
    let is_form = named
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    refuse_if(!is_form, Violation::NotForm)
}

fn form_readable(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(std::str::from_utf8(&facts.request.body).is_err(), Violation::FormUnreadable)
}

fn members_once(facts: &Facts<'_>, _: &Policy) -> Verdict {
    match MEMBERS.into_iter().find(|name| facts.repeats(name)) {
        // Whatever is wrong with the subject token has one code.
        Some("subject_token") => Err(Violation::SubjectRepeated),
        Some(name) => Err(Violation::MemberRepeated(name)),
        None => Ok(()),
    }
}

fn grant_type_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.member("grant_type").is_none(), Violation::MemberMissing("grant_type"))
}

fn grant_type_right(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let wrong = facts.member("grant_type").is_some_and(|value| value != GRANT_TYPE);
    refuse_if(wrong, Violation::GrantType)
}

fn subject_type_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(
        facts.member("subject_token_type").is_none(),
        Violation::MemberMissing("subject_token_type"),
    )
}

fn subject_type_right(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let wrong = facts.member("subject_token_type").is_some_and(|value| value != SUBJECT_TOKEN_TYPE);
    refuse_if(wrong, Violation::SubjectTokenType)
}

fn requested_type_right(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let wrong =
        facts.member("requested_token_type").is_some_and(|value| value != ACCESS_TOKEN_TYPE);
    refuse_if(wrong, Violation::RequestedType)
}

/// An administrator is no exception.
fn caller_owns_content(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let (Some(caller), Some(content)) = (facts.caller, facts.content) else { return Ok(()) };
    refuse_if(caller.guid != content.owner, Violation::NotOwner)
}

fn associated(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.content.is_some() && facts.associated.is_empty(), Violation::NoAssociation)
}

fn audience_associated(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let foreign = facts
        .member("audience")
        .is_some_and(|audience| !facts.associated.iter().any(|own| own == audience));
    refuse_if(foreign, Violation::AudienceForeign)
}

fn audience_named(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(
        facts.associated.len() > 1 && facts.member("audience").is_none(),
        Violation::AudienceMissing,
    )
}

fn session_exists(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.session.is_none(), Violation::NoSession)
}

fn session_of_viewer(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let (Some(session), Some(viewer)) = (facts.session, facts.viewer) else { return Ok(()) };
    refuse_if(session.user != viewer.guid, Violation::NoSession)
}
