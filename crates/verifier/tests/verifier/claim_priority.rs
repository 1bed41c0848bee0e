//! Document 004 as a model of its own: four places, the first that is not empty decides, alone.

use claimproof_cast::SigningKey;
use claimproof_catalog::Profile;
use claimproof_verifier::Verifier;
use claimproof_verifier::workato_api::{Credentials, KeyPlace, Policy, Violation, WorkatoApi};
use proptest::prelude::*;
use serde_json::Value;

use super::make::{Draft, NOW, quoted};
use super::world::{API, id, key, verdict};

/// What a place holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Absent,
    Null,
    Blank,
    Known,
    OtherKnown,
    Unknown,
    Number,
}

impl Held {
    const ALL: [Self; 7] = [
        Self::Absent,
        Self::Null,
        Self::Blank,
        Self::Known,
        Self::OtherKnown,
        Self::Unknown,
        Self::Number,
    ];

    fn json(self) -> Option<String> {
        let key = |role| Some(quoted(id(Profile::WorkatoApi, role)));
        match self {
            Self::Absent => None,
            Self::Null => Some("null".to_owned()),
            Self::Blank => Some(quoted("")),
            Self::Known => key("profile.hmac"),
            Self::OtherKnown => key("profile.other"),
            Self::Unknown => key("profile.unknown"),
            Self::Number => Some("7".to_owned()),
        }
    }
}

/// The places as the table of the document numbers them: namespace, `workato_sub`, `kid`, `sub`.
type Token = [Held; 4];

/// By hand from the document; `order` lists rows of its table, first to last.
fn model(
    token: Token,
    order: [usize; 4],
    signer_is_known: bool,
    number_is_empty: bool,
) -> Result<(), Violation> {
    let is_empty = |held: Held| match held {
        Held::Absent | Held::Null | Held::Blank => true,
        Held::Number => number_is_empty,
        Held::Known | Held::OtherKnown | Held::Unknown => false,
    };
    let Some(place) = order.into_iter().find(|place| !is_empty(token[*place])) else {
        return Err(Violation::NoApiKey);
    };
    match token[place] {
        Held::Known if signer_is_known => Ok(()),
        Held::OtherKnown if !signer_is_known => Ok(()),
        Held::Known | Held::OtherKnown => Err(Violation::SignatureMismatch),
        Held::Unknown | Held::Number => Err(Violation::UnknownApiKey),
        Held::Absent | Held::Null | Held::Blank => unreachable!("an empty place decides nothing"),
    }
}

fn mint([namespace, workato_sub, kid, sub]: Token, signer: &SigningKey) -> String {
    let mut draft =
        Draft::new(signer, [("alg", quoted("HS256"))], [("name", quoted("Test Caller"))]);
    let claims =
        [("https://www.workato.com/sub", namespace), ("workato_sub", workato_sub), ("sub", sub)];
    for (name, held) in claims {
        held.json().into_iter().for_each(|json| draft.payload.set(name, json));
    }
    kid.json().into_iter().for_each(|json| draft.header.set("kid", json));
    draft.token()
}

fn tokens() -> impl Iterator<Item = Token> {
    let held = |n: usize| Held::ALL[n % 7];
    (0..7_usize.pow(4)).map(move |n| [held(n), held(n / 7), held(n / 49), held(n / 343)])
}

/// All 2401 tokens, each signed by two profiles, so that an acceptance names the place that decided.
fn agrees(places: Vec<KeyPlace>, order: [usize; 4], odd_is_empty: bool) {
    let verifier =
        Verifier::<WorkatoApi>::new(Policy { places, odd_is_empty, ..Policy::default() });
    let mut accepted = 0;
    for token in tokens() {
        for (role, signer_is_known) in [("profile.hmac", true), ("profile.other", false)] {
            let text = mint(token, key(Profile::WorkatoApi, role));
            let seen = verdict(&verifier, &API, Credentials::Bearer(&text), NOW);
            let seen = seen.map(drop).map_err(|all| all[0].violation.clone().unwrap());
            accepted += usize::from(seen.is_ok());
            let expected = model(token, order, signer_is_known, odd_is_empty);
            assert_eq!(seen, expected, "{token:?} signed by {role}, order {order:?}");
        }
    }
    // Of seven values e are empty: the first other place holds one of two keys in e^n * 7^(3-n) tokens each.
    let empty = if odd_is_empty { 4 } else { 3_usize };
    let deciding: usize = (0..4).map(|before| empty.pow(before) * 7_usize.pow(3 - before)).sum();
    assert_eq!(accepted, 2 * deciding);
}

#[test]
fn the_order_of_the_document() {
    agrees(KeyPlace::DOCUMENTED.to_vec(), [0, 1, 2, 3], false);
}

#[test]
fn the_order_of_the_newer_page() {
    let places = vec![KeyPlace::Namespace, KeyPlace::WorkatoSub, KeyPlace::Sub, KeyPlace::Kid];
    agrees(places, [0, 1, 3, 2], false);
}

#[test]
fn odd_values_as_empty() {
    agrees(KeyPlace::DOCUMENTED.to_vec(), [0, 1, 2, 3], true);
}

/// Text that is no key, though it may look like one or like nothing.
fn text() -> impl Strategy<Value = String> {
    let known = id(Profile::WorkatoApi, "profile.hmac");
    let near = [
        format!(" {known}"),
        format!("{known} "),
        format!("{known}\u{0}"),
        format!("\u{feff}{known}"),
    ];
    let blanks = [" ", "\t", "\r\n", "\u{a0}", "\u{2003}", "\u{3000}", "\u{200b}", "\u{0}"]
        .map(str::to_owned);
    prop_oneof![
        prop::sample::select(blanks.to_vec()),
        prop::sample::select(near.to_vec()),
        Just(known.to_uppercase()),
        "\\PC{0,40}",
        "[\u{4e00}-\u{9fff}\u{600}-\u{6ff}\u{900}-\u{97f}\u{400}-\u{4ff}]{1,60}",
        "[a-z]{200,500}",
    ]
}

/// Every kind of JSON value, those that hold a key inside among them.
fn value() -> impl Strategy<Value = Value> {
    let key = |role| Value::from(id(Profile::WorkatoApi, role));
    let known = key("profile.hmac");
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has no other", |number| number.is_finite())
            .prop_map(Value::from),
        text().prop_map(Value::from),
        Just(known.clone()),
    ];
    let odd = leaf.prop_recursive(2, 8, 3, |inner| {
        let members = prop::collection::btree_map("[a-z]{0,4}", inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop_oneof![
        4 => Just(Value::Null),
        4 => Just(Value::from("")),
        6 => Just(known),
        3 => Just(key("profile.other")),
        2 => Just(key("profile.unknown")),
        8 => odd,
    ]
}

/// By hand from the document: the first place that is not empty decides, alone, and only a string names a profile.
fn decided(places: [&Option<Value>; 4], signer: &str, odd_is_empty: bool) -> Result<(), Violation> {
    let known = ["profile.hmac", "profile.other"].map(|role| id(Profile::WorkatoApi, role));
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) if text.is_empty() => true,
        Value::String(text) => odd_is_empty && text.chars().all(char::is_whitespace),
        _ => odd_is_empty,
    };
    match places.into_iter().flatten().find(|value| !is_empty(value)) {
        None => Err(Violation::NoApiKey),
        Some(Value::String(text)) if text == signer => Ok(()),
        Some(Value::String(text)) if known.contains(&text.as_str()) => {
            Err(Violation::SignatureMismatch)
        }
        Some(_) => Err(Violation::UnknownApiKey),
    }
}

/// What a token says whose places hold these values: namespace, `workato_sub`, `kid`, `sub`.
fn seen(
    verifier: &Verifier<WorkatoApi>,
    places: &[Option<Value>; 4],
    role: &'static str,
) -> Result<(), Violation> {
    let mut draft = Draft::new(key(Profile::WorkatoApi, role), [("alg", quoted("HS256"))], []);
    let names = ["https://www.workato.com/sub", "workato_sub", "kid", "sub"];
    for (name, value) in names.into_iter().zip(places) {
        let part = if name == "kid" { &mut draft.header } else { &mut draft.payload };
        value.iter().for_each(|value| part.set(name, value.to_string()));
    }
    let seen = verdict(verifier, &API, Credentials::Bearer(&draft.token()), NOW);
    seen.map(drop).map_err(|all| all[0].violation.clone().unwrap())
}

fn place() -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.7, value())
}

proptest! {
    /// The table again, over all there is in JSON.
    #[test]
    fn whatever_the_places_hold(
        places in [place(), place(), place(), place()],
        by_other in prop::bool::weighted(0.3),
        odd_is_empty in any::<bool>(),
        newer in any::<bool>(),
    ) {
        let role = if by_other { "profile.other" } else { "profile.hmac" };
        let signer = id(Profile::WorkatoApi, role);
        let [namespace, workato_sub, kid, sub] = &places;
        let (order, listed) = if newer {
            ([namespace, workato_sub, sub, kid], vec![KeyPlace::Namespace, KeyPlace::WorkatoSub, KeyPlace::Sub, KeyPlace::Kid])
        } else {
            ([namespace, workato_sub, kid, sub], KeyPlace::DOCUMENTED.to_vec())
        };
        let verifier = Verifier::<WorkatoApi>::new(Policy { places: listed, odd_is_empty, ..Policy::default() });
        prop_assert_eq!(seen(&verifier, &places, role), decided(order, signer, odd_is_empty));
    }

    /// In the other part a name means nothing, whatever it holds (WCL-15).
    #[test]
    fn the_other_part_changes_nothing(
        places in [place(), place(), place(), place()],
        elsewhere in [place(), place(), place(), place()],
    ) {
        let mut draft = Draft::new(key(Profile::WorkatoApi, "profile.hmac"), [("alg", quoted("HS256"))], []);
        let names = ["https://www.workato.com/sub", "workato_sub", "kid", "sub"];
        for ((name, own), other) in names.into_iter().zip(&places).zip(&elsewhere) {
            let (right, wrong) = if name == "kid" {
                (&mut draft.header, &mut draft.payload)
            } else {
                (&mut draft.payload, &mut draft.header)
            };
            own.iter().for_each(|value| right.set(name, value.to_string()));
            other.iter().for_each(|value| wrong.set(name, value.to_string()));
        }
        let verifier = Verifier::<WorkatoApi>::default();
        let seen_with = verdict(&verifier, &API, Credentials::Bearer(&draft.token()), NOW);
        let seen_with = seen_with.map(drop).map_err(|all| all[0].violation.clone().unwrap());
        let signer = id(Profile::WorkatoApi, "profile.hmac");
        prop_assert_eq!(seen_with, decided(places.each_ref(), signer, false));
    }
}

/// A claim counts in its own part alone (WCL-15).
#[test]
fn the_wrong_part_holds_nothing() {
    let known = Held::Known.json().unwrap();
    for (in_header, name) in [
        (true, "https://www.workato.com/sub"),
        (true, "workato_sub"),
        (false, "kid"),
        (true, "sub"),
    ] {
        let mut draft =
            Draft::new(key(Profile::WorkatoApi, "profile.hmac"), [("alg", quoted("HS256"))], []);
        let part = if in_header { &mut draft.header } else { &mut draft.payload };
        part.set(name, known.clone());
        let text = draft.token();
        let seen =
            verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::Bearer(&text), NOW);
        let seen = seen.map(drop).map_err(|all| all[0].violation.clone());
        assert_eq!(seen, Err(Some(Violation::NoApiKey)), "{name}");
    }
}
