//! The errors of Posit Connect OAuth integrations. The document prints one number of Connect's
//! own, 215; 212 and 220 are what the vendor's code list calls the two `ClientError` texts, and
//! the kebab-case codes are names of ours for texts that have none.

codes! { PositConnect, OAUTH_INTEGRATIONS;
    MissingRefreshToken = "missing-refresh-token", Refusal, "General", under "General" line 11,
        meaning: "At login the provider answered without a refresh token (the code is a name of ours).",
        remedy: "Let the integration request the scope that brings refresh tokens: mostly offline_access, for Snowflake refresh_token.";
    GithubOauthApp = "github-oauth-app", Symptom, "General", under "General" line 17,
        meaning: "A custom integration points at a GitHub OAuth app, a kind that never gets a refresh token (the code is a name of ours).",
        remedy: "Set up a GitHub App in its place.";
    InvalidSubjectToken = "215" named "invalid-subject-token", Refusal, "General", under "General" line 19,
        meaning: "Connect rejected the subject token that content wanted to exchange, mostly because it has expired.",
        remedy: "Reload the page, so that Connect hands the content a new subject token.";
    NoAssociation = "212" named "no-association", Refusal, "General", under "General" line 25,
        meaning: "No integration is associated with the content (the number is from the vendor's code list).",
        remedy: "Let the publisher associate an integration in the content's access settings.";
    NoSession = "220" named "no-session", Refusal, "General", under "General" line 31,
        meaning: "This viewer has not logged in at the external application (the number is from the vendor's code list).",
        remedy: "Let the viewer log in, from the dashboard's prompt or by opening the content alone.";

    SignatureMismatch = "signature-mismatch", Refusal, "Azure", under "Azure (Microsoft Entra ID)" line 41,
        meaning: "The protected resource cannot verify the access token, as happens when the integration asks for wrong scopes (the code is a name of ours).",
        remedy: "Correct the integration's scopes.";
    WrongClientSecret = "AADSTS7000215" named "wrong-client-secret", Refusal, "Azure", under "Azure (Microsoft Entra ID)" line 47,
        meaning: "Entra refuses the login because the integration holds a wrong client secret, often the secret's ID instead of its value.",
        remedy: "Put the right client secret into the integration.";
    NoRedirectUri = "AADSTS500113" named "no-redirect-uri", Refusal, "Azure", under "Azure (Microsoft Entra ID)" line 53,
        meaning: "The application registered at Entra has no redirect URI.",
        remedy: "Register Connect's callback there as a redirect URI.";
    RedirectUriMismatch = "AADSTS50011" named "redirect-uri-mismatch", Refusal, "Azure", under "Azure (Microsoft Entra ID)" line 59,
        meaning: "Connect's callback is not among the redirect URIs registered at Entra.",
        remedy: "Register exactly the callback that Connect sends.";
    ExpiredClientSecret = "AADSTS7000222" named "expired-client-secret", Refusal, "Azure", under "Azure (Microsoft Entra ID)" line 65,
        meaning: "Entra refuses to refresh a viewer's token because the integration's client secret has expired.",
        remedy: "Create a new client secret at Entra and put it into the integration.";

    SnowflakeRedirectMismatch = "snowflake-redirect-mismatch", Refusal, "Snowflake", under "Snowflake" line 75,
        meaning: "Connect's callback is not the redirect URI registered at Snowflake (the code is a name of ours).",
        remedy: "Register Connect's callback at Snowflake.";

    KeycloakLogin = "keycloak-login", Refusal, "Custom", under "Custom (Keycloak)" line 85,
        meaning: "Keycloak refuses the login because the integration holds a wrong client secret (the code is a name of ours).",
        remedy: "Put the right client secret into the integration.";
    KeycloakRefresh = "keycloak-refresh", Refusal, "Custom", under "Custom (Keycloak)" line 91,
        meaning: "Keycloak refuses to refresh a viewer's token because the integration holds a wrong client secret (the code is a name of ours).",
        remedy: "Put the right client secret into the integration.";
}
