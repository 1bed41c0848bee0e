//! Everything that can be wrong with a sign-in, and the documented code it maps to.

use claimproof_catalog::tableau_connected_app::Code;

/// The exact thing that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The compact form is longer than the limit.
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// No token was handed in.
    TokenMissing,
    /// Fewer than three parts.
    FewParts,
    /// Five parts: an encrypted token.
    Encrypted,
    /// The token is no well-formed compact JWS.
    TokenMalformed,
    /// The header demands an extension.
    ExtensionDemanded,
    /// `alg` is none, or the signature is empty.
    Unsigned,
    /// `alg` is neither none nor HS256.
    OtherAlgorithm,
    /// The header has no `kid`.
    KidMissing,
    /// The header has no `iss`.
    IssMissing,
    /// `iss` differs between header and payload.
    IssDiffers,
    /// No app of the site has this client ID.
    AppUnknown,
    /// The app is disabled.
    AppDisabled,
    /// No secret of the app has this ID.
    SecretUnknown,
    /// The signature does not verify under the secret.
    SignatureMismatch,
    /// `aud` is absent.
    AudMissing,
    /// `aud` is not the string tableau.
    AudWrong,
    /// `sub` is absent, empty or no string.
    SubMissing,
    /// `iat` is no time.
    IatNoTime,
    /// `exp` is absent.
    ExpMissing,
    /// `exp` is no time.
    ExpNoTime,
    /// `nbf` is no time.
    NbfNoTime,
    /// `exp` lies too far ahead.
    ExpTooFar {
        /// Seconds beyond the limit.
        by: i64,
    },
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// `jti` is absent, empty or no string.
    JtiMissing,
    /// `scp` is absent or null.
    ScpMissing,
    /// `scp` is no list.
    ScpNoList,
    /// On-demand access on a site that is not Cloud.
    OnDemandNotCloud,
    /// On-demand access without the usage-based licence.
    OnDemandNotLicensed,
    /// On-demand access through the iframe path.
    OnDemandInIframe,
    /// A URL is listed and no `Origin` was sent.
    OriginMissing,
    /// A URL is listed and `Origin` is none.
    OriginNoUrl,
    /// `Origin` is not listed.
    OriginNotListed,
    /// No user has this name.
    UserUnknown,
    /// The user may not sign in.
    UserBarred,
    /// The `jti` was used before.
    JtiReused,
    /// The replay store does not answer.
    StoreDown,
    /// The app has two secrets already.
    ThirdSecret,
    /// The domain allowlist has an invalid character.
    ListCharacter,
}

impl Violation {
    /// The documented code; where overlapping ones fit, the default of the reading.
    pub const fn code(&self) -> Code {
        match self {
            Self::TooLong { .. } => Code::JwtMaxSizeExceeded,
            Self::FewParts | Self::Encrypted | Self::Unsigned => Code::JwtUnsignedOrEncrypted,
            Self::KidMissing | Self::IssMissing | Self::IssDiffers => Code::BadJwt,
            Self::TokenMissing
            | Self::TokenMalformed
            | Self::ExtensionDemanded
            | Self::OtherAlgorithm
            | Self::AudMissing
            | Self::AudWrong
            | Self::SubMissing
            | Self::IatNoTime
            | Self::ExpMissing
            | Self::ExpNoTime
            | Self::NbfNoTime
            | Self::NotYetValid => Code::JwtParseError,
            Self::Expired | Self::UserBarred => Code::LoginFailed,
            Self::AppUnknown => Code::ConnectedAppNotFoundAtSignIn,
            Self::AppDisabled => Code::ConnectedAppDisabled,
            Self::SecretUnknown => Code::CouldNotFetchJwtKeys,
            Self::SignatureMismatch => Code::ConnectedAppSecretNotFound,
            Self::ExpTooFar { .. } => Code::JwtExpirationExceedsConfiguredExpirationPeriod,
            Self::JtiMissing => Code::MissingRequiredJti,
            Self::ScpMissing => Code::ScopesMissingInJwt,
            Self::ScpNoList => Code::ScopesMalformed,
            Self::OnDemandNotCloud => Code::FeatureNotEnabled,
            Self::OnDemandNotLicensed => Code::EphemeralUserLoginFailedSiteNotUbpEnabled,
            Self::OnDemandInIframe => Code::EphemeralUserNotSupported,
            Self::OriginMissing => Code::OriginHeaderNotSet,
            Self::OriginNoUrl => Code::OriginHeaderNotAValidUri,
            Self::OriginNotListed => Code::NotInDomainAllowList,
            Self::UserUnknown => Code::SystemUserNotFound,
            Self::JtiReused => Code::JtiAlreadyUsed,
            Self::StoreDown => Code::JtiPersistenceFailed,
            Self::ThirdSecret => Code::ConnectedAppSecretLimitExceeded,
            Self::ListCharacter => Code::InvalidConnectedAppDomainSafelist,
        }
    }
}
