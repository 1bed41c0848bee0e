//! What the edits of an exchange make of its form.

use std::collections::BTreeMap;

use url::form_urlencoded::Serializer;

use super::FormEdit;

/// Names and values, in order.
pub type Pairs = Vec<(String, String)>;

const FORM: &str = "application/x-www-form-urlencoded";

/// What travels in place of a plain form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Parameters of the query.
    pub query: Pairs,
    /// The content type.
    pub content_type: String,
    /// Further headers.
    pub headers: Pairs,
    /// The body.
    pub body: String,
}

/// A form with these edits; who calls and which subject token it names is decided elsewhere.
pub fn sent(mut form: Pairs, edits: &[FormEdit]) -> Sent {
    for edit in edits {
        reshape(&mut form, edit);
    }
    let body = Serializer::new(String::new()).extend_pairs(&form).finish();
    let mut sent =
        Sent { query: Vec::new(), content_type: FORM.to_owned(), headers: Vec::new(), body };
    for edit in edits {
        carry(&mut sent, &form, edit);
    }
    sent
}

fn reshape(form: &mut Pairs, edit: &FormEdit) {
    match edit {
        FormEdit::Set(name, value) => {
            form.retain(|(own, _)| own != name);
            form.push(((*name).to_owned(), (*value).to_owned()));
        }
        FormEdit::Without(name) => form.retain(|(own, _)| own != name),
        FormEdit::Twice(name) => {
            let again: Pairs = form.iter().filter(|(own, _)| own == name).cloned().collect();
            form.extend(again);
        }
        FormEdit::Pad(bytes) => form.push(("padding".to_owned(), "x".repeat(*bytes))),
        FormEdit::Subject(_)
        | FormEdit::Caller(_)
        | FormEdit::Key(_)
        | FormEdit::Scheme(_)
        | FormEdit::InQuery
        | FormEdit::AsJson
        | FormEdit::Body(..)
        | FormEdit::Header(..) => {}
    }
}

fn carry(sent: &mut Sent, form: &Pairs, edit: &FormEdit) {
    match edit {
        FormEdit::InQuery => {
            sent.query.clone_from(form);
            sent.body.clear();
        }
        FormEdit::AsJson => {
            let object: BTreeMap<&String, &String> =
                form.iter().map(|(name, value)| (name, value)).collect();
            // A map of strings serializes without fail.
            sent.body = serde_json::to_string(&object).unwrap_or_default();
            "application/json".clone_into(&mut sent.content_type);
        }
        FormEdit::Body(text, kind) => {
            (*text).clone_into(&mut sent.body);
            (*kind).clone_into(&mut sent.content_type);
        }
        FormEdit::Header(name, value) => {
            sent.headers.push(((*name).to_owned(), (*value).to_owned()))
        }
        FormEdit::Set(..)
        | FormEdit::Without(_)
        | FormEdit::Twice(_)
        | FormEdit::Pad(_)
        | FormEdit::Subject(_)
        | FormEdit::Caller(_)
        | FormEdit::Key(_)
        | FormEdit::Scheme(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Pairs {
        [("grant_type", "g"), ("subject_token", "a b")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn a_plain_form_is_form_encoded() {
        let sent = sent(form(), &[]);
        assert_eq!(
            (sent.body.as_str(), sent.content_type.as_str()),
            ("grant_type=g&subject_token=a+b", FORM)
        );
        assert!(sent.query.is_empty() && sent.headers.is_empty());
    }

    #[test]
    fn each_edit_does_what_it_says() {
        let body = |edit| sent(form(), &[edit]).body;
        assert_eq!(body(FormEdit::Without("grant_type")), "subject_token=a+b");
        assert_eq!(
            body(FormEdit::Twice("grant_type")),
            "grant_type=g&subject_token=a+b&grant_type=g"
        );
        assert_eq!(body(FormEdit::Set("grant_type", "")), "subject_token=a+b&grant_type=");
        assert_eq!(body(FormEdit::AsJson), r#"{"grant_type":"g","subject_token":"a b"}"#);
        assert_eq!(body(FormEdit::Pad(3)), "grant_type=g&subject_token=a+b&padding=xxx");
        let queried = sent(form(), &[FormEdit::InQuery]);
        assert_eq!((queried.query, queried.body.as_str()), (form(), ""));
        let other =
            sent(form(), &[FormEdit::Body("hello", "text/plain"), FormEdit::Header("accept", "x")]);
        assert_eq!((other.body.as_str(), other.content_type.as_str()), ("hello", "text/plain"));
        assert_eq!(other.headers, [("accept".to_owned(), "x".to_owned())]);
    }
}
