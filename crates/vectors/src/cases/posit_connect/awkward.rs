//! Strings and lifetimes of a provider that a client must not take for granted.

use claimproof_idp::{Awkward, ClientAuth, Personality, Secrets, Seen};

use super::script::Script;
use super::{A, PAST_AN_HOUR, case, good, integration};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::{Integration, Look};

const OF: Personality = Personality::Keycloak;

pub(super) fn cases() -> Vec<Case> {
    [encoded(), unreadable(), read()].concat()
}

fn handing_out(awkward: Awkward, auth: ClientAuth) -> Script {
    Script::with(good(OF).handing_out(awkward), Integration { auth, ..integration(OF) })
}

/// Whatever is sent to a token endpoint is form-encoded once: `+ % & = / :` and a blank show how often.
fn encoded() -> Vec<Case> {
    const CITES: &[&str] = &["RFC6749-2.3.1"];
    let later = |script: Script| script.passes(PAST_AN_HOUR).visits(A, "t").obtains("t", "a");
    let logs_in = |id: &str, title: &str, script: Script| {
        case(id, title, CITES, script.enters(A).seen(Seen::Redeemed(1)))
    };
    cases! {
        logs_in:
            "accepted/awkward-secret-in-the-form",
                "The client secret, sent in the form, holds characters that a form spells otherwise":
                handing_out(Awkward::Secrets, ClientAuth::Post);
            "accepted/awkward-secret-in-the-header",
                "The client secret, sent by Basic, holds characters that a form spells otherwise":
                handing_out(Awkward::Secrets, ClientAuth::Basic);
            "accepted/awkward-code",
                "The authorization code holds characters that a form spells otherwise":
                handing_out(Awkward::Codes, ClientAuth::Post);
        case:
            "accepted/awkward-refresh-token",
                "The refresh token holds characters that a form spells otherwise":
                CITES, later(handing_out(Awkward::RefreshTokens, ClientAuth::Post).enters(A));
            "keycloak-refresh/awkward-secret",
                "A client secret that a form spells otherwise takes the place of a wrong one, and the refresh succeeds":
                &["RFC6749-2.3.1", "PCO-KC-05"],
                Script::of(OF).logs_in(A)
                    .provider_is(good(OF).handing_out(Awkward::Secrets).taking(Secrets::Replaced))
                    .passes(PAST_AN_HOUR).visits(A, "t").exchange_is("t", "a", Expect::REFUSE)
                    .sets_secret(claimproof_idp::Secret::Current).obtains("t", "a");
    }
}

fn expiring(written: &'static str) -> Script {
    Script::with(good(OF).expiring_as(written), integration(OF)).enters(A)
}

/// A lifetime that says nothing, or nothing that can be counted, is no reason to fail a login.
fn unreadable() -> Vec<Case> {
    let rows = [
        ("zero", "zero", "0"),
        ("negative", "a negative number", "-1"),
        ("huge", "more than a machine word holds", "99999999999999999999"),
        ("null", "null", "null"),
        ("words", "a word", "\"soon\""),
    ];
    let one = |(slug, what, written): (&str, &str, &'static str)| {
        let script = expiring(written).visits(A, "t").obtains("t", "a");
        let title = format!("The provider's expires_in is {what}, and the login survives");
        case(&format!("accepted/expires-in-{slug}"), &title, &["RFC6749-A.14"], script)
    };
    rows.into_iter().map(one).collect()
}

/// One that can be read is kept: the content is told, and the token is renewed when it has passed.
fn read() -> Vec<Case> {
    let rows = [
        ("text", "a text", "\"3600\""),
        ("fraction", "a number with a fraction part", "3600.5"),
        ("exponent", "a number with an exponent", "3.6e3"),
        ("fraction-in-text", "a text with a fraction part", "\"3600.0\""),
    ];
    let one = |(slug, what, written): (&str, &str, &'static str)| {
        let exchanged = || expiring(written).visits(A, "t").obtains("t", "a");
        [
            case(
                &format!("accepted/expires-in-{slug}"),
                &format!(
                    "The provider's expires_in is {what} for an hour, and so is that of the exchange"
                ),
                &["RFC6749-A.14"],
                exchanged().look(Look::ExpiresWithin("a", 3601)),
            ),
            case(
                &format!("accepted/expires-in-{slug}-passed"),
                &format!(
                    "The provider's expires_in is {what} for an hour, and then the token is renewed"
                ),
                &["RFC6749-A.14"],
                exchanged()
                    .passes(PAST_AN_HOUR)
                    .visits(A, "t2")
                    .obtains("t2", "b")
                    .look(Look::OtherAccess("a", "b")),
            ),
        ]
    };
    rows.into_iter().flat_map(one).collect()
}
