//! What cuts across: state, secrets, and providers that fail in undocumented ways.

use claimproof_idp::{At, Failure, MARKUP, Personality, Seen};

use super::script::Script;
use super::{A, B, PAST_AN_HOUR, case, good, integration, no_session, saying};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::{Forged, FormEdit, Integration, Look};

const OF: Personality = Personality::Keycloak;

pub(super) fn cases() -> Vec<Case> {
    [states(), told_by_the_provider(), no_tokens(), no_answer(), leaks()].concat()
}

fn states() -> Vec<Case> {
    let refused = |id: &str, title: &str, returns: &'static str, forged: Forged| {
        let script = Script::of(OF).calls_back(A, returns, forged, Expect::REFUSE);
        let script =
            script.seen(Seen::Authorized(1)).seen(Seen::Redeemed(0)).look(Look::Sessions(A, 0));
        case(id, title, &["PCX-11"], script.look(Look::Sessions(B, 0)))
    };
    cases! {
        case:
            "accepted/callback", "The callback as the provider says, by the viewer who began":
                &["PCX-11"],
                Script::of(OF).calls_back(A, A, Forged::Nothing, Expect::ACCEPT)
                    .look(Look::Sessions(A, 1));
        refused:
            "undocumented/state-missing", "A callback without state": A, Forged::NoState;
            "undocumented/state-unknown", "A callback with a state nobody began":
                A, Forged::OtherState;
            "undocumented/state-altered", "A callback with one character of its state altered":
                A, Forged::AlteredState;
            "undocumented/state-foreign", "A callback by another viewer's browser":
                B, Forged::Nothing;
        case:
            "undocumented/state-reused",
                "A callback twice: the state counts once, and the code is redeemed once":
                &["PCX-11"],
                Script::of(OF).calls_back(A, A, Forged::Again, Expect::REFUSE)
                    .seen(Seen::Redeemed(1)).look(Look::Sessions(A, 1));
            "undocumented/state-used-with-another-code",
                "A state that is used up comes back with the code of another viewer's login":
                &["PCX-11"],
                Script::with(good(OF), Integration { pkce: false, ..integration(OF) })
                    .calls_back(A, A, Forged::UsedState { code_of: B }, Expect::REFUSE)
                    .seen(Seen::Redeemed(1));
        refused:
            "undocumented/state-without-code", "A callback with neither code nor error":
                A, Forged::NoCode;
    }
}

/// Errors on the redirect.
fn told_by_the_provider() -> Vec<Case> {
    let denied =
        Forged::ProviderError { error: "access_denied", description: "The viewer said no" };
    let markup = Forged::ProviderError { error: "access_denied", description: MARKUP };
    cases! { case:
        "undocumented/access-denied",
            "An error on the redirect ends the login: nothing is redeemed, and no session remains":
            &["PCO-RT-01", "PCO-GN-02"],
            Script::of(OF).calls_back(A, A, denied, Expect::REFUSE).seen(Seen::Redeemed(0))
                .look(Look::Sessions(A, 0));
        "undocumented/access-denied-told", "An error on the redirect is passed on":
            &["PCO-GN-02"], Script::of(OF).calls_back(A, A, denied, saying("The viewer said no"))
            => hardening("No document has this error, so that its text reaches the viewer is advice.");
        "undocumented/markup-on-the-redirect",
            "Markup in an error on the redirect is shown as text":
            &["RFC6749-10.14", "PCO-GN-02"],
            Script::of(OF).calls_back(A, A, markup, Expect::REFUSE).look(Look::NoMarkup);
        "undocumented/markup-at-redemption",
            "Markup in an error of the token endpoint is shown as text":
            &["RFC6749-10.14", "PCO-GN-02"],
            failing(At::Redemption, Failure::Markup).login_is(A, Expect::REFUSE)
                .look(Look::NoMarkup);
    }
}

fn failing(at: At, fault: Failure) -> Script {
    Script::with(good(OF).failing(at, fault), integration(OF))
}

/// Answers of status 200 with no token in them: no refresh token either, so the login fails.
fn no_tokens() -> Vec<Case> {
    let answering = |content_type, body| Failure::Answer { status: 200, content_type, body };
    let (json, html) = ("application/json", "text/html; charset=utf-8");
    let rows = [
        (
            "html",
            "a page of status 200",
            answering(html, "<!doctype html><title>Hello</title><p>Hello</p>"),
        ),
        ("empty-object", "an empty object", answering(json, "{}")),
        ("array", "an array", answering(json, r#"["access_token","refresh_token"]"#)),
        ("nothing", "an empty body of status 200", answering(json, "")),
        (
            "number",
            "a number for a token",
            answering(json, r#"{"access_token":1,"refresh_token":2,"expires_in":3600}"#),
        ),
        ("nested", "deep nesting", answering(json, NESTED)),
        ("truncated", "half an answer", Failure::Truncated),
    ];
    let one = |(slug, what, fault): (&str, &str, Failure)| {
        [
            case(
                &format!("undocumented/garbage-{slug}-at-login"),
                &format!("The provider answers the redemption with {what}"),
                &["PCO-RT-01"],
                failing(At::Redemption, fault.clone()).login_is(A, Expect::REFUSE),
            ),
            case(
                &format!("undocumented/garbage-{slug}-at-refresh"),
                &format!("The provider answers the refresh with {what}"),
                &["PCX-03"],
                expired(At::Refresh, fault)
                    .exchange_is("t", "a", Expect::REFUSE)
                    .look(Look::Envelopes),
            ),
        ]
    };
    rows.into_iter().flat_map(one).collect()
}

const NESTED: &str = concat!(
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
);

/// A viewer who has logged in, and whose token has expired.
fn expired(at: At, fault: Failure) -> Script {
    failing(at, fault).logs_in(A).passes(PAST_AN_HOUR).visits(A, "t")
}

fn no_answer() -> Vec<Case> {
    let answering = |status, body| Failure::Answer { status, content_type: "text/html", body };
    let rows = [
        ("empty-401", "an empty 401", answering(401, "")),
        (
            "html-502",
            "a page of status 502",
            answering(502, "<html><h1>502 Bad Gateway</h1></html>"),
        ),
        ("redirect", "a redirect that leads nowhere", answering(302, "")),
        ("huge", "an error of a megabyte", Failure::Huge),
        ("stalls", "nothing within any deadline", Failure::Stalls),
        ("closes", "a closed connection", Failure::Closes),
    ];
    let one = |(slug, what, fault): (&str, &str, Failure)| {
        let at_login = failing(At::Redemption, fault.clone()).login_is(A, Expect::REFUSE);
        let at_refresh =
            || expired(At::Refresh, fault.clone()).exchange_is("t", "a", Expect::REFUSE);
        [
            case(
                &format!("undocumented/provider-{slug}-at-login"),
                &format!("The provider answers the redemption with {what}, and no session remains"),
                &["PCO-RT-10"],
                at_login.visits(A, "t").exchange_is("t", "a", no_session()),
            )
            .hardening("No document says how an outage of the provider is told, and a server may pass on its 502."),
            case(
                &format!("undocumented/provider-{slug}-at-refresh"),
                &format!("The provider answers the refresh with {what}"),
                &["PCX-03"],
                at_refresh().look(Look::Envelopes),
            ),
            case(
                &format!("undocumented/provider-{slug}-over"),
                &format!("The provider, having answered with {what}, answers well again"),
                &["PCO-RT-04"],
                at_refresh()
                    .provider_is(good(OF))
                    .obtains("t", "a")
                    .seen(Seen::Authorized(1)),
            )
            .hardening("No document says that a session outlives an outage of its provider."),
        ]
    };
    rows.into_iter().flat_map(one).collect()
}

fn leaks() -> Vec<Case> {
    let any = || Expect::REFUSE;
    cases! { case:
        "undocumented/echoed-secret-at-login",
            "The provider repeats the client secret, and the page does not":
            &["PCX-13"],
            failing(At::Redemption, Failure::EchoesSecret).login_is(A, any())
                .look(Look::SecretsKept);
        "undocumented/echoed-secret-at-refresh",
            "The provider repeats the client secret at refresh, and the answer does not":
            &["PCX-13"],
            expired(At::Refresh, Failure::EchoesSecret).exchange_is("t", "a", any())
                .look(Look::SecretsKept);
        "accepted/secrets-kept", "A whole life of a session repeats no secret and no refresh token":
            &["PCX-13"], life().look(Look::SecretsKept);
        "accepted/nothing-leaked",
            "A whole life of a session repeats no code, subject or access token either":
            &["CPX-quiet"], life().look(Look::NothingLeaked);
    }
}

/// Login, exchange, a refusal, and a refresh.
fn life() -> Script {
    Script::of(OF)
        .logs_in(A)
        .visits(A, "t")
        .exchanges("t", "a")
        .edited(FormEdit::Without("grant_type"), Expect::REFUSE)
        .passes(PAST_AN_HOUR)
        .visits(A, "t2")
        .obtains("t2", "b")
}
