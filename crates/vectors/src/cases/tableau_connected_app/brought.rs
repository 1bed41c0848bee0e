//! A key in the header, and what a library takes when it is handed no key: `none`, a key of the caller's, an HMAC
//! keyed with nothing or with the word for nothing, together with a secret ID or client ID nobody has.

use super::scenes::embed;
use super::{case, foreign};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [embedded(), unknown()].concat()
}

fn forged(id: &str, title: &str, cites: &[&'static str], changes: Vec<Change>) -> Case {
    case(id, title, &embed(), cites, changes, Expect::REFUSE)
}

/// The key that verifies the token, in its header.
fn brought() -> [(&'static str, &'static str, Vec<Change>); 3] {
    let jwk = |role| Change::Header("jwk", Edit::Jwk(role));
    let x5c = Change::Header("x5c", Edit::X5c("key.foreign"));
    let rsa = || Change::Alg("\"RS256\"", Signature::By("key.foreign", Alg::Rs256));
    [
        ("jwk", "the secret that signed it in jwk", vec![jwk("secret.unknown"), foreign()]),
        ("jwk-rsa", "the public key that verifies it in jwk", vec![jwk("key.foreign"), rsa()]),
        ("x5c", "the certificate that verifies it in x5c", vec![x5c, rsa()]),
    ]
}

fn embedded() -> Vec<Case> {
    let make = |(slug, words, changes): (&str, &str, Vec<Change>)| {
        let cites = &["TCA-127-value", "RFC8725-3.10", "RFC8725-3.1"];
        let title = format!("A known secret ID, and {words}");
        forged(&format!("127/forged-{slug}"), &title, cites, changes)
    };
    brought().map(make).to_vec()
}

fn unkeyed() -> Vec<(&'static str, &'static str, Vec<Change>)> {
    let keyed = |key| vec![Change::Sign(Signature::HmacKeyed(key))];
    let mut all = vec![
        ("none", "alg none and no signature", vec![Change::Alg("\"none\"", Signature::Empty)]),
        ("empty", "an HMAC keyed with nothing", keyed(b"")),
        ("undefined", "an HMAC keyed with the word undefined", keyed(b"undefined")),
        ("null", "an HMAC keyed with the word null", keyed(b"null")),
        ("python-none", "an HMAC keyed with the word None", keyed(b"None")),
        ("unsigned", "no signature under HS256", vec![Change::Sign(Signature::Empty)]),
    ];
    all.extend(brought());
    all
}

/// Several faults, so which code answers is recorded.
fn unknown() -> Vec<Case> {
    let places = [
        ("unknown-kid", "A kid nobody has", Change::Header("kid", Edit::Role("secret.unknown"))),
        ("no-kid", "No kid", Change::without_header("kid")),
        ("unknown-iss", "An iss nobody has", Change::Header("iss", Edit::Role("app.unknown"))),
    ];
    let cites = &[
        "TCA-10085-kid",
        "TCA-10083-kid",
        "TCA-10089-iss",
        "TCA-10098-unsigned",
        "RFC8725-3.1",
        "RFC8725-3.10",
    ];
    let mut cases = Vec::new();
    for (slug, words, changes) in unkeyed() {
        for (place, who, missing) in places.clone() {
            let all = [vec![missing], changes.clone()].concat();
            let id = format!("undocumented/forged-{slug}-{place}");
            cases.push(forged(&id, &format!("{who}, and {words}"), cites, all));
        }
    }
    cases
}
