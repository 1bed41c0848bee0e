//! What a provider grants: codes at the authorization page, tokens at the token endpoint.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::{Awkward, Call, Differs, Personality, Provider, Refresh, Registered, Secrets};

/// What it has issued, with what each stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    codes: BTreeMap<String, Code>,
    /// Refresh token to scopes.
    refresh: BTreeMap<String, String>,
    /// Access token to scopes.
    pub(super) access: BTreeMap<String, String>,
    /// The code and the refresh token issued last, which a conforming client sends.
    pub(super) due: Due,
    count: usize,
}

/// What was issued last of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Due {
    pub(super) code: String,
    pub(super) refresh: String,
}

#[derive(Clone, Debug)]
struct Code {
    redirect_uri: String,
    challenge: Option<String>,
    scope: String,
}

/// What a page of the provider names, since no redirect can be trusted.
#[derive(Clone, Copy, Debug)]
pub(super) enum PageFault<'a> {
    UnknownClient,
    NothingRegistered,
    NotRegistered(&'a str),
}

/// Why no code is issued.
#[derive(Debug)]
pub(super) enum NoCode<'a> {
    /// A page says so; the browser stays there.
    Shown(PageFault<'a>),
    /// The callback is told: error and description.
    Told(&'static str, &'static str),
}

/// Why the token endpoint refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    UnknownClient,
    WrongSecret,
    ExpiredSecret,
    GrantEnded,
    /// It holds what the authorization request named.
    OtherRedirectUri(String),
    Verifier,
    UnsupportedGrant,
    Malformed,
}

/// What the token endpoint issues.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: RefreshMember,
    pub(super) expires_in: Option<u32>,
    pub(super) scope: String,
}

/// The `refresh_token` member of an answer.
#[derive(Debug)]
pub(super) enum RefreshMember {
    Absent,
    Null,
    Text(String),
}

impl Provider {
    /// The redirect URI that is registered, if one is.
    fn registered(&self) -> Option<String> {
        match self.knobs.registered {
            Registered::Nothing => None,
            Registered::Callback => Some(self.callback.clone()),
            Registered::Other(differs) => Some(other(&self.callback, differs)),
        }
    }

    pub(super) fn grant_code<'c>(&mut self, call: &'c Call) -> Result<String, NoCode<'c>> {
        if call.get("client_id") != Some(&self.client_id()) {
            return Err(NoCode::Shown(PageFault::UnknownClient));
        }
        let sent = call.get("redirect_uri").unwrap_or_default();
        match self.registered() {
            None => return Err(NoCode::Shown(PageFault::NothingRegistered)),
            Some(registered) if registered != sent => {
                return Err(NoCode::Shown(PageFault::NotRegistered(sent)));
            }
            Some(_) => self.examine(call)?,
        }
        let code = Code {
            redirect_uri: sent.to_owned(),
            challenge: call.get("code_challenge").map(str::to_owned),
            scope: call.get("scope").unwrap_or_default().to_owned(),
        };
        let text = self.fresh("code");
        let text = self.spelled(text, Awkward::Codes);
        self.issued.push(text.clone());
        self.codes.push(text.clone());
        self.memory.due.code.clone_from(&text);
        self.memory.codes.insert(text.clone(), code);
        Ok(text)
    }

    /// What is told on the redirect, once the redirect URI is known to be the client's.
    fn examine(&self, call: &Call) -> Result<(), NoCode<'static>> {
        if call.repeats() {
            return Err(NoCode::Told("invalid_request", "A parameter stands twice."));
        }
        if call.get("response_type") != Some("code") {
            return Err(NoCode::Told("unsupported_response_type", "Only code is supported."));
        }
        if call.get("code_challenge").is_some() && call.get("code_challenge_method") != Some("S256")
        {
            return Err(NoCode::Told("invalid_request", "Only S256 is supported."));
        }
        let scopes = call.get("scope").unwrap_or_default();
        if self.knobs.personality == Personality::Snowflake
            && scopes.split(' ').any(|one| one == "offline_access")
        {
            return Err(NoCode::Told("invalid_scope", "The requested scope is invalid."));
        }
        Ok(())
    }

    pub(super) fn grant_tokens(&mut self, call: &Call) -> Result<Tokens, Refusal> {
        if call.repeats() {
            return Err(Refusal::Malformed);
        }
        self.authenticate(call)?;
        match call.get("grant_type") {
            Some("authorization_code") => self.redeem(call),
            Some("refresh_token") => self.refresh(call),
            Some(_) => Err(Refusal::UnsupportedGrant),
            None => Err(Refusal::Malformed),
        }
    }

    fn authenticate(&self, call: &Call) -> Result<(), Refusal> {
        let (client, secret) = call.credentials();
        if client.as_deref() != Some(&self.client_id()) {
            return Err(Refusal::UnknownClient);
        }
        let named = |which| secret.as_deref() == Some(&self.secret_named(which));
        match self.knobs.secrets {
            Secrets::First if named("first") => Ok(()),
            Secrets::FirstExpired if named("first") => Err(Refusal::ExpiredSecret),
            Secrets::FirstExpired | Secrets::Replaced if named("second") => Ok(()),
            Secrets::First | Secrets::FirstExpired | Secrets::Replaced => Err(Refusal::WrongSecret),
        }
    }

    fn redeem(&mut self, call: &Call) -> Result<Tokens, Refusal> {
        // A code counts once, whatever comes of it.
        let code = call
            .get("code")
            .and_then(|code| self.memory.codes.remove(code))
            .ok_or(Refusal::GrantEnded)?;
        if call.get("redirect_uri") != Some(&code.redirect_uri) {
            return Err(Refusal::OtherRedirectUri(code.redirect_uri));
        }
        let fits = |challenge: &String| {
            call.get("code_verifier").map(challenge_of).as_ref() == Some(challenge)
        };
        if !code.challenge.as_ref().is_none_or(fits) {
            return Err(Refusal::Verifier);
        }
        let refresh = match self.knobs.refresh {
            Refresh::Always => RefreshMember::Text(self.refresh_token(&code.scope)),
            Refresh::WithScope(wanted) if code.scope.split(' ').any(|one| one == wanted) => {
                RefreshMember::Text(self.refresh_token(&code.scope))
            }
            Refresh::WithScope(_) | Refresh::Never => RefreshMember::Absent,
            Refresh::Null => RefreshMember::Null,
            Refresh::Empty => RefreshMember::Text(String::new()),
        };
        Ok(self.tokens(code.scope, refresh))
    }

    fn refresh(&mut self, call: &Call) -> Result<Tokens, Refusal> {
        let old = call.get("refresh_token").unwrap_or_default();
        let scope = self.memory.refresh.get(old).cloned().ok_or(Refusal::GrantEnded)?;
        let refresh = if self.knobs.rotates {
            self.memory.refresh.remove(old);
            RefreshMember::Text(self.refresh_token(&scope))
        } else {
            RefreshMember::Absent
        };
        Ok(self.tokens(scope, refresh))
    }

    fn tokens(&mut self, scope: String, refresh: RefreshMember) -> Tokens {
        let access = self.fresh("access");
        self.memory.access.insert(access.clone(), scope.clone());
        Tokens { access, refresh, expires_in: self.knobs.expires_in, scope }
    }

    fn refresh_token(&mut self, scope: &str) -> String {
        let token = self.fresh("refresh");
        let token = self.spelled(token, Awkward::RefreshTokens);
        self.issued.push(token.clone());
        self.memory.due.refresh.clone_from(&token);
        self.memory.refresh.insert(token.clone(), scope.to_owned());
        token
    }

    /// A string nobody was given yet, with the prefix the personality gives its kind.
    fn fresh(&mut self, kind: &str) -> String {
        self.memory.count += 1;
        let prefix = match (self.knobs.personality, kind) {
            (Personality::GithubOauthApp, "access") => "gho_",
            (Personality::GithubApp, "access") => "ghu_",
            (Personality::GithubApp, "refresh") => "ghr_",
            _ => "",
        };
        format!("{prefix}{}", &self.digest(&format!("{kind} {}", self.memory.count))[..40])
    }
}

/// The S256 challenge of a verifier.
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn other(callback: &str, differs: Differs) -> String {
    let (scheme, rest) = callback.split_once("://").unwrap_or(("http", callback));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    match differs {
        Differs::Slash => format!("{callback}/"),
        Differs::Case => {
            format!("{scheme}://{authority}/{}", path.replace("/callback", "/Callback"))
        }
        Differs::Scheme => format!("{}://{rest}", if scheme == "https" { "http" } else { "https" }),
        Differs::Port => {
            let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
            let port = if authority.ends_with(":8443") { 8444 } else { 8443 };
            format!("{scheme}://{host}:{port}/{path}")
        }
        Differs::Path => format!("{scheme}://{authority}/oauth/elsewhere"),
    }
}
