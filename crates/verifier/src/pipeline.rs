//! A verifier is a value: a policy and an ordered list of steps.

use claimproof_catalog::Profile;
use claimproof_token::{Engine, OneByOne, Scratch};

use crate::{Decision, Given, List, Rejected};

/// What a profile brings: how to read facts, and what a token redeems once all steps have passed.
pub trait Rules: Decision {
    /// The system.
    const PROFILE: Profile;
    /// What a second use answers with.
    const REPLAYED: Self::Violation;
    /// The requirements and rules the replay store enforces; none where there is no such rule.
    const REPLAY_CITES: &'static [&'static str];
    /// What an unavailable replay store answers with.
    const STORE_DOWN: Self::Violation;

    /// Who is known, with keys parsed once.
    type Accounts: Send + Sync;
    /// What the wire said.
    type Request<'a>: Copy;
    /// What an accepted token gives its bearer, as it stands in token, request and accounts.
    type Grant<'a>: Clone + std::fmt::Debug;

    /// The documented code of a violation; `None` where no document names one.
    fn code(violation: &Self::Violation) -> Option<&'static str>;

    /// Takes request and token apart; nobody has been looked up.
    fn read<'a, 'r: 'a>(
        request: Self::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Self::Facts<'a>;

    /// Looks up whom they name, in the facts where they stand; judges nothing.
    fn look_up<'a>(
        facts: &mut Self::Facts<'a>,
        accounts: &'a Self::Accounts,
        policy: &Self::Policy,
    );

    /// Whether the token could be read.
    fn is_readable(facts: &Self::Facts<'_>) -> bool;

    /// What must be single use; `None` where the profile has no such rule.
    fn redemption<'a>(facts: &Self::Facts<'a>, policy: &Self::Policy) -> Option<Redemption<'a>>;

    /// What an accepted token gives.
    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a>;
}

/// A `jti` is a string or, for direct links, an integer; the two never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JtiKind {
    /// A JSON string, compared bytewise.
    Text,
    /// A JSON integer, compared by its digits.
    Integer,
}

/// What must be claimed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption<'a> {
    /// Whose ids they are: the vendor, or the app.
    pub realm: &'a str,
    /// String or integer.
    pub kind: JtiKind,
    /// The id as it stands.
    pub jti: &'a str,
    /// The last second at which the token could still be accepted.
    pub until: i64,
}

/// A token that passed every step and has not yet been claimed at the store.
#[derive(Clone, Debug)]
#[must_use = "a token is accepted only once its store has said so"]
pub struct Unredeemed<'a, G> {
    /// What to claim; `None` where the profile has no single-use rule.
    pub redemption: Option<Redemption<'a>>,
    /// What the bearer gets then.
    pub grant: G,
}

/// Policy and steps.
pub struct Verifier<R: Rules> {
    /// Limits and readings.
    pub policy: R::Policy,
    /// What is checked, in order.
    pub list: List<R>,
    engine: Box<dyn Engine>,
}

impl<R: Rules> Default for Verifier<R> {
    fn default() -> Self {
        Self::new(R::Policy::default())
    }
}

impl<R: Rules> Verifier<R> {
    /// The documented list under this policy.
    pub fn new(policy: R::Policy) -> Self {
        Self { policy, list: List::default(), engine: Box::new(OneByOne) }
    }

    /// Walks the list to its first violation.
    pub fn verify<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Result<Unredeemed<'a, R::Grant<'a>>, Rejected<R::Violation>> {
        let mut facts = R::read(request, scratch, now);
        R::look_up(&mut facts, accounts, &self.policy);
        self.list.walk(&facts, &self.given())?;
        if !R::is_readable(&facts) {
            return Err(Rejected::INCOMPLETE);
        }
        let redemption = R::redemption(&facts, &self.policy);
        Ok(Unredeemed { redemption, grant: R::grant(&facts) })
    }

    /// Takes every step and keeps all that was wrong, in order.
    pub fn explain<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Vec<Rejected<R::Violation>> {
        let mut facts = R::read(request, scratch, now);
        R::look_up(&mut facts, accounts, &self.policy);
        self.list.explain(&facts, &self.given())
    }

    fn given(&self) -> Given<'_, R::Policy> {
        Given { policy: &self.policy, engine: &*self.engine }
    }
}
