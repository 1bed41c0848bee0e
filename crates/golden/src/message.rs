//! HTTP messages as the golden files hold them.

use serde::{Deserialize, Serialize};

use claimproof_idp::Reaction;
use claimproof_vectors::Header;

/// A request that goes with a move, and what comes back where the provider answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// `authorize`, `redeem`, `refresh` and `resource` go to the provider, `exchange` to Connect.
    pub kind: String,
    /// What is sent; to the provider, by a conforming Connect server.
    pub request: HttpRequest,
    /// What comes back, of the provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<HttpReply>,
    /// In place of a reply: `stalls` or `closes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<String>,
}

/// A request. `{name}` stands for the subject token kept under that name, `{x*N}` for N letters x.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HttpRequest {
    /// The method.
    pub method: String,
    /// Path and query, below the address of whom it goes to.
    pub path: String,
    /// Header names in lower case, and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// A reply. `{x*N}` stands for N letters x.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HttpReply {
    /// The HTTP status.
    pub status: u16,
    /// Header names in lower case, and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

impl Message {
    pub(crate) fn answered(kind: &str, request: HttpRequest, reply: Reaction) -> Self {
        let (reply, silence) = match reply {
            Reaction::Http { status, headers, body } => {
                let headers =
                    headers.into_iter().map(|(name, value)| header(name, &value)).collect();
                (Some(HttpReply { status, headers, body: shortened(&body) }), None)
            }
            Reaction::Stalls => (None, Some("stalls".to_owned())),
            Reaction::Closes => (None, Some("closes".to_owned())),
        };
        Self { kind: kind.to_owned(), request, reply, silence }
    }

    pub(crate) fn unanswered(kind: &str, request: HttpRequest) -> Self {
        Self { kind: kind.to_owned(), request, reply: None, silence: None }
    }
}

impl HttpRequest {
    pub(crate) fn get(path: &str, headers: &[(&str, &str)]) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            headers: all(headers),
            body: String::new(),
        }
    }

    pub(crate) fn post(path: &str, headers: &[(&str, &str)], body: &str) -> Self {
        Self {
            method: "POST".to_owned(),
            path: path.to_owned(),
            headers: all(headers),
            body: shortened(body),
        }
    }
}

fn all(headers: &[(&str, &str)]) -> Vec<Header> {
    headers.iter().map(|(name, value)| header(name, value)).collect()
}

fn header(name: &str, value: &str) -> Header {
    Header { name: name.to_owned(), value: value.to_owned() }
}

/// A megabyte of one letter is written as its count.
fn shortened(body: &str) -> String {
    let is_padding = |run: &&str| run.len() >= 1000;
    match body.split(|c| c != 'x').find(is_padding) {
        Some(run) => body.replacen(run, &format!("{{x*{}}}", run.len()), 1),
        None => body.to_owned(),
    }
}
