//! What is timed: tokens of each profile in the sizes people send, minted by the forge of the vectors.

use claimproof_cast::{Cast, public};
use claimproof_catalog::Profile;
use claimproof_reference::FromCast;
use claimproof_vectors::{Change, FROZEN_NOW, Forge, Ledger, Presentation, Size, cases};
use claimproof_verifier::tableau_connected_app::{self as tableau, TableauConnectedApp};
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{self as direct_link, WorkatoDirectLink};

/// One kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The system.
    pub profile: Profile,
    /// The accepted case whose scene is presented.
    pub scene: &'static str,
    /// Whose key signs it.
    pub signer: &'static str,
    /// What it is padded to with a claim nobody reads; `None` leaves it as the issuer's sample has it.
    pub size: Option<Size>,
}

/// HS256 of the size most issuers send, under the API platform.
pub const API_SMALL: Sample =
    sample(Profile::WorkatoApi, "hmac-kid", "profile.hmac", Some(Size::TokenBytes(401)));
/// The same at the documented limit of the payload.
pub const API_LARGE: Sample =
    sample(Profile::WorkatoApi, "hmac-kid", "profile.hmac", Some(Size::PayloadChars(4096)));
/// HS256 of the size most issuers send, as a connected app.
pub const TABLEAU_SMALL: Sample = sample(Profile::TableauConnectedApp, "rest", "secret.ok", None);
/// The same at the documented limit of the token.
pub const TABLEAU_LARGE: Sample =
    sample(Profile::TableauConnectedApp, "rest", "secret.ok", Some(Size::TokenBytes(8000)));
/// RS256 of the size most issuers send, as a direct link.
pub const LINK_SMALL: Sample = sample(Profile::WorkatoDirectLink, "team", "vendor.ok", None);
/// The same with a large payload.
pub const LINK_LARGE: Sample =
    sample(Profile::WorkatoDirectLink, "team", "vendor.ok", Some(Size::PayloadChars(4096)));

/// All of them, small before large.
pub const ALL: [Sample; 6] =
    [API_SMALL, TABLEAU_SMALL, API_LARGE, TABLEAU_LARGE, LINK_SMALL, LINK_LARGE];

const fn sample(
    profile: Profile,
    scene: &'static str,
    signer: &'static str,
    size: Option<Size>,
) -> Sample {
    Sample { profile, scene, signer, size }
}

impl Sample {
    /// The algorithm of its signer.
    pub fn algorithm(&self) -> &'static str {
        match self.profile {
            Profile::WorkatoDirectLink => "RS256",
            Profile::WorkatoApi | Profile::TableauConnectedApp | Profile::PositConnect => "HS256",
        }
    }

    /// So many presentations with tokens that differ, all good at [`FROZEN_NOW`].
    ///
    /// # Panics
    ///
    /// Where the scene is gone: a benchmark must not shrink unseen.
    pub fn presentations(&self, count: usize) -> Vec<Presentation> {
        let cast: Cast = public(self.profile);
        let id = format!("{}/accepted/{}", self.profile, self.scene);
        let all = cases::of(self.profile);
        let case = all.iter().find(|case| case.id == id).unwrap_or_else(|| panic!("no case {id}"));
        let (scene, changes) = case.single().unwrap_or_else(|| panic!("{id} has many acts"));
        let changes: Vec<Change> =
            changes.iter().cloned().chain(self.size.map(Change::Pad)).collect();
        let one = |n: usize| {
            // Where ids are not single use, the instant is what differs from token to token.
            let earlier = i64::try_from(n % 20).unwrap_or_default();
            let forge = Forge {
                players: &cast.players,
                now: FROZEN_NOW - earlier,
                run: "bench",
                case: &n.to_string(),
                seed: None,
            };
            let minted = forge.mint("t", scene, &changes, &Ledger::new());
            minted.unwrap_or_else(|error| panic!("{id}: {error}")).presentation
        };
        (0..count).map(one).collect()
    }
}

/// Rules whose requests can be made of a presentation.
pub trait Presented: FromCast {
    /// The request, as the reference's server makes it.
    fn request(presentation: &Presentation) -> Self::Request<'_>;
}

impl Presented for WorkatoApi {
    fn request(presentation: &Presentation) -> Credentials<'_> {
        presentation.token.as_deref().map_or(Credentials::None, Credentials::Bearer)
    }
}

impl Presented for TableauConnectedApp {
    fn request(presentation: &Presentation) -> tableau::Request<'_> {
        tableau::Request {
            endpoint: tableau::Endpoint::Rest,
            site: presentation.field("site").unwrap_or_default(),
            origin: presentation.header("origin"),
            token: presentation.token.as_deref(),
        }
    }
}

/// The page every server here serves.
const PAGE: &str = "https://app.claimproof.example/recipes";

impl Presented for WorkatoDirectLink {
    fn request(presentation: &Presentation) -> direct_link::Request<'_> {
        direct_link::Request {
            accept: presentation.header("accept"),
            requested_with: presentation.header("x-requested-with"),
            path: Some(presentation.field("path").unwrap_or(PAGE)),
            token: presentation.token.as_deref(),
            saml_session: false,
        }
    }
}
