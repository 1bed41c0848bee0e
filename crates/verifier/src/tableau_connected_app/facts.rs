//! What was read: the request, the token, and what it names.

use claimproof_token::{Claim, Compact, Scratch, Sizes};

use super::accounts::{Accounts, App, Secret, Site, User};
use crate::claims::{self, Token};

/// Where a sign-in happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// REST sign-in; it sends no `Origin` and ignores the allowlist.
    Rest,
    /// The sign-in request of the embedding library.
    EmbedXhr,
    /// The redirect of the `iframe-auth` attribute.
    EmbedIframe,
}

/// What the wire said.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Where.
    pub surface: Surface,
    /// The content URL of the site.
    pub site: &'a str,
    /// The `Origin` header.
    pub origin: Option<&'a str>,
    /// The token handed in.
    pub token: Option<&'a str>,
}

/// Where the client ID is read from (TCA-R-iss-place).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssPlace {
    /// The header, as the document says.
    Header,
    /// The header, else the payload, as vendor clients send it.
    HeaderOrPayload,
}

/// Limits and readings.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Longest compact form, in bytes.
    pub max_token_bytes: usize,
    /// Longest time `exp` may lie ahead, in seconds.
    pub max_validity: i64,
    /// Seconds of clock difference that are forgiven; none by default.
    pub leeway: i64,
    /// Where the client ID is read from.
    pub iss_place: IssPlace,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_token_bytes: 8000, max_validity: 600, leeway: 0, iss_place: IssPlace::Header }
    }
}

/// What an accepted token gives: a session on a site as a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The site's identifier.
    pub site_luid: String,
    /// The site's name in URLs.
    pub content_url: String,
    /// The user's identifier.
    pub user_luid: String,
}

/// Request, token and look-ups; absence is a value.
pub struct Facts<'a> {
    /// What the wire said.
    pub request: Request<'a>,
    /// Lengths of the token; zero where there is none.
    pub sizes: Sizes,
    /// The token: none, readable, or why not.
    pub token: Token<'a>,
    /// The site the request names.
    pub site: Option<&'a Site>,
    /// The app of that site the client ID names.
    pub app: Option<&'a App>,
    /// The secret of that app the `kid` names.
    pub secret: Option<&'a Secret>,
    /// Whom `sub` names.
    pub user: Option<&'a User>,
    /// Seconds since 1970.
    pub now: i64,
}

impl<'a> Facts<'a> {
    pub(super) fn read(
        accounts: &'a Accounts,
        policy: &Policy,
        request: Request<'a>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Self {
        let text = request.token.filter(|text| !text.trim().is_empty());
        let sizes = Sizes::of(text.unwrap_or_default());
        let token = text.map(|text| Compact::parse(text, scratch));
        let site = accounts.site(request.site);
        let client_id = client_id(&token, policy);
        let app = client_id.as_text().zip(site).and_then(|(id, site)| accounts.app(id, site));
        let kid = claims::header(&token, "kid");
        let has_id = |secret: &&Secret| Some(secret.id.as_str()) == kid.as_text();
        let secret = app.and_then(|app| app.secrets.iter().find(has_id));
        let user = claims::payload(&token, "sub").as_text().and_then(|name| accounts.user(name));
        Self { request, sizes, token, site, app, secret, user, now }
    }

    /// The client ID, from where the policy reads it.
    pub fn client_id(&self, policy: &Policy) -> Claim<'_> {
        client_id(&self.token, policy)
    }

    /// A header member; missing where there is no readable token.
    pub fn header(&self, name: &str) -> Claim<'_> {
        claims::header(&self.token, name)
    }

    /// A payload claim; missing where there is no readable token.
    pub fn payload(&self, name: &str) -> Claim<'_> {
        claims::payload(&self.token, name)
    }

    /// Whether there is a readable token.
    pub fn is_readable(&self) -> bool {
        claims::readable(&self.token).is_some()
    }

    /// On-demand access, asked for with the string `"true"` (TCA-R-oda-value).
    pub fn is_on_demand(&self) -> bool {
        self.payload("https://tableau.com/oda").as_text() == Some("true")
    }
}

fn client_id<'f>(token: &'f Token<'_>, policy: &Policy) -> Claim<'f> {
    let header = claims::header(token, "iss");
    match policy.iss_place {
        IssPlace::HeaderOrPayload if header.is_missing() => claims::payload(token, "iss"),
        IssPlace::Header | IssPlace::HeaderOrPayload => header,
    }
}
