//! What is sent to a provider: the authorization request, the redemption, the refresh.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_cast::{ExposeSecret, SecretString};
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::entropy::challenge;
use super::event::TokenRequest;
use super::{ClientAuth, Config};

/// The authorization request, RFC 6749 section 4.1.1; nothing where the page's address is no URL.
pub(super) fn authorization(
    config: &Config,
    callback: &str,
    state: &str,
    verifier: Option<&str>,
) -> Option<String> {
    let mut url = Url::parse(&config.authorization_uri).ok()?;
    let mut query = url.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &config.client_id)
        .append_pair("redirect_uri", callback)
        .append_pair("state", state);
    if !config.scopes.is_empty() {
        query.append_pair("scope", &config.scopes);
    }
    if let Some(verifier) = verifier {
        query
            .append_pair("code_challenge", &challenge(verifier))
            .append_pair("code_challenge_method", "S256");
    }
    drop(query);
    Some(url.into())
}

/// The redemption of a code, RFC 6749 section 4.1.3 and RFC 7636 section 4.5.
pub(super) fn redemption(
    config: &Config,
    callback: &str,
    code: &str,
    verifier: Option<&str>,
) -> TokenRequest {
    let mut form =
        vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback)];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    token_request(config, &form)
}

/// The refresh, RFC 6749 section 6.
pub(super) fn refresh(config: &Config, token: &SecretString) -> TokenRequest {
    token_request(
        config,
        &[("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())],
    )
}

/// A form with the client's proof, RFC 6749 section 2.3.1.
fn token_request(config: &Config, form: &[(&str, &str)]) -> TokenRequest {
    let secret = config.client_secret.as_ref().filter(|_| config.auth == ClientAuth::Basic);
    let authorization = secret.map(|secret| basic(config, secret));
    let mut form = form.to_vec();
    if authorization.is_none() {
        form.push(("client_id", &config.client_id));
        form.extend(
            config.client_secret.as_ref().map(|secret| ("client_secret", secret.expose_secret())),
        );
    }
    TokenRequest {
        url: config.token_uri.clone(),
        authorization: authorization.map(|credentials| format!("Basic {credentials}")),
        form: form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

/// Client ID and a secret as `client_secret_basic` sends them.
pub(super) fn basic(config: &Config, secret: &SecretString) -> String {
    STANDARD.encode(format!("{}:{}", form(&config.client_id), form(secret.expose_secret())))
}

/// A value as a form spells it.
pub(super) fn form(value: &str) -> String {
    byte_serialize(value.as_bytes()).collect()
}
