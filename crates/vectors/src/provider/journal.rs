//! What a provider remembers of its calls, and what they must show.

use std::collections::BTreeSet;

use super::grants::challenge_of;
use super::{Call, ClientAuth, Provider};

/// What a provider was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The authorization page was opened.
    Authorize(Call),
    /// A code was redeemed, or tried to be.
    Redeem(Call),
    /// A token was refreshed, or tried to be.
    Refresh(Call),
    /// Something else was asked of the token endpoint.
    Other(Call),
}

/// What a journal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The authorization page was opened so often.
    Authorized(usize),
    /// Codes were redeemed, or tried to be, so often.
    Redeemed(usize),
    /// Tokens were refreshed, or tried to be, so often.
    Refreshed(usize),
    /// Every authorization request and redemption names the documented callback.
    RedirectUri,
    /// The last authorization request asks for these scopes, in any order.
    Scopes(&'static str),
    /// Each redemption's verifier matches the challenge of its authorization request, by S256.
    Pkce,
    /// No challenge and no verifier were sent.
    NoPkce,
    /// Each authorization request has a `state` of its own, of 128 bits or more by its length.
    State,
    /// Every call of the token endpoint authenticates this way, and in no other.
    ClientAuth(ClientAuth),
}

impl Provider {
    /// Whether the journal shows this; where not, what it shows.
    pub fn holds(&self, seen: Seen) -> Result<(), String> {
        match seen {
            Seen::Authorized(times) => often("the authorization page was opened", self.authorized().count(), times),
            Seen::Redeemed(times) => often("a code was redeemed", self.redeemed().count(), times),
            Seen::Refreshed(times) => often("a token was refreshed", self.refreshed().count(), times),
            Seen::RedirectUri => self.names_the_callback(),
            Seen::Scopes(scopes) => self.asks_for(scopes),
            Seen::Pkce => self.verifiers_match(),
            Seen::NoPkce => self.no_pkce(),
            Seen::State => self.states_are_their_own(),
            Seen::ClientAuth(auth) => self.authenticated(auth),
        }
    }

    fn authorized(&self) -> impl Iterator<Item = &Call> {
        self.journal.iter().filter_map(|entry| if let Entry::Authorize(call) = entry { Some(call) } else { None })
    }

    fn redeemed(&self) -> impl Iterator<Item = &Call> {
        self.journal.iter().filter_map(|entry| if let Entry::Redeem(call) = entry { Some(call) } else { None })
    }

    fn refreshed(&self) -> impl Iterator<Item = &Call> {
        self.journal.iter().filter_map(|entry| if let Entry::Refresh(call) = entry { Some(call) } else { None })
    }

    fn names_the_callback(&self) -> Result<(), String> {
        let calls = asked(self.authorized())?.into_iter().chain(self.redeemed());
        for call in calls {
            let sent = call.get("redirect_uri").unwrap_or("none");
            if sent != self.callback {
                return Err(format!("expected the redirect URI {}, observed {sent}", self.callback));
            }
        }
        Ok(())
    }

    fn asks_for(&self, scopes: &str) -> Result<(), String> {
        let last = asked(self.authorized())?.pop().and_then(|call| call.get("scope")).unwrap_or_default();
        let sorted = |scopes: &str| scopes.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
        if sorted(last) == sorted(scopes) {
            return Ok(());
        }
        Err(format!("expected the scopes `{scopes}`, observed `{last}`"))
    }

    /// A redemption belongs to the authorization request whose challenge its verifier makes.
    fn verifiers_match(&self) -> Result<(), String> {
        let challenges: Vec<_> = self.authorized().filter_map(|call| call.get("code_challenge")).collect();
        if challenges.len() != asked(self.authorized())?.len() {
            return Err("an authorization request has no code_challenge".to_owned());
        }
        if self.authorized().any(|call| call.get("code_challenge_method") != Some("S256")) {
            return Err("an authorization request has another code_challenge_method than S256".to_owned());
        }
        for call in asked(self.redeemed())? {
            let verifier = call.get("code_verifier").ok_or("a redemption has no code_verifier")?;
            if !challenges.contains(&challenge_of(verifier).as_str()) {
                return Err("a code_verifier matches no code_challenge".to_owned());
            }
        }
        Ok(())
    }

    fn no_pkce(&self) -> Result<(), String> {
        let speaks = |call: &&Call| call.get("code_challenge").or(call.get("code_verifier")).is_some();
        match asked(self.authorized())?.into_iter().chain(self.redeemed()).find(speaks) {
            Some(_) => Err("PKCE was used although it is switched off".to_owned()),
            None => Ok(()),
        }
    }

    fn states_are_their_own(&self) -> Result<(), String> {
        let mut states = BTreeSet::new();
        for call in asked(self.authorized())? {
            let state = call.get("state").ok_or("an authorization request has no state")?;
            if state.len() < STATE_CHARACTERS {
                return Err(format!("a state has {} characters, fewer than 128 bits take", state.len()));
            }
            if !states.insert(state) {
                return Err("two authorization requests have the same state".to_owned());
            }
        }
        Ok(())
    }

    fn authenticated(&self, auth: ClientAuth) -> Result<(), String> {
        for call in asked(self.redeemed())?.into_iter().chain(self.refreshed()) {
            let seen = call.authenticates();
            if seen != [auth] {
                return Err(format!("expected client authentication by {auth:?} alone, observed {seen:?}"));
            }
        }
        Ok(())
    }
}

/// 128 bits in base64url.
const STATE_CHARACTERS: usize = 22;

/// What is said of every call says nothing where there is none.
fn asked<'c>(calls: impl Iterator<Item = &'c Call>) -> Result<Vec<&'c Call>, String> {
    let calls: Vec<_> = calls.collect();
    if calls.is_empty() { Err("the provider was not asked".to_owned()) } else { Ok(calls) }
}

fn often(what: &str, seen: usize, times: usize) -> Result<(), String> {
    if seen == times { Ok(()) } else { Err(format!("expected that {what} {times} times, observed {seen}")) }
}
