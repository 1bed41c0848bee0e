//! The committed pool of RSA test keys. Public on purpose; see `vectors/keys/README.md`.

use secrecy::SecretString;

use crate::{Seed, SigningKey};

/// One pair of the pool.
#[derive(Clone, Copy, Debug)]
pub struct RsaPair {
    /// PKCS#8 PEM.
    pub private: &'static str,
    /// SPKI PEM.
    pub public: &'static str,
}

macro_rules! pair {
    ($n:literal) => {
        RsaPair {
            private: include_str!(concat!("../../../vectors/keys/rsa-", $n, ".private.pem")),
            public: include_str!(concat!("../../../vectors/keys/rsa-", $n, ".public.pem")),
        }
    };
}

static POOL: [RsaPair; 6] = [pair!(1), pair!(2), pair!(3), pair!(4), pair!(5), pair!(6)];

/// The certificate over the third key, as an identity provider hands it out.
pub(crate) const CERTIFICATE_3: &str = include_str!("../../../vectors/keys/rsa-3.certificate.pem");
/// The fourth key in the PKCS#1 form.
pub(crate) const PKCS1_4: &str = include_str!("../../../vectors/keys/rsa-4.pkcs1.pem");

/// The key at a place of the pool; a seed other than the public one turns the pool.
pub fn pool(seed: Seed, place: usize) -> RsaPair {
    POOL[(place + seed.pick("pool", POOL.len()) * usize::from(seed != Seed::PUBLIC)) % POOL.len()]
}

impl From<RsaPair> for SigningKey {
    fn from(pair: RsaPair) -> Self {
        Self::Rsa { private: SecretString::from(pair.private), public: pair.public.to_owned() }
    }
}
