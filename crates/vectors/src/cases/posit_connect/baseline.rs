//! Everything in good order: logins, exchanges, refreshes.

use claimproof_idp::{At, ClientAuth, Failure, Knobs, Personality, Refresh, Seen};

use super::script::Script;
use super::{A, B, OWN, PAST_AN_HOUR, REFRESHING, case, good, integration, name, scopes};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::{Content, Integration, Look, Move};

pub(super) fn cases() -> Vec<Case> {
    [logins(), exchanges(), tokens(), refreshes(), client_secrets(), requests_to_the_provider()]
        .concat()
}

/// The accepted script of a kind, up to the exchange.
pub(super) fn plain(of: Personality) -> Script {
    Script::of(of).logs_in(A).visits(A, "t")
}

fn logins() -> Vec<Case> {
    let login = |of: Personality| {
        let id = format!("accepted/login-{}", name(of));
        let title = format!("A viewer logs in at {}, and content gets a token", name(of));
        let script = Script::of(of).works();
        let script = script.seen(Seen::RedirectUri).seen(Seen::Scopes(scopes(of)));
        case(&id, &title, &["PCO-RT-05", "PCO-AZ-10", "PCO-SE-04"], script)
    };
    let mut cases: Vec<Case> = REFRESHING.into_iter().map(login).collect();
    let without = Integration { scopes: "profile", ..integration(Personality::Keycloak) };
    cases.push(case(
        "accepted/without-offline-access",
        "The provider issues a refresh token though no scope asks for one",
        &["PCO-RT-07"],
        Script::with(good(Personality::Keycloak), without)
            .login_is(A, Expect::ACCEPT)
            .visits(A, "t")
            .exchange_is("t", "a", Expect::ACCEPT),
    ));
    cases.push(case(
        "accepted/snowflake-refresh-scope",
        "At Snowflake the scope refresh_token does, without offline_access",
        &["PCO-RT-08"],
        Script::of(Personality::Snowflake)
            .login_is(A, Expect::ACCEPT)
            .seen(Seen::Scopes("refresh_token session:role:ANALYST"))
            .visits(A, "t")
            .exchange_is("t", "a", Expect::ACCEPT),
    ));
    cases
}

fn exchanges() -> Vec<Case> {
    let of = Personality::Entra;
    vec![
        case(
            "accepted/sdk-equivalent",
            "What the SDK sends, read as strictly as the SDK reads",
            &["PCX-04", "PCX-03"],
            plain(of)
                .edited(vec![super::REQUESTED_TYPE], Expect::ACCEPT)
                .look(Look::SuccessMembers("a"))
                .look(Look::ExpiresWithin("a", 3600))
                .look(Look::Envelopes),
        ),
        case(
            "accepted/same-token",
            "Two exchanges before expiry give the same token, and the provider is not called",
            &["PCX-06"],
            plain(of)
                .exchanges("t", "a")
                .exchange_is("t", "b", Expect::ACCEPT)
                .look(Look::SameAccess("a", "b"))
                .seen(Seen::Redeemed(1))
                .seen(Seen::Refreshed(0)),
        ),
        case(
            "accepted/two-viewers",
            "Two viewers of one content get each their own token",
            &["PCO-SE-03", "PCO-SE-04"],
            plain(of)
                .logs_in(B)
                .visits(B, "tb")
                .exchange_is("t", "a", Expect::ACCEPT)
                .exchange_is("tb", "b", Expect::ACCEPT)
                .look(Look::OtherAccess("a", "b")),
        ),
        case(
            "accepted/two-contents",
            "One login serves every content the integration is associated with",
            &["PCO-AS-04"],
            plain(of)
                .associates(Content::Second, true)
                .then(
                    Move::Visit { viewer: A, content: Content::Second, solo: false, keep: "t2" },
                    Expect::Done,
                )
                .exchange_is("t2", "b", Expect::ACCEPT)
                .exchange_is("t", "a", Expect::ACCEPT)
                .seen(Seen::Authorized(1)),
        ),
    ]
}

fn tokens() -> Vec<Case> {
    let of = Personality::Entra;
    let nameless = Knobs { expires_in: None, ..good(Personality::GithubApp) };
    vec![
        case(
            "accepted/remaining-lifetime",
            "expires_in shrinks with what remains",
            &["PCX-05"],
            Script::of(of)
                .logs_in(A)
                .passes(600)
                .visits(A, "t")
                .exchange_is("t", "a", Expect::ACCEPT)
                .look(Look::ExpiresWithin("a", 3000)),
        ),
        case(
            "accepted/no-lifetime",
            "Where the provider names no expiry, the exchange names none",
            &["PCX-05", "RFC6749-A.14"],
            Script::with(nameless, integration(Personality::GithubApp))
                .login_is(A, Expect::ACCEPT)
                .visits(A, "t")
                .exchange_is("t", "a", Expect::ACCEPT)
                .look(Look::NoExpiry("a")),
        ),
    ]
}

fn refreshes() -> Vec<Case> {
    let refreshed = |of: Personality| {
        let id = format!("accepted/refreshed-{}", name(of));
        let title = format!("An expired token of {} is renewed without the viewer", name(of));
        let script =
            Script::with(good(of).expiring_in(2), integration(of)).logs_in(A).visits(A, "t");
        let script = script.exchanges("t", "a").passes(3).exchange_is("t", "b", Expect::ACCEPT);
        case(
            &id,
            &title,
            &["PCO-RT-04"],
            script.look(Look::OtherAccess("a", "b")).seen(Seen::Authorized(1)),
        )
    };
    let mut cases: Vec<Case> = REFRESHING.into_iter().map(refreshed).collect();
    let of = Personality::Entra;
    cases.push(case(
        "accepted/one-refresh",
        "One expiry takes one refresh",
        &["PCX-06"],
        plain(of)
            .exchanges("t", "a")
            .passes(PAST_AN_HOUR)
            .visits(A, "t2")
            .exchange_is("t2", "b", Expect::ACCEPT)
            .exchange_is("t2", "c", Expect::ACCEPT)
            .look(Look::OtherAccess("a", "b"))
            .look(Look::SameAccess("b", "c"))
            .seen(Seen::Refreshed(1)),
    ));
    cases.push(case(
        "accepted/one-refresh-at-once",
        "Eight exchanges at once after one expiry take one refresh and give one token",
        &["PCX-06"],
        Script::with(good(of).failing(At::Refresh, Failure::Late), integration(of))
            .logs_in(A)
            .passes(PAST_AN_HOUR)
            .visits(A, "t2")
            .then(Move::ExchangeAtOnce { subject: "t2", times: 8 }, Expect::ACCEPT)
            .seen(Seen::Refreshed(1)),
    ));
    cases.extend(twice_expired());
    cases
}

/// What comes of the refresh token shows at the second refresh.
fn twice_expired() -> [Case; 2] {
    let twice = |of: Personality| {
        let first = plain(of).passes(PAST_AN_HOUR).visits(A, "t2").exchanges("t2", "b");
        let second =
            first.passes(PAST_AN_HOUR).visits(A, "t3").exchange_is("t3", "c", Expect::ACCEPT);
        second.look(Look::OtherAccess("b", "c")).seen(Seen::Refreshed(2)).seen(Seen::Authorized(1))
    };
    [
        case(
            "accepted/refresh-token-kept",
            "A refresh answered without a new refresh token leaves the old one in use, and is no fault",
            &["PCX-19", "PCO-RT-04"],
            twice(Personality::Snowflake),
        ),
        case(
            "accepted/refresh-token-replaced",
            "A new refresh token takes the place of the old one",
            &["PCO-RT-04"],
            twice(Personality::Keycloak),
        ),
    ]
}

/// An integration at Entra that differs in how it proves itself.
fn proving(auth: ClientAuth, pkce: bool) -> Script {
    let of = Personality::Entra;
    Script::with(good(of), Integration { auth, pkce, ..integration(of) })
}

fn client_secrets() -> Vec<Case> {
    let authenticates = |slug: &str, auth: ClientAuth| {
        let id = format!("accepted/client-secret-{slug}");
        let title = format!(
            "The integration authenticates by client_secret_{slug}, at redemption and at refresh"
        );
        let script =
            proving(auth, true).login_is(A, Expect::ACCEPT).passes(PAST_AN_HOUR).visits(A, "t");
        case(
            &id,
            &title,
            &["PCX-12"],
            script.exchange_is("t", "a", Expect::ACCEPT).seen(Seen::ClientAuth(auth)),
        )
    };
    let withheld = proving(ClientAuth::Post, true)
        .visits(A, "t")
        .look(Look::SecretWithheld)
        .look(Look::SecretsKept);
    vec![
        authenticates("basic", ClientAuth::Basic),
        authenticates("post", ClientAuth::Post),
        case(
            "accepted/secret-withheld",
            "The integration API does not return the secret",
            &["PCX-13"],
            withheld,
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn requests_to_the_provider() -> Vec<Case> {
    let of = Personality::Entra;
    let plain = || proving(ClientAuth::Post, true);
    vec![
        case(
            "accepted/pkce",
            "Each login proves with a verifier of its own the challenge it began with",
            &["PCX-10"],
            plain()
                .login_is(A, Expect::ACCEPT)
                .login_is(B, Expect::ACCEPT)
                .seen(Seen::Verifier)
                .seen(Seen::Redeemed(2)),
        ),
        case(
            "accepted/pkce-challenge",
            "Each login sends a PKCE challenge by S256",
            &["RFC7636-4.2"],
            plain().logs_in(A).login_is(B, Expect::ACCEPT).seen(Seen::Challenge),
        ),
        case(
            "accepted/front-channel",
            "Neither the client secret nor the verifier travels through the viewer's browser",
            &["PCX-13", "PCX-10"],
            plain().login_is(A, Expect::ACCEPT).seen(Seen::FrontChannel),
        ),
        case(
            "accepted/without-pkce",
            "An integration that switches PKCE off sends none of it",
            &["RFC7636-4.2"],
            proving(ClientAuth::Post, false).login_is(A, Expect::ACCEPT).seen(Seen::NoPkce),
        ),
        case(
            "accepted/state",
            "Each login has a state, and that of one viewer is not that of another",
            &["PCX-11"],
            plain().logs_in(A).logs_in(B).login_is(A, Expect::ACCEPT).seen(Seen::State),
        ),
        case(
            "accepted/state-fresh",
            "Each login has a state of its own that cannot be guessed",
            &["RFC6749-10.10"],
            plain().logs_in(A).logs_in(B).login_is(A, Expect::ACCEPT).seen(Seen::FreshState),
        ),
        case(
            "accepted/always-refreshing",
            "Scopes reach the provider as configured, also after they are changed",
            &["PCO-RT-05"],
            Script::with(good(of).refreshing(Refresh::Always), integration(of))
                .logs_in(A)
                .sets_scopes("Files.Read Mail.Read")
                .login_is(A, Expect::ACCEPT)
                .seen(Seen::Scopes("Mail.Read Files.Read")),
        ),
        case(
            "accepted/association-list",
            "The list of associations names content and integration, and an emptied one does not",
            &["PCX-18", "PCX-14"],
            plain()
                .look(Look::Associations(OWN, true))
                .associates(OWN, false)
                .look(Look::Associations(OWN, false)),
        ),
    ]
}
