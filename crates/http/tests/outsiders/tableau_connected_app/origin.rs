//! Whether the page that embeds is listed.

use serde_json::Value;
use url::Url;

use super::{Presented, Refused, Site, Surface, refused, row};

impl Site {
    pub(super) fn embeds(&self, presented: &Presented, directory: &Value) -> Result<(), Refused> {
        let site = row(directory, "sites", "content_url", &presented.site).ok_or(refused(10089))?;
        if presented.surface == Surface::Rest || site["unrestricted_embedding"] == true {
            return Ok(());
        }
        let rows = site["allow_list"].as_array().cloned().unwrap_or_default();
        let list: Vec<&str> = rows.iter().filter_map(Value::as_str).collect();
        let urls = list.iter().any(|entry| entry.contains("://"));
        let Some(origin) = &presented.origin else {
            return Err(refused(if urls { 10106 } else { 10092 }));
        };
        let Ok(url) = Url::parse(origin) else {
            return Err(refused(if urls { 10105 } else { 10092 }));
        };
        if !url.has_host() {
            return Err(refused(if urls { 10105 } else { 10092 }));
        }
        if list.iter().any(|entry| self.is_listed(entry, &url, origin)) {
            Ok(())
        } else {
            Err(refused(10092))
        }
    }

    /// Scheme, host and port are the entry's; an entry without a scheme is a host.
    fn is_listed(&self, entry: &str, origin: &Url, text: &str) -> bool {
        let host = entry.rsplit("//").next().unwrap_or_default();
        match self.way.0 {
            "origin-by-its-end" => return text.ends_with(host),
            "origin-by-its-beginning" => return text.starts_with(entry),
            "origin-anywhere" => return text.contains(host),
            "origin-by-letter" => {
                return text == entry || (host == entry && text.rsplit("//").next() == Some(host));
            }
            "any-port" => return origin.host_str() == Some(host),
            _ => {}
        }
        match Url::parse(entry) {
            Ok(entry) => entry.origin() == origin.origin(),
            Err(_) => origin.host_str().is_some_and(|own| own.eq_ignore_ascii_case(entry)),
        }
    }
}
