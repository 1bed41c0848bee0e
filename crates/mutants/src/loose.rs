//! Servers that read a token as a lenient library does. What such a library accepts is handed on as the token a strict
//! server would have been sent in its place: the same claims, signed by the key of the account.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{Players, SigningKey};
use claimproof_catalog::Profile;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::signature::{holds, signed, usual};

/// The token in place of one as it was sent; nothing where it is read as it stands.
pub(crate) type Reading = fn(&Tokens, &Players, &str) -> Option<String>;

/// What the tokens of a profile are like, for whoever reads them leniently.
pub(crate) struct Tokens {
    /// The system.
    pub(crate) profile: Profile,
    /// The role of an account that is known and may sign.
    pub(crate) known: &'static str,
    /// Header parameters that name it, each with the role whose id it holds.
    pub(crate) names: &'static [(&'static str, &'static str)],
    /// Who the token says signed it.
    pub(crate) named: fn(&Loose<'_>) -> Option<String>,
    /// Whether it says so in the payload, where another name can take the place of that one.
    pub(crate) is_named_inside: bool,
    /// What the profile itself says of a token that cannot be read, and of one that is presented
    /// again.
    pub(crate) breaks: &'static [&'static str],
    /// A fault its tokens cannot meet.
    pub(crate) unmet: Option<&'static str>,
    /// Whether accounts may have public keys.
    pub(crate) has_public_keys: bool,
    /// Whether accounts choose their secrets.
    pub(crate) has_chosen_secrets: bool,
}

/// A token taken apart without any rule.
#[derive(Clone)]
pub(crate) struct Loose<'a> {
    /// What was signed, as it was sent.
    pub(crate) input: &'a str,
    /// The header's members.
    pub(crate) header: Map<String, Value>,
    /// The payload's text.
    pub(crate) payload: String,
    /// The signature, base64url.
    pub(crate) signature: String,
}

impl<'a> Loose<'a> {
    /// Its segments as they stand.
    pub(crate) fn read(token: &'a str) -> Option<Self> {
        Self::of(token, |header| object(&decoded(header)?), decoded)
    }

    /// Its segments repaired before they are decoded; nothing where there is nothing to repair.
    pub(crate) fn repaired(token: &'a str, repair: fn(&str) -> String) -> Option<Self> {
        let text = |segment: &str| decoded(&repair(segment));
        let mut loose = Self::of(token, |header| object(&text(header)?), text)?;
        loose.signature = repair(&loose.signature);
        (repair(token) != token).then_some(loose)
    }

    /// Header and payload read from their segments in ways of one's own.
    pub(crate) fn of(
        token: &'a str,
        header: impl Fn(&str) -> Option<Map<String, Value>>,
        payload: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        // Whatever stands between the first dot and the last.
        let (input, signature) = token.rsplit_once('.')?;
        let (first, second) = input.split_once('.')?;
        Some(Self {
            input,
            header: header(first)?,
            payload: payload(second)?,
            signature: signature.to_owned(),
        })
    }

    /// Whether the signature is one of this key, by the algorithm the documents call for.
    pub(crate) fn is_signed_by(&self, key: &SigningKey) -> bool {
        holds(key, usual(key), self.input, &self.signature)
    }

    /// The token anew under this key, its header as it was read.
    pub(crate) fn signed(self, key: &SigningKey) -> Option<String> {
        let header = URL_SAFE_NO_PAD.encode(Value::Object(self.header).to_string());
        let input = format!("{header}.{}", URL_SAFE_NO_PAD.encode(&self.payload));
        let signature = signed(key, &input)?;
        Some(format!("{input}.{signature}"))
    }

    /// The same, the algorithm being the one that goes with the key.
    pub(crate) fn renewed(mut self, key: &SigningKey) -> Option<String> {
        self.header.insert("alg".to_owned(), format!("{:?}", usual(key)).into());
        self.signed(key)
    }

    /// The token anew, where somebody did sign it.
    pub(crate) fn accepted(self, players: &Players) -> Option<String> {
        let key = keys(players).find(|key| self.is_signed_by(key))?;
        self.signed(key)
    }

    /// The token anew as one of an account that is known, whoever it names.
    pub(crate) fn accepted_as_known(mut self, of: &Tokens, players: &Players) -> Option<String> {
        for (member, role) in of.names {
            self.header.insert((*member).to_owned(), players.get(role)?.id.clone().into());
        }
        self.payload = self.payload.replacen("\"https://www.workato.com/sub\"", "\"unread\"", 1);
        let known = players.get(of.known)?;
        if of.is_named_inside {
            self.payload = self.payload.replacen(&(of.named)(&self)?, &known.id, 1);
        }
        self.renewed(known.key.as_ref()?)
    }
}

/// Who the header says signed a token.
pub(crate) fn kid(loose: &Loose<'_>) -> Option<String> {
    loose.header.get("kid").and_then(Value::as_str).map(str::to_owned)
}

/// The members of a payload that a reader takes who does not care what stands around it.
pub(crate) fn payload(token: Option<&str>) -> Option<Value> {
    serde_json::from_str(&decoded(token?.split('.').nth(1)?)?).ok()
}

/// Every key somebody signs with.
pub(crate) fn keys(players: &Players) -> impl Iterator<Item = &SigningKey> {
    players.iter().filter_map(|(_, player)| player.key.as_ref())
}

/// Whether no account has this id; strangers have none.
pub(crate) fn is_nobody(players: &Players, id: Option<&str>) -> bool {
    let id = id.unwrap_or_default();
    let is_account = |role: &str| !role.ends_with(".unknown") && !role.ends_with(".foreign");
    !players
        .iter()
        .any(|(role, player)| is_account(role) && player.id == id && player.key.is_some())
}

/// The text of a segment.
pub(crate) fn decoded(segment: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(segment).ok()?).ok()
}

/// The members of a JSON object, of each name the first.
pub(crate) fn firsts(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str::<Firsts>(json).ok().map(|Firsts(members)| members)
}

struct Firsts(Map<String, Value>);

impl<'de> Deserialize<'de> for Firsts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(Map::new()))
    }
}

impl<'de> Visitor<'de> for Firsts {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            self.0.entry(name).or_insert(value);
        }
        Ok(self)
    }
}

/// The members of a JSON object, of each name the last.
pub(crate) fn object(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(json).ok()
}
