//! Signatures that are not the named secret's: refused, the code recorded.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::super::scenes::{embed, rest, second_user};
use super::super::{case, changed};
use crate::case::Case;
use crate::change::Change;
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [signatures(), keys(), forged_headers()].concat()
}

/// The signature is not the named secret's over these bytes.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn signatures() -> Vec<Case> {
    let wrong = |slug: &str, title: &str, signature| {
        let cites = &["TCA-127-value", "RFC8725-3.3"];
        case(
            &embed(),
            &format!("127/{slug}"),
            title,
            cites,
            Change::Sign(signature),
            Expect::REFUSE,
        )
    };
    let altered =
        |slug: &str, title: &str, what, alter| wrong(slug, title, Signature::Altered(what, alter));
    let text = |slug: &str, title: &'static str, alter| {
        let cites = &["TCA-127-value", "RFC7515-5.2"];
        case(
            &embed(),
            &format!("127/{slug}"),
            title,
            cites,
            Change::Text(title, alter),
            Expect::REFUSE,
        )
    };
    vec![
        altered(
            "bit-flipped",
            "One bit of the signature flipped",
            "with one bit flipped",
            |mut bytes| {
                bytes[16] ^= 1;
                bytes
            },
        ),
        altered(
            "first-bit-flipped",
            "The first bit of the signature flipped",
            "with its first bit flipped",
            |mut bytes| {
                bytes[0] ^= 0x80;
                bytes
            },
        ),
        altered("zero", "A signature of zero bytes", "of zero bytes", |bytes| vec![0; bytes.len()]),
        altered("31-bytes", "A signature cut to 31 bytes", "cut to 31 bytes", |bytes| {
            bytes[..31].to_vec()
        }),
        altered("16-bytes", "A signature cut to 16 bytes", "cut to 16 bytes", |bytes| {
            bytes[..16].to_vec()
        }),
        altered("one-byte", "A signature cut to one byte", "cut to one byte", |bytes| {
            bytes[..1].to_vec()
        }),
        altered("33-bytes", "A signature with one byte more", "one byte longer", |bytes| {
            [bytes, vec![0]].concat()
        }),
        altered("64-bytes", "A signature twice over", "repeated", |bytes| bytes.repeat(2)),
        wrong("over-decoded", "Signed over the decoded parts", Signature::OverDecoded),
        wrong(
            "hs512-under-hs256",
            "An HS512 signature under a header that says HS256",
            Signature::Own(Alg::Hs512),
        ),
        text("payload-changed", "A claim changed after signing", |t| {
            swapped(t, 1, "\"jti\":\"", "\"jti\":\"x")
        }),
        text("scope-added", "A scope added after signing", |t| {
            swapped(t, 1, "\"scp\":[", "\"scp\":[\"tableau:users:*\",")
        }),
        text("header-changed", "The header's typ changed after signing", |t| {
            swapped(t, 0, "\"JWT\"", "\"jwt\"")
        }),
    ]
}

/// The part decoded, changed and encoded again; the signature stays.
fn swapped(token: &str, part: usize, from: &str, to: &str) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let json = URL_SAFE_NO_PAD.decode(&parts[part]).unwrap_or_default();
    parts[part] = URL_SAFE_NO_PAD.encode(String::from_utf8_lossy(&json).replacen(from, to, 1));
    parts.join(".")
}

/// Other keys than the text of the secret.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn keys() -> Vec<Case> {
    let keyed = |slug: &str, title: &str, signature| {
        let cites = &["TCA-127-value", "RFC8725-3.5"];
        case(
            &embed(),
            &format!("127/{slug}"),
            title,
            cites,
            Change::Sign(signature),
            Expect::REFUSE,
        )
    };
    let by = |scene, slug: &str, title: &str, role| {
        let change = Change::Sign(Signature::By(role, Alg::Hs256));
        case(
            &scene,
            &format!("127/{slug}"),
            title,
            &["TCA-127-value", "RFC8725-3.8"],
            change,
            Expect::REFUSE,
        )
    };
    vec![
        by(embed(), "foreign-secret", "Signed with a secret nobody has", "secret.unknown"),
        by(
            rest(),
            "foreign-secret-rest",
            "Signed with a secret nobody has, on REST",
            "secret.unknown",
        ),
        by(
            second_user(),
            "foreign-secret-second-user",
            "Another user's token under a foreign secret",
            "secret.unknown",
        ),
        by(embed(), "other-secret", "The value of the app's other secret", "secret.second"),
        by(embed(), "other-app", "The value of another app's secret", "secret.of-another"),
        by(embed(), "other-site", "The value of a secret on another site", "secret.of-elsewhere"),
        // HMAC pads its key with NUL bytes: a key of NULs gives this signature too.
        keyed("empty-key", "An HMAC keyed with nothing", Signature::HmacKeyed(b"")),
        keyed("sample-key", "An HMAC keyed with the word secret", Signature::HmacKeyed(b"secret")),
        keyed(
            "decoded-secret",
            "The secret decoded from base64 as the key",
            Signature::SecretAs("the decoded secret", |s| STANDARD.decode(s).unwrap_or_default()),
        ),
        keyed(
            "secret-line-end",
            "The secret with a line end behind",
            Signature::SecretAs("the secret and a line end", |s| format!("{s}\n").into_bytes()),
        ),
        keyed(
            "secret-lower-case",
            "The secret in lower case",
            Signature::SecretAs("the secret in lower case", |s| s.to_lowercase().into_bytes()),
        ),
    ]
}

/// The header points to a key of the attacker's, who signs with it; one that is brought whole is in `brought.rs`.
fn forged_headers() -> Vec<Case> {
    let rows: &[(&str, &'static str, &str, &'static str)] = &[
        (
            "jku",
            "jku",
            "A key URL in the header, signed with a foreign secret",
            "\"https://keys.invalid/jwks.json\"",
        ),
        (
            "jku-file",
            "jku",
            "A key file in the header, signed with a foreign secret",
            "\"file:///etc/passwd\"",
        ),
        (
            "jku-link-local",
            "jku",
            "A link-local key URL, signed with a foreign secret",
            "\"http://169.254.169.254/latest/\"",
        ),
        (
            "x5u",
            "x5u",
            "A certificate URL in the header, signed with a foreign secret",
            "\"https://keys.invalid/cert.pem\"",
        ),
    ];
    let forged = |(slug, member, title, json): &(&str, &'static str, &str, &'static str)| {
        let changes = vec![
            Change::header(member, json),
            Change::Sign(Signature::By("secret.unknown", Alg::Hs256)),
        ];
        let id = format!("127/forged-{slug}");
        changed(&embed(), &id, title, &["TCA-127-value", "RFC8725-3.10"], changes, Expect::REFUSE)
    };
    rows.iter().map(forged).collect()
}
