//! Pages and envelopes of Connect, in which a documented text is looked for.

use std::fmt::Write;

use claimproof_vectors::texts::{code_of, code_of_error, is_worded, plain, sentence};

/// A text that is found has a code of the documents; escaping hides none, and a page around it neither.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for code in [code_of(&text), code_of_error(&text)].into_iter().flatten() {
        assert!(is_worded(code), "{code} is no code");
    }
    let (named, numbered) = (escaped(&text), numbered(&text));
    assert_eq!((plain(&named), plain(&numbered)), (text.to_string(), text.to_string()));
    assert_eq!(code_of(&named), code_of(&numbered));
    for code in ["215", "212", "220", "missing-refresh-token"] {
        let said = sentence(code).unwrap_or_default();
        let page = format!("<!doctype html><title>{named}</title><p>{}</p>", escaped(said));
        assert!(code_of(&page).is_some(), "{code} is hidden");
        assert_eq!(code_of_error(said), Some(code));
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

fn numbered(text: &str) -> String {
    text.chars().enumerate().fold(String::new(), |mut all, (n, one)| {
        let number = u32::from(one);
        let _ = if n % 2 == 0 { write!(all, "&#x{number:X};") } else { write!(all, "&#{number};") };
        all
    })
}
