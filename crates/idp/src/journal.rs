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
    /// A redemption sends the verifier of its own challenge, where there is one; no two logins share one.
    Verifier,
    /// Each authorization request has a challenge, by S256.
    Challenge,
    /// No challenge and no verifier were sent.
    NoPkce,
    /// Each authorization request has a `state`, and not all have the same.
    State,
    /// No two authorization requests have the same `state`, and each has 128 bits or more by its length.
    FreshState,
    /// No authorization request names a client secret or a verifier.
    FrontChannel,
    /// Every call of the token endpoint authenticates this way, and in no other.
    ClientAuth(ClientAuth),
}

impl Seen {
    /// What the provider's journal must show.
    pub fn describe(self) -> String {
        match self {
            Self::Authorized(count) => format!("the provider was asked to authorize {count} times"),
            Self::Redeemed(count) => format!("{count} codes were redeemed at the provider"),
            Self::Refreshed(count) => format!("the provider was asked for {count} refreshes"),
            Self::RedirectUri => "the provider was sent the documented redirect URI".to_owned(),
            Self::Scopes(scopes) => format!("the provider was asked for the scopes `{scopes}`"),
            Self::Verifier => "the PKCE verifier fits the challenge".to_owned(),
            Self::Challenge => "the login has a PKCE challenge".to_owned(),
            Self::NoPkce => "the login has no PKCE".to_owned(),
            Self::State => "the login has a state".to_owned(),
            Self::FreshState => {
                "each login has a state of its own that nobody can guess".to_owned()
            }
            Self::FrontChannel => "nothing secret passes through the browser".to_owned(),
            Self::ClientAuth(auth) => format!("the client proves itself by {auth} alone"),
        }
    }
}

impl Provider {
    /// Whether the journal shows this; where not, what it shows.
    pub fn holds(&self, seen: Seen) -> Result<(), String> {
        match seen {
            Seen::Authorized(times) => {
                often("the authorization page was opened", self.authorized().count(), times)
            }
            Seen::Redeemed(times) => often("a code was redeemed", self.redeemed().count(), times),
            Seen::Refreshed(times) => {
                often("a token was refreshed", self.refreshed().count(), times)
            }
            Seen::RedirectUri => self.names_the_callback(),
            Seen::Scopes(scopes) => self.asks_for(scopes),
            Seen::Verifier => self.verifiers_match(),
            Seen::Challenge => self.challenges(),
            Seen::NoPkce => self.no_pkce(),
            Seen::State => self.has_states(),
            Seen::FreshState => self.states_are_fresh(),
            Seen::FrontChannel => self.nothing_secret_in_front(),
            Seen::ClientAuth(auth) => self.authenticated(auth),
        }
    }

    fn authorized(&self) -> impl Iterator<Item = &Call> {
        self.journal
            .iter()
            .filter_map(|entry| if let Entry::Authorize(call) = entry { Some(call) } else { None })
    }

    fn redeemed(&self) -> impl Iterator<Item = &Call> {
        self.journal
            .iter()
            .filter_map(|entry| if let Entry::Redeem(call) = entry { Some(call) } else { None })
    }

    fn refreshed(&self) -> impl Iterator<Item = &Call> {
        self.journal
            .iter()
            .filter_map(|entry| if let Entry::Refresh(call) = entry { Some(call) } else { None })
    }

    fn names_the_callback(&self) -> Result<(), String> {
        let calls = asked(self.authorized())?.into_iter().chain(self.redeemed());
        for call in calls {
            let sent = call.get("redirect_uri").unwrap_or("none");
            if sent != self.callback {
                return Err(format!(
                    "expected the redirect URI {}, observed {sent}",
                    self.callback
                ));
            }
        }
        Ok(())
    }

    fn asks_for(&self, scopes: &str) -> Result<(), String> {
        let last =
            asked(self.authorized())?.pop().and_then(|call| call.get("scope")).unwrap_or_default();
        let sorted =
            |scopes: &str| scopes.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
        if sorted(last) == sorted(scopes) {
            return Ok(());
        }
        Err(format!("expected the scopes `{scopes}`, observed `{last}`"))
    }

    /// A redemption belongs to the authorization request whose challenge its verifier makes. Whether PKCE is used
    /// at all is another question.
    fn verifiers_match(&self) -> Result<(), String> {
        let challenges: Vec<_> = asked(self.authorized())?
            .iter()
            .filter_map(|call| call.get("code_challenge"))
            .collect();
        let mut verifiers = BTreeSet::new();
        for call in asked(self.redeemed())? {
            match call.get("code_verifier") {
                Some(verifier) if !verifiers.insert(verifier) => {
                    return Err("two logins have the same code_verifier".to_owned());
                }
                Some(verifier)
                    if !challenges.is_empty()
                        && !challenges.contains(&challenge_of(verifier).as_str()) =>
                {
                    return Err("a code_verifier matches no code_challenge".to_owned());
                }
                None if !challenges.is_empty() => {
                    return Err("a redemption has no code_verifier".to_owned());
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn challenges(&self) -> Result<(), String> {
        for call in asked(self.authorized())? {
            match (call.get("code_challenge"), call.get("code_challenge_method")) {
                (Some(_), Some("S256")) => {}
                (Some(_), other) => {
                    let method = other.unwrap_or("none");
                    return Err(format!(
                        "expected the code_challenge_method S256, observed {method}"
                    ));
                }
                (None, _) => {
                    return Err("an authorization request has no code_challenge".to_owned());
                }
            }
        }
        Ok(())
    }

    fn no_pkce(&self) -> Result<(), String> {
        let speaks =
            |call: &&Call| call.get("code_challenge").or(call.get("code_verifier")).is_some();
        match asked(self.authorized())?.into_iter().chain(self.redeemed()).find(speaks) {
            Some(_) => Err("PKCE was used although it is switched off".to_owned()),
            None => Ok(()),
        }
    }

    fn states(&self) -> Result<Vec<&str>, String> {
        let state = |call: &'_ Call| call.get("state").is_some_and(|state| !state.is_empty());
        let calls = asked(self.authorized())?;
        match calls.iter().all(|call| state(call)) {
            true => Ok(calls.into_iter().filter_map(|call| call.get("state")).collect()),
            false => Err("an authorization request has no state".to_owned()),
        }
    }

    /// One browser may be recognized by what it has throughout its session (RFC 6749 section 10.12), two may not.
    fn has_states(&self) -> Result<(), String> {
        let states = self.states()?;
        let distinct: BTreeSet<_> = states.iter().collect();
        if states.len() > 1 && distinct.len() == 1 {
            return Err(format!(
                "{} authorization requests have one and the same state",
                states.len()
            ));
        }
        Ok(())
    }

    fn states_are_fresh(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for state in self.states()? {
            if state.len() < STATE_CHARACTERS {
                return Err(format!(
                    "a state has {} characters, fewer than 128 bits take",
                    state.len()
                ));
            }
            if !seen.insert(state) {
                return Err("two authorization requests have the same state".to_owned());
            }
        }
        Ok(())
    }

    fn nothing_secret_in_front(&self) -> Result<(), String> {
        let secret = |call: &&Call| {
            ["client_secret", "code_verifier"].into_iter().find(|name| call.get(name).is_some())
        };
        match asked(self.authorized())?.iter().find_map(secret) {
            Some(name) => {
                Err(format!("an authorization request names the {name}, which no browser may see"))
            }
            None => Ok(()),
        }
    }

    fn authenticated(&self, auth: ClientAuth) -> Result<(), String> {
        for call in asked(self.redeemed())?.into_iter().chain(self.refreshed()) {
            let seen = call.authenticates();
            if seen != [auth] {
                let seen = seen.iter().map(ToString::to_string).collect::<Vec<_>>();
                let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(" and ") };
                return Err(format!(
                    "expected client authentication by {auth} alone, observed {seen}"
                ));
            }
        }
        Ok(())
    }
}

/// 128 bits take as many printable characters at least.
const STATE_CHARACTERS: usize = 20;

/// What is said of every call says nothing where there is none.
fn asked<'c>(calls: impl Iterator<Item = &'c Call>) -> Result<Vec<&'c Call>, String> {
    let calls: Vec<_> = calls.collect();
    if calls.is_empty() { Err("the provider was not asked".to_owned()) } else { Ok(calls) }
}

fn often(what: &str, seen: usize, times: usize) -> Result<(), String> {
    if seen == times {
        Ok(())
    } else {
        Err(format!("expected that {what} {times} times, observed {seen}"))
    }
}
