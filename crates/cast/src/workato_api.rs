//! Access profiles of the API platform.

mod conditions;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde::Serialize;

use crate::keys::{CERTIFICATE_3, LONGER, PKCS1_4, forms};
use crate::{AnyDirectory, Player, Players, Roles, RsaPair, Seed, SigningKey, pool};

/// The signing method of an access profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SigningMethod {
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
    pub method: SigningMethod,
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
    for (role, secret) in secrets(seed) {
        let profile = AccessProfile {
            api_key: seed.hex(role),
            method: SigningMethod::Hmac,
            verification_key: secret.clone(),
            kept_as: None,
            active: role != "profile.disabled",
        };
        let key = Some(SigningKey::Secret(secret.into()));
        players.cast(role, Player { id: profile.api_key.clone(), key });
        directory.access_profiles.push(profile);
    }
    for (role, pair, registered, kept_as) in pairs(seed) {
        let profile = AccessProfile {
            api_key: seed.hex(&role),
            method: SigningMethod::Rsa,
            verification_key: registered.to_owned(),
            kept_as: kept_as.clone(),
            active: true,
        };
        let key = Some(pair.configured(kept_as.as_deref().unwrap_or(registered)));
        players.cast(&role, Player { id: profile.api_key.clone(), key });
        directory.access_profiles.push(profile);
    }
    strangers(seed, &mut players);
    (players, AnyDirectory::WorkatoApi(directory))
}

/// The access profiles with a secret: role, secret.
fn secrets(seed: Seed) -> [(&'static str, String); 7] {
    let own = |role| (role, seed.secret(role));
    [
        own("profile.hmac"),
        own("profile.other"),
        own("profile.disabled"),
        // What `openssl rand -base64 32` prints: 44 characters that also decode.
        ("profile.base64", STANDARD.encode(&seed.hex("profile.base64")[..32])),
        ("profile.short", "test-only".to_owned()),
        // An HMAC key is the UTF-8 of its text, however long: this one is hashed first (RFC 2104
        // section 2).
        ("profile.letters", format!("prüfung-секрет-秘密-{}", seed.secret("profile.letters"))),
        ("profile.long", seed.secret("profile.long").repeat(6)),
    ]
}

/// The access profiles with a pair: role, pair, what is registered of it, and the text as which a
/// server keeps that, where it is another one.
fn pairs(seed: Seed) -> Vec<(String, RsaPair, &'static str, Option<String>)> {
    // The other forms of a key exist for one pair each, so those two do not turn with the seed, and
    // neither meets this one.
    let turn = seed.pick("profile.rsa", 3) * usize::from(seed != Seed::PUBLIC);
    let own = pool(Seed::PUBLIC, [0, 1, 4][turn]);
    let [third, fourth] = [2, 3].map(|place| pool(Seed::PUBLIC, place));
    let plain = [
        ("profile.rsa", own, own.public),
        ("profile.certificate", third, CERTIFICATE_3),
        ("profile.pkcs1", fourth, PKCS1_4),
    ];
    let plain = plain.map(|(role, pair, text)| (role.to_owned(), pair, text, None));
    let kept = forms()
        .into_iter()
        .map(|(form, text)| (format!("profile.{form}"), fourth, fourth.public, Some(text)));
    let longer =
        LONGER.map(|(bits, pair)| (format!("profile.rsa-{bits}"), pair, pair.public, None));
    plain.into_iter().chain(kept).chain(longer).collect()
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
