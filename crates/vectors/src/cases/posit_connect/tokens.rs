//! Tokens with the key to verify them by: access tokens at a resource, subject tokens at Connect.
//!
//! No server is asked for these. They are for whoever writes the resource, or a Connect of their
//! own, and for JWT libraries.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{AnyDirectory, ExposeSecret, SecretString, Seed, SigningKey, pool, public};
use claimproof_catalog::Profile;

use super::subject_token::rejected;
use crate::FROZEN_NOW;
use crate::expect::Expect;
use crate::flow::Alteration;
use crate::sign::{Alg, SignError, encoded, hmac};

/// A token, the key its verifier has, and what must come of it.
#[derive(Clone, Debug)]
pub struct TokenCase {
    /// `posit-connect/code/token-what-is-wrong`, never reused.
    pub id: String,
    /// The case in one sentence.
    pub title: &'static str,
    /// Requirements and rules it judges.
    pub requirements: &'static [&'static str],
    /// What the verifier verifies with.
    pub key: VerifyingKey,
    /// The compact form.
    pub token: String,
    /// What must come of it.
    pub expect: Expect,
}

/// What a verifier holds.
#[derive(Clone, Debug)]
pub enum VerifyingKey {
    /// RS256, as SPKI PEM.
    Public(String),
    /// HS256, as the bytes of this text.
    Secret(String),
}

/// Every token, those of the resource first.
pub fn cases() -> Result<Vec<TokenCase>, SignError> {
    Ok([access_tokens()?, subject_tokens()?].concat())
}

const HEADER: &str = r#"{"alg":"RS256","kid":"resource-1","nonce":"n-1","typ":"JWT"}"#;

fn signed(key: &SigningKey, header: &str, payload: &str) -> Result<String, SignError> {
    let input = input(header, payload);
    Ok(format!("{input}.{}", encoded(key, Alg::Rs256, input.as_bytes())?))
}

fn access_tokens() -> Result<Vec<TokenCase>, SignError> {
    let (own, other) =
        (SigningKey::from(pool(Seed::PUBLIC, 0)), SigningKey::from(pool(Seed::PUBLIC, 1)));
    let audience = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
    let issuer = "https://login.claimproof.example";
    let until = FROZEN_NOW + 3600;
    let payload =
        format!(r#"{{"iss":"{issuer}","aud":"{audience}","sub":"viewer","exp":{until}}}"#);
    let good = signed(&own, HEADER, &payload)?;
    let another = signed(&other, HEADER, &payload)?;
    let stranger = signed(&other, &HEADER.replace("resource-1", "other-1"), &payload)?;
    // The nonce is hashed before signing and travels as it is: only its issuer's own service can tell.
    let hashed = signed(&own, &HEADER.replace("n-1", &crate::sign::sha256(b"n-1")), &payload)?;
    let (_, rest) = hashed.split_once('.').unwrap_or_default();
    let nonced = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(HEADER));
    let altered = |how: Alteration| how.apply(&good);
    let mismatch = |slug: &str, title, token| {
        access_token(slug, title, token, Expect::refuse(&["signature-mismatch"]))
    };
    Ok(cases! {
        access_token:
            "accepted", "A token whose signature matches": good.clone(), Expect::ACCEPT;
            "unsigned", "A token that says it is not signed":
                altered(Alteration::Unsigned), Expect::REFUSE;
            "public-key-as-secret", "An HMAC keyed with the public key":
                confused(&payload)?, Expect::REFUSE;
        mismatch:
            "payload-altered", "Another subject under the old signature":
                altered(Alteration::PayloadAltered);
            "nonce-hashed", "A nonce that was hashed before signing, as in tokens of Graph": nonced;
            "another-key", "Signed by another key under the right kid": another;
            "another-kid", "Signed by another key under its own kid": stranger;
            "signature-altered", "One character of the signature altered":
                altered(Alteration::SignatureAltered);
    })
}

fn confused(payload: &str) -> Result<String, SignError> {
    let input = input(&HEADER.replace("RS256", "HS256"), payload);
    let signature = hmac(pool(Seed::PUBLIC, 0).public.as_bytes(), input.as_bytes())?;
    Ok(format!("{input}.{signature}"))
}

fn access_token(slug: &str, title: &'static str, token: String, expect: Expect) -> TokenCase {
    TokenCase {
        id: format!("posit-connect/signature-mismatch/token-{slug}"),
        title,
        requirements: &["PCO-AZ-04"],
        key: VerifyingKey::Public(pool(Seed::PUBLIC, 0).public.to_owned()),
        token,
        expect,
    }
}

/// Subject tokens of a server that signs them by HMAC, as the reference does.
fn subject_tokens() -> Result<Vec<TokenCase>, SignError> {
    let AnyDirectory::PositConnect(directory) = public(Profile::PositConnect).directory else {
        return Ok(Vec::new());
    };
    let secret: SecretString = directory.token_secret;
    let key = SigningKey::Secret(secret.clone());
    let expiring = |exp: &str| -> Result<String, SignError> {
        let payload =
            format!(r#"{{"iss":"https://connect.claimproof.example","sub":"viewer"{exp}}}"#);
        let input = input(r#"{"alg":"HS256","typ":"JWT"}"#, &payload);
        Ok(format!("{input}.{}", encoded(&key, Alg::Hs256, input.as_bytes())?))
    };
    let at = |seconds: i64| expiring(&format!(r#","exp":{}"#, FROZEN_NOW + seconds));
    let one = |slug: &str, title, requirements, token: String, expect| TokenCase {
        id: format!("posit-connect/215/token-{slug}"),
        title,
        requirements,
        key: VerifyingKey::Secret(secret.expose_secret().to_owned()),
        token,
        expect,
    };
    let (aged, forged): (&[&str], &[&str]) =
        (&["PCO-ST-01", "PCO-ST-04"], &["PCO-ST-03", "PCO-AZ-04"]);
    let good = at(300)?;
    Ok(cases! { one:
        "accepted", "A subject token of five more minutes": aged, good.clone(), Expect::ACCEPT;
        "last-second", "A subject token in its last second": aged, at(1)?, Expect::ACCEPT;
        "expiring-now", "A subject token at the instant of its expiry":
            aged, at(0)?, super::EXPIRED;
        "expired", "A subject token that expired a second ago": aged, at(-1)?, super::EXPIRED;
        "without-expiry", "A subject token without expiry":
            &["PCO-ST-05"], expiring("")?, Expect::REFUSE;
        "payload-altered", "A subject token of another subject":
            forged, Alteration::PayloadAltered.apply(&good), rejected();
        "signature-altered", "A subject token with its signature altered":
            forged, Alteration::SignatureAltered.apply(&good), rejected();
        "unsigned", "A subject token that is not signed":
            forged, Alteration::Unsigned.apply(&good), rejected();
        "another-secret", "A subject token signed by another secret":
            forged, Alteration::ForeignKey.apply(&good), rejected();
    })
}

fn input(header: &str, payload: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}
