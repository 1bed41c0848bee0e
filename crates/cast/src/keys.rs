//! The committed pool of RSA test keys. Public on purpose; see `keys/README.md` of this package.

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
            private: include_str!(concat!("../keys/rsa-", $n, ".private.pem")),
            public: include_str!(concat!("../keys/rsa-", $n, ".public.pem")),
        }
    };
}

macro_rules! files {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../keys/", $name)))),*] };
}

/// Every file of the pool by its name, in every form, and the page about them.
pub const KEY_FILES: &[(&str, &str)] = files! {
    "README.md"
    "rsa-1.private.pem"
    "rsa-1.public.pem"
    "rsa-2.private.pem"
    "rsa-2.public.pem"
    "rsa-3.certificate.pem"
    "rsa-3.private.pem"
    "rsa-3.public.pem"
    "rsa-4.jwk.json"
    "rsa-4.openssh.pub"
    "rsa-4.pkcs1.pem"
    "rsa-4.private.pem"
    "rsa-4.public.pem"
    "rsa-5.openssh.pub"
    "rsa-5.private.pem"
    "rsa-5.public.pem"
    "rsa-6.private.pem"
    "rsa-6.public.pem"
    "rsa-7.private.pem"
    "rsa-7.public.pem"
    "rsa-8.private.pem"
    "rsa-8.public.pem"
};

static POOL: [RsaPair; 6] = [pair!(1), pair!(2), pair!(3), pair!(4), pair!(5), pair!(6)];

/// Pairs beside the pool, by the bits of their modulus.
pub(crate) static LONGER: [(&str, RsaPair); 2] = [("3072", pair!(7)), ("4096", pair!(8))];

/// The certificate over the third key, as an identity provider hands it out.
pub(crate) const CERTIFICATE_3: &str = include_str!("../keys/rsa-3.certificate.pem");
/// The fourth key in the PKCS#1 form.
pub(crate) const PKCS1_4: &str = include_str!("../keys/rsa-4.pkcs1.pem");
const OPENSSH_4: &str = include_str!("../keys/rsa-4.openssh.pub");
const JWK_4: &str = include_str!("../keys/rsa-4.jwk.json");

/// Other texts of the fourth key that a server may have been given and kept: a word for each, and the text.
///
/// A guard against HS256 under a public key looks at the text, so each form is another question to it.
pub(crate) fn forms() -> Vec<(&'static str, String)> {
    let pem = POOL[3].public;
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    vec![
        ("openssh", OPENSSH_4.trim_end().to_owned()),
        ("jwk", JWK_4.trim_end().to_owned()),
        ("der", body),
        ("one-line", pem.replace('\n', "")),
        ("cr", pem.replace('\n', "\r")),
        ("crlf", pem.replace('\n', "\r\n")),
        ("indented", pem.lines().map(|line| format!("  {line}\n")).collect()),
        ("line-end", format!("\n{pem}")),
        ("comment", format!("# the key of the portal\n{pem}")),
    ]
}

impl RsaPair {
    /// What signs with it, at a server that was given the public half in this form.
    pub(crate) fn configured(self, text: &str) -> SigningKey {
        let (private, public) = (SecretString::from(self.private), self.public.to_owned());
        SigningKey::Rsa { private, public, configured: text.to_owned() }
    }
}

/// The key at a place of the pool; a seed other than the public one turns the pool.
pub fn pool(seed: Seed, place: usize) -> RsaPair {
    POOL[(place + seed.pick("pool", POOL.len()) * usize::from(seed != Seed::PUBLIC)) % POOL.len()]
}

/// Every key of the pool.
pub(crate) fn all() -> impl Iterator<Item = RsaPair> {
    POOL.into_iter().rev()
}

impl From<RsaPair> for SigningKey {
    fn from(pair: RsaPair) -> Self {
        pair.configured(pair.public)
    }
}
