//! What one presentation puts on the wire, before a transport gives it a shape.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a request goes, where a requirement names the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Surface {
    /// Workato: the direct link.
    DirectLink,
    /// Workato: a call of an API endpoint.
    Api,
    /// Tableau: REST sign-in.
    Rest,
    /// Tableau: the sign-in request of the embedding library.
    EmbedXhr,
    /// Tableau: the redirect of the iframe path.
    EmbedIframe,
    /// Connect: the exchange of a subject token.
    Exchange,
    /// Connect: where a viewer's login ends.
    Login,
}

impl Surface {
    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DirectLink => "direct-link",
            Self::Api => "api",
            Self::Rest => "rest",
            Self::EmbedXhr => "embed-xhr",
            Self::EmbedIframe => "embed-iframe",
            Self::Exchange => "exchange",
            Self::Login => "login",
        }
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A request header beside the one that may carry the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The name in lower case.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A request as the documents describe it; the target file says how it travels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// Named only where the requirement names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// Headers beside the one that may carry the token.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// What else travels: `site`, `path`, `scheme`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Parameters of the query beside those of the place, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub query: BTreeMap<String, String>,
    /// The token; absent where none is handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl Presentation {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.name == name).map(|header| header.value.as_str())
    }

    /// A field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    pub(crate) fn set_header(&mut self, name: &str, value: Option<&str>) {
        self.headers.retain(|header| header.name != name);
        if let Some(value) = value {
            self.headers.push(Header { name: name.to_owned(), value: value.to_owned() });
        }
    }
}
