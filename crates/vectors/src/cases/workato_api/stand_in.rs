//! Cases that need an access profile, whichever: played by the one the target has.

use crate::case::{Act, Case};
use crate::cases::IsPlayed;
use crate::change::{Change, Edit};
use crate::scene::Scene;
use crate::sign::Signature;

/// Profiles whose part another one can take.
const FREE: [&str; 2] = ["profile.hmac", "profile.other"];

/// Profiles that can take it, the likeliest first.
const STAND_INS: [&str; 5] =
    ["profile.hmac", "profile.other", "profile.rsa", "profile.certificate", "profile.pkcs1"];

/// The case with other profiles in the place of those nobody plays.
pub(super) fn stand_in(case: &Case, is_played: IsPlayed<'_>) -> Option<Case> {
    let roles = case.roles();
    let missing: Vec<&str> =
        FREE.into_iter().filter(|role| roles.contains(role) && !is_played(role)).collect();
    if missing.is_empty() || is_about_its_signature(case) {
        return None;
    }
    let mut case = case.clone();
    let mut taken = roles;
    for role in missing {
        let other =
            STAND_INS.into_iter().find(|other| is_played(other) && !taken.contains(other))?;
        taken.push(other);
        if is_plain_elsewhere(&case, other) {
            return None;
        }
        case.recast(role, other, slots(other));
        case.control = case.control.map(|control| control_under(&control, role, other));
        case.title = format!("{} (played by {other})", case.title);
    }
    Some(case)
}

/// Whether it signs otherwise than its profile does, or writes the profile's algorithm down, which another method
/// would make another case.
fn is_about_its_signature(case: &Case) -> bool {
    let own = |signature: &Signature| {
        matches!(signature, Signature::Empty | Signature::Altered(..) | Signature::OverDecoded)
    };
    let foreign = |change: &Change| match change {
        Change::Alg(_, signature) | Change::Sign(signature) => !own(signature),
        Change::Header(_, Edit::Json(json)) => json.contains("HS256"),
        _ => false,
    };
    case.script.iter().any(|turn| match &turn.act {
        Act::Present { scene, changes, .. } => scene.adjust.iter().chain(changes).any(foreign),
        _ => false,
    })
}

/// Whether it is a plain scene of which the stand-in has one of its own.
fn is_plain_elsewhere(case: &Case, role: &str) -> bool {
    let plain = |(scene, changes): (&Scene, &[Change])| {
        changes.is_empty() && counterpart(scene.name, role).is_some()
    };
    case.single().is_some_and(plain)
}

/// The control, as the stand-in plays it.
fn control_under(control: &str, role: &str, other: &str) -> String {
    let own = control.rsplit_once('/').filter(|_| role == "profile.hmac");
    let renamed =
        own.and_then(|(start, scene)| Some(format!("{start}/{}", counterpart(scene, other)?)));
    renamed.unwrap_or_else(|| control.to_owned())
}

/// The scene that differs from one of the HMAC profile in who plays it, and in nothing else.
fn counterpart(scene: &str, role: &str) -> Option<&'static str> {
    Some(match (scene, role) {
        ("hmac-kid", "profile.other") => "other-profile",
        ("hmac-kid", "profile.rsa") => "rsa-kid",
        ("hmac-kid", "profile.certificate") => "certificate-kid",
        ("hmac-kid", "profile.pkcs1") => "pkcs1-kid",
        ("hmac-namespace", "profile.rsa") => "rsa-namespace",
        ("hmac-namespace", "profile.certificate") => "auth0",
        ("hmac-workato-sub", "profile.rsa") => "rsa-workato-sub",
        ("hmac-sub", "profile.rsa") => "rsa-sub",
        _ => return None,
    })
}

const fn slots(role: &str) -> &'static [(&'static str, &'static str)] {
    match role.as_bytes() {
        b"profile.hmac" => &[("profile", "profile.hmac")],
        b"profile.other" => &[("profile", "profile.other")],
        b"profile.rsa" => &[("profile", "profile.rsa")],
        b"profile.certificate" => &[("profile", "profile.certificate")],
        _ => &[("profile", "profile.pkcs1")],
    }
}
