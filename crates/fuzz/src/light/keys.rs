//! Keys and secrets as people hand them over, at the suite and at the verifier.

use claimproof_token::{Key, KeyError, ssh};
use claimproof_vectors::keys::{KeyFault, private, public, secret};
use secrecy::ExposeSecret;

/// What stands in a file and must stand in no message.
const PLANTED: &str = "q7Zx9KpLw3Tv";

/// Every reader takes the bytes or says why not, without repeating them.
pub fn check(bytes: &[u8]) {
    secrets(bytes);
    pairs(bytes);
    verifier(bytes);
    let (front, back) = bytes.split_at(bytes.len() / 2);
    for planted in [
        [bytes, PLANTED.as_bytes()].concat(),
        [PLANTED.as_bytes(), bytes].concat(),
        [front, PLANTED.as_bytes(), back].concat(),
    ] {
        silent(&planted);
    }
}

/// A secret is the text that was given; only one line end may go.
fn secrets(bytes: &[u8]) {
    if let Ok(verbatim) = secret(bytes, true) {
        assert_eq!(verbatim.expose_secret().as_bytes(), bytes);
    }
    if let Ok(bare) = secret(bytes, false) {
        let bare = bare.expose_secret().as_bytes();
        assert!(!bare.is_empty(), "an empty secret");
        let end = bytes.strip_prefix(bare);
        assert!(matches!(end, Some(b"" | b"\n" | b"\r" | b"\r\n")), "more than a line end went");
    }
}

/// A private key that is taken has a public half that is taken, and the two are a pair.
fn pairs(bytes: &[u8]) {
    if let Ok(private) = private(bytes) {
        let half = public(private.public.as_bytes());
        assert!(half.is_ok_and(|half| private.is_pair_of(&half)), "no pair");
    }
    if let Ok(taken) = public(bytes) {
        assert_eq!(taken.text.as_bytes(), bytes);
        let pem = taken.pem().unwrap_or_default();
        assert!(public(pem.as_bytes()).is_ok(), "its own PEM is refused");
        // That it is a key is all that is said here; whether it is one that anybody should use, the
        // verifier says, and a pair whose private half is taken.
        let verdict = Key::rsa(&pem).err();
        let is_weak = matches!(verdict, None | Some(KeyError::Bits { .. } | KeyError::Unusable));
        assert!(is_weak, "the verifier reads it otherwise: {verdict:?}");
    }
}

/// What the verifier takes the suite takes too.
fn verifier(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if Key::rsa(text).is_ok() {
        assert!(public(bytes).is_ok(), "the suite refuses what the verifier takes");
    }
    if let Ok(pem) = ssh::to_pem(text) {
        assert!(public(pem.as_bytes()).is_ok(), "the PEM of an ssh-rsa line is refused");
    }
}

fn silent(bytes: &[u8]) {
    let told = |fault: KeyFault| fault.told("the file", "own.pem");
    let faults = [
        secret(bytes, false).err().map(told),
        secret(bytes, true).err().map(told),
        private(bytes).err().map(told),
        public(bytes).err().map(told),
    ];
    let text = String::from_utf8_lossy(bytes);
    let ours = [Key::rsa(&text).err(), ssh::to_pem(&text).err()];
    let ours = ours.into_iter().flatten().map(|error| error.to_string());
    for message in faults.into_iter().flatten().chain(ours) {
        assert!(!message.contains(PLANTED), "a message repeats the file: {message}");
        let control = message.chars().any(char::is_control);
        assert!(!control && message.len() < 1000, "{message:?}");
    }
}
