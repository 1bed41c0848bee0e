//! Key intake: what people paste, as a key that is ready to verify.

use std::fmt;

use crate::engine::Prepared;
use crate::pem;

/// A key, prepared once; its algorithm is its own and never a token's choice.
#[derive(Clone)]
pub struct Key(Prepared);

impl Key {
    /// A shared secret: the raw bytes of the text, never base64-decoded.
    ///
    /// Any length but 0 is taken, since RFC 7518 section 3.2 binds whoever chooses the secret.
    pub fn hmac(secret: &str) -> Result<Self, KeyError> {
        if secret.is_empty() {
            return Err(KeyError::Empty);
        }
        Prepared::hmac(secret.as_bytes()).map(Self).ok_or(KeyError::Unusable)
    }

    /// A public RSA key of 2048 to 8192 bits (RFC 7518 section 3.3), as pasted.
    ///
    /// Takes one PEM block (RFC 7468) of SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate; of the
    /// certificate only the key counts, neither its signature nor its dates.
    pub fn rsa(public: &str) -> Result<Self, KeyError> {
        let pkcs1 = pem::rsa_public_key(public)?;
        Prepared::rsa(&pkcs1).map(Self).ok_or(KeyError::Unusable)
    }

    /// The JWS algorithm the key verifies: `HS256` or `RS256`.
    pub fn alg(&self) -> &'static str {
        self.0.alg()
    }

    /// The HS256 signature of an input; nothing where the key is a public one.
    pub fn sign(&self, input: &[u8]) -> Option<Vec<u8>> {
        self.0.sign(input)
    }

    pub(crate) fn prepared(&self) -> &Prepared {
        &self.0
    }
}

impl fmt::Debug for Key {
    /// Shows the algorithm alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.alg())
    }
}

/// Why a text is no key; no message repeats the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing was given.
    #[error("the key is empty, expected a secret or a public key")]
    Empty,
    /// An OpenSSH or RFC 4716 public key where PEM is needed.
    #[error(
        "found an OpenSSH public key, expected PEM; convert it with `ssh-keygen -f KEY.pub -e -m pkcs8`"
    )]
    OpenSsh,
    /// A private key, which has no business at a verifier.
    #[error("found a private key, expected the public one; do not share the private key")]
    Private,
    /// No PEM by RFC 7468.
    #[error("found no PEM (`-----BEGIN PUBLIC KEY-----` to `-----END PUBLIC KEY-----`): {detail}")]
    NotPem {
        /// What the decoder met.
        detail: String,
    },
    /// More than one PEM block: which one is meant is anyone's guess.
    #[error("found {found} PEM blocks, expected exactly 1")]
    Several {
        /// How many begin.
        found: usize,
    },
    /// PEM of something else.
    #[error("found PEM of {found:?}, expected PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE")]
    Label {
        /// The label.
        found: String,
    },
    /// The DER inside is broken.
    #[error("the {what} inside is not valid DER: {detail}")]
    NotDer {
        /// The structure that was expected.
        what: &'static str,
        /// What the decoder met.
        detail: String,
    },
    /// A public key of another algorithm, such as EC, Ed25519 or RSA-PSS.
    #[error("found a key of algorithm {found}, expected RSA (rsaEncryption, 1.2.840.113549.1.1.1)")]
    NotRsa {
        /// Object identifier or OpenSSH name of the algorithm.
        found: String,
    },
    /// RFC 7518 section 3.3: at least 2048 bits.
    #[error("found an RSA key of {bits} bits, expected {min} to {max}", min = Self::MIN_BITS, max = Self::MAX_BITS)]
    Bits {
        /// The length of the modulus.
        bits: usize,
    },
    /// RSA by its form, but refused by the signature library, for example for its exponent.
    #[error(
        "found an RSA key that cannot verify, expected an odd modulus and an odd exponent above 1"
    )]
    Unusable,
    /// No OpenSSH public line, where one is needed.
    #[error("found no OpenSSH public key line, expected `ssh-rsa AAAA... comment`: {detail}")]
    NotSsh {
        /// What the decoder met.
        detail: String,
    },
}

impl KeyError {
    /// The shortest modulus that is taken.
    pub const MIN_BITS: usize = 2048;
    /// The longest modulus that is taken.
    pub const MAX_BITS: usize = 8192;
}
