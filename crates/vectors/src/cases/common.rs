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

use super::table::case;
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
    fn unreadable(&self, part: Part) -> &Expect {
        match part {
            Part::Header => &self.header,
            Part::Payload => &self.payload,
        }
    }

    /// A change of the scene, filed under the profile's folder; its own requirements stand beside the rule.
    fn case(
        &self,
        slug: &str,
        title: &str,
        rule: &'static str,
        changes: impl Into<Vec<Change>>,
        expect: &Expect,
    ) -> Case {
        let (id, cites) = (format!("{}/{slug}", self.folder), [self.cites, &[rule]].concat());
        case(&id, title, &self.scene, &cites, changes, expect.clone())
    }

    /// The compact form, altered as the title says.
    pub(super) fn text(
        &self,
        slug: &str,
        title: &'static str,
        rule: &'static str,
        alter: Alter,
        expect: &Expect,
    ) -> Case {
        self.case(slug, title, rule, Change::Text(title, alter), expect)
    }
}

/// Both parts, in words.
const PARTS: [(Part, &str); 2] = [(Part::Header, "header"), (Part::Payload, "payload")];

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

fn segment(token: &str, n: usize) -> &str {
    token.split('.').nth(n).unwrap_or_default()
}

fn structure(kit: &Kit) -> Vec<Case> {
    let of = |slug: &str, title: &'static str, expect: &Expect, alter: Alter| {
        kit.text(slug, title, "RFC7515-7.1", alter, expect)
    };
    let malformed = &kit.malformed;
    cases! { of:
        "one-segment", "The header alone": malformed, |t| segment(t, 0).to_owned();
        "four-segments", "A fourth segment": malformed, |t| format!("{t}.e30");
        "six-segments", "Six segments": malformed, |t| format!("{t}.e30.e30.e30");
        "two-dots", "Nothing but two dots": &kit.header, |_| "..".to_owned();
        "leading-dot", "A dot before the token": malformed, |t| format!(".{t}");
        "empty-header", "An empty header segment": &kit.header, without_header;
        "empty-payload", "An empty payload segment": &kit.payload, without_payload;
        "many-dots", "Five thousand dots": malformed, |_| ".".repeat(5000);
        "json-serialization", "The flattened JSON serialization": malformed, flattened;
        "dots-percent-encoded", "Dots percent-encoded once too often":
            malformed, |t| t.replace('.', "%2E");
        "look-alike-dots", "One dot leaders in place of dots":
            &kit.beyond_ascii, |t| t.replace('.', "\u{2024}");
        "two-tokens", "Two tokens joined by a blank": malformed, |t| format!("{t} {t}");
    }
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
    let of = |slug: &str, title: &'static str, expect: &Expect, alter: Alter| {
        kit.text(slug, title, "RFC7515-2", alter, expect)
    };
    let spare = |slug: &str, title: &'static str| {
        kit.text(slug, title, "RFC4648-3.5", spare_bit, &kit.signature)
    };
    cases! {
        of:
            "impossible-length", "A segment of a length no bytes encode to":
                &kit.signature, |t| format!("{t}{}", "A".repeat(5 - segment(t, 2).len() % 4));
            "foreign-character-in-header", "A character outside the alphabet in the header":
                &kit.header, |t| t.replacen("ey", "e*", 1);
            "padding-on-signature", "An equals sign behind the signature":
                &kit.signature, |t| format!("{t}=");
            "characters-behind-signature", "Foreign characters behind the signature":
                &kit.signature, |t| format!("{t}!!!!");
            "blank-inside-header", "A blank inside the header segment": &kit.header, blank_inside;
        spare:
            "spare-bits-in-signature", "Unused bits of the signature's last character set"
                => hardening("RFC 4648 section 3.5 lets a decoder ignore these bits.");
    }
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
    let demanding = |slug: &str, title: &str, cites: &[&'static str], change| {
        let id = format!("{}/{slug}", kit.folder);
        case(&id, title, &kit.scene, cites, change, kit.extension.clone())
    };
    let unknown = |slug: &str, title: &str, crit| {
        demanding(slug, title, &["RFC7515-4.1.11"], Change::header("crit", crit))
    };
    let odd = |slug: &str, title: &str, crit| {
        demanding(slug, title, &["CPX-crit-form"], Change::header("crit", crit))
    };
    let b64: Rewrite = |j| insert(j, br#""b64":false,"crit":["b64"]"#);
    let b64 = Change::Rewrite(Part::Header, "b64 false, and crit says so", b64);
    cases! {
        unknown:
            "crit-unknown", "crit names an extension nobody knows":
                "[\"http://claimproof.example/x\"]";
        odd:
            "crit-empty", "crit is an empty list": "[]";
            "crit-null", "crit is null": "null";
            "crit-string", "crit is a string": "\"exp\"";
            "crit-number-inside", "crit lists a number": "[1]";
            "crit-names-alg", "crit names a registered member": "[\"alg\"]";
        unknown:
            "crit-names-absent", "crit names a member that is not there": "[\"exp\"]";
            "crit-twice-inside", "crit lists one name twice": "[\"x\",\"x\"]";
        demanding:
            "crit-b64", "crit demands an unencoded payload": &["RFC7797-7", "RFC7515-4.1.11"], b64;
    }
}

/// A five-part token, as an encrypted one looks.
pub(crate) fn encrypted(_: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    format!("{header}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")
}
