//! Exchanges that are not what they should be.

use crate::case::Case;
use crate::expect::{Answer, Expect, Numbers};
use crate::flow::{FormEdit, Look};
use crate::provider::Personality;

use super::baseline::plain;
use super::{case, twin};

const OF: Personality = Personality::Entra;

/// What may answer a form that is not one, or lacks a member.
const NO_FORM: Expect = Expect::Only(Answer::RefuseNumbered(&[], Numbers::Among(&[12, 210, 211, 213, 214, 215])));

pub(super) fn cases() -> Vec<Case> {
    [members(), bodies(), callers(), unusual(), envelopes()].concat()
}

fn refused(slug: &str, title: &str, cites: &[&'static str], edit: FormEdit, expect: Expect) -> Case {
    let id = format!("undocumented/exchange-{slug}");
    twin("login-entra", case(&id, title, cites, plain(OF).edited(vec![edit], expect)))
}

fn members() -> Vec<Case> {
    let names = [
        ("grant_type", "grant-type"),
        ("subject_token", "subject-token"),
        ("subject_token_type", "subject-token-type"),
    ];
    let each = |(name, slug): (&'static str, &str)| {
        [
            refused(
                &format!("without-{slug}"),
                &format!("An exchange without {name}"),
                &["PCX-09"],
                FormEdit::Without(name),
                NO_FORM,
            ),
            refused(
                &format!("{slug}-twice"),
                &format!("An exchange with {name} twice"),
                &["PCX-09"],
                FormEdit::Twice(name),
                NO_FORM,
            ),
        ]
    };
    let mut cases: Vec<Case> = names.into_iter().flat_map(each).collect();
    let numbered = |numbers| Expect::Only(Answer::RefuseNumbered(&[], Numbers::Among(numbers)));
    cases.extend([
        refused(
            "another-grant-type",
            "An exchange that asks for another grant",
            &["PCX-07"],
            FormEdit::Set("grant_type", "client_credentials"),
            numbered(&[213]),
        ),
        refused(
            "empty-grant-type",
            "An exchange with an empty grant type",
            &["PCX-09"],
            FormEdit::Set("grant_type", ""),
            NO_FORM,
        ),
        refused(
            "unknown-subject-token-type",
            "An exchange with a subject token type nobody knows",
            &["PCX-08"],
            FormEdit::Set("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
            numbered(&[214]),
        ),
    ]);
    cases
}

fn bodies() -> Vec<Case> {
    let form = "application/x-www-form-urlencoded";
    let bounded = || Expect::RefuseAny;
    vec![
        refused("as-json", "The parameters travel as JSON", &["PCX-01"], FormEdit::AsJson, NO_FORM),
        refused("in-query", "The parameters travel in the query", &["PCX-01"], FormEdit::InQuery, NO_FORM),
        refused("empty-body", "An empty form", &["PCX-09"], FormEdit::Body("", form), NO_FORM),
        refused("plain-text", "A body of plain text", &["PCX-09"], FormEdit::Body("hello", "text/plain"), NO_FORM),
        refused(
            "bad-escapes",
            "A form with broken escapes",
            &["PCX-09"],
            FormEdit::Body("grant_type=%zz&%", form),
            NO_FORM,
        ),
        refused(
            "not-utf-8",
            "A form of bytes that are no text",
            &["PCX-09"],
            FormEdit::Body("grant_type=%ff%fe", form),
            NO_FORM,
        ),
        refused("megabytes", "An exchange of nine megabytes", &["CPX-bounded"], FormEdit::Pad(9 << 20), bounded()),
    ]
}

fn callers() -> Vec<Case> {
    let status = |status| Expect::Only(Answer::RefuseWith(&[], status));
    vec![
        refused("without-key", "An exchange without API key", &["PCX-02"], FormEdit::Caller(None), status(401)),
        refused("bearer", "The API key under another scheme", &["PCX-02"], FormEdit::Scheme("Bearer"), status(401)),
        refused(
            "another-owner",
            "Another publisher's key exchanges a viewer's token",
            &["PCX-16"],
            FormEdit::Caller(Some("publisher.other")),
            status(403),
        ),
    ]
}

/// Odd, and no fault.
fn unusual() -> Vec<Case> {
    let accepted = |slug: &str, title: &str, cites: &[&'static str], edit: FormEdit| {
        let script = plain(OF).edited(vec![edit], Expect::Accept);
        case(&format!("accepted/exchange-{slug}"), title, cites, script)
    };
    vec![
        accepted("unknown-member", "A form member nobody knows", &["CPX-odd-accept"], FormEdit::Set("unknown", "x")),
        accepted("scheme-in-small-letters", "The scheme in small letters", &["RFC9110-11.1"], FormEdit::Scheme("key")),
        accepted(
            "accepting-json-alone",
            "The caller takes JSON and nothing else",
            &["PCX-04"],
            FormEdit::Header("accept", "application/json"),
        ),
        case(
            "accepted/correlation",
            "The answer repeats the correlation ID of the request",
            &["PCX-21"],
            plain(OF)
                .edited(vec![FormEdit::Header("x-correlation-id", CORRELATION)], Expect::Accept)
                .look(Look::Answered("x-correlation-id", CORRELATION)),
        ),
    ]
}

const CORRELATION: &str = "6f1c1f0e-9b1e-4c57-9d0b-2f8f0a9f3c11";

fn envelopes() -> Vec<Case> {
    vec![case(
        "undocumented/every-refusal-an-envelope",
        "Whatever is wrong with an exchange, the answer is an envelope as the SDK reads it",
        &["PCX-03", "PCX-17"],
        plain(OF)
            .edited(vec![FormEdit::Without("subject_token")], Expect::RefuseAny)
            .edited(vec![FormEdit::Set("grant_type", "password")], Expect::RefuseAny)
            .edited(vec![FormEdit::AsJson], Expect::RefuseAny)
            .edited(vec![FormEdit::Caller(None)], Expect::RefuseAny)
            .edited(vec![FormEdit::Caller(Some("publisher.other"))], Expect::RefuseAny)
            .look(Look::Envelopes)
            .exchange_is("t", "b", Expect::Accept),
    )]
}
