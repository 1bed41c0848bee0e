//! Tableau connected apps under direct trust, document `003_decce071b45825a4.txt`.

mod accounts;
mod allow_list;
mod checks;
mod embedding;
mod facts;
mod manage;
mod steps;
mod violation;

pub use accounts::{Accounts, AppAccount, AppKey, SiteAccount, User};
pub use allow_list::AllowList;
pub use facts::{Endpoint, Facts, Grant, IssPlace, Policy, Request, Said, Time};
pub use manage::{AppChange, ManageError};
pub use steps::TableauConnectedApp;
pub use violation::Violation;

use claimproof_catalog::Profile;
use claimproof_token::{Claim, Scratch};

use crate::claims::readable;
use crate::{JtiKind, Once, Read, Rules, SingleUse};

impl Rules for TableauConnectedApp {
    const PROFILE: Profile = Profile::TableauConnectedApp;
    const SINGLE_USE: Option<SingleUse<Self>> = Some(SingleUse {
        reused: Violation::JtiReused,
        store_down: Violation::StoreDown,
        cites: &[
            "TCA-10091-replay",
            "TCA-10091-same-jti",
            "TCA-10100-fault",
            "CPX-once",
            "CPX-store",
        ],
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
        let Claim::Text(jti) = facts.said.jti else { return None };
        let realm = &facts.app?.client_id;
        let until = facts.said.exp.second()?.saturating_add(policy.leeway);
        Some(Once { realm, kind: JtiKind::Text, jti, until })
    }

    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a> {
        let site = facts.site.map(|site| (site.luid.as_str(), site.content_url.as_str()));
        let (site_luid, content_url) = site.unwrap_or_default();
        // A passing user made for on-demand access has no account of its own.
        let user_luid = facts.user.map_or("on-demand", |user| &user.luid);
        Grant { site_luid, content_url, user_luid }
    }
}
