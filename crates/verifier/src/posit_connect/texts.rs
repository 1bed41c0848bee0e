//! What people read: Connect's own texts, and those of a provider made fit to be passed on.

use std::borrow::Cow;

use claimproof_cast::{ExposeSecret, SecretString};

use super::violation::ProviderText;
use super::{Integration, Phase, Policy, Violation, request};

impl Violation {
    #[expect(clippy::too_many_lines, reason = "one table, an arm a text")]
    /// The text people see. It repeats nothing of the request but what a provider wrote.
    pub fn text(&self) -> Cow<'_, str> {
        let fixed = match self {
            Self::Denied(text) => return Cow::Owned(text.at_login()),
            Self::Provider(Phase::Redemption, text) => return Cow::Owned(text.at_login()),
            Self::Provider(Phase::Refresh, text) => return Cow::Owned(text.at_refresh()),
            Self::MemberMissing(name) => return Cow::Owned(format!("The form has no {name}.")),
            Self::MemberRepeated(name) => {
                return Cow::Owned(format!("The form has more than one {name}."));
            }
            Self::ParameterRepeated(name) => {
                return Cow::Owned(format!("The callback has more than one {name}."));
            }
            Self::IntegrationConfig(name) => {
                return Cow::Owned(format!(
                    "The OAuth integration's {name} is missing or invalid."
                ));
            }
            Self::CallerUnproven => {
                "You don't have permission to access this item without a valid API key."
            }
            Self::NotLoggedIn => "You must log in to do this.",
            Self::NotOwner => {
                "The caller does not own the content that the subject_token was issued for."
            }
            Self::NotPermitted => "You don't have permission to perform this operation.",
            Self::NotFound => "The requested object does not exist.",
            Self::BodyTooLarge => "The form is too large, or did not come whole.",
            Self::FormMissing => "The request has no form.",
            Self::NotForm => "The request body is no application/x-www-form-urlencoded form.",
            Self::FormUnreadable => "The form cannot be read.",
            Self::GrantType => "Invalid grant_type",
            Self::SubjectTokenType => "Invalid subject_token_type",
            Self::RequestedType => "Invalid requested_token_type",
            Self::SubjectMissing
            | Self::SubjectRepeated
            | Self::SubjectUnreadable
            | Self::SubjectExtension
            | Self::SubjectAlgorithm
            | Self::SubjectSignature
            | Self::SubjectIssuer
            | Self::SubjectTimeless
            | Self::SubjectExpired
            | Self::SubjectUnknown
            | Self::SubjectContent => "Invalid subject_token",
            Self::NoAssociation | Self::AudienceForeign => {
                "No OAuth integrations have been associated with this content item."
            }
            Self::AudienceMissing => {
                "Several OAuth integrations are associated: name one as the audience."
            }
            Self::NoSession => {
                "No OAuth session found. Log in to the OAuth Integration before requesting credentials."
            }
            Self::LoginDue { .. } => "Log in to the OAuth integration first.",
            Self::StateUnknown | Self::StateForeign | Self::StateUsed | Self::StateStale => {
                "The login was not begun here, or is over. Begin it again."
            }
            Self::CodeMissing => "The OAuth provider sent no authorization code.",
            Self::Unreachable(_) => "The OAuth provider did not answer.",
            Self::AnswerTooLarge(_) | Self::AnswerUnusable(_) => {
                "The OAuth provider's answer cannot be understood."
            }
            Self::TokenType(_) => "The OAuth provider issued a token that is no bearer token.",
            Self::MissingRefreshToken => {
                "No refresh token found in response. Refresh tokens are required to update access tokens when they \
                 expire. Are you missing the offline_access scope in the OAuth integration configuration?"
            }
            Self::IntegrationName => "The OAuth integration has no name.",
            Self::IntegrationTemplate => "The OAuth integration's template is not known.",
            Self::AssociationUnknown => "An OAuth integration to be associated does not exist.",
            Self::AssociationForm => "The associations are no list of OAuth integrations.",
            Self::NotJson => "The request body is no JSON object of the expected shape.",
            Self::Incomplete => "The request cannot be answered.",
        };
        Cow::Borrowed(fixed)
    }
}

impl ProviderText {
    /// At login the name of the error and its description both appear.
    fn at_login(&self) -> String {
        match (&self.error, &self.description) {
            (Some(error), Some(description)) => format!("{error}: {description}"),
            _ => self.at_refresh(),
        }
    }

    /// At refresh the description stands alone; the status is that of Connect's own answer.
    fn at_refresh(&self) -> String {
        let said = self.description.as_ref().or(self.error.as_ref());
        match (said, self.status) {
            (Some(said), _) => said.clone(),
            (None, Some(status)) => {
                format!("The OAuth provider answered with HTTP status {status}.")
            }
            (None, None) => "The OAuth provider refused without a reason.".to_owned(),
        }
    }
}

/// What stands where a secret stood.
const REMOVED: &str = "[removed]";

impl ProviderText {
    /// The same text without these secrets, without control characters, and no longer than the
    /// limit.
    pub(super) fn cleaned(self, secrets: &[String], policy: &Policy) -> Self {
        let clean = |text: String| cleaned(&text, secrets, policy.max_text);
        let some = |text: &String| !text.trim().is_empty();
        Self {
            status: self.status,
            error: self.error.map(clean).filter(some),
            description: self.description.map(clean).filter(some),
        }
    }
}

/// Every way a secret may be spelled in a text: as it is, in a form, and in a `Basic` header. The
/// secrets are those of `integrations` and `others`.
pub(super) fn spellings<'i>(
    integrations: impl IntoIterator<Item = &'i Integration>,
    others: &[SecretString],
) -> Vec<String> {
    let mut found = Vec::new();
    for one in integrations {
        for secret in one.config.client_secret.iter().chain(&one.retired) {
            let plain = secret.expose_secret();
            found.extend([
                plain.to_owned(),
                request::form(plain),
                request::basic(&one.config, secret),
            ]);
        }
    }
    for secret in others.iter().map(ExposeSecret::expose_secret) {
        found.extend([secret.to_owned(), request::form(secret)]);
    }
    // What is shorter could stand in any word, and is no secret.
    found.retain(|secret| secret.len() >= 4);
    // A longer one may hold a shorter one.
    found.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    found
}

/// Secrets go first, so that no cut leaves half of one.
fn cleaned(text: &str, secrets: &[String], max: usize) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        text = text.replace(secret, REMOVED);
    }
    let mut chars = text.chars().map(|c| if is_harmless(c) { c } else { ' ' });
    let mut kept: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() {
        kept.push('…');
    }
    kept
}

/// Neither a control character nor one that reorders or hides the text around it.
fn is_harmless(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !hidden
}
