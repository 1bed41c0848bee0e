//! Acts in words, for whoever reads a report.

use super::{Act, Manage};
use crate::change::Change;

impl Act {
    /// What is done.
    pub fn describe(&self) -> String {
        match self {
            Self::Present { token, changes, .. } => {
                format!("token `{token}` is presented{}", with(changes))
            }
            Self::KeptAlive { token, changes, .. } => {
                format!("token `{token}` is presented on the one connection{}", with(changes))
            }
            Self::Again { token, change } => {
                format!(
                    "token `{token}` is presented again{}",
                    with(&change.iter().cloned().collect::<Vec<_>>())
                )
            }
            Self::AtOnce { token, changes, times: 1, rounds, .. } => {
                format!(
                    "{rounds} tokens like `{token}` are presented one after the other{}",
                    with(changes)
                )
            }
            Self::AtOnce { token, changes, times, rounds, .. } => {
                let with = with(changes);
                format!(
                    "token `{token}` is presented {times} times at the same moment, in each of {rounds} rounds{with}"
                )
            }
            Self::Raw(_) => "bytes that are no HTTP request are sent".to_owned(),
            Self::Manage(call) => call.describe(),
            Self::Advance(seconds) => format!("{seconds} s pass"),
            Self::Move(moved) => moved.describe(),
        }
    }
}

fn with(changes: &[Change]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    format!(", {}", changes.iter().map(Change::describe).collect::<Vec<_>>().join(", "))
}

impl Manage {
    /// The call with its arguments.
    pub fn describe(&self) -> String {
        match self {
            Self::CreateSecret { app } => format!("a secret is added to {app}"),
            Self::DeleteSecret { app } => format!("the secret added last to {app} is deleted"),
            Self::CreateApp { domain_safelist } => {
                format!("an app is made with the allowlist `{domain_safelist}`")
            }
            Self::EnableApp { app, enabled: true } => format!("{app} is switched on"),
            Self::EnableApp { app, enabled: false } => format!("{app} is switched off"),
            Self::Embedding { site, unrestricted: true, .. } => {
                format!("{site} may be embedded anywhere")
            }
            Self::Embedding { site, allow_list, .. } => {
                format!("{site} may be embedded by `{allow_list}`")
            }
            Self::Origin { team, origin } => {
                format!("the embedding origin of {team} becomes `{origin}`")
            }
            Self::Store { up: true } => "the replay store answers again".to_owned(),
            Self::Store { up: false } => "the replay store is switched off".to_owned(),
        }
    }
}
