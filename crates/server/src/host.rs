//! To whom a request is addressed. One that names nobody, or another machine, is not looked at: a
//! web page whose name is made to lead to this machine would else speak for its visitor.

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, Version};
use url::Url;

use crate::client::is_loopback;
use crate::reply::Reply;

/// The names a server answers to.
pub(crate) struct Hosts {
    /// The host of its public address, where a proxy stands before it.
    public: Option<String>,
}

impl Hosts {
    pub(crate) fn of(public_address: Option<&str>) -> Self {
        let url = public_address.and_then(|address| Url::parse(address).ok());
        Self { public: url.and_then(|url| url.host_str().map(str::to_owned)) }
    }

    /// What a request that is addressed to nobody here is answered. RFC 9112 section 3.2: of
    /// HTTP/1.1, none and more than one `Host` are 400; section 3.2.2: an absolute target outranks
    /// it. RFC 9110 section 15.5.20: what is meant for another is 421.
    pub(crate) fn refusal(&self, parts: &Parts) -> Option<Reply> {
        let said = match said(&parts.headers, parts.version) {
            Ok(said) => said,
            Err(why) => return Some(Reply::new(400, "text/plain", format!("{why}\n"))),
        };
        let meant = parts.uri.authority().cloned().or(said);
        let foreign = meant.filter(|authority| !self.is_own(authority.host()))?;
        let why = format!("{} is not served here\n", foreign.host());
        Some(Reply::new(421, "text/plain", why))
    }

    /// Names under `localhost` lead to this machine by themselves (RFC 6761 section 6.3).
    fn is_own(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let loopback = Url::parse(&format!("http://{host}")).is_ok_and(|url| is_loopback(&url));
        loopback || host.ends_with(".localhost") || self.public.as_deref() == Some(host)
    }
}

/// Why a request is addressed to nobody.
#[derive(Debug, thiserror::Error)]
enum NoHost {
    #[error("the request has no Host")]
    Absent,
    #[error("the request has more than one Host")]
    Several,
    #[error("the Host is no host")]
    Malformed,
}

/// The one `Host`; before HTTP/1.1 there need be none.
fn said(headers: &HeaderMap, version: Version) -> Result<Option<Authority>, NoHost> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (Some(_), Some(_)) => Err(NoHost::Several),
        (Some(host), None) => {
            let authority = Authority::try_from(host.as_bytes()).ok();
            let plain = authority.filter(|authority| !authority.as_str().contains('@'));
            plain.map(Some).ok_or(NoHost::Malformed)
        }
        (None, _) if version == Version::HTTP_11 => Err(NoHost::Absent),
        (None, _) => Ok(None),
    }
}
