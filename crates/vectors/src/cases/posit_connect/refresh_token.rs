//! A login whose token response has no refresh token.

use claimproof_idp::{Knobs, Personality, Refresh, Seen};

use super::script::Script;
use super::{A, REFRESHING, case, good, integration, name, saying, scopes};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::Integration;

pub(super) const MISSING: Expect = Expect::refuse(&["missing-refresh-token"]);

/// What the viewer's exchange gives after such a login: a session that may be listed serves nobody.
pub(super) const AFTERWARDS: Expect = Expect::REFUSE;

pub(super) fn cases() -> Vec<Case> {
    [never(), not_asked_for(), withheld(), snowflake()].concat()
}

fn never() -> Vec<Case> {
    let never = |of: Personality| {
        let slug = name(of);
        let knobs = good(of).refreshing(Refresh::Never);
        let failing = || Script::with(knobs.clone(), integration(of));
        [
            case(
                &format!("missing-refresh-token/never-{slug}"),
                &format!("{slug} never issues a refresh token"),
                &["PCO-RT-01", "PCO-RT-02", "PCO-GN-01"],
                failing().login_is(A, MISSING),
            )
            .differs_from(&format!("login-{slug}")),
            case(
                &format!("missing-refresh-token/no-session-{slug}"),
                &format!("After a login without refresh token at {slug} the viewer has no session"),
                &["PCO-RT-10"],
                failing().login_is(A, MISSING).visits(A, "t").exchange_is("t", "a", AFTERWARDS),
            ),
            case(
                &format!("missing-refresh-token/cured-{slug}"),
                &format!("{slug} issues refresh tokens again, and the same login succeeds"),
                &["PCO-RT-07"],
                failing().login_is(A, MISSING).provider_is(good(of)).works(),
            ),
        ]
    };
    REFRESHING.into_iter().flat_map(never).collect()
}

fn not_asked_for() -> Vec<Case> {
    let of = Personality::Entra;
    let without = || Script::with(good(of), Integration { scopes: "User.Read", ..integration(of) });
    cases! { case:
        "missing-refresh-token/scope-missing", "The integration does not ask for offline_access":
            &["PCO-RT-01", "PCO-RT-02", "PCO-RT-05"], without().login_is(A, MISSING)
            => differs_from("login-entra");
        "missing-refresh-token/at-login",
            "The missing refresh token shows at the login, before anything is exchanged":
            &["PCO-RT-03"],
            without().login_is(A, MISSING).seen(Seen::Redeemed(1)).seen(Seen::Refreshed(0));
        "missing-refresh-token/scope-added",
            "With offline_access added to the integration the login succeeds":
            &["PCO-RT-06", "PCO-GN-03"],
            without().login_is(A, MISSING).sets_scopes(scopes(of)).works()
                .seen(Seen::Scopes(scopes(of)));
    }
}

/// The scope is there, the token is not.
fn withheld() -> Vec<Case> {
    let withheld = |of: Personality, slug: &str, refresh: Refresh, what: &str| {
        let id = format!("missing-refresh-token/{slug}-{}", name(of));
        let title = format!("{} answers with {what} in place of a refresh token", name(of));
        let script =
            Script::with(good(of).refreshing(refresh), integration(of)).login_is(A, MISSING);
        case(&id, &title, &["PCO-RT-09", "PCO-RT-02"], script)
            .differs_from(&format!("login-{}", name(of)))
    };
    let both = |of| {
        [
            withheld(of, "null", Refresh::Null, "null"),
            withheld(of, "empty", Refresh::Empty, "an empty text"),
        ]
    };
    [Personality::Entra, Personality::Keycloak].into_iter().flat_map(both).collect()
}

fn snowflake() -> Vec<Case> {
    let of = Personality::Snowflake;
    let asking = |scopes| Script::with(good(of), Integration { scopes, ..integration(of) });
    let honoring = |scopes| {
        let knobs = Knobs { refresh: Refresh::WithScope("session:role:ANALYST"), ..good(of) };
        Script::with(knobs, Integration { scopes, ..integration(of) })
    };
    cases! { case:
        "missing-refresh-token/snowflake-scope-missing",
            "At Snowflake the integration does not ask for refresh_token":
            &["PCO-RT-01", "PCO-RT-08"], asking("session:role:ANALYST").login_is(A, MISSING)
            => differs_from("login-snowflake");
        "missing-refresh-token/snowflake-scope-added",
            "With refresh_token added the login at Snowflake succeeds":
            &["PCO-RT-06", "PCO-RT-08"],
            asking("session:role:ANALYST").login_is(A, MISSING).sets_scopes(scopes(of)).works();
        "missing-refresh-token/snowflake-offline-access",
            "Snowflake rejects offline_access, and its own error is shown":
            &["PCO-GN-02"],
            asking("session:role:ANALYST offline_access").login_is(A, saying("invalid_scope"))
                .seen(Seen::Redeemed(0));
        "missing-refresh-token/another-scope-accepted",
            "A refresh token that comes by another scope than the usual ones does":
            &["PCO-RT-07"],
            honoring("session:role:ANALYST").enters(A).visits(A, "t").obtains("t", "a");
    }
}
