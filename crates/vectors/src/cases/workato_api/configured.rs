//! Keys of every size and text that an access profile may have, and each text as an HMAC secret.
//!
//! A guard against algorithm confusion looks at the text of the key: one that knows PEM of one kind lets another
//! pass. So the HMAC is keyed with exactly what this server was given.

use super::{by_kid, case, certificate_kid, refusal, rsa_kid};
use crate::case::Case;
use crate::change::Change;
use crate::expect::Expect;
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

type Roles = &'static [(&'static str, &'static str)];

pub(super) fn cases() -> Vec<Case> {
    [accepted(), kept(), sizes(), secrets(), other_padding()].concat()
}

/// The text in words, the scene's name, who plays.
const FORMS: [(&str, &str, Roles); 9] = [
    ("an OpenSSH line", "kept-openssh", &[("profile", "profile.openssh")]),
    ("a JWK", "kept-jwk", &[("profile", "profile.jwk")]),
    ("DER in base64", "kept-der", &[("profile", "profile.der")]),
    ("PEM in one line", "kept-one-line", &[("profile", "profile.one-line")]),
    ("PEM with CR line ends", "kept-cr", &[("profile", "profile.cr")]),
    ("PEM with CR LF line ends", "kept-crlf", &[("profile", "profile.crlf")]),
    ("PEM that is indented", "kept-indented", &[("profile", "profile.indented")]),
    ("PEM behind a line end", "kept-line-end", &[("profile", "profile.line-end")]),
    ("PEM behind a comment", "kept-comment", &[("profile", "profile.comment")]),
];

/// The documents know PEM and certificate; whether a server reads another text is its own affair, so a refusal of a
/// token that was signed by the right key is advice.
fn accepted() -> Vec<Case> {
    FORMS
        .map(|(words, name, roles)| {
            let scene = by_kid(name, roles);
            let title = format!("RS256 where the public key is kept as {words}");
            let id = format!("accepted/{name}");
            Case::one(
                &scene,
                &id,
                &title,
                &["WAP-SIG-08", "WAP-SIG-04", "CPX-odd-accept"],
                vec![],
                Expect::ACCEPT,
            )
            .hardening("The documents know PEM and certificate; whether a server reads another text is its own affair.")
        })
        .to_vec()
}

fn confused(slug: &str, words: &str, scene: &Scene) -> Case {
    let title = format!("HS256 keyed with the public key's text, which is kept as {words}");
    let change = Change::Alg("\"HS256\"", Signature::Configured);
    let cites = &["WAP-SIG-01", "WAP-TOK-09", "RFC8725-3.1", "RFC8725-2.1"];
    refusal(&format!("confusion-{slug}"), &title, scene, cites, change)
}

fn kept() -> Vec<Case> {
    let pkcs1 = by_kid("pkcs1-kid", &[("profile", "profile.pkcs1")]);
    let mut cases = vec![
        confused("kept-certificate", "a certificate", &certificate_kid()),
        confused("kept-pkcs1", "PKCS#1 PEM", &pkcs1),
    ];
    cases.extend(FORMS.map(|(words, name, roles)| confused(name, words, &by_kid(name, roles))));
    cases
}

/// RFC 7518 section 3.3 asks for 2048 bits or more, and the document's own example has 3072.
fn sizes() -> Vec<Case> {
    let rows: [(&str, &'static str, Roles); 2] = [
        ("3072", "rsa-3072", &[("profile", "profile.rsa-3072")]),
        ("4096", "rsa-4096", &[("profile", "profile.rsa-4096")]),
    ];
    let mut cases = Vec::new();
    for (bits, name, roles) in rows {
        let scene = by_kid(name, roles);
        let cites = &["WAP-SIG-04", "WAP-SIG-08", "RFC7518-3.3"];
        let title = format!("RS256 under a key of {bits} bits");
        cases.push(Case::one(
            &scene,
            &format!("accepted/{name}"),
            &title,
            cites,
            vec![],
            Expect::ACCEPT,
        ));
        let foreign = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
        let title = format!("A foreign key's signature where the profile's key has {bits} bits");
        cases.push(refusal(
            &format!("key-foreign-{bits}"),
            &title,
            &scene,
            &["WCL-09", "RFC8725-3.3"],
            foreign,
        ));
    }
    cases
}

/// The key is the UTF-8 of the text, and a long one is hashed first by HMAC itself (RFC 2104 section 2).
fn secrets() -> Vec<Case> {
    let letters = by_kid("letters-secret", &[("profile", "profile.letters")]);
    let long = by_kid("long-secret", &[("profile", "profile.long")]);
    let cites = &["WAP-SIG-05", "WAP-SIG-07"];
    let plain = |scene: &Scene, title: &str| {
        Case::one(scene, &format!("accepted/{}", scene.name), title, cites, vec![], Expect::ACCEPT)
    };
    let keyed = |slug: &str, title: &str, scene: &Scene, what, bytes| {
        refusal(
            slug,
            title,
            scene,
            &["WCL-09", "WAP-SIG-07"],
            Change::Sign(Signature::SecretAs(what, bytes)),
        )
    };
    vec![
        plain(&letters, "A secret with letters outside ASCII"),
        plain(&long, "A secret of several hundred characters"),
        keyed(
            "letters-secret-low-bytes",
            "A secret outside ASCII, each character cut to one byte",
            &letters,
            "the low bytes of its characters",
            |secret| {
                secret
                    .chars()
                    .map(|letter| u8::try_from(u32::from(letter) & 0xff).unwrap_or(0))
                    .collect()
            },
        ),
        keyed(
            "letters-secret-ascii-alone",
            "A secret outside ASCII without its letters outside ASCII",
            &letters,
            "its ASCII letters",
            |secret| secret.bytes().filter(u8::is_ascii).collect(),
        ),
        keyed(
            "long-secret-cut",
            "A long secret cut to 64 bytes",
            &long,
            "its first 64 bytes",
            |secret| secret.bytes().take(64).collect(),
        ),
    ]
}

/// RSASSA-PSS by the profile's own key: another algorithm (RFC 7518 section 3.5), and two are supported.
fn other_padding() -> Vec<Case> {
    let rows = [
        ("256", "\"PS256\"", Alg::Ps256),
        ("384", "\"PS384\"", Alg::Ps384),
        ("512", "\"PS512\"", Alg::Ps512),
    ];
    let cites = &["WAP-SIG-01", "WAP-TOK-09", "RFC8725-3.1"];
    let signed = |slug: &str, title: &str, scene: &Scene, alg: &'static str, by| {
        let change = Change::Alg(alg, Signature::Own(by));
        case(&format!("access_refused/alg-{slug}"), title, scene, cites, change, super::refused())
    };
    let mut cases = Vec::new();
    for (bits, alg, by) in rows {
        cases.push(signed(
            &format!("rsa-ps{bits}"),
            &format!("PS{bits} under the right key"),
            &rsa_kid(),
            alg,
            by,
        ));
    }
    cases.push(signed(
        "certificate-ps256",
        "PS256 under a certificate",
        &certificate_kid(),
        "\"PS256\"",
        Alg::Ps256,
    ));
    cases
}
