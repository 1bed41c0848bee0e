//! What is said of everything that can be wrong with a direct link.

words! {
    NotHtml: "The request asks for something other than a page.";
    Xhr: "The request was made by a script.";
    PathNotUrl: "No path was handed in, or it is no URL.";
    PathControl: "The path has control characters.";
    PathRelative: "The path is site-relative.";
    PathNotHttps: "The path has another scheme than https.";
    PathForeignHost: "The path leads to another host.";
    TokenMissing: "No token was handed in.";
    TokenMalformed: "The token is no well-formed compact JWS: {why}.";
    ExtensionDemanded: "The header demands an extension.";
    AlgNotRs256: "`alg` is not the string RS256.";
    SubSegments: "`sub` has {found} segments, and at most three count.";
    VendorUnknown: "No vendor has this ID, or `sub` names none.";
    VendorWithoutAdmin: "The vendor account has no admin.";
    VendorLinkDisabled: "Direct linking is off for the vendor.";
    VendorWithoutKey: "The vendor has no public key on file.";
    SignatureMismatch: "The signature does not verify under the vendor's key.";
    IatMissing: "`iat` is absent.";
    IatNotInteger: "`iat` is no integer.";
    JtiMissing: "`jti` is absent.";
    JtiWrongType: "`jti` is neither string nor integer.";
    TooOld: "`iat` is too far in the past: {iat}, where it is {now} and {window} s on either side pass.";
    TooNew: "`iat` is too far in the future: {iat}, where it is {now} and {window} s on either side pass.";
    TeamUnknown: "No team of the vendor has this ID.";
    TeamIsAdmin: "The team is the partner's own admin account.";
    TeamOlderThanSetup: "The team is older than the partner's set-up.";
    TeamUnconfirmed: "The team's e-mail is not confirmed.";
    SamlRequired: "The team demands SAML and the user has no SAML session.";
    MemberIsOwner: "The user owns the admin account.";
    MemberIsManager: "The user manages customers.";
    MemberUnknown: "No user has this ID.";
    MemberWithoutTeam: "The user belongs to no customer team.";
    MemberForeign: "The user was created in another customer account.";
    MemberUnconfirmed: "The user's e-mail is not confirmed.";
    JtiReused: "The `jti` was used before.";
    StoreDown: "The replay store does not answer.";
}
