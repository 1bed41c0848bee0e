//! A key nobody has, together with what a library takes when it is handed no key: `none`, a key in the header, an
//! HMAC keyed with nothing or with the word for nothing.

use super::{NAMESPACE, auth0, hmac_kid, hmac_namespace, refused, rsa_kid};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [header(), claim(), embedded()].concat()
}

const ATTACK: &[&str] = &["WCL-31", "WCL-07", "WCL-09", "RFC8725-3.10", "RFC8725-2.1"];

fn forged(slug: &str, title: &str, scene: &Scene, changes: Vec<Change>) -> Case {
    Case::one(scene, &format!("access_refused/forged-{slug}"), title, ATTACK, changes, refused())
}

/// What is presented in the place of a signature: slug, words, the changes.
fn unkeyed() -> Vec<(&'static str, &'static str, Vec<Change>)> {
    let keyed = |key| vec![Change::Sign(Signature::HmacKeyed(key))];
    let sealed = |member, edit, signature| vec![Change::Header(member, edit), signature];
    let foreign = || Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    let rsa = || Change::Alg("\"RS256\"", Signature::By("key.foreign", Alg::Rs256));
    vec![
        ("none", "alg none and no signature", vec![Change::Alg("\"none\"", Signature::Empty)]),
        ("empty", "an HMAC keyed with nothing", keyed(b"")),
        ("undefined", "an HMAC keyed with the word undefined", keyed(b"undefined")),
        ("null", "an HMAC keyed with the word null", keyed(b"null")),
        ("python-none", "an HMAC keyed with the word None", keyed(b"None")),
        ("unsigned", "no signature under HS256", vec![Change::Sign(Signature::Empty)]),
        (
            "jwk-secret",
            "the secret that signed it in jwk",
            sealed("jwk", Edit::Jwk("secret.foreign"), foreign()),
        ),
        (
            "jwk-public",
            "the public key that verifies it in jwk",
            sealed("jwk", Edit::Jwk("key.foreign"), rsa()),
        ),
        (
            "x5c",
            "the certificate that verifies it in x5c",
            sealed("x5c", Edit::X5c("key.foreign"), rsa()),
        ),
    ]
}

/// Of the header's `kid` there is none, or it is nobody's.
fn header() -> Vec<Case> {
    let mut cases = Vec::new();
    for (slug, words, changes) in unkeyed() {
        for (place, who, edit) in [
            ("unknown-key", "A key nobody has", Edit::Role("profile.unknown")),
            ("no-key", "No key", Edit::Remove),
        ] {
            let all = [vec![Change::Header("kid", edit)], changes.clone()].concat();
            cases.push(forged(
                &format!("{slug}-{place}"),
                &format!("{who} in kid, and {words}"),
                &hmac_kid(),
                all,
            ));
        }
    }
    cases
}

/// The same in the claim that is looked at first.
fn claim() -> Vec<Case> {
    let make = |(slug, words, changes): (&str, &str, Vec<Change>)| {
        let all = [vec![Change::Claim(NAMESPACE, Edit::Role("profile.unknown"))], changes].concat();
        let title = format!("A key nobody has in the namespace claim, and {words}");
        forged(&format!("{slug}-unknown-namespace"), &title, &hmac_namespace(), all)
    };
    unkeyed().into_iter().map(make).collect()
}

/// A known profile, and the key of the signer in the header all the same.
fn embedded() -> Vec<Case> {
    let signed = || Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    let jwk = |role| Change::Header("jwk", Edit::Jwk(role));
    let x5c = || Change::Header("x5c", Edit::X5c("key.foreign"));
    let rs256 = || Change::Alg("\"RS256\"", Signature::By("key.foreign", Alg::Rs256));
    cases! { forged:
        "jwk-rsa", "The public key that verifies it in jwk":
            &rsa_kid(), vec![jwk("key.foreign"), signed()];
        "x5c-rsa", "The certificate that verifies it in x5c": &rsa_kid(), vec![x5c(), signed()];
        "jwk-provider", "A provider's token with its own key in jwk":
            &auth0(), vec![jwk("key.foreign"), signed()];
        "x5c-provider", "A provider's token with its own certificate in x5c":
            &auth0(), vec![x5c(), signed()];
        "jwk-public-for-hmac",
            "The public key that verifies it in jwk, for a profile with a secret":
            &hmac_kid(), vec![jwk("key.foreign"), rs256()];
    }
}
