//! What stands in a profile's own file.

use claimproof_cast::Cast;
use claimproof_http::Target;
use claimproof_reference::CastError;
use claimproof_vectors::{Need, Surface};

use crate::judged::Judged;

/// A profile as this crate needs it.
pub(crate) struct Own {
    /// Its reference over a cast that plays it.
    pub(crate) reference: fn(&Cast) -> Result<Box<dyn Judged>, CastError>,
    /// Where tokens are presented in process; cases that name no place go to the first.
    pub(crate) surfaces: &'static [Surface],
    /// What it offers in process beyond answering.
    pub(crate) offered: &'static [Need],
    /// How its server is reached: surfaces, methods, and whatever else is the profile's in a target file.
    pub(crate) describe: fn(&mut Target),
}
