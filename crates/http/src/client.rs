//! How anything is sent to a target, and what of it is shown: the target, its players, the wire,
//! its clock and what must reach no report.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use claimproof_cast::{ExposeSecret, Players, SigningKey};
use claimproof_suite::{Capabilities, Held, NoVerdict};
use claimproof_vectors::{ManageMethod, Surface as Name};
use url::Url;

use crate::target::{Fields, Method, SurfaceEntry, Target};
use crate::wire::{TlsFault, Wire};
pub(crate) use changes::Changes;
pub(crate) use evidence::ANY_TOKEN;
use evidence::Secrets;
pub(crate) use moved::ClockLeft;
use moved::Moved;
use time::Clock;
use watch::Watch;

mod busy;
mod changes;
mod evidence;
mod framed;
mod moved;
pub(crate) mod time;
mod watch;

/// What every request to a target goes through.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) target: Target,
    pub(crate) players: Players,
    pub(crate) capabilities: Capabilities,
    pub(crate) wire: Wire,
    /// What of the players must reach no evidence.
    secrets: Secrets,
    /// What must reach no answer.
    watch: Watch,
    clock: Mutex<Clock>,
    /// To when the target's clock was moved, where a request moves it for everybody.
    moved: Moved,
    /// What of it is not set back yet.
    pub(crate) changes: Changes,
    /// How often the target answered with a status that is no signal.
    no_signals: Mutex<BTreeMap<u16, usize>>,
}

/// Why nothing can be sent to a target as its file says.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    /// A secret nobody can look for.
    #[error(transparent)]
    Secret(#[from] regex::Error),
    #[error(transparent)]
    Tls(#[from] TlsFault),
}

impl Client {
    pub(crate) fn new(
        target: Target,
        players: Players,
        base: &Url,
        deadline: Duration,
    ) -> Result<Self, Unusable> {
        Ok(Self {
            capabilities: target.offers(),
            wire: Wire::new(base, deadline, &target)?,
            secrets: Secrets::of(&players)?,
            watch: Watch::of(&players)?,
            clock: Mutex::default(),
            moved: Moved::default(),
            changes: Changes::default(),
            no_signals: Mutex::default(),
            target,
            players,
        })
    }

    /// A surface by its name; without one, the first.
    pub(crate) fn surface(&self, name: Option<Name>) -> Result<&SurfaceEntry, NoVerdict> {
        let found = match name {
            Some(name) => self.target.surfaces.iter().find(|surface| surface.name == name),
            None => self.target.surfaces.first(),
        };
        found.ok_or_else(|| NoVerdict::Lost("the target declares no such surface".into()))
    }

    /// A management method of the target file.
    pub(crate) fn method(&self, method: ManageMethod) -> Result<&Method, NoVerdict> {
        self.target.managing(method).ok_or(NoVerdict::Undeclared(method))
    }

    /// The secret a player holds.
    pub(crate) fn secret_of(&self, role: &str) -> Result<String, NoVerdict> {
        match &self.players.player(role)?.key {
            Some(SigningKey::Secret(secret)) => Ok(secret.expose_secret().to_owned()),
            Some(SigningKey::Rsa { .. }) | None => {
                Err(NoVerdict::Unsendable(format!("the player of `{role}` has no secret").into()))
            }
        }
    }

    /// What every request of a case may name.
    pub(crate) fn named(&self, held: &Held) -> Fields {
        let mut fields = self.target.fields.clone();
        if let Some(integration) = &held.flow.integration {
            fields.insert("integration".to_owned(), integration.clone());
        }
        for (name, role) in [("admin_key", "admin"), ("publisher_key", "publisher")] {
            if let Ok(key) = self.secret_of(role) {
                fields.insert(name.to_owned(), key);
            }
        }
        fields
    }

    /// Where a conforming server is called back: the public address, one slash, the documented
    /// path.
    pub(crate) fn callback(&self) -> String {
        let address = self.target.fields.get("address").unwrap_or(&self.target.base_url);
        format!("{}/__oauth__/integrations/callback", address.trim_end_matches('/'))
    }

    /// A secret that the target has made, from now on looked for and shown nowhere.
    pub(crate) fn hide(&self, secret: &str) {
        self.secrets.add(secret);
        self.watch.add(secret);
    }
}
