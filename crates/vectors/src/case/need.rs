//! What a subject must offer for a case to run, read off its script and its expectations.

use std::collections::BTreeSet;

use claimproof_cast::MADE_SECRET;

use super::{Act, Case, Manage, Turn};
use crate::change::{Change, Edit, RequestEdit};
use crate::expect::{Answer, Expect};
use crate::flow::{Alteration, FormEdit, Look, Move};
use crate::presentation::Surface;

/// What a subject must offer for a case to run. The levels of Connect stand first, so that a level nobody
/// declares is told before what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Connect: the administration of integrations, associations and sessions (level L1).
    Administration,
    /// Connect: viewers whose browser can log in, at providers of ours (level L2).
    Login,
    /// Connect: the exchange of subject tokens (level L0).
    Exchange,
    /// A clock the suite can set, for edges exact to the second and for later instants.
    Clock,
    /// Connect: the internals of subject tokens.
    TokenInternals,
    /// This management method.
    Method(ManageMethod),
    /// The id and the value of a secret that is made, as the answer shows them.
    MadeSecret,
    /// The longest lifetime of a token, as the target states it.
    StatedLifetime,
    /// Tableau: sign-ins at the vendor's own addresses.
    VendorSurfaces,
    /// A raw socket.
    RawSocket,
    /// An endpoint that shows the claims it received.
    Echo,
    /// A SAML session the suite can declare.
    SamlSession,
    /// This surface.
    Surface(Surface),
}

/// Declares the methods of management, a row each: what it does, and its key under `[manage]` of a
/// target file.
macro_rules! methods {
    ($(#[doc = $does:literal] $method:ident = $key:literal,)*) => {
        /// A method of management.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ManageMethod { $(#[doc = $does] $method,)* }

        impl ManageMethod {
            /// All of them.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$method),*];

            /// The key it has under `[manage]` of a target file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$method => $key,)* }
            }
        }
    };
}

methods! {
    /// Adds a secret to an app.
    CreateSecret = "create-secret",
    /// Deletes the secret that was added.
    DeleteSecret = "delete-secret",
    /// Lists the secrets of an app.
    Secrets = "secrets",
    /// Makes an app.
    CreateApp = "create-app",
    /// Switches an app on or off.
    EnableApp = "enable-app",
    /// Sets where a site may be embedded.
    Embedding = "embedding",
    /// Sets the embedding origin of a customer.
    Origin = "origin",
    /// Switches the store of used ids off and on.
    Store = "store",
    /// Makes an integration.
    IntegrationCreate = "integration-create",
    /// Reads an integration.
    IntegrationRead = "integration-read",
    /// Changes an integration.
    IntegrationUpdate = "integration-update",
    /// Deletes an integration.
    IntegrationDelete = "integration-delete",
    /// Associates the integration with content.
    Associate = "associate",
    /// Takes all integrations from content.
    Dissociate = "dissociate",
    /// Lists the integrations of content.
    Associations = "associations",
    /// Lists the sessions of all viewers.
    Sessions = "sessions",
    /// Deletes a session.
    SessionDelete = "session-delete",
    /// Logs a viewer's browser in.
    ViewerLogin = "viewer-login",
    /// Begins a viewer's login at the integration.
    Login = "login",
    /// Opens content.
    Visit = "visit",
    /// Opens content that leads to the login by itself.
    VisitSolo = "visit-solo",
    /// Opens the page of content in the dashboard.
    Dashboard = "dashboard",
    /// Lists all integrations.
    Integrations = "integrations",
}

impl Manage {
    /// The method it calls.
    pub const fn method(&self) -> ManageMethod {
        match self {
            Self::CreateSecret { .. } => ManageMethod::CreateSecret,
            Self::DeleteSecret { .. } => ManageMethod::DeleteSecret,
            Self::CreateApp { .. } => ManageMethod::CreateApp,
            Self::EnableApp { .. } => ManageMethod::EnableApp,
            Self::Embedding { .. } => ManageMethod::Embedding,
            Self::Origin { .. } => ManageMethod::Origin,
            Self::Store { .. } => ManageMethod::Store,
        }
    }
}

impl Case {
    /// What a subject must offer for it to run.
    pub fn needs(&self) -> BTreeSet<Need> {
        let made = self.roles().contains(&MADE_SECRET).then_some(Need::MadeSecret);
        self.script.iter().flat_map(Turn::needs).chain(made).collect()
    }
}

impl Turn {
    fn needs(&self) -> Vec<Need> {
        let mut needs = of_act(&self.act);
        needs.extend(self.exact.then_some(Need::Clock));
        needs.extend(of_expectation(&self.expect));
        needs
    }
}

const fn of_expectation(expect: &Expect) -> Option<Need> {
    match expect {
        Expect::Holds(Answer::Accept { echo: true, .. }) => Some(Need::Echo),
        Expect::Holds(Answer::Refuse(due)) if due.form.is_some() => Some(Need::VendorSurfaces),
        _ => None,
    }
}

fn of_act(act: &Act) -> Vec<Need> {
    match act {
        Act::Raw(_) => vec![Need::RawSocket],
        Act::Manage(call) => vec![Need::Method(call.method())],
        Act::Advance(_) => vec![Need::Clock],
        Act::Move(moved) => of_move(moved),
        Act::Present { scene, changes, .. }
        | Act::KeptAlive { scene, changes, .. }
        | Act::AtOnce { scene, changes, .. } => {
            of_changes(&scene.adjust.iter().chain(changes).collect::<Vec<_>>())
        }
        Act::Again { change, .. } => of_changes(&change.iter().collect::<Vec<_>>()),
    }
}

/// Of the surfaces named the last one counts.
fn of_changes(changes: &[&Change]) -> Vec<Need> {
    let surface = |change: &&Change| match change {
        Change::Request(RequestEdit::Surface(surface)) => Some(Need::Surface(*surface)),
        _ => None,
    };
    let needed = changes.iter().filter_map(|change| of_change(change));
    needed.chain(changes.iter().rev().find_map(surface)).collect()
}

/// How far beyond the documented lifetime some page of the vendor's still allows, in seconds.
const ALLOWED_SOMEWHERE: i64 = 1200;

/// Beyond the documented lifetime, and not beyond every one that a page of the vendor's names, only a stated
/// lifetime tells what is too long.
fn of_change(change: &Change) -> Option<Need> {
    match change {
        Change::Claim(_, Edit::BeyondLimit(1..=ALLOWED_SOMEWHERE)) => Some(Need::StatedLifetime),
        Change::Request(RequestEdit::Field("saml_session", _)) => Some(Need::SamlSession),
        _ => None,
    }
}

fn of_move(moved: &Move) -> Vec<Need> {
    use ManageMethod as M;
    let (level, methods): (Need, &[M]) = match moved {
        Move::Exchange(exchange) if exchange.edits.iter().any(forges) => {
            (Need::TokenInternals, &[])
        }
        Move::Exchange(_) | Move::ExchangeAtOnce { .. } | Move::Given { .. } => {
            (Need::Exchange, &[])
        }
        Move::Visit { solo, .. } => {
            (Need::Exchange, if *solo { &[M::VisitSolo] } else { &[M::Visit] })
        }
        Move::Provider(_) => (Need::Administration, &[]),
        Move::Integrate(_) => (Need::Administration, &[M::IntegrationCreate]),
        Move::Configure(_) => (Need::Administration, &[M::IntegrationUpdate]),
        Move::Associate { with: true, .. } => (Need::Administration, &[M::Associate]),
        Move::Associate { with: false, .. } => (Need::Administration, &[M::Dissociate]),
        Move::DeleteSession { .. } => (Need::Administration, &[M::Sessions, M::SessionDelete]),
        Move::Login { .. } | Move::Callback { .. } => (Need::Login, &[M::ViewerLogin, M::Login]),
        Move::Use { .. } => (Need::Login, &[]),
        Move::Dashboard { .. } => (Need::Method(M::Dashboard), &[]),
        Move::Look(look) => return of_look(look),
    };
    let methods = methods.iter().copied().map(Need::Method);
    [level].into_iter().chain(methods).collect()
}

const fn forges(edit: &FormEdit) -> bool {
    use Alteration::{ForeignKey, PayloadAltered, Unsigned};
    matches!(edit, FormEdit::Subject(PayloadAltered | Unsigned | ForeignKey))
}

fn of_look(look: &Look) -> Vec<Need> {
    let need = match look {
        Look::LaterExpiry(..) => Need::TokenInternals,
        Look::SecretWithheld => Need::Method(ManageMethod::IntegrationRead),
        Look::Sessions(..) => Need::Method(ManageMethod::Sessions),
        Look::Associations(..) => Need::Method(ManageMethod::Associations),
        _ => return Vec::new(),
    };
    vec![need]
}
