//! Size, parts, algorithm, signature.

mod signatures;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::scenes::{embed, listed, rest};
use super::{MALFORMED, case};
use crate::case::Case;
use crate::cases::common::encrypted;
use crate::change::{Change, Edit, Part, RequestEdit, Size};
use crate::expect::{Answer, Expect};
use crate::sign::{Alg, Signature};

const TOO_LARGE: &[&str] = &["10103"];
const UNSIGNED: &[&str] = &["10098"];

pub(super) fn cases() -> Vec<Case> {
    let bare = cases! { case:
        "accepted/no-typ", "No typ in the header":
            &embed(), &["RFC7519-5.1", "CPX-odd-accept"], Change::without_header("typ"),
            Expect::ACCEPT;
    };
    [bare, size(), carriage(), unsigned(), few_parts(), other_algorithms(), signatures::cases()]
        .concat()
}

fn size() -> Vec<Case> {
    let padded = |id: &str, title: &str, bytes: usize, cites: &[&'static str], expect| {
        case(id, title, &embed(), cites, Change::Pad(Size::TokenBytes(bytes)), expect)
    };
    let over: &[&'static str] = &["TCA-10103-size", "CPX-bounded"];
    let within: &[&'static str] = &["TCA-10103-limit"];
    let between = || {
        let answers = vec![("compact", Answer::refuse(TOO_LARGE)), ("decoded", Answer::ACCEPT)];
        Expect::open("TCA-R-size-counted", answers)
    };
    let text = |id: &str, title: &'static str, codes, rewrite| {
        let change = Change::Rewrite(Part::Payload, title, rewrite);
        case(id, title, &embed(), over, change, Expect::refuse(codes))
    };
    cases! {
        padded:
            "10103/4000-bytes-accepted", "A token of 4000 bytes": 4000, within, Expect::ACCEPT;
            "10103/7999-bytes-accepted", "A token of 7999 bytes": 7999, within, Expect::ACCEPT;
            "10103/8000-bytes-accepted", "A token of exactly 8000 bytes":
                8000, within, Expect::ACCEPT;
            "10103/8001-bytes", "A token of 8001 bytes": 8001, over, between();
            "10103/9000-bytes", "A token of 9000 bytes": 9000, over, between();
            "10103/11000-bytes", "A token of 11,000 bytes": 11000, over, Expect::refuse(TOO_LARGE);
            "10103/16000-bytes", "A token of 16,000 bytes": 16000, over, Expect::refuse(TOO_LARGE);
            "10103/64000-bytes", "A token of 64,000 bytes": 64000, over, Expect::refuse(TOO_LARGE);
        text:
            "10103/many-members", "Two thousand claims nobody reads": TOO_LARGE, many_members;
            "10103/deep", "A claim nobody reads, nested ten thousand deep":
                &["10103", "10084"], deep;
    }
}

fn many_members(json: &str) -> Vec<u8> {
    let members: Vec<String> = (0..2000).map(|n| format!("\"unused{n:04}\":{n}")).collect();
    format!("{{{},{}", members.join(","), &json[1..]).into_bytes()
}

fn deep(json: &str) -> Vec<u8> {
    format!("{{\"u\":{}{},{}", "[".repeat(10_000), "]".repeat(10_000), &json[1..]).into_bytes()
}

fn carriage() -> Vec<Case> {
    let token = |id: &str, title: &str, text| {
        let change = Change::Request(RequestEdit::Token(text));
        case(id, title, &embed(), &["RFC7519-7.2"], change, Expect::refuse(MALFORMED))
    };
    cases! { token:
        "10084/token-absent", "No token at all": None;
        "10084/token-empty", "An empty token": Some("");
        "10084/token-undefined", "The word undefined in place of a token": Some("undefined");
        "10084/token-null", "The word null in place of a token": Some("null");
    }
}

/// Three-part `none` and five-part encrypted tokens are 10098 alone; other spellings have no code.
fn unsigned() -> Vec<Case> {
    let none = || Change::Alg("\"none\"", Signature::Empty);
    let refused = |id: &str, title: &str, scene, change| {
        let cites = &["TCA-10098-unsigned", "RFC8725-2.1"];
        case(id, title, &scene, cites, change, Expect::refuse(UNSIGNED))
    };
    let sealed = |id: &str, title: &'static str, alter| {
        let change = Change::Text(title, alter);
        case(id, title, &embed(), &["TCA-10098-encrypted"], change, Expect::refuse(UNSIGNED))
    };
    cases! {
        refused:
            "10098/none", "alg none with an empty signature": embed(), none();
            "10098/none-rest", "alg none on a REST sign-in": rest(), none();
            "10098/none-listed", "alg none from a listed page": listed(), none();
        sealed:
            "10098/encrypted", "An encrypted token of five parts under a shared key": encrypted;
            "10098/encrypted-rsa", "An encrypted token of five parts under an RSA key":
                |_| jwe(r#"{"alg":"RSA-OAEP","enc":"A128CBC-HS256"}"#);
            "10098/encrypted-password", "An encrypted token that asks for two billion rounds":
                |_| jwe(PASSWORD);
            "10098/encrypted-nested", "An encrypted token that says a token is inside":
                |_| jwe(r#"{"alg":"dir","enc":"A256GCM","cty":"JWT"}"#);
        case:
            "10098/none-with-signature", "alg none with the signature left over":
                &embed(), &["TCA-10098-unsigned", "RFC8725-2.1"],
                Change::Alg("\"none\"", Signature::Own(Alg::Hs256)),
                Expect::refuse(&["10098", "10084"]);
            "10098/signature-empty", "A header that says HS256 and an empty signature":
                &embed(), &["TCA-10098-unsigned", "TCA-127-value"], Change::Sign(Signature::Empty),
                Expect::refuse(&["10098", "10084", "127"]);
    }
}

const PASSWORD: &str =
    r#"{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAA","p2c":2147483647}"#;

fn jwe(header: &str) -> String {
    let tag = "A".repeat(22);
    format!("{}.{tag}.AAAAAAAAAAAAAAAA.AAAA.{tag}", URL_SAFE_NO_PAD.encode(header))
}

fn few_parts() -> Vec<Case> {
    let few = |id: &str, title: &'static str, alter| {
        let expect = Expect::refuse(&["10098", "10084", "10083"]);
        let cites = &["TCA-10098-unsigned", "RFC7519-7.2"];
        case(id, title, &embed(), cites, Change::Text(title, alter), expect)
    };
    cases! { few:
        "10098/two-parts", "Header and payload without a signature part":
            |t| unsigned_parts(t).to_owned();
        "10098/two-parts-none", "An unsigned header and a payload, two parts":
            |t| format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), payload(t));
        "10098/payload-alone", "The payload alone":
            |t| payload(t).to_owned();
    }
}

fn payload(token: &str) -> &str {
    token.split('.').nth(1).unwrap_or_default()
}

fn unsigned_parts(token: &str) -> &str {
    token.rsplit_once('.').map_or("", |(start, _)| start)
}

/// Why other algorithms of the same secret are advice.
const OTHERS: &str = "The document names no algorithm, so a server may verify these, and RFC 8725 section 3.2 advises against it.";

/// Whatever is not HS256: refused, the code recorded.
fn other_algorithms() -> Vec<Case> {
    let own = Signature::Own(Alg::Hs256);
    let alg = |id: &str, title: &str, json, signature| {
        let cites = &["RFC8725-3.1", "RFC8725-3.2"];
        case(id, title, &embed(), cites, Change::Alg(json, signature), Expect::REFUSE)
    };
    let edit = |id: &str, title: &str, change| {
        case(id, title, &embed(), &["RFC7515-4.1.1", "RFC8725-3.1"], change, Expect::REFUSE)
    };
    cases! {
        alg:
            "undocumented/alg-hs384", "HS384 under the right secret":
                "\"HS384\"", Signature::Own(Alg::Hs384) => hardening(OTHERS);
            "undocumented/alg-hs512", "HS512 under the right secret":
                "\"HS512\"", Signature::Own(Alg::Hs512) => hardening(OTHERS);
            "undocumented/alg-rs256", "RS256 named over an HS256 signature": "\"RS256\"", own;
            "undocumented/alg-es256", "ES256 named over an HS256 signature": "\"ES256\"", own;
            "undocumented/alg-ps256", "PS256 named over an HS256 signature": "\"PS256\"", own;
            "undocumented/alg-lower-case", "hs256 in lower case, signature valid": "\"hs256\"", own;
            "undocumented/alg-mixed-case", "Hs256 in mixed case, signature valid": "\"Hs256\"", own;
            "undocumented/alg-trailing-blank", "HS256 with a blank behind, signature valid":
                "\"HS256 \"", own;
            "undocumented/alg-none-capital", "None with an empty signature":
                "\"None\"", Signature::Empty;
            "undocumented/alg-none-upper-case", "NONE with an empty signature":
                "\"NONE\"", Signature::Empty;
            "undocumented/alg-none-mixed-case", "nOnE with an empty signature":
                "\"nOnE\"", Signature::Empty;
            "undocumented/alg-none-other-mix", "noNe with an empty signature":
                "\"noNe\"", Signature::Empty;
            "undocumented/alg-none-blank", "none with a blank behind":
                "\"none \"", Signature::Empty;
            "undocumented/alg-none-tab", "none with a tab behind": r#""none\t""#, Signature::Empty;
            "undocumented/alg-none-nul", "none with a NUL behind":
                r#""none\u0000""#, Signature::Empty;
            "undocumented/alg-none-zero-width", "none with a zero-width space inside":
                r#""no\u200bne""#, Signature::Empty;
            "undocumented/alg-none-full-width", "none in full-width letters":
                r#""\uff4e\uff4f\uff4e\uff45""#, Signature::Empty;
        edit:
            "undocumented/alg-absent", "No alg": Change::without_header("alg");
            "undocumented/alg-null", "alg is null": Change::header("alg", "null");
            "undocumented/alg-number", "alg is a number": Change::header("alg", "0");
            "undocumented/alg-true", "alg is true": Change::header("alg", "true");
            "undocumented/alg-empty", "alg is an empty string": Change::header("alg", "\"\"");
            "undocumented/alg-list", "alg is a list that holds HS256":
                Change::header("alg", "[\"HS256\"]");
            "undocumented/alg-object", "alg is an object": Change::header("alg", "{\"HS256\":1}");
            "undocumented/alg-other-spelling", "ALG in place of alg":
                Change::Header("alg", Edit::Spelled("ALG"));
    }
}
