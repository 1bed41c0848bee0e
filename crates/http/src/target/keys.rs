//! RSA keys as a target file names them: parsed when they are read, and the two halves held against
//! each other. A public key stays the text that is configured at the target, since what a confused
//! server keys its HMAC with is that text; it is compared by its numbers alone.

use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use pkcs1::RsaPublicKeyRef;
use spki::SubjectPublicKeyInfoRef;
use spki::der::asn1::BitStringRef;
use spki::der::{Decode, Encode};
use x509_parser::prelude::{FromDer, X509Certificate};

/// What makes two public keys the same, without leading zeros.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Numbers {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl Numbers {
    fn new(modulus: &[u8], exponent: &[u8]) -> Self {
        let plain = |bytes: &[u8]| bytes.iter().skip_while(|byte| **byte == 0).copied().collect();
        Self { modulus: plain(modulus), exponent: plain(exponent) }
    }
}

/// A private key, with the public one that belongs to it.
pub(super) struct Private {
    /// PEM that a signer reads.
    pub(super) pem: String,
    /// SPKI PEM of the public key.
    pub(super) public: String,
    /// What the public key is compared by.
    pub(super) numbers: Numbers,
}

/// Reads a private key.
pub(super) fn private(text: &str) -> Result<Private, String> {
    let Some((label, body)) = block(text) else { return Err(no_private_key(text)) };
    let encrypted = label.contains("ENCRYPTED") || body.contains("ENCRYPTED");
    let parse = match label {
        _ if encrypted => return Err("is encrypted; write it out plain: openssl pkey -in KEY -out PLAIN".to_owned()),
        "PRIVATE KEY" => RsaKeyPair::from_pkcs8,
        "RSA PRIVATE KEY" => RsaKeyPair::from_der,
        "OPENSSH PRIVATE KEY" => {
            let convert = "ssh-keygen -p -N \"\" -m PEM -f KEY";
            return Err(format!("is an OpenSSH private key; convert a copy of it: {convert}"));
        }
        public if public.ends_with("PUBLIC KEY") || public == "CERTIFICATE" => {
            return Err(format!(
                "no RSA private key in PEM form, but a {public}; private_key_file is the one that signs"
            ));
        }
        other => return Err(format!("holds a {other}, which is no RSA private key; RS256 needs one")),
    };
    let der = decoded(body)?;
    let pair = parse(&der).map_err(|why| format!("is no RSA private key of 2048 to 8192 bits ({why})"))?;
    let public = pair.public_key().as_ref();
    Ok(Private { pem: pem(label, &der), public: spki(public)?, numbers: from_pkcs1(public)? })
}

fn no_private_key(text: &str) -> String {
    let text = text.trim_start();
    let hint = match () {
        () if text.starts_with("ssh-") => "; this is an OpenSSH public key",
        () if text.starts_with("---- BEGIN") => "; this is the SSH2 form, which has four dashes",
        () if text.contains("-----BEGIN ") => "; its end is missing",
        () => "",
    };
    format!("no RSA private key in PEM form{hint}; expected -----BEGIN PRIVATE KEY----- or RSA PRIVATE KEY")
}

/// A public key in any form people configure: PEM of SubjectPublicKeyInfo, PKCS#1 or a certificate, the
/// same without its lines of dashes, an `ssh-rsa` line, a JWK.
pub(super) fn public(text: &str) -> Result<Numbers, String> {
    let plain = text.trim();
    if plain.is_empty() {
        return Err("is empty; leave public_key_file out where nobody knows the text".to_owned());
    }
    if plain.contains("PRIVATE KEY-----") {
        return Err("is a private key; public_key_file is the public one as configured at the target".to_owned());
    }
    match block(plain) {
        Some(("PUBLIC KEY", body)) => from_spki(&decoded(body)?),
        Some(("RSA PUBLIC KEY", body)) => from_pkcs1(&decoded(body)?),
        Some(("CERTIFICATE", body)) => from_certificate(&decoded(body)?),
        Some((other, _)) => Err(format!("holds a {other}; expected PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE")),
        None if plain.starts_with("ssh-") => from_ssh(plain),
        None if plain.starts_with('{') => from_jwk(plain),
        None => from_der(plain),
    }
}

/// The label of the first PEM block and what stands between its lines of dashes; what stands around it is
/// explanatory text (RFC 7468 section 2).
fn block(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    Some((label, body))
}

/// However the lines are broken, indented or written as `\n`.
fn decoded(body: &str) -> Result<Vec<u8>, String> {
    let body = body.replace("\\n", "\n").replace("\\r", "");
    let lines = body.lines().filter(|line| !line.contains(':'));
    let text: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(text).map_err(|_| "cannot be decoded: what stands between its dashes is no base64".to_owned())
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn spki(pkcs1: &[u8]) -> Result<String, String> {
    let key = BitStringRef::from_bytes(pkcs1).map_err(broken("RSAPublicKey (PKCS#1)"))?;
    let spki = SubjectPublicKeyInfoRef { algorithm: pkcs1::ALGORITHM_ID, subject_public_key: key };
    spki.to_der().map(|der| pem("PUBLIC KEY", &der)).map_err(broken("SubjectPublicKeyInfo"))
}

fn broken(what: &str) -> impl Fn(spki::der::Error) -> String {
    move |error| format!("is no {what}: {error}")
}

fn from_pkcs1(der: &[u8]) -> Result<Numbers, String> {
    let key = RsaPublicKeyRef::from_der(der).map_err(broken("RSAPublicKey (PKCS#1)"))?;
    Ok(Numbers::new(key.modulus.as_bytes(), key.public_exponent.as_bytes()))
}

fn from_spki(der: &[u8]) -> Result<Numbers, String> {
    let spki = SubjectPublicKeyInfoRef::from_der(der).map_err(broken("SubjectPublicKeyInfo"))?;
    if spki.algorithm.oid != pkcs1::ALGORITHM_OID {
        return Err(format!("is no RSA key, but one of algorithm {}", spki.algorithm.oid));
    }
    from_pkcs1(spki.subject_public_key.as_bytes().unwrap_or_default())
}

fn from_certificate(der: &[u8]) -> Result<Numbers, String> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => from_spki(certificate.public_key().raw),
        Ok(_) | Err(_) => Err("is no X.509 certificate".to_owned()),
    }
}

fn from_ssh(line: &str) -> Result<Numbers, String> {
    let key = ssh_key::PublicKey::from_openssh(line).map_err(|error| format!("is no OpenSSH public key: {error}"))?;
    let rsa = key.key_data().rsa().ok_or_else(|| format!("is no RSA key, but {}", key.algorithm()))?;
    let number = |number: &ssh_key::Mpint| number.as_positive_bytes().unwrap_or_default().to_vec();
    Ok(Numbers::new(&number(&rsa.n), &number(&rsa.e)))
}

fn from_jwk(text: &str) -> Result<Numbers, String> {
    let jwk: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("is no JWK: {error}"))?;
    let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok();
    match (number("n"), number("e")) {
        (Some(modulus), Some(exponent)) => Ok(Numbers::new(&modulus, &exponent)),
        _ => Err("is no JWK of an RSA key: `n` and `e` are base64url".to_owned()),
    }
}

fn from_der(text: &str) -> Result<Numbers, String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let der = STANDARD_NO_PAD.decode(text).unwrap_or_default();
    let all = [from_spki(&der), from_pkcs1(&der), from_certificate(&der)];
    let none = "is no public key; expected PEM (PUBLIC KEY, RSA PUBLIC KEY, CERTIFICATE), an ssh-rsa line or a JWK";
    all.into_iter().find_map(Result::ok).ok_or_else(|| none.to_owned())
}
