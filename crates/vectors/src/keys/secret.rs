//! HMAC secrets, API keys and passwords, which are text.

use claimproof_cast::SecretString;

use super::fault::KeyFault;
use super::{pem, text};

const EXPECTED: &str = "the bare secret as UTF-8 text, one line end at most behind it";

/// The secret a file or an environment variable holds: without the line end that an editor leaves behind it, or,
/// `verbatim`, byte for byte.
pub fn secret(bytes: &[u8], verbatim: bool) -> Result<SecretString, KeyFault> {
    let text = text::of(bytes, EXPECTED)?;
    let bare = if verbatim { text } else { without_line_end(text) };
    if bare.is_empty() {
        // An HMAC under an empty key is one that anybody can make.
        return Err(KeyFault::new(
            "nothing",
            EXPECTED,
            "put the secret there as the vendor shows it",
        ));
    }
    match (verbatim, around(bare)) {
        (false, Some((found, cure))) => Err(KeyFault::new(found, EXPECTED, meant(cure))),
        _ => Ok(bare.to_owned().into()),
    }
}

fn without_line_end(text: &str) -> &str {
    ["\r\n", "\n", "\r"].into_iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text)
}

/// What stands around a secret and hardly belongs to it, and what to do.
fn around(text: &str) -> Option<(&'static str, &'static str)> {
    let bare = text.trim();
    let quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    match () {
        () if text.starts_with('\u{feff}') => {
            Some(("a byte order mark before the secret", "save it without one"))
        }
        () if bare.is_empty() => {
            Some(("nothing but blanks", "put the secret there as the vendor shows it"))
        }
        () if bare.len() < text.len() => {
            Some(("blanks or line ends around the secret", "take them away"))
        }
        () if ['"', '\'', '`'].into_iter().any(quoted) => {
            Some(("quotes around the secret", "take them away"))
        }
        () if text.ends_with("\\n") || text.ends_with("\\r") => Some((
            "a line end written as a backslash and a letter behind the secret",
            "take it away",
        )),
        () if !pem::blocks(text).is_empty() => {
            Some(("a key or certificate in PEM form", "a private key is named by private_key_file"))
        }
        () => None,
    }
}

fn meant(cure: &str) -> String {
    format!("{cure} (or say `verbatim = true` for the account, if the secret really is this)")
}
