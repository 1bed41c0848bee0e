//! Tableau connected apps under direct trust, document `003_decce071b45825a4.txt`.

mod accounts;
mod allow_list;
mod checks;
mod embedding;
mod facts;
mod manage;
mod steps;
mod violation;

pub use accounts::{Accounts, App, Secret, Site, User};
pub use allow_list::AllowList;
pub use facts::{Facts, Grant, IssPlace, Policy, Request, Said, Surface, Time};
pub use manage::{AppChange, ManageError};
pub use steps::TableauConnectedApp;
pub use violation::Violation;

use claimproof_catalog::Profile;
use claimproof_token::{Claim, Scratch};

use crate::claims::readable;
use crate::{JtiKind, Redemption, Rules};

impl Rules for TableauConnectedApp {
    const PROFILE: Profile = Profile::TableauConnectedApp;
    const REPLAYED: Violation = Violation::JtiReused;
    const REPLAY_CITES: &'static [&'static str] =
        &["TCA-10091-replay", "TCA-10091-same-jti", "TCA-10100-fault", "CPX-once", "CPX-store"];
    const STORE_DOWN: Violation = Violation::StoreDown;

    type Accounts = Accounts;
    type Request<'a> = Request<'a>;
    type Grant<'a> = Grant<'a>;

    fn code(violation: &Violation) -> Option<&'static str> {
        Some(violation.code().as_str())
    }

    fn read<'a, 'r: 'a>(request: Request<'r>, scratch: &'a mut Scratch, now: i64) -> Facts<'a> {
        Facts::read(request, scratch, now)
    }

    fn look_up<'a>(facts: &mut Facts<'a>, accounts: &'a Accounts, policy: &Policy) {
        facts.look_up(accounts, policy);
    }

    fn is_readable(facts: &Facts<'_>) -> bool {
        readable(&facts.token).is_some()
    }

    fn redemption<'a>(facts: &Self::Facts<'a>, policy: &Policy) -> Option<Redemption<'a>> {
        let Claim::Text(jti) = facts.said.jti else { return None };
        let realm = &facts.app?.client_id;
        let until = facts.said.exp.second()?.saturating_add(policy.leeway);
        Some(Redemption { realm, kind: JtiKind::Text, jti, until })
    }

    fn grant<'a>(facts: &Self::Facts<'a>) -> Self::Grant<'a> {
        let site = facts.site.map(|site| (site.luid.as_str(), site.content_url.as_str()));
        let (site_luid, content_url) = site.unwrap_or_default();
        // A passing user made for on-demand access has no account of its own.
        let user_luid = facts.user.map_or("on-demand", |user| &user.luid);
        Grant { site_luid, content_url, user_luid }
    }
}
