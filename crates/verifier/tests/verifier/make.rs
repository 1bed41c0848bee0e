//! Makes tokens member by member and signs them with jsonwebtoken: no code is shared with `vectors`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};

/// The instant the good tokens are made for.
pub(crate) const NOW: i64 = 1_700_000_000;

/// The JSON text of a string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// Members of an object: name and JSON text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(Vec<(String, String)>);

impl Members {
    pub(crate) fn set(&mut self, name: &str, json: impl Into<String>) {
        self.remove(name);
        self.0.push((name.to_owned(), json.into()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| own != name);
    }

    fn text(&self) -> String {
        let members: Vec<_> =
            self.0.iter().map(|(name, json)| format!("{}:{json}", quoted(name))).collect();
        format!("{{{}}}", members.join(","))
    }
}

/// A token still in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) header: Members,
    pub(crate) payload: Members,
    pub(crate) key: SigningKey,
    /// What is done to the compact form last.
    pub(crate) finish: fn(String) -> String,
}

impl Draft {
    pub(crate) fn new<const H: usize, const P: usize>(
        key: &SigningKey,
        header: [(&str, String); H],
        payload: [(&str, String); P],
    ) -> Self {
        let members = |(name, json): (&str, String)| (name.to_owned(), json);
        let header = Members(header.into_iter().map(members).collect());
        let payload = Members(payload.into_iter().map(members).collect());
        Self { header, payload, key: key.clone(), finish: |token| token }
    }

    pub(crate) fn token(&self) -> String {
        (self.finish)(signed(&self.key, &self.header.text(), &self.payload.text()))
    }
}

/// Any two texts as header and payload, signed by the key in its own algorithm whatever they say.
pub(crate) fn signed(key: &SigningKey, header: &str, payload: &str) -> String {
    let input = format!("{}.{}", encode(header), encode(payload));
    let (key, algorithm) = match key {
        SigningKey::Secret(secret) => {
            (EncodingKey::from_secret(secret.expose_secret().as_bytes()).unwrap(), Algorithm::HS256)
        }
        SigningKey::Rsa { private, .. } => (
            EncodingKey::from_rsa_pem(private.expose_secret().as_bytes()).unwrap(),
            Algorithm::RS256,
        ),
    };
    let signature = crypto::sign(input.as_bytes(), &key, algorithm).unwrap();
    format!("{input}.{signature}")
}
