//! Whatever is handed in, the answer is a refusal and never a panic.

use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{self, Surface, TableauConnectedApp};
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{self, WorkatoDirectLink};
use proptest::prelude::*;

use super::make::{NOW, encode, signed};
use super::world::{API, DIRECT_LINK, TABLEAU, World, key, verdict};

/// Text of the token alphabet, parts of arbitrary bytes, and parts of JSON with a foreign signature.
fn token() -> impl Strategy<Value = String> {
    let json = r#"\{["a-z:,\[\]{}0-9.eE+ \\-]{0,60}\}"#;
    let head = prop::sample::select(vec![
        r#"{"alg":"none"}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"RS256","kid":"../../dev/null"}"#,
        r#"{"alg":"HS256","kid":null,"iss":{}}"#,
        r#"{"alg":["RS256"],"crit":[]}"#,
    ]);
    let body = prop_oneof![
        Just(r#"{"sub":"::::","iat":1e400,"jti":{}}"#.to_owned()),
        Just(r#"{"sub":":::","iat":-99999999999999999999,"exp":99999999999999999999,"aud":["tableau"]}"#.to_owned()),
        json.prop_map(|text: String| text),
    ];
    let bytes = prop::collection::vec(any::<u8>(), 0..64);
    prop_oneof![
        any::<String>(),
        "[A-Za-z0-9_.=-]{0,200}",
        "[.]{0,8}[A-Za-z0-9_-]{0,8}[.]{0,8}",
        (bytes.clone(), bytes.clone(), bytes.clone()).prop_map(|(a, b, c)| format!(
            "{}.{}.{}",
            encode(a),
            encode(b),
            encode(c)
        )),
        (head, body, bytes).prop_map(|(head, body, tail)| format!(
            "{}.{}.{}",
            encode(head),
            encode(body),
            encode(tail)
        )),
    ]
}

/// Signed by a genuine key, so that every step behind the signature is reached.
fn signed_members() -> impl Strategy<Value = (String, String)> {
    let name = prop::sample::select(vec![
        "alg",
        "kid",
        "iss",
        "crit",
        "typ",
        "sub",
        "iat",
        "exp",
        "nbf",
        "aud",
        "jti",
        "scp",
        "workato_sub",
        "https://tableau.com/oda",
        "https://www.workato.com/sub",
    ]);
    let value = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| format!("{number:e}")),
        any::<String>().prop_map(|text| super::make::quoted(&text)),
        prop::sample::select(vec!["null", "true", "[]", "{}", "\"\"", "\":\"", "[null]", "1e9", "-0"])
            .prop_map(str::to_owned),
    ];
    let object = || {
        prop::collection::btree_map(name.clone(), value.clone(), 0..8).prop_map(|members| {
            let members: Vec<_> = members.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
            format!("{{{}}}", members.join(","))
        })
    };
    (object(), object())
}

proptest! {
    #[test]
    fn no_arbitrary_token_is_accepted(token in token()) {
        for world in World::ALL {
            prop_assert!(!world.accepts(&token), "{:?}", world);
        }
    }

    /// Random members miss at least one thing that each profile demands.
    #[test]
    fn no_arbitrary_members_are_accepted((header, payload) in signed_members(), now in any::<i64>()) {
        for world in World::ALL {
            let token = signed(&world.draft().key, &header, &payload);
            prop_assert!(!world.accepts(&token), "{:?}", world);
            prop_assert!(!accepted_anywhere(&token, now));
        }
    }

    #[test]
    fn no_arbitrary_request_is_accepted(
        accept in any::<Option<String>>(),
        with in any::<Option<String>>(),
        path in any::<Option<String>>(),
        origin in any::<Option<String>>(),
        site in any::<String>(),
        values in prop::collection::vec(any::<String>(), 0..4),
        token in token(),
        now in any::<i64>(),
    ) {
        let link = World::DirectLink.draft().token();
        for token in [token.as_str(), &link] {
            let request = workato_direct_link::Request {
                accept: accept.as_deref(),
                requested_with: with.as_deref(),
                path: path.as_deref(),
                token: Some(token),
                saml_session: true,
            };
            prop_assert!(verdict(&Verifier::<WorkatoDirectLink>::default(), &DIRECT_LINK, request, now).is_err());
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let credentials = Credentials::read(&values);
        prop_assert!(verdict(&Verifier::<WorkatoApi>::default(), &API, credentials, now).is_err());
        let sign_in = World::Tableau.draft().token();
        for (token, surface) in [(token.as_str(), Surface::Rest), (&sign_in, Surface::EmbedIframe)] {
            let (site, origin) = (site.as_str(), origin.as_deref());
            let request = tableau_connected_app::Request { surface, site, origin, token: Some(token) };
            prop_assert!(verdict(&Verifier::<TableauConnectedApp>::default(), &TABLEAU, request, NOW).is_err());
        }
    }
}

fn accepted_anywhere(token: &str, now: i64) -> bool {
    let link = super::world::link_request(token);
    let sign_in = super::world::tableau_request("site.ok", token);
    verdict(&Verifier::<WorkatoDirectLink>::default(), &DIRECT_LINK, link, now).is_ok()
        || verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::Bearer(token), now).is_ok()
        || verdict(&Verifier::<TableauConnectedApp>::default(), &TABLEAU, sign_in, now).is_ok()
}

/// Sizes no vector has: dots, depth, members, one long string.
#[test]
fn no_big_token_is_accepted() {
    let (header, key) = (r#"{"alg":"HS256"}"#, key(claimproof_catalog::Profile::WorkatoApi, "profile.hmac"));
    let members: Vec<_> = (0..3000).map(|n| format!("\"{n}\":{n}")).collect();
    let tokens = [
        ".".repeat(1_000_000),
        "A".repeat(1_000_000),
        signed(key, header, &format!("{{\"sub\":{}1{}}}", "[".repeat(5000), "]".repeat(5000))),
        signed(key, header, &format!("{{{}}}", members.join(","))),
        signed(key, header, &format!("{{\"sub\":\"{}\"}}", "x".repeat(40_000))),
        signed(key, header, &format!("{{\"exp\":{}}}", "9".repeat(40_000))),
    ];
    for token in &tokens {
        assert!(!accepted_anywhere(token, NOW), "{} bytes", token.len());
    }
}
