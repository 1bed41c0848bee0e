//! A presentation still in the making: JSON members in order, a signer, a request.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_cast::{Constant, Player, Seed, SigningKey, Terms};
use claimproof_catalog::Profile;

use crate::cases;
use crate::presentation::Presentation;
use crate::sign::{Alg, Signature};

/// JSON members in order, each a name as it is spelled and a value as JSON text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(pub(crate) Vec<(String, String)>);

impl Members {
    pub(crate) fn push(&mut self, name: &str, json: String) {
        self.0.push((name.to_owned(), json));
    }

    /// Replaces the value where the member stands, or adds it at the end.
    pub(crate) fn set(&mut self, name: &str, json: String) {
        match self.place(name) {
            Some(place) => self.0[place].1 = json,
            None => self.push(name, json),
        }
    }

    /// Sets what every token of the target carries.
    fn state(&mut self, constants: &BTreeMap<String, Constant>, now: i64) {
        for (name, constant) in constants {
            self.set(name, constant.at(now));
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| own != name);
    }

    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(own, _)| own == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.place(name).map(|place| self.0[place].1.as_str())
    }

    /// Another order, the same for the same `what`. Members that stand twice stay as they are, in another
    /// letter case too, since which one comes first is what their case is about.
    pub(crate) fn shuffle(&mut self, seed: Seed, what: &str) {
        let names: BTreeSet<String> =
            self.0.iter().map(|(name, _)| unescaped(name).to_lowercase()).collect();
        if names.len() == self.0.len() {
            self.0.sort_by_cached_key(|(name, _)| seed.hex(&format!("{what} {name}")));
        }
    }

    /// The object's JSON text. Names are spelled as given, so they may hold escapes.
    pub(crate) fn text(&self) -> String {
        let members: Vec<_> =
            self.0.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
        format!("{{{}}}", members.join(","))
    }
}

/// The JSON text of a string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name as a JSON reader sees it.
fn unescaped(name: &str) -> String {
    serde_json::from_str(&format!("\"{name}\"")).unwrap_or_else(|_| name.to_owned())
}

/// What the forge still works on.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) header: Members,
    pub(crate) payload: Members,
    pub(crate) signer: Option<SigningKey>,
    pub(crate) signature: Signature,
    pub(crate) presentation: Presentation,
}

/// The players of a scene's slots.
pub(crate) type Slot<'a> = dyn Fn(&str) -> Option<&'a Player> + 'a;

/// What an issuer following the documents would send to a target of these terms.
pub(crate) fn plain(
    profile: Profile,
    slot: &Slot<'_>,
    now: i64,
    jti: &str,
    terms: &Terms,
) -> Draft {
    let mut draft = (cases::set(profile).draft)(slot, now, jti, terms);
    draft.header.state(&terms.header, now);
    draft.payload.state(&terms.claims, now);
    draft
}

pub(crate) fn empty() -> Draft {
    Draft {
        header: Members::default(),
        payload: Members::default(),
        signer: None,
        signature: Signature::Own(Alg::Hs256),
        presentation: Presentation::default(),
    }
}

pub(crate) fn id(slot: &Slot<'_>, name: &str) -> String {
    slot(name).map(|player| player.id.clone()).unwrap_or_default()
}

pub(crate) fn key(slot: &Slot<'_>, name: &str) -> Option<SigningKey> {
    slot(name).and_then(|player| player.key.clone())
}
