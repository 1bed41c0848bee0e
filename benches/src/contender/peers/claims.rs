//! What a profile asks of claims and size, for libraries that leave it to their users.

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_vectors::FROZEN_NOW;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::contender::Task;

/// The claims the three profiles name, with the types they have there.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Claims {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sub: Option<String>,
    pub(super) aud: Option<String>,
    pub(super) iat: Option<i64>,
    pub(super) exp: Option<i64>,
    pub(super) nbf: Option<i64>,
    pub(super) jti: Option<Id>,
    #[serde(skip_serializing)]
    pub(super) scp: Option<Vec<IgnoredAny>>,
    pub(super) workato_sub: Option<String>,
    #[serde(rename = "https://www.workato.com/sub")]
    pub(super) namespace: Option<String>,
}

/// An id is a string, or an integer on direct links.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Id {
    Text(String),
    Integer(i64),
}

/// What is configured of one profile, for the one signer of a sample.
pub(super) struct Expected {
    profile: Profile,
    /// What the signer is called on the wire.
    signer: String,
}

impl Expected {
    pub(super) fn of(task: &Task<'_>) -> Self {
        let players = public(task.sample.profile).players;
        let signer = players.get(task.sample.signer).map(|player| player.id.clone()).unwrap_or_default();
        Self { profile: task.sample.profile, signer }
    }

    /// The documented bounds: 4096 characters of payload, 8000 bytes of token.
    pub(super) fn fits(&self, token: &str) -> bool {
        match self.profile {
            Profile::WorkatoApi => token.split('.').nth(1).is_some_and(|payload| payload.len() <= 4096),
            Profile::TableauConnectedApp => token.len() <= 8000,
            Profile::WorkatoDirectLink | Profile::PositConnect => true,
        }
    }

    pub(super) fn holds(&self, claims: &Claims) -> bool {
        match self.profile {
            Profile::WorkatoApi => self.names_signer(claims),
            Profile::TableauConnectedApp => is_connected_app(claims),
            Profile::WorkatoDirectLink => {
                claims.jti.is_some() && claims.iat.is_some_and(|iat| iat.abs_diff(FROZEN_NOW) <= 30)
            }
            Profile::PositConnect => false,
        }
    }

    /// The first of these that is not empty has the API key; without any, `kid` has it.
    fn names_signer(&self, claims: &Claims) -> bool {
        let named = [&claims.namespace, &claims.workato_sub].into_iter().flatten().find(|text| !text.is_empty());
        named.is_none_or(|named| *named == self.signer)
    }
}

fn is_connected_app(claims: &Claims) -> bool {
    let lasts = claims.exp.is_some_and(|exp| exp > FROZEN_NOW && exp - FROZEN_NOW <= 600);
    let begun = claims.nbf.is_none_or(|nbf| nbf <= FROZEN_NOW);
    let named = claims.sub.as_ref().is_some_and(|sub| !sub.is_empty());
    let once = matches!(&claims.jti, Some(Id::Text(jti)) if !jti.is_empty());
    claims.aud.as_deref() == Some("tableau") && lasts && begun && named && once && claims.scp.is_some()
}
