//! Keycloak: one sentence for a wrong client secret, told by name at login and by status at
//! refresh.

use claimproof_idp::{At, ClientAuth, Failure, Personality, Secret, Secrets, Seen};

use super::script::Script;
use super::{A, PAST_AN_HOUR, case, good, integration, passed_on, saying};
use crate::case::Case;
use crate::expect::{Answer, Expect, Refusal};
use crate::flow::{Integration, Look};

const OF: Personality = Personality::Keycloak;

/// The sentence at refresh; whether the provider's name for the error goes with it is not judged.
const REFRESH: &[&str] = &["keycloak-refresh", "keycloak-login"];

pub(super) fn cases() -> Vec<Case> {
    [login(), refresh(), others()].concat()
}

fn login() -> Vec<Case> {
    let ways = [("post", ClientAuth::Post), ("basic", ClientAuth::Basic)];
    let one = |(slug, auth): (&str, ClientAuth)| {
        let wrong = || {
            Script::with(good(OF), Integration { secret: Secret::Wrong, auth, ..integration(OF) })
        };
        [
            case(
                &format!("keycloak-login/wrong-secret-{slug}"),
                &format!("A wrong client secret, sent by client_secret_{slug}"),
                &["PCO-KC-01"],
                wrong().login_is(A, passed_on(&["keycloak-login"])),
            ),
            case(
                &format!("keycloak-login/cured-{slug}"),
                &format!("With the right secret by client_secret_{slug} the login succeeds"),
                &["PCO-KC-04", "PCO-KC-01", "PCO-GN-03"],
                wrong()
                    .login_is(A, Expect::refuse(&["keycloak-login"]))
                    .sets_secret(Secret::Current)
                    .works(),
            ),
        ]
    };
    let mut cases: Vec<Case> = ways.into_iter().flat_map(one).collect();
    if let Some(first) = cases.first_mut() {
        first.control = Some("posit-connect/accepted/login-keycloak".to_owned());
    }
    let wrong = Script::with(good(OF), Integration { secret: Secret::Wrong, ..integration(OF) });
    cases.extend(cases! { case:
        "keycloak-login/no-session", "A login with a wrong secret at Keycloak leaves no session":
            &["PCO-RT-10", "PCO-RT-01"],
            wrong.login_is(A, Expect::REFUSE).visits(A, "t").exchange_is("t", "a", Expect::REFUSE);
    });
    cases
}

/// A viewer logged in before the secret was replaced at the provider.
fn replaced() -> Script {
    Script::of(OF)
        .logs_in(A)
        .visits(A, "t")
        .exchanges("t", "a")
        .provider_is(good(OF).taking(Secrets::Replaced))
}

fn refresh() -> Vec<Case> {
    let failing = || Expect::refuse(REFRESH);
    let shown = Expect::open(
        "PCO-R-refresh-answer",
        vec![
            ("text", Answer::Refuse(Refusal::with(REFRESH).saying("400 Bad Request"))),
            ("status", Answer::Refuse(Refusal::with(REFRESH).status(400))),
        ],
    );
    let expired = || replaced().passes(PAST_AN_HOUR).visits(A, "t2");
    cases! { case:
        "keycloak-refresh/wrong-secret",
            "The secret was replaced at Keycloak, and the viewer's token is refreshed":
            &["PCO-KC-02", "PCO-KC-03"], expired().exchange_is("t2", "b", shown);
        "keycloak-refresh/before-expiry",
            "Until its expiry the viewer's token is handed out, whatever the secret":
            &["PCO-KC-06"],
            replaced().obtains("t", "b").look(Look::SameAccess("a", "b")).seen(Seen::Refreshed(0));
        "keycloak-refresh/secret-corrected",
            "With the right secret the next exchange succeeds, without another login":
            &["PCO-KC-05", "PCO-KC-02", "PCO-GN-03"],
            expired().exchange_is("t2", "b", failing()).sets_secret(Secret::Current)
                .obtains("t2", "b").look(Look::OtherAccess("a", "b")).seen(Seen::Authorized(1));
        "keycloak-refresh/envelope", "A failed refresh is an envelope as the SDK reads it":
            &["PCX-03", "PCX-17"],
            expired().exchange_is("t2", "b", failing()).look(Look::Envelopes);
    }
}

fn others() -> Vec<Case> {
    let unknown = good(OF).failing(At::Redemption, Failure::UnknownClient);
    let ended = good(OF).failing(At::Refresh, Failure::GrantEnded);
    cases! { case:
        "undocumented/keycloak-unknown-client",
            "An unknown client has the same sentence and another name, and is told as such":
            &["PCO-GN-02"],
            Script::with(unknown, integration(OF)).login_is(A, saying("invalid_client"))
            => differs_from("login-keycloak");
        "undocumented/keycloak-session-ended",
            "An ended session at Keycloak is not told as a wrong secret":
            &["PCO-GN-02"],
            Script::with(ended, integration(OF)).logs_in(A).passes(PAST_AN_HOUR).visits(A, "t")
                .exchange_is("t", "a", saying("Token is not active"));
    }
}
