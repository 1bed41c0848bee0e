//! A verifier is a value: a policy and an ordered list of steps.

use std::fmt::Debug;

use claimproof_catalog::Profile;
use claimproof_token::{Engine, Job, OneByOne, Scratch};

/// What a profile brings: how to read facts, and what a token redeems once all steps have passed.
pub trait Rules: Sized + 'static {
    /// The system.
    const PROFILE: Profile;
    /// What the signature step answers with.
    const BAD_SIGNATURE: Self::Violation;
    /// What a second use answers with.
    const REPLAYED: Self::Violation;
    /// The requirements and rules the replay store enforces; none where there is no such rule.
    const REPLAY_CITES: &'static [&'static str];
    /// What an unavailable replay store answers with.
    const STORE_DOWN: Self::Violation;

    /// Limits and readings.
    type Policy: Clone + Debug + Default + Send + Sync;
    /// The exact thing that was wrong.
    type Violation: Copy + Debug + PartialEq + Send + Sync;
    /// Who is known, with keys parsed once.
    type Accounts: Send + Sync;
    /// What the wire said.
    type Request<'a>: Copy;
    /// Request, token and look-ups, absence as a value.
    type Facts<'a>;
    /// What an accepted token gives its bearer, as it stands in token, request and accounts.
    type Grant<'a>: Clone + Debug;

    /// The documented code of a violation; `None` where no document names one.
    fn code(violation: Self::Violation) -> Option<&'static str>;

    /// The ordered list.
    fn steps() -> Vec<Step<Self>>;

    /// The same list as code, to its first violation.
    fn run(
        verifier: &Verifier<Self>,
        facts: &Self::Facts<'_>,
    ) -> Result<(), Rejection<Self::Violation>>;

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

    /// The signature to verify, where token and key are both there.
    fn job<'f>(facts: &'f Self::Facts<'_>) -> Option<Job<'f>>;

    /// Whether the token could be read.
    fn is_readable(facts: &Self::Facts<'_>) -> bool;

    /// What must be single use; `None` where the profile has no such rule.
    fn redemption<'a>(facts: &Self::Facts<'a>, policy: &Self::Policy) -> Option<Redemption<'a>>;

    /// What an accepted token gives.
    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a>;
}

/// The name of the signature step in every list.
pub const SIGNATURE: &str = "signature";

/// One step of the list.
pub enum Step<R: Rules> {
    /// A plain function over the facts; where its premise is absent it says nothing.
    Check {
        /// Unique in its list.
        name: &'static str,
        /// The requirements and rules it enforces.
        cites: &'static [&'static str],
        /// The check.
        run: Check<R>,
    },
    /// The only step that calls the engine.
    Signature {
        /// The requirements and rules it enforces.
        cites: &'static [&'static str],
    },
}

/// A check: `Err` with what was wrong.
pub type Check<R> = for<'f, 'a, 'p> fn(
    &'f <R as Rules>::Facts<'a>,
    &'p <R as Rules>::Policy,
) -> Result<(), <R as Rules>::Violation>;

impl<R: Rules> Clone for Step<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Rules> Copy for Step<R> {}

impl<R: Rules> Step<R> {
    /// A check with the requirements and rules it enforces.
    pub const fn check(name: &'static str, cites: &'static [&'static str], run: Check<R>) -> Self {
        Self::Check { name, cites, run }
    }

    /// The name, unique in its list.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Check { name, .. } => name,
            Self::Signature { .. } => SIGNATURE,
        }
    }

    /// The requirements and rules it enforces.
    pub const fn cites(&self) -> &'static [&'static str] {
        match self {
            Self::Check { cites, .. } | Self::Signature { cites } => cites,
        }
    }
}

/// Why a request was refused: the step that fired, and what was wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rejection<V> {
    /// Name of the step; empty where no step fired and the token still could not be read.
    pub step: &'static str,
    /// What was wrong; `None` where no step fired.
    pub violation: Option<V>,
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
    steps: Vec<Step<R>>,
    /// Whether the list is no longer the documented one.
    is_edited: bool,
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
        Self { policy, steps: R::steps(), is_edited: false, engine: Box::new(OneByOne) }
    }

    /// The ordered list.
    pub fn steps(&self) -> &[Step<R>] {
        &self.steps
    }

    /// The ordered list, to be edited; from now on it is walked step by step.
    pub fn edit(&mut self) -> &mut Vec<Step<R>> {
        self.is_edited = true;
        &mut self.steps
    }

    /// Runs the list to its first violation.
    pub fn verify<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Result<Unredeemed<'a, R::Grant<'a>>, Rejection<R::Violation>> {
        let mut facts = R::read(request, scratch, now);
        R::look_up(&mut facts, accounts, &self.policy);
        if self.is_edited { self.walk(&facts) } else { R::run(self, &facts) }?;
        if !R::is_readable(&facts) {
            return Err(Rejection { step: "", violation: None });
        }
        let redemption = R::redemption(&facts, &self.policy);
        Ok(Unredeemed { redemption, grant: R::grant(&facts) })
    }

    /// Runs every step and keeps all that was wrong, in order.
    pub fn explain<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Vec<Rejection<R::Violation>> {
        let mut facts = R::read(request, scratch, now);
        R::look_up(&mut facts, accounts, &self.policy);
        let rejection = |step: &Step<R>, violation| Rejection { step: step.name(), violation };
        let taken =
            |step| self.take(step, &facts).err().map(|violation| rejection(step, violation));
        self.steps.iter().filter_map(taken).collect()
    }

    fn walk(&self, facts: &R::Facts<'_>) -> Result<(), Rejection<R::Violation>> {
        for step in &self.steps {
            self.take(step, facts)
                .map_err(|violation| Rejection { step: step.name(), violation })?;
        }
        Ok(())
    }

    /// What was wrong, or `None` where no code fits.
    fn take(&self, step: &Step<R>, facts: &R::Facts<'_>) -> Result<(), Option<R::Violation>> {
        match step {
            Step::Check { run, .. } => run(facts, &self.policy).map_err(Some),
            Step::Signature { .. } => self.signature(facts),
        }
    }

    /// A list that has this step never accepts what could not be verified for want of a key.
    #[inline(never)]
    pub(crate) fn signature(&self, facts: &R::Facts<'_>) -> Result<(), Option<R::Violation>> {
        let Some(job) = R::job(facts) else {
            return if R::is_readable(facts) { Err(None) } else { Ok(()) };
        };
        let mut verified = [false];
        self.engine.verify(&[job], &mut verified);
        if verified[0] { Ok(()) } else { Err(Some(R::BAD_SIGNATURE)) }
    }
}
