//! Subject tokens: JWTs with issuer, viewer, content and expiry, which callers see as opaque.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::SecretString;

use super::facts::ExchangeFacts;
use super::steps::{Checked, Given};
use super::{Entropy, Policy, State, Violation};
use crate::claims::{self, demands_extension, seconds};
use crate::list::refuse_if;

/// Issues the token a viewer's request brings to content.
pub(super) fn issue(
    state: &State,
    viewer: &str,
    content: &str,
    policy: &Policy,
    now: i64,
    entropy: &Entropy,
) -> Option<SecretString> {
    let header = serde_json::json!({ "alg": "HS256", "typ": "JWT" });
    let payload = serde_json::json!({
        "iss": state.address,
        "sub": viewer,
        "content": content,
        "iat": now,
        "exp": now.saturating_add(policy.subject_life),
        "jti": entropy.uuid("subject token"),
    });
    let segment = |part: &serde_json::Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let input = format!("{}.{}", segment(&header), segment(&payload));
    let signature = state.key.sign(input.as_bytes())?;
    Some(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)).into())
}

type Facts<'a> = ExchangeFacts<'a>;
pub(super) fn subject_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.token.is_none(), Violation::SubjectMissing)
}

pub(super) fn subject_readable(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(matches!(facts.token, Some(Err(_))), Violation::SubjectUnreadable)
}

pub(super) fn subject_extension(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(demands_extension(&facts.token), Violation::SubjectExtension)
}

pub(super) fn subject_algorithm(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let is_own = facts.header("alg").as_text() == Some(facts.key.alg());
    refuse_if(facts.is_readable() && !is_own, Violation::SubjectAlgorithm)
}

pub(super) fn subject_signature(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    claims::signature(&facts.token, Some(facts.key), given.engine, Violation::SubjectSignature)
}

pub(super) fn subject_issuer(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let is_own = facts.payload("iss").as_text() == Some(facts.issuer);
    refuse_if(facts.is_readable() && !is_own, Violation::SubjectIssuer)
}

pub(super) fn subject_expiry(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let timeless = seconds(&facts.payload("exp")).is_none();
    refuse_if(facts.is_readable() && timeless, Violation::SubjectTimeless)
}

/// The last second does not count, RFC 7519 section 4.1.4.
pub(super) fn subject_fresh(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let expired = seconds(&facts.payload("exp")).is_some_and(|exp| exp <= facts.now);
    refuse_if(expired, Violation::SubjectExpired)
}

pub(super) fn subject_viewer(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.viewer.is_none(), Violation::SubjectUnknown)
}

pub(super) fn subject_content(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.content.is_none(), Violation::SubjectContent)
}
