//! The reference as a subject without a socket, under a clock of its own.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use claimproof_cast::{Cast, ExposeSecret, MADE_SECRET, Player, Players, Seed, SigningKey};
use claimproof_catalog::{Code, Profile};
use claimproof_reference::{AnyReference, CastError, Reference};
use claimproof_suite::{
    Action, Capabilities, Clock, Held, NoVerdict, Observation, Outcome, Subject, Uses,
};
use claimproof_token::Scratch;
use claimproof_vectors::{FROZEN_NOW, Manage, ManageMethod as M, Need, Presentation, Surface};
use claimproof_verifier::tableau_connected_app::{
    self as tableau, AppChange, ManageError, TableauConnectedApp,
};
use claimproof_verifier::workato_api::Credentials;
use claimproof_verifier::workato_direct_link as direct_link;
use claimproof_verifier::{Explained, Rejected, Rules};

/// The reference in process.
pub struct InProcess {
    cast: Cast,
    reference: AnyReference,
    capabilities: Capabilities,
    now: AtomicI64,
}

impl InProcess {
    /// The reference over a cast, at the instant of the golden vectors.
    pub fn new(cast: Cast) -> Result<Self, CastError> {
        let reference = AnyReference::of(&cast)?;
        Ok(Self::over(cast, reference))
    }

    /// Another reference over the same cast, a mutant for instance.
    pub fn over(cast: Cast, reference: AnyReference) -> Self {
        let capabilities = Capabilities {
            clock: Clock::Told,
            settle: Some(Duration::ZERO),
            surfaces: surfaces(cast.profile),
            offered: offered(cast.profile),
        };
        Self { cast, reference, capabilities, now: AtomicI64::new(FROZEN_NOW) }
    }

    fn present(&self, presentation: &Presentation, now: i64) -> Observation {
        match &self.reference {
            AnyReference::WorkatoDirectLink(reference) => {
                observed(reference, direct_link_request(presentation), now, |grant, seen| {
                    seen.framed_by =
                        Some(grant.origin.unwrap_or("https://partner.example").to_owned());
                })
            }
            AnyReference::WorkatoApi(reference) => {
                let own = authorization(presentation);
                let values: Vec<&str> = own.iter().map(String::as_str).collect();
                observed(reference, Credentials::read(&values), now, |grant, seen| {
                    seen.claims = Some(grant.claims.to_owned());
                })
            }
            AnyReference::TableauConnectedApp(reference) => {
                observed(reference, tableau_request(presentation), now, |_, _| {})
            }
            AnyReference::PositConnect(_) => Observation::of(Outcome::Neither(
                "nothing is presented to a Connect server".to_owned(),
            )),
        }
    }

    /// As many threads as uses, which wait for each other.
    fn at_once(&self, presentation: &Presentation, times: usize, now: i64) -> Observation {
        let together = Barrier::new(times);
        let mut uses = Uses::default();
        std::thread::scope(|threads| {
            let one = || {
                together.wait();
                self.present(presentation, now)
            };
            let all: Vec<_> = (0..times).map(|_| threads.spawn(one)).collect();
            for one in all {
                uses.count(
                    &one.join().map_err(|_| NoVerdict::Lost("the reference panicked".to_owned())),
                );
            }
        });
        Observation::of(Outcome::AtOnce(uses))
    }

    fn manage(&self, call: &Manage) -> Result<Observation, NoVerdict> {
        if let Manage::Store { up } = call {
            let switch = self
                .reference
                .store_up()
                .ok_or_else(|| NoVerdict::Lost("no store to switch".to_owned()))?;
            switch.store(*up, Ordering::SeqCst);
            return Ok(Observation::of(Outcome::Accepted));
        }
        match &self.reference {
            AnyReference::WorkatoDirectLink(reference) => set_origin(&self.cast, reference, call),
            AnyReference::TableauConnectedApp(reference) => manage_app(&self.cast, reference, call),
            AnyReference::WorkatoApi(_) | AnyReference::PositConnect(_) => Err(NoVerdict::Lost(
                format!("{} has no such management methods here", self.cast.profile),
            )),
        }
    }
}

/// Which step refused, what it enforces, and the code it answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Name of the step; `replay` for the store; empty where the token could not be read and no
    /// step said so.
    pub step: &'static str,
    /// Requirements and rules the step enforces.
    pub cites: &'static [&'static str],
    /// The documented code.
    pub code: Option<Code>,
    /// What was wrong, in words; empty where nothing that is named was.
    pub words: String,
}

/// What a reference decides on one presentation.
pub fn decide(
    reference: &AnyReference,
    presentation: &Presentation,
    now: i64,
) -> Result<(), Decision> {
    match reference {
        AnyReference::WorkatoDirectLink(reference) => {
            decision(reference, direct_link_request(presentation), now)
        }
        AnyReference::WorkatoApi(reference) => {
            let own = authorization(presentation);
            let values: Vec<&str> = own.iter().map(String::as_str).collect();
            decision(reference, Credentials::read(&values), now)
        }
        AnyReference::TableauConnectedApp(reference) => {
            decision(reference, tableau_request(presentation), now)
        }
        // Nothing is presented to a Connect server: its cases are moves.
        AnyReference::PositConnect(_) => {
            Err(Decision { step: "", cites: &[], code: None, words: String::new() })
        }
    }
}

fn decision<R: Rules>(
    reference: &Reference<R>,
    request: R::Request<'_>,
    now: i64,
) -> Result<(), Decision> {
    let verdict =
        reference.present(&reference.accounts(), request, &mut Scratch::new(), now).map(drop);
    verdict.map_err(|rejected| decided(reference, rejected))
}

fn decided<R: Rules>(reference: &Reference<R>, rejected: Rejected<R::Violation>) -> Decision {
    let step = rejected.step.unwrap_or_default();
    let cites = match reference.verifier.list.names().find(|(name, _)| *name == step) {
        Some((_, cites)) => cites,
        None if step == Reference::<R>::REPLAY => R::SINGLE_USE.map_or(&[][..], |rule| rule.cites),
        None => &[],
    };
    let words = rejected.violation.as_ref().map(|wrong| wrong.words().into_owned());
    let code = rejected.violation.as_ref().and_then(Explained::documented);
    Decision { step, cites, code, words: words.unwrap_or_default() }
}

/// Everything a reference finds wrong with one presentation, in the order of its steps. The store is
/// not asked.
pub fn explain(reference: &AnyReference, presentation: &Presentation, now: i64) -> Vec<Decision> {
    match reference {
        AnyReference::WorkatoDirectLink(reference) => {
            explanation(reference, direct_link_request(presentation), now)
        }
        AnyReference::WorkatoApi(reference) => {
            let own = authorization(presentation);
            let values: Vec<&str> = own.iter().map(String::as_str).collect();
            explanation(reference, Credentials::read(&values), now)
        }
        AnyReference::TableauConnectedApp(reference) => {
            explanation(reference, tableau_request(presentation), now)
        }
        // As above.
        AnyReference::PositConnect(_) => Vec::new(),
    }
}

fn explanation<R: Rules>(
    reference: &Reference<R>,
    request: R::Request<'_>,
    now: i64,
) -> Vec<Decision> {
    let accounts = reference.accounts();
    let mut scratch = Scratch::new();
    let all = reference.verifier.explain(&accounts, request, &mut scratch, now);
    all.into_iter().map(|rejected| decided(reference, rejected)).collect()
}

impl Subject for InProcess {
    fn profile(&self) -> Profile {
        self.cast.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.cast.players
    }

    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn reach(&self, now: i64) {
        self.now.fetch_max(now, Ordering::SeqCst);
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        match action {
            // Without a socket there is no connection to keep a verdict for.
            Action::Present(presentation) | Action::Kept(presentation) => {
                Ok(self.present(presentation, held.now))
            }
            Action::AtOnce(presentation, times) => Ok(self.at_once(presentation, times, held.now)),
            Action::Raw(_) => Err(NoVerdict::Lost("no socket in process".to_owned())),
            Action::Manage(call) => self.manage(call),
            Action::Move(_) => Err(NoVerdict::Lost("Connect's flows need a server".to_owned())),
        }
    }
}

/// Every fixture and method of what is presented; whatever the flows of Connect need is a server's.
fn offered(profile: Profile) -> BTreeSet<Need> {
    let methods: &[M] = match profile {
        Profile::WorkatoDirectLink => &[M::Origin, M::Store],
        Profile::WorkatoApi | Profile::PositConnect => &[M::Store],
        Profile::TableauConnectedApp => {
            &[M::CreateSecret, M::DeleteSecret, M::CreateApp, M::EnableApp, M::Embedding, M::Store]
        }
    };
    let mut offered: BTreeSet<Need> = methods.iter().copied().map(Need::Method).collect();
    offered.extend([Need::Echo, Need::SamlSession]);
    if profile == Profile::TableauConnectedApp {
        offered.extend([Need::MadeSecret, Need::StatedLifetime]);
    }
    offered
}

fn surfaces(profile: Profile) -> Vec<Surface> {
    match profile {
        Profile::WorkatoDirectLink => vec![Surface::DirectLink],
        Profile::WorkatoApi => vec![Surface::Api],
        Profile::TableauConnectedApp => {
            vec![Surface::EmbedXhr, Surface::Rest, Surface::EmbedIframe]
        }
        Profile::PositConnect => vec![],
    }
}

/// What comes of a request; an acceptance shows what else can be seen of its grant.
fn observed<R: Rules>(
    reference: &Reference<R>,
    request: R::Request<'_>,
    now: i64,
    show: impl FnOnce(R::Grant<'_>, &mut Observation),
) -> Observation {
    match reference.present(&reference.accounts(), request, &mut Scratch::new(), now) {
        Ok(grant) => {
            let mut seen = Observation::of(Outcome::Accepted);
            show(grant, &mut seen);
            seen
        }
        Err(rejected) => Observation::of(refused::<R>(&rejected)),
    }
}

fn refused<R: Rules>(rejected: &Rejected<R::Violation>) -> Outcome {
    let code = rejected.violation.as_ref().and_then(Explained::documented);
    Outcome::Refused(code.map(|code| code.as_str().to_owned()))
}

/// A direct link without a path of its own leads to the page every server here serves.
pub(crate) const PAGE: &str = "https://app.claimproof.example/recipes";

fn direct_link_request(presentation: &Presentation) -> direct_link::Request<'_> {
    direct_link::Request {
        accept: presentation.header("accept"),
        requested_with: presentation.header("x-requested-with"),
        path: Some(presentation.field("path").unwrap_or(PAGE)),
        token: presentation.token.as_deref(),
        saml_session: presentation.field("saml_session").is_some(),
    }
}

/// The values of all `Authorization` headers.
fn authorization(presentation: &Presentation) -> Vec<String> {
    let scheme = presentation.field("scheme").unwrap_or("Bearer");
    let own = presentation.token.as_ref().map(|token| format!("{scheme} {token}"));
    let extra = presentation.headers.iter().filter(|header| header.name == "authorization");
    own.into_iter().chain(extra.map(|header| header.value.clone())).collect()
}

fn tableau_request(presentation: &Presentation) -> tableau::Request<'_> {
    let surface = match presentation.surface {
        Some(Surface::Rest) => tableau::Surface::Rest,
        Some(Surface::EmbedIframe) => tableau::Surface::EmbedIframe,
        Some(
            Surface::EmbedXhr
            | Surface::DirectLink
            | Surface::Api
            | Surface::Exchange
            | Surface::Login,
        )
        | None => tableau::Surface::EmbedXhr,
    };
    tableau::Request {
        surface,
        site: presentation.field("site").unwrap_or_default(),
        origin: presentation.header("origin"),
        token: presentation.token.as_deref(),
    }
}

fn id(cast: &Cast, role: &str) -> Result<String, NoVerdict> {
    Ok(cast.players.player(role)?.id.clone())
}

fn set_origin(
    cast: &Cast,
    reference: &Reference<direct_link::WorkatoDirectLink>,
    call: &Manage,
) -> Result<Observation, NoVerdict> {
    let Manage::Origin { team, origin } = call else {
        return Err(NoVerdict::Lost("direct linking has no such management method".to_owned()));
    };
    let done = reference.accounts_mut().set_origin(&id(cast, team)?, Some((*origin).to_owned()));
    Ok(Observation::of(if done.is_some() { Outcome::Accepted } else { Outcome::Refused(None) }))
}

/// The text of a secret.
fn value(player: &Player) -> String {
    match &player.key {
        Some(SigningKey::Secret(secret)) => secret.expose_secret().to_owned(),
        Some(SigningKey::Rsa { .. }) | None => String::new(),
    }
}

fn manage_app(
    cast: &Cast,
    reference: &Reference<TableauConnectedApp>,
    call: &Manage,
) -> Result<Observation, NoVerdict> {
    let made = || cast.players.player(MADE_SECRET);
    let mut accounts = reference.accounts_mut();
    let done = match call {
        Manage::CreateSecret { app } => {
            let made = made()?;
            accounts.create_secret(&id(cast, app)?, made.id.clone(), &value(made))
        }
        Manage::DeleteSecret { app } => accounts.delete_secret(&id(cast, app)?, &made()?.id),
        Manage::CreateApp { domain_safelist } => {
            let change = AppChange {
                enabled: Some(false),
                domain_safelist: Some((*domain_safelist).to_owned()),
            };
            accounts.create_app(Seed::PUBLIC.uuid("made app"), "made".to_owned(), change)
        }
        Manage::EnableApp { app, enabled } => accounts.update_app(
            &id(cast, app)?,
            AppChange { enabled: Some(*enabled), domain_safelist: None },
        ),
        Manage::Embedding { site, unrestricted, allow_list } => {
            accounts.set_site_embedding(&id(cast, site)?, *unrestricted, allow_list)
        }
        Manage::Origin { .. } | Manage::Store { .. } => Err(ManageError::NotFound),
    };
    Ok(Observation::of(match done {
        Ok(()) => Outcome::Accepted,
        Err(ManageError::Refused(violation)) => {
            Outcome::Refused(violation.documented().map(|code| code.as_str().to_owned()))
        }
        Err(ManageError::NotFound | ManageError::BadSecret(_)) => Outcome::Refused(None),
    }))
}
