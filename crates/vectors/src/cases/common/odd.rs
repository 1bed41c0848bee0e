//! Tokens that are valid and odd, which everybody must accept.

use super::super::table::case;
use super::{Kit, Rewrite, insert, nested};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let citing = |cite: &'static str| {
        move |slug: &str, title: &str, change: Change| {
            case(
                &format!("accepted/odd-{slug}"),
                title,
                &kit.scene,
                &[cite],
                change,
                Expect::ACCEPT,
            )
        }
    };
    let (odd, member, claim) = (citing("CPX-odd-accept"), citing("RFC7515-4"), citing("RFC7519-4"));
    let header = |what, rewrite: Rewrite| Change::Rewrite(Part::Header, what, rewrite);
    let payload = |what, rewrite: Rewrite| Change::Rewrite(Part::Payload, what, rewrite);
    cases! {
        odd:
            "alg-escaped", "alg spelled with an escape":
                Change::Header("alg", Edit::Spelled(r"\u0061lg"));
            "claim-escaped", "A claim spelled with an escape":
                Change::Claim(kit.claim, Edit::Spelled(escape(kit.claim)));
        member:
            "header-unknown-member", "An unknown header member":
                Change::header("x-unknown", "{\"a\":[1,2]}");
        claim:
            "unknown-claims", "Unknown claims of every type":
                payload("six unknown claims", |j| insert(j, SIX));
        odd:
            "any-order", "Members in another order": payload("members sorted", sorted);
            "pretty-printed", "A pretty-printed payload": payload("pretty-printed", pretty);
            "header-blanks", "Blanks and tabs in the header": header("pretty-printed", pretty);
            "proto", "Members named like object internals":
                payload("__proto__ and constructor", |j| insert(j, INTERNALS));
            "empty-name", "A member with an empty name":
                payload("an empty name", |j| insert(j, br#""":1"#));
        claim:
            "case-variant-name",
                "Claims of another case beside the right ones, which nobody knows":
                payload("ALG and EXP", |j| insert(j, CAPITALS));
        odd:
            "nested-64", "An unused claim nested 64 deep":
                payload("64 deep", |j| insert(j, format!("\"u\":{}", nested(64)).as_bytes()));
            "huge-integer", "An unused integer of two hundred digits":
                payload("200 digits", |j| insert(j, &[b"\"u\":", [b'9'; 200].as_slice()].concat()));
            "huge-exponent", "An unused number beyond every float":
                payload("1e400", |j| insert(j, b"\"u\":1e400"));
            "four-byte-utf-8", "Four-byte UTF-8, right-to-left text and combining marks":
                payload("far planes", |j| insert(j, FAR_PLANES.as_bytes()));
            "surrogate-pair", "An escaped surrogate pair":
                payload("an escaped pair", |j| insert(j, br#""u":"\ud83d\udd12""#));
            "key-url-in-header", "A genuine token that carries jku and x5u":
                header("jku and x5u", |j| insert(j, KEY_URLS));
    }
}

const SIX: &[u8] = br#""u1":null,"u2":true,"u3":1.5,"u4":"x","u5":[1],"u6":{"a":{}}"#;
const INTERNALS: &[u8] = br#""__proto__":{"admin":true},"constructor":1"#;
const CAPITALS: &[u8] = br#""ALG":"none","EXP":0,"IAT":"x","JTI":null"#;
const FAR_PLANES: &str = "\"u\":\"\u{1f512}\u{5d0}\u{5d1}e\u{301}\"";
const KEY_URLS: &[u8] = br#""jku":"https://keys.invalid/","x5u":"https://keys.invalid/""#;

fn sorted(json: &str) -> Vec<u8> {
    // serde_json's map keeps names sorted, which is another order than the forge's.
    serde_json::from_str::<serde_json::Value>(json)
        .map(|value| value.to_string())
        .unwrap_or_default()
        .into_bytes()
}

fn pretty(json: &str) -> Vec<u8> {
    let value = serde_json::from_str::<serde_json::Value>(json).unwrap_or_default();
    format!("\n {value:#} \t\r\n").into_bytes()
}

/// The first letter of a claim name as a `\u` escape.
fn escape(name: &str) -> &'static str {
    match name {
        "iat" => r"\u0069at",
        "jti" => r"\u006ati",
        "sub" => r"\u0073ub",
        "name" => r"\u006eame",
        _ => "\\u0078",
    }
}
