//! Signatures that are not the named secret's: refused, the code recorded.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::super::scenes::{embed, rest, second_user};
use super::super::{case, foreign};
use crate::case::Case;
use crate::change::Change;
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [signatures(), keys(), forged_headers()].concat()
}

/// The signature is not the named secret's over these bytes.
fn signatures() -> Vec<Case> {
    let wrong = |id: &str, title: &str, signature| {
        let cites = &["TCA-127-value", "RFC8725-3.3"];
        case(id, title, &embed(), cites, Change::Sign(signature), Expect::REFUSE)
    };
    let altered =
        |id: &str, title: &str, what, alter| wrong(id, title, Signature::Altered(what, alter));
    let text = |id: &str, title: &'static str, alter| {
        let cites = &["TCA-127-value", "RFC7515-5.2"];
        case(id, title, &embed(), cites, Change::Text(title, alter), Expect::REFUSE)
    };
    cases! {
        altered:
            "127/bit-flipped", "One bit of the signature flipped":
                "with one bit flipped", |mut bytes| { bytes[16] ^= 1; bytes };
            "127/first-bit-flipped", "The first bit of the signature flipped":
                "with its first bit flipped", |mut bytes| { bytes[0] ^= 0x80; bytes };
            "127/zero", "A signature of zero bytes": "of zero bytes", |bytes| vec![0; bytes.len()];
            "127/31-bytes", "A signature cut to 31 bytes":
                "cut to 31 bytes", |bytes| bytes[..31].to_vec();
            "127/16-bytes", "A signature cut to 16 bytes":
                "cut to 16 bytes", |bytes| bytes[..16].to_vec();
            "127/one-byte", "A signature cut to one byte":
                "cut to one byte", |bytes| bytes[..1].to_vec();
            "127/33-bytes", "A signature with one byte more":
                "one byte longer", |bytes| [bytes, vec![0]].concat();
            "127/64-bytes", "A signature twice over": "repeated", |bytes| bytes.repeat(2);
        wrong:
            "127/over-decoded", "Signed over the decoded parts": Signature::OverDecoded;
            "127/hs512-under-hs256", "An HS512 signature under a header that says HS256":
                Signature::Own(Alg::Hs512);
        text:
            "127/payload-changed", "A claim changed after signing":
                |t| swapped(t, 1, "\"jti\":\"", "\"jti\":\"x");
            "127/scope-added", "A scope added after signing":
                |t| swapped(t, 1, "\"scp\":[", "\"scp\":[\"tableau:users:*\",");
            "127/header-changed", "The header's typ changed after signing":
                |t| swapped(t, 0, "\"JWT\"", "\"jwt\"");
    }
}

/// The part decoded, changed and encoded again; the signature stays.
fn swapped(token: &str, part: usize, from: &str, to: &str) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let json = URL_SAFE_NO_PAD.decode(&parts[part]).unwrap_or_default();
    parts[part] = URL_SAFE_NO_PAD.encode(String::from_utf8_lossy(&json).replacen(from, to, 1));
    parts.join(".")
}

/// Other keys than the text of the secret.
fn keys() -> Vec<Case> {
    let keyed = |id: &str, title: &str, signature| {
        let cites = &["TCA-127-value", "RFC8725-3.5"];
        case(id, title, &embed(), cites, Change::Sign(signature), Expect::REFUSE)
    };
    let by = |id: &str, title: &str, scene, role| {
        let change = Change::Sign(Signature::By(role, Alg::Hs256));
        case(id, title, &scene, &["TCA-127-value", "RFC8725-3.8"], change, Expect::REFUSE)
    };
    cases! {
        by:
            "127/foreign-secret", "Signed with a secret nobody has": embed(), "secret.unknown";
            "127/foreign-secret-rest", "Signed with a secret nobody has, on REST":
                rest(), "secret.unknown";
            "127/foreign-secret-second-user", "Another user's token under a foreign secret":
                second_user(), "secret.unknown";
            "127/other-secret", "The value of the app's other secret": embed(), "secret.second";
            "127/other-app", "The value of another app's secret": embed(), "secret.of-another";
            "127/other-site", "The value of a secret on another site":
                embed(), "secret.of-elsewhere";
        keyed:
            // HMAC pads its key with NUL bytes: a key of NULs gives this signature too.
            "127/empty-key", "An HMAC keyed with nothing": Signature::HmacKeyed(b"");
            "127/sample-key", "An HMAC keyed with the word secret": Signature::HmacKeyed(b"secret");
            "127/decoded-secret", "The secret decoded from base64 as the key":
                Signature::SecretAs(
                    "the decoded secret", |s| STANDARD.decode(s).unwrap_or_default(),
                );
            "127/secret-line-end", "The secret with a line end behind":
                Signature::SecretAs("the secret and a line end", |s| format!("{s}\n").into_bytes());
            "127/secret-lower-case", "The secret in lower case":
                Signature::SecretAs("the secret in lower case", |s| s.to_lowercase().into_bytes());
    }
}

/// The header points to a key of the attacker's, who signs with it; one that is brought whole is in `brought.rs`.
fn forged_headers() -> Vec<Case> {
    let forged = |id: &str, title: &str, member, json| {
        let changes = vec![Change::header(member, json), foreign()];
        case(id, title, &embed(), &["TCA-127-value", "RFC8725-3.10"], changes, Expect::REFUSE)
    };
    cases! { forged:
        "127/forged-jku", "A key URL in the header, signed with a foreign secret":
            "jku", "\"https://keys.invalid/jwks.json\"";
        "127/forged-jku-file", "A key file in the header, signed with a foreign secret":
            "jku", "\"file:///etc/passwd\"";
        "127/forged-jku-link-local", "A link-local key URL, signed with a foreign secret":
            "jku", "\"http://169.254.169.254/latest/\"";
        "127/forged-x5u", "A certificate URL in the header, signed with a foreign secret":
            "x5u", "\"https://keys.invalid/cert.pem\"";
    }
}
