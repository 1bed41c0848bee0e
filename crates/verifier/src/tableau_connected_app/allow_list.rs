//! Who may embed a site: its allowlist, read once when it is set.

use url::{Origin, Url};

/// The entries of an allowlist.
#[derive(Clone, Debug, Default)]
pub struct AllowList(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    text: String,
    /// As browsers write it, where the entry is a full URL; a bare host is none (TCA-R-bare-host).
    origin: Option<String>,
}

impl AllowList {
    /// A list of these entries.
    pub fn of(entries: impl IntoIterator<Item = String>) -> Self {
        let entry = |text: String| Entry {
            origin: origin_of(&text).map(|own| own.ascii_serialization()),
            text,
        };
        Self(entries.into_iter().map(entry).collect())
    }

    /// The entries as they were set.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.text.as_str())
    }

    pub(super) fn has_url(&self) -> bool {
        self.0.iter().any(|entry| entry.origin.is_some())
    }

    /// Whether this `Origin` is listed, as browsers write it (RFC 6454 section 6.2): a URL with
    /// anything more, or written otherwise, is on no list.
    pub(super) fn names(&self, origin: &str) -> bool {
        self.0.iter().any(|entry| entry.origin.as_deref() == Some(origin))
            || self.names_host(origin)
    }

    fn names_host(&self, origin: &str) -> bool {
        let mut hosts = self.0.iter().filter(|entry| entry.origin.is_none()).peekable();
        let own = hosts
            .peek()
            .and_then(|_| origin_of(origin))
            .filter(|own| own.ascii_serialization() == origin);
        let Some(Origin::Tuple(_, host, _)) = own else { return false };
        let host = host.to_string();
        hosts.any(|entry| entry.text == host)
    }
}

/// A full URL; a bare host is none (TCA-R-bare-host).
pub(super) fn origin_of(text: &str) -> Option<Origin> {
    let origin = Url::parse(text).ok()?.origin();
    origin.is_tuple().then_some(origin)
}
