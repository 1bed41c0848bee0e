//! Size, parts, algorithm, signature.

mod signatures;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::scenes::{embed, listed, rest};
use super::{MALFORMED, case};
use crate::case::Case;
use crate::cases::common::encrypted;
use crate::change::{Change, Part, RequestEdit, Size};
use crate::expect::{Answer, Expect};
use crate::sign::{Alg, Signature};

const TOO_LARGE: &[&str] = &["10103"];
const UNSIGNED: &[&str] = &["10098"];

pub(super) fn cases() -> Vec<Case> {
    let bare = case(
        &embed(),
        "accepted/no-typ",
        "No typ in the header",
        &["RFC7519-5.1", "CPX-odd-accept"],
        Change::without_header("typ"),
        Expect::ACCEPT,
    );
    [
        vec![bare],
        size(),
        carriage(),
        unsigned(),
        few_parts(),
        other_algorithms(),
        signatures::cases(),
    ]
    .concat()
}

fn size() -> Vec<Case> {
    let padded = |slug: &str, bytes: usize, title: &str, cites: &[&'static str], expect| {
        case(
            &embed(),
            &format!("10103/{slug}"),
            title,
            cites,
            Change::Pad(Size::TokenBytes(bytes)),
            expect,
        )
    };
    let over: &[&'static str] = &["TCA-10103-size", "CPX-bounded"];
    let within: &[&'static str] = &["TCA-10103-limit"];
    let between = || {
        let answers = vec![("compact", Answer::refuse(TOO_LARGE)), ("decoded", Answer::ACCEPT)];
        Expect::open("TCA-R-size-counted", answers)
    };
    let text = |slug: &str, title: &'static str, codes, rewrite| {
        let change = Change::Rewrite(Part::Payload, title, rewrite);
        case(&embed(), &format!("10103/{slug}"), title, over, change, Expect::refuse(codes))
    };
    vec![
        padded("4000-bytes-accepted", 4000, "A token of 4000 bytes", within, Expect::ACCEPT),
        padded("7999-bytes-accepted", 7999, "A token of 7999 bytes", within, Expect::ACCEPT),
        padded(
            "8000-bytes-accepted",
            8000,
            "A token of exactly 8000 bytes",
            within,
            Expect::ACCEPT,
        ),
        padded("8001-bytes", 8001, "A token of 8001 bytes", over, between()),
        padded("9000-bytes", 9000, "A token of 9000 bytes", over, between()),
        padded("11000-bytes", 11000, "A token of 11,000 bytes", over, Expect::refuse(TOO_LARGE)),
        padded("16000-bytes", 16000, "A token of 16,000 bytes", over, Expect::refuse(TOO_LARGE)),
        padded("64000-bytes", 64000, "A token of 64,000 bytes", over, Expect::refuse(TOO_LARGE)),
        text("many-members", "Two thousand claims nobody reads", TOO_LARGE, many_members),
        text("deep", "A claim nobody reads, nested ten thousand deep", &["10103", "10084"], deep),
    ]
}

fn many_members(json: &str) -> Vec<u8> {
    let members: Vec<String> = (0..2000).map(|n| format!("\"unused{n:04}\":{n}")).collect();
    format!("{{{},{}", members.join(","), &json[1..]).into_bytes()
}

fn deep(json: &str) -> Vec<u8> {
    format!("{{\"u\":{}{},{}", "[".repeat(10_000), "]".repeat(10_000), &json[1..]).into_bytes()
}

fn carriage() -> Vec<Case> {
    let token = |slug: &str, title: &str, text| {
        let id = format!("10084/{slug}");
        let change = Change::Request(RequestEdit::Token(text));
        case(&embed(), &id, title, &["RFC7519-7.2"], change, Expect::refuse(MALFORMED))
    };
    vec![
        token("token-absent", "No token at all", None),
        token("token-empty", "An empty token", Some("")),
        token("token-undefined", "The word undefined in place of a token", Some("undefined")),
        token("token-null", "The word null in place of a token", Some("null")),
    ]
}

/// Three-part `none` and five-part encrypted tokens are 10098 alone; other spellings have no code.
fn unsigned() -> Vec<Case> {
    let none = || Change::Alg("\"none\"", Signature::Empty);
    let refused = |scene, slug: &str, title: &str, change| {
        let cites = &["TCA-10098-unsigned", "RFC8725-2.1"];
        case(&scene, &format!("10098/{slug}"), title, cites, change, Expect::refuse(UNSIGNED))
    };
    let sealed = |slug: &str, title: &'static str, alter| {
        let id = format!("10098/{slug}");
        case(
            &embed(),
            &id,
            title,
            &["TCA-10098-encrypted"],
            Change::Text(title, alter),
            Expect::refuse(UNSIGNED),
        )
    };
    vec![
        refused(embed(), "none", "alg none with an empty signature", none()),
        refused(rest(), "none-rest", "alg none on a REST sign-in", none()),
        refused(listed(), "none-listed", "alg none from a listed page", none()),
        sealed("encrypted", "An encrypted token of five parts under a shared key", encrypted),
        sealed("encrypted-rsa", "An encrypted token of five parts under an RSA key", |_| {
            jwe(r#"{"alg":"RSA-OAEP","enc":"A128CBC-HS256"}"#)
        }),
        sealed("encrypted-password", "An encrypted token that asks for two billion rounds", |_| {
            jwe(
                r#"{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAA","p2c":2147483647}"#,
            )
        }),
        sealed("encrypted-nested", "An encrypted token that says a token is inside", |_| {
            jwe(r#"{"alg":"dir","enc":"A256GCM","cty":"JWT"}"#)
        }),
        case(
            &embed(),
            "10098/none-with-signature",
            "alg none with the signature left over",
            &["TCA-10098-unsigned", "RFC8725-2.1"],
            Change::Alg("\"none\"", Signature::Own(Alg::Hs256)),
            Expect::refuse(&["10098", "10084"]),
        ),
        case(
            &embed(),
            "10098/signature-empty",
            "A header that says HS256 and an empty signature",
            &["TCA-10098-unsigned", "TCA-127-value"],
            Change::Sign(Signature::Empty),
            Expect::refuse(&["10098", "10084", "127"]),
        ),
    ]
}

fn jwe(header: &str) -> String {
    let tag = "A".repeat(22);
    format!("{}.{tag}.AAAAAAAAAAAAAAAA.AAAA.{tag}", URL_SAFE_NO_PAD.encode(header))
}

fn few_parts() -> Vec<Case> {
    let few = |slug: &str, title: &'static str, alter| {
        let expect = Expect::refuse(&["10098", "10084", "10083"]);
        let cites = &["TCA-10098-unsigned", "RFC7519-7.2"];
        case(&embed(), &format!("10098/{slug}"), title, cites, Change::Text(title, alter), expect)
    };
    vec![
        few("two-parts", "Header and payload without a signature part", |t| {
            unsigned_parts(t).to_owned()
        }),
        few("two-parts-none", "An unsigned header and a payload, two parts", |t| {
            let payload = unsigned_parts(t).split('.').nth(1).unwrap_or_default();
            format!("{}.{payload}", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#))
        }),
        few("payload-alone", "The payload alone", |t| {
            t.split('.').nth(1).unwrap_or_default().to_owned()
        }),
    ]
}

fn unsigned_parts(token: &str) -> &str {
    token.rsplit_once('.').map_or("", |(start, _)| start)
}

/// Why other algorithms of the same secret are advice.
const OTHERS: &str = "The document names no algorithm, so a server may verify these, and RFC 8725 section 3.2 advises against it.";

/// Whatever is not HS256: refused, the code recorded.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn other_algorithms() -> Vec<Case> {
    let own = Signature::Own(Alg::Hs256);
    let alg = |slug: &str, title: &str, json, signature| {
        let id = format!("undocumented/alg-{slug}");
        case(
            &embed(),
            &id,
            title,
            &["RFC8725-3.1", "RFC8725-3.2"],
            Change::Alg(json, signature),
            Expect::REFUSE,
        )
    };
    let edit = |slug: &str, title: &str, change| {
        let id = format!("undocumented/alg-{slug}");
        case(&embed(), &id, title, &["RFC7515-4.1.1", "RFC8725-3.1"], change, Expect::REFUSE)
    };
    vec![
        alg("hs384", "HS384 under the right secret", "\"HS384\"", Signature::Own(Alg::Hs384))
            .hardening(OTHERS),
        alg("hs512", "HS512 under the right secret", "\"HS512\"", Signature::Own(Alg::Hs512))
            .hardening(OTHERS),
        alg("rs256", "RS256 named over an HS256 signature", "\"RS256\"", own),
        alg("es256", "ES256 named over an HS256 signature", "\"ES256\"", own),
        alg("ps256", "PS256 named over an HS256 signature", "\"PS256\"", own),
        alg("lower-case", "hs256 in lower case, signature valid", "\"hs256\"", own),
        alg("mixed-case", "Hs256 in mixed case, signature valid", "\"Hs256\"", own),
        alg("trailing-blank", "HS256 with a blank behind, signature valid", "\"HS256 \"", own),
        alg("none-capital", "None with an empty signature", "\"None\"", Signature::Empty),
        alg("none-upper-case", "NONE with an empty signature", "\"NONE\"", Signature::Empty),
        alg("none-mixed-case", "nOnE with an empty signature", "\"nOnE\"", Signature::Empty),
        alg("none-other-mix", "noNe with an empty signature", "\"noNe\"", Signature::Empty),
        alg("none-blank", "none with a blank behind", "\"none \"", Signature::Empty),
        alg("none-tab", "none with a tab behind", r#""none\t""#, Signature::Empty),
        alg("none-nul", "none with a NUL behind", r#""none\u0000""#, Signature::Empty),
        alg(
            "none-zero-width",
            "none with a zero-width space inside",
            r#""no\u200bne""#,
            Signature::Empty,
        ),
        alg(
            "none-full-width",
            "none in full-width letters",
            r#""\uff4e\uff4f\uff4e\uff45""#,
            Signature::Empty,
        ),
        edit("absent", "No alg", Change::without_header("alg")),
        edit("null", "alg is null", Change::header("alg", "null")),
        edit("number", "alg is a number", Change::header("alg", "0")),
        edit("true", "alg is true", Change::header("alg", "true")),
        edit("empty", "alg is an empty string", Change::header("alg", "\"\"")),
        edit("list", "alg is a list that holds HS256", Change::header("alg", "[\"HS256\"]")),
        edit("object", "alg is an object", Change::header("alg", "{\"HS256\":1}")),
        edit(
            "other-spelling",
            "ALG in place of alg",
            Change::Header("alg", crate::change::Edit::Spelled("ALG")),
        ),
    ]
}
