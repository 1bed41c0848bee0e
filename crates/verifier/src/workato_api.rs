//! The Workato API platform, documents `001_ba87e615cc45dcd6.txt` and `004_2bb13f580fad3a62.txt`.

mod accounts;
mod checks;
mod facts;
mod steps;
mod violation;

pub use accounts::{Accounts, ProfileAccount};
pub use facts::{Credentials, Facts, Grant, KeyPlace, Policy};
pub use steps::WorkatoApi;
pub use violation::Violation;

use claimproof_catalog::Profile;
use claimproof_token::Scratch;

use crate::claims::readable;
use crate::{Read, Rules, SingleUse};

impl Rules for WorkatoApi {
    const PROFILE: Profile = Profile::WorkatoApi;
    const SINGLE_USE: Option<SingleUse<Self>> = None;

    type Accounts = Accounts;
    type Request<'a> = Credentials<'a>;
    type Grant<'a> = Grant<'a>;

    fn read<'a, 'r: 'a>(
        request: Credentials<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Read<Facts<'a>> {
        Read::of(Facts::read(request, scratch, now))
    }

    fn look_up<'f, 'a>(
        read: &'f mut Read<Facts<'a>>,
        accounts: &'a Accounts,
        policy: &Policy,
    ) -> &'f Facts<'a> {
        read.look_up(|facts| facts.look_up(accounts, policy))
    }

    fn is_readable(facts: &Facts<'_>) -> bool {
        readable(&facts.token).is_some()
    }

    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a> {
        let claims = readable(&facts.token).map(|token| token.payload.text());
        Grant { claims: claims.unwrap_or_default() }
    }
}
