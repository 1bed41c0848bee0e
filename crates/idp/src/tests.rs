//! Each requirement that the provider speaks, on the provider of ours.

mod authorization_page;
mod resource;
mod token_endpoint;
mod what_the_journal_shows;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_vectors::texts::code_of;
use rstest::rstest;
use serde_json::Value;
use url::form_urlencoded;

use super::*;

const CALLBACK: &str = "http://127.0.0.1:3939/__oauth__/integrations/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const EVERY: [Personality; 5] = [
    Personality::Entra,
    Personality::Snowflake,
    Personality::Keycloak,
    Personality::GithubOauthApp,
    Personality::GithubApp,
];

fn provider(knobs: Knobs) -> Provider {
    Provider::new(knobs, "case-1", CALLBACK)
}

fn call(parameters: &[(&str, &str)]) -> Call {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Call {
        parameters: parameters.iter().map(own).collect(),
        authorization: None,
        accept: Some("application/json".to_owned()),
    }
}

fn authorization(provider: &Provider, scope: &str) -> Call {
    call(&[
        ("response_type", "code"),
        ("client_id", &provider.client_id()),
        ("redirect_uri", CALLBACK),
        ("scope", scope),
        ("state", "0123456789abcdef0123456789abcdef"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
}

fn redemption(provider: &Provider, secret: &str, code: &str) -> Call {
    call(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", &provider.client_id()),
        ("client_secret", secret),
    ])
}

fn refreshing(provider: &Provider, secret: &str, token: &str) -> Call {
    call(&[
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", &provider.client_id()),
        ("client_secret", secret),
    ])
}

fn http(reply: Reaction) -> (u16, Vec<(&'static str, String)>, String) {
    match reply {
        Reaction::Http { status, headers, body } => (status, headers, body),
        other => panic!("{other:?}"),
    }
}

fn header(reply: &Reaction, name: &str) -> Option<String> {
    let Reaction::Http { headers, .. } = reply else { return None };
    headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone())
}

fn json(reply: Reaction) -> (u16, Value) {
    let (status, _, body) = http(reply);
    (status, serde_json::from_str(&body).unwrap())
}

/// The parameters a redirect hands to the callback.
fn handed(reply: &Reaction) -> Vec<(String, String)> {
    let location = header(reply, "location").expect("a redirect");
    let query = location.strip_prefix(&format!("{CALLBACK}?")).expect("to the callback");
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn code(provider: &mut Provider, scope: &str) -> String {
    let handed = handed(&provider.authorize(&authorization(provider, scope)));
    handed.into_iter().find(|(name, _)| name == "code").expect("a code").1
}

fn login(provider: &mut Provider, scope: &str) -> (u16, Value) {
    let code = code(provider, scope);
    let secret = provider.secret(Secret::Current);
    json(provider.token(&redemption(provider, &secret, &code)))
}

fn page(knobs: Knobs) -> (Reaction, Provider) {
    let mut provider = provider(knobs);
    let reply = provider.authorize(&authorization(&provider, "openid"));
    (reply, provider)
}

fn text_of(reply: Reaction) -> String {
    http(reply).2
}

#[test]
fn strings_are_the_same_for_the_same_tag_and_differ_for_others() {
    let knobs = Knobs::of(Personality::Entra);
    let of = |tag: &str| {
        let mut provider = Provider::new(knobs.clone(), tag, CALLBACK);
        (login(&mut provider, "offline_access"), provider.issued)
    };
    assert_eq!(of("a"), of("a"));
    let (a, b) = (of("a").1, of("b").1);
    assert!(a.iter().all(|text| !b.contains(text)));
}
