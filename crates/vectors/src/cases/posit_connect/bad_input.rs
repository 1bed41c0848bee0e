//! Exchanges that are not what they should be.

use claimproof_idp::Personality;

use super::baseline::plain;
use super::{case, twin};
use crate::case::Case;
use crate::expect::{Answer, Expect, Refusal};
use crate::flow::{Alteration, FormEdit, Look};

const OF: Personality = Personality::Entra;

/// What may answer a form that is not one, or lacks a member.
const NO_FORM: Expect =
    Expect::Holds(Answer::Refuse(Refusal::with(&[]).numbered(&[12, 210, 211, 213, 214, 215])));

pub(super) fn cases() -> Vec<Case> {
    [members(), bodies(), callers(), unusual(), envelopes()].concat()
}

fn refused(
    slug: &str,
    title: &str,
    cites: &[&'static str],
    edit: FormEdit,
    expect: Expect,
) -> Case {
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
    let numbered = |numbers| Expect::from(Refusal::with(&[]).numbered(numbers));
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
    let bounded = || Expect::REFUSE;
    vec![
        refused("as-json", "The parameters travel as JSON", &["PCX-01"], FormEdit::AsJson, NO_FORM),
        refused(
            "in-query",
            "The parameters travel in the query",
            &["PCX-01"],
            FormEdit::InQuery,
            NO_FORM,
        ),
        refused("empty-body", "An empty form", &["PCX-09"], FormEdit::Body("", form), NO_FORM),
        refused(
            "plain-text",
            "A body of plain text",
            &["PCX-09"],
            FormEdit::Body("hello", "text/plain"),
            NO_FORM,
        ),
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
        // A front server may answer this one: any 413 is a refusal.
        refused(
            "megabytes",
            "An exchange of nine megabytes",
            &["CPX-bounded"],
            FormEdit::Pad(9 << 20),
            bounded(),
        ),
    ]
}

fn callers() -> Vec<Case> {
    let stranger =
        |slug: &str, title: &str, edit| refused(slug, title, &["PCX-02"], edit, Expect::REFUSE);
    let status = |status| Expect::from(Refusal::with(&[]).status(status));
    vec![
        stranger("without-key", "An exchange without API key", FormEdit::Caller(None)),
        stranger(
            "unknown-key",
            "An exchange under an API key nobody has",
            FormEdit::Key(Alteration::Text(NOBODYS_KEY)),
        ),
        stranger(
            "altered-key",
            "An exchange under an API key with one other character",
            FormEdit::Key(Alteration::SignatureAltered),
        ),
        stranger(
            "half-a-key",
            "An exchange under the first half of an API key",
            FormEdit::Key(Alteration::Truncated),
        ),
        refused(
            "bearer",
            "The API key under another scheme",
            &["PCX-02"],
            FormEdit::Scheme("Bearer"),
            Expect::REFUSE,
        )
        .hardening("Who sends a key that is known is no stranger, whatever the scheme."),
        refused(
            "another-owner",
            "Another publisher's key exchanges a viewer's token",
            &["PCX-16"],
            FormEdit::Caller(Some("publisher.other")),
            Expect::REFUSE,
        ),
        // The document names no status, so these are advice.
        case(
            "undocumented/exchange-caller-statuses",
            "Without a key the status is 401, with the key of somebody who does not own the content 403",
            &["CPX-status"],
            plain(OF)
                .edited(vec![FormEdit::Caller(None)], status(401))
                .edited(vec![FormEdit::Key(Alteration::Text(NOBODYS_KEY))], status(401))
                .edited(vec![FormEdit::Caller(Some("publisher.other"))], status(403))
                .exchange_is("t", "b", Expect::ACCEPT),
        ),
    ]
}

const NOBODYS_KEY: &str = "an-api-key-nobody-has-0123456789";

/// Odd, and no fault.
fn unusual() -> Vec<Case> {
    let accepted = |slug: &str, title: &str, cites: &[&'static str], edit: FormEdit| {
        let script = plain(OF).edited(vec![edit], Expect::ACCEPT);
        case(&format!("accepted/exchange-{slug}"), title, cites, script)
    };
    vec![
        accepted(
            "unknown-member",
            "A form member nobody knows",
            &["CPX-odd-accept"],
            FormEdit::Set("unknown", "x"),
        ),
        accepted(
            "scheme-in-small-letters",
            "The scheme in small letters",
            &["RFC9110-11.1"],
            FormEdit::Scheme("key"),
        ),
        accepted(
            "accepting-json-alone",
            "The caller takes JSON and nothing else",
            &["PCX-04"],
            FormEdit::Header("accept", "application/json"),
        ),
    ]
}

fn envelopes() -> Vec<Case> {
    let callers = || {
        plain(OF)
            .edited(vec![FormEdit::Caller(None)], Expect::REFUSE)
            .edited(vec![FormEdit::Key(Alteration::SignatureAltered)], Expect::REFUSE)
            .edited(vec![FormEdit::Caller(Some("publisher.other"))], Expect::REFUSE)
    };
    vec![
        case(
            "undocumented/refusals-keep-secrets",
            "No refusal of a caller repeats an API key or another secret",
            &["PCX-13"],
            callers().look(Look::SecretsKept),
        ),
        case(
            "undocumented/refusals-keep-tokens",
            "No refusal of a caller repeats the subject token",
            &["CPX-quiet"],
            callers().look(Look::NothingLeaked),
        ),
        case(
            "undocumented/every-refusal-an-envelope",
            "Whatever is wrong with an exchange, the answer is an envelope as the SDK reads it",
            &["PCX-03", "PCX-17"],
            plain(OF)
                .edited(vec![FormEdit::Without("subject_token")], Expect::REFUSE)
                .edited(vec![FormEdit::Set("grant_type", "password")], Expect::REFUSE)
                .edited(vec![FormEdit::AsJson], Expect::REFUSE)
                .edited(vec![FormEdit::Caller(None)], Expect::REFUSE)
                .edited(vec![FormEdit::Caller(Some("publisher.other"))], Expect::REFUSE)
                .look(Look::Envelopes)
                .exchange_is("t", "b", Expect::ACCEPT),
        ),
    ]
}
