//! The page of the target that direct links lead to, as a role: cases alter its form and nothing
//! else.

use claimproof_cast::{Player, Players};
use url::Url;

use crate::target::Target;

/// `path` is the page as the target file has it, `page` the same as an https URL: behind the host that serves
/// the target where its own form is site-relative.
pub(super) fn play(target: &Target, base: &Url, players: &mut Players) {
    let Some(path) = target.fields.get("path") else { return };
    let host = &base[url::Position::BeforeHost..url::Position::AfterPort];
    let page = if path.starts_with('/') { format!("https://{host}{path}") } else { path.clone() };
    for (role, id) in [("path", path.clone()), ("page", page)] {
        players.cast(role, Player { id, key: None });
    }
}
