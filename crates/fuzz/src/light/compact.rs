//! A compact token as the verifier reads it, against another reader and another HMAC.

use std::cell::RefCell;

use aws_lc_rs::hmac;
use claimproof_token::{Compact, Engine, Job, Key, OneByOne, Scratch};

use super::{json, peer};

const SECRET: &str = "a secret of nobody";

thread_local! {
    /// What one token leaves in the buffers must not show in the next.
    static KEPT: RefCell<Scratch> = RefCell::new(Scratch::new());
}

/// The bytes as a token; and, in two halves at the first zero byte, as header and payload of one
/// that is encoded and signed here.
pub fn check(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        agree(text);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        signed(&bytes[..at], &bytes[at + 1..]);
    }
}

/// Both readers take it or refuse it, and read the same; buffers that were used before too.
fn agree(token: &str) {
    let (mut fresh, theirs) = (Scratch::new(), peer::compact(token));
    let ours = Compact::parse(token, &mut fresh);
    KEPT.with_borrow_mut(|kept| {
        let again = Compact::parse(token, kept);
        assert_eq!(again.as_ref().err(), ours.as_ref().err(), "used buffers");
        if let (Ok(again), Some(parts)) = (again, &theirs) {
            same(&again, parts);
        }
    });
    assert_eq!(ours.is_ok(), theirs.is_some(), "taken by one alone: {:?}", ours.err());
    if let (Ok(compact), Some(parts)) = (ours, &theirs) {
        same(&compact, parts);
        let input = token.rsplit_once('.').map(|(input, _)| input);
        assert_eq!(Some(compact.signing_input), input);
    }
}

fn same(ours: &Compact<'_>, theirs: &peer::Parts) {
    assert_eq!((ours.header.text(), ours.payload.text()), (&*theirs.header, &*theirs.payload));
    assert_eq!(ours.signature, theirs.signature);
    for (own, text) in [(&ours.header, &theirs.header), (&ours.payload, &theirs.payload)] {
        if let Some(members) = peer::object(text) {
            json::same_members(own, &members);
        }
    }
}

/// A signature of the other library holds under our key, and one with a bit changed does not.
fn signed(header: &[u8], payload: &[u8]) {
    let input = format!("{}.{}", peer::encoded(header), peer::encoded(payload));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), input.as_bytes());
    agree(&format!("{input}.{}", peer::encoded(tag.as_ref())));
    let Ok(key) = Key::hmac(SECRET) else { panic!("a secret is refused") };
    assert_eq!(key.sign(input.as_bytes()).as_deref(), Some(tag.as_ref()));
    let mut other = tag.as_ref().to_vec();
    let at = input.len() % other.len();
    other[at] ^= 1;
    let job = |signature| Job { key: &key, input: input.as_bytes(), signature };
    let mut ok = [false, true];
    OneByOne.verify(&[job(tag.as_ref()), job(&other)], &mut ok);
    assert_eq!(ok, [true, false]);
}
