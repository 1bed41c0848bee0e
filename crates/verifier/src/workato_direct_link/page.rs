//! Where the path of a direct link leads.

use url::Url;

/// What the path is, read once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// No path was handed in, or it is no URL.
    #[default]
    NoUrl,
    /// A site-relative path.
    Relative,
    /// A URL of another scheme than https.
    NotHttps,
    /// A page of another host.
    Foreign,
    /// A page of the host asked for, or of any where none is.
    Ours,
}

/// What the document wants a path to begin with.
const SCHEME: &str = "https://";

impl Page {
    /// Reads a path; `host` is the one that counts as ours.
    pub(super) fn of(path: &str, host: Option<&str>) -> Self {
        if is_relative(path) {
            return Self::Relative;
        }
        let Some(rest) = behind_scheme(path) else { return Self::without_scheme(path) };
        if !is_spelled_out(rest) {
            return Self::NoUrl;
        }
        if host.is_some_and(|host| plainly_leads_to(rest, host)) {
            return Self::Ours;
        }
        match Url::parse(path) {
            Err(_) => Self::NoUrl,
            Ok(url) if host.is_some_and(|host| url.host_str() != Some(host)) => Self::Foreign,
            Ok(_) => Self::Ours,
        }
    }

    /// A URL parser mends `https:host` and a blank in front, and the document does not.
    fn without_scheme(path: &str) -> Self {
        match Url::parse(path) {
            Ok(url) if url.scheme() != "https" => Self::NotHttps,
            Ok(_) | Err(_) => Self::NoUrl,
        }
    }
}

/// Browsers take a backslash for a slash, so what follows two of either is a host.
fn is_relative(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

/// The letters of a scheme count in any case (RFC 3986 section 3.1).
fn behind_scheme(path: &str) -> Option<&str> {
    let (scheme, rest) = path.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

/// Whether nothing needs mending: a host before anything else, no user information (RFC 9110
/// section 4.2.4), and neither blanks nor backslashes (RFC 3986 section 3).
fn is_spelled_out(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !authority.is_empty() && !authority.contains('@') && !rest.contains([' ', '\\'])
}

/// Whether the rest is written so that parsing it, which takes memory, would find this host: what
/// follows the first slash behind a host cannot make a URL invalid.
fn plainly_leads_to(rest: &str, host: &str) -> bool {
    rest.strip_prefix(host).is_some_and(|page| page.starts_with('/')) && is_plain(host)
}

/// A name that URL parsing leaves as it is: lower case, no punycode, no number that is an address.
fn is_plain(host: &str) -> bool {
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.bytes().all(plain)
        && last.starts_with(|first: char| first.is_ascii_lowercase())
        && !host.contains("xn--")
}
