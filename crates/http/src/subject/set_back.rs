//! What an earlier run changed on the target is set back, as its journal says.

use std::collections::BTreeSet;

use claimproof_suite::{Back, Held, NoVerdict, Outcome, Subject, Undo};
use claimproof_vectors::ManageMethod;
use serde_json::Value;

use super::HttpSubject;
use crate::client::ClockLeft;
use crate::target::{Fields, Rendered, Response, carries, every_group, render};

/// Why a change was not set back.
#[derive(Debug, thiserror::Error)]
pub enum NotSetBack {
    /// The call was not made or not answered.
    #[error(transparent)]
    NoAnswer(#[from] NoVerdict),
    /// It was answered otherwise.
    #[error("[manage.{method}] is answered with status {status}")]
    Refused {
        /// The method.
        method: String,
        /// The status.
        status: u16,
    },
    /// The journal is of another version of this suite.
    #[error("`{0}` is no method of management; was the journal written by another version?")]
    NoMethod(String),
    /// There are several that it may be.
    #[error("it is one of {0}, and nothing says which; delete it by hand")]
    Several(String),
    /// There is no list to find it in.
    #[error("the target file has no [manage.{0}] to find it by; look for it and delete it by hand")]
    Unlisted(&'static str),
    /// The list cannot be read.
    #[error("the answer of [manage.{0}] is no list of JSON objects")]
    NoList(&'static str),
    /// The clock.
    #[error(transparent)]
    Clock(#[from] ClockLeft),
}

impl HttpSubject {
    /// Sets back a change of a journal. What is gone already counts as set back.
    ///
    /// # Errors
    ///
    /// It stays, and somebody has to look after it.
    pub async fn set_back(&self, change: &Undo) -> Result<(), NotSetBack> {
        match &change.back {
            Back::Clock { ahead } => Ok(self.client.put_clock_back(*ahead).await?),
            Back::Call { method, fields } => self.call_back(named(method)?, fields.clone()).await,
            Back::Secret { app, before } => match self.secret(app, before.as_ref()).await? {
                Some(secret) => {
                    let fields = [("app".to_owned(), app.clone()), ("made".to_owned(), secret)];
                    self.call_back(ManageMethod::DeleteSecret, fields.into()).await
                }
                None => Ok(()),
            },
            Back::Integration { name } => {
                for integration in self.integrations(name).await? {
                    let fields = [("integration".to_owned(), integration)];
                    self.call_back(ManageMethod::IntegrationDelete, fields.into()).await?;
                }
                Ok(())
            }
        }
    }

    async fn call_back(&self, name: ManageMethod, fields: Fields) -> Result<(), NotSetBack> {
        let (request, response) = self.call(name, fields).await?;
        let is_gone = request.method == "DELETE" && matches!(response.status, 404 | 410);
        let outcome = self.of_management(self.client.method(name)?, &response);
        if is_gone || outcome == Outcome::Accepted {
            return Ok(());
        }
        Err(NotSetBack::Refused { method: name.name().to_owned(), status: response.status })
    }

    /// Calls a method by its name, signed in as every call of management is.
    async fn call(
        &self,
        name: ManageMethod,
        fields: Fields,
    ) -> Result<(Rendered, Response), NoVerdict> {
        let method = self.client.method(name)?;
        let mut held = Held { now: self.now(), ..Held::default() };
        let mut all = self.client.named(&held);
        all.extend(fields);
        self.signed_in_for(name, &mut held, &mut all).await?;
        carries(method, &all).map_err(|fault| NoVerdict::Unsendable(fault.to_string().into()))?;
        let mut request = render(method, &all)?;
        self.client.at(&mut request, held.now).await?;
        let response = self.client.ask_target(&request, None).await?;
        Ok((request, response))
    }

    /// The secret of an app that was not there before; nothing where there is none.
    async fn secret(
        &self,
        app: &str,
        before: Option<&BTreeSet<String>>,
    ) -> Result<Option<String>, NotSetBack> {
        let unlisted = NotSetBack::Unlisted(ManageMethod::Secrets.name());
        let (Some(before), Some(list)) =
            (before, self.client.target.managing(ManageMethod::Secrets))
        else {
            return Err(unlisted);
        };
        let fields = [("app".to_owned(), app.to_owned())];
        let (_, response) = self.call(ManageMethod::Secrets, fields.into()).await?;
        if !(200..300).contains(&response.status) {
            let method = ManageMethod::Secrets.name().to_owned();
            return Err(NotSetBack::Refused { method, status: response.status });
        }
        let now = every_group(list.made.as_deref().unwrap_or_default(), &response.body);
        let new: Vec<String> = now.difference(before).cloned().collect();
        match new.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            several => Err(NotSetBack::Several(several.join(", "))),
        }
    }

    /// The integrations of this name, by their GUIDs.
    async fn integrations(&self, name: &str) -> Result<Vec<String>, NotSetBack> {
        let list = ManageMethod::Integrations;
        if self.client.target.managing(list).is_none() {
            return Err(NotSetBack::Unlisted(list.name()));
        }
        let (_, response) = self.call(list, Fields::new()).await?;
        let all: Vec<Value> =
            serde_json::from_str(&response.body).map_err(|_| NotSetBack::NoList(list.name()))?;
        let text = |one: &Value, member: &str| one.get(member)?.as_str().map(str::to_owned);
        let own = all.iter().filter(|one| text(one, "name").as_deref() == Some(name));
        Ok(own.filter_map(|one| text(one, "guid")).collect())
    }
}

fn named(method: &str) -> Result<ManageMethod, NotSetBack> {
    let found = ManageMethod::ALL.into_iter().find(|own| own.name() == method);
    found.ok_or_else(|| NotSetBack::NoMethod(method.to_owned()))
}
