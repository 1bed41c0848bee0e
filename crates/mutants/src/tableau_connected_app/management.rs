//! Changes by management that do not reach the tokens, or reach them late.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use claimproof_cast::{Cast, SigningKey};
use claimproof_server::reply::Reply;
use claimproof_server::{Bytes, Front, Parts, ReplyEdit};
use claimproof_verifier::refuse_if;
use claimproof_verifier::tableau_connected_app::{Endpoint, Violation};

use super::{App, PROFILE};
use crate::edit::replace;
use crate::fronts::{token, told};
use crate::loose::Loose;
use crate::mutant::{Mutant, Planted, edited};

const DELETED: &[&str] = &["TCA-127-id", "TCA-10085-kid"];
const MADE: &[&str] = &["TCA-127-id", "TCA-127-value"];
const SWITCHED_OFF: &[&str] = &["TCA-10090-disabled", "TCA-126-enabled"];
/// No case waits so long.
const FOREVER: Duration = Duration::from_secs(3600);
/// Where REST sign-in is.
const REST: &str = "/auth/signin";

pub(super) fn mutants() -> Vec<Mutant> {
    [deleted(), unheard_of()].concat()
}

mutants! {
    fn deleted in PROFILE, Planted::Front;

    "deleted-secret-signs", "A secret that was deleted goes on signing", DELETED =>
        |cast| outliving(cast, "", FOREVER);
    "deleted-secret-signs-on-rest", "On REST a secret that was deleted goes on signing", DELETED =>
        |cast| outliving(cast, REST, FOREVER);
    "deleted-secret-signs-7-s", "A secret that was deleted signs for another seven seconds",
        DELETED => |cast| outliving(cast, "", Duration::from_secs(7));
    "deleted-secret-signs-400-ms", "A secret that was deleted signs for another 400 ms",
        ["CPX-at-once"] => |cast| outliving(cast, "", Duration::from_millis(400));
}

mutants! {
    fn unheard_of in PROFILE, edited::<App>;

    strict "made-secret-ignored", "A secret that was made verifies nothing", MADE =>
        |app| {
            replace(app, "secret_known", |facts, _| {
                // Those of the cast are UUIDs.
                let known = facts.secret.is_some_and(|secret| secret.id.contains('-'));
                refuse_if(facts.app.is_some() && !known, Violation::SecretUnknown)
            })
        };
    "app-switch-ignored-on-rest", "On REST an app that was switched off is served", SWITCHED_OFF =>
        |app| {
            replace(app, "app_enabled", |facts, _| {
                let rest = facts.request.endpoint == Endpoint::Rest;
                refuse_if(
                    !(rest || facts.app.is_none_or(|app| app.enabled)),
                    Violation::AppDisabled,
                )
            })
        };
}

/// A secret that was made: its key, and when it was deleted.
struct Made {
    key: SigningKey,
    deleted: Option<Instant>,
}

type Secrets = Arc<Mutex<BTreeMap<String, Made>>>;

/// Secrets that sign for a while after they were deleted, wherever the path ends so. A token of one is handed on under
/// the app's own secret.
fn outliving(cast: &Cast, path: &'static str, lasts: Duration) -> Front {
    let (secrets, own) = (Secrets::default(), cast.players.get("secret.of-managed").cloned());
    Arc::new(move |parts, body| {
        if parts.uri.path().contains("/secrets") {
            return noted(parts, &secrets);
        }
        let token = token(&told(parts, body)).filter(|_| parts.uri.path().ends_with(path))?;
        let mut loose = Loose::read(&token)?;
        let known = secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.get(loose.header.get("kid")?.as_str()?)?;
        let signs = made.deleted.is_some_and(|when| when.elapsed() < lasts)
            && loose.is_signed_by(&made.key);
        let own = own.as_ref().filter(|_| signs)?;
        loose.header.insert("kid".to_owned(), own.id.clone().into());
        put(parts, body, &token, &loose.signed(own.key.as_ref()?)?);
        None
    })
}

/// What is made is read from the answer, what is deleted from the request.
fn noted(parts: &Parts, secrets: &Secrets) -> Option<ReplyEdit> {
    let id = parts.uri.path().rsplit('/').next()?;
    if let Some(made) = secrets.lock().unwrap_or_else(PoisonError::into_inner).get_mut(id) {
        made.deleted = Some(Instant::now());
        return None;
    }
    let secrets = Arc::clone(secrets);
    Some(Arc::new(move |reply: Reply| {
        let value = |name: &str| {
            reply.body.split_once(&format!(" {name}=\""))?.1.split('"').next().map(str::to_owned)
        };
        if let (Some(id), Some(value)) = (value("id"), value("value")) {
            let made = Made { key: SigningKey::Secret(value.into()), deleted: None };
            secrets.lock().unwrap_or_else(PoisonError::into_inner).insert(id, made);
        }
        reply
    }))
}

/// Another token in the place of one, in the address or in the body.
fn put(parts: &mut Parts, body: &mut Bytes, token: &str, other: &str) {
    if let Ok(uri) = parts.uri.to_string().replace(token, other).parse() {
        parts.uri = uri;
    }
    *body = String::from_utf8_lossy(body).replace(token, other).into();
}
