//! What was read: the request, the token, and who it names.

use claimproof_token::{Claim, Compact, Scratch};

use super::accounts::{Accounts, Member, Team, VendorAccount};
use super::page::Page;
use crate::claims::{self, Token};

/// What the wire said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The `Accept` header.
    pub accept: Option<&'a str>,
    /// The `X-Requested-With` header.
    pub requested_with: Option<&'a str>,
    /// The target path handed in.
    pub path: Option<&'a str>,
    /// The token handed in.
    pub token: Option<&'a str>,
    /// Whether the user has signed in through the SAML identity provider.
    pub saml_session: bool,
}

/// Limits and readings.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How far `iat` may lie from now on either side, inclusive, in whole seconds.
    pub window: i64,
    /// Whether a site-relative path passes (reading `vendor-client` of WDL-R-path-form).
    pub relative_paths: bool,
    /// The host a path must lead to; `None` lets any host pass (WDL-R-path-subject).
    pub host: Option<String>,
}

impl Policy {
    /// The host the reference serves pages for.
    pub const HOST: &'static str = "app.claimproof.example";
}

impl Default for Policy {
    fn default() -> Self {
        Self { window: 30, relative_paths: false, host: Some(Self::HOST.to_owned()) }
    }
}

/// What an accepted link gives: a session whose page may be framed by the customer's origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant<'a> {
    /// The origin set for the customer; `None` where the partner's own holds.
    pub origin: Option<&'a str>,
    /// The page asked for.
    pub path: &'a str,
}

/// Request, token and look-ups; absence is a value.
pub struct Facts<'a> {
    /// What the wire said.
    pub request: Request<'a>,
    /// Where the path leads.
    pub page: Page,
    /// The token: none, readable, or why not.
    pub token: Token<'a>,
    /// Segments of `sub` beyond the third.
    pub surplus_segments: usize,
    /// Whether `sub` has a third segment.
    pub names_member: bool,
    /// Who the first segment names.
    pub vendor: Option<&'a VendorAccount>,
    /// What the second segment names.
    pub team: Option<&'a Team>,
    /// Who the third segment names.
    pub member: Option<&'a Member>,
    /// Seconds since 1970.
    pub now: i64,
}

impl<'a> Facts<'a> {
    pub(super) fn read(request: Request<'a>, scratch: &'a mut Scratch, now: i64) -> Self {
        // An empty or blank parameter counts as none (WDL-R-empty-token).
        let text = request.token.filter(|text| !text.trim_start().is_empty());
        Self {
            request,
            page: Page::default(),
            token: text.map(|text| Compact::parse(text, scratch)),
            surplus_segments: 0,
            names_member: false,
            vendor: None,
            team: None,
            member: None,
            now,
        }
    }

    pub(super) fn look_up(&mut self, accounts: &'a Accounts, policy: &Policy) {
        self.page = Page::of(self.request.path.unwrap_or_default(), policy.host.as_deref());
        let sub = self.payload("sub");
        // External IDs arrive encoded, so a colon inside one is no separator.
        let mut parts = sub.as_text().unwrap_or_default().split(':');
        self.vendor = parts.next().and_then(|id| accounts.vendor(id));
        self.team = parts.next().and_then(|id| accounts.team(id));
        let third = parts.next();
        self.member = third.and_then(|id| accounts.member(id));
        (self.names_member, self.surplus_segments) = (third.is_some(), parts.count());
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

    /// `iat` where it is an integer; one of more digits than these lies far from every clock.
    pub fn iat(&self) -> Option<i128> {
        let iat = self.payload("iat");
        let Claim::Integer(digits) = iat else { return None };
        let far = if digits.starts_with('-') { i128::MIN } else { i128::MAX };
        Some(iat.as_i64().map_or_else(|| digits.parse().unwrap_or(far), i128::from))
    }

    /// Whether there is a readable token.
    pub fn is_readable(&self) -> bool {
        claims::readable(&self.token).is_some()
    }
}
