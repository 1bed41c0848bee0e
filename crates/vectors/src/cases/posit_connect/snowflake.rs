//! Snowflake: its page for another redirect URI, and its envelope for errors.

use claimproof_idp::{Differs, Personality, Registered, Secret, Seen};

use super::script::Script;
use super::{A, case, good, integration, no_session, saying};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::Integration;

const OF: Personality = Personality::Snowflake;

pub(super) fn cases() -> Vec<Case> {
    [mismatch(), envelope()].concat()
}

fn mismatch() -> Vec<Case> {
    let rows = [
        ("none", "nowhere", Registered::Nothing),
        ("path", "with another path", Registered::Other(Differs::Path)),
        ("slash", "with a slash behind it", Registered::Other(Differs::Slash)),
    ];
    let page = || Expect::refuse(&["snowflake-redirect-mismatch"]);
    let one = |(slug, how, registered): (&str, &str, Registered)| {
        let failing = || Script::with(good(OF).registering(registered), integration(OF));
        [
            case(
                &format!("snowflake-redirect-mismatch/{slug}"),
                &format!("At Snowflake the callback is registered {how}"),
                &["PCO-SF-01", "PCO-SF-02", "PCO-AZ-10"],
                failing().login_is(A, page()).seen(Seen::RedirectUri).seen(Seen::Redeemed(0)),
            )
            .differs_from("login-snowflake"),
            case(
                &format!("snowflake-redirect-mismatch/{slug}-registered"),
                &format!(
                    "At Snowflake the callback, registered {how} before, is registered as it is"
                ),
                &["PCO-SF-03", "PCO-AZ-10", "PCO-GN-03"],
                failing().login_is(A, page()).provider_is(good(OF)).works(),
            ),
        ]
    };
    let mut cases: Vec<Case> = rows.into_iter().flat_map(one).collect();
    let failing = Script::with(good(OF).registering(Registered::Nothing), integration(OF));
    cases.extend(cases! { case:
        "snowflake-redirect-mismatch/no-session",
            "A login that stays at Snowflake leaves no session":
            &["PCO-SF-02", "PCO-SE-01"],
            failing.login_is(A, page()).visits(A, "t").exchange_is("t", "a", no_session());
    });
    cases
}

fn envelope() -> Vec<Case> {
    let wrong = || Script::with(good(OF), Integration { secret: Secret::Wrong, ..integration(OF) });
    cases! { case:
        "undocumented/snowflake-envelope", "The message in Snowflake's own envelope is passed on":
            &["PCO-GN-02"], wrong().login_is(A, saying("This is an invalid client."));
        "undocumented/snowflake-envelope-cured",
            "With the right secret the login at Snowflake succeeds":
            &["PCO-GN-03"],
            wrong().login_is(A, Expect::REFUSE).sets_secret(Secret::Current).works();
    }
}
