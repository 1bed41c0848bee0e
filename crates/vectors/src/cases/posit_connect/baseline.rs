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
    cases.extend(cases! { case:
        "accepted/without-offline-access",
            "The provider issues a refresh token though no scope asks for one":
            &["PCO-RT-07"],
            Script::with(good(Personality::Keycloak), without).enters(A).visits(A, "t")
                .obtains("t", "a");
        "accepted/snowflake-refresh-scope",
            "At Snowflake the scope refresh_token does, without offline_access":
            &["PCO-RT-08"],
            Script::of(Personality::Snowflake).enters(A)
                .seen(Seen::Scopes("refresh_token session:role:ANALYST")).visits(A, "t")
                .obtains("t", "a");
    });
    cases
}

fn exchanges() -> Vec<Case> {
    let of = Personality::Entra;
    let second = Move::Visit { viewer: A, content: Content::Second, solo: false, keep: "t2" };
    cases! { case:
        "accepted/sdk-equivalent", "What the SDK sends, read as strictly as the SDK reads":
            &["PCX-04", "PCX-03"],
            plain(of).edited(super::REQUESTED_TYPE, Expect::ACCEPT)
                .look(Look::SuccessMembers("a")).look(Look::ExpiresWithin("a", 3600))
                .look(Look::Envelopes);
        "accepted/same-token",
            "Two exchanges before expiry give the same token, and the provider is not called":
            &["PCX-06"],
            plain(of).exchanges("t", "a").obtains("t", "b").look(Look::SameAccess("a", "b"))
                .seen(Seen::Redeemed(1)).seen(Seen::Refreshed(0));
        "accepted/two-viewers", "Two viewers of one content get each their own token":
            &["PCO-SE-03", "PCO-SE-04"],
            plain(of).logs_in(B).visits(B, "tb").obtains("t", "a").obtains("tb", "b")
                .look(Look::OtherAccess("a", "b"));
        "accepted/two-contents",
            "One login serves every content the integration is associated with":
            &["PCO-AS-04"],
            plain(of).associates(Content::Second, true)
                .then(second, Expect::Done)
                .obtains("t2", "b").obtains("t", "a").seen(Seen::Authorized(1));
    }
}

fn tokens() -> Vec<Case> {
    let of = Personality::Entra;
    let nameless = Knobs { expires_in: None, ..good(Personality::GithubApp) };
    cases! { case:
        "accepted/remaining-lifetime", "expires_in shrinks with what remains":
            &["PCX-05"],
            Script::of(of).logs_in(A).passes(600).visits(A, "t").obtains("t", "a")
                .look(Look::ExpiresWithin("a", 3000));
        "accepted/no-lifetime", "Where the provider names no expiry, the exchange names none":
            &["PCX-05", "RFC6749-A.14"],
            Script::with(nameless, integration(Personality::GithubApp)).enters(A).visits(A, "t")
                .obtains("t", "a").look(Look::NoExpiry("a"));
    }
}

fn refreshes() -> Vec<Case> {
    let refreshed = |of: Personality| {
        let id = format!("accepted/refreshed-{}", name(of));
        let title = format!("An expired token of {} is renewed without the viewer", name(of));
        let script = Script::with(good(of).expiring_in(2), integration(of)).logs_in(A);
        let script = script.visits(A, "t").exchanges("t", "a").passes(3).obtains("t", "b");
        let script = script.look(Look::OtherAccess("a", "b")).seen(Seen::Authorized(1));
        case(&id, &title, &["PCO-RT-04"], script)
    };
    let mut cases: Vec<Case> = REFRESHING.into_iter().map(refreshed).collect();
    let of = Personality::Entra;
    cases.extend(cases! { case:
        "accepted/one-refresh", "One expiry takes one refresh":
            &["PCX-06"],
            plain(of).exchanges("t", "a").passes(PAST_AN_HOUR).visits(A, "t2").obtains("t2", "b")
                .obtains("t2", "c").look(Look::OtherAccess("a", "b"))
                .look(Look::SameAccess("b", "c")).seen(Seen::Refreshed(1));
        "accepted/one-refresh-at-once",
            "Eight exchanges at once after one expiry take one refresh and give one token":
            &["PCX-06"],
            Script::with(good(of).failing(At::Refresh, Failure::Late), integration(of)).logs_in(A)
                .passes(PAST_AN_HOUR).visits(A, "t2")
                .then(Move::ExchangeAtOnce { subject: "t2", times: 8 }, Expect::ACCEPT)
                .seen(Seen::Refreshed(1));
    });
    cases.extend(twice_expired());
    cases
}

/// What comes of the refresh token shows at the second refresh.
fn twice_expired() -> Vec<Case> {
    let twice = |of: Personality| {
        let first = plain(of).passes(PAST_AN_HOUR).visits(A, "t2").exchanges("t2", "b");
        let second = first.passes(PAST_AN_HOUR).visits(A, "t3").obtains("t3", "c");
        second.look(Look::OtherAccess("b", "c")).seen(Seen::Refreshed(2)).seen(Seen::Authorized(1))
    };
    cases! { case:
        "accepted/refresh-token-kept",
            "A refresh answered without a new refresh token leaves the old one in use, and is no fault":
            &["PCX-19", "PCO-RT-04"], twice(Personality::Snowflake);
        "accepted/refresh-token-replaced", "A new refresh token takes the place of the old one":
            &["PCO-RT-04"], twice(Personality::Keycloak);
    }
}

/// An integration at Entra that differs in how it proves itself.
fn proving(auth: ClientAuth, pkce: bool) -> Script {
    let of = Personality::Entra;
    Script::with(good(of), Integration { auth, pkce, ..integration(of) })
}

fn client_secrets() -> Vec<Case> {
    let authenticates = |id: &str, title: &str, auth| {
        let script = proving(auth, true).enters(A).passes(PAST_AN_HOUR).visits(A, "t");
        case(id, title, &["PCX-12"], script.obtains("t", "a").seen(Seen::ClientAuth(auth)))
    };
    let made = proving(ClientAuth::Post, true).visits(A, "t");
    cases! {
        authenticates:
            "accepted/client-secret-basic",
                "The integration authenticates by client_secret_basic, at redemption and at refresh":
                ClientAuth::Basic;
            "accepted/client-secret-post",
                "The integration authenticates by client_secret_post, at redemption and at refresh":
                ClientAuth::Post;
        case:
            "accepted/secret-withheld", "The integration API does not return the secret":
                &["PCX-13"], made.look(Look::SecretWithheld).look(Look::SecretsKept);
    }
}

fn requests_to_the_provider() -> Vec<Case> {
    let of = Personality::Entra;
    let plain = || proving(ClientAuth::Post, true);
    cases! { case:
        "accepted/pkce", "Each login proves with a verifier of its own the challenge it began with":
            &["PCX-10"], plain().enters(A).enters(B).seen(Seen::Verifier).seen(Seen::Redeemed(2));
        "accepted/pkce-challenge", "Each login sends a PKCE challenge by S256":
            &["RFC7636-4.2"], plain().logs_in(A).enters(B).seen(Seen::Challenge);
        "accepted/front-channel",
            "Neither the client secret nor the verifier travels through the viewer's browser":
            &["PCX-13", "PCX-10"], plain().enters(A).seen(Seen::FrontChannel);
        "accepted/without-pkce", "An integration that switches PKCE off sends none of it":
            &["RFC7636-4.2"], proving(ClientAuth::Post, false).enters(A).seen(Seen::NoPkce);
        "accepted/state", "Each login has a state, and that of one viewer is not that of another":
            &["PCX-11"], plain().logs_in(A).logs_in(B).enters(A).seen(Seen::State);
        "accepted/state-fresh", "Each login has a state of its own that cannot be guessed":
            &["RFC6749-10.10"], plain().logs_in(A).logs_in(B).enters(A).seen(Seen::FreshState);
        "accepted/always-refreshing",
            "Scopes reach the provider as configured, also after they are changed":
            &["PCO-RT-05"],
            Script::with(good(of).refreshing(Refresh::Always), integration(of)).logs_in(A)
                .sets_scopes("Files.Read Mail.Read").enters(A)
                .seen(Seen::Scopes("Mail.Read Files.Read"));
        "accepted/association-list",
            "The list of associations names content and integration, and an emptied one does not":
            &["PCX-18", "PCX-14"],
            plain().look(Look::Associations(OWN, true)).associates(OWN, false)
                .look(Look::Associations(OWN, false));
    }
}
