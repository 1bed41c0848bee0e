//! Access profiles of the API platform.

mod conditions;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde::Serialize;

use crate::keys::{CERTIFICATE_3, LONGER, PKCS1_4, forms};
use crate::{Directory as AnyDirectory, Player, Players, Roles, Seed, SigningKey, pool};

/// The signing method of an access profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// A shared secret, HS256.
    Hmac,
    /// A public key or certificate, RS256.
    Rsa,
}

/// An access profile, also called API client.
#[derive(Clone, Debug, Serialize)]
pub struct AccessProfile {
    /// The API key tokens carry.
    pub api_key: String,
    /// How its tokens are signed.
    pub method: Method,
    /// The HMAC secret, or the public key or certificate as PEM.
    pub verification_key: String,
    /// Where a server keeps the public key as another text: that text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_as: Option<String>,
    /// Whether the profile is enabled.
    pub active: bool,
}

/// Everything the server knows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Directory {
    /// Access profiles.
    pub access_profiles: Vec<AccessProfile>,
}

pub(crate) const ROLES: Roles = Roles {
    fill,
    given: &[],
    is_further: |_| false,
    hosts: &[],
    conditions: conditions::CONDITIONS,
};

fn fill(seed: Seed) -> (Players, AnyDirectory) {
    let mut players = Players::default();
    let mut directory = Directory::default();
    fill_profiles(seed, |role, method, key, verification_key, active| {
        let api_key = seed.hex(role);
        let verification_key = verification_key.to_owned();
        let kept_as = match &key {
            SigningKey::Rsa { configured, .. } if *configured != verification_key => {
                Some(configured.clone())
            }
            SigningKey::Rsa { .. } | SigningKey::Secret(_) => None,
        };
        let profile =
            AccessProfile { api_key: api_key.clone(), method, verification_key, kept_as, active };
        directory.access_profiles.push(profile);
        players.cast(role, Player { id: api_key, key: Some(key) });
    });
    strangers(seed, &mut players);
    (players, AnyDirectory::WorkatoApi(directory))
}

/// The access profiles, each handed to `add` as role, method, key, key as configured, and whether it
/// is switched on.
fn fill_profiles(seed: Seed, mut add: impl FnMut(&str, Method, SigningKey, &str, bool)) {
    for (role, active) in
        [("profile.hmac", true), ("profile.other", true), ("profile.disabled", false)]
    {
        let secret = seed.secret(role);
        add(role, Method::Hmac, SigningKey::Secret(secret.clone().into()), &secret, active);
    }
    // What `openssl rand -base64 32` prints: 44 characters that also decode.
    let base64 = STANDARD.encode(&seed.hex("profile.base64")[..32]);
    add("profile.base64", Method::Hmac, SigningKey::Secret(base64.clone().into()), &base64, true);
    add("profile.short", Method::Hmac, SigningKey::Secret("test-only".into()), "test-only", true);
    // An HMAC key is the UTF-8 of its text, however long: this one is hashed first (RFC 2104 section 2).
    let letters = format!("prüfung-секрет-秘密-{}", seed.secret("profile.letters"));
    add(
        "profile.letters",
        Method::Hmac,
        SigningKey::Secret(letters.clone().into()),
        &letters,
        true,
    );
    let long = seed.secret("profile.long").repeat(6);
    add("profile.long", Method::Hmac, SigningKey::Secret(long.clone().into()), &long, true);
    // The other forms of a key exist for one pair each, so those two do not turn with the seed, and
    // neither meets this one.
    let own = pool(
        Seed::PUBLIC,
        [0, 1, 4][seed.pick("profile.rsa", 3) * usize::from(seed != Seed::PUBLIC)],
    );
    add("profile.rsa", Method::Rsa, own.into(), own.public, true);
    add(
        "profile.certificate",
        Method::Rsa,
        pool(Seed::PUBLIC, 2).configured(CERTIFICATE_3),
        CERTIFICATE_3,
        true,
    );
    let fourth = pool(Seed::PUBLIC, 3);
    add("profile.pkcs1", Method::Rsa, fourth.configured(PKCS1_4), PKCS1_4, true);
    for (form, text) in forms() {
        add(&format!("profile.{form}"), Method::Rsa, fourth.configured(&text), fourth.public, true);
    }
    for (bits, pair) in LONGER {
        add(&format!("profile.rsa-{bits}"), Method::Rsa, pair.into(), pair.public, true);
    }
}

fn strangers(seed: Seed, players: &mut Players) {
    let secret = SecretString::from(seed.secret("profile.unknown"));
    let unknown = Player { id: seed.hex("profile.unknown"), key: Some(SigningKey::Secret(secret)) };
    players.cast("profile.unknown", unknown);
    let foreign: SigningKey = pool(Seed::PUBLIC, 5).into();
    players.cast("key.foreign", Player { id: "key.foreign".to_owned(), key: Some(foreign) });
    let secret = SigningKey::Secret(seed.secret("secret.foreign").into());
    players.cast("secret.foreign", Player { id: "secret.foreign".to_owned(), key: Some(secret) });
}
