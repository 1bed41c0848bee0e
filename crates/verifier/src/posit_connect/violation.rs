//! Everything that can be wrong, and the number of Connect's envelope it maps to.

use std::borrow::Cow;

use claimproof_catalog::posit_connect::Code;

use crate::{Explained, Rejected};

/// The exact thing that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Nobody proved to be the caller.
    CallerUnproven,
    /// The caller does not own the content the subject token was issued for.
    NotOwner,
    /// The caller's rank does not suffice.
    NotPermitted,
    /// There is no such integration, content or session, or not for this caller.
    NotFound,
    /// The request body is longer than the limit.
    BodyTooLarge,
    /// The request has no body.
    FormMissing,
    /// The content type is no form's.
    NotForm,
    /// The form is no text.
    FormUnreadable,
    /// A form member is absent or empty.
    MemberMissing(&'static str),
    /// A form member stands there twice.
    MemberRepeated(&'static str),
    /// The grant type is no token exchange.
    GrantType,
    /// The subject token type is not the user session token's.
    SubjectTokenType,
    /// Another type of token is requested than is handed out.
    RequestedType,
    /// The subject token is absent or empty.
    SubjectMissing,
    /// The subject token stands there twice.
    SubjectRepeated,
    /// The subject token is no compact JWS.
    SubjectUnreadable,
    /// Its header demands an extension.
    SubjectExtension,
    /// Its algorithm is not the key's.
    SubjectAlgorithm,
    /// Its signature does not hold.
    SubjectSignature,
    /// Somebody else issued it.
    SubjectIssuer,
    /// It has no expiry.
    SubjectTimeless,
    /// It has expired.
    SubjectExpired,
    /// It names no viewer who is known.
    SubjectUnknown,
    /// It names no content that is known.
    SubjectContent,
    /// No integration is associated with the content.
    NoAssociation,
    /// The integration asked for is not associated with the content.
    AudienceForeign,
    /// Several integrations are associated, and the request names none.
    AudienceMissing,
    /// This viewer has no session.
    NoSession,
    /// The browser is not logged in to Connect.
    NotLoggedIn,
    /// The viewer must log in at the integration first.
    LoginDue {
        /// GUID of the integration.
        integration: String,
    },
    /// A callback parameter stands there twice.
    ParameterRepeated(&'static str),
    /// No login began with this `state`.
    StateUnknown,
    /// The login was begun by another viewer.
    StateForeign,
    /// The `state` was used before.
    StateUsed,
    /// The login took too long.
    StateStale,
    /// The provider sent the browser back with an error.
    Denied(ProviderText),
    /// The provider sent the browser back without a code.
    CodeMissing,
    /// The provider did not answer.
    Unreachable(Phase),
    /// The provider's answer is longer than the limit.
    AnswerTooLarge(Phase),
    /// The provider refused.
    Provider(Phase, ProviderText),
    /// The provider's answer is no token answer.
    AnswerUnusable(Phase),
    /// The provider handed out a token of another kind than bearer tokens.
    TokenType(Phase),
    /// The provider's answer has no refresh token.
    MissingRefreshToken,
    /// An integration's name is absent or empty.
    IntegrationName,
    /// An integration's template is not known.
    IntegrationTemplate,
    /// A member of an integration's configuration is absent, unknown or ill-formed.
    IntegrationConfig(&'static str),
    /// An association names an integration that does not exist.
    AssociationUnknown,
    /// The associations are no list of integrations.
    AssociationForm,
    /// The request body is no JSON of the right shape.
    NotJson,
    /// Nothing fired and yet something is lacking that the answer needs.
    Incomplete,
}

impl Rejected<Violation> {
    /// What people are shown: what was wrong, else that something is lacking.
    pub fn shown(&self) -> &Violation {
        self.violation.as_ref().unwrap_or(&Violation::Incomplete)
    }
}

impl Explained for Violation {
    fn documented(&self) -> Option<claimproof_catalog::Code> {
        self.code().map(Code::row)
    }

    fn words(&self) -> Cow<'_, str> {
        self.text()
    }
}

/// Which answer of the provider it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A code is redeemed, at login.
    Redemption,
    /// An access token is refreshed, at an exchange.
    Refresh,
}

/// What a provider says is wrong, as it says it, secrets and control characters aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderText {
    /// The HTTP status, where it is an answer.
    pub status: Option<u16>,
    /// The OAuth error.
    pub error: Option<String>,
    /// The description.
    pub description: Option<String>,
}

/// The number in Connect's envelope: the vendor's list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// 3: a body that cannot be read.
    Unreadable,
    /// 4: no such thing.
    NotFound,
    /// 12: a parameter that is none.
    Parameter,
    /// 22: not permitted.
    NotPermitted,
    /// 24: not authenticated.
    NotAuthenticated,
    /// 207.
    IntegrationUnknown,
    /// 209.
    AssociationAssignment,
    /// 210.
    FormNotFound,
    /// 211.
    FormParse,
    /// 212.
    NoAssociations,
    /// 213.
    GrantType,
    /// 214.
    SubjectTokenType,
    /// 215.
    SubjectToken,
    /// 219.
    RefreshFailure,
    /// 220.
    SessionNotFound,
    /// 225.
    IntegrationName,
    /// 227.
    IntegrationTemplate,
    /// 228.
    IntegrationConfig,
    /// 230.
    IntegrationLogin,
}

impl Number {
    /// As it stands in the envelope.
    pub const fn value(self) -> u16 {
        match self {
            Self::Unreadable => 3,
            Self::NotFound => 4,
            Self::Parameter => 12,
            Self::NotPermitted => 22,
            Self::NotAuthenticated => 24,
            Self::IntegrationUnknown => 207,
            Self::AssociationAssignment => 209,
            Self::FormNotFound => 210,
            Self::FormParse => 211,
            Self::NoAssociations => 212,
            Self::GrantType => 213,
            Self::SubjectTokenType => 214,
            Self::SubjectToken => 215,
            Self::RefreshFailure => 219,
            Self::SessionNotFound => 220,
            Self::IntegrationName => 225,
            Self::IntegrationTemplate => 227,
            Self::IntegrationConfig => 228,
            Self::IntegrationLogin => 230,
        }
    }
}

impl Violation {
    /// The number it is answered with.
    pub const fn number(&self) -> Number {
        match self {
            Self::CallerUnproven | Self::NotLoggedIn => Number::NotAuthenticated,
            Self::NotOwner | Self::NotPermitted => Number::NotPermitted,
            Self::NotFound => Number::NotFound,
            Self::FormMissing => Number::FormNotFound,
            Self::BodyTooLarge | Self::NotForm | Self::FormUnreadable => Number::FormParse,
            Self::MemberMissing(_)
            | Self::MemberRepeated(_)
            | Self::RequestedType
            | Self::AudienceMissing
            | Self::Incomplete => Number::Parameter,
            Self::GrantType => Number::GrantType,
            Self::SubjectTokenType => Number::SubjectTokenType,
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
            | Self::SubjectContent => Number::SubjectToken,
            Self::NoAssociation | Self::AudienceForeign => Number::NoAssociations,
            Self::NoSession => Number::SessionNotFound,
            Self::Unreachable(phase)
            | Self::AnswerTooLarge(phase)
            | Self::Provider(phase, _)
            | Self::AnswerUnusable(phase)
            | Self::TokenType(phase) => match phase {
                Phase::Redemption => Number::IntegrationLogin,
                Phase::Refresh => Number::RefreshFailure,
            },
            Self::LoginDue { .. }
            | Self::ParameterRepeated(_)
            | Self::StateUnknown
            | Self::StateForeign
            | Self::StateUsed
            | Self::StateStale
            | Self::Denied(_)
            | Self::CodeMissing
            | Self::MissingRefreshToken => Number::IntegrationLogin,
            Self::IntegrationName => Number::IntegrationName,
            Self::IntegrationTemplate => Number::IntegrationTemplate,
            Self::IntegrationConfig(_) => Number::IntegrationConfig,
            Self::AssociationUnknown => Number::IntegrationUnknown,
            Self::AssociationForm => Number::AssociationAssignment,
            Self::NotJson => Number::Unreadable,
        }
    }

    /// The documented code, of those that are Connect's own; a provider's is in its text.
    pub const fn code(&self) -> Option<Code> {
        match (self, self.number()) {
            (Self::MissingRefreshToken, _) => Some(Code::MissingRefreshToken),
            (_, Number::SubjectToken) => Some(Code::InvalidSubjectToken),
            (_, Number::NoAssociations) => Some(Code::NoAssociation),
            (_, Number::SessionNotFound) => Some(Code::NoSession),
            (
                _,
                Number::Unreadable
                | Number::NotFound
                | Number::Parameter
                | Number::NotPermitted
                | Number::NotAuthenticated
                | Number::IntegrationUnknown
                | Number::AssociationAssignment
                | Number::FormNotFound
                | Number::FormParse
                | Number::GrantType
                | Number::SubjectTokenType
                | Number::RefreshFailure
                | Number::IntegrationName
                | Number::IntegrationTemplate
                | Number::IntegrationConfig
                | Number::IntegrationLogin,
            ) => None,
        }
    }
}
