//! Workato JWT direct linking, document `000_80408cf595022327.txt`.

mod accounts;
mod checks;
mod facts;
mod page;
mod request;
mod steps;
mod violation;

pub use accounts::{Accounts, Member, Team, VendorAccount};
pub use facts::{Facts, Grant, Policy, Request};
pub use page::Page;
pub use steps::WorkatoDirectLink;
pub use violation::Violation;

use claimproof_catalog::Profile;
use claimproof_token::{Claim, Scratch};

use crate::claims::{clamp, readable};
use crate::{JtiKind, Once, Read, Rules, SingleUse};

impl Rules for WorkatoDirectLink {
    const PROFILE: Profile = Profile::WorkatoDirectLink;
    const SINGLE_USE: Option<SingleUse<Self>> = Some(SingleUse {
        reused: Violation::JtiReused,
        store_down: Violation::StoreDown,
        cites: &["WDL-JWT-10", "WDL-JWT-11", "CPX-once", "CPX-store"],
    });

    type Accounts = Accounts;
    type Request<'a> = Request<'a>;
    type Grant<'a> = Grant<'a>;

    fn read<'a, 'r: 'a>(
        request: Request<'r>,
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

    fn once<'a>(facts: &Self::Facts<'a>, policy: &Policy) -> Option<Once<'a>> {
        let (kind, jti) = match facts.payload("jti") {
            Claim::Text(text) => (JtiKind::Text, text),
            Claim::Integer(digits) => (JtiKind::Integer, digits),
            _ => return None,
        };
        let realm = &facts.vendor?.id;
        let until = clamp(facts.iat()?.saturating_add(i128::from(policy.window)));
        Some(Once { realm, kind, jti, until })
    }

    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a> {
        let origin = facts.team.and_then(|team| team.origin.as_deref());
        let path = facts.request.path.unwrap_or_default();
        Grant { origin, path }
    }
}
