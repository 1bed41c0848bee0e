//! RSA private keys.

use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use spki::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use spki::der::{Decode, Encode, SliceReader};
use spki::{AlgorithmIdentifierRef, ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::fault::KeyFault;
use super::pem::{self, Block};
use super::text::{self, Binary};
use super::{Numbers, Public, kind, ssh};

const EXPECTED: &str =
    "an RSA private key as plain PEM, BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY";
const ANOTHER: &str =
    "name the private key of an RSA pair and configure its public half at the target";

/// A private key, with the public one that belongs to it.
#[derive(Clone, Debug)]
pub struct Private {
    /// PEM that a signer reads.
    pub pem: claimproof_cast::SecretString,
    /// SPKI PEM of the public key.
    pub public: String,
    numbers: Numbers,
}

impl Private {
    /// Whether the two are the halves of one pair.
    pub fn is_pair_of(&self, public: &Public) -> bool {
        self.numbers == public.numbers
    }
}

/// Reads a private key of 2048 to 8192 bits, PKCS#8 or PKCS#1.
pub fn private(bytes: &[u8]) -> Result<Private, KeyFault> {
    if let Some(binary) = Binary::of(bytes) {
        return Err(KeyFault::new(binary.named(), EXPECTED, unpacked(binary)));
    }
    let text = text::of(bytes, EXPECTED)?;
    let blocks = pem::blocks(text);
    let private =
        blocks.iter().find(|block| block.label.ends_with("PRIVATE KEY")).or(blocks.first());
    let Some(block) = private else { return Err(no_block(text)) };
    match block.label {
        _ if block.is_encrypted() => {
            let cure = "write a plain copy: openssl pkey -in {file} -out {file.pem}";
            Err(block.fault("an encrypted private key", EXPECTED, cure))
        }
        "PRIVATE KEY" | "RSA PRIVATE KEY" => parsed(block),
        "OPENSSH PRIVATE KEY" => Err(open_ssh(block)),
        "EC PRIVATE KEY" => Err(block.fault("a private key of the kind EC", EXPECTED, ANOTHER)),
        "DSA PRIVATE KEY" => Err(block.fault("a private key of the kind DSA", EXPECTED, ANOTHER)),
        "PUBLIC KEY" | "RSA PUBLIC KEY" | "CERTIFICATE" => {
            let cure = "name the private key of that pair here, and this file by public_key_file";
            Err(block.fault(format!("{}, which signs nothing", block.named()), EXPECTED, cure))
        }
        _ => Err(block.fault(block.named(), EXPECTED, ANOTHER)),
    }
}

const fn unpacked(binary: Binary) -> &'static str {
    match binary {
        Binary::Pkcs12 => {
            "write the key out: openssl pkcs12 -in {file} -nocerts -noenc -out {file.pem}"
        }
        Binary::Der => "write it as PEM: openssl pkey -inform DER -in {file} -out {file.pem}",
        Binary::Java => {
            "write the key out: keytool -importkeystore -srckeystore {file} -destkeystore store.p12 -deststoretype \
             pkcs12, then openssl pkcs12 -in store.p12 -nocerts -noenc -out {file.pem}"
        }
    }
}

/// What a file without a whole PEM block is.
fn no_block(text: &str) -> KeyFault {
    const PLAIN: &str = "name the file with the private key of the pair";
    let bare = text.trim_start_matches('\u{feff}').trim();
    let (found, cure) = match () {
        () if bare.is_empty() => ("nothing", PLAIN),
        () if bare.starts_with("ssh-") || bare.starts_with("ecdsa-") => (
            "an OpenSSH public key, which signs nothing",
            "name the file beside it without the ending .pub",
        ),
        () if bare.starts_with("---- BEGIN") => {
            ("a public key in SSH2 form, which signs nothing", PLAIN)
        }
        () if bare.starts_with("PuTTY-User-Key-File") => (
            "a private key of PuTTY",
            "convert it: puttygen {file} -O private-openssh -o {file.pem}",
        ),
        () if bare.starts_with("LS0tLS1CRUdJTi") => {
            ("base64 of a whole PEM file", "decode it once: base64 -d {file} > {file.pem}")
        }
        () if bare.starts_with('{') => {
            ("JSON, a JWK perhaps", "export the key as PEM where it was made")
        }
        () if bare.contains("-----BEGIN ") => (
            "a PEM block without its end",
            "copy the file again, whole, with its last line of dashes",
        ),
        () => ("text without a PEM block", PLAIN),
    };
    KeyFault::new(found, EXPECTED, cure)
}

/// The format that `ssh-keygen` writes unless told otherwise. Its kind is readable even where it is encrypted.
fn open_ssh(block: &Block<'_>) -> KeyFault {
    let kind = block.der(EXPECTED).ok().and_then(|file| ssh::private_kind(&file));
    match kind {
        Some(kind) if kind != "ssh-rsa" => {
            block.fault(format!("an OpenSSH private key of the kind {kind}"), EXPECTED, ANOTHER)
        }
        _ => {
            let cure = "convert a copy: cp {file} {file.pem} && ssh-keygen -p -N \"\" -m PEM -f {file.pem}";
            block.fault("an OpenSSH private key", EXPECTED, cure)
        }
    }
}

fn parsed(block: &Block<'_>) -> Result<Private, KeyFault> {
    let damaged = || {
        block.fault("a damaged private key", EXPECTED, "copy the file again, whole and unchanged")
    };
    let der = block.der(EXPECTED)?;
    // The form is told by the bytes: some tools write the label of the other one.
    let (label, pkcs1) = match of_pkcs8(&der) {
        Some((algorithm, key)) if algorithm == pkcs1::ALGORITHM_OID => ("PRIVATE KEY", key),
        Some((algorithm, _)) => {
            let found = format!("a private key of {}", kind::named(algorithm));
            return Err(block.fault(found, EXPECTED, ANOTHER));
        }
        None => ("RSA PRIVATE KEY", der.as_slice()),
    };
    let key = RsaPrivateKeyRef::from_der(pkcs1).map_err(|_| damaged())?;
    let bits = Numbers::new(key.modulus.as_bytes(), &[]).bits();
    if !(2048..=8192).contains(&bits) {
        return Err(length(block, bits));
    }
    let pair = RsaKeyPair::from_der(pkcs1).map_err(|_| damaged())?;
    let public = RsaPublicKeyRef::from_der(pair.public_key().as_ref()).map_err(|_| damaged())?;
    let numbers = Numbers::new(public.modulus.as_bytes(), public.public_exponent.as_bytes());
    let public = spki(pair.public_key().as_ref()).ok_or_else(damaged)?;
    Ok(Private { pem: pem::written(label, &der).into(), public, numbers })
}

/// RFC 7518 section 3.3 has 2048 bits and more; beyond 8192 no library of the suite signs.
fn length(block: &Block<'_>, bits: usize) -> KeyFault {
    let cure = "make another pair, openssl genrsa -out {file.pem} 2048, and configure its public half at the target";
    let expected = "an RSA private key of 2048 to 8192 bits";
    block.fault(format!("an RSA private key of {bits} bits"), expected, cure)
}

/// The RSAPrivateKey (RFC 8017 appendix A.1.2) of a text that was read before, in either form.
pub(crate) fn pkcs1(pem: &str) -> Option<Vec<u8>> {
    let der = pem::blocks(pem).first()?.der(EXPECTED).ok()?;
    Some(of_pkcs8(&der).map_or(der.as_slice(), |(_, key)| key).to_vec())
}

/// Algorithm and key of a PrivateKeyInfo (RFC 5208 section 5).
fn of_pkcs8(der: &[u8]) -> Option<(ObjectIdentifier, &[u8])> {
    let mut fields = SliceReader::new(AnyRef::from_der(der).ok()?.value()).ok()?;
    u8::decode(&mut fields).ok()?;
    let algorithm = AlgorithmIdentifierRef::decode(&mut fields).ok()?;
    Some((algorithm.oid, <&OctetStringRef>::decode(&mut fields).ok()?.as_bytes()))
}

/// The public key of these numbers as PEM.
pub(super) fn spki(pkcs1: &[u8]) -> Option<String> {
    let key = BitStringRef::from_bytes(pkcs1).ok()?;
    let spki = SubjectPublicKeyInfoRef { algorithm: pkcs1::ALGORITHM_ID, subject_public_key: key };
    Some(pem::written("PUBLIC KEY", &spki.to_der().ok()?))
}
