//! Key intake: each kind that is taken, and each refusal with its own reason.

use claimproof_token::{Key, KeyError};
use pkcs1::RsaPublicKeyRef;
use pkcs1::der::EncodePem;
use pkcs1::der::asn1::UintRef;
use pkcs1::der::pem::LineEnding;
use rstest::rstest;

pub(crate) const A_PRIVATE: &str = include_str!("keys/a.private.pem");
pub(crate) const A_SPKI: &str = include_str!("keys/a.spki.pem");
pub(crate) const A_SSH: &str = include_str!("keys/a.ssh.pub");
pub(crate) const B_SPKI: &str = include_str!("keys/b.spki.pem");
pub(crate) const ED25519_SSH: &str = include_str!("keys/ed25519.ssh.pub");
const A_PKCS1: &str = include_str!("keys/a.pkcs1.pem");
const A_CERTIFICATE: &str = include_str!("keys/a.certificate.pem");
const SHORT: &str = include_str!("keys/short.spki.pem");
pub(crate) const EC: &str = include_str!("keys/ec.spki.pem");
const PSS: &str = include_str!("keys/pss.spki.pem");
pub(crate) const FROZEN: &str = include_str!("keys/a.rs256.jwt");

fn refused(text: &str) -> KeyError {
    Key::rsa(text).map(drop).unwrap_err()
}

/// Each form of one key verifies the token that openssl signed with it.
#[rstest]
#[case::spki(A_SPKI.to_owned())]
#[case::pkcs1(A_PKCS1.to_owned())]
#[case::certificate(A_CERTIFICATE.to_owned())]
#[case::no_final_newline(A_SPKI.trim_end().to_owned())]
#[case::white_space_around(format!("\n  {A_SPKI}\t\r\n "))]
#[case::crlf(A_SPKI.replace('\n', "\r\n"))]
#[case::crlf_certificate(A_CERTIFICATE.replace('\n', "\r\n"))]
#[case::one_long_line(one_line(A_SPKI))]
fn a_public_key_is_taken_as_pasted(#[case] text: String) {
    let key = Key::rsa(&text).unwrap();
    assert_eq!(key.alg(), "RS256");
    assert!(super::make::token_holds(&key, FROZEN.trim()));
}

fn one_line(pem: &str) -> String {
    let lines: Vec<_> = pem.lines().collect();
    let [begin, body @ .., end] = lines.as_slice() else { panic!("no PEM") };
    format!("{begin}\n{}\n{end}\n", body.concat())
}

#[rstest]
#[case::empty("", KeyError::Empty)]
#[case::blank(" \r\n", KeyError::Empty)]
#[case::private(A_PRIVATE, KeyError::Private)]
#[case::ssh(A_SSH, KeyError::OpenSsh)]
#[case::ssh_other_kind(ED25519_SSH, KeyError::OpenSsh)]
#[case::ssh2(
    "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----",
    KeyError::OpenSsh
)]
#[case::short(SHORT, KeyError::Bits { bits: 1024 })]
#[case::ec(EC, KeyError::NotRsa { found: "1.2.840.10045.2.1".into() })]
#[case::pss(PSS, KeyError::NotRsa { found: "1.2.840.113549.1.1.10".into() })]
fn a_refusal_has_its_own_reason(#[case] text: &str, #[case] expected: KeyError) {
    assert_eq!(refused(text), expected);
}

#[rstest]
#[case::rsa("RSA PRIVATE KEY")]
#[case::encrypted("ENCRYPTED PRIVATE KEY")]
#[case::openssh("OPENSSH PRIVATE KEY")]
fn every_private_label_is_refused(#[case] label: &str) {
    let pem = format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    assert_eq!(refused(&pem), KeyError::Private);
    assert_eq!(refused(&format!("{A_SPKI}{pem}")), KeyError::Private);
}

#[test]
fn a_second_block_is_refused() {
    assert_eq!(refused(&format!("{A_SPKI}{B_SPKI}")), KeyError::Several { found: 2 });
    assert_eq!(refused(&format!("{A_CERTIFICATE}{A_CERTIFICATE}")), KeyError::Several { found: 2 });
}

#[rstest]
#[case::jwk(r#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#.to_owned())]
#[case::text_before(format!("my key: {A_SPKI}"))]
#[case::text_after(format!("{A_SPKI}my key"))]
#[case::no_boundaries(A_SPKI.lines().nth(1).unwrap().to_owned())]
#[case::other_end(A_SPKI.replace("END PUBLIC", "END RSA PUBLIC"))]
#[case::broken_base64(A_SPKI.replacen("MII", "M*I", 1))]
#[case::no_end(A_SPKI.replace("-----END PUBLIC KEY-----", ""))]
fn what_is_no_pem_is_refused(#[case] text: String) {
    assert!(matches!(refused(&text), KeyError::NotPem { .. }), "{:?}", refused(&text));
}

#[test]
fn another_label_is_named() {
    let csr = A_SPKI.replace("PUBLIC KEY", "CERTIFICATE REQUEST");
    assert_eq!(refused(&csr), KeyError::Label { found: "CERTIFICATE REQUEST".into() });
}

#[rstest]
#[case::pkcs1_as_spki(A_PKCS1.replace("RSA PUBLIC", "PUBLIC"), "SubjectPublicKeyInfo")]
#[case::spki_as_pkcs1(A_SPKI.replace("PUBLIC", "RSA PUBLIC"), "RSAPublicKey")]
#[case::spki_as_certificate(A_SPKI.replace("PUBLIC KEY", "CERTIFICATE"), "certificate")]
fn the_wrong_structure_is_named(#[case] text: String, #[case] expected: &str) {
    assert!(matches!(refused(&text), KeyError::NotDer { what, .. } if what == expected));
}

fn made_up(modulus: &[u8], exponent: &[u8]) -> String {
    let modulus = UintRef::new(modulus).unwrap();
    let public_exponent = UintRef::new(exponent).unwrap();
    RsaPublicKeyRef { modulus, public_exponent }.to_pem(LineEnding::LF).unwrap()
}

#[test]
fn the_bounds_of_the_modulus_are_exact() {
    let modulus = |bytes: usize, first: u8| [vec![first], vec![0xff; bytes - 1]].concat();
    let e = [1, 0, 1];
    assert!(Key::rsa(&made_up(&modulus(256, 0x80), &e)).is_ok());
    assert_eq!(refused(&made_up(&modulus(256, 0x7f), &e)), KeyError::Bits { bits: 2047 });
    assert!(Key::rsa(&made_up(&modulus(1024, 0xff), &e)).is_ok());
    assert_eq!(refused(&made_up(&modulus(1025, 0x01), &e)), KeyError::Bits { bits: 8193 });
    assert_eq!(refused(&made_up(&[0], &e)), KeyError::Bits { bits: 0 });
}

#[rstest]
#[case::exponent_one(&[0xff; 256], &[1])]
#[case::exponent_even(&[0xff; 256], &[2])]
#[case::modulus_even(&[0xfe; 256], &[1, 0, 1])]
fn a_key_that_cannot_verify_is_refused(#[case] modulus: &[u8], #[case] exponent: &[u8]) {
    assert_eq!(refused(&made_up(modulus, exponent)), KeyError::Unusable);
}

#[rstest]
#[case("x")]
#[case("not!base64 é")]
#[case("c2VjcmV0")]
#[case(A_SPKI)]
fn any_text_is_a_secret_as_it_stands(#[case] secret: &str) {
    let key = Key::hmac(secret).unwrap();
    assert_eq!(key.alg(), "HS256");
    let token = super::make::hs256("{}", "{}", secret);
    assert!(super::make::token_holds(&key, &token));
}

#[test]
fn a_secret_is_not_decoded_trimmed_or_shown() {
    assert_eq!(Key::hmac("").map(drop), Err(KeyError::Empty));
    let token = super::make::hs256("{}", "{}", "secret");
    for other in ["c2VjcmV0", "secret\n", " secret", "SECRET"] {
        assert!(!super::make::token_holds(&Key::hmac(other).unwrap(), &token), "{other:?}");
    }
    assert_eq!(format!("{:?}", Key::hmac("secret").unwrap()), "Key(HS256)");
    assert_eq!(format!("{:?}", Key::rsa(A_SPKI).unwrap()), "Key(RS256)");
}

#[test]
fn the_refusal_of_an_ssh_line_names_the_conversion() {
    let message = refused(A_SSH).to_string();
    assert!(message.contains("ssh-keygen -f KEY.pub -e -m pkcs8"), "{message}");
}

#[test]
fn keys_can_be_cloned_and_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Key>();
    let key = Key::rsa(A_SPKI).unwrap();
    let clone = key.clone();
    drop(key);
    assert!(super::make::token_holds(&clone, FROZEN.trim()));
}
