//! Subject tokens: JWTs with issuer, viewer, content and expiry, which callers see as opaque.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::SecretString;
use claimproof_token::{Engine as _, Job, Key, OneByOne};

use super::facts::{ExchangeFacts, Exchanging};
use super::steps::{Step, refuse_if};
use super::{Entropy, Policy, State, Violation};
use crate::claims::{demands_extension, readable, seconds};

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
type Verdict = Result<(), Violation>;

/// The part of the exchange's list that is about the token. Each is answered alike.
pub(super) const STEPS: &[Step<Exchanging>] = &[
    Step::<Exchanging>::new("subject_present", &["PCO-ST-03", "PCX-09"], subject_present),
    Step::<Exchanging>::new("subject_readable", &["PCO-ST-03", "PCO-ST-10"], subject_readable),
    Step::<Exchanging>::new("subject_extension", &["RFC7515-4.1.11"], subject_extension),
    Step::<Exchanging>::new("subject_algorithm", &["PCO-AZ-04", "RFC8725-3.1"], subject_algorithm),
    Step::<Exchanging>::new(
        "subject_signature",
        &["PCO-AZ-04", "PCO-ST-03", "RFC8725-3.3"],
        subject_signature,
    ),
    Step::<Exchanging>::new("subject_issuer", &["PCO-ST-03"], subject_issuer),
    Step::<Exchanging>::new("subject_expiry", &["PCO-ST-05"], subject_expiry),
    Step::<Exchanging>::new("subject_fresh", &["PCO-ST-01", "PCO-ST-04"], subject_fresh),
    Step::<Exchanging>::new("subject_viewer", &["PCO-ST-03"], subject_viewer),
    Step::<Exchanging>::new("subject_content", &["PCO-ST-03"], subject_content),
];

fn subject_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.token.is_none(), Violation::SubjectMissing)
}

fn subject_readable(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(matches!(facts.token, Some(Err(_))), Violation::SubjectUnreadable)
}

fn subject_extension(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(demands_extension(&facts.token), Violation::SubjectExtension)
}

fn subject_algorithm(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let is_own = facts.header("alg").as_text() == Some(facts.key.alg());
    refuse_if(facts.is_readable() && !is_own, Violation::SubjectAlgorithm)
}

fn subject_signature(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(token) = readable(&facts.token) else { return Ok(()) };
    let holds = holds(facts.key, token.signing_input.as_bytes(), token.signature);
    refuse_if(!holds, Violation::SubjectSignature)
}

fn holds(key: &Key, input: &[u8], signature: &[u8]) -> bool {
    let mut ok = [false];
    OneByOne.verify(&[Job { key, input, signature }], &mut ok);
    ok[0]
}

fn subject_issuer(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let is_own = facts.payload("iss").as_text() == Some(facts.issuer);
    refuse_if(facts.is_readable() && !is_own, Violation::SubjectIssuer)
}

fn subject_expiry(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let timeless = seconds(&facts.payload("exp")).is_none();
    refuse_if(facts.is_readable() && timeless, Violation::SubjectTimeless)
}

/// The last second does not count, RFC 7519 section 4.1.4.
fn subject_fresh(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let expired = seconds(&facts.payload("exp")).is_some_and(|exp| exp <= facts.now);
    refuse_if(expired, Violation::SubjectExpired)
}

fn subject_viewer(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.viewer.is_none(), Violation::SubjectUnknown)
}

fn subject_content(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.content.is_none(), Violation::SubjectContent)
}
