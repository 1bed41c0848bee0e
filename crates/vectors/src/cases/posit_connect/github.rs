//! GitHub: OAuth apps have no refresh tokens, and errors come with status 200.

use claimproof_idp::{At, Failure, Knobs, Personality, Refresh, Secret, Seen};

use super::refresh_token::{AFTERWARDS, MISSING};
use super::script::Script;
use super::{A, PAST_AN_HOUR, case, good, integration, saying};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::Integration;

const OAUTH_APP: Personality = Personality::GithubOauthApp;
const APP: Personality = Personality::GithubApp;

pub(super) fn cases() -> Vec<Case> {
    [apps(), errors()].concat()
}

fn apps() -> Vec<Case> {
    let lasting = Knobs { refresh: Refresh::Never, expires_in: None, ..good(APP) };
    cases! { case:
        "github-oauth-app/login", "A custom integration points at a GitHub OAuth app":
            &["PCO-GH-01"], Script::with(good(OAUTH_APP), integration(APP)).login_is(A, MISSING)
            => differs_from("login-github-app");
        "github-oauth-app/no-session",
            "After a login at a GitHub OAuth app the viewer has no session":
            &["PCO-RT-10"],
            Script::of(OAUTH_APP).login_is(A, MISSING).visits(A, "t")
                .exchange_is("t", "a", AFTERWARDS);
        "github-oauth-app/scope-added", "offline_access does not cure a GitHub OAuth app":
            &["PCO-GH-03", "PCO-RT-07", "PCO-RT-05"],
            Script::of(OAUTH_APP).login_is(A, MISSING).sets_scopes("repo read:org offline_access")
                .login_is(A, MISSING).seen(Seen::Scopes("repo read:org offline_access"));
        "github-oauth-app/github-app", "A GitHub App in place of the OAuth app cures it":
            &["PCO-GH-02", "PCO-GH-03"],
            Script::of(OAUTH_APP).login_is(A, MISSING).provider_is(good(APP)).works();
        "github-oauth-app/github-app-without-expiration",
            "A GitHub App whose tokens never expire has no refresh tokens either":
            &["PCO-RT-09"], Script::with(lasting, integration(APP)).login_is(A, MISSING)
            => differs_from("login-github-app");
    }
}

/// Status 200 says nothing at GitHub.
fn errors() -> Vec<Case> {
    let wrong =
        || Script::with(good(APP), Integration { secret: Secret::Wrong, ..integration(APP) });
    let ended = good(APP).failing(At::Refresh, Failure::GrantEnded).expiring_in(3600);
    cases! { case:
        "undocumented/github-error-at-login",
            "An error of status 200 at redemption fails the login under GitHub's name for it":
            &["PCX-20"], wrong().login_is(A, saying("incorrect_client_credentials"));
        "undocumented/github-error-no-login",
            "An error of status 200 at redemption is no refresh token: the login fails, and no session remains":
            &["PCO-RT-01", "PCO-RT-10", "PCX-20"],
            wrong().login_is(A, Expect::REFUSE).visits(A, "t")
                .exchange_is("t", "a", Expect::REFUSE);
        "undocumented/github-error-at-login-cured",
            "With the right secret the login at GitHub succeeds":
            &["PCO-GN-03", "PCX-20"],
            wrong().login_is(A, Expect::REFUSE).sets_secret(Secret::Current).works();
        "undocumented/github-error-at-refresh",
            "An error of status 200 at refresh hands out no token":
            &["PCX-20"],
            Script::with(ended, integration(APP)).logs_in(A).passes(PAST_AN_HOUR).visits(A, "t")
                .exchange_is("t", "a", Expect::REFUSE);
    }
}
