//! The claims an application received, beside those that were sent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_vectors::Presentation;
use serde_json::{Map, Value};

/// What differs, in words; `None` where nothing does.
pub(crate) fn difference(received: &str, presentation: &Presentation) -> Option<String> {
    let payload = presentation.token.as_deref().and_then(|token| token.split('.').nth(1));
    let payload =
        payload.and_then(|segment| URL_SAFE_NO_PAD.decode(segment).ok()).unwrap_or_default();
    let (Ok(sent), Ok(own)) =
        (serde_json::from_slice::<Value>(&payload), serde_json::from_str::<Value>(received))
    else {
        return Some(format!("what is shown is no JSON: {}", quoted(received)));
    };
    match (&sent, &own) {
        _ if sent == own => None,
        (Value::Object(sent), Value::Object(own)) => first(sent, own),
        _ => Some(format!("what is shown is no object: {}", quoted(received))),
    }
}

/// A claim that is shown and was not sent.
pub(crate) fn beside(received: &str, presentation: &Presentation) -> Option<String> {
    let own: Map<String, Value> = serde_json::from_str(received).ok()?;
    let payload = presentation.token.as_deref().and_then(|token| token.split('.').nth(1))?;
    let sent: Map<String, Value> =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let name = own.keys().find(|name| !sent.contains_key(*name))?;
    Some(format!("the application is shown the claim `{}`, which was not sent", quoted(name)))
}

/// The first claim that was sent and is not the same, by name.
fn first(sent: &Map<String, Value>, own: &Map<String, Value>) -> Option<String> {
    let told = |(name, value): (&String, &Value)| match own.get(name) {
        Some(own) => {
            format!(
                "`{name}` was sent as {}, and {} is shown",
                quoted(&value.to_string()),
                quoted(&own.to_string())
            )
        }
        None => format!("`{name}`, sent as {}, is not shown", quoted(&value.to_string())),
    };
    sent.iter().find(|(name, value)| own.get(*name) != Some(value)).map(told)
}

/// How much of a value is quoted.
const MAX_QUOTED: usize = 120;

fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((place, _)) => format!("{}...", &text[..place]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sent: &str, received: &str) -> Option<String> {
        let token = format!("e30.{}.s", URL_SAFE_NO_PAD.encode(sent));
        difference(received, &Presentation { token: Some(token), ..Presentation::default() })
    }

    #[test]
    fn both_values_are_told() {
        assert_eq!(told(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#), None);
        let differs = told(r#"{"a":4711}"#, r#"{"a":"4711"}"#);
        assert_eq!(differs.as_deref(), Some("`a` was sent as 4711, and \"4711\" is shown"));
        assert_eq!(told(r#"{"a":null}"#, "{}").as_deref(), Some("`a`, sent as null, is not shown"));
        assert_eq!(told(r#"{"a":1}"#, r#"{"a":1,"c":true}"#), None);
        let token = format!("e30.{}.s", URL_SAFE_NO_PAD.encode(r#"{"a":1}"#));
        let sent = Presentation { token: Some(token), ..Presentation::default() };
        assert_eq!(beside(r#"{"a":2}"#, &sent), None);
        let due = "the application is shown the claim `c`, which was not sent";
        assert_eq!(beside(r#"{"a":1,"c":true}"#, &sent).as_deref(), Some(due));
        assert_eq!(told("{}", "<html>").as_deref(), Some("what is shown is no JSON: <html>"));
        assert_eq!(told("{}", "[]").as_deref(), Some("what is shown is no object: []"));
    }
}
