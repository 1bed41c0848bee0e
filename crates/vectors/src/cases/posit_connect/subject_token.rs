//! Subject tokens: expired ones, fresh ones, and such as Connect never issued.

use claimproof_idp::{Personality, Seen};

use super::baseline::plain;
use super::script::Script;
use super::{A, DAY, EXPIRED, TWO, WEEK, case, good, integration, name};
use crate::case::Case;
use crate::expect::{Answer, Expect, Refusal};
use crate::flow::{Alteration, FormEdit, Look};

/// The answers to a subject token that is rejected for another reason than its age.
pub(super) fn rejected() -> Expect {
    finer(&[214, 216, 217, 236, 252])
}

fn finer(numbers: &'static [i64]) -> Expect {
    let answers = vec![
        ("215", Answer::Refuse(Refusal::with(&["215"]).numbered(&[215]))),
        ("finer", Answer::Refuse(Refusal::with(&[]).numbered(numbers))),
    ];
    Expect::open("PCO-R-other-subject-token-codes", answers)
}

pub(super) fn cases() -> Vec<Case> {
    [expired(), fresh(), texts(), altered(), other()].concat()
}

/// Long-lived access tokens, so that only the subject token expires.
fn aging(of: Personality) -> Script {
    Script::with(good(of).expiring_in(WEEK), integration(of)).logs_in(A).visits(A, "t").passes(DAY)
}

fn expired() -> Vec<Case> {
    let expired = |of: Personality| {
        let id = format!("215/expired-{}", name(of));
        let title =
            format!("Content exchanges an expired subject token, the provider being {}", name(of));
        let cites = ["PCO-ST-01", "PCO-ST-02", "PCO-ST-03", "PCO-ST-04", "PCO-GN-01"];
        case(&id, &title, &cites, aging(of).exchange_is("t", "a", EXPIRED))
    };
    let mut cases: Vec<Case> = TWO.into_iter().map(expired).collect();
    let of = Personality::Entra;
    let status = vec![
        ("declared", Answer::Refuse(Refusal::with(&["215"]).numbered(&[215]))),
        ("400", Answer::Refuse(Refusal::with(&["215"]).status(400))),
    ];
    let status = Expect::open("PCO-R-status", status);
    cases.extend(cases! { case:
        "215/expired-unasked-provider",
            "An expired subject token yields no token and no call of the provider, though the access token has expired too":
            &["PCO-ST-09"],
            plain(of).passes(DAY).exchange_is("t", "a", EXPIRED).seen(Seen::Redeemed(1))
                .seen(Seen::Refreshed(0));
        "215/status", "The status of the answer to an expired subject token":
            &["PCO-ST-01"], plain(of).passes(DAY).exchange_is("t", "a", status);
        "215/envelope", "The answer to an expired subject token is an envelope as the SDK reads it":
            &["PCX-03", "PCX-17"], aging(of).exchange_is("t", "a", EXPIRED).look(Look::Envelopes);
    });
    cases
}

fn fresh() -> Vec<Case> {
    let of = Personality::Entra;
    let again = || aging(of).exchange_is("t", "a", EXPIRED).visits(A, "t2");
    cases! { case:
        "215/refreshed", "Reloading the content hands it another subject token":
            &["PCO-ST-06"], again().look(Look::OtherSubject("t", "t2")).obtains("t2", "b");
        "215/refreshed-without-login", "The fresh subject token is exchanged without another login":
            &["PCO-ST-08"],
            again().obtains("t2", "b").seen(Seen::Authorized(1)).seen(Seen::Redeemed(1));
        "215/later-expiry", "The fresh subject token expires later than the old one":
            &["PCO-ST-05", "PCO-ST-07"],
            aging(of).visits(A, "t2").look(Look::LaterExpiry("t", "t2"));
        "215/session-survives", "Rejected subject tokens leave the viewer's session as it was":
            &["PCO-ST-08"],
            plain(of).edited(FormEdit::Subject(Alteration::Text("garbage")), Expect::REFUSE)
                .edited(FormEdit::Subject(Alteration::SignatureAltered), Expect::REFUSE)
                .edited(FormEdit::Subject(Alteration::Truncated), Expect::REFUSE)
                .obtains("t", "a").seen(Seen::Authorized(1));
    }
}

fn one(id: &str, title: &str, cites: &[&'static str], how: Alteration, expect: Expect) -> Case {
    let script = plain(Personality::Entra).edited(FormEdit::Subject(how), expect);
    case(id, title, cites, script).differs_from("login-entra")
}

/// Texts that are no token at all; an empty one may count as a missing member.
fn texts() -> Vec<Case> {
    let text = |id: &str, title: &str, text: &'static str| {
        one(id, title, &["PCO-ST-03"], Alteration::Text(text), rejected())
    };
    cases! {
        text:
            "215/garbage", "A subject token that is a word": "garbage";
            "215/dots", "A subject token of two dots": "..";
            "215/null", "A subject token that says null": "null";
            "215/not-ascii", "A subject token outside ASCII": "t\u{f6}ken\u{1f511}";
            "215/quotes-and-markup", "A subject token of quotes and markup":
                "\"'><script>alert(1)</script>";
            "215/api-key-urn", "A subject token that names a kind of token":
                "urn:posit:connect:api-key";
        one:
            "215/empty", "An empty subject token":
                &["PCO-ST-03"], Alteration::Text(""),
                finer(&[12, 210, 211, 213, 214, 216, 217, 236, 252]);
            "215/truncated", "A subject token cut in half":
                &["PCO-ST-03"], Alteration::Truncated, rejected();
    }
}

/// Nothing whose signature does not fit is trusted, whatever it claims.
fn altered() -> Vec<Case> {
    let signed = ["PCO-ST-03", "PCO-AZ-04"];
    let make = |id: &str, title: &str, how| one(id, title, &signed, how, rejected());
    cases! { make:
        "215/signature-altered", "A subject token with one character of its signature altered":
            Alteration::SignatureAltered;
        "215/payload-altered", "A subject token that names another subject under the old signature":
            Alteration::PayloadAltered;
        "215/unsigned", "A subject token that says it is not signed": Alteration::Unsigned;
        "215/foreign-key", "A subject token signed by a key of somebody else":
            Alteration::ForeignKey;
    }
}

fn other() -> Vec<Case> {
    let of = Personality::Entra;
    let rejected = Expect::from(Refusal::with(&[]).numbered(&[214, 215, 216, 217, 236, 252]));
    let content_session = "urn:posit:connect:content-session-token";
    cases! { case:
        "215/unasked-provider",
            "A rejected subject token causes no call of the provider, though the access token has expired":
            &["PCO-ST-09"],
            plain(of).passes(super::PAST_AN_HOUR).visits(A, "t")
                .edited(FormEdit::Subject(Alteration::SignatureAltered), Expect::REFUSE)
                .seen(Seen::Redeemed(1)).seen(Seen::Refreshed(0));
        "215/of-another-type", "A viewer's token is declared as that of the content":
            &["PCX-08"],
            plain(of).edited(FormEdit::Set("subject_token_type", content_session), rejected)
            => differs_from("login-entra");
        "215/nothing-leaked", "No answer repeats the subject token it rejects":
            &["CPX-quiet"],
            plain(of).edited(FormEdit::Subject(Alteration::SignatureAltered), Expect::REFUSE)
                .edited(FormEdit::Subject(Alteration::Truncated), Expect::REFUSE)
                .look(Look::NothingLeaked);
    }
}
