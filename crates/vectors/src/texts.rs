//! The documented texts, and which of them an answer carries.
//!
//! Connect's own sentences are whole; those of providers are known by their documented start,
//! since ids are quoted or not, and a trailer may follow.

/// The documented text of one code.
struct Text {
    code: &'static str,
    /// What an answer must hold, wherever; ids and addresses are left out.
    parts: &'static [&'static str],
    /// Whether Connect speaks it, so that the `error` of an envelope is exactly this.
    connects_own: bool,
}

/// The more particular first: the texts of Keycloak differ by the name that goes before.
const TEXTS: &[Text] = &[
    own(
        "missing-refresh-token",
        &[
            "No refresh token found in response. Refresh tokens are required to update access tokens when they expire. \
             Are you missing the offline_access scope in the OAuth integration configuration?",
        ],
    ),
    own("215", &["Invalid subject_token"]),
    own("212", &["No OAuth integrations have been associated with this content item."]),
    own(
        "220",
        &["No OAuth session found. Log in to the OAuth Integration before requesting credentials."],
    ),
    theirs(
        "signature-mismatch",
        &["JWT signature does not match locally computed signature. \
             JWT validity cannot be asserted and should not be trusted."],
    ),
    theirs(
        "AADSTS7000215",
        &[
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client \
             secret value, not the client secret ID, for a secret added to app ",
        ],
    ),
    theirs("AADSTS500113", &["AADSTS500113: No reply address is registered for the application."]),
    theirs(
        "AADSTS50011",
        &[
            "AADSTS50011: The redirect URI ",
            " specified in the request does not match the redirect URIs configured for the application ",
        ],
    ),
    theirs(
        "AADSTS7000222",
        &["AADSTS7000222: The provided client secret keys for app ", " are expired."],
    ),
    theirs(
        "snowflake-redirect-mismatch",
        &[
            "There is a mismatch in the given redirect uri with the one in the registered OAuth client integration.",
        ],
    ),
    theirs(
        "keycloak-login",
        &["unauthorized_client", "Invalid client or Invalid client credentials"],
    ),
    theirs("keycloak-refresh", &["Invalid client or Invalid client credentials"]),
];

const fn own(code: &'static str, parts: &'static [&'static str]) -> Text {
    Text { code, parts, connects_own: true }
}

const fn theirs(code: &'static str, parts: &'static [&'static str]) -> Text {
    Text { code, parts, connects_own: false }
}

/// The documented code whose text a page or an answer holds, tags and entities undone.
pub fn code_of(text: &str) -> Option<&'static str> {
    let bare = bare(&plain(text));
    TEXTS.iter().find(|one| one.stands_in(&bare)).map(|one| one.code)
}

/// The documented code of the `error` of an envelope: Connect's own texts to the letter.
pub fn code_of_error(error: &str) -> Option<&'static str> {
    let bare = bare(error);
    let known =
        |one: &&Text| if one.connects_own { one.parts == [error] } else { one.stands_in(&bare) };
    TEXTS.iter().find(known).map(|one| one.code)
}

/// Whether a document has a text for this code.
pub fn is_worded(code: &str) -> bool {
    TEXTS.iter().any(|one| one.code == code)
}

/// The text of a code that Connect itself speaks.
pub fn sentence(code: &str) -> Option<&'static str> {
    let own = TEXTS.iter().find(|one| one.connects_own && one.code == code)?;
    own.parts.first().copied()
}

impl Text {
    fn stands_in(&self, bare: &str) -> bool {
        self.parts.iter().all(|part| bare.contains(part))
    }
}

/// Without quotes, which some versions put around ids, and with single blanks.
fn bare(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| !matches!(c, '\'' | '"' | '\u{2018}' | '\u{2019}')).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    // A part may end in the blank before an id.
    format!("{} ", words.join(" "))
}

/// A page as a person reads it: tags and entities undone.
pub fn plain(page: &str) -> String {
    unescaped(&untagged(page))
}

/// A page's text: every tag is a blank.
fn untagged(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match tag.split_once('>') {
            Some((_, behind)) if is_tag => {
                text.push(' ');
                rest = behind;
            }
            _ => {
                text.push('<');
                rest = tag;
            }
        }
    }
    text + rest
}

/// HTML entities, named and numeric, as far as escaping makes them.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        plain.push_str(before);
        let known =
            entity.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind)));
        match known {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = entity;
            }
        }
    }
    plain + rest
}

fn character(entity: &str) -> Option<char> {
    let number =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => match entity.strip_prefix("#x").or(entity.strip_prefix("#X")) {
            Some(digits) => number(digits, 16),
            None => number(entity.strip_prefix('#')?, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{code_of, code_of_error, sentence};

    const APP: &str = "00000003-0000-0000-c000-000000000000";

    #[rstest]
    #[case(
        "missing-refresh-token",
        "No refresh token found in response. Refresh tokens are required to update access tokens when they expire. Are you missing the offline_access scope in the OAuth integration configuration?"
    )]
    #[case("215", "Invalid subject_token")]
    #[case("212", "No OAuth integrations have been associated with this content item.")]
    #[case(
        "220",
        "No OAuth session found. Log in to the OAuth Integration before requesting credentials."
    )]
    fn connects_own_are_exact_in_an_envelope(#[case] code: &str, #[case] text: &str) {
        assert_eq!(code_of_error(text), Some(code));
        assert_eq!(sentence(code), Some(text));
        for other in [
            format!("{text} "),
            format!("ClientError: {text}"),
            text.to_lowercase(),
            text.replacen(' ', "  ", 1),
        ] {
            assert_eq!(code_of_error(&other), None, "{other}");
        }
        assert_eq!(code_of(&format!("<html><p>Login failed: {text}</p></html>")), Some(code));
    }

    #[rstest]
    #[case("AADSTS7000215", format!("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{APP}'. Trace ID: x"))]
    #[case("AADSTS7000215", format!("invalid_client: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app {APP}.\r\nTrace ID: x"))]
    #[case("AADSTS500113", "AADSTS500113: No reply address is registered for the application.".to_owned())]
    #[case("AADSTS50011", format!("AADSTS50011: The redirect URI 'http://h/__oauth__/integrations/callback' specified in the request does not match the redirect URIs configured for the application '{APP}'. Make sure"))]
    #[case("AADSTS7000222", format!("AADSTS7000222: The provided client secret keys for app '{APP}' are expired. Visit"))]
    #[case("snowflake-redirect-mismatch", "Error occurred in authorization: There is a mismatch in the given redirect uri with the one in the registered OAuth client integration.".to_owned())]
    #[case("keycloak-login", "unauthorized_client: Invalid client or Invalid client credentials".to_owned())]
    #[case("keycloak-login", "Invalid client or Invalid client credentials (unauthorized_client)".to_owned())]
    #[case("keycloak-refresh", "400 Bad Request: Invalid client or Invalid client credentials".to_owned())]
    #[case("keycloak-refresh", "Invalid client or Invalid client credentials".to_owned())]
    #[case("signature-mismatch", "io.jsonwebtoken.security.SignatureException: JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted.".to_owned())]
    fn providers_are_known_by_their_start(#[case] code: &str, #[case] text: String) {
        assert_eq!(code_of_error(&text), Some(code));
        let escaped = text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&#x22;");
        assert_eq!(
            code_of(&format!("<!doctype html>\n<title>Error</title><pre>{escaped}</pre>")),
            Some(code)
        );
    }

    #[rstest]
    #[case("")]
    #[case("invalid subject_token")]
    #[case("AADSTS7000215: Invalid client secret is provided.")]
    #[case("AADSTS50011: No reply address is registered for the application.")]
    #[case("AADSTS500113: The redirect URI 'x' specified in the request")]
    #[case("unauthorized_client: invalid client secret")]
    #[case("The redirect URI does not match")]
    #[case("a < b && c &unknown; &#xZZ; <")]
    fn other_texts_are_none_of_them(#[case] text: &str) {
        assert_eq!((code_of(text), code_of_error(text)), (None, None));
    }
}
