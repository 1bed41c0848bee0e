//! What every verifier of compact JWS must refuse, or must not stumble over, for any profile.
//!
//! Levels follow `RULES` of the catalogue: what an RFC demands is must, what it leaves to the reader
//! is an open question or advice, and valid-but-odd tokens must pass.

mod duplicates;
pub(super) mod encodings;
mod json;
pub(super) mod names;
mod odd;
mod shapes;
pub(super) mod times;
mod types;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::case::Case;
use crate::change::{Change, Part};
use crate::expect::Expect;
use crate::scene::Scene;

/// How one profile answers a token that cannot be read.
pub(super) struct Kit {
    /// The accepted scene all changes start from.
    pub(super) scene: Scene,
    /// The code the cases are filed under.
    pub(super) folder: &'static str,
    /// The profile's own requirements on structure.
    pub(super) cites: &'static [&'static str],
    /// The answer to a text that is not three segments.
    pub(super) malformed: Expect,
    /// The answer to a header that cannot be read.
    pub(super) header: Expect,
    /// The answer to a payload that cannot be read.
    pub(super) payload: Expect,
    /// The answer to a third segment that cannot be decoded, and so is no signature either.
    pub(super) signature: Expect,
    /// The answer to a token with characters outside ASCII.
    pub(super) beyond_ascii: Expect,
    /// The answer to an extension demanded by the header.
    pub(super) extension: Expect,
    /// A claim the profile reads.
    pub(super) claim: &'static str,
    /// The JSON text of `typ` in the scene.
    pub(super) typ: Option<&'static str>,
    /// The family of a `typ` that is no string.
    pub(super) typ_family: &'static str,
    /// Whether identity providers issue its tokens.
    pub(super) issued: bool,
    /// The members the profile reads, each with a value that is no good.
    pub(super) twice: Vec<Twice>,
    /// The family of a member that stands twice, the value that is no good first.
    pub(super) duplicates: &'static str,
    /// The family of a byte order mark.
    pub(super) mark: &'static str,
}

impl Kit {
    fn unreadable(&self, part: Part) -> Expect {
        match part {
            Part::Header => self.header.clone(),
            Part::Payload => self.payload.clone(),
        }
    }
}

/// A member the profile reads.
pub(super) struct Twice {
    /// Where it stands.
    pub(super) part: Part,
    /// Its name.
    pub(super) member: &'static str,
    /// A value that is no good, as JSON text.
    pub(super) bad: &'static str,
    /// The answer where that value stands last: to a member that stands twice, or to the value.
    pub(super) last: Expect,
}

/// Every shared case of a profile.
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let own = [
        structure(kit),
        encodings(kit),
        json::cases(kit),
        duplicates::cases(kit),
        extensions(kit),
        odd::cases(kit),
    ];
    let more =
        [encodings::cases(kit), encodings::unencoded(kit), shapes::cases(kit), types::cases(kit)];
    [own.concat(), more.concat()].concat()
}

type Alter = fn(&str) -> String;

fn text(
    kit: &Kit,
    slug: &str,
    title: &'static str,
    rule: &'static str,
    alter: Alter,
    expect: &Expect,
) -> Case {
    let id = format!("{}/{slug}", kit.folder);
    let cites = [kit.cites, &[rule]].concat();
    Case::one(&kit.scene, &id, title, &cites, vec![Change::Text(title, alter)], expect.clone())
}

fn segment(token: &str, n: usize) -> &str {
    token.split('.').nth(n).unwrap_or_default()
}

fn structure(kit: &Kit) -> Vec<Case> {
    const RULE: &str = "RFC7515-7.1";
    let rows: &[(&str, &'static str, Alter, &Expect)] = &[
        ("one-segment", "The header alone", |t| segment(t, 0).to_owned(), &kit.malformed),
        ("four-segments", "A fourth segment", |t| format!("{t}.e30"), &kit.malformed),
        ("six-segments", "Six segments", |t| format!("{t}.e30.e30.e30"), &kit.malformed),
        ("two-dots", "Nothing but two dots", |_| "..".to_owned(), &kit.header),
        ("leading-dot", "A dot before the token", |t| format!(".{t}"), &kit.malformed),
        ("empty-header", "An empty header segment", without_header, &kit.header),
        ("empty-payload", "An empty payload segment", without_payload, &kit.payload),
        ("many-dots", "Five thousand dots", |_| ".".repeat(5000), &kit.malformed),
        ("json-serialization", "The flattened JSON serialization", flattened, &kit.malformed),
        (
            "dots-percent-encoded",
            "Dots percent-encoded once too often",
            |t| t.replace('.', "%2E"),
            &kit.malformed,
        ),
        (
            "look-alike-dots",
            "One dot leaders in place of dots",
            |t| t.replace('.', "\u{2024}"),
            &kit.beyond_ascii,
        ),
        ("two-tokens", "Two tokens joined by a blank", |t| format!("{t} {t}"), &kit.malformed),
    ];
    rows.iter()
        .map(|(slug, title, alter, expect)| text(kit, slug, title, RULE, *alter, expect))
        .collect()
}

fn without_header(token: &str) -> String {
    format!(".{}.{}", segment(token, 1), segment(token, 2))
}

fn without_payload(token: &str) -> String {
    format!("{}..{}", segment(token, 0), segment(token, 2))
}

fn flattened(token: &str) -> String {
    let (header, payload, signature) = (segment(token, 0), segment(token, 1), segment(token, 2));
    format!(
        "{{\"protected\":\"{header}\",\"payload\":\"{payload}\",\"signature\":\"{signature}\"}}"
    )
}

/// The last character of the signature with a spare bit set.
fn spare_bit(token: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = token.split_at(token.len().saturating_sub(1));
    let next = ALPHABET.find(last).and_then(|place| ALPHABET.get(place + 1..place + 2));
    format!("{start}{}", next.unwrap_or("B"))
}

fn encodings(kit: &Kit) -> Vec<Case> {
    const RULE: &str = "RFC7515-2";
    let impossible: Alter = |t| {
        let surplus = 5 - segment(t, 2).len() % 4;
        format!("{t}{}", "A".repeat(surplus))
    };
    let rows: &[(&str, &'static str, Alter, &Expect)] = &[
        (
            "impossible-length",
            "A segment of a length no bytes encode to",
            impossible,
            &kit.signature,
        ),
        (
            "foreign-character-in-header",
            "A character outside the alphabet in the header",
            |t| t.replacen("ey", "e*", 1),
            &kit.header,
        ),
        (
            "padding-on-signature",
            "An equals sign behind the signature",
            |t| format!("{t}="),
            &kit.signature,
        ),
        (
            "characters-behind-signature",
            "Foreign characters behind the signature",
            |t| format!("{t}!!!!"),
            &kit.signature,
        ),
        ("blank-inside-header", "A blank inside the header segment", blank_inside, &kit.header),
    ];
    let mut cases: Vec<_> = rows
        .iter()
        .map(|(slug, title, alter, expect)| text(kit, slug, title, RULE, *alter, expect))
        .collect();
    let spare = text(
        kit,
        "spare-bits-in-signature",
        "Unused bits of the signature's last character set",
        "RFC4648-3.5",
        spare_bit,
        &kit.signature,
    );
    cases.push(spare.hardening("RFC 4648 section 3.5 lets a decoder ignore these bits."));
    cases
}

fn blank_inside(token: &str) -> String {
    let (start, end) = token.split_at(4);
    format!("{start} {end}")
}

type Rewrite = fn(&str) -> Vec<u8>;

fn insert(json: &str, member: &[u8]) -> Vec<u8> {
    [b"{", member, b",", &json.as_bytes()[1..]].concat()
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

/// Not to understand what is demanded is a must; to refuse a `crit` of an odd form is a may.
fn extensions(kit: &Kit) -> Vec<Case> {
    let demanded = ["crit-unknown", "crit-names-absent", "crit-twice-inside"];
    let rows: &[(&str, &str, &'static str)] = &[
        (
            "crit-unknown",
            "crit names an extension nobody knows",
            "[\"http://claimproof.example/x\"]",
        ),
        ("crit-empty", "crit is an empty list", "[]"),
        ("crit-null", "crit is null", "null"),
        ("crit-string", "crit is a string", "\"exp\""),
        ("crit-number-inside", "crit lists a number", "[1]"),
        ("crit-names-alg", "crit names a registered member", "[\"alg\"]"),
        ("crit-names-absent", "crit names a member that is not there", "[\"exp\"]"),
        ("crit-twice-inside", "crit lists one name twice", "[\"x\",\"x\"]"),
    ];
    let mut cases: Vec<_> = rows
        .iter()
        .map(|(slug, title, crit)| {
            let id = format!("{}/{slug}", kit.folder);
            let change = vec![Change::header("crit", crit)];
            let rule = if demanded.contains(slug) { "RFC7515-4.1.11" } else { "CPX-crit-form" };
            Case::one(&kit.scene, &id, title, &[rule], change, kit.extension.clone())
        })
        .collect();
    let b64: Rewrite = |j| insert(j, br#""b64":false,"crit":["b64"]"#);
    let change = Change::Rewrite(Part::Header, "b64 false, and crit says so", b64);
    let id = format!("{}/crit-b64", kit.folder);
    let title = "crit demands an unencoded payload";
    cases.push(Case::one(
        &kit.scene,
        &id,
        title,
        &["RFC7797-7", "RFC7515-4.1.11"],
        vec![change],
        kit.extension.clone(),
    ));
    cases
}

/// A five-part token, as an encrypted one looks.
pub(crate) fn encrypted(_: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    format!("{header}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")
}
