//! The codes of Workato JWT direct linking: 23 refusals and the two symptoms beside them.

codes! { WorkatoDirectLink, DIRECT_LINKING;
    RefusedToConnect = "refused-to-connect", Symptom, "Common issue",
        under "App refused to connect" line 7,
        meaning: "The browser shows this instead of the framed page, mostly because it blocks third-party cookies.",
        remedy: "Let the browser accept cookies in third-party frames; in Safari, switch off the prevention of tracking across sites.";

    HttpRequestInvalid = "http_request_invalid", Refusal, "HTTP request", line 28,
        meaning: "The request is no valid HTTP, does not ask for HTML, or was made by script (XHR).",
        remedy: "Send valid HTTP that asks for HTML, as a browser that navigates does and a script does not.";
    PathInvalid = "path_invalid", Refusal, "HTTP request", line 30,
        meaning: "The path or URL handed in is not valid, or HTTPS does not secure it.",
        remedy: "Hand in a valid URL that starts with https://.";

    AlgInvalid = "alg_invalid", Refusal, "JWT header/payload", line 35,
        meaning: "The token's header names a signing algorithm other than RS256.",
        remedy: "Sign with RS256 and say so in the header's `alg`.";
    IatInvalid = "iat_invalid", Refusal, "JWT header/payload", line 37,
        meaning: "The payload has an `iat`, but it is no integer.",
        remedy: "Write `iat` as an integer number of seconds.";
    IatMissing = "iat_missing", Refusal, "JWT header/payload", line 39,
        meaning: "The payload has no `iat`.",
        remedy: "Add the issue time to the payload as `iat`.";
    JtiInvalid = "jti_invalid", Refusal, "JWT header/payload", line 41,
        meaning: "The `jti` is of a type other than string and integer.",
        remedy: "Make `jti` a string or an integer.";
    JtiMissing = "jti_missing", Refusal, "JWT header/payload", line 43,
        meaning: "The payload has no `jti`.",
        remedy: "Add a `jti` to the payload.";
    JtiReused = "jti_reused", Refusal, "JWT header/payload", line 45,
        meaning: "A frame was already rendered with this `jti`, which is good for one use only.",
        remedy: "Mint each token with a `jti` that no other token ever had.";
    TokenExpired = "token_expired", Refusal, "JWT header/payload", line 47,
        meaning: "The `iat` lies more than 30 seconds before or after the server's time.",
        remedy: "Mint the token at the moment of use, with a clock that is right.";
    TokenInvalid = "token_invalid", Refusal, "JWT header/payload", line 49,
        meaning: "A part of the token is missing or cannot be read.",
        remedy: "Send header, payload and signature joined by dots, and check that the first two decode to JSON objects.";
    TokenMissing = "token_missing", Refusal, "JWT header/payload", line 51,
        meaning: "The request carries no token.",
        remedy: "Put the token into the request.";
    TokenSignatureInvalid = "token_signature_invalid", Refusal, "JWT header/payload", line 53,
        meaning: "The signature does not verify: it was made with a wrong private key.",
        remedy: "Sign with the private key whose public half is registered.";

    MemberInvalid = "member_invalid", Refusal, "Account", line 58,
        meaning: "The user is no valid member of the workspace.",
        remedy: "Add the user to the customer's team.";
    MemberUnconfirmed = "member_unconfirmed", Refusal, "Account", line 60,
        meaning: "The member's own account still waits for confirmation.",
        remedy: "Confirm the member's e-mail address, or ask Workato to.";
    TeamDirectTeamLinkDisabled = "team_direct_team_link_disabled", Refusal, "Account", line 62,
        meaning: "The customer account is older than the partner's OEM setup, which does not reach it.",
        remedy: "Make a new customer account; if that one fails too, ask Workato.";
    TeamMissing = "team_missing", Refusal, "Account", line 64,
        meaning: "The user is in no customer team.",
        remedy: "Add the user to the customer's team.";
    TeamNotAllowed = "team_not_allowed", Refusal, "Account", line 66,
        meaning: "The token names the admin account, for which no frame is rendered.",
        remedy: "Put the ID of a customer account into the token; if it still fails, ask Workato.";
    TeamSamlRequired = "team_saml_required", Refusal, "Account", line 68,
        meaning: "The team demands sign-in by SAML, and the user has not come that way.",
        remedy: "Have a team admin enable the user for SAML, then sign in at the identity provider.";
    TeamUnconfirmed = "team_unconfirmed", Refusal, "Account", line 70,
        meaning: "The team's own account still waits for confirmation.",
        remedy: "Confirm the team's e-mail address, or ask Workato to.";
    VendorAdminMissing = "vendor_admin_missing", Refusal, "Account", line 72,
        meaning: "The partner's account is set up wrongly; the name says that its admin is missing.",
        remedy: "Ask Workato to put the partner's account right.";
    VendorDirectTeamLinkDisabled = "vendor_direct_team_link_disabled", Refusal, "Account", line 74,
        meaning: "The partner's account is set up wrongly; the name says that direct links are off.",
        remedy: "Ask Workato to put the partner's account right.";
    VendorKeyMissing = "vendor_key_missing", Refusal, "Account", line 76,
        meaning: "No unique key has been assigned to the partner's account.",
        remedy: "Ask Workato to assign the key.";
    VendorMissing = "vendor_missing", Refusal, "Account", line 78,
        meaning: "The token's vendor ID is wrong, or the registered public key belongs to another private key.",
        remedy: "Compare the API key and the public key with what Workato has configured.";
    XFrameOptions = "x-frame-options", Symptom, "Account",
        under "X-frame-options: same_origin" line 80,
        meaning: "The page may be framed by its own origin only, because the user ID is the admin account's owner or one of its customer managers, or because the customer account ID in the token was not made in the account it refers to.",
        remedy: "Name a user of the customer account, and an account ID that was made in the account the token refers to; if it stays, clear the browser's cache and cookies.";
}
