//! The public cast as accounts, the good token of each profile, and the one way to ask for a verdict.

use std::sync::LazyLock;

use claimproof_cast::{AnyDirectory, Cast, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_token::Scratch;
use claimproof_verifier::tableau_connected_app::{self as tableau, TableauConnectedApp};
use claimproof_verifier::workato_api::{self as api, Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{self as direct_link, WorkatoDirectLink};
use claimproof_verifier::{Decision, Rejected, Rules, Verifier};

use super::fault;
use super::make::{Draft, NOW, quoted};

/// Everything wrong in order, or the last second of what is single use.
pub(crate) type Verdict<R> = Result<Option<i64>, Vec<Rejected<<R as Decision>::Violation>>>;

/// Asks both ways: the verdict is the first of what `explain` lists, and an acceptance lists nothing. What cannot
/// be read is refused by a list without steps too, and then nothing is listed.
pub(crate) fn verdict<R: Rules>(
    verifier: &Verifier<R>,
    accounts: &R::Accounts,
    request: R::Request<'_>,
    now: i64,
) -> Verdict<R> {
    let (mut first, mut second) = (Scratch::new(), Scratch::new());
    let faulty = fault::of(verifier);
    let verifier = faulty.as_ref().unwrap_or(verifier);
    let all = verifier.explain(accounts, request, &mut first, now);
    let verdict = verifier.verify(accounts, request, &mut second, now);
    let listed = verdict.as_ref().err().filter(|rejected| rejected.step.is_some());
    assert_eq!(listed, all.first(), "verify and explain disagree");
    verdict.map(|unredeemed| unredeemed.once.map(|once| once.until)).map_err(|_| all)
}

pub(crate) fn cast(profile: Profile) -> &'static Cast {
    static CASTS: LazyLock<[Cast; 3]> = LazyLock::new(|| {
        [Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp].map(public)
    });
    CASTS.iter().find(|cast| cast.profile == profile).unwrap()
}

pub(crate) fn id(profile: Profile, role: &str) -> &'static str {
    &cast(profile).players.get(role).unwrap().id
}

pub(crate) fn key(profile: Profile, role: &str) -> &'static SigningKey {
    cast(profile).players.get(role).unwrap().key.as_ref().unwrap()
}

macro_rules! accounts {
    ($name:ident, $module:ident, $variant:ident) => {
        pub(crate) fn $name() -> $module::Accounts {
            match &cast(Profile::$variant).directory {
                AnyDirectory::$variant(directory) => $module::Accounts::new(directory).unwrap(),
                _ => unreachable!("the cast of {}", Profile::$variant),
            }
        }
    };
}

accounts!(direct_link_accounts, direct_link, WorkatoDirectLink);
accounts!(api_accounts, api, WorkatoApi);
accounts!(tableau_accounts, tableau, TableauConnectedApp);

pub(crate) static DIRECT_LINK: LazyLock<direct_link::Accounts> =
    LazyLock::new(direct_link_accounts);
pub(crate) static API: LazyLock<api::Accounts> = LazyLock::new(api_accounts);
pub(crate) static TABLEAU: LazyLock<tableau::Accounts> = LazyLock::new(tableau_accounts);

pub(crate) const PAGE: &str = "https://app.claimproof.example/recipes";

pub(crate) fn link_request(token: &str) -> direct_link::Request<'_> {
    let accept = Some("text/html,*/*;q=0.8");
    direct_link::Request {
        accept,
        requested_with: None,
        path: Some(PAGE),
        token: Some(token),
        saml_session: false,
    }
}

pub(crate) fn tableau_request<'a>(site: &'static str, token: &'a str) -> tableau::Request<'a> {
    let (endpoint, site) = (tableau::Endpoint::EmbedXhr, id(Profile::TableauConnectedApp, site));
    tableau::Request { endpoint, site, origin: None, token: Some(token) }
}

pub(crate) fn link_draft() -> Draft {
    let id = |role| id(Profile::WorkatoDirectLink, role);
    let sub = format!("{}:{}:{}", id("vendor.ok"), id("team.ok"), id("member.ok"));
    let header = [("alg", quoted("RS256")), ("typ", quoted("JWT"))];
    let payload = [("sub", quoted(&sub)), ("iat", NOW.to_string()), ("jti", quoted("one"))];
    Draft::new(key(Profile::WorkatoDirectLink, "vendor.ok"), header, payload)
}

pub(crate) fn api_draft(role: &'static str) -> Draft {
    let key = key(Profile::WorkatoApi, role);
    let alg = if matches!(key, SigningKey::Rsa { .. }) { "RS256" } else { "HS256" };
    let header = [("alg", quoted(alg)), ("kid", quoted(id(Profile::WorkatoApi, role)))];
    Draft::new(key, header, [("name", quoted("Test Caller"))])
}

pub(crate) fn tableau_draft() -> Draft {
    let id = |role| quoted(id(Profile::TableauConnectedApp, role));
    let header = [("alg", quoted("HS256")), ("kid", id("secret.ok")), ("iss", id("app.ok"))];
    let payload = [
        ("sub", id("user.ok")),
        ("aud", quoted("tableau")),
        ("exp", (NOW + 300).to_string()),
        ("jti", quoted("one")),
        ("scp", r#"["tableau:views:embed"]"#.to_owned()),
    ];
    Draft::new(key(Profile::TableauConnectedApp, "secret.ok"), header, payload)
}

/// The profiles and keys a token can be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum World {
    DirectLink,
    ApiHmac,
    ApiRsa,
    Tableau,
}

impl World {
    pub(crate) const ALL: [Self; 4] =
        [Self::DirectLink, Self::ApiHmac, Self::ApiRsa, Self::Tableau];

    pub(crate) fn draft(self) -> Draft {
        match self {
            Self::DirectLink => link_draft(),
            Self::ApiHmac => api_draft("profile.hmac"),
            Self::ApiRsa => api_draft("profile.rsa"),
            Self::Tableau => tableau_draft(),
        }
    }

    /// Whether the token is accepted under an otherwise good request.
    pub(crate) fn accepts(self, token: &str) -> bool {
        match self {
            Self::DirectLink => {
                let verifier = Verifier::<WorkatoDirectLink>::default();
                verdict(&verifier, &DIRECT_LINK, link_request(token), NOW).is_ok()
            }
            Self::ApiHmac | Self::ApiRsa => {
                let verifier = Verifier::<WorkatoApi>::default();
                verdict(&verifier, &API, Credentials::Bearer(token), NOW).is_ok()
            }
            Self::Tableau => {
                let verifier = Verifier::<TableauConnectedApp>::default();
                verdict(&verifier, &TABLEAU, tableau_request("site.ok", token), NOW).is_ok()
            }
        }
    }
}
