//! What can be wrong, row by row: the values a violation carries, and the documented code.

use std::borrow::Cow;
use std::fmt::Debug;

use claimproof_catalog::Code;

/// What every violation says of itself.
pub trait Explained: Clone + Debug + PartialEq + Send + Sync {
    /// The documented code; `None` where no document names one.
    fn documented(&self) -> Option<Code>;

    /// What was wrong, in words and with its values.
    fn words(&self) -> Cow<'_, str>;
}

/// Declares what can be wrong with the requests of a profile.
///
/// A row is `Name => Code;`, with the values it carries behind the name, and without a code where
/// no document names one. Its words are the row of the same name in the catalog; one that has none
/// does not compile.
macro_rules! violations {
    ($profile:ident; $(
        $name:ident $(($why:ident: $reason:ty))? $({ $($field:ident: $value:ty),+ })? $(=> $code:ident)?;
    )+) => {
        /// The exact thing that was wrong.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Violation {$(
            #[doc = concat!("In words: the row `", stringify!($name), "` of the catalog.")]
            $name $(($reason))? $({$(
                #[doc = concat!("`{", stringify!($field), "}` of these words.")]
                $field: $value,
            )+})?,
        )+}

        impl Violation {
            /// The documented code; where overlapping ones fit, the default of the reading.
            pub const fn code(&self) -> Option<Code> {
                match self {$(
                    Self::$name { .. } => crate::violation::violations!(@code $($code)?),
                )+}
            }
        }

        impl crate::Explained for Violation {
            fn documented(&self) -> Option<claimproof_catalog::Code> {
                self.code().map(Code::row)
            }

            fn words(&self) -> std::borrow::Cow<'_, str> {
                use claimproof_catalog::{$profile::WORDS, Words};
                match self {$(
                    Self::$name $(($why))? $({ $($field),+ })? => {
                        const { Words::named(WORDS, stringify!($name)) }
                            .with(&[$((stringify!($why), $why))? $($((stringify!($field), $field)),+)?])
                    }
                )+}
            }
        }
    };
    (@code) => { None };
    (@code $code:ident) => { Some(Code::$code) };
}

pub(crate) use violations;
