//! What a profile asks of claims and size, for libraries that leave it to their users.

use std::fmt;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_vectors::FROZEN_NOW;
use serde::de::{DeserializeOwned, IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::contender::Task;

/// The claims one profile names, with the types they have there; others are not looked at.
pub(super) trait Claims: Clone + Default + DeserializeOwned + Serialize + 'static {
    /// Takes in what a library keeps apart from the rest.
    fn set(&mut self, registered: Registered);

    /// Whether they are what the profile asks of this signer's token.
    fn fit(&self, signer: &str) -> bool;
}

/// Claims of RFC 7519 section 4.1 that a library reads itself.
#[derive(Default)]
pub(super) struct Registered {
    pub(super) sub: Option<String>,
    pub(super) aud: Option<String>,
    pub(super) iat: Option<i64>,
    pub(super) exp: Option<i64>,
    pub(super) nbf: Option<i64>,
    pub(super) jti: Option<String>,
}

/// The first of these that is not empty has the API key; without any, `kid` has it.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct WorkatoApi {
    #[serde(rename = "https://www.workato.com/sub")]
    namespace: Option<String>,
    workato_sub: Option<String>,
}

impl Claims for WorkatoApi {
    fn set(&mut self, _: Registered) {}

    fn fit(&self, signer: &str) -> bool {
        let named = [&self.namespace, &self.workato_sub]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty());
        named.is_none_or(|named| named == signer)
    }
}

/// A connected app's.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct TableauConnectedApp {
    // A library that keeps it apart demands it to be left out when it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    aud: Option<String>,
    iat: Option<Seconds>,
    exp: Option<Seconds>,
    nbf: Option<Seconds>,
    jti: Option<String>,
    #[serde(skip_serializing)]
    scp: Option<Vec<IgnoredAny>>,
}

impl Claims for TableauConnectedApp {
    fn set(&mut self, registered: Registered) {
        let Registered { sub, aud, iat, exp, nbf, jti } = registered;
        self.sub = sub.or_else(|| self.sub.take());
        self.aud = aud.or_else(|| self.aud.take());
        self.jti = jti.or_else(|| self.jti.take());
        self.iat = iat.map(Seconds).or(self.iat);
        self.exp = exp.map(Seconds).or(self.exp);
        self.nbf = nbf.map(Seconds).or(self.nbf);
    }

    fn fit(&self, _: &str) -> bool {
        let lasts = self
            .exp
            .is_some_and(|Seconds(exp)| exp > FROZEN_NOW && exp.abs_diff(FROZEN_NOW) <= 600);
        let begun = self.nbf.is_none_or(|Seconds(nbf)| nbf <= FROZEN_NOW);
        let is_named = |name: &Option<String>| name.as_ref().is_some_and(|name| !name.is_empty());
        let named = is_named(&self.sub) && is_named(&self.jti);
        self.aud.as_deref() == Some("tableau") && lasts && begun && named && self.scp.is_some()
    }
}

/// A direct link's.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct WorkatoDirectLink {
    iat: Option<i64>,
    jti: Option<Id>,
}

/// An id is a string, or an integer on direct links.
#[derive(Clone, Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Integer(i64),
}

impl Claims for WorkatoDirectLink {
    fn set(&mut self, registered: Registered) {
        self.iat = registered.iat.or(self.iat);
        self.jti = registered.jti.map(Id::Text).or_else(|| self.jti.take());
    }

    fn fit(&self, _: &str) -> bool {
        self.jti.is_some() && self.iat.is_some_and(|iat| iat.abs_diff(FROZEN_NOW) <= 30)
    }
}

/// A time (RFC 7519 section 2); its fraction is cut off.
#[derive(Clone, Copy, Serialize)]
struct Seconds(i64);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Seconds;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of seconds")
            }

            fn visit_i64<E>(self, whole: i64) -> Result<Seconds, E> {
                Ok(Seconds(whole))
            }

            fn visit_u64<E: serde::de::Error>(self, whole: u64) -> Result<Seconds, E> {
                i64::try_from(whole).map(Seconds).map_err(E::custom)
            }

            fn visit_f64<E: serde::de::Error>(self, seconds: f64) -> Result<Seconds, E> {
                let whole = format!("{:.0}", seconds.trunc());
                whole.parse().map(Seconds).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// What is configured of one profile, for the one signer of a sample.
pub(super) struct Expected {
    profile: Profile,
    /// What the signer is called on the wire.
    pub(super) signer: String,
}

impl Expected {
    pub(super) fn of(task: &Task<'_>) -> Self {
        let players = public(task.sample.profile).players;
        let signer =
            players.get(task.sample.signer).map(|player| player.id.clone()).unwrap_or_default();
        Self { profile: task.sample.profile, signer }
    }

    /// The documented bounds: 4096 characters of payload, 8000 bytes of token.
    pub(super) fn fits(&self, token: &str) -> bool {
        match self.profile {
            Profile::WorkatoApi => {
                token.split('.').nth(1).is_some_and(|payload| payload.len() <= 4096)
            }
            Profile::TableauConnectedApp => token.len() <= 8000,
            Profile::WorkatoDirectLink | Profile::PositConnect => true,
        }
    }
}
