//! What a refusal lacks of the form its readers need, on the surfaces of Tableau's own.

use claimproof_vectors::{Form, Surface as Name};
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use serde_json::Value;

use crate::target::{Rendered, Response, SurfaceEntry, Target};

/// The namespace of the REST API's answers.
const NAMESPACE: &str = "http://tableau.com/api";
/// What the REST API answers every refused sign-in with, whatever its cause.
const REFUSED: &str = "401001";

/// Whether the sign-ins that the target declares go to the vendor's own addresses; a gateway with
/// others has a form of its own.
pub(super) fn is_vendors(target: &Target) -> bool {
    let end = |surface: &SurfaceEntry| match surface.name {
        Name::Rest => Some("/auth/signin"),
        Name::EmbedXhr => Some("/auth/embed/signin"),
        Name::DirectLink | Name::Api | Name::EmbedIframe | Name::Exchange | Name::Login => None,
    };
    let mut ends =
        target.surfaces.iter().filter_map(|surface| Some((surface, end(surface)?))).peekable();
    ends.peek().is_some() && ends.all(|(surface, end)| surface.request.path.ends_with(end))
}

/// What the answer lacks, form by form.
pub(super) fn lacks(
    surface: &SurfaceEntry,
    request: &Rendered,
    response: &Response,
) -> Vec<(Form, String)> {
    let vendors = match surface.name {
        Name::Rest => rest(&response.body),
        Name::EmbedXhr => number(&response.body),
        Name::DirectLink | Name::Api | Name::EmbedIframe | Name::Exchange | Name::Login => None,
    };
    let origin = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("origin"));
    let unread = origin.and_then(|(_, origin)| unreadable(origin, response));
    let form = |form, what: Option<String>| what.map(|what| (form, what));
    [form(Form::Vendors, vendors), form(Form::Readable, unread)].into_iter().flatten().collect()
}

/// The coarse code as text, in XML of the vendor's namespace or in JSON.
fn rest(body: &str) -> Option<String> {
    let code = match serde_json::from_str::<Value>(body) {
        Ok(json) => match json.pointer("/error/code") {
            Some(Value::String(code)) => code.clone(),
            other => {
                return Some(format!(
                    "`/error/code` is {}, and no text",
                    other.unwrap_or(&Value::Null)
                ));
            }
        },
        Err(_) => match coarse(body) {
            Ok(code) => code,
            Err(lack) => return Some(lack),
        },
    };
    (code != REFUSED).then(|| {
        format!("the error's code is `{code}`, and {REFUSED} is that of a refused sign-in")
    })
}

/// `code` of `error` below the root, both in the namespace.
fn coarse(xml: &str) -> Result<String, String> {
    let mut reader = NsReader::from_str(xml);
    let mut root = false;
    loop {
        match reader.read_resolved_event() {
            Ok((namespace, Event::Start(element) | Event::Empty(element))) => {
                let name = element.local_name().as_ref().to_owned();
                if !matches!(&namespace, ResolveResult::Bound(bound) if bound.as_ref() == NAMESPACE)
                {
                    return Err(format!(
                        "the element `{name}` is not in the namespace {NAMESPACE}"
                    ));
                }
                match name.as_str() {
                    "tsResponse" if !root => root = true,
                    "error" if root => {
                        return code(&element).ok_or_else(|| "the error has no code".to_owned());
                    }
                    other => {
                        return Err(format!(
                            "the element `{other}` stands in the place of an error"
                        ));
                    }
                }
            }
            Ok((_, Event::Eof)) => return Err("the answer holds no error".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("the answer is neither XML nor JSON: {error}")),
        }
    }
}

fn code(error: &BytesStart<'_>) -> Option<String> {
    let attribute = error.attributes().flatten().find(|one| one.key.as_ref() == "code")?;
    attribute
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()
        .map(|value| value.into_owned())
}

/// The embedding library compares the code as a number.
fn number(body: &str) -> Option<String> {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let code = json.pointer("/result/errors/0/code").unwrap_or(&Value::Null);
    (!code.is_number()).then(|| format!("`/result/errors/0/code` is {code}, and no number"))
}

/// A request with credentials is read by its page only where both headers say so (Fetch, section
/// 3.3.5).
fn unreadable(origin: &str, response: &Response) -> Option<String> {
    let own = |name| response.headers(name).next().unwrap_or("absent");
    let (allowed, credentials) =
        (own("access-control-allow-origin"), own("access-control-allow-credentials"));
    (allowed != origin || credentials != "true").then(|| {
        format!(
            "a script of {origin} cannot read it: Access-Control-Allow-Origin is {allowed}, \
             Access-Control-Allow-Credentials is {credentials}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_sign_in_has_the_coarse_code_as_text() {
        let xml = |root: &str, error: &str| {
            format!("<?xml version='1.0'?><tsResponse{root}>{error}</tsResponse>")
        };
        let namespace = " xmlns=\"http://tableau.com/api\"";
        assert_eq!(rest(&xml(namespace, "<error code=\"401001\"/>")), None);
        let prefixed = "<t:tsResponse xmlns:t='http://tableau.com/api'><t:error code='401001'/></t:tsResponse>";
        assert_eq!(rest(prefixed), None);
        assert_eq!(rest(r#"{"error":{"code":"401001"}}"#), None);
        for lacking in [
            xml("", "<error code=\"401001\"/>"),
            xml(namespace, "<error code=\"16\"/>"),
            xml(namespace, "<error/>"),
            xml(namespace, ""),
            "<error>(16)</error>".to_owned(),
            r#"{"error":{"code":401001}}"#.to_owned(),
            String::new(),
        ] {
            assert!(rest(&lacking).is_some(), "{lacking}");
        }
    }

    #[test]
    fn the_embedding_library_reads_a_number() {
        assert_eq!(number(r#"{"result":{"errors":[{"code":16}]}}"#), None);
        assert!(number(r#"{"result":{"errors":[{"code":"16"}]}}"#).is_some());
        assert!(number("16").is_some());
    }

    #[test]
    fn a_script_reads_what_names_its_origin() {
        let with = |origin: &str, credentials: &str| Response {
            headers: vec![
                ("access-control-allow-origin".to_owned(), origin.to_owned()),
                ("access-control-allow-credentials".to_owned(), credentials.to_owned()),
            ],
            ..Response::default()
        };
        assert_eq!(unreadable("https://a.example", &with("https://a.example", "true")), None);
        assert!(unreadable("https://a.example", &with("*", "true")).is_some());
        assert!(unreadable("https://a.example", &with("https://a.example", "")).is_some());
        assert!(unreadable("https://a.example", &Response::default()).is_some());
    }
}
