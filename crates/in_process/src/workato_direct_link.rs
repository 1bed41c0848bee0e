//! Direct links without a socket, and how their server is reached.

use claimproof_cast::Players;
use claimproof_http::Target;
use claimproof_http::target::{CodeFrom, Method, Predicate, SurfaceEntry};
use claimproof_reference::Reference;
use claimproof_suite::{NoVerdict, Observation, Outcome};
use claimproof_vectors::{Manage, ManageMethod, Need, Presentation, Surface as Name};
use claimproof_verifier::Rules;
use claimproof_verifier::workato_direct_link::{Request, WorkatoDirectLink};

use crate::judged::{Requests, no_method};
use crate::own::Own;
use crate::target::{map, method, methods, status, store};

/// A direct link without a path of its own leads to the page every server here serves.
const PAGE: &str = "https://app.claimproof.example/recipes";

/// Whose page frames an accepted link where the customer's own origin is not set.
const PARTNER: &str = "https://partner.example";

/// The header in which the reference server says the code.
const CODE_HEADER: &str = "x-claimproof-code";

pub(crate) static OWN: Own = Own {
    reference: |cast| Ok(Box::new(Reference::<WorkatoDirectLink>::of(cast)?)),
    surfaces: &[Name::DirectLink],
    offered: &[
        Need::Method(ManageMethod::Origin),
        Need::Method(ManageMethod::Store),
        Need::Echo,
        Need::SamlSession,
    ],
    describe: |target: &mut Target| {
        let json = Some(r#"{"origin_url":"{origin}"}"#.to_owned());
        let origin = Method { json, ..method("PUT", "/api/managed_users/{team}") };
        target.surfaces = vec![direct_link()];
        target.fields = map(&[("path", PAGE)]);
        target.manage = methods([store(), ("origin", origin)]);
    },
};

impl Requests for WorkatoDirectLink {
    fn with<T>(presentation: &Presentation, then: impl for<'r> FnOnce(Request<'r>) -> T) -> T {
        then(Request {
            accept: presentation.header("accept"),
            requested_with: presentation.header("x-requested-with"),
            path: Some(presentation.field("path").unwrap_or(PAGE)),
            token: presentation.token.as_deref(),
            saml_session: presentation.field("saml_session").is_some(),
        })
    }

    fn show(grant: &Self::Grant<'_>, seen: &mut Observation) {
        seen.framed_by = Some(grant.origin.unwrap_or(PARTNER).to_owned());
    }

    fn manage(
        reference: &Reference<Self>,
        players: &Players,
        call: &Manage,
    ) -> Result<Observation, NoVerdict> {
        let Manage::Origin { team, origin } = call else {
            return Err(no_method(Self::PROFILE.name()));
        };
        let id = &players.player(team)?.id;
        let done = reference.accounts_mut().set_origin(id, Some((*origin).to_owned()));
        Ok(Observation::of(if done.is_some() { Outcome::Accepted } else { Outcome::Refused(None) }))
    }
}

/// A store that is down is 503 and has no code; any other 503 is an outage.
fn refusal() -> Predicate {
    let down = Predicate { body: Some("temporarily unavailable".to_owned()), ..status(&["503"]) };
    Predicate { or: Some(vec![status(&["4xx"]), down]), ..Predicate::default() }
}

fn direct_link() -> SurfaceEntry {
    let query = map(&[("workato_dl_path", "{path}"), ("workato_dl_token", "{token}")]);
    SurfaceEntry {
        name: Name::DirectLink,
        request: Method { query, ..method("GET", "/direct_link") },
        accept: Predicate { header: Some("set-cookie".to_owned()), ..status(&["200"]) },
        refuse: refusal(),
        code: vec![CodeFrom::Header { name: CODE_HEADER.to_owned() }],
        claims: None,
    }
}
