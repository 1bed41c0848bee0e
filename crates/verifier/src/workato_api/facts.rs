//! What was read: the credentials, the token, and the access profile its first key claim names.

use claimproof_token::{Claim, Compact, Scratch, Sizes};

use super::accounts::{Accounts, ProfileAccount};
use crate::claims::{self, Token};

/// What the `Authorization` headers of a request hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials<'a> {
    /// No header.
    None,
    /// A bearer token.
    Bearer(&'a str),
    /// Another scheme, or no scheme.
    Other,
    /// More than one header.
    Several,
}

impl<'a> Credentials<'a> {
    /// Reads header values; the scheme word counts in any case (RFC 9110 section 11.1).
    pub fn read(values: &[&'a str]) -> Self {
        let value = match values {
            [] => return Self::None,
            [value] => value.trim(),
            [_, _, ..] => return Self::Several,
        };
        match value.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => {
                if token.contains(',') { Self::Several } else { Self::Bearer(token.trim_start()) }
            }
            _ => Self::Other,
        }
    }
}

/// A place in which the API key is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// The namespace claim of the payload.
    Namespace,
    /// `workato_sub` of the payload.
    WorkatoSub,
    /// `kid` of the header.
    Kid,
    /// `sub` of the payload.
    Sub,
}

impl KeyPlace {
    /// The order of document `004_2bb13f580fad3a62.txt`.
    pub const DOCUMENTED: [Self; 4] = [Self::Namespace, Self::WorkatoSub, Self::Kid, Self::Sub];

    fn of<'a>(self, token: &Token<'a>) -> Claim<'a> {
        match self {
            Self::Namespace => claims::payload(token, "https://www.workato.com/sub"),
            Self::WorkatoSub => claims::payload(token, "workato_sub"),
            Self::Kid => claims::header(token, "kid"),
            Self::Sub => claims::payload(token, "sub"),
        }
    }
}

/// Limits and readings.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Longest encoded payload, in characters.
    pub max_payload_chars: usize,
    /// Where the API key is looked for, first to last (WAP-R-claim-order).
    pub places: Vec<KeyPlace>,
    /// Whether blanks and non-strings count as empty (WAP-R-blank-key and its kin).
    pub odd_is_empty: bool,
}

impl Default for Policy {
    fn default() -> Self {
        let places = KeyPlace::DOCUMENTED.to_vec();
        Self { max_payload_chars: 4096, places, odd_is_empty: false }
    }
}

/// What an accepted call gives: its claims, as text for the recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant<'a> {
    /// The payload's JSON text.
    pub claims: &'a str,
}

/// Credentials, token and look-up; absence is a value.
pub struct Facts<'a> {
    /// What the `Authorization` headers hold.
    pub credentials: Credentials<'a>,
    /// Lengths, where there is a bearer token.
    pub sizes: Option<Sizes>,
    /// The token: none, readable, or why not.
    pub token: Token<'a>,
    /// Whether one of the places is not empty.
    pub has_key_claim: bool,
    /// Whose API key the first such place holds.
    pub profile: Option<&'a ProfileAccount>,
    /// Seconds since 1970.
    pub now: i64,
}

impl<'a> Facts<'a> {
    pub(super) fn read(credentials: Credentials<'a>, scratch: &'a mut Scratch, now: i64) -> Self {
        let text = match credentials {
            Credentials::Bearer(text) => Some(text),
            Credentials::None | Credentials::Other | Credentials::Several => None,
        };
        let token = text.map(|text| Compact::parse(text, scratch));
        let measured = claims::readable(&token).map(|token| token.sizes);
        let sizes = measured.or_else(|| text.map(Sizes::of));
        Self { credentials, sizes, token, has_key_claim: false, profile: None, now }
    }

    pub(super) fn look_up(&mut self, accounts: &'a Accounts, policy: &Policy) {
        // The first place that is not empty decides; there is no falling through behind it.
        let first = policy
            .places
            .iter()
            .map(|place| place.of(&self.token))
            .find(|claim| !is_empty(claim, policy));
        self.has_key_claim = first.is_some();
        self.profile =
            first.as_ref().and_then(Claim::as_text).and_then(|api_key| accounts.get(api_key));
    }

    /// A header member; missing where there is no readable token.
    #[inline]
    pub fn header(&self, name: &str) -> Claim<'a> {
        claims::header(&self.token, name)
    }

    /// A payload claim; missing where there is no readable token.
    #[inline]
    pub fn payload(&self, name: &str) -> Claim<'a> {
        claims::payload(&self.token, name)
    }

    /// Whether there is a readable token.
    pub fn is_readable(&self) -> bool {
        claims::readable(&self.token).is_some()
    }
}

/// Absent, null and the empty string are empty; of the odd values the reading decides.
fn is_empty(claim: &Claim<'_>, policy: &Policy) -> bool {
    match claim {
        Claim::Missing | Claim::Null => true,
        Claim::Text(text) => text.is_empty() || (policy.odd_is_empty && text.trim().is_empty()),
        Claim::Bool(_)
        | Claim::Integer(_)
        | Claim::Number(_)
        | Claim::List(_)
        | Claim::Object(_) => policy.odd_is_empty,
    }
}
