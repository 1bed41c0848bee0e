//! Management calls, as the target file says they are made.

use std::collections::BTreeSet;
use std::time::Instant;

use claimproof_cast::{MADE_SECRET, MANAGEMENT, Player, SigningKey};
use claimproof_suite::{Held, NoVerdict, Observation, Outcome, Text, Undo};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::{Case, Change, Edit, Forge, Ledger, Manage, Presentation, cases};

use super::HttpSubject;
use crate::clock;
use crate::target::{
    CodeFrom, Fields, ManagementSession, Method, Rendered, Response, carries, code, every_group,
    first_group, render,
};

/// Where what names no site is done: the site of the plain token.
const PLAIN_SITE: &str = "site.ok";

impl HttpSubject {
    pub(super) async fn manage(
        &self,
        held: &mut Held,
        call: &Manage,
        back: Option<&Manage>,
    ) -> Result<Observation, NoVerdict> {
        let mut fields = self.arguments(call)?;
        let method = self.client.method(call.method())?;
        if let Some(made) = held.made.last() {
            fields.insert("made".to_owned(), made.clone());
        }
        self.signed_in_for(call.method(), held, &mut fields).await?;
        carries(method, &fields)
            .map_err(|fault| NoVerdict::Unsendable(fault.to_string().into()))?;
        let mut request = render(method, &fields)?;
        self.client.at(&mut request, held.now).await?;
        let begun = match back {
            Some(back) => Some(self.begun(held, back, &fields).await?),
            None => None,
        };
        let response = self.client.ask_target(&request, None).await;
        if let (Err(NoVerdict::Busy(_)), Some(change)) = (&response, &begun) {
            self.client.changes.end(change);
        }
        let response = response?;
        let seen = self.managed(method, &request, &response);
        match (&seen.outcome, &begun) {
            (Outcome::Accepted, _) => {
                self.client.changes.called(call.method(), &fields);
                if call.method() == ManageMethod::DeleteSecret {
                    held.made.pop();
                }
                self.made(held, method, &response, begun.as_deref())?;
            }
            (Outcome::Refused(_), Some(change)) => self.client.changes.end(change),
            _ => {}
        }
        Ok(seen)
    }

    /// Writes down what a call is about to change, by what sets it back; the change's name.
    async fn begun(
        &self,
        held: &Held,
        back: &Manage,
        fields: &Fields,
    ) -> Result<String, NoVerdict> {
        let given = self.arguments(back)?;
        if let (Manage::DeleteSecret { .. }, Some(app)) = (back, given.get("app")) {
            let before = self.secrets_before(held, app, fields).await?;
            return self.client.changes.begin_secret(app, before);
        }
        let change = Undo::by_call(back.method().name(), given);
        self.client.changes.begin(change.clone())?;
        Ok(change.name)
    }

    /// The secrets an app had when the run made its first one, where the target lists them.
    async fn secrets_before(
        &self,
        held: &Held,
        app: &str,
        fields: &Fields,
    ) -> Result<Option<BTreeSet<String>>, NoVerdict> {
        let (changes, target) = (&self.client.changes, &self.client.target);
        let Some(list) = target.managing(ManageMethod::Secrets) else { return Ok(None) };
        if let Some(known) = changes.secrets_before(app) {
            return Ok(Some(known));
        }
        let mut request = render(list, fields)?;
        self.client.at(&mut request, held.now).await?;
        let response = self.client.ask_target(&request, None).await?;
        // The app of some cases is nobody's.
        if !(200..300).contains(&response.status) {
            return Ok(None);
        }
        let ids = every_group(list.made.as_deref().unwrap_or_default(), &response.body);
        changes.had(app, ids.clone());
        Ok(Some(ids))
    }

    /// What the answer says was made; a secret plays its role from now on.
    fn made(
        &self,
        held: &mut Held,
        method: &Method,
        response: &Response,
        begun: Option<&str>,
    ) -> Result<(), NoVerdict> {
        let read = |pattern: &Option<String>| first_group(pattern.as_ref()?, &response.body);
        let made = read(&method.made);
        held.made.extend(made.clone());
        if let (Some(name), Some(id)) = (begun, &made) {
            self.client.changes.found(name, id)?;
        }
        if method.value.is_none() {
            return Ok(());
        }
        let (Some(id), Some(value)) = (made, read(&method.value).filter(|value| !value.is_empty()))
        else {
            let what = "where `made` and `value` of [manage.create-secret] look, the answer shows no secret";
            return Err(NoVerdict::Lost(format!("{what} (status {})", response.status).into()));
        };
        self.client.hide(&value);
        let mut players = self.client.players.clone();
        players.cast(MADE_SECRET, Player { id, key: Some(SigningKey::Secret(value.into())) });
        held.players = Some(players);
        Ok(())
    }

    /// Where a management method shows a code: where it says, or as any surface does.
    fn codes_of<'t>(&'t self, method: &'t Method) -> Vec<&'t CodeFrom> {
        match &method.code {
            Some(own) => own.iter().collect(),
            None => self.client.target.surfaces.iter().flat_map(|surface| &surface.code).collect(),
        }
    }

    /// Any 2xx accepts and any 4xx refuses, unless the method says otherwise.
    pub(super) fn of_management(&self, method: &Method, response: &Response) -> Outcome {
        let (status, code) =
            (response.status, code(&self.client.target, &self.codes_of(method), response));
        let accepts = method
            .accept
            .as_ref()
            .map_or((200..300).contains(&status), |accept| accept.holds(response));
        let refuses = method
            .refuse
            .as_ref()
            .map_or((400..500).contains(&status), |refuse| refuse.holds(response));
        match (accepts, refuses) {
            (true, false) => Outcome::Accepted,
            (false, true) => Outcome::Refused(code.map(Text::from)),
            (true, true) => {
                Outcome::Neither(format!("status {status} fits both `accept` and `refuse`").into())
            }
            (false, false) => Outcome::Neither(format!("status {status}").into()),
        }
    }

    fn managed(&self, method: &Method, request: &Rendered, response: &Response) -> Observation {
        let outcome = self.of_management(method, response);
        let mut seen = Observation::of(outcome);
        // What a method makes it may hand out.
        if seen.outcome != Outcome::Accepted {
            seen.breaches = self.client.watched(&seen.outcome, None, response, Some(""));
        }
        seen.status = Some(response.status);
        seen.opaque = self.codes_of(method).is_empty();
        // What a management method made may be a secret.
        let made = seen.outcome == Outcome::Accepted && !response.body.is_empty();
        let body = if made { "[what was made]".to_owned() } else { response.body.clone() };
        seen.exchange =
            Some(self.client.evidence(request, &Response { body, ..response.clone() }, None));
        seen.outcome = self.client.quotable(seen.outcome, None);
        seen
    }

    /// What the placeholders of a management call stand for. Lists of domains and origins name the
    /// target's own pages.
    pub(super) fn arguments(&self, call: &Manage) -> Result<Fields, NoVerdict> {
        let players = self.client.players.on(Some(PLAIN_SITE));
        let id = |role: &str| Ok::<_, NoVerdict>(players.player(role)?.id.clone());
        let own = |(name, value): (String, String)| {
            let (name, value) = match name.as_str() {
                "app" | "site" | "team" => (name, id(&value)?),
                "domain_safelist" | "allow_list" => ("list".to_owned(), value),
                "up" => {
                    ("state".to_owned(), if value == "true" { "up" } else { "down" }.to_owned())
                }
                _ => (name, value),
            };
            Ok((name, self.client.target.with_own_hosts(&value)))
        };
        call.arguments().into_iter().map(own).collect()
    }

    /// What a call of this method needs of a session, where the target file has one.
    pub(super) async fn signed_in_for(
        &self,
        method: ManageMethod,
        held: &mut Held,
        fields: &mut Fields,
    ) -> Result<(), NoVerdict> {
        match &self.client.target.session {
            Some(session) if method != ManageMethod::Store => {
                self.sign_in(held, session, fields).await
            }
            _ => Ok(()),
        }
    }

    /// A session on the site the call names, signed in once a case.
    async fn sign_in(
        &self,
        held: &mut Held,
        session: &ManagementSession,
        fields: &mut Fields,
    ) -> Result<(), NoVerdict> {
        let site = fields.get("site").cloned();
        fields.extend(session.fields.clone());
        fields.extend(self.of_site(session, site.as_deref()));
        if let Ok(secret) = self.client.secret_of(MANAGEMENT) {
            fields.insert("session".to_owned(), secret);
            return Ok(());
        }
        let read = match held.sessions.remove(&site) {
            Some(read) => read,
            None => self.signed_in(held, session, site.as_deref()).await?,
        };
        fields.extend(read.clone());
        held.sessions.insert(site, read);
        Ok(())
    }

    /// What the target file says of the site.
    pub(super) fn of_site(&self, session: &ManagementSession, site: Option<&str>) -> Fields {
        let is_it = |role: &str| {
            self.client.players.get(role).is_some_and(|player| Some(player.id.as_str()) == site)
        };
        let found = match site {
            Some(_) => session.sites.iter().find(|(role, _)| is_it(role)),
            None => session.sites.get_key_value(PLAIN_SITE),
        };
        found.map(|(_, fields)| fields.clone()).unwrap_or_default()
    }

    /// The plainest accepted token, on the site a management call names.
    pub(super) fn sign_in_with(
        &self,
        held: &Held,
        site: Option<&str>,
    ) -> Result<Presentation, NoVerdict> {
        let accepted = cases::of(self.client.target.profile)
            .iter()
            .find(|case| !case.is_rejected() && case.needs().is_empty());
        let scene = accepted.and_then(Case::single).map(|(scene, _)| scene);
        let scene =
            scene.ok_or_else(|| NoVerdict::Lost("no accepted scene to sign in with".into()))?;
        let run = format!("session {} {:?}", clock::system(), Instant::now());
        let forge = Forge {
            players: &self.client.players,
            now: held.now,
            run: &run,
            case: "management session",
            seed: None,
        };
        let user = self
            .client
            .players
            .get(MANAGEMENT)
            .map(|user| serde_json::Value::from(user.id.as_str()).to_string());
        let changes: Vec<Change> =
            user.map(|json| Change::Claim("sub", Edit::Json(json.into()))).into_iter().collect();
        let minted = forge
            .mint("session", scene, &changes, &Ledger::new())
            .map_err(|error| NoVerdict::Lost(error.to_string().into()))?;
        let mut presentation = minted.presentation;
        presentation.fields.extend(site.map(|site| ("site".to_owned(), site.to_owned())));
        Ok(presentation)
    }

    /// A fresh sign-in, and what later calls need of its answer.
    async fn signed_in(
        &self,
        held: &Held,
        session: &ManagementSession,
        site: Option<&str>,
    ) -> Result<Fields, NoVerdict> {
        let presentation = self.sign_in_with(held, site)?;
        let surface = self.client.surface(session.surface)?;
        let (_, response) = self.exchange(held, surface, &presentation).await?;
        let read = session.read.iter().map(|(name, pattern)| {
            let value = first_group(pattern, &response.body).ok_or_else(|| {
                NoVerdict::Lost(
                    format!(
                        "the management sign-in (status {}) shows no `{name}`",
                        response.status
                    )
                    .into(),
                )
            })?;
            Ok((name.clone(), value))
        });
        read.collect()
    }
}
