//! Signatures that are not the profile's, and keys the header brings along.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{
    all_agree, auth0, certificate_kid, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub,
    refusal, refused, rsa_kid, with_status,
};
use crate::case::Case;
use crate::cases::common::encrypted;
use crate::change::Change;
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const VERIFIED: &[&str] = &["WCL-09", "WAP-GEN-02", "RFC8725-3.3"];
const CHANGED: &[&str] = &["WCL-09", "WAP-GEN-04", "RFC7515-5.2"];

pub(super) fn cases() -> Vec<Case> {
    [secrets(), guessed(), keys(), altered(), cut(), changed(), parts(), brought(), injected()]
        .concat()
}

fn signed(slug: &str, title: &str, scene: &Scene, signature: Signature) -> Case {
    refusal(slug, title, scene, VERIFIED, Change::Sign(signature))
}

/// HMACs under any secret but the profile's.
fn secrets() -> Vec<Case> {
    let by = |role| Signature::By(role, Alg::Hs256);
    cases! { signed:
        // Credentials came, and nobody vouches for them: HTTP allows either status.
        "secret-foreign", "A secret nobody registered": &hmac_kid(), by("secret.foreign")
            => expecting(&with_status(&[401, 403]));
        "secret-of-other", "Another profile's secret": &hmac_kid(), by("profile.other");
        "secret-of-disabled", "A disabled profile's secret": &hmac_kid(), by("profile.disabled");
        "secret-of-other-namespace", "Another profile's secret, the key in the namespace claim":
            &hmac_namespace(), by("profile.other");
        "secret-of-other-workato-sub", "Another profile's secret, the key in workato_sub":
            &hmac_workato_sub(), by("profile.other");
        "secret-of-other-sub", "Another profile's secret, the key in sub":
            &hmac_sub(), by("profile.other");
        "secret-foreign-all-agree", "A foreign secret, the key in all four places":
            &all_agree(), by("secret.foreign");
    }
}

/// HMACs under what one may guess, or make of the secret.
fn guessed() -> Vec<Case> {
    let keyed = |slug: &str, title: &str, key| {
        signed(&format!("secret-{slug}"), title, &hmac_kid(), Signature::HmacKeyed(key))
    };
    let made = |slug: &str, title: &str, what, bytes| {
        signed(&format!("secret-{slug}"), title, &hmac_kid(), Signature::SecretAs(what, bytes))
    };
    cases! {
        keyed:
            // HMAC fills a key up with NULs, so this is the tag of a single NUL byte too.
            "empty", "An empty secret": b"";
            "secret", "The word secret as the secret": b"secret";
            "sample", "The sample secret of a well-known tool": b"your-256-bit-secret";
            "null", "The word null as the secret": b"null";
        made:
            "line-end", "The secret with a line end behind":
                "its secret and a line end", |secret| format!("{secret}\n").into_bytes();
            "half", "The first half of the secret":
                "half its secret", |secret| secret.as_bytes()[..secret.len() / 2].to_vec();
            "capitals", "The secret in capitals":
                "its secret in capitals", |secret| secret.to_uppercase().into_bytes();
            "base64", "The secret encoded once more":
                "its secret in base64url", |secret| URL_SAFE_NO_PAD.encode(secret).into_bytes();
            "reversed", "The secret reversed":
                "its secret reversed", |secret| secret.bytes().rev().collect();
    }
}

/// RSA signatures by any key but the profile's.
fn keys() -> Vec<Case> {
    let by = |role| Signature::By(role, Alg::Rs256);
    cases! { signed:
        "key-foreign", "A key nobody registered": &rsa_kid(), by("key.foreign");
        "key-of-other", "Another profile's key": &rsa_kid(), by("profile.certificate");
        "key-foreign-certificate", "A key that is not the certificate's":
            &certificate_kid(), by("key.foreign");
        "key-of-other-certificate", "Another profile's key under a certificate":
            &certificate_kid(), by("profile.rsa");
        "key-foreign-provider", "A provider's token signed by somebody else":
            &auth0(), by("key.foreign");
        "key-rs512-under-rs256", "An RS512 signature under a header that says RS256":
            &rsa_kid(), Signature::Own(Alg::Rs512);
        "secret-hs512-under-hs256", "An HS512 tag under a header that says HS256":
            &hmac_kid(), Signature::Own(Alg::Hs512);
    }
}

type Bytes = fn(Vec<u8>) -> Vec<u8>;

const ALTERED: &[(&str, &str, Bytes)] = &[
    ("first-bit", "with its first bit flipped", |bytes| flipped(bytes, |_| 0, 0x80)),
    ("middle-bit", "with one bit in the middle flipped", |bytes| flipped(bytes, |len| len / 2, 1)),
    ("last-bit", "with its last bit flipped", |bytes| flipped(bytes, |len| len - 1, 1)),
    ("zero", "of zero bytes", |bytes| vec![0; bytes.len()]),
    ("ones", "of bytes that are all ones", |bytes| vec![0xff; bytes.len()]),
    ("one", "that is the number one", |bytes| {
        let mut one = vec![0; bytes.len()];
        one.pop();
        one.push(1);
        one
    }),
    ("short", "one byte short", |bytes| bytes[..bytes.len() - 1].to_vec()),
    ("long", "one byte long", |bytes| [bytes, vec![0]].concat()),
    ("long-before", "with a zero byte before", |bytes| [vec![0], bytes].concat()),
    ("twice", "twice over", |bytes| [bytes.clone(), bytes].concat()),
    ("reversed", "reversed", |bytes| bytes.into_iter().rev().collect()),
];

fn flipped(mut bytes: Vec<u8>, place: fn(usize) -> usize, mask: u8) -> Vec<u8> {
    let place = place(bytes.len());
    bytes[place] ^= mask;
    bytes
}

/// The good signature, spoiled.
fn altered() -> Vec<Case> {
    let mut cases = Vec::new();
    for (slug, title, alter) in ALTERED {
        for (scene, kind) in [(hmac_kid(), "HMAC"), (rsa_kid(), "RSA")] {
            let slug = format!("signature-{slug}-{}", kind.to_lowercase());
            let change = Change::Sign(Signature::Altered(title, *alter));
            cases.push(refusal(
                &slug,
                &format!("An {kind} signature {title}"),
                &scene,
                CHANGED,
                change,
            ));
        }
    }
    cases
}

/// A start of the good tag is no tag.
fn cut() -> Vec<Case> {
    let rows: &[(&str, &'static str, Bytes)] = &[
        ("half", "cut to sixteen bytes", |bytes| bytes[..16].to_vec()),
        ("first-byte", "cut to one byte", |bytes| bytes[..1].to_vec()),
    ];
    let make = |(slug, title, alter): &(&str, &'static str, Bytes)| {
        let change = Change::Sign(Signature::Altered(title, *alter));
        refusal(
            &format!("signature-{slug}"),
            &format!("An HMAC signature {title}"),
            &hmac_kid(),
            CHANGED,
            change,
        )
    };
    let none = |slug: &str, title: &str, scene| {
        refusal(slug, title, &scene, CHANGED, Change::Sign(Signature::Empty))
    };
    let mut cases: Vec<_> = rows.iter().map(make).collect();
    cases.push(none("signature-empty-hmac", "An empty signature under HS256", hmac_kid()));
    cases.push(none("signature-empty-rsa", "An empty signature under RS256", rsa_kid()));
    cases.push(none(
        "signature-empty-provider",
        "A provider's token without its signature",
        auth0(),
    ));
    cases
}

/// A segment with its JSON rewritten after signing.
fn rewritten(token: &str, segment: usize, rewrite: fn(String) -> String) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let json = URL_SAFE_NO_PAD.decode(&parts[segment]).unwrap_or_default();
    parts[segment] = URL_SAFE_NO_PAD.encode(rewrite(String::from_utf8_lossy(&json).into_owned()));
    parts.join(".")
}

fn admin(token: &str) -> String {
    rewritten(token, 1, |json| json.replacen('{', "{\"admin\":true,", 1))
}

fn retyped(token: &str) -> String {
    rewritten(token, 0, |json| json.replacen('{', "{\"typ\":\"JWT\",", 1))
}

/// The content changed, the signature kept.
fn changed() -> Vec<Case> {
    let text = |slug: &str, title: &'static str, scene: Scene, alter| {
        refusal(&format!("changed-{slug}"), title, &scene, CHANGED, Change::Text(title, alter))
    };
    let decoded = |slug: &str, title: &str, scene: Scene| {
        refusal(slug, title, &scene, CHANGED, Change::Sign(Signature::OverDecoded))
    };
    vec![
        text("payload", "A claim added after signing", hmac_kid(), admin),
        text("payload-rsa", "A claim added after signing under RS256", rsa_kid(), admin),
        text("payload-provider", "A claim added to a provider's token", auth0(), admin),
        text("header", "A header member added after signing", hmac_kid(), retyped),
        text("email", "Another caller's address after signing", hmac_kid(), |token| {
            rewritten(token, 1, |json| json.replacen("caller@", "other@", 1))
        }),
        text("blank", "A blank added to the payload after signing", hmac_kid(), |token| {
            rewritten(token, 1, |json| json.replacen('{', "{ ", 1))
        }),
        decoded("over-decoded-hmac", "An HMAC over the decoded parts", hmac_kid()),
        decoded("over-decoded-rsa", "An RSA signature over the decoded parts", rsa_kid()),
    ]
}

/// Too few parts, or the parts of an encrypted token.
fn parts() -> Vec<Case> {
    let text = |slug: &str, title: &'static str, alter| {
        refusal(
            slug,
            title,
            &hmac_kid(),
            &["WCL-04", "WAP-TOK-07", "RFC7519-7.2"],
            Change::Text(title, alter),
        )
    };
    vec![
        text("two-segments", "No signature segment", |token| {
            token.rsplit_once('.').map_or("", |(start, _)| start).to_owned()
        }),
        text("encrypted", "An encrypted token of five parts", encrypted),
    ]
}

/// The header names a key of the caller's; the signature is the caller's too: one forgery. A public key or certificate
/// that is brought along whole is in `brought.rs`.
fn brought() -> Vec<Case> {
    const ATTACK: &[&str] = &["WCL-09", "RFC8725-3.10"];
    let forged = |slug: &str, title: &str, scene: Scene, member, json, signature| {
        let id = format!("access_refused/forged-{slug}");
        Case::one(
            &scene,
            &id,
            title,
            ATTACK,
            vec![Change::header(member, json), Change::Sign(signature)],
            refused(),
        )
    };
    let hmac = |slug: &str, title: &str, member, json, key| {
        forged(&format!("{slug}-hmac"), title, hmac_kid(), member, json, Signature::HmacKeyed(key))
    };
    let rsa = |slug: &str, title: &str, member, json| {
        forged(
            &format!("{slug}-rsa"),
            title,
            rsa_kid(),
            member,
            json,
            Signature::By("key.foreign", Alg::Rs256),
        )
    };
    cases! {
        hmac:
            "jwk", "A secret of the caller's own in jwk":
                "jwk", r#"{"kty":"oct","k":"dGVzdC1vbmx5LWF0dGFja2Vy"}"#, b"test-only-attacker";
            "jku", "A key URL of the caller's own":
                "jku", "\"https://keys.invalid/jwks.json\"", b"test-only-attacker";
        rsa:
            "jku", "A key URL of the caller's own under RS256":
                "jku", "\"https://keys.invalid/jwks.json\"";
            "jku-metadata", "A key URL at a link-local address":
                "jku", "\"http://169.254.169.254/latest/meta-data/\"";
            "jku-file", "A key URL that is a file": "jku", "\"file:///dev/null\"";
            "x5u", "A certificate URL of the caller's own":
                "x5u", "\"https://keys.invalid/cert.pem\"";
    }
}

/// kid holds what a careless look-up would run or open; the signature fits what it would find.
fn injected() -> Vec<Case> {
    let kid = |slug: &str, title: &str, json, key| {
        let changes = vec![Change::header("kid", json), Change::Sign(Signature::HmacKeyed(key))];
        Case::one(
            &hmac_kid(),
            &format!("access_refused/forged-kid-{slug}"),
            title,
            &["WCL-31", "RFC8725-3.10"],
            changes,
            refused(),
        )
    };
    cases! { kid:
        "path", "A path to an empty file in kid": "\"../../../../dev/null\"", b"";
        "query", "A query in kid that selects a known secret":
            "\"x' UNION SELECT 'test-only-attacker' -- \"", b"test-only-attacker";
        "shell", "A shell command in kid": "\"| sleep 10\"", b"";
        "directory-filter", "A directory filter in kid": "\"*)(objectClass=*\"", b"";
        "operator", "A database operator in kid": "{\"$ne\":null}", b"";
        "line-ends", "Line ends and an escape character in kid":
            r#""x\r\nx-forged: 1\u001b[2J""#, b"";
    }
}
