//! Everything that can be wrong with a direct link, and the documented code it maps to.

use claimproof_catalog::workato_direct_link::Code;

/// The exact thing that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The request asks for something other than a page.
    NotHtml,
    /// The request was made by a script.
    Xhr,
    /// No path was handed in, or it is no URL.
    PathNotUrl,
    /// The path has control characters.
    PathControl,
    /// The path is site-relative.
    PathRelative,
    /// The path has another scheme than https.
    PathNotHttps,
    /// The path leads to another host.
    PathForeignHost,
    /// No token was handed in.
    TokenMissing,
    /// The token is no well-formed compact JWS.
    TokenMalformed,
    /// The header demands an extension.
    ExtensionDemanded,
    /// `alg` is not the string RS256.
    AlgNotRs256,
    /// `sub` has more than three segments.
    SubSegments,
    /// No vendor has this ID, or `sub` names none.
    VendorUnknown,
    /// The vendor account has no admin.
    VendorWithoutAdmin,
    /// Direct linking is off for the vendor.
    VendorLinkDisabled,
    /// The vendor has no public key on file.
    VendorWithoutKey,
    /// The signature does not verify under the vendor's key.
    SignatureMismatch,
    /// `iat` is absent.
    IatMissing,
    /// `iat` is no integer.
    IatNotInteger,
    /// `jti` is absent.
    JtiMissing,
    /// `jti` is neither string nor integer.
    JtiWrongType,
    /// `iat` is too far in the past.
    TooOld,
    /// `iat` is too far in the future.
    TooNew,
    /// No team of the vendor has this ID.
    TeamUnknown,
    /// The team is the partner's own admin account.
    TeamIsAdmin,
    /// The team is older than the partner's set-up.
    TeamOlderThanSetup,
    /// The team's e-mail is not confirmed.
    TeamUnconfirmed,
    /// The team demands SAML and the user has no SAML session.
    SamlRequired,
    /// The user owns the admin account.
    MemberIsOwner,
    /// The user manages customers.
    MemberIsManager,
    /// No user has this ID.
    MemberUnknown,
    /// The user belongs to no customer team.
    MemberWithoutTeam,
    /// The user was created in another customer account.
    MemberForeign,
    /// The user's e-mail is not confirmed.
    MemberUnconfirmed,
    /// The `jti` was used before.
    JtiReused,
    /// The replay store does not answer.
    StoreDown,
}

impl Violation {
    /// The documented code; a store that is down has none.
    pub const fn code(&self) -> Option<Code> {
        Some(match self {
            Self::NotHtml | Self::Xhr => Code::HttpRequestInvalid,
            Self::PathNotUrl
            | Self::PathControl
            | Self::PathRelative
            | Self::PathNotHttps
            | Self::PathForeignHost => Code::PathInvalid,
            Self::TokenMissing => Code::TokenMissing,
            Self::TokenMalformed | Self::ExtensionDemanded | Self::SubSegments => {
                Code::TokenInvalid
            }
            Self::AlgNotRs256 => Code::AlgInvalid,
            Self::VendorUnknown => Code::VendorMissing,
            Self::VendorWithoutAdmin => Code::VendorAdminMissing,
            Self::VendorLinkDisabled => Code::VendorDirectTeamLinkDisabled,
            Self::VendorWithoutKey => Code::VendorKeyMissing,
            Self::SignatureMismatch => Code::TokenSignatureInvalid,
            Self::IatMissing => Code::IatMissing,
            Self::IatNotInteger => Code::IatInvalid,
            Self::JtiMissing => Code::JtiMissing,
            Self::JtiWrongType => Code::JtiInvalid,
            Self::TooOld | Self::TooNew => Code::TokenExpired,
            Self::TeamUnknown | Self::MemberWithoutTeam => Code::TeamMissing,
            Self::TeamIsAdmin => Code::TeamNotAllowed,
            Self::TeamOlderThanSetup => Code::TeamDirectTeamLinkDisabled,
            Self::TeamUnconfirmed => Code::TeamUnconfirmed,
            Self::SamlRequired => Code::TeamSamlRequired,
            Self::MemberIsOwner | Self::MemberIsManager | Self::MemberForeign => {
                Code::XFrameOptions
            }
            Self::MemberUnknown => Code::MemberInvalid,
            Self::MemberUnconfirmed => Code::MemberUnconfirmed,
            Self::JtiReused => Code::JtiReused,
            Self::StoreDown => return None,
        })
    }
}
