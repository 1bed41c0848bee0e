//! Structure, algorithm, signature.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{case, external, member, team};
use crate::case::Case;
use crate::cases::common::encrypted;
use crate::change::Change;
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

/// HMAC key bytes made of a public key's PEM text.
type KeyBytes = fn(&str) -> Vec<u8>;

const ALG: &[&str] = &["alg_invalid"];
const KEY: &[&str] = &["token_signature_invalid", "vendor_missing"];

pub(super) fn cases() -> Vec<Case> {
    [components(), algorithms(), confusion(), signatures()].concat()
}

fn components() -> Vec<Case> {
    let text = |slug: &str, title: &'static str, alter: fn(&str) -> String| {
        let id = format!("token_invalid/{slug}");
        case(
            &id,
            title,
            &team(),
            &["WDL-JWT-18", "WDL-JWT-20"],
            Change::Text(title, alter),
            Expect::refuse(&["token_invalid"]),
        )
    };
    vec![
        text("two-segments", "No signature segment", |t| {
            t.rsplit_once('.').map_or("", |(start, _)| start).to_owned()
        }),
        text("encrypted", "An encrypted token of five parts", encrypted),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn algorithms() -> Vec<Case> {
    let own = |slug: &str, title: &str, json, signature| {
        let id = format!("alg_invalid/{slug}");
        case(
            &id,
            title,
            &team(),
            &["WDL-JWT-01", "RFC8725-3.1"],
            Change::Alg(json, signature),
            Expect::refuse(ALG),
        )
    };
    let set = |slug: &str, title: &str, change| {
        let id = format!("alg_invalid/{slug}");
        case(
            &id,
            title,
            &team(),
            &["WDL-JWT-01", "WDL-JWT-02"],
            change,
            Expect::refuse(&["alg_invalid", "token_invalid"]),
        )
    };
    let rs256 = Signature::Own(Alg::Rs256);
    let alg = &["WDL-JWT-01", "WDL-JWT-02"];
    cases! {
        own:
            "rs384", "RS384 under the right key": "\"RS384\"", Signature::Own(Alg::Rs384);
            "rs512", "RS512 under the right key": "\"RS512\"", Signature::Own(Alg::Rs512);
            "ps256", "PS256 named": "\"PS256\"", rs256;
            "es256", "ES256 named": "\"ES256\"", rs256;
            "lower-case", "rs256 in lower case, signature valid": "\"rs256\"", rs256;
            "mixed-case", "Rs256 in mixed case, signature valid": "\"Rs256\"", rs256;
            "trailing-blank", "RS256 with a blank behind": "\"RS256 \"", rs256;
            "none-with-signature", "none with a signature left over": "\"none\"", rs256;
            "none-upper-case", "NONE with a signature left over": "\"NONE\"", rs256;
            "hs256-public-key", "HS256 keyed with the public key text":
                "\"HS256\"", Signature::PublicKeyAs("the PEM text", |pem| pem.as_bytes().to_vec());
        set:
            "none-unsigned", "none with an empty signature":
                Change::Alg("\"none\"", Signature::Empty);
            "absent", "No alg": Change::without_header("alg");
            "null", "alg is null": Change::header("alg", "null");
            "number", "alg is a number": Change::header("alg", "0");
            "list", "alg is a list that holds RS256": Change::header("alg", "[\"RS256\"]");
        case:
            // There, a string, and not RS256.
            "alg_invalid/empty", "alg is empty":
                &team(), alg, Change::header("alg", "\"\""), Expect::refuse(ALG);
        set:
            "other-spelling", "ALG in place of alg":
                Change::Rewrite(crate::change::Part::Header, "ALG in place of alg", |j| {
                    j.replacen("alg", "ALG", 1).into_bytes()
                });
        case:
            "alg_invalid/rs512-member", "RS512 on a member's link":
                &member(), &["WDL-JWT-01"], Change::Alg("\"RS512\"", Signature::Own(Alg::Rs512)),
                Expect::refuse(ALG);
    }
}

/// The public key in other renderings as an HMAC secret.
fn confusion() -> Vec<Case> {
    let rows: &[(&str, &'static str, KeyBytes)] = &[
        ("trimmed", "the PEM text without its last line end", |pem| {
            pem.trim_end().as_bytes().to_vec()
        }),
        ("crlf", "the PEM text with CRLF line ends", |pem| pem.replace('\n', "\r\n").into_bytes()),
        ("leading-blank", "the PEM text behind a blank", |pem| format!(" {pem}").into_bytes()),
        ("body", "the base64 body alone", |pem| body(pem).into_bytes()),
        ("der", "the DER bytes", |pem| STANDARD.decode(body(pem)).unwrap_or_default()),
    ];
    rows.iter()
        .map(|(slug, what, bytes)| {
            let id = format!("alg_invalid/confusion-{slug}");
            let title = format!("HS256 keyed with {what} of the public key");
            let change = Change::Alg("\"HS256\"", Signature::PublicKeyAs(what, *bytes));
            case(&id, &title, &team(), &["WDL-JWT-01", "RFC8725-2.1"], change, Expect::refuse(ALG))
        })
        .collect()
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn signatures() -> Vec<Case> {
    let wrong = |slug: &str, title: &str, signature| {
        let id = format!("token_signature_invalid/{slug}");
        case(
            &id,
            title,
            &team(),
            &["WDL-JWT-23", "WDL-ACC-21", "RFC8725-3.3"],
            Change::Sign(signature),
            Expect::refuse(KEY),
        )
    };
    let altered = |slug: &str, title: &'static str, alter| {
        let id = format!("token_signature_invalid/{slug}");
        let expect =
            Expect::refuse(&["token_signature_invalid", "vendor_missing", "token_invalid"]);
        case(
            &id,
            title,
            &team(),
            &["WDL-JWT-23", "RFC8725-3.3"],
            Change::Sign(Signature::Altered(title, alter)),
            expect,
        )
    };
    cases! {
        wrong:
            "foreign-key", "Signed with a key nobody registered":
                Signature::By("key.foreign", Alg::Rs256);
            "other-vendor", "Signed with another partner's key":
                Signature::By("vendor.other", Alg::Rs256);
            "over-decoded", "Signed over the decoded parts": Signature::OverDecoded;
            "rs384-under-rs256", "An RS384 signature under a header that says RS256":
                Signature::Own(Alg::Rs384);
            // Of the right length, so nothing is ill-formed.
            "bit-flipped", "A signature with one bit flipped":
                Signature::Altered("with one bit flipped", bit_flipped);
            "zero", "A signature of zero bytes":
                Signature::Altered("of zero bytes", |bytes| vec![0; bytes.len()]);
        altered:
            "short", "one byte short":
                |mut bytes| {
                    bytes.pop();
                    bytes
                };
            "long", "one byte long":
                |mut bytes| {
                    bytes.push(0);
                    bytes
                };
        case:
            "token_signature_invalid/empty", "An empty signature under RS256":
                &team(), &["WDL-JWT-23", "WDL-JWT-18"], Change::Sign(Signature::Empty),
                Expect::refuse(&["token_signature_invalid", "vendor_missing", "token_invalid"]);
            "token_signature_invalid/payload-changed",
                "A character of the payload changed after signing":
                &team(), &["WDL-JWT-23", "RFC8725-3.3"],
                Change::Text("another jti after signing", swap_payload), Expect::refuse(KEY);
            "token_signature_invalid/foreign-key-external",
                "A foreign key on a link by external ID":
                &external(), &["WDL-JWT-23", "WDL-ACC-22"],
                Change::Sign(Signature::By("key.foreign", Alg::Rs256)), Expect::refuse(KEY);
        embedded_key:
            "jku", "A key URL in the header, signed with a foreign key":
                "\"https://keys.invalid/jwks.json\"";
            "x5u", "A certificate URL in the header, signed with a foreign key":
                "\"https://keys.invalid/cert.pem\"";
            "kid", "A path in kid, signed with a foreign key": "\"../../../../dev/null\"";
    }
}

fn bit_flipped(mut bytes: Vec<u8>) -> Vec<u8> {
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}

/// The header names a key of the attacker's; the signature is the attacker's too. One brought whole is in `brought.rs`.
fn embedded_key(member: &'static str, title: &str, json: &'static str) -> Case {
    let id = format!("token_signature_invalid/header-{member}");
    let changes =
        vec![Change::header(member, json), Change::Sign(Signature::By("key.foreign", Alg::Rs256))];
    Case::one(&team(), &id, title, &["WDL-JWT-24", "RFC8725-3.10"], changes, Expect::refuse(KEY))
}

/// The payload with the first digit of its `iat` region moved by re-encoding one claim.
fn swap_payload(token: &str) -> String {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let json = URL_SAFE_NO_PAD.decode(&parts[1]).unwrap_or_default();
    let json = String::from_utf8_lossy(&json).replacen("\"jti\":\"", "\"jti\":\"x", 1);
    parts[1] = URL_SAFE_NO_PAD.encode(json);
    parts.join(".")
}
