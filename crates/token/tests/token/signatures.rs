//! Signatures that hold and signatures that do not, alone and in a batch.

use claimproof_token::{Engine, Job, Key, OneByOne};
use rstest::rstest;

use super::keys::{A_PRIVATE, A_SPKI, B_SPKI};
use super::make::{HEADER, PAYLOAD, SECRET, holds, hs256, rs256, token_holds};

const INPUT: &[u8] = b"header.payload";

/// A key, another of its kind, and what the first one's owner signs.
fn kind(alg: &str) -> (Key, Key, Vec<u8>) {
    if alg == "RS256" {
        return (Key::rsa(A_SPKI).unwrap(), Key::rsa(B_SPKI).unwrap(), rs256(INPUT, A_PRIVATE));
    }
    let (key, other) = (Key::hmac(SECRET).unwrap(), Key::hmac("another").unwrap());
    (key, other, hmac(SECRET))
}

fn hmac(secret: &str) -> Vec<u8> {
    use base64::Engine as _;
    let key = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes()).unwrap();
    let text = jsonwebtoken::crypto::sign(INPUT, &key, jsonwebtoken::Algorithm::HS256).unwrap();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

#[rstest]
#[case("HS256")]
#[case("RS256")]
fn only_the_whole_signature_of_the_key_holds(#[case] alg: &str) {
    let (key, other, good) = kind(alg);
    assert_eq!(key.alg(), alg);
    assert!(holds(&key, INPUT, &good));
    assert!(!holds(&other, INPUT, &good), "another key");
    assert!(!holds(&key, b"header.payloae", &good), "another input");
    assert!(!holds(&key, b"", &good), "no input");
    assert!(!holds(&key, INPUT, b""), "no signature");
    assert!(!holds(&key, INPUT, &good[1..]), "cut in front");
    assert!(!holds(&key, INPUT, &good[..good.len() - 1]), "cut at the end");
    assert!(!holds(&key, INPUT, &[&good[..], &[0]].concat()), "one byte more");
    assert!(!holds(&key, INPUT, &[&[0], &good[..]].concat()), "a zero in front");
    assert!(!holds(&key, INPUT, &[&good[..], &good[..]].concat()), "twice");
    assert!(!holds(&key, INPUT, &vec![0; good.len()]), "zeros");
    assert!(!holds(&key, INPUT, &vec![0xff; good.len()]), "ones");
}

/// Posit Connect signs what it hands to content; a public key signs nothing.
#[test]
fn a_secret_signs_and_a_public_key_does_not() {
    let (secret, _, tag) = kind("HS256");
    assert_eq!(secret.sign(INPUT), Some(tag));
    assert_eq!(Key::rsa(A_SPKI).unwrap().sign(INPUT), None);
}

#[rstest]
#[case("HS256")]
#[case("RS256")]
fn no_bit_can_be_flipped(#[case] alg: &str) {
    let (key, _, good) = kind(alg);
    for bit in 0..good.len() * 8 {
        let mut flipped = good.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&key, INPUT, &flipped), "bit {bit}");
    }
}

/// A08: the text of a public key is no secret, and no token makes it one.
#[test]
fn the_algorithm_is_the_keys() {
    let confused = hs256(HEADER, PAYLOAD, A_SPKI);
    assert!(!token_holds(&Key::rsa(A_SPKI).unwrap(), &confused));
    let lying = hs256(r#"{"alg":"none"}"#, PAYLOAD, SECRET);
    assert!(token_holds(&Key::hmac(SECRET).unwrap(), &lying), "alg is for the verifier to judge");
}

#[test]
fn a_batch_gives_each_its_own_answer() {
    let (hmac_key, hmac_other, tag) = kind("HS256");
    let (rsa_key, rsa_other, signature) = kind("RS256");
    let job = |key, signature| Job { key, input: INPUT, signature };
    let jobs = [
        job(&hmac_key, &tag),
        job(&rsa_other, &signature),
        job(&rsa_key, &signature),
        job(&hmac_other, &tag),
        job(&rsa_key, &tag),
        job(&hmac_key, &signature),
        job(&hmac_key, &tag),
    ];
    let expected = [true, false, true, false, false, false, true];
    let mut ok = [false; 7];
    OneByOne.verify(&jobs, &mut ok);
    assert_eq!(ok, expected);
    let engine: &dyn Engine = &OneByOne;
    let mut ok = [true; 9];
    engine.verify(&jobs[..2], &mut ok);
    assert_eq!(ok, [true, false, false, false, false, false, false, false, false]);
    engine.verify(&[], &mut ok);
    assert_eq!(ok, [false; 9], "what has no job does not hold");
}
