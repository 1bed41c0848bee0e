//! Exchanges that are not what they should be.

use claimproof_idp::Personality;

use super::baseline::plain;
use super::case;
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

fn refused(id: &str, title: &str, cites: &[&'static str], edit: FormEdit, expect: Expect) -> Case {
    case(id, title, cites, plain(OF).edited(edit, expect)).differs_from("login-entra")
}

fn members() -> Vec<Case> {
    let each = |(name, slug): (&'static str, &str)| {
        let id = |what: &str| format!("undocumented/exchange-{what}");
        let (lacking, twice) = (id(&format!("without-{slug}")), id(&format!("{slug}-twice")));
        let title = format!("An exchange without {name}");
        let lacking = refused(&lacking, &title, &["PCX-09"], FormEdit::Without(name), NO_FORM);
        let title = format!("An exchange with {name} twice");
        [lacking, refused(&twice, &title, &["PCX-09"], FormEdit::Twice(name), NO_FORM)]
    };
    let names = [
        ("grant_type", "grant-type"),
        ("subject_token", "subject-token"),
        ("subject_token_type", "subject-token-type"),
    ];
    let numbered = |numbers| Expect::from(Refusal::with(&[]).numbered(numbers));
    let others = cases! { refused:
        "undocumented/exchange-another-grant-type", "An exchange that asks for another grant":
            &["PCX-07"], FormEdit::Set("grant_type", "client_credentials"), numbered(&[213]);
        "undocumented/exchange-empty-grant-type", "An exchange with an empty grant type":
            &["PCX-09"], FormEdit::Set("grant_type", ""), NO_FORM;
        "undocumented/exchange-unknown-subject-token-type",
            "An exchange with a subject token type nobody knows":
            &["PCX-08"],
            FormEdit::Set("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
            numbered(&[214]);
    };
    names.into_iter().flat_map(each).chain(others).collect()
}

fn bodies() -> Vec<Case> {
    let form = "application/x-www-form-urlencoded";
    cases! { refused:
        "undocumented/exchange-as-json", "The parameters travel as JSON":
            &["PCX-01"], FormEdit::AsJson, NO_FORM;
        "undocumented/exchange-in-query", "The parameters travel in the query":
            &["PCX-01"], FormEdit::InQuery, NO_FORM;
        "undocumented/exchange-empty-body", "An empty form":
            &["PCX-09"], FormEdit::Body("", form), NO_FORM;
        "undocumented/exchange-plain-text", "A body of plain text":
            &["PCX-09"], FormEdit::Body("hello", "text/plain"), NO_FORM;
        "undocumented/exchange-bad-escapes", "A form with broken escapes":
            &["PCX-09"], FormEdit::Body("grant_type=%zz&%", form), NO_FORM;
        "undocumented/exchange-not-utf-8", "A form of bytes that are no text":
            &["PCX-09"], FormEdit::Body("grant_type=%ff%fe", form), NO_FORM;
        // A front server may answer this one: any 413 is a refusal.
        "undocumented/exchange-megabytes", "An exchange of nine megabytes":
            &["CPX-bounded"], FormEdit::Pad(9 << 20), Expect::REFUSE;
    }
}

fn callers() -> Vec<Case> {
    let stranger =
        |id: &str, title: &str, edit| refused(id, title, &["PCX-02"], edit, Expect::REFUSE);
    let status = |status| Expect::from(Refusal::with(&[]).status(status));
    cases! {
        stranger:
            "undocumented/exchange-without-key", "An exchange without API key":
                FormEdit::Caller(None);
            "undocumented/exchange-unknown-key", "An exchange under an API key nobody has":
                FormEdit::Key(Alteration::Text(NOBODYS_KEY));
            "undocumented/exchange-altered-key",
                "An exchange under an API key with one other character":
                FormEdit::Key(Alteration::SignatureAltered);
            "undocumented/exchange-half-a-key", "An exchange under the first half of an API key":
                FormEdit::Key(Alteration::Truncated);
        refused:
            "undocumented/exchange-bearer", "The API key under another scheme":
                &["PCX-02"], FormEdit::Scheme("Bearer"), Expect::REFUSE
                => hardening("Who sends a key that is known is no stranger, whatever the scheme.");
            "undocumented/exchange-another-owner",
                "Another publisher's key exchanges a viewer's token":
                &["PCX-16"], FormEdit::Caller(Some("publisher.other")), Expect::REFUSE;
        case:
            // The document names no status, so these are advice.
            "undocumented/exchange-caller-statuses",
                "Without a key the status is 401, with the key of somebody who does not own the content 403":
                &["CPX-status"],
                plain(OF).edited(FormEdit::Caller(None), status(401))
                    .edited(FormEdit::Key(Alteration::Text(NOBODYS_KEY)), status(401))
                    .edited(FormEdit::Caller(Some("publisher.other")), status(403))
                    .obtains("t", "b");
    }
}

const NOBODYS_KEY: &str = "an-api-key-nobody-has-0123456789";

/// Odd, and no fault.
fn unusual() -> Vec<Case> {
    let accepted = |id: &str, title: &str, cites: &[&'static str], edit: FormEdit| {
        case(id, title, cites, plain(OF).edited(edit, Expect::ACCEPT))
    };
    cases! { accepted:
        "accepted/exchange-unknown-member", "A form member nobody knows":
            &["CPX-odd-accept"], FormEdit::Set("unknown", "x");
        "accepted/exchange-scheme-in-small-letters", "The scheme in small letters":
            &["RFC9110-11.1"], FormEdit::Scheme("key");
        "accepted/exchange-accepting-json-alone", "The caller takes JSON and nothing else":
            &["PCX-04"], FormEdit::Header("accept", "application/json");
    }
}

fn envelopes() -> Vec<Case> {
    let callers = || {
        plain(OF)
            .edited(FormEdit::Caller(None), Expect::REFUSE)
            .edited(FormEdit::Key(Alteration::SignatureAltered), Expect::REFUSE)
            .edited(FormEdit::Caller(Some("publisher.other")), Expect::REFUSE)
    };
    cases! { case:
        "undocumented/refusals-keep-secrets",
            "No refusal of a caller repeats an API key or another secret":
            &["PCX-13"], callers().look(Look::SecretsKept);
        "undocumented/refusals-keep-tokens", "No refusal of a caller repeats the subject token":
            &["CPX-quiet"], callers().look(Look::NothingLeaked);
        "undocumented/every-refusal-an-envelope",
            "Whatever is wrong with an exchange, the answer is an envelope as the SDK reads it":
            &["PCX-03", "PCX-17"],
            plain(OF).edited(FormEdit::Without("subject_token"), Expect::REFUSE)
                .edited(FormEdit::Set("grant_type", "password"), Expect::REFUSE)
                .edited(FormEdit::AsJson, Expect::REFUSE)
                .edited(FormEdit::Caller(None), Expect::REFUSE)
                .edited(FormEdit::Caller(Some("publisher.other")), Expect::REFUSE)
                .look(Look::Envelopes).obtains("t", "b");
    }
}
