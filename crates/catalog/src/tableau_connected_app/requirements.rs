//! Requirements of Tableau connected apps, in the order of the register.

requirements! { TableauConnectedApp, CONNECTED_APPS;
    "TCA-CTX-scope" under "Troubleshoot Connected Apps" line 3,
        Context Request [], "The table is about direct-trust connected apps.";
    "TCA-CTX-surfaces" under "Troubleshoot Connected Apps" line 3,
        Stated Request [Http], "The codes may arise for embedded content and for REST authorization alike.",
        readings: ["TCA-R-rest-code", "TCA-R-failure-status"];
    "TCA-CTX-inspectable" under "Troubleshoot Connected Apps" line 3,
        Stated Request [Http Browser], "A developer can find the code by inspecting traffic with browser tools.",
        readings: ["TCA-R-rest-code", "TCA-R-failure-status"];
    "TCA-CLOCK-external" under "Note" line 5,
        Stated Claims [Token Http], "The token-issuing application's clock counts in UTC; time claims built from local time are not trusted.",
        readings: ["TCA-R-iat-ahead"];
    "TCA-CLOCK-host" under "Note" line 5,
        Context Claims [], "The machine hosting that application must be on UTC as well.";
    "TCA-CLOCK-reject" under "Note" line 5,
        Stated Claims [Token Http], "If either clock follows another standard, trust is refused and no session results.",
        readings: ["TCA-R-iat-ahead"];
    "TCA-5-name" under "5" line 10,
        Stated Account [Registry], "5 is SYSTEM_USER_NOT_FOUND.";
    "TCA-16-name" under "16" line 11,
        Stated Account [Registry], "16 is LOGIN_FAILED.";
    "TCA-67-name" under "67" line 14,
        Stated Account [Registry], "67 is FEATURE_NOT_ENABLED.";
    "TCA-126-name" under "126" line 15,
        Stated Account [Registry], "126 is CONNECTED_APP_NOT_FOUND.";
    "TCA-127-name" under "127" line 16,
        Stated Key [Registry], "127 is CONNECTED_APP_SECRET_NOT_FOUND.";
    "TCA-128-name" under "128" line 17,
        Stated Account [Registry], "128 is CONNECTED_APP_SECRET_LIMIT_EXCEEDED.";
    "TCA-133-name" under "133" line 21,
        Stated Account [Registry], "133 is INVALID_CONNECTED_APP_DOMAIN_SAFELIST.";
    "TCA-10083-name" under "10083" line 22,
        Stated Header [Registry], "10083 is BAD_JWT.";
    "TCA-10084-name" under "10084" line 23,
        Stated Claims [Registry], "10084 is JWT_PARSE_ERROR.";
    "TCA-10085-name" under "10085" line 27,
        Stated Key [Registry], "10085 is COULD_NOT_FETCH_JWT_KEYS.";
    "TCA-10089-name" under "10089" line 31,
        Stated Account [Registry], "10089 is CONNECTED_APP_NOT_FOUND (same name as 126).";
    "TCA-10090-name" under "10090" line 32,
        Stated Account [Registry], "10090 is CONNECTED_APP_DISABLED.";
    "TCA-10091-name" under "10091" line 33,
        Stated Store [Registry], "10091 is JTI_ALREADY_USED.";
    "TCA-10092-name" under "10092" line 34,
        Stated Request [Registry], "10092 is NOT_IN_DOMAIN_ALLOW_LIST.";
    "TCA-10094-name" under "10094" line 35,
        Stated Claims [Registry], "10094 is MISSING_REQUIRED_JTI.";
    "TCA-10096-name" under "10096" line 36,
        Stated Claims [Registry], "10096 is JWT_EXPIRATION_EXCEEDS_CONFIGURED_EXPIRATION_PERIOD.";
    "TCA-10097-name" under "10097" line 37,
        Stated Claims [Registry], "10097 is SCOPES_MALFORMED.";
    "TCA-10098-name" under "10098" line 38,
        Stated Key [Registry], "10098 is JWT_UNSIGNED_OR_ENCRYPTED.";
    "TCA-10099-name" under "10099" line 39,
        Stated Claims [Registry], "10099 is SCOPES_MISSING_IN_JWT.";
    "TCA-10100-name" under "10100" line 40,
        Stated Store [Registry], "10100 is JTI_PERSISTENCE_FAILED.";
    "TCA-10101-name" under "10101" line 41,
        Stated Account [Registry], "10101 is EPHEMERAL_USER_LOGIN_FAILED_SITE_NOT_UBP_ENABLED.";
    "TCA-10102-name" under "10102" line 42,
        Stated Account [Registry], "10102 is EPHEMERAL_USER_NOT_SUPPORTED.";
    "TCA-10103-name" under "10103" line 43,
        Stated Form [Registry], "10103 is JWT_MAX_SIZE_EXCEEDED.";
    "TCA-10105-name" under "10105" line 44,
        Stated Request [Registry], "10105 is ORIGIN_HEADER_NOT_A_VALID_URI.";
    "TCA-10106-name" under "10106" line 45,
        Stated Request [Registry], "10106 is ORIGIN_HEADER_NOT_SET.";
    "TCA-5-unknown" under "5" line 10,
        Stated Account [Token Http], "A subject that names no Tableau user, without on-demand access, is refused; 5 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-on-demand-unknown-sub", "TCA-R-unknown-sub"];
    "TCA-5-username" under "5" line 10,
        Stated Account [Token Http], "The subject must be the user's Cloud username, that is the e-mail address.",
        needs_fixture: true;
    "TCA-5-case" under "5" line 10,
        Stated Account [Token Http], "Subject matching is case sensitive; a case variant of a real user is refused; 5 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-unknown-sub"];
    "TCA-16-exp-long" under "16" line 12,
        Stated Claims [Token Http], "An expiry beyond the maximum validity is refused; 16 is one of the documented answers.",
        readings: ["TCA-R-exp-too-long", "TCA-R-longest-lifetime"];
    "TCA-16-exp-10min" under "16" line 12,
        Stated Claims [Token Http], "The largest allowed validity named under 16 is ten minutes.",
        same_as: ["TCA-10096-10min"], readings: ["TCA-R-validity-from"];
    "TCA-16-claims" under "16" line 12,
        Context Claims [], "The row points to a list of registered claims kept elsewhere.";
    "TCA-16-sub-unknown" under "16" line 13,
        Stated Account [Token Http], "A subject that is an unknown user, without on-demand access, is refused; 16 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-on-demand-unknown-sub", "TCA-R-unknown-sub"];
    "TCA-16-sub-email" under "16" line 13,
        Stated Account [Token Http], "For 16 too, the remedy is a subject equal to the user's e-mail username.",
        needs_fixture: true, same_as: ["TCA-5-username"];
    "TCA-exp-past" under "16" line 12,
        Derived Claims [Token Http], "A token whose expiry lies in the past is refused (no code is documented for it).",
        readings: ["TCA-R-expired-code", "TCA-R-leeway-exp", "TCA-R-leeway-nbf"];
    "TCA-67-oda" under "67" line 14,
        Stated Account [Token Http], "On-demand access where the site is not Cloud is refused with 67; on a Cloud site without the license 67 is one of the documented answers.",
        needs_fixture: true,
        readings: ["TCA-R-on-demand", "TCA-R-jti-spent-when", "TCA-R-oda-value"];
    "TCA-67-cloud" under "67" line 14,
        Stated Account [Http], "On-demand access exists only on licensed Cloud sites.",
        needs_fixture: true, readings: ["TCA-R-on-demand"];
    "TCA-126-missing" under "126" line 15,
        Stated Account [Token Http], "A client ID that matches no app is refused; 126 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-unknown-app", "TCA-R-management-answer"];
    "TCA-126-enabled" under "126" line 15,
        Stated Account [Token Http], "A token of an app that is not enabled is refused; 126 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-disabled-app"];
    "TCA-126-ref" under "126" line 15,
        Stated Account [Token Http], "The token must carry the right client ID, also called connected-app ID.",
        needs_fixture: true, readings: ["TCA-R-unknown-app"];
    "TCA-127-id" under "127" line 16,
        Stated Key [Token Http], "A secret ID that does not exist in that app is refused; 127 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-unknown-secret", "TCA-R-management-answer"];
    "TCA-127-value" under "127" line 16,
        Stated Key [Token Http], "A token not signed with that secret's value is refused; 127 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-bad-signature", "TCA-R-other-algorithm"];
    "TCA-128-max" under "128" line 17,
        Stated Account [Http], "An app may hold at most two secrets.",
        needs_fixture: true, same_as: ["TCA-128-third"];
    "TCA-128-third" under "128" line 17,
        Stated Account [Http], "Creating a third secret is refused with 128.",
        needs_fixture: true, readings: ["TCA-R-management-answer"];
    "TCA-128-delete" under "128" line 19,
        Stated Account [Http], "After one secret is deleted a new one can be created.",
        needs_fixture: true;
    "TCA-133-char" under "133" line 21,
        Stated Account [Http], "An allowlist with an invalid character is refused with 133.",
        needs_fixture: true, readings: ["TCA-R-allowlist-characters", "TCA-R-management-answer"];
    "TCA-133-one" under "133" line 21,
        Stated Account [Http], "One invalid character is enough to refuse the whole list.",
        needs_fixture: true, same_as: ["TCA-133-char"], readings: ["TCA-R-allowlist-characters"];
    "TCA-10083-kid" under "10083" line 22,
        Stated Header [Token Http], "The header must contain the secret ID (kid), else 10083.",
        readings: [
            "TCA-R-client-id-name", "TCA-R-empty-kid", "TCA-R-duplicate-member",
            "TCA-R-byte-order-mark", "TCA-R-typ-form",
        ];
    "TCA-10083-iss" under "10083" line 22,
        Stated Header [Token Http], "The header must contain the client ID (printed as clientId, carried as iss), else 10083.",
        readings: ["TCA-R-iss-place", "TCA-R-client-id-name", "TCA-R-empty-iss"];
    "TCA-10083-both" under "10083" line 22,
        Stated Header [Token Http], "A header with neither is refused with 10083.",
        same_as: ["TCA-10083-kid", "TCA-10083-iss"], readings: ["TCA-R-iss-place"];
    "TCA-10084-aud" under "10084" line 24,
        Stated Claims [Token Http], "The audience value must be tableau, else 10084.",
        readings: ["TCA-R-aud-list", "TCA-R-aud-list-others"];
    "TCA-10084-aud-case" under "10084" line 24,
        Stated Claims [Token Http], "Audience comparison is case sensitive.",
        same_as: ["TCA-10084-aud"];
    "TCA-10084-aud-missing" under "10084" line 25,
        Stated Claims [Token Http], "A token without audience is refused with 10084.";
    "TCA-10084-sub-missing" under "10084" line 25,
        Stated Claims [Token Http], "A token without subject is refused with 10084.";
    "TCA-10084-iat-format" under "10084" line 26,
        Stated Claims [Token Http], "An issue time of the wrong format is refused with 10084.",
        readings: ["TCA-R-iat-ahead", "TCA-R-iat-milliseconds", "TCA-R-iat-uncountable"];
    "TCA-10084-exp-format" under "10084" line 26,
        Stated Claims [Token Http], "An expiry of the wrong format is refused with 10084.";
    "TCA-10085-kid" under "10085" line 27,
        Stated Key [Token Http], "A kid for which no secret is found is refused; 10085 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-unknown-secret"];
    "TCA-10089-iss" under "10089" line 31,
        Stated Account [Token Http], "An issuer that is not the ID of a connected app is refused; 10089 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-unknown-app"];
    "TCA-10090-disabled" under "10090" line 32,
        Stated Account [Token Http], "A token of a disabled app is refused; 10090 is one of the documented answers.",
        needs_fixture: true, readings: ["TCA-R-disabled-app"];
    "TCA-10090-enable" under "10090" line 32,
        Stated Account [Token Http], "Enabling the app makes the same kind of token acceptable.",
        needs_fixture: true;
    "TCA-10091-replay" under "10091" line 33,
        Stated Store [Token Http], "A token already used for authentication is refused with 10091.",
        needs_fixture: true, readings: ["TCA-R-jti-spent-when"];
    "TCA-10091-fresh" under "10091" line 33,
        Stated Store [Token Http], "A newly generated token is then accepted.",
        needs_fixture: true, readings: ["TCA-R-jti-spent-when"];
    "TCA-10091-same-jti" under "10091" line 33,
        Derived Store [Token Http], "A different token carrying an already spent JWT ID is refused with 10091.",
        needs_fixture: true, readings: ["TCA-R-jti-spent-when", "TCA-R-jti-memory"];
    "TCA-10092-unlisted" under "10092" line 34,
        Stated Request [Http], "Embedding from a domain that is not listed is refused with 10092.",
        needs_fixture: true,
        readings: ["TCA-R-empty-list-no-origin", "TCA-R-origin-null", "TCA-R-bare-host"];
    "TCA-10092-unrestricted" under "10092" line 34,
        Stated Request [Http], "With unrestricted embedding set to true the domain is not refused.",
        needs_fixture: true, readings: ["TCA-R-allowlist-layer"];
    "TCA-10092-listed" under "10092" line 34,
        Stated Request [Http], "With the domain in the allowlist it is not refused.",
        needs_fixture: true, readings: ["TCA-R-allowlist-layer"];
    "TCA-10092-method" under "10092" line 34,
        Stated Request [Http], "Both settings can be changed by the REST method that updates a site's embedding settings.",
        needs_fixture: true, readings: ["TCA-R-allowlist-layer"];
    "TCA-10094-jti" under "10094" line 35,
        Stated Claims [Token Http], "A token without JWT ID is refused with 10094.",
        readings: ["TCA-R-duplicate-member", "TCA-R-byte-order-mark", "TCA-R-empty-jti"];
    "TCA-10096-exp" under "10096" line 36,
        Stated Claims [Token Http], "An expiry beyond the maximum validity is refused; 10096 is one of the documented answers.",
        readings: [
            "TCA-R-exp-too-long", "TCA-R-validity-from", "TCA-R-leeway-limit",
            "TCA-R-longest-lifetime",
        ];
    "TCA-10096-10min" under "10096" line 36,
        Stated Claims [Token Http], "A validity of no more than ten minutes satisfies 10096.",
        readings: ["TCA-R-validity-from", "TCA-R-leeway-limit"];
    "TCA-10096-configured" under "10096" line 36,
        Stated Claims [Token Http], "The maximum is a configured period whose default is the limit used.",
        needs_fixture: true,
        readings: ["TCA-R-exp-too-long", "TCA-R-validity-from", "TCA-R-longest-lifetime"];
    "TCA-10097-missing" under "10097" line 37,
        Stated Claims [Token Http], "A token without scope claim is refused; 10097 is one of the documented answers.",
        readings: ["TCA-R-scp-missing"];
    "TCA-10097-list" under "10097" line 37,
        Stated Claims [Token Http], "A scope claim that is not a list is refused with 10097.",
        readings: ["TCA-R-scp-empty", "TCA-R-scp-numbers", "TCA-R-scp-null", "TCA-R-scp-mixed"];
    "TCA-10097-ok" under "10097" line 37,
        Stated Claims [Token Http], "A scope claim passed as a non-empty list of strings satisfies 10097.",
        readings: ["TCA-R-scp-empty", "TCA-R-scp-numbers", "TCA-R-scp-null", "TCA-R-scp-mixed"];
    "TCA-10098-unsigned" under "10098" line 38,
        Stated Key [Token Http], "An unsigned token is refused with 10098.",
        readings: ["TCA-R-other-algorithm", "TCA-R-few-parts"];
    "TCA-10098-encrypted" under "10098" line 38,
        Stated Form [Token Http], "An encrypted token is refused with 10098.";
    "TCA-10099-scp" under "10099" line 39,
        Stated Claims [Token Http], "A token without the required scope claim is refused; 10099 is one of the documented answers.",
        readings: [
            "TCA-R-scp-missing", "TCA-R-scp-empty", "TCA-R-scp-numbers", "TCA-R-scp-null",
            "TCA-R-scp-mixed",
        ];
    "TCA-10100-fault" under "10100" line 40,
        Stated Store [Token Http], "An unexpected failure around the JWT ID is reported as 10100.",
        needs_fixture: true;
    "TCA-10100-retry" under "10100" line 40,
        Stated Store [Token Http], "A new token with a new JWT ID is the remedy.",
        needs_fixture: true;
    "TCA-10101-ubp" under "10101" line 41,
        Stated Account [Token Http], "On-demand access on a Cloud site without the usage-based embedded license is refused; 10101 is one of the documented answers, and the only one where the target declares that fixture.",
        needs_fixture: true, readings: ["TCA-R-on-demand"];
    "TCA-10101-ok" under "10101" line 41,
        Stated Account [Token Http], "On-demand access needs that license and works with it.",
        needs_fixture: true,
        readings: ["TCA-R-on-demand", "TCA-R-on-demand-unknown-sub", "TCA-R-oda-value"];
    "TCA-10102-iframe" under "10102" line 42,
        Stated Account [Http Browser], "On-demand access while iframe-auth is on is refused with 10102.",
        needs_fixture: true, readings: ["TCA-R-oda-value"];
    "TCA-10102-api" under "10102" line 42,
        Stated Account [Browser], "On-demand access needs Embedding API 3.6 or later.";
    "TCA-10103-size" under "10103" line 43,
        Stated Form [Token Http], "A token larger than 8000 bytes is refused with 10103.",
        readings: ["TCA-R-size-counted"];
    "TCA-10103-limit" under "10103" line 43,
        Stated Form [Token Http], "A token of up to 8000 bytes is not refused for its size.",
        readings: ["TCA-R-size-counted"];
    "TCA-10103-minimal" under "10103" line 43,
        Advice Form [Token], "Only needed claims should be carried.";
    "TCA-10105-origin" under "10105" line 44,
        Stated Request [Http], "With a URL in the allowlist, an Origin header that is no valid URL is refused with 10105.",
        needs_fixture: true, readings: ["TCA-R-origin-null", "TCA-R-bare-host"];
    "TCA-10105-pre" under "10105" line 44,
        Derived Request [Http], "With unrestricted embedding, or on REST sign-in, a bad Origin header is no reason for 10105.",
        needs_fixture: true;
    "TCA-10106-origin" under "10106" line 45,
        Stated Request [Http], "With a URL in the allowlist, a missing Origin header is refused with 10106.",
        needs_fixture: true, readings: ["TCA-R-empty-list-no-origin", "TCA-R-bare-host"];
    "TCA-10106-pre" under "10106" line 45,
        Derived Request [Http], "With unrestricted embedding, or on REST sign-in, a missing Origin header is no reason for 10106.",
        needs_fixture: true, readings: ["TCA-R-empty-list-no-origin"];
}
