//! Requirements of Posit Connect OAuth integrations, in the order of the register.

requirements! { PositConnect, OAUTH_INTEGRATIONS;
    "PCO-GN-01" under "General" line 9,
        Derived Account [Http Provider], "General entries hold for every integration type or stem from Connect's own API, so each must be reproducible under at least two provider types.",
        needs_fixture: true;
    "PCO-GN-02" under "General" line 9,
        Implied Account [Token Http Provider], "Connect-emitted errors and provider-emitted errors are distinguishable: the former carry Connect's sentence/code, the latter the provider's own text.",
        readings: ["PCO-R-status"];
    "PCO-GN-03" under "General" line 5,
        Derived Account [Http Provider], "Applying an entry's stated cure to the failing set-up, and nothing else, makes the same step succeed, where the suite controls the cause.",
        needs_fixture: true, same_as: [
            "PCO-RT-06", "PCO-GH-02", "PCO-GH-03", "PCO-AS-04", "PCO-SE-04", "PCO-AZ-03",
            "PCO-AZ-07", "PCO-AZ-09", "PCO-AZ-12", "PCO-AZ-16", "PCO-SF-03", "PCO-KC-04",
            "PCO-KC-05",
        ];
    "PCO-RT-01" under "General" line 13,
        Stated Account [Token Http Browser Provider], "A login whose token response has no refresh token ends in failure.";
    "PCO-RT-02" under "General" line 11,
        Stated Account [Token Http Browser Provider], "That failure is reported with the documented sentence, including the hint at the offline_access scope.";
    "PCO-RT-03" under "General" line 13,
        Stated Account [Http Browser Provider], "The check belongs to the login (code redemption), not to a later exchange or refresh.";
    "PCO-RT-04" under "General" line 11,
        Stated Account [Http Provider], "Refresh tokens are needed because Connect renews expired access tokens with them: after expiry a new access token comes without viewer action.",
        needs_fixture: true, readings: ["PCO-R-early-refresh"];
    "PCO-RT-05" under "General" line 15,
        Stated Account [Http Provider], "The scopes configured in the integration are the ones requested from the provider.";
    "PCO-RT-06" under "General" line 15,
        Stated Account [Http Provider], "Configuring the refresh scope in the integration turns the failing login into a good one when the provider honors it (judged only where the suite controls the cause).",
        needs_fixture: true;
    "PCO-RT-07" under "General" line 15,
        Stated Account [Token Http Provider], "offline_access is the usual, not the only, way: the verdict depends on the response, never on the literal scope.";
    "PCO-RT-08" under "General" line 15,
        Stated Account [Http Provider], "With Snowflake the scope refresh_token plays that role: login succeeds with it and without offline_access.";
    "PCO-RT-09" under "General" line 13,
        Derived Account [Token Http Provider], "A provider that withholds the refresh token despite the scope still leads to the same error.";
    "PCO-RT-10" under "General" line 13,
        Implied Account [Http Provider], "No usable session of a viewer with no earlier session remains after the failed login: the next exchange does not return a token.",
        needs_fixture: true;
    "PCO-GH-01" under "General" line 17,
        Stated Account [Token Http Provider], "A custom integration pointing at a GitHub OAuth app fails login with the missing-refresh-token error.";
    "PCO-GH-02" under "General" line 17,
        Stated Account [Token Http Provider], "The same integration pointing at a GitHub App (that issues refresh tokens) logs in (judged only where the suite controls the cause).";
    "PCO-GH-03" under "General" line 17,
        Stated Account [Http Provider], "The cure is the change of app type; a scope change alone does not cure it (judged only where the suite controls the cause).",
        needs_fixture: true;
    "PCO-ST-01" under "General" line 19,
        Stated Claims [Token Http], "An expired subject_token gives Connect API error 215 with the text `Invalid subject_token`.",
        readings: ["PCO-R-other-subject-token-codes", "PCO-R-status"];
    "PCO-ST-02" under "General" line 21,
        Stated Claims [Http], "It arises when content tries to exchange the subject_token for an access token.";
    "PCO-ST-03" under "General" line 21,
        Stated Key [Token Http], "Several root causes can lead to this one code and text.",
        readings: ["PCO-R-other-subject-token-codes"];
    "PCO-ST-04" under "General" line 21,
        Stated Claims [Token Http], "An expired subject_token is one of them.",
        needs_fixture: true, same_as: ["PCO-ST-01"];
    "PCO-ST-05" under "General" line 23,
        Stated Claims [Token], "Subject tokens bear an expiration time (decidable only where the target declares the token's internals).",
        readings: ["PCO-R-subject-token-internals"];
    "PCO-ST-06" under "General" line 23,
        Stated Claims [Http Browser], "A browser refresh re-connects and makes Connect issue a new subject_token.";
    "PCO-ST-07" under "General" line 23,
        Stated Claims [Token Http Browser], "The new token's expiration is later than the old one's.",
        readings: ["PCO-R-subject-token-internals"];
    "PCO-ST-08" under "General" line 23,
        Implied Claims [Http Browser Provider], "After 215, retrying with the fresh token succeeds with no other change (no new provider login).";
    "PCO-ST-09" under "General" line 21,
        Implied Claims [Http Provider], "A 215 answer hands out no token and causes no call to the provider.",
        readings: ["PCO-R-other-subject-token-codes"];
    "PCO-ST-10" under "General" line 23,
        Context Key [], "What counts as a valid token is delegated to another page.";
    "PCO-AS-01" under "General" line 25,
        Stated Account [Http], "Exchange from content without any associated integration fails with the documented sentence.",
        needs_fixture: true, readings: ["PCO-R-no-association-code", "PCO-R-status"];
    "PCO-AS-02" under "General" line 25,
        Derived Account [Http], "Through the Python SDK it is seen as ClientError carrying that sentence.",
        needs_fixture: true, readings: ["PCO-R-no-association-code"];
    "PCO-AS-03" under "General" line 27,
        Stated Account [Http Provider], "The cause lies with the publisher: viewer login or a new subject_token does not cure it.",
        needs_fixture: true;
    "PCO-AS-04" under "General" line 29,
        Stated Account [Http], "Associating an integration with the deployed content cures it (judged only where the suite controls the cause).",
        needs_fixture: true;
    "PCO-AS-05" under "General" line 29,
        Stated Account [Browser], "The association can be made on content that is already deployed, from its Access settings.",
        needs_fixture: true;
    "PCO-AS-06" under "General" line 27,
        Implied Account [Http], "Association is per content item: one on another item does not help.",
        needs_fixture: true;
    "PCO-SE-01" under "General" line 31,
        Stated Account [Http], "Exchange for a viewer who has not logged in to the external application fails with the documented two-sentence text.",
        needs_fixture: true, readings: ["PCO-R-no-session-code", "PCO-R-status"];
    "PCO-SE-02" under "General" line 31,
        Derived Account [Http], "Through the Python SDK it is seen as ClientError carrying that text.",
        needs_fixture: true, readings: ["PCO-R-no-session-code"];
    "PCO-SE-03" under "General" line 33,
        Stated Store [Http Provider], "The cause is per viewer: Connect holds no credentials of *this* viewer; another viewer's login does not count.",
        needs_fixture: true;
    "PCO-SE-04" under "General" line 35,
        Stated Account [Http Browser Provider], "Login of the viewer to the external application cures it (judged only where the suite controls the cause).";
    "PCO-SE-05" under "General" line 35,
        Stated Account [Http Browser], "In the dashboard such a viewer gets a modal, or a login button among the Access settings.",
        needs_fixture: true;
    "PCO-SE-06" under "General" line 35,
        Stated Account [Http Browser], "In Open Solo mode such a viewer is redirected to the OAuth login flow automatically.",
        needs_fixture: true;
    "PCO-SE-07" under "General" line 31,
        Derived Account [Http], "212 and \"no session\" are different conditions with different answers: unassociated content never gives the session text and vice versa.",
        needs_fixture: true, readings: ["PCO-R-no-session-code", "PCO-R-no-association-code"];
    "PCO-AZ-01" under "Azure (Microsoft Entra ID)" line 43,
        Stated Account [Token Provider], "With wrong scopes a viewer may meet the documented signature-mismatch error.";
    "PCO-AZ-02" under "Azure (Microsoft Entra ID)" line 43,
        Derived Account [Http Provider], "Login and exchange themselves succeed in that case; the failure appears at the protected resource.";
    "PCO-AZ-03" under "Azure (Microsoft Entra ID)" line 45,
        Stated Account [Http Provider], "Correcting the integration's scopes cures it (judged only where the suite controls the cause).",
        needs_fixture: true, readings: ["PCO-R-relogin-after-cure"];
    "PCO-AZ-04" under "Azure (Microsoft Entra ID)" line 41,
        Stated Key [Token], "A JWT whose signature does not match what the verifier computes must not be trusted, whatever its claims.";
    "PCO-AZ-05" under "Azure (Microsoft Entra ID)" line 49,
        Stated Account [Http Browser Provider], "Wrong client secret in the integration: viewer login can fail with AADSTS7000215; when the provider answers so, its sentence is passed on.",
        readings: ["PCO-R-provider-text"];
    "PCO-AZ-06" under "Azure (Microsoft Entra ID)" line 47,
        Provider Account [Token Provider], "The 7000215 text tells the secret value from the secret ID and names the app; sending the ID counts as wrong.";
    "PCO-AZ-07" under "Azure (Microsoft Entra ID)" line 51,
        Stated Account [Http Provider], "Putting the right secret into the integration cures 7000215 (judged only where the suite controls the cause).",
        needs_fixture: true, readings: ["PCO-R-relogin-after-cure"];
    "PCO-AZ-08" under "Azure (Microsoft Entra ID)" line 55,
        Provider Account [Browser Provider], "An app registration with no redirect URI at all yields AADSTS500113.";
    "PCO-AZ-09" under "Azure (Microsoft Entra ID)" line 57,
        Provider Account [Browser Provider], "Registering a valid redirect URI at the provider cures 500113 (judged only where the suite controls the cause).";
    "PCO-AZ-10" under "Azure (Microsoft Entra ID)" line 59,
        Stated Account [Token Http Provider], "Connect sends `<connect_server>/__oauth__/integrations/callback` as redirect URI.",
        readings: ["PCO-R-connect-address"];
    "PCO-AZ-11" under "Azure (Microsoft Entra ID)" line 59,
        Provider Account [Token Browser Provider], "If the registered redirect URIs do not include that value, the provider answers AADSTS50011 naming the URI sent and the app.",
        readings: ["PCO-R-connect-address"];
    "PCO-AZ-12" under "Azure (Microsoft Entra ID)" line 63,
        Provider Account [Browser Provider], "Registering the matching URI at the provider cures 50011 (judged only where the suite controls the cause).";
    "PCO-AZ-13" under "Azure (Microsoft Entra ID)" line 59,
        Provider Account [Token Provider], "500113 and 50011 differ by none registered versus none matching.";
    "PCO-AZ-14" under "Azure (Microsoft Entra ID)" line 67,
        Stated Account [Http Provider], "An expired client secret can make Connect's refresh of a viewer's token fail with AADSTS7000222; when the provider answers so, its sentence is passed on.",
        needs_fixture: true, readings: ["PCO-R-refresh-answer", "PCO-R-provider-text"];
    "PCO-AZ-15" under "Azure (Microsoft Entra ID)" line 65,
        Provider Account [Token Provider], "The 7000222 text names the app and says the secret keys are expired; it is distinct from 7000215.";
    "PCO-AZ-16" under "Azure (Microsoft Entra ID)" line 69,
        Stated Account [Http Provider], "Putting a current secret into the integration cures 7000222 (judged only where the suite controls the cause).",
        needs_fixture: true, readings: ["PCO-R-relogin-after-cure"];
    "PCO-AZ-17" under "Azure (Microsoft Entra ID)" line 47,
        Derived Account [Http Browser Provider], "The provider's AADSTS text reaches the person concerned (login page, API error text or log).",
        readings: ["PCO-R-provider-text"];
    "PCO-SF-01" under "Snowflake" line 75,
        Provider Account [Token Browser Provider], "A redirect URI other than the registered one yields Snowflake's authorization error of the documented wording.",
        readings: ["PCO-R-provider-text"];
    "PCO-SF-02" under "Snowflake" line 75,
        Provider Account [Browser Provider], "It occurs in authorization: no code is issued and Connect's callback is not reached with a code.";
    "PCO-SF-03" under "Snowflake" line 79,
        Provider Account [Browser Provider], "Registering the valid redirect URI at Snowflake cures it (judged only where the suite controls the cause).";
    "PCO-KC-01" under "Custom (Keycloak)" line 85,
        Stated Account [Token Http Browser Provider], "Wrong client secret at login can end in `unauthorized_client` plus the documented description; when the provider answers so, both are passed on.",
        readings: ["PCO-R-provider-text"];
    "PCO-KC-02" under "Custom (Keycloak)" line 91,
        Stated Account [Token Http Provider], "Wrong client secret at refresh can end in 400 Bad Request plus the same description; when the provider answers so, the description is passed on.",
        needs_fixture: true, readings: ["PCO-R-refresh-answer"];
    "PCO-KC-03" under "Custom (Keycloak)" line 91,
        Derived Account [Http Provider], "The two phases present one provider error differently: OAuth error name at login, HTTP status at refresh.",
        same_as: ["PCO-KC-02"], readings: ["PCO-R-refresh-answer"];
    "PCO-KC-04" under "Custom (Keycloak)" line 89,
        Stated Account [Http Provider], "Putting the right secret into the integration cures the login error (judged only where the suite controls the cause).",
        needs_fixture: true;
    "PCO-KC-05" under "Custom (Keycloak)" line 95,
        Stated Account [Http Provider], "Putting the right secret into the integration cures the refresh error (judged only where the suite controls the cause).",
        needs_fixture: true, readings: ["PCO-R-relogin-after-cure"];
    "PCO-KC-06" under "Custom (Keycloak)" line 93,
        Implied Account [Http Provider], "A secret that breaks after login does not affect exchanges until the access token needs refreshing.",
        needs_fixture: true, readings: ["PCO-R-early-refresh"];
}
