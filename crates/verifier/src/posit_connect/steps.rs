//! Lists of named steps over facts, one list for each thing that is decided.

use super::event::Refusal;
use super::{Policy, Violation};

/// Something that is decided by a list, over facts of its own.
pub trait Decision: Sized + 'static {
    /// What was read and looked up, absence as a value. A look-up answers with what comes nearest,
    /// and a step says whether that is the right one: without the step the nearest one counts.
    type Facts<'a>;
}

/// A check: `Err` with what was wrong. Where its premise is absent it says nothing.
pub type Check<D> =
    for<'f, 'a, 'p> fn(&'f <D as Decision>::Facts<'a>, &'p Policy) -> Result<(), Violation>;

/// One step of a list.
pub struct Step<D: Decision> {
    /// Unique among all lists.
    pub name: &'static str,
    /// The requirements and rules it enforces.
    pub cites: &'static [&'static str],
    /// The check.
    pub run: Check<D>,
}

impl<D: Decision> Step<D> {
    /// A step with what it enforces.
    pub const fn new(name: &'static str, cites: &'static [&'static str], run: Check<D>) -> Self {
        Self { name, cites, run }
    }

    /// The name, unique among all lists.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<D: Decision> Clone for Step<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Decision> Copy for Step<D> {}

/// Runs a list to its first violation.
pub(super) fn walk<D: Decision>(
    steps: &[Step<D>],
    facts: &D::Facts<'_>,
    policy: &Policy,
) -> Result<(), Refusal> {
    for step in steps {
        (step.run)(facts, policy).map_err(|violation| Refusal { step: step.name, violation })?;
    }
    Ok(())
}

/// What a list refuses with that let pass what cannot be acted on.
pub(super) const INCOMPLETE: Refusal = Refusal { step: "", violation: Violation::Incomplete };

pub(super) fn refuse_if(wrong: bool, violation: Violation) -> Result<(), Violation> {
    if wrong { Err(violation) } else { Ok(()) }
}
