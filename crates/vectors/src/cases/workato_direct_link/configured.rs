//! Keys of every size and text that a partner may have on file, and each text as an HMAC secret.
//!
//! A guard against algorithm confusion looks at the text of the key: one that knows PEM of one kind lets another
//! pass. So the HMAC is keyed with exactly what this server was given.

use claimproof_catalog::Profile;

use super::{case, team};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::Expect;
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [kept(), sizes(), other_padding(), letters()].concat()
}

type Roles = &'static [(&'static str, &'static str)];

/// Who plays where the key is kept as the text of this name.
macro_rules! kept {
    ($form:literal) => {
        (
            concat!("kept-", $form),
            &[("vendor", concat!("vendor.", $form)), ("team", concat!("team.of-", $form))],
        )
    };
}

/// The text in words, then the scene's name and who plays.
const FORMS: [(&str, (&str, Roles)); 10] = [
    ("PKCS#1 PEM", kept!("pkcs1")),
    ("an OpenSSH line", kept!("openssh")),
    ("a JWK", kept!("jwk")),
    ("DER in base64", kept!("der")),
    ("PEM in one line", kept!("one-line")),
    ("PEM with CR line ends", kept!("cr")),
    ("PEM with CR LF line ends", kept!("crlf")),
    ("PEM that is indented", kept!("indented")),
    ("PEM behind a line end", kept!("line-end")),
    ("PEM behind a comment", kept!("comment")),
];

fn scene(name: &'static str, roles: Roles) -> Scene {
    Scene::new(Profile::WorkatoDirectLink, name, roles)
}

/// The document knows a public key and no form of it, so that a form is not read is advice; the attack is not.
fn kept() -> Vec<Case> {
    let mut cases = Vec::new();
    for (words, (name, roles)) in FORMS {
        let scene = scene(name, roles);
        let title = format!("A link where the public key is kept as {words}");
        let accepted = Case::one(
            &scene,
            &format!("accepted/{name}"),
            &title,
            &["WDL-JWT-24", "CPX-odd-accept"],
            vec![],
            Expect::ACCEPT,
        );
        let title = format!("HS256 keyed with the public key's text, which is kept as {words}");
        let change = Change::Alg("\"HS256\"", Signature::Configured);
        let cites = &["WDL-JWT-01", "RFC8725-2.1", "RFC8725-3.1"];
        let id = format!("alg_invalid/confusion-{name}");
        cases.push(accepted.hardening("The document knows a public key and no form of it."));
        cases.push(case(&id, &title, &scene, cites, change, Expect::refuse(&["alg_invalid"])));
    }
    cases
}

/// RFC 7518 section 3.3 asks for 2048 bits or more.
fn sizes() -> Vec<Case> {
    let rows: [(&str, &'static str, Roles); 2] = [
        ("3072", "rsa-3072", &[("vendor", "vendor.rsa-3072"), ("team", "team.of-rsa-3072")]),
        ("4096", "rsa-4096", &[("vendor", "vendor.rsa-4096"), ("team", "team.of-rsa-4096")]),
    ];
    let mut cases = Vec::new();
    for (bits, name, roles) in rows {
        let scene = scene(name, roles);
        let title = format!("A link under a key of {bits} bits");
        let cites = &["WDL-JWT-24", "RFC7518-3.3"];
        cases.push(Case::one(
            &scene,
            &format!("accepted/{name}"),
            &title,
            cites,
            vec![],
            Expect::ACCEPT,
        ));
        let title = format!("A foreign key's signature where the partner's key has {bits} bits");
        let foreign = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
        let expect = Expect::refuse(&["token_signature_invalid", "vendor_missing"]);
        let id = format!("token_signature_invalid/foreign-key-{bits}");
        cases.push(case(&id, &title, &scene, &["WDL-JWT-23", "RFC8725-3.3"], foreign, expect));
    }
    cases
}

/// RSASSA-PSS by the partner's own key: any algorithm other than RS256 is `alg_invalid`.
fn other_padding() -> Vec<Case> {
    let rows = [
        ("256", "\"PS256\"", Alg::Ps256),
        ("384", "\"PS384\"", Alg::Ps384),
        ("512", "\"PS512\"", Alg::Ps512),
    ];
    rows.map(|(bits, alg, by)| {
        let id = format!("alg_invalid/ps{bits}-signed");
        let title = format!("PS{bits} under the right key");
        let change = Change::Alg(alg, Signature::Own(by));
        case(
            &id,
            &title,
            &team(),
            &["WDL-JWT-01", "RFC8725-3.1"],
            change,
            Expect::refuse(&["alg_invalid"]),
        )
    })
    .to_vec()
}

/// An external ID with letters outside ASCII is percent-encoded UTF-8.
fn letters() -> Vec<Case> {
    let scene = scene("external-letters", &[("vendor", "vendor.ok"), ("team", "team.letters")]);
    let cites = &["WDL-ACC-09", "WDL-JWT-24"];
    let title = "A link for a team whose external ID has letters outside ASCII";
    let plain =
        Case::one(&scene, "accepted/external-letters", title, cites, vec![], Expect::ACCEPT);
    let lower = Change::Claim("sub", Edit::OwnWith(lower_hex));
    let title = "The same external ID with its hex digits in lower case";
    let spelled = case(
        "team_missing/hex-lower-case-accepted",
        title,
        &scene,
        &["WDL-ACC-09", "CPX-odd-accept"],
        lower,
        Expect::ACCEPT,
    );
    vec![plain, spelled.hardening("RFC 3986 section 2.1 makes hex digits of either case the same, and a server may bind the text as it stands.")]
}

/// The hex digits behind each percent sign in lower case.
fn lower_hex(sub: &str) -> String {
    let mut pieces = sub.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        text.push_str(&format!("%{}{rest}", digits.to_lowercase()));
    }
    text
}
