//! Whatever is handed in, the answer is a refusal and never a panic.

use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{self, Endpoint, TableauConnectedApp};
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{self, WorkatoDirectLink};
use proptest::prelude::*;

use super::make::{NOW, decode, encode, signed};
use super::world::{API, DIRECT_LINK, TABLEAU, World, key, link_request, tableau_request, verdict};

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
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        any::<String>().prop_map(|text| super::make::quoted(&text)),
        prop::sample::select(vec![
            "null", "true", "[]", "{}", "\"\"", "\":\"", "[null]", "1e9", "-0"
        ])
        .prop_map(str::to_owned),
    ];
    let object = || {
        prop::collection::btree_map(name.clone(), value.clone(), 0..8).prop_map(|members| {
            let members: Vec<_> =
                members.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
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

    /// A part that is no JSON object, or none at all, under a genuine signature: that is what is answered.
    #[test]
    fn no_malformed_part_is_taken_for_another_fault(part in malformed(), in_header in any::<bool>()) {
        let draft = World::DirectLink.draft();
        let good = draft.token();
        let parts: Vec<&str> = good.split('.').collect();
        let [header, payload] = [parts[0], parts[1]].map(|part| String::from_utf8(decode(part)).unwrap());
        let token = match (&part, in_header) {
            (Some(text), true) => signed(&draft.key, text, &payload),
            (Some(text), false) => signed(&draft.key, &header, text),
            (None, true) => format!("{}.{}", parts[1], parts[2]),
            (None, false) => format!("{}.{}", parts[0], parts[2]),
        };
        prop_assert_eq!(link_fault(link_request(&good)), None);
        let fault = link_fault(link_request(&token));
        let is_malformed = matches!(fault, Some(workato_direct_link::Violation::TokenMalformed(_)));
        prop_assert!(is_malformed, "{fault:?}");
    }

    /// The profile's method is the one algorithm that passes, and it is spelled one way.
    #[test]
    fn no_other_algorithm_passes(rsa in any::<bool>(), alg in algorithm()) {
        let world = if rsa { World::ApiRsa } else { World::ApiHmac };
        let mut draft = world.draft();
        let due = if rsa { "\"RS256\"" } else { "\"HS256\"" };
        prop_assert!(world.accepts(&draft.token()));
        draft.header.set("alg", alg.as_str());
        prop_assert_eq!(world.accepts(&draft.token()), alg == due);
    }

    /// A good token under a request of which one thing is wrong, whatever it is.
    #[test]
    fn no_spoiled_link_is_opened(spoiled in spoiled_link()) {
        let token = World::DirectLink.draft().token();
        let good = link_request(&token);
        prop_assert_eq!(link_fault(good), None);
        let (request, due) = match &spoiled {
            Spoiled::Accept(accept) => {
                (workato_direct_link::Request { accept: Some(accept), ..good }, workato_direct_link::Violation::NotHtml)
            }
            Spoiled::With(with) => {
                let requested_with = Some(with.as_str());
                (workato_direct_link::Request { requested_with, ..good }, workato_direct_link::Violation::Xhr)
            }
            Spoiled::Path(path) => {
                let request = workato_direct_link::Request { path: Some(path), ..good };
                (request, workato_direct_link::Violation::PathNotHttps)
            }
            Spoiled::Token => {
                let request = workato_direct_link::Request { token: None, ..good };
                (request, workato_direct_link::Violation::TokenMissing)
            }
        };
        prop_assert_eq!(link_fault(request), Some(due));
    }

    /// A good token in a header that is not one bearer's, or under another scheme.
    #[test]
    fn no_spoiled_call_is_let_in(scheme in "[A-Za-z0-9-]{0,12}", second in prop::option::of("[ -~]{0,20}")) {
        let token = World::ApiHmac.draft().token();
        let (good, other) = (format!("Bearer {token}"), format!("{scheme} {token}"));
        let values = match &second {
            Some(second) => vec![good.as_str(), second.as_str()],
            None => vec![other.as_str()],
        };
        let ask = |values: &[&str]| {
            verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::read(values), NOW).is_ok()
        };
        prop_assert!(ask(&[&good]));
        prop_assert_eq!(ask(&values), second.is_none() && scheme.eq_ignore_ascii_case("bearer"));
    }

    /// A good token at a site it is not for; the site without a name is one that knows the app.
    #[test]
    fn no_sign_in_at_another_site(site in "\\PC{1,20}", iframe in any::<bool>()) {
        let token = World::Tableau.draft().token();
        let endpoint = if iframe { Endpoint::EmbedIframe } else { Endpoint::EmbedXhr };
        let good = tableau_connected_app::Request { endpoint, ..tableau_request("site.ok", &token) };
        let ask = |request| verdict(&Verifier::<TableauConnectedApp>::default(), &TABLEAU, request, NOW).map(drop);
        prop_assert!(ask(good).is_ok());
        prop_assume!(site != good.site);
        let elsewhere = ask(tableau_connected_app::Request { site: &site, ..good });
        prop_assert!(elsewhere.is_err());
    }
}

/// What is wrong with a link beside its token.
#[derive(Clone, Debug)]
enum Spoiled {
    Accept(String),
    With(String),
    Path(String),
    Token,
}

fn spoiled_link() -> impl Strategy<Value = Spoiled> {
    // Of types that are no HTML and no wildcard; in any case of letters; of schemes that are not https.
    let accept = "(application|text|image)/(json|plain|xml|png|css)(;q=0\\.[0-9])?";
    let with = "[Xx][Mm][Ll][Hh][Tt][Tt][Pp][Rr][Ee][Qq][Uu][Ee][Ss][Tt]";
    let path = "(http|ftp|ws|wss)://[a-z]{1,12}\\.example(/[a-z]{0,8})?";
    prop_oneof![
        accept.prop_map(Spoiled::Accept),
        with.prop_map(Spoiled::With),
        path.prop_map(Spoiled::Path),
        Just(Spoiled::Token),
    ]
}

/// Text that is no JSON object, or no part at all.
fn malformed() -> impl Strategy<Value = Option<String>> {
    let is_object = |text: &str| {
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).is_ok()
    };
    let text = prop_oneof![
        r#"\{["a-z:,\[\]{}0-9 \\-]{0,40}"#,
        r#"[\["a-z0-9 ]{0,10}"#,
        prop::sample::select(vec![
            "[]",
            "\"\"",
            "null",
            "true",
            "7",
            "[[\"alg\",\"RS256\"]]",
            "{\"a\":1,}",
            "{\"a\":1} x"
        ])
        .prop_map(str::to_owned),
    ];
    prop::option::weighted(
        0.9,
        text.prop_filter("no object", move |text: &String| !is_object(text)),
    )
}

/// JSON texts of `alg`: names in use, in any case of letters, and values of other types.
fn algorithm() -> impl Strategy<Value = String> {
    let names = [
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "none", "",
    ];
    let any_case = |(name, lower): (&str, Vec<bool>)| {
        let letter = |(letter, lower): (char, &bool)| {
            if *lower { letter.to_ascii_lowercase() } else { letter }
        };
        super::make::quoted(&name.chars().zip(lower.iter().cycle()).map(letter).collect::<String>())
    };
    prop_oneof![
        6 => prop::sample::select(names.to_vec()).prop_map(super::make::quoted),
        4 => (prop::sample::select(names.to_vec()), prop::collection::vec(any::<bool>(), 1..6)).prop_map(any_case),
        2 => prop::sample::select(vec!["null", "256", "true", "[]", "[\"HS256\"]", "{\"HS256\":1}"]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| super::make::quoted(&text)),
    ]
}

/// What is wrong with a link first.
fn link_fault(request: workato_direct_link::Request<'_>) -> Option<workato_direct_link::Violation> {
    verdict(&Verifier::<WorkatoDirectLink>::default(), &DIRECT_LINK, request, NOW).err()?[0]
        .violation
        .clone()
}

fn accepted_anywhere(token: &str, now: i64) -> bool {
    let link = link_request(token);
    let sign_in = tableau_request("site.ok", token);
    verdict(&Verifier::<WorkatoDirectLink>::default(), &DIRECT_LINK, link, now).is_ok()
        || verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::Bearer(token), now)
            .is_ok()
        || verdict(&Verifier::<TableauConnectedApp>::default(), &TABLEAU, sign_in, now).is_ok()
}

/// Sizes no vector has: dots, depth, members, one long string.
#[test]
fn no_big_token_is_accepted() {
    let (header, key) =
        (r#"{"alg":"HS256"}"#, key(claimproof_catalog::Profile::WorkatoApi, "profile.hmac"));
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
