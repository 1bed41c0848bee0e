//! Requirements of Workato JWT direct linking, in the order of the register.

requirements! { WorkatoDirectLink, DIRECT_LINKING;
    "WDL-CAT-01" under "Error codes" line 24,
        Stated Request [Registry], "Codes fall into three groups: HTTP request, JWT header/payload, account";
    "WDL-BRW-01" under "App refused to connect" line 8,
        Stated Request [Browser], "Blocked third-party cookies usually make the framed connection page refuse to load";
    "WDL-BRW-02" under "App refused to connect" line 8,
        Stated Request [Browser], "With cookies allowed in third-party context the frame loads";
    "WDL-BRW-03" under "App refused to connect" line 9,
        Context Request [Browser], "Chrome incognito blocks such cookies by default and must be told to allow all";
    "WDL-BRW-04" under "App refused to connect" line 12,
        Context Request [Browser], "Safari's cross-site tracking prevention must be off";
    "WDL-BRW-05" under "Browser compatibility" line 14,
        Stated Request [Browser], "Chrome, Firefox, Edge and Safari are supported";
    "WDL-BRW-06" under "Browser compatibility" line 14,
        Context Request [Browser], "Internet Explorer is not supported; Edge is the replacement";
    "WDL-BRW-07" under "App refused to connect" line 8,
        Derived Request [Http], "The session cookie of a successful link is marked for use in a third-party frame (SameSite=None; Secure)";
    "WDL-MSG-01" under "Workato iframe not receiving connection events" line 16,
        Stated Request [Browser], "The frame reports events to the embedding page by postMessage";
    "WDL-MSG-02" under "Workato iframe not receiving connection events" line 16,
        Stated Request [Browser], "Messages cover connection status, height, errors, and an open set of others";
    "WDL-MSG-03" under "Workato iframe not receiving connection events" line 16,
        Stated Request [Browser], "Messages arrive only if the embedding origin is allowlisted",
        needs_fixture: true, readings: ["WDL-R-origin-claim"];
    "WDL-MSG-04" under "Workato iframe not receiving connection events" line 16,
        Context Request [], "A missing default allowlist entry is fixed by Workato staff",
        needs_fixture: true;
    "WDL-MSG-05" under "MULTIPLE ORIGINS" line 20,
        Context Request [], "Several origins can be needed, e.g. one widget in several customer accounts",
        needs_fixture: true;
    "WDL-MSG-06" under "MULTIPLE ORIGINS" line 20,
        Context Request [], "For several origins, staff-side configuration does not apply",
        needs_fixture: true;
    "WDL-MSG-07" under "MULTIPLE ORIGINS" line 20,
        Stated Request [Browser], "The Embedding Origin setting of each customer account must be set instead",
        needs_fixture: true, readings: ["WDL-R-origin-claim"];
    "WDL-MSG-08" under "MULTIPLE ORIGINS" line 20,
        Stated Request [Http], "The same value can be set by the customer update API",
        needs_fixture: true, readings: ["WDL-R-origin-claim"];
    "WDL-HTTP-01" under "http_request_invalid" line 29,
        Stated Request [Http], "A request that is not valid HTTP yields `http_request_invalid`",
        readings: ["WDL-R-malformed-http"];
    "WDL-HTTP-02" under "http_request_invalid" line 29,
        Stated Request [Http], "A request not in HTML format yields `http_request_invalid`",
        readings: ["WDL-R-request-format"];
    "WDL-HTTP-03" under "http_request_invalid" line 29,
        Stated Request [Http], "An XHR request yields `http_request_invalid`",
        readings: ["WDL-R-request-format"];
    "WDL-HTTP-04" under "http_request_invalid" line 29,
        Stated Request [Http], "A request meeting all three conditions does not yield it",
        readings: ["WDL-R-request-format", "WDL-R-url-shape"];
    "WDL-PATH-01" under "path_invalid" line 31,
        Stated Request [Http], "A path or URL that is not valid yields `path_invalid`",
        readings: ["WDL-R-path-form", "WDL-R-path-subject", "WDL-R-url-shape"];
    "WDL-PATH-02" under "path_invalid" line 31,
        Stated Request [Http], "A path not secured by HTTPS yields `path_invalid`",
        readings: ["WDL-R-path-form", "WDL-R-path-subject"];
    "WDL-PATH-03" under "path_invalid" line 31,
        Stated Request [Http], "A URL beginning with https:// does not fail for that reason",
        readings: ["WDL-R-path-form", "WDL-R-path-subject"];
    "WDL-JWT-01" under "alg_invalid" line 36,
        Stated Key [Token Http], "Any signing algorithm other than RS256 yields `alg_invalid`",
        readings: ["WDL-R-alg-fault"];
    "WDL-JWT-02" under "alg_invalid" line 36,
        Stated Key [Token Http], "`alg` is read from the JOSE header and must equal RS256",
        same_as: ["WDL-JWT-01"], readings: ["WDL-R-alg-fault"];
    "WDL-JWT-03" under "iat_invalid" line 38,
        Stated Claims [Token Http], "A non-integer `iat` yields `iat_invalid`",
        readings: ["WDL-R-iat-null", "WDL-R-iat-form"];
    "WDL-JWT-04" under "iat_missing" line 40,
        Stated Claims [Token Http], "An absent `iat` yields `iat_missing`",
        readings: ["WDL-R-iat-null"];
    "WDL-JWT-05" under "iat_invalid" line 38,
        Stated Claims [Token Http], "`iat` is read from the payload (one placed in the header does not count)";
    "WDL-JWT-06" under "jti_invalid" line 42,
        Stated Claims [Token Http], "A `jti` neither string nor integer yields `jti_invalid`",
        readings: ["WDL-R-empty-jti", "WDL-R-jti-null", "WDL-R-jti-form"];
    "WDL-JWT-07" under "jti_invalid" line 42,
        Stated Claims [Token Http], "A string `jti` is acceptable",
        readings: ["WDL-R-empty-jti"];
    "WDL-JWT-08" under "jti_invalid" line 42,
        Stated Claims [Token Http], "An integer `jti` is acceptable",
        readings: ["WDL-R-jti-form"];
    "WDL-JWT-09" under "jti_missing" line 44,
        Stated Claims [Token Http], "An absent `jti` yields `jti_missing`",
        readings: ["WDL-R-empty-jti", "WDL-R-jti-null"];
    "WDL-JWT-10" under "jti_reused" line 46,
        Stated Store [Token Http], "A `jti` used more than once to render a frame yields `jti_reused`",
        readings: ["WDL-R-jti-spent-when", "WDL-R-jti-memory", "WDL-R-jti-identity"];
    "WDL-JWT-11" under "jti_reused" line 46,
        Stated Store [Token Http], "One `jti` permits exactly one use of the token",
        same_as: ["WDL-JWT-10"],
        readings: ["WDL-R-jti-spent-when", "WDL-R-jti-memory", "WDL-R-jti-identity"];
    "WDL-JWT-12" under "jti_reused" line 46,
        Advice Store [Token], "Minters use globally unique values";
    "WDL-JWT-13" under "token_expired" line 48,
        Stated Claims [Token Http], "A token is good for 30 seconds from its `iat`; later it yields `token_expired`",
        readings: ["WDL-R-exp", "WDL-R-nbf"];
    "WDL-JWT-14" under "token_expired" line 48,
        Stated Claims [Token Http], "`iat` more than 30 s in the past yields `token_expired`",
        same_as: ["WDL-JWT-13"];
    "WDL-JWT-15" under "token_expired" line 48,
        Stated Claims [Token Http], "`iat` more than 30 s in the future yields `token_expired`";
    "WDL-JWT-16" under "token_expired" line 48,
        Stated Claims [Token Http], "`iat` within 30 s either side is acceptable",
        readings: ["WDL-R-exp", "WDL-R-nbf", "WDL-R-typ-form"];
    "WDL-JWT-17" under "token_expired" line 48,
        Advice Claims [Token], "Minters generate the token in real time";
    "WDL-JWT-18" under "token_invalid" line 50,
        Stated Form [Token Http], "A missing JWT component yields `token_invalid`",
        readings: ["WDL-R-empty-token", "WDL-R-alg-fault"];
    "WDL-JWT-19" under "token_invalid" line 50,
        Stated Form [Token Http], "An ill-formed JWT component yields `token_invalid`",
        readings: ["WDL-R-duplicate-member", "WDL-R-byte-order-mark"];
    "WDL-JWT-20" under "token_invalid" line 50,
        Stated Form [Token Http], "Compact form has header, payload, signature joined by dots",
        same_as: ["WDL-JWT-18"];
    "WDL-JWT-21" under "token_invalid" line 50,
        Stated Form [Token Http], "Header and payload must decode to properly formed content",
        same_as: ["WDL-JWT-19"], readings: ["WDL-R-sub-fault"];
    "WDL-JWT-22" under "token_missing" line 52,
        Stated Form [Http], "A request without the JWT yields `token_missing`",
        readings: ["WDL-R-empty-token", "WDL-R-url-shape"];
    "WDL-JWT-23" under "token_signature_invalid" line 54,
        Stated Key [Token Http], "A signature made with the wrong key yields `token_signature_invalid`",
        needs_fixture: true, readings: ["WDL-R-key-mismatch"];
    "WDL-JWT-24" under "token_signature_invalid" line 54,
        Stated Key [Token Http], "The signature must verify under the configured key",
        needs_fixture: true, readings: ["WDL-R-key-mismatch"];
    "WDL-ACC-01" under "member_invalid" line 59,
        Stated Account [Token Http], "A user who is not a valid workspace member yields `member_invalid`",
        needs_fixture: true, readings: ["WDL-R-no-team", "WDL-R-foreign-member"];
    "WDL-ACC-02" under "member_invalid" line 59,
        Stated Account [Token Http], "Adding the user to the customer team clears it",
        needs_fixture: true;
    "WDL-ACC-03" under "member_unconfirmed" line 61,
        Stated Account [Token Http], "An unconfirmed member account yields `member_unconfirmed`",
        needs_fixture: true;
    "WDL-ACC-04" under "member_unconfirmed" line 61,
        Stated Account [Token Http], "Confirming the member's e-mail clears it",
        needs_fixture: true;
    "WDL-ACC-05" under "team_direct_team_link_disabled" line 63,
        Stated Account [Token Http], "A customer account older than the OEM setup yields this code",
        needs_fixture: true, readings: ["WDL-R-account-flags"];
    "WDL-ACC-06" under "team_direct_team_link_disabled" line 63,
        Stated Account [Token Http], "OEM configuration does not reach accounts created before it",
        needs_fixture: true, readings: ["WDL-R-account-flags"];
    "WDL-ACC-07" under "team_direct_team_link_disabled" line 63,
        Stated Account [Token Http], "A newly created customer account clears it",
        needs_fixture: true;
    "WDL-ACC-08" under "team_missing" line 65,
        Stated Account [Token Http], "A user outside any customer team yields `team_missing`",
        needs_fixture: true, readings: ["WDL-R-no-team"];
    "WDL-ACC-09" under "team_missing" line 65,
        Stated Account [Token Http], "Adding the user to the customer team clears it",
        needs_fixture: true;
    "WDL-ACC-10" under "team_not_allowed" line 67,
        Stated Account [Token Http], "The admin account ID in the JWT yields `team_not_allowed`",
        needs_fixture: true;
    "WDL-ACC-11" under "team_not_allowed" line 67,
        Stated Account [Http Browser], "No frame is rendered for the admin account ID",
        needs_fixture: true, readings: ["WDL-R-framing-header"];
    "WDL-ACC-12" under "team_not_allowed" line 67,
        Stated Account [Token Http], "Replacing it by a customer account ID clears it",
        needs_fixture: true;
    "WDL-ACC-13" under "team_saml_required" line 69,
        Stated Account [Token Http], "Access to a team with SAML SSO enabled yields `team_saml_required`",
        needs_fixture: true, readings: ["WDL-R-saml-session"];
    "WDL-ACC-14" under "team_saml_required" line 69,
        Context Account [], "The user must be enabled for SAML, have access at the IdP and sign in through it",
        needs_fixture: true;
    "WDL-ACC-15" under "team_unconfirmed" line 71,
        Stated Account [Token Http], "An unconfirmed team account yields `team_unconfirmed`",
        needs_fixture: true;
    "WDL-ACC-16" under "team_unconfirmed" line 71,
        Stated Account [Token Http], "Confirming the team's e-mail clears it",
        needs_fixture: true;
    "WDL-ACC-17" under "vendor_admin_missing" line 73,
        Stated Account [Token Http], "A misconfigured partner account yields `vendor_admin_missing`",
        needs_fixture: true, readings: ["WDL-R-account-flags"];
    "WDL-ACC-18" under "vendor_direct_team_link_disabled" line 75,
        Stated Account [Token Http], "A misconfigured partner account yields `vendor_direct_team_link_disabled`",
        needs_fixture: true, readings: ["WDL-R-account-flags"];
    "WDL-ACC-19" under "vendor_key_missing" line 77,
        Stated Account [Token Http], "A partner account that is not assigned its unique key yields `vendor_key_missing`",
        needs_fixture: true, readings: ["WDL-R-unique-key"];
    "WDL-ACC-20" under "vendor_missing" line 79,
        Stated Account [Token Http], "A wrong vendor ID in the JWT yields `vendor_missing`",
        needs_fixture: true;
    "WDL-ACC-21" under "vendor_missing" line 79,
        Stated Key [Token Http], "A public key not matching the signing key may yield `vendor_missing`",
        needs_fixture: true, readings: ["WDL-R-key-mismatch", "WDL-R-unique-key"];
    "WDL-ACC-22" under "vendor_missing" line 79,
        Stated Key [Token Http], "API key and public key must agree with the server's configuration",
        needs_fixture: true, readings: ["WDL-R-key-mismatch"];
    "WDL-FRM-01" under "X-frame-options: same_origin" line 81,
        Stated Account [Http Browser], "A user ID naming the admin owner is not framed: same-origin X-Frame-Options",
        needs_fixture: true, readings: ["WDL-R-framing-header"];
    "WDL-FRM-02" under "X-frame-options: same_origin" line 81,
        Stated Account [Http Browser], "A user ID naming a customer manager is not framed either",
        needs_fixture: true, readings: ["WDL-R-framing-header"];
    "WDL-FRM-03" under "X-frame-options: same_origin" line 81,
        Stated Account [Http Browser], "A customer ID must have been created in the customer account referenced; otherwise the page is not framed",
        needs_fixture: true, readings: ["WDL-R-foreign-member", "WDL-R-framing-header"];
    "WDL-FRM-04" under "X-frame-options: same_origin" line 81,
        Context Account [Browser], "With a correct ID, a lasting error calls for clearing browser cache and cookies";
    "WDL-FRM-05" under "X-frame-options: same_origin" line 81,
        Stated Account [Http Browser], "With a correct customer ID and an allowed origin the page is not refused framing",
        needs_fixture: true, readings: ["WDL-R-framing-header", "WDL-R-origin-claim"];
}
