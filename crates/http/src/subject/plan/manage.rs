//! Management calls that would be made.

use claimproof_cast::{MADE_SECRET, MANAGEMENT, Player, SigningKey};
use claimproof_suite::{Held, NoVerdict};
use claimproof_vectors::Manage;
use claimproof_vectors::ManageMethod;

use super::{Consequence, Rehearsal, lock};
use crate::target::{Fields, ManagementSession, carries, render};

impl Rehearsal<'_> {
    pub(super) fn manage(
        &self,
        held: &mut Held,
        call: &Manage,
        back: Option<&Manage>,
    ) -> Result<(), NoVerdict> {
        let mut fields = self.subject.arguments(call)?;
        let method = self.subject.client.method(call.method())?;
        if let Some(made) = held.made.last() {
            fields.insert("made".to_owned(), made.clone());
        }
        let signs_in = call.method() != ManageMethod::Store;
        if let Some(session) = self.subject.client.target.session.as_ref().filter(|_| signs_in) {
            self.sign_in(held, session, &mut fields)?;
        }
        carries(method, &fields)
            .map_err(|fault| NoVerdict::Unsendable(fault.to_string().into()))?;
        if let Some(Manage::DeleteSecret { app }) = back {
            self.list_secrets(held, app, &fields)?;
        }
        let mut request = render(method, &fields)?;
        self.at(&mut request, held);
        self.write(&call.describe(), &request, 1, Some(self.effect(call)));
        if method.made.is_some() {
            held.made.push(self.mark("made"));
        }
        if method.value.is_some() {
            let mut players = self.subject.client.players.clone();
            let key = SigningKey::Secret("a value that only an answer shows".to_owned().into());
            players.cast(MADE_SECRET, Player { id: self.mark("made"), key: Some(key) });
            held.players = Some(players);
        }
        Ok(())
    }

    /// Once an app, as in a run.
    fn list_secrets(&self, held: &Held, app: &str, fields: &Fields) -> Result<(), NoVerdict> {
        let Some(list) = self.subject.client.target.managing(ManageMethod::Secrets) else {
            return Ok(());
        };
        if lock(&self.listed).insert(app.to_owned()) {
            let mut request = render(list, fields)?;
            self.at(&mut request, held);
            self.write(&format!("the secrets of {app} are listed"), &request, 1, None);
        }
        Ok(())
    }

    /// Once a case and site, as in a run.
    fn sign_in(
        &self,
        held: &mut Held,
        session: &ManagementSession,
        fields: &mut Fields,
    ) -> Result<(), NoVerdict> {
        let site = fields.get("site").cloned();
        fields.extend(session.fields.clone());
        fields.extend(self.subject.of_site(session, site.as_deref()));
        if self.subject.client.secret_of(MANAGEMENT).is_ok() {
            fields.insert("session".to_owned(), self.mark("secret of management"));
            return Ok(());
        }
        if !held.sessions.contains_key(&site) {
            let presentation = self.subject.sign_in_with(held, site.as_deref())?;
            let surface = self.subject.client.surface(session.surface)?;
            self.present_on(
                surface,
                &Held { now: held.now, ..Held::default() },
                &presentation,
                1,
                "management signs in",
            )?;
            let read =
                session.read.keys().map(|name| (name.clone(), self.mark(name.as_str()))).collect();
            held.sessions.insert(site.clone(), read);
        }
        fields.extend(held.sessions.get(&site).cloned().unwrap_or_default());
        Ok(())
    }

    fn effect(&self, call: &Manage) -> Consequence {
        match call {
            Manage::CreateSecret { app } => {
                Consequence::Creates(format!("a secret of {}", self.player(app)))
            }
            Manage::DeleteSecret { app } => {
                Consequence::Deletes(format!("a secret of {}", self.player(app)))
            }
            Manage::CreateApp { .. } => Consequence::Creates("an app".to_owned()),
            Manage::EnableApp { app, .. } => {
                Consequence::Changes(format!("whether {} is enabled", self.player(app)))
            }
            Manage::Embedding { site, .. } => {
                Consequence::Changes(format!("where {} may be embedded", self.player(site)))
            }
            Manage::Origin { team, .. } => {
                Consequence::Changes(format!("the embedding origin of {}", self.player(team)))
            }
            Manage::Store { .. } => {
                Consequence::Changes("whether the store of used ids answers".to_owned())
            }
        }
    }

    /// Role and name.
    fn player(&self, role: &str) -> String {
        let id = self.subject.client.players.get(role).map(|player| player.id.as_str());
        id.map_or_else(|| role.to_owned(), |id| format!("{role} ({id})"))
    }
}
