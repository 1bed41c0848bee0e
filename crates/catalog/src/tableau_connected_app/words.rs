//! What is said of everything that can be wrong with a sign-in.

words! {
    TooLong: "The token has {bytes} bytes, and {max} are the most.";
    TokenMissing: "No token was handed in.";
    FewParts: "Fewer than three parts.";
    Encrypted: "Five parts: an encrypted token.";
    TokenMalformed: "The token is no well-formed compact JWS: {why}.";
    ExtensionDemanded: "The header demands an extension.";
    Unsigned: "`alg` is none, or the signature is empty.";
    OtherAlgorithm: "`alg` is neither none nor HS256.";
    KidMissing: "The header has no `kid`.";
    IssMissing: "The header has no `iss`.";
    IssDiffers: "`iss` differs between header and payload.";
    AppUnknown: "No app of the site has this client ID.";
    AppDisabled: "The app is disabled.";
    SecretUnknown: "No secret of the app has this ID.";
    SignatureMismatch: "The signature does not verify under the secret.";
    AudMissing: "`aud` is absent.";
    AudWrong: "`aud` is not the string tableau.";
    SubMissing: "`sub` is absent, empty or no string.";
    IatNoTime: "`iat` is no time.";
    ExpMissing: "`exp` is absent.";
    ExpNoTime: "`exp` is no time.";
    NbfNoTime: "`nbf` is no time.";
    ExpTooFar: "`exp` lies too far ahead: {exp}, where it is {now} and {limit} s ahead are the most.";
    Expired: "`exp` has passed: {exp}, where it is {now}.";
    NotYetValid: "`nbf` has not come: {nbf}, where it is {now}.";
    JtiMissing: "`jti` is absent, empty or no string.";
    ScpMissing: "`scp` is absent or null.";
    ScpNoList: "`scp` is no list.";
    OnDemandNotCloud: "On-demand access on a site that is not Cloud.";
    OnDemandNotLicensed: "On-demand access without the usage-based licence.";
    OnDemandInIframe: "On-demand access through the iframe path.";
    OriginMissing: "A URL is listed and no `Origin` was sent.";
    OriginNoUrl: "A URL is listed and `Origin` is none.";
    OriginNotListed: "`Origin` is not listed.";
    UserUnknown: "No user has this name.";
    UserBarred: "The user may not sign in.";
    JtiReused: "The `jti` was used before.";
    StoreDown: "The replay store does not answer.";
    ThirdSecret: "The app has two secrets already.";
    ListCharacter: "The domain allowlist has an invalid character.";
}
