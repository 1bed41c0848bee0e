//! The implementation under test, reached in process, over HTTP or over a pipe.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_vectors::flow::Move;
use claimproof_vectors::{Case, Ledger, Manage, Need, Presentation, Surface};

use crate::flow::Flow;
use crate::observation::{NoVerdict, Observation};

/// What a subject offers beyond answering.
#[derive(Clone, Debug, Default)]
pub struct Capabilities {
    /// How it can be another time for it.
    pub clock: Clock,
    /// The documented management methods.
    pub manage: bool,
    /// Id and value of a secret that is made can be read.
    pub made_secret: bool,
    /// How long a change made by management may take to show, where that is stated.
    pub settle: Option<Duration>,
    /// The longest lifetime of a token is stated.
    pub stated_lifetime: bool,
    /// Tableau: its sign-ins are at the vendor's own addresses.
    pub vendor_surfaces: bool,
    /// Bytes that are no HTTP can be sent.
    pub raw_socket: bool,
    /// An endpoint that shows the claims it received.
    pub echo: bool,
    /// The replay store can be switched off.
    pub store_fault: bool,
    /// A SAML session can be declared.
    pub saml_session: bool,
    /// Connect: subject tokens can be had and exchanged (level L0).
    pub exchange: bool,
    /// Connect: integrations, associations and sessions can be administered (level L1).
    pub administration: bool,
    /// Connect: viewers can log in at providers of ours (level L2).
    pub login: bool,
    /// Connect: the page of content in the dashboard can be read.
    pub dashboard: bool,
    /// Connect: subject tokens are JWTs that the suite may open.
    pub token_internals: bool,
    /// Where requests can be sent; cases that name none go to the first.
    pub surfaces: Vec<Surface>,
}

/// How it can be another time for a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It cannot.
    #[default]
    Own,
    /// The suite waits, for at most so many seconds in a case.
    Waits(i64),
    /// Each request says the time.
    Told,
    /// It is moved for everybody.
    Moved,
}

impl Clock {
    /// Whether it stands still until the suite moves it.
    pub const fn is_set(self) -> bool {
        matches!(self, Self::Told | Self::Moved)
    }
}

impl Capabilities {
    /// Why a case that moves the clock cannot be waited for.
    pub(crate) fn impatience(&self, case: &Case) -> Option<String> {
        let Clock::Waits(patience) = self.clock else { return None };
        let seconds = case.advances();
        (seconds > patience).then(|| {
            format!("it takes {seconds} s to wait for, and the patience stated is {patience} s")
        })
    }

    /// Why a need is not met; `None` where it is.
    pub fn lack(&self, need: Need) -> Option<String> {
        let (met, what) = match need {
            Need::Clock => (self.clock != Clock::Own, "a clock the suite can set"),
            Need::Manage => (self.manage, "the documented management methods"),
            Need::MadeSecret => (
                self.made_secret,
                "how a made secret is read (`made` and `value` of [manage.create-secret])",
            ),
            Need::StatedLifetime => (
                self.stated_lifetime,
                "the longest lifetime of its tokens (`limits.longest_lifetime`)",
            ),
            Need::VendorSurfaces => {
                (self.vendor_surfaces, "sign-ins at the vendor's own addresses")
            }
            Need::RawSocket => (self.raw_socket, "a raw socket"),
            Need::Echo => (self.echo, "an endpoint that shows the claims it received"),
            Need::StoreFault => (self.store_fault, "a replay store the suite can switch off"),
            Need::SamlSession => (self.saml_session, "a SAML session the suite can declare"),
            Need::Exchange => {
                (self.exchange, "how subject tokens are had and exchanged (level L0)")
            }
            Need::Administration => (self.administration, "its administration methods (level L1)"),
            Need::Login => (self.login, "how viewers log in (level L2)"),
            Need::TokenInternals => (self.token_internals, "the internals of its subject tokens"),
            Need::Dashboard => {
                (self.dashboard, "the page of content in its dashboard, [manage.dashboard]")
            }
            Need::Surface(surface) => {
                let met = self.surfaces.contains(&surface);
                return (!met).then(|| format!("the target declares no surface `{surface}`"));
            }
        };
        (!met).then(|| format!("the target does not declare {what}"))
    }
}

/// What one case remembers.
#[derive(Debug, Default)]
pub struct Stage {
    /// The tokens minted so far.
    pub ledger: Ledger,
    /// Seconds since 1970, as the case has moved them.
    pub now: i64,
    /// What management calls made, under role names.
    pub made: BTreeMap<String, String>,
    /// Who plays, where a management call made one of them; without it, the subject's players.
    pub players: Option<Players>,
    /// What management calls know of the sessions they signed in to, by site where they name one.
    pub sessions: BTreeMap<Option<String>, BTreeMap<String, String>>,
    /// Distinguishes this playing of the case from every other, of any run.
    pub tag: String,
    /// What a Connect case holds.
    pub flow: Flow,
}

/// One thing to do to a subject.
#[derive(Clone, Copy, Debug)]
pub enum Deed<'a> {
    /// Present a token.
    Present(&'a Presentation),
    /// Present a token on the connection of the deed before of this kind, which is kept open.
    Kept(&'a Presentation),
    /// Present a token so many times at the same moment.
    AtOnce(&'a Presentation, usize),
    /// Send bytes.
    Raw(&'a str),
    /// Call a management method.
    Manage(&'a Manage),
    /// Move a party around a Connect server.
    Move(&'a Move),
}

/// The implementation under test. Independent cases run at once, so it is shared; what belongs to
/// one case is in its [`Stage`].
pub trait Subject: Sync {
    /// The system it implements.
    fn profile(&self) -> Profile;

    /// What it offers.
    fn capabilities(&self) -> &Capabilities;

    /// Who plays on it.
    fn players(&self) -> &Players;

    /// Its present time in seconds since 1970; never goes back, and goes on only by [`Self::reach`] where
    /// the suite can set it.
    fn now(&self) -> i64;

    /// Moves its clock forward to at least this second, where the suite can set it.
    fn reach(&self, now: i64);

    /// How many seconds from [`Self::now`] its clock may be instead; none where it is known.
    fn other_clocks(&self) -> Vec<i64> {
        Vec::new()
    }

    /// Does one thing once, never again by itself.
    fn perform(
        &self,
        stage: &mut Stage,
        deed: Deed<'_>,
    ) -> impl Future<Output = Result<Observation, NoVerdict>> + Send;

    /// Puts back what the case set up or borrowed; called once, whatever came of it.
    fn leave(&self, stage: &mut Stage) -> impl Future<Output = ()> + Send {
        let _ = stage;
        async {}
    }
}
