//! Everything that can be wrong with a sign-in, and the documented code it maps to.

use claimproof_catalog::tableau_connected_app::Code;
use claimproof_token::Malformed;

use crate::violation::violations;

violations! { tableau_connected_app;
    TooLong { bytes: usize, max: usize } => JwtMaxSizeExceeded;
    TokenMissing => JwtParseError;
    FewParts => JwtUnsignedOrEncrypted;
    Encrypted => JwtUnsignedOrEncrypted;
    TokenMalformed(why: Malformed) => JwtParseError;
    ExtensionDemanded => JwtParseError;
    Unsigned => JwtUnsignedOrEncrypted;
    OtherAlgorithm => JwtParseError;
    KidMissing => BadJwt;
    IssMissing => BadJwt;
    IssDiffers => BadJwt;
    AppUnknown => ConnectedAppNotFoundAtSignIn;
    AppDisabled => ConnectedAppDisabled;
    SecretUnknown => CouldNotFetchJwtKeys;
    SignatureMismatch => ConnectedAppSecretNotFound;
    AudMissing => JwtParseError;
    AudWrong => JwtParseError;
    SubMissing => JwtParseError;
    IatNoTime => JwtParseError;
    ExpMissing => JwtParseError;
    ExpNoTime => JwtParseError;
    NbfNoTime => JwtParseError;
    ExpTooFar { exp: i64, now: i64, limit: i128 } => JwtExpirationExceedsConfiguredExpirationPeriod;
    Expired { exp: i64, now: i64 } => LoginFailed;
    NotYetValid { nbf: i64, now: i64 } => JwtParseError;
    JtiMissing => MissingRequiredJti;
    ScpMissing => ScopesMissingInJwt;
    ScpNoList => ScopesMalformed;
    OnDemandNotCloud => FeatureNotEnabled;
    OnDemandNotLicensed => EphemeralUserLoginFailedSiteNotUbpEnabled;
    OnDemandInIframe => EphemeralUserNotSupported;
    OriginMissing => OriginHeaderNotSet;
    OriginNoUrl => OriginHeaderNotAValidUri;
    OriginNotListed => NotInDomainAllowList;
    UserUnknown => SystemUserNotFound;
    UserBarred => LoginFailed;
    JtiReused => JtiAlreadyUsed;
    StoreDown => JtiPersistenceFailed;
    ThirdSecret => ConnectedAppSecretLimitExceeded;
    ListCharacter => InvalidConnectedAppDomainSafelist;
}
