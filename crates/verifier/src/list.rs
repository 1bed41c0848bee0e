//! The one engine: a decision is an ordered list of steps over facts, each step written down once.

use std::fmt::Debug;

use claimproof_token::Engine;

use crate::Explained;

/// Something that is decided by a list of steps, over facts of its own.
pub trait Decision: Sized + 'static {
    /// What was read and looked up, absence as a value.
    type Facts<'a>;
    /// Limits and readings.
    type Policy: Clone + Debug + Default + Send + Sync;
    /// The exact thing that was wrong.
    type Violation: Explained;

    /// The documented steps, in order.
    const STEPS: &'static [Step<Self>];

    /// The same steps as code, to the first that refuses: without a jump through a pointer, so that
    /// the compiler sees through all of them at once.
    fn run(
        facts: &Self::Facts<'_>,
        given: &Given<'_, Self::Policy>,
    ) -> Result<(), Rejected<Self::Violation>>;
}

/// What a check is given beside the facts.
#[derive(Clone, Copy)]
pub struct Given<'g, P> {
    /// Limits and readings.
    pub policy: &'g P,
    /// What verifies signatures.
    pub engine: &'g dyn Engine,
}

/// What a check says: nothing, or what was wrong. No violation where nothing that is named is wrong
/// and yet nothing can be accepted, as where nobody has a key for the signature.
pub type Checked<V> = Result<(), Option<V>>;

/// Refuses where something is wrong.
#[inline]
pub fn refuse_if<V>(wrong: bool, violation: V) -> Checked<V> {
    if wrong { Err(Some(violation)) } else { Ok(()) }
}

/// A plain function over the facts; where its premise is absent it says nothing.
pub type Check<D> = for<'f, 'a, 'g> fn(
    &'f <D as Decision>::Facts<'a>,
    &'g Given<'g, <D as Decision>::Policy>,
) -> Checked<<D as Decision>::Violation>;

/// One step of a list.
pub struct Step<D: Decision> {
    /// Unique in a profile.
    pub name: &'static str,
    /// The requirements and rules it enforces.
    pub cites: &'static [&'static str],
    /// The check.
    pub check: Check<D>,
}

impl<D: Decision> Clone for Step<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Decision> Copy for Step<D> {}

impl<D: Decision> Step<D> {
    fn take(
        &self,
        facts: &D::Facts<'_>,
        given: &Given<'_, D::Policy>,
    ) -> Result<(), Rejected<D::Violation>> {
        let rejected = |violation| Rejected { step: Some(self.name), violation };
        (self.check)(facts, given).map_err(rejected)
    }
}

/// Why something is refused: the step that fired, and what was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected<V> {
    /// Name of the step; none where no step fired and yet nothing can be accepted.
    pub step: Option<&'static str>,
    /// What was wrong; none where nothing that is named was.
    pub violation: Option<V>,
}

impl<V> Rejected<V> {
    /// What a list is answered with that let pass what cannot be acted on.
    pub(crate) const INCOMPLETE: Self = Self { step: None, violation: None };
}

/// The steps of a decision, to be walked, explained and edited.
#[derive(Clone)]
pub struct List<D: Decision> {
    steps: Vec<Step<D>>,
    /// Whether the list is no longer the documented one.
    is_edited: bool,
}

impl<D: Decision> Default for List<D> {
    fn default() -> Self {
        Self { steps: D::STEPS.to_vec(), is_edited: false }
    }
}

impl<D: Decision> List<D> {
    /// The steps, in order.
    pub fn steps(&self) -> &[Step<D>] {
        &self.steps
    }

    /// The name of each step with what it enforces, in order.
    pub fn names(&self) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        self.steps.iter().map(|step| (step.name, step.cites))
    }

    /// The steps, to be edited; from now on they are taken one by one.
    pub fn edit(&mut self) -> &mut Vec<Step<D>> {
        self.is_edited = true;
        &mut self.steps
    }

    /// Takes the steps, to the first that refuses.
    #[inline]
    pub fn walk(
        &self,
        facts: &D::Facts<'_>,
        given: &Given<'_, D::Policy>,
    ) -> Result<(), Rejected<D::Violation>> {
        if self.is_edited {
            return self.steps.iter().try_for_each(|step| step.take(facts, given));
        }
        D::run(facts, given)
    }

    /// Takes every step and keeps all that was wrong, in order.
    pub fn explain(
        &self,
        facts: &D::Facts<'_>,
        given: &Given<'_, D::Policy>,
    ) -> Vec<Rejected<D::Violation>> {
        self.steps.iter().filter_map(|step| step.take(facts, given).err()).collect()
    }
}

impl<D: Decision> AsMut<Self> for List<D> {
    fn as_mut(&mut self) -> &mut Self {
        self
    }
}

/// A decision with its list, as data and as code.
///
/// A line is `name [cites];`, the name being that of a function in the module whose braces it
/// stands in, or `name by function [cites];` where two lists ask the same. `Policy` and `Violation`
/// are those of the file it stands in.
macro_rules! steps {
    (
        $(#[$doc:meta])*
        $decision:ident over $facts:ident:
        $($module:ident { $($name:ident $(by $check:ident)? [$($cites:literal),+ $(,)?];)+ })+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $decision;

        impl crate::Decision for $decision {
            type Facts<'a> = $facts<'a>;
            type Policy = Policy;
            type Violation = Violation;

            const STEPS: &'static [crate::Step<Self>] = &[$($(crate::Step {
                name: stringify!($name),
                cites: &[$($cites),+],
                check: crate::list::steps!(@check $module $name $($check)?),
            }),+),+];

            #[inline]
            fn run(
                facts: &Self::Facts<'_>,
                given: &crate::Given<'_, Policy>,
            ) -> Result<(), crate::Rejected<Violation>> {
                $($(
                    if let Err(violation) =
                        crate::list::steps!(@check $module $name $($check)?)(facts, given)
                    {
                        return Err(crate::Rejected { step: Some(stringify!($name)), violation });
                    }
                )+)+
                Ok(())
            }
        }
    };
    (@check $module:ident $name:ident) => { $module::$name };
    (@check $module:ident $name:ident $check:ident) => { $module::$check };
}

pub(crate) use steps;
