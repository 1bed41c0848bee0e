//! Signatures: the only file that touches signature libraries.
//!
//! Each algorithm has the library that is fastest for it once a key is prepared, see ARCHITECTURE.md.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use hmac::KeyInit;
use hmac::block_api::HmacCore;
use hmac::digest::block_api::{Buffer, FixedOutputCore, UpdateCore};
use hmac::digest::{CtOutput, Output};
use sha2::Sha256;

use crate::Key;

/// One signature to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The configured key; it fixes the algorithm.
    pub key: &'a Key,
    /// What was signed (RFC 7515 section 5.2 step 8).
    pub input: &'a [u8],
    /// The decoded signature.
    pub signature: &'a [u8],
}

/// Checks signatures, several at once; one is the ordinary case.
pub trait Engine: Send + Sync {
    /// Sets `ok[n]` to whether the signature of `jobs[n]` holds; what of `ok` has no job becomes false.
    fn verify(&self, jobs: &[Job<'_>], ok: &mut [bool]);
}

/// HS256 by the crate hmac (RFC 7518 section 3.2) and RS256 by aws-lc-rs (section 3.3), one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct OneByOne;

impl Engine for OneByOne {
    fn verify(&self, jobs: &[Job<'_>], ok: &mut [bool]) {
        for (at, ok) in ok.iter_mut().enumerate() {
            *ok =
                jobs.get(at).is_some_and(|job| job.key.prepared().holds(job.input, job.signature));
        }
    }
}

/// HMAC with SHA-256 as its two hash states, without the buffer the crate's wrapper carries along.
type Mac = HmacCore<Sha256>;

/// A key as the library wants it, made once at intake.
#[derive(Clone)]
pub(crate) enum Prepared {
    /// The states of both hash passes behind the key's blocks.
    Hmac(Mac),
    Rsa(ParsedPublicKey),
}

impl Prepared {
    /// Nothing where the library refuses the secret, which it does at no length.
    pub(crate) fn hmac(secret: &[u8]) -> Option<Self> {
        Mac::new_from_slice(secret).ok().map(Self::Hmac)
    }

    /// Takes the DER of a PKCS#1 `RSAPublicKey`; nothing where the library refuses it.
    pub(crate) fn rsa(pkcs1: &[u8]) -> Option<Self> {
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pkcs1).ok().map(Self::Rsa)
    }

    pub(crate) fn alg(&self) -> &'static str {
        match self {
            Self::Hmac(_) => "HS256",
            Self::Rsa(_) => "RS256",
        }
    }

    /// The tag of an HMAC key; nothing of a key that is only public.
    pub(crate) fn sign(&self, input: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Hmac(key) => Some(tag(key, input).into_bytes().to_vec()),
            Self::Rsa(_) => None,
        }
    }

    fn holds(&self, input: &[u8], signature: &[u8]) -> bool {
        match self {
            // Compares in constant time, and a tag of another length never holds.
            Self::Hmac(key) => Output::<Mac>::try_from(signature)
                .is_ok_and(|given| tag(key, input) == given.into()),
            Self::Rsa(key) => key.verify_digest_sig(&digest(&SHA256, input), signature).is_ok(),
        }
    }
}

/// The HMAC of an input, its states never moved: each move costs as much as half a block.
fn tag(key: &Mac, input: &[u8]) -> CtOutput<Mac> {
    let (mut states, mut rest) = (key.clone(), Buffer::<Mac>::default());
    rest.digest_blocks(input, |blocks| states.update_blocks(blocks));
    let mut tag = Output::<Mac>::default();
    states.finalize_fixed_core(&mut rest, &mut tag);
    CtOutput::new(tag)
}
