//! What no verifier on aws-lc-rs can be faster than: the signature decoded and verified with a key that
//! is ready, and nothing else looked at.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64_simd::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_cast::SigningKey;
use secrecy::ExposeSecret;

use super::{Contender, Run, Task};

/// The yardstick.
pub const RAW_LIMIT: Contender = Contender {
    name: "raw-limit",
    package: ("aws-lc-rs", ""),
    configuration: "aws-lc-rs with a prebuilt key, and base64url decoding of the signature",
    prepare,
};

fn prepare<'p>(task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
    let tokens =
        task.given.iter().map(|given| given.token.as_deref()).collect::<Option<Vec<_>>>()?;
    Some(Box::new(Raw { key: Key::of(&task.key)?, tokens, signature: Vec::new() }))
}

enum Key {
    Hmac(Box<hmac::Key>),
    Rsa(ParsedPublicKey),
}

impl Key {
    fn of(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => Some(Self::Hmac(Box::new(hmac::Key::new(
                HMAC_SHA256,
                secret.expose_secret().as_bytes(),
            )))),
            SigningKey::Rsa { public, .. } => {
                let text: String = public.lines().filter(|line| !line.starts_with('-')).collect();
                let der = STANDARD.decode_to_vec(text).ok()?;
                ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &der).ok().map(Self::Rsa)
            }
        }
    }

    fn holds(&self, token: &str, buffer: &mut Vec<u8>) -> bool {
        let Some((input, signature)) = token.rsplit_once('.') else { return false };
        buffer.clear();
        let decoded = URL_SAFE_NO_PAD.decode_append(signature, buffer);
        decoded.is_ok()
            && match self {
                Self::Hmac(key) => hmac::verify(key, input.as_bytes(), buffer).is_ok(),
                Self::Rsa(key) => key.verify_sig(input.as_bytes(), buffer).is_ok(),
            }
    }
}

struct Raw<'p> {
    key: Key,
    tokens: Vec<&'p str>,
    signature: Vec<u8>,
}

impl Run for Raw<'_> {
    fn pass(&mut self, tell: &mut dyn FnMut(bool)) {
        let Self { key, tokens, signature } = self;
        for token in tokens {
            tell(key.holds(token, signature));
        }
    }
}
