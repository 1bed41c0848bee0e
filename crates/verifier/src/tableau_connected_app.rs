//! Tableau connected apps under direct trust, document `003_decce071b45825a4.txt`.

mod accounts;
mod checks;
mod embedding;
mod facts;
mod manage;
mod violation;

pub use accounts::{Accounts, App, Secret, Site, User};
pub use facts::{Facts, Grant, IssPlace, Policy, Request, Surface};
pub use manage::{AppChange, ManageError};
pub use violation::Violation;

use claimproof_catalog::Profile;
use claimproof_token::{Claim, Job, Scratch};

use crate::claims::{readable, seconds};
use crate::{JtiKind, Redemption, Rules, Step};

/// The rules of connected apps.
#[derive(Clone, Copy, Debug)]
pub struct TableauConnectedApp;

impl Rules for TableauConnectedApp {
    const PROFILE: Profile = Profile::TableauConnectedApp;
    const BAD_SIGNATURE: Violation = Violation::SignatureMismatch;
    const REPLAYED: Violation = Violation::JtiReused;
    const REPLAY_CITES: &'static [&'static str] =
        &["TCA-10091-replay", "TCA-10091-same-jti", "TCA-10100-fault", "CPX-once", "CPX-store"];
    const STORE_DOWN: Violation = Violation::StoreDown;

    type Policy = Policy;
    type Violation = Violation;
    type Accounts = Accounts;
    type Request<'a> = Request<'a>;
    type Facts<'a> = Facts<'a>;
    type Grant = Grant;

    fn code(violation: Violation) -> Option<&'static str> {
        Some(violation.code().as_str())
    }

    fn steps() -> Vec<Step<Self>> {
        [checks::STEPS, embedding::STEPS].concat()
    }

    fn read<'a, 'r: 'a>(
        accounts: &'a Accounts,
        policy: &Policy,
        request: Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Facts<'a> {
        Facts::read(accounts, policy, request, scratch, now)
    }

    fn job<'f>(facts: &'f Facts<'_>) -> Option<Job<'f>> {
        let token = readable(&facts.token)?;
        let key = &facts.secret?.key;
        Some(Job { key, input: token.signing_input.as_bytes(), signature: token.signature })
    }

    fn is_readable(facts: &Facts<'_>) -> bool {
        readable(&facts.token).is_some()
    }

    fn redemption(facts: &Facts<'_>, policy: &Policy) -> Option<Redemption> {
        let Claim::Text(jti) = facts.payload("jti") else { return None };
        let realm = facts.app?.client_id.clone();
        let until = seconds(&facts.payload("exp"))?.saturating_add(policy.leeway);
        Some(Redemption { realm, kind: JtiKind::Text, jti: jti.into_owned(), until })
    }

    fn grant(facts: &Facts<'_>) -> Grant {
        let site = facts.site.map(|site| (site.luid.clone(), site.content_url.clone()));
        let (site_luid, content_url) = site.unwrap_or_default();
        // A passing user made for on-demand access has no account of its own.
        let user_luid = facts.user.map_or_else(|| "on-demand".to_owned(), |user| user.luid.clone());
        Grant { site_luid, content_url, user_luid }
    }
}
