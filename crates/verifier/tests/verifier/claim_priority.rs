//! Document 004 as a model of its own: four places, the first that is not empty decides, alone.

use claimproof_cast::SigningKey;
use claimproof_catalog::Profile;
use claimproof_verifier::Verifier;
use claimproof_verifier::workato_api::{Credentials, KeyPlace, Policy, Violation, WorkatoApi};

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
    const ALL: [Self; 7] =
        [Self::Absent, Self::Null, Self::Blank, Self::Known, Self::OtherKnown, Self::Unknown, Self::Number];

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
fn model(token: Token, order: [usize; 4], signer_is_known: bool, number_is_empty: bool) -> Result<(), Violation> {
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
    let mut draft = Draft::new(signer, [("alg", quoted("HS256"))], [("name", quoted("Test Caller"))]);
    let claims = [("https://www.workato.com/sub", namespace), ("workato_sub", workato_sub), ("sub", sub)];
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
    let verifier = Verifier::<WorkatoApi>::new(Policy { places, odd_is_empty, ..Policy::default() });
    let mut accepted = 0;
    for token in tokens() {
        for (role, signer_is_known) in [("profile.hmac", true), ("profile.other", false)] {
            let text = mint(token, key(Profile::WorkatoApi, role));
            let seen = verdict(&verifier, &API, Credentials::Bearer(&text), NOW);
            let seen = seen.map(drop).map_err(|all| all[0].violation.unwrap());
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

/// A claim counts in its own part alone (WCL-15).
#[test]
fn the_wrong_part_holds_nothing() {
    let known = Held::Known.json().unwrap();
    for (in_header, name) in
        [(true, "https://www.workato.com/sub"), (true, "workato_sub"), (false, "kid"), (true, "sub")]
    {
        let mut draft = Draft::new(key(Profile::WorkatoApi, "profile.hmac"), [("alg", quoted("HS256"))], []);
        let part = if in_header { &mut draft.header } else { &mut draft.payload };
        part.set(name, known.clone());
        let text = draft.token();
        let seen = verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::Bearer(&text), NOW);
        let seen = seen.map(drop).map_err(|all| all[0].violation);
        assert_eq!(seen, Err(Some(Violation::NoApiKey)), "{name}");
    }
}
