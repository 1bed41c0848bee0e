//! Everything that can be wrong with a direct link, and the documented code it maps to.

use claimproof_catalog::workato_direct_link::Code;
use claimproof_token::Malformed;

use crate::violation::violations;

violations! { workato_direct_link;
    NotHtml => HttpRequestInvalid;
    Xhr => HttpRequestInvalid;
    PathNotUrl => PathInvalid;
    PathControl => PathInvalid;
    PathRelative => PathInvalid;
    PathNotHttps => PathInvalid;
    PathForeignHost => PathInvalid;
    TokenMissing => TokenMissing;
    TokenMalformed(why: Malformed) => TokenInvalid;
    ExtensionDemanded => TokenInvalid;
    AlgNotRs256 => AlgInvalid;
    SubSegments { found: usize } => TokenInvalid;
    VendorUnknown => VendorMissing;
    VendorWithoutAdmin => VendorAdminMissing;
    VendorLinkDisabled => VendorDirectTeamLinkDisabled;
    VendorWithoutKey => VendorKeyMissing;
    SignatureMismatch => TokenSignatureInvalid;
    IatMissing => IatMissing;
    IatNotInteger => IatInvalid;
    JtiMissing => JtiMissing;
    JtiWrongType => JtiInvalid;
    TooOld { iat: i128, now: i64, window: i64 } => TokenExpired;
    TooNew { iat: i128, now: i64, window: i64 } => TokenExpired;
    TeamUnknown => TeamMissing;
    TeamIsAdmin => TeamNotAllowed;
    TeamOlderThanSetup => TeamDirectTeamLinkDisabled;
    TeamUnconfirmed => TeamUnconfirmed;
    SamlRequired => TeamSamlRequired;
    MemberIsOwner => XFrameOptions;
    MemberIsManager => XFrameOptions;
    MemberUnknown => MemberInvalid;
    MemberWithoutTeam => TeamMissing;
    MemberForeign => XFrameOptions;
    MemberUnconfirmed => MemberUnconfirmed;
    JtiReused => JtiReused;
    StoreDown;
}
