//! Microsoft Entra ID: scopes, secrets and redirect URIs.

use claimproof_idp::{
    At, ClientAuth, Differs, Failure, Knobs, Personality, Registered, Secret, Secrets, Seen,
};

use super::script::Script;
use super::{A, PAST_AN_HOUR, case, good, integration, passed_on, saying};
use crate::case::Case;
use crate::expect::{Answer, Expect};
use crate::flow::{Integration, Look};

const OF: Personality = Personality::Entra;

/// The scope of the resource, and scopes that yield a token it cannot verify.
const RESOURCE: &str = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";
const RIGHT_SCOPES: &str = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default offline_access";
const WRONG_SCOPES: &str = "https://graph.microsoft.com/User.Read offline_access";

pub(super) fn cases() -> Vec<Case> {
    [
        scopes(),
        wrong_secret(),
        nothing_registered(),
        other_registered(),
        expired_secret(),
        odd_errors(),
    ]
    .concat()
}

fn scopes() -> Vec<Case> {
    let knobs = || Knobs { resource_scope: Some(RESOURCE), ..good(OF) };
    let with = |scopes| {
        Script::with(knobs(), Integration { scopes, ..integration(OF) }).logs_in(A).visits(A, "t")
    };
    let mismatch = || Expect::refuse(&["signature-mismatch"]);
    let next = Expect::open(
        "PCO-R-relogin-after-cure",
        vec![("not-needed", Answer::ACCEPT), ("needed", Answer::REFUSE)],
    );
    cases! { case:
        "accepted/resource", "A token of the right scopes opens the resource":
            &["PCO-AZ-01"], with(RIGHT_SCOPES).exchanges("t", "a").uses("a", Expect::ACCEPT);
        "signature-mismatch/wrong-scopes",
            "A token of wrong scopes cannot be verified by the resource":
            &["PCO-AZ-01"], with(WRONG_SCOPES).exchanges("t", "a").uses("a", mismatch())
            => differs_from("resource");
        "signature-mismatch/at-the-resource", "With wrong scopes login and exchange succeed":
            &["PCO-AZ-02"],
            Script::with(knobs(), Integration { scopes: WRONG_SCOPES, ..integration(OF) }).works();
        "signature-mismatch/scopes-corrected",
            "With the right scopes and another login the resource opens":
            &["PCO-AZ-03", "PCO-GN-03"],
            with(WRONG_SCOPES).exchanges("t", "a").uses("a", mismatch()).sets_scopes(RIGHT_SCOPES)
                .enters(A).visits(A, "t2").obtains("t2", "b").uses("b", Expect::ACCEPT);
        "signature-mismatch/login-after-scopes", "Whether corrected scopes ask for another login":
            &["PCO-AZ-03"],
            with(WRONG_SCOPES).exchanges("t", "a").sets_scopes(RIGHT_SCOPES)
                .exchange_is("t", "b", next);
    }
}

const WRONG: &[&str] = &["AADSTS7000215"];

fn wrong_secret() -> Vec<Case> {
    let with = |knobs, secret| Script::with(knobs, Integration { secret, ..integration(OF) });
    let wrong = || with(good(OF), Secret::Wrong);
    let lines = Knobs { trailer_in_lines: true, ..good(OF) };
    let basic = Integration { secret: Secret::Wrong, auth: ClientAuth::Basic, ..integration(OF) };
    let cites = ["PCO-AZ-05", "PCO-AZ-06", "PCO-AZ-17"];
    let login = |id: &str, title: &str, script: Script| {
        case(id, title, &cites, script.login_is(A, passed_on(WRONG)))
    };
    cases! {
        login:
            "AADSTS7000215/wrong-secret", "The integration has a wrong client secret":
                wrong() => differs_from("login-entra");
            "AADSTS7000215/secret-id", "The integration has the ID of the secret":
                with(good(OF), Secret::Id) => differs_from("login-entra");
            "AADSTS7000215/trailer-in-lines",
                "The provider ends its sentence in lines, as it used to":
                with(lines, Secret::Wrong);
            "AADSTS7000215/by-header", "The wrong secret travels in a header":
                Script::with(good(OF), basic);
        case:
            "AADSTS7000215/no-session", "A login with a wrong client secret leaves no session":
                &["PCO-RT-10", "PCO-RT-01"],
                wrong().login_is(A, Expect::REFUSE).visits(A, "t")
                    .exchange_is("t", "a", Expect::REFUSE);
            "AADSTS7000215/application-named",
                "What the viewer is told of a wrong client secret names the application":
                &["PCO-AZ-17"], wrong().login_is(A, Expect::REFUSE).look(Look::NamesApplication);
        cured:
            "AADSTS7000215/secret-corrected", "With the right secret the login succeeds": wrong();
            "AADSTS7000215/secret-id-corrected",
                "With the value in place of the ID the login succeeds": with(good(OF), Secret::Id);
        case:
            "AADSTS7000215/at-refresh",
                "The secret is replaced at the provider, and the refresh fails":
                &["PCO-AZ-17"],
                Script::of(OF).logs_in(A).provider_is(good(OF).taking(Secrets::Replaced))
                    .passes(PAST_AN_HOUR).visits(A, "t").exchange_is("t", "a", passed_on(WRONG));
    }
}

fn cured(id: &str, title: &str, failing: Script) -> Case {
    let script = failing.login_is(A, Expect::refuse(WRONG)).sets_secret(Secret::Current);
    let script = script.works();
    case(id, title, &["PCO-AZ-07", "PCO-AZ-05", "PCO-GN-03"], script)
}

fn registering(registered: Registered) -> Script {
    Script::with(good(OF).registering(registered), integration(OF))
}

fn nothing_registered() -> Vec<Case> {
    let page = || Expect::refuse(&["AADSTS500113"]);
    cases! { case:
        "AADSTS500113/none-registered",
            "No redirect URI is registered, and the viewer stays at the provider":
            &["PCO-AZ-08", "PCO-AZ-10"],
            registering(Registered::Nothing).login_is(A, page()).seen(Seen::RedirectUri)
                .seen(Seen::Redeemed(0)) => differs_from("login-entra");
        "AADSTS500113/no-session", "A login that never comes back leaves no session":
            &["PCO-SE-01"],
            registering(Registered::Nothing).login_is(A, page()).visits(A, "t")
                .exchange_is("t", "a", super::no_session());
        "AADSTS500113/registered", "With the callback registered the login succeeds":
            &["PCO-AZ-09", "PCO-AZ-10", "PCO-GN-03"],
            registering(Registered::Nothing).login_is(A, page()).provider_is(good(OF)).works();
    }
}

fn other_registered() -> Vec<Case> {
    let rows = [
        ("slash", "with a slash behind it", Differs::Slash),
        ("case", "with a capital letter", Differs::Case),
        ("scheme", "with the other scheme", Differs::Scheme),
        ("port", "with another port", Differs::Port),
        ("path", "with another path", Differs::Path),
    ];
    let page = || Expect::refuse(&["AADSTS50011"]);
    let one = |(slug, how, differs): (&str, &str, Differs)| {
        let failing = || registering(Registered::Other(differs));
        [
            case(
                &format!("AADSTS50011/{slug}"),
                &format!("The callback is registered {how}, and the viewer stays at the provider"),
                &["PCO-AZ-10", "PCO-AZ-11", "PCO-AZ-13"],
                failing().login_is(A, page()).seen(Seen::RedirectUri).seen(Seen::Redeemed(0)),
            )
            .differs_from("login-entra"),
            case(
                &format!("AADSTS50011/{slug}-registered"),
                &format!("Registered {how} before, then as it is, the callback is reached"),
                &["PCO-AZ-12", "PCO-AZ-10", "PCO-GN-03"],
                failing().login_is(A, page()).provider_is(good(OF)).works(),
            ),
        ]
    };
    rows.into_iter().flat_map(one).collect()
}

fn expired_secret() -> Vec<Case> {
    let codes = &["AADSTS7000222"];
    let expired = || good(OF).taking(Secrets::FirstExpired);
    let lined = Knobs { trailer_in_lines: true, ..expired() };
    let refresh =
        |knobs| Script::of(OF).logs_in(A).provider_is(knobs).passes(PAST_AN_HOUR).visits(A, "t");
    cases! { case:
        "AADSTS7000222/at-refresh",
            "The client secret has expired when the viewer's token is refreshed":
            &["PCO-AZ-14", "PCO-AZ-15", "PCO-AZ-17"],
            refresh(expired()).exchange_is("t", "a", passed_on(codes));
        "AADSTS7000222/application-named",
            "What the content is told of an expired client secret names the application":
            &["PCO-AZ-17"],
            refresh(expired()).exchange_is("t", "a", Expect::REFUSE).look(Look::NamesApplication);
        "AADSTS7000222/trailer-in-lines", "An expired client secret, told in lines":
            &["PCO-AZ-14", "PCO-AZ-15"], refresh(lined).exchange_is("t", "a", passed_on(codes));
        "AADSTS7000222/one-refresh", "One exchange after expiry tries one refresh":
            &["PCX-06"],
            refresh(expired()).exchange_is("t", "a", Expect::refuse(codes))
                .seen(Seen::Refreshed(1));
        "AADSTS7000222/secret-renewed",
            "With a current secret the next exchange succeeds, without another login":
            &["PCO-AZ-16", "PCO-AZ-14", "PCO-GN-03"],
            refresh(expired()).exchange_is("t", "a", Expect::refuse(codes))
                .sets_secret(Secret::Current).obtains("t", "a").seen(Seen::Authorized(1));
        "AADSTS7000222/at-login", "The client secret has expired when a viewer logs in":
            &["PCO-AZ-17"], Script::of(OF).provider_is(expired()).login_is(A, passed_on(codes));
    }
}

/// Errors as they occur beside the documented ones.
fn odd_errors() -> Vec<Case> {
    let answering = |status, body| Failure::Answer {
        status,
        content_type: "application/json; charset=utf-8",
        body,
    };
    let unknown = answering(
        401,
        r#"{"error":"invalid_client","error_description":"AADSTS999999999: Something new. Trace ID: 0","error_codes":[999999999]}"#,
    );
    let bare = answering(
        401,
        r#"{"error":"invalid_client","error_description":"AADSTS90013: Invalid input."}"#,
    );
    let failing = |fault: &Failure| {
        Script::with(good(OF).failing(At::Redemption, fault.clone()), integration(OF))
    };
    let refused = |fault: &Failure| {
        let at_refresh =
            Script::with(good(OF).failing(At::Refresh, fault.clone()), integration(OF));
        at_refresh.logs_in(A).passes(PAST_AN_HOUR).visits(A, "t")
    };
    cases! { case:
        "undocumented/entra-unknown-number",
            "An error of Entra under a number nobody knows is passed on":
            &["PCO-AZ-17"], failing(&unknown).login_is(A, saying("AADSTS999999999"));
        "undocumented/entra-unknown-number-at-refresh",
            "An error of Entra under a number nobody knows is passed on at refresh":
            &["PCO-AZ-17"], refused(&unknown).exchange_is("t", "a", saying("AADSTS999999999"));
        "undocumented/entra-without-numbers",
            "An error of Entra without its list of numbers is passed on":
            &["PCO-AZ-17"], failing(&bare).login_is(A, saying("AADSTS90013"));
    }
}
