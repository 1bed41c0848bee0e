//! Lists of steps, each written down once.

/// A list of a profile, as data and as code: `STEPS`, which can be shown and edited, and `run`, which takes
/// the same steps in the same order without a jump, so that the compiler sees through all of them at once.
///
/// A line is `check function [cites];` or `signature [cites];`. The functions, `Facts` and `Violation` are those
/// of the file it stands in.
macro_rules! steps {
    ($rules:ident: $($kind:ident $($check:ident)? [$($cites:literal),+ $(,)?];)+) => {
        /// The steps of this file, in order.
        pub(super) const STEPS: &[crate::Step<$rules>] =
            &[$($crate::list::steps!(@step $rules $kind $($check)? &[$($cites),+])),+];

        /// Takes them to the first violation.
        #[inline]
        pub(super) fn run(
            verifier: &crate::Verifier<$rules>,
            facts: &Facts<'_>,
        ) -> Result<(), crate::Rejection<Violation>> {
            $($crate::list::steps!(@take $kind $($check)? verifier, facts);)+
            Ok(())
        }
    };
    (@step $rules:ident check $check:ident $cites:expr) => {
        crate::Step::<$rules>::check(stringify!($check), $cites, $check)
    };
    (@step $rules:ident signature $cites:expr) => { crate::Step::<$rules>::Signature { cites: $cites } };
    (@take check $check:ident $verifier:ident, $facts:ident) => {
        if let Err(violation) = $check($facts, &$verifier.policy) {
            return Err(crate::Rejection { step: stringify!($check), violation: Some(violation) });
        }
    };
    (@take signature $verifier:ident, $facts:ident) => {
        if let Err(violation) = $verifier.signature($facts) {
            return Err(crate::Rejection { step: crate::SIGNATURE, violation });
        }
    };
}

pub(crate) use steps;
