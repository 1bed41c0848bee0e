//! Spellings of a segment that base64url without padding does not have (RFC 7515 sections 2 and 5.2): in what is
//! signed, so that the signature holds over it, and in the signature.
//!
//! Each is refused. Whoever repairs a segment before reading it accepts one token in two spellings.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

use super::super::table::{case, plain};
use super::{Alter, Kit, PARTS, segment};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::scene::Scene;

const RULE: &str = "RFC7515-2";
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    [padded(kit), alphabets(kit), foreign(kit), around(kit), empty_segments(kit)].concat()
}

/// A part respelled in what is signed.
fn signed(
    kit: &Kit,
    slug: &str,
    title: &str,
    part: Part,
    what: &'static str,
    alter: Alter,
) -> Case {
    kit.case(slug, title, RULE, Change::Encoded(part, what, alter), kit.unreadable(part))
}

/// Blanks behind the JSON, which are legal, until padding is due.
fn due(encoded: &str, bytes_over: usize) -> String {
    let mut json = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
    while json.len() % 3 != bytes_over {
        json.push(b' ');
    }
    URL_SAFE.encode(json)
}

fn padded(kit: &Kit) -> Vec<Case> {
    let rows: [(&str, &'static str, Alter); 2] = [
        ("one-equals-sign", "with one equals sign behind", |encoded| due(encoded, 2)),
        ("two-equals-signs", "with two equals signs behind", |encoded| due(encoded, 1)),
    ];
    let mut cases = Vec::new();
    for (part, word) in PARTS {
        for (slug, what, alter) in rows {
            let title = format!("The {word} {what}, signed so");
            cases.push(signed(kit, &format!("{word}-{slug}"), &title, part, what, alter));
        }
    }
    cases
}

/// Runs of these bytes hold both characters in which the two alphabets differ, wherever they begin.
const BOTH: &str = "\"?????~~~~~>>>>>\"";

/// A token whose first two segments have both characters that base64url has of its own.
fn url_safe(kit: &Kit) -> Scene {
    let mut scene = kit.scene.clone();
    scene.name = "url-safe-alphabet";
    scene.with(Change::header("x-alphabet", BOTH)).with(Change::claim("alphabet", BOTH))
}

/// A token whose signature has one of them.
fn url_safe_signature(kit: &Kit) -> Scene {
    let mut scene = kit.scene.clone();
    scene.name = "url-safe-signature";
    scene.with(Change::Until("the signature has a hyphen or an underscore", |token| {
        segment(token, 2).contains(['-', '_'])
    }))
}

fn standard(encoded: &str) -> String {
    encoded.replace('-', "+").replace('_', "/")
}

fn alphabets(kit: &Kit) -> Vec<Case> {
    let cites = [kit.cites, &[RULE]].concat();
    let plain = |title: &str, scene| plain(title, scene, &[RULE, "CPX-odd-accept"]);
    let other = |(part, word): (Part, &str)| {
        let id = format!("{}/{word}-standard-alphabet", kit.folder);
        let title = format!("The {word} in the standard alphabet, signed so");
        let change = Change::Encoded(part, "in the standard alphabet", standard);
        case(&id, &title, &url_safe(kit), &cites, change, kit.unreadable(part).clone())
    };
    let signature = Change::Text("the signature in the standard alphabet", |token| {
        let (input, signature) = token.rsplit_once('.').unwrap_or_default();
        format!("{input}.{}", standard(signature))
    });
    let (id, title) = (
        format!("{}/signature-standard-alphabet", kit.folder),
        "The signature in the standard alphabet",
    );
    let scene = url_safe_signature(kit);
    let mut cases = cases! { plain:
        "Hyphens and underscores in header and payload": url_safe(kit);
        "A hyphen or an underscore in the signature": scene.clone();
    };
    cases.extend(PARTS.map(other));
    cases.push(case(&id, title, &scene, &cites, signature, kit.signature.clone()));
    cases
}

/// Slug, words, and the character put into a segment behind its fourth one.
type Foreign = (&'static str, &'static str, Alter, Alter);

/// A row of the table below: what is put inside a segment, and before the signature.
macro_rules! foreign {
    ($slug:literal, $words:literal, $text:literal) => {
        ($slug, $words, |encoded| inside(encoded, $text), |token| in_signature(token, $text))
    };
}

const FOREIGN: [Foreign; 8] = [
    foreign!("line-end", "a line end", "\n"),
    foreign!("crlf", "a carriage return and a line end", "\r\n"),
    foreign!("blank", "a blank", " "),
    foreign!("tab", "a tab", "\t"),
    foreign!("exclamation-mark", "an exclamation mark", "!"),
    foreign!("asterisk", "an asterisk", "*"),
    foreign!("nul", "a NUL", "\0"),
    foreign!("letter-outside-ascii", "a letter outside ASCII", "\u{e9}"),
];

fn inside(encoded: &str, text: &str) -> String {
    let (start, end) = encoded.split_at_checked(4).unwrap_or((encoded, ""));
    format!("{start}{text}{end}")
}

fn in_signature(token: &str, text: &str) -> String {
    let (input, signature) = token.rsplit_once('.').unwrap_or_default();
    format!("{input}.{}", inside(signature, text))
}

fn foreign(kit: &Kit) -> Vec<Case> {
    let each = |(slug, words, alter, in_signature): Foreign| {
        let title = |word| format!("{} inside the {word}", capital(words));
        let parts = PARTS.map(|(part, word)| {
            let title = format!("{}, signed so", title(word));
            signed(kit, &format!("{word}-{slug}-inside"), &title, part, words, alter)
        });
        let (slug, change) =
            (format!("signature-{slug}-inside"), Change::Text(words, in_signature));
        let signature = kit.case(&slug, &title("signature"), RULE, change, &kit.signature);
        parts.into_iter().chain([signature])
    };
    FOREIGN.into_iter().flat_map(each).collect()
}

fn capital(words: &str) -> String {
    let (first, rest) = words.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn before_signature(token: &str, text: &str) -> String {
    let (input, signature) = token.rsplit_once('.').unwrap_or_default();
    format!("{input}.{text}{signature}")
}

/// Before the signature, which some notice by reading it and some by comparing it, behind it, and round the whole token.
fn around(kit: &Kit) -> Vec<Case> {
    let mangled =
        |slug: &str, title: &'static str, alter| kit.text(slug, title, RULE, alter, &kit.signature);
    let whole =
        |slug: &str, title: &'static str, alter| kit.text(slug, title, RULE, alter, &kit.malformed);
    cases! {
        mangled:
            "exclamation-mark-before-signature", "An exclamation mark before the signature":
                |t| before_signature(t, "!");
            "blank-before-signature", "A blank before the signature":
                |t| before_signature(t, " ");
            "line-end-before-signature", "A line end before the signature":
                |t| before_signature(t, "\n");
            "dollar-signs-behind-signature", "Four dollar signs behind the signature":
                |t| format!("{t}$$$$");
            "equals-signs-behind-signature", "Two equals signs behind the signature":
                |t| format!("{t}==");
        whole:
            "quote-before", "A quote before the token": |t| format!("\"{t}");
    }
}

/// Splitters that drop what is empty at the end see a whole token.
fn empty_segments(kit: &Kit) -> Vec<Case> {
    let dots = |slug: &str, title: &'static str, alter| {
        kit.text(slug, title, "RFC7515-7.1", alter, &kit.malformed)
    };
    cases! { dots:
        "dot-behind", "A dot behind the token": |t| format!("{t}.");
        "two-dots-behind", "Two dots behind the token": |t| format!("{t}..");
        "ten-dots-behind", "Ten dots behind the token": |t| format!("{t}{}", ".".repeat(10));
    }
}

/// Spellings in which a used token is presented again.
pub(in crate::cases) const AGAIN: [(&str, &str, Alter); 4] = [
    ("quotes", "A used token in quotes", |t| format!("\"{t}\"")),
    ("dot-behind", "A used token with a dot behind", |t| format!("{t}.")),
    ("exclamation-mark", "A used token with an exclamation mark before its signature", |t| {
        before_signature(t, "!")
    }),
    ("carriage-return", "A used token with a line end inside its payload", |t| {
        let place = t.find('.').map_or(0, |dot| dot + 4);
        let (start, end) = t.split_at_checked(place).unwrap_or((t, ""));
        format!("{start}\r\n{end}")
    }),
];

/// The real unencoded payload of RFC 7797: between the dots stands the JSON, and the signature is made over that.
/// No dot may stand in it, so those of its strings are escaped.
pub(super) fn unencoded(kit: &Kit) -> Vec<Case> {
    let whole: Alter = |encoded| {
        let json = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
        String::from_utf8_lossy(&json).replace('.', "\\u002e")
    };
    // Commas and blanks divide a header's value, so where the token travels in one it has one claim.
    let bare = if kit.issued { |_: &str| r#"{"name":"caller"}"#.to_owned() } else { whole };
    let payload = || Change::Encoded(Part::Payload, "the JSON itself", bare);
    let b64 = || Change::header("b64", "false");
    let crit = || Change::Header("crit", Edit::Json("[\"b64\"]".into()));
    let make = |slug: &str, title: &str, changes: Vec<Change>| {
        kit.case(slug, title, "RFC7797-7", changes, &kit.extension).citing(&[RULE])
    };
    cases! { make:
        "unencoded-payload-crit", "An unencoded payload, b64 false in crit":
            vec![b64(), crit(), payload()];
        "unencoded-payload-b64", "An unencoded payload, b64 false and no crit":
            vec![b64(), payload()];
        "unencoded-payload", "An unencoded payload that no header tells of": vec![payload()];
    }
}
