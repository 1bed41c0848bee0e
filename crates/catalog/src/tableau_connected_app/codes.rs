//! The codes of Tableau connected apps under direct trust. The document lists them without
//! groups; the categories are ours.

codes! { TableauConnectedApp, CONNECTED_APPS;
    SystemUserNotFound = "5" named "SYSTEM_USER_NOT_FOUND", Refusal, "sign-in", line 10,
        meaning: "No Tableau user has the name in `sub`.",
        remedy: "Set `sub` to the user's Tableau Cloud name, an e-mail address, with upper and lower case as it is there.";
    LoginFailed = "16" named "LOGIN_FAILED", Refusal, "sign-in", line 11,
        meaning: "The sign-in failed, mostly because `exp` lies too far ahead or `sub` names nobody.",
        remedy: "Let the token live ten minutes at most and set `sub` to the user's e-mail name.";
    FeatureNotEnabled = "67" named "FEATURE_NOT_ENABLED", Refusal, "on-demand access", line 14,
        meaning: "The site does not offer on-demand access.",
        remedy: "Use a Tableau Cloud site whose license includes it.";
    ConnectedAppNotFound = "126" named "CONNECTED_APP_NOT_FOUND", Refusal, "app and secret", line 15,
        meaning: "No connected app has this client ID.",
        remedy: "Enable the app and put its own client ID into the token.";
    ConnectedAppSecretNotFound = "127" named "CONNECTED_APP_SECRET_NOT_FOUND", Refusal, "app and secret", line 16,
        meaning: "The app has no secret of this ID and value.",
        remedy: "Name the ID of an existing secret as `kid` and sign with that secret's value.";
    ConnectedAppSecretLimitExceeded = "128" named "CONNECTED_APP_SECRET_LIMIT_EXCEEDED", Refusal, "management", line 17,
        meaning: "The app already has two secrets, and a third was to be created.",
        remedy: "Delete one of the secrets first.";
    InvalidConnectedAppDomainSafelist = "133" named "INVALID_CONNECTED_APP_DOMAIN_SAFELIST", Refusal, "management", line 21,
        meaning: "The list of allowed domains has a character that may not stand there.",
        remedy: "Remove that character from the list.";
    BadJwt = "10083" named "BAD_JWT", Refusal, "token", line 22,
        meaning: "The header lacks the secret ID (`kid`), the client ID (`iss`), or both.",
        remedy: "Put both IDs into the header.";
    JwtParseError = "10084" named "JWT_PARSE_ERROR", Refusal, "token", line 23,
        meaning: "A claim is missing or has a wrong value or form: `aud`, `sub`, or one of the times.",
        remedy: "Set `aud` to \"tableau\" in lower case, include `sub`, and write the times as numbers of seconds.";
    CouldNotFetchJwtKeys = "10085" named "COULD_NOT_FETCH_JWT_KEYS", Refusal, "app and secret", line 27,
        meaning: "No secret was found for the header's `kid`.",
        remedy: "Set `kid` to the ID of one of the app's secrets.";
    ConnectedAppNotFoundAtSignIn = "10089" named "CONNECTED_APP_NOT_FOUND", Refusal, "app and secret", line 31,
        meaning: "The issuer is not the ID of any connected app.",
        remedy: "Set `iss` to the app's client ID.";
    ConnectedAppDisabled = "10090" named "CONNECTED_APP_DISABLED", Refusal, "app and secret", line 32,
        meaning: "The app the token relies on is switched off.",
        remedy: "Enable the app.";
    JtiAlreadyUsed = "10091" named "JTI_ALREADY_USED", Refusal, "token", line 33,
        meaning: "Somebody has signed in with this token already.",
        remedy: "Mint a new token for each sign-in.";
    NotInDomainAllowList = "10092" named "NOT_IN_DOMAIN_ALLOW_LIST", Refusal, "embedding", line 34,
        meaning: "The embedding page's domain is not allowed to embed content.",
        remedy: "With the REST method Update Embedding Settings for Site, set `unrestrictedEmbedding` to true, or add the domain of the embedding page to the allowlist (`domainAllowlist` in the document, `allowList` on the wire).";
    MissingRequiredJti = "10094" named "MISSING_REQUIRED_JTI", Refusal, "token", line 35,
        meaning: "The token has no `jti`.",
        remedy: "Add a `jti`.";
    JwtExpirationExceedsConfiguredExpirationPeriod = "10096" named "JWT_EXPIRATION_EXCEEDS_CONFIGURED_EXPIRATION_PERIOD", Refusal, "token", line 36,
        meaning: "The token would live longer than the configured maximum.",
        remedy: "Let it live ten minutes at most.";
    ScopesMalformed = "10097" named "SCOPES_MALFORMED", Refusal, "token", line 37,
        meaning: "The `scp` claim is no list, or there is none.",
        remedy: "Write `scp` as a list of scopes.";
    JwtUnsignedOrEncrypted = "10098" named "JWT_UNSIGNED_OR_ENCRYPTED", Refusal, "token", line 38,
        meaning: "The token bears no signature, or it is encrypted.",
        remedy: "Send a signed token in the clear.";
    ScopesMissingInJwt = "10099" named "SCOPES_MISSING_IN_JWT", Refusal, "token", line 39,
        meaning: "The required `scp` claim is missing.",
        remedy: "Add `scp` with the scopes the call needs.";
    JtiPersistenceFailed = "10100" named "JTI_PERSISTENCE_FAILED", Refusal, "token", line 40,
        meaning: "The server could not record the `jti`.",
        remedy: "Mint a new token with another `jti` and try again.";
    EphemeralUserLoginFailedSiteNotUbpEnabled = "10101" named "EPHEMERAL_USER_LOGIN_FAILED_SITE_NOT_UBP_ENABLED", Refusal, "on-demand access", line 41,
        meaning: "The site lacks the usage-based license on which on-demand access rests.",
        remedy: "License the site for usage-based embedding.";
    EphemeralUserNotSupported = "10102" named "EPHEMERAL_USER_NOT_SUPPORTED", Refusal, "on-demand access", line 42,
        meaning: "On-demand access does not work while the `iframe-auth` attribute is on.",
        remedy: "Embed with version 3.6 or later of the Embedding API.";
    JwtMaxSizeExceeded = "10103" named "JWT_MAX_SIZE_EXCEEDED", Refusal, "token", line 43,
        meaning: "The token is larger than 8000 bytes.",
        remedy: "Leave out the claims that are not needed.";
    OriginHeaderNotAValidUri = "10105" named "ORIGIN_HEADER_NOT_A_VALID_URI", Refusal, "embedding", line 44,
        meaning: "The list of allowed domains holds a URL, and the Origin header is not one.",
        remedy: "Send the embedding page's origin as a valid URL.";
    OriginHeaderNotSet = "10106" named "ORIGIN_HEADER_NOT_SET", Refusal, "embedding", line 45,
        meaning: "The list of allowed domains holds a URL, and there is no Origin header.",
        remedy: "Send the Origin header.";
}
