//! What was read: the request, the token, and what it names.

use claimproof_token::{Claim, Compact, Scratch, Sizes};

use super::accounts::{Accounts, AppAccount, AppKey, SiteAccount, User};
use crate::claims::{self, Token};

/// Where a sign-in happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
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
    pub endpoint: Endpoint,
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
pub struct Grant<'a> {
    /// The site's identifier.
    pub site_luid: &'a str,
    /// The site's name in URLs.
    pub content_url: &'a str,
    /// The user's identifier.
    pub user_luid: &'a str,
}

/// A claim that should be a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Time {
    /// There is no such claim.
    #[default]
    Missing,
    /// It is something else.
    Wrong,
    /// Seconds since 1970.
    At(i64),
}

impl Time {
    fn of(claim: &Claim<'_>) -> Self {
        match claims::seconds(claim) {
            Some(second) => Self::At(second),
            None if claim.is_missing() => Self::Missing,
            None => Self::Wrong,
        }
    }

    /// The second, where it is a time.
    pub const fn second(self) -> Option<i64> {
        match self {
            Self::At(second) => Some(second),
            Self::Missing | Self::Wrong => None,
        }
    }
}

/// What header and payload say, each member read once: many checks ask for the same few.
#[derive(Debug, Default)]
pub struct Said<'a> {
    /// `alg` of the header.
    pub alg: Claim<'a>,
    /// `kid` of the header.
    pub kid: Claim<'a>,
    /// `iss` of the header.
    pub iss: Claim<'a>,
    /// `iss` of the payload.
    pub payload_iss: Claim<'a>,
    /// `sub`.
    pub sub: Claim<'a>,
    /// `aud`.
    pub aud: Claim<'a>,
    /// `iat`.
    pub iat: Time,
    /// `exp`.
    pub exp: Time,
    /// `nbf`.
    pub nbf: Time,
    /// `jti`.
    pub jti: Claim<'a>,
    /// `scp`.
    pub scp: Claim<'a>,
    /// Whether on-demand access is asked for, with the string `"true"` (TCA-R-oda-value).
    pub on_demand: bool,
}

impl<'a> Said<'a> {
    #[inline(always)]
    fn of(token: &Compact<'a>) -> Self {
        let Compact { header, payload, .. } = token;
        Self {
            alg: header.get("alg"),
            kid: header.get("kid"),
            iss: header.get("iss"),
            payload_iss: payload.get("iss"),
            sub: payload.get("sub"),
            aud: payload.get("aud"),
            iat: Time::of(&payload.get("iat")),
            exp: Time::of(&payload.get("exp")),
            nbf: Time::of(&payload.get("nbf")),
            jti: payload.get("jti"),
            scp: payload.get("scp"),
            on_demand: payload.get("https://tableau.com/oda").as_text() == Some("true"),
        }
    }

    fn client_id(&self, policy: &Policy) -> &Claim<'a> {
        match policy.iss_place {
            IssPlace::HeaderOrPayload if self.iss.is_missing() => &self.payload_iss,
            IssPlace::Header | IssPlace::HeaderOrPayload => &self.iss,
        }
    }
}

/// Request, token and look-ups; absence is a value.
pub struct Facts<'a> {
    /// What the wire said.
    pub request: Request<'a>,
    /// Lengths of the token; zero where there is none.
    pub sizes: Sizes,
    /// The token: none, readable, or why not.
    pub token: Token<'a>,
    /// What the token says; nothing where there is no readable one.
    pub said: Said<'a>,
    /// The site the request names.
    pub site: Option<&'a SiteAccount>,
    /// The app of that site the client ID names.
    pub app: Option<&'a AppAccount>,
    /// The secret of that app the `kid` names.
    pub secret: Option<&'a AppKey>,
    /// Whom `sub` names.
    pub user: Option<&'a User>,
    /// Seconds since 1970.
    pub now: i64,
}

impl<'a> Facts<'a> {
    pub(super) fn read(request: Request<'a>, scratch: &'a mut Scratch, now: i64) -> Self {
        let text = request.token.filter(|text| !text.trim_start().is_empty());
        Self {
            request,
            sizes: Sizes::default(),
            token: text.map(|text| Compact::parse(text, scratch)),
            said: Said::default(),
            site: None,
            app: None,
            secret: None,
            user: None,
            now,
        }
    }

    pub(super) fn look_up(&mut self, accounts: &'a Accounts, policy: &Policy) {
        match &self.token {
            Some(Ok(token)) => (self.sizes, self.said) = (token.sizes, Said::of(token)),
            Some(Err(_)) => self.sizes = Sizes::of(self.request.token.unwrap_or_default()),
            None => {}
        }
        let client_id = self.said.client_id(policy).as_text();
        self.site = accounts.site(self.request.site);
        self.app = client_id.zip(self.site).and_then(|(id, site)| accounts.app(id, site));
        self.secret = self.said.kid.as_text().zip(self.app).and_then(|(id, app)| app.secret(id));
        self.user = self.said.sub.as_text().and_then(|name| accounts.user(name));
    }

    /// The client ID, from where the policy reads it.
    pub fn client_id(&self, policy: &Policy) -> &Claim<'a> {
        self.said.client_id(policy)
    }

    /// A header member; missing where there is no readable token.
    #[inline]
    pub fn header(&self, name: &str) -> Claim<'a> {
        claims::header(&self.token, name)
    }

    /// A payload claim; missing where there is no readable token.
    #[inline]
    pub fn payload(&self, name: &str) -> Claim<'a> {
        claims::payload(&self.token, name)
    }

    /// Whether there is a readable token.
    pub fn is_readable(&self) -> bool {
        claims::readable(&self.token).is_some()
    }

    /// Whether on-demand access is asked for.
    pub const fn is_on_demand(&self) -> bool {
        self.said.on_demand
    }
}
