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

impl Page {
    /// Reads a path; `host` is the one that counts as ours.
    pub(super) fn of(path: &str, host: Option<&str>) -> Self {
        if is_relative(path) {
            return Self::Relative;
        }
        if host.is_some_and(|host| plainly_leads_to(path, host)) {
            return Self::Ours;
        }
        match Url::parse(path) {
            Err(_) => Self::NoUrl,
            Ok(url) if url.scheme() != "https" => Self::NotHttps,
            Ok(url) if host.is_some_and(|host| url.host_str() != Some(host)) => Self::Foreign,
            Ok(_) => Self::Ours,
        }
    }
}

/// Browsers take a backslash for a slash, so what follows two of either is a host.
fn is_relative(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

/// Whether the path is written so that parsing it, which takes memory, would find this host: what
/// follows the first slash behind a host cannot make a URL invalid.
fn plainly_leads_to(path: &str, host: &str) -> bool {
    let page = path.strip_prefix("https://").and_then(|rest| rest.strip_prefix(host));
    page.is_some_and(|page| page.starts_with('/')) && is_plain(host)
}

/// A name that URL parsing leaves as it is: lower case, no punycode, no number that is an address.
fn is_plain(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let last = host.rsplit('.').next().unwrap_or_default();
    host.bytes().all(plain) && last.starts_with(|first: char| first.is_ascii_lowercase()) && !host.contains("xn--")
}
