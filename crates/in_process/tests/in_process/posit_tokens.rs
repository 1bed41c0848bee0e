//! The token vectors of Posit Connect, against the parser and the signatures of the reference.

use claimproof_golden::{Step, VectorFile, generate, load};
use claimproof_token::{Compact, Engine, Job, Key, OneByOne, Scratch};

/// Signature by the key's own algorithm, then expiry.
fn is_good(token: &str, key: &Key, now: i64) -> bool {
    let mut scratch = Scratch::new();
    let Ok(compact) = Compact::parse(token, &mut scratch) else { return false };
    if compact.header.get("alg").as_text() != Some(key.alg()) {
        return false;
    }
    let mut ok = [false];
    let job = Job { key, input: compact.signing_input.as_bytes(), signature: compact.signature };
    OneByOne.verify(&[job], &mut ok);
    ok[0] && compact.payload.get("exp").as_i64().is_some_and(|expiry| now < expiry)
}

#[test]
fn what_must_be_accepted_is_and_nothing_else() {
    let files = generate().unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with("posit-connect/")) {
        let VectorFile { vectors, .. } = load(text).unwrap();
        for vector in vectors {
            let [Step::Verify { now, public_key, secret, token, expect }] =
                vector.script.as_slice()
            else {
                continue;
            };
            let key = match (public_key, secret) {
                (Some(pem), None) => Key::rsa(pem).unwrap(),
                (None, Some(secret)) => Key::hmac(secret).unwrap(),
                other => panic!("{}: one key, not {other:?}", vector.id),
            };
            let must = expect["outcome"] == "accept";
            assert_eq!(is_good(token, &key, *now), must, "{}", vector.id);
            *(if must { &mut accepted } else { &mut refused }) += 1;
        }
    }
    assert_eq!((accepted, refused), (3, 14));
}
