//! Moves of the parties around a Connect server that would be made.

use claimproof_suite::{Held, NoVerdict};
use claimproof_vectors::Act;
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{
    Alteration, Content, Exchange, FormEdit, Integration, Look, Move, Setting,
};

use super::{Consequence, Rehearsal};
use crate::connect::administration::{entries, settings};
use crate::connect::exchange::exchange_request;
use crate::target::{Fields, render};

pub(super) type Done = Result<(), NoVerdict>;

impl Rehearsal<'_> {
    pub(super) fn act(&self, held: &mut Held, moved: &Move) -> Done {
        let about = Act::Move(moved.clone()).describe();
        match moved {
            Move::Provider(_) => Ok(()),
            Move::Given { role, keep } => {
                self.subject.client.secret_of(role)?;
                self.keep(held, keep);
                Ok(())
            }
            Move::Integrate(integration) => self.integrate(held, integration, &about),
            Move::Configure(setting) => self.configure(held, *setting, &about),
            Move::Associate { content, with } => self.associate(held, *content, *with, &about),
            Move::DeleteSession { .. } => self.delete_session(held, &about),
            Move::Login { viewer } => {
                self.begin_login(held, viewer, &about)?;
                self.follow(held, viewer)
            }
            Move::Callback { begins, returns, forged } => {
                self.call_back(held, begins, returns, *forged, &about)
            }
            Move::Visit { viewer, content, solo, keep } => {
                self.visit(held, viewer, *content, *solo, &about)?;
                self.keep(held, keep);
                Ok(())
            }
            Move::Dashboard { viewer, content } => {
                self.page(held, ManageMethod::Dashboard, viewer, *content, &about)?;
                self.follow(held, viewer)
            }
            Move::Exchange(exchange) => self.exchange(held, exchange, 1, &about),
            Move::ExchangeAtOnce { subject, times } => {
                let plain = Exchange { subject, edits: Vec::new(), keep: subject };
                self.exchange(held, &plain, *times, &about)
            }
            Move::Use { access } => {
                let bearer = format!("Bearer {}", self.mark(format!("access token: {access}")));
                let headers = vec![("authorization".to_owned(), bearer)];
                self.ask_provider("resource", headers, &about);
                Ok(())
            }
            Move::Look(look) => self.look(held, look, &about),
        }
    }

    fn keep(&self, held: &mut Held, name: &'static str) {
        held.flow.subjects.insert(name, self.mark(format!("subject token: {name}")));
    }

    /// What every request of a case may name, keys by their names.
    pub(super) fn fields(&self, held: &Held) -> Fields {
        let mut fields = self.subject.client.named(held);
        for (name, role) in [("admin_key", "admin"), ("publisher_key", "publisher")] {
            fields
                .entry(name.to_owned())
                .and_modify(|key| *key = self.mark(format!("API key of {role}")));
        }
        fields
    }

    pub(super) fn administer(
        &self,
        held: &Held,
        name: ManageMethod,
        more: Fields,
        about: &str,
        effect: Option<Consequence>,
    ) -> Done {
        let method = self.subject.client.method(name)?;
        let mut fields = self.fields(held);
        fields.extend(more);
        let mut request = render(method, &fields)?;
        self.at(&mut request, held);
        self.write(about, &request, 1, effect);
        Ok(())
    }

    fn integrate(&self, held: &mut Held, integration: &Integration, about: &str) -> Done {
        let tag = self.mark("tag of the case");
        let provider = format!("http://127.0.0.1:{}/{tag}", self.mark("port of the suite"));
        let mut fields = settings(integration);
        fields.extend(entries([
            ("name", format!("claimproof {tag}")),
            ("authorization_uri", format!("{provider}/authorize")),
            ("token_uri", format!("{provider}/token")),
            ("client_id", self.mark("client ID")),
            ("client_secret", self.mark("client secret")),
        ]));
        let created =
            Consequence::Creates("an integration named `claimproof {tag of the case}`".to_owned());
        self.administer(held, ManageMethod::IntegrationCreate, fields, about, Some(created))?;
        held.flow.integration = Some(self.mark("integration"));
        Ok(())
    }

    fn configure(&self, held: &Held, setting: Setting, about: &str) -> Done {
        let field = match setting {
            Setting::Scopes(scopes) => ("scopes", scopes.to_owned()),
            Setting::Secret(_) => ("client_secret", self.mark("client secret")),
        };
        let changed = Consequence::Changes("the integration the case made".to_owned());
        self.administer(
            held,
            ManageMethod::IntegrationUpdate,
            entries([field]),
            about,
            Some(changed),
        )
    }

    fn delete_session(&self, held: &Held, about: &str) -> Done {
        self.administer(held, ManageMethod::Sessions, Fields::new(), about, None)?;
        let fields = entries([("session", self.mark("session"))]);
        let deleted = Consequence::Deletes(
            "a viewer's session with the integration the case made".to_owned(),
        );
        self.administer(held, ManageMethod::SessionDelete, fields, about, Some(deleted))
    }

    fn associate(&self, held: &mut Held, content: Content, with: bool, about: &str) -> Done {
        let content = self.lent(held, content)?;
        let name = if with { ManageMethod::Associate } else { ManageMethod::Dissociate };
        self.administer(held, name, entries([("content", content)]), about, Some(associations()))
    }

    /// Contents for this case alone, with nothing associated when they are lent.
    pub(super) fn lent(&self, held: &mut Held, content: Content) -> Result<String, NoVerdict> {
        if held.flow.contents.is_empty() && self.subject.contents.is_possible() {
            held.flow.contents = vec![self.mark("content"), self.mark("other content")];
            self.dissociate(held, "contents are lent to the case without associations");
        }
        let lent = held.flow.content(content).map(str::to_owned);
        lent.ok_or_else(|| {
            NoVerdict::Unsendable("nobody plays the roles `content.1` and `content.2`".into())
        })
    }

    /// A method that is missing is missed by the case itself.
    fn dissociate(&self, held: &Held, about: &str) {
        for content in &held.flow.contents {
            let fields = entries([("content", content.clone())]);
            let _ = self.administer(
                held,
                ManageMethod::Dissociate,
                fields,
                about,
                Some(associations()),
            );
        }
    }

    pub(super) fn take_down(&self, held: &mut Held) {
        if held.flow.integration.is_some() {
            self.dissociate(held, "what the case made is taken down");
            let deleted = Consequence::Deletes(
                "an integration named `claimproof {tag of the case}`".to_owned(),
            );
            let about = "what the case made is taken down";
            let _ = self.administer(
                held,
                ManageMethod::IntegrationDelete,
                Fields::new(),
                about,
                Some(deleted),
            );
        }
        held.flow.contents.clear();
    }

    fn exchange(&self, held: &Held, exchange: &Exchange, times: usize, about: &str) -> Done {
        let surface = self.subject.client.surface(Some(claimproof_vectors::Surface::Exchange))?;
        let mut fields = self.fields(held);
        let own = held.flow.subjects.get(exchange.subject).cloned();
        let own = own.unwrap_or_else(|| self.mark(format!("subject token: {}", exchange.subject)));
        fields.insert("subject_token".to_owned(), own);
        for edit in &exchange.edits {
            self.alter(&mut fields, exchange.subject, edit)?;
        }
        let mut request = exchange_request(&surface.request, &fields, &exchange.edits)?;
        self.at(&mut request, held);
        self.write(about, &request, times, None);
        Ok(())
    }

    /// What an edit makes of caller and subject token, by name.
    fn alter(&self, fields: &mut Fields, subject: &str, edit: &FormEdit) -> Done {
        let mut set = |name: &str, value: String| drop(fields.insert(name.to_owned(), value));
        match edit {
            FormEdit::Caller(Some(role)) => {
                self.subject.client.secret_of(role)?;
                set("publisher_key", self.mark(format!("API key of {role}")));
            }
            FormEdit::Caller(None) => drop(fields.remove("publisher_key")),
            FormEdit::Key(_) => set("publisher_key", self.mark("API key of publisher, altered")),
            FormEdit::Scheme(scheme) => set("scheme", (*scheme).to_owned()),
            FormEdit::Subject(Alteration::Text(text)) => set("subject_token", (*text).to_owned()),
            FormEdit::Subject(_) => {
                set("subject_token", self.mark(format!("subject token: {subject}, altered")))
            }
            _ => {}
        }
        Ok(())
    }

    fn look(&self, held: &mut Held, look: &Look, about: &str) -> Done {
        match look {
            Look::SecretWithheld => {
                self.administer(held, ManageMethod::IntegrationRead, Fields::new(), about, None)?;
                match self.subject.client.target.managing(ManageMethod::Integrations).is_some() {
                    true => self.administer(
                        held,
                        ManageMethod::Integrations,
                        Fields::new(),
                        about,
                        None,
                    ),
                    false => Ok(()),
                }
            }
            Look::Sessions(..) => {
                self.administer(held, ManageMethod::Sessions, Fields::new(), about, None)
            }
            Look::Associations(content, _) => {
                let content = self.lent(held, *content)?;
                self.administer(
                    held,
                    ManageMethod::Associations,
                    entries([("content", content)]),
                    about,
                    None,
                )
            }
            _ => Ok(()),
        }
    }
}

/// Other integrations of the content are taken from it too.
fn associations() -> Consequence {
    Consequence::Changes(
        "the integrations of two contents at a time, of all that are played".to_owned(),
    )
}
