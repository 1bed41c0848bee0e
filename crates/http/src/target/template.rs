//! Requests with placeholders. What holds a placeholder that nothing stands for is left out.

use std::collections::BTreeMap;

use super::Method;
use super::fault::TargetFault;

/// What placeholders stand for.
pub(crate) type Fields = BTreeMap<String, String>;

/// A request ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Whether XML can carry what the placeholders stand for: most control characters have no form in
/// it, not even an escaped one (XML 1.0 section 2.2).
pub(crate) fn carries(method: &Method, fields: &Fields) -> Result<(), TargetFault> {
    match unfit(method, fields) {
        Some(name) if method.json.is_none() => {
            Err(TargetFault::new(format!("XML cannot carry this value of `{{{name}}}`")))
        }
        Some(_) | None => Ok(()),
    }
}

/// The placeholder of an XML body whose value XML cannot carry.
fn unfit(method: &Method, fields: &Fields) -> Option<String> {
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    let fits = |name: &String| fields.get(name).is_none_or(|value| value.chars().all(is_char));
    placeholders(method.xml.as_ref()?).into_iter().find(|name| !fits(name))
}

/// Fills a request; the error names the part of the path nothing stands for.
pub(crate) fn render(method: &Method, fields: &Fields) -> Result<Rendered, TargetFault> {
    let all = |entries: &BTreeMap<String, String>| -> Vec<(String, String)> {
        let entry = |(name, template): (&String, &String)| {
            fill(template, fields, raw).map(|value| (name.clone(), value))
        };
        entries.iter().filter_map(entry).collect()
    };
    let path = fill(&method.path, fields, percent).ok_or_else(|| {
        TargetFault::new(format!("nothing stands for a placeholder of the path `{}`", method.path))
    })?;
    let mut headers = all(&method.headers);
    let (content_type, body) = body(method, fields)?;
    if let Some(content_type) = content_type
        && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
    {
        headers.push(("content-type".to_owned(), content_type.to_owned()));
    }
    Ok(Rendered { method: method.method.clone(), path, query: all(&method.query), headers, body })
}

fn body(method: &Method, fields: &Fields) -> Result<(Option<&'static str>, String), TargetFault> {
    // Of a method that takes both, JSON carries what XML cannot.
    if let Some(xml) = method.xml.as_ref().filter(|_| unfit(method, fields).is_none()) {
        return Ok((Some("text/xml"), xml_body(xml, fields)));
    }
    if let Some(json) = &method.json {
        return Ok((Some("application/json"), json_body(json, fields)?));
    }
    if let Some(text) = &method.text {
        return Ok((Some("text/plain"), fill(text, fields, raw).unwrap_or_default()));
    }
    if !method.form.is_empty() {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        for (name, template) in &method.form {
            if let Some(value) = fill(template, fields, raw) {
                form.append_pair(name, &value);
            }
        }
        return Ok((Some("application/x-www-form-urlencoded"), form.finish()));
    }
    Ok((None, String::new()))
}

/// A template filled; `None` where nothing stands for one of its placeholders.
fn fill(template: &str, fields: &Fields, escape: fn(&str) -> String) -> Option<String> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        let name = &rest[start + 1..start + length];
        text.push_str(&rest[..start]);
        if is_name(name) {
            text.push_str(&escape(fields.get(name)?));
            rest = &rest[start + length + 1..];
        } else {
            // A brace of the text itself; a placeholder may follow.
            text.push('{');
            rest = &rest[start + 1..];
        }
    }
    text.push_str(rest);
    Some(text)
}

fn raw(text: &str) -> String {
    text.to_owned()
}

fn percent(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// Strings of the template are filled one by one, so escaping is JSON's own; a member whose
/// placeholder nothing stands for is left out.
fn json_body(template: &str, fields: &Fields) -> Result<String, TargetFault> {
    let value: serde_json::Value = serde_json::from_str(template)
        .map_err(|error| TargetFault::new(error).at("the json template is no JSON"))?;
    Ok(json_value(&value, fields).unwrap_or(serde_json::Value::Null).to_string())
}

fn json_value(value: &serde_json::Value, fields: &Fields) -> Option<serde_json::Value> {
    match value {
        serde_json::Value::String(text) => fill(text, fields, raw).map(serde_json::Value::from),
        serde_json::Value::Array(many) => {
            Some(many.iter().filter_map(|one| json_value(one, fields)).collect())
        }
        serde_json::Value::Object(many) => {
            let member = |(name, one): (&String, &serde_json::Value)| {
                Some((name.clone(), json_value(one, fields)?))
            };
            Some(serde_json::Value::Object(many.iter().filter_map(member).collect()))
        }
        other => Some(other.clone()),
    }
}

/// An attribute ` name="{token}"` goes with its placeholder.
fn xml_body(template: &str, fields: &Fields) -> String {
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    let mut text = template.to_owned();
    for name in placeholders(template) {
        let marked = format!("{{{name}}}");
        match fields.get(&name) {
            Some(value) => text = text.replace(&marked, &escape(value)),
            None => {
                let place = text.find(&format!("\"{marked}\""));
                if let Some(place) = place {
                    let start = text[..place].rfind(' ').unwrap_or(place);
                    text.replace_range(start..place + marked.len() + 2, "");
                }
            }
        }
    }
    text
}

fn placeholders(template: &str) -> Vec<String> {
    let parts = template.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(name, _)| name.to_owned()).filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The placeholders of a request.
pub(super) fn names(method: &Method) -> Vec<String> {
    let tables = [&method.query, &method.headers, &method.form];
    let bodies = [&method.json, &method.xml, &method.text];
    let texts = tables.into_iter().flat_map(BTreeMap::values).chain(bodies.into_iter().flatten());
    texts.chain([&method.path]).flat_map(|text| placeholders(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_carries_no_control_character_and_json_every_one() {
        let xml = Method { xml: Some("<a list=\"{list}\"/>".to_owned()), ..Method::default() };
        let json = Method { json: Some("{\"list\":\"{list}\"}".to_owned()), ..Method::default() };
        let of = |list: &str| {
            Fields::from([
                ("list".to_owned(), list.to_owned()),
                ("other".to_owned(), "\u{1}".to_owned()),
            ])
        };
        assert_eq!(carries(&xml, &of("a\tb \u{1f512}")), Ok(()));
        assert_eq!(
            carries(&xml, &of("a\u{1}b")),
            Err(TargetFault::new("XML cannot carry this value of `{list}`"))
        );
        assert_eq!(carries(&json, &of("a\u{1}b")), Ok(()));
        let both = Method { json: json.json, ..xml };
        assert_eq!(carries(&both, &of("a\u{1}b")), Ok(()));
        let kind = |list: &str| body(&both, &of(list)).unwrap().0;
        assert_eq!((kind("a"), kind("a\u{1}b")), (Some("text/xml"), Some("application/json")));
    }
}
