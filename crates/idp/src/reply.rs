//! What a provider answers, and the plain shapes of it.

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};
use serde_json::Value;
use url::form_urlencoded;

/// What a provider answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// An HTTP answer.
    Http {
        /// The HTTP status.
        status: u16,
        /// Header names in lower case, and values.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// None within any deadline.
    Stalls,
    /// The connection is closed.
    Closes,
}

/// An OAuth error before a personality gives it a shape.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: u16,
    pub(super) error: &'static str,
    pub(super) description: String,
}

impl Reaction {
    pub(super) fn of(status: u16, content_type: &str, body: String) -> Self {
        Self::Http { status, headers: vec![("content-type", content_type.to_owned())], body }
    }

    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    /// An HTML page with no way on. None of the vendors documents its status.
    pub(super) fn page(title: &str, text: &str) -> Self {
        let mut writer = Writer::new(b"<!doctype html>\n".to_vec());
        for (name, text) in [("title", title), ("h1", title), ("p", text)] {
            // Writing into memory cannot fail.
            let element = writer.create_element(name).write_text_content(BytesText::new(text));
            let _ =
                element.and_then(|writer| writer.write_event(Event::Text(BytesText::new("\n"))));
        }
        let body = String::from_utf8(writer.into_inner()).unwrap_or_default();
        Self::of(400, "text/html; charset=utf-8", body)
    }

    pub(super) fn redirect(to: &str, pairs: &[(&str, &str)]) -> Self {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let joint = if to.contains('?') { '&' } else { '?' };
        Self::Http {
            status: 302,
            headers: vec![("location", format!("{to}{joint}{query}"))],
            body: String::new(),
        }
    }

    /// With one more header.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Http { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }

    /// Token answers are stored nowhere.
    pub(super) fn unstored(self) -> Self {
        self.with("cache-control", "no-store").with("pragma", "no-cache")
    }

    /// With this text of its body spelled otherwise.
    pub(super) fn respelled(mut self, text: &str, by: &str) -> Self {
        if let Self::Http { body, .. } = &mut self {
            *body = body.replace(text, by);
        }
        self
    }

    /// The first half of its body.
    pub(super) fn halved(mut self) -> Self {
        if let Self::Http { body, .. } = &mut self {
            body.truncate(body.len() / 2);
        }
        self
    }
}
