//! A verifier is a value: a policy and an ordered list of steps.

use claimproof_catalog::Profile;
use claimproof_token::{Engine, OneByOne, Scratch};

use crate::{Decision, Given, List, Rejected};

/// What a profile brings: how to read facts, and what a token redeems once all steps have passed.
pub trait Rules: Decision {
    /// The system.
    const PROFILE: Profile;
    /// The rule that a token counts once; none where the profile has no such rule.
    const SINGLE_USE: Option<SingleUse<Self>>;

    /// Who is known, with keys parsed once.
    type Accounts: Send + Sync;
    /// What the wire said.
    type Request<'a>: Copy;
    /// What an accepted token gives its bearer, as it stands in token, request and accounts.
    type Grant<'a>: Clone + std::fmt::Debug;

    /// Takes request and token apart; nobody has been looked up.
    fn read<'a, 'r: 'a>(
        request: Self::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Read<Self::Facts<'a>>;

    /// Looks up whom they name; judges nothing.
    fn look_up<'f, 'a>(
        read: &'f mut Read<Self::Facts<'a>>,
        accounts: &'a Self::Accounts,
        policy: &Self::Policy,
    ) -> &'f Self::Facts<'a>;

    /// Whether the token could be read.
    fn is_readable(facts: &Self::Facts<'_>) -> bool;

    /// What a token uses up that passed every step; nothing where the profile has no such rule.
    fn once<'a>(_: &Self::Facts<'a>, _: &Self::Policy) -> Option<Once<'a>> {
        None
    }

    /// What an accepted token gives.
    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a>;
}

/// Facts that were read and in which nobody has been looked up yet. They come out of the look-up
/// alone, so that no check sees half of them.
pub struct Read<F>(F);

impl<F> Read<F> {
    pub(crate) const fn of(facts: F) -> Self {
        Self(facts)
    }

    /// Completes the facts where they stand: moving what was just written makes the processor wait.
    #[inline(always)]
    pub(crate) fn look_up(&mut self, complete: impl FnOnce(&mut F)) -> &F {
        complete(&mut self.0);
        &self.0
    }
}

/// A `jti` is a string or, for direct links, an integer; the two never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JtiKind {
    /// A JSON string, compared bytewise.
    Text,
    /// A JSON integer, compared by its digits.
    Integer,
}

/// What an accepted token uses up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once<'a> {
    /// Whose ids they are: the vendor, or the app.
    pub realm: &'a str,
    /// String or integer.
    pub kind: JtiKind,
    /// The id as it stands.
    pub jti: &'a str,
    /// The last second at which the token could still be accepted.
    pub until: i64,
}

/// How a profile lets a token count once.
pub struct SingleUse<R: Rules> {
    /// What a second use answers with.
    pub reused: R::Violation,
    /// What an unavailable store answers with.
    pub store_down: R::Violation,
    /// The requirements and rules the store enforces.
    pub cites: &'static [&'static str],
}

/// A token that passed every step and whose store has not been asked yet.
#[derive(Clone, Debug)]
#[must_use = "a token is accepted only once its store has said so"]
pub struct Unredeemed<'a, G> {
    /// What to use up; `None` where the profile has no single-use rule.
    pub once: Option<Once<'a>>,
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
        let mut read = R::read(request, scratch, now);
        let facts = R::look_up(&mut read, accounts, &self.policy);
        self.list.walk(facts, &self.given())?;
        if !R::is_readable(facts) {
            return Err(Rejected::INCOMPLETE);
        }
        Ok(Unredeemed { once: R::once(facts, &self.policy), grant: R::grant(facts) })
    }

    /// Takes every step and keeps all that was wrong, in order.
    pub fn explain<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Vec<Rejected<R::Violation>> {
        let mut read = R::read(request, scratch, now);
        self.list.explain(R::look_up(&mut read, accounts, &self.policy), &self.given())
    }

    fn given(&self) -> Given<'_, R::Policy> {
        Given { policy: &self.policy, engine: &*self.engine }
    }
}
