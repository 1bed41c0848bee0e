//! The two ways in which the Workato API platform refuses a token. The documents give texts and
//! a status but no codes, so both codes are names of ours.

codes! { WorkatoApi, API_JSON_WEB_TOKEN;
    PayloadTooLarge = "payload_too_large", Refusal, "Character limit", under "Character limit" line 130,
        meaning: "The encoded payload has more than 4096 characters (the code is a name of ours: the document gives a text alone).",
        remedy: "Carry fewer or shorter claims.";
    AccessRefused = "access_refused", Refusal, "JWT Workato claim",
        in API_WORKATO_CLAIM under "JWT Workato claim" line 13,
        meaning: "There is no token, it does not verify, or it carries no valid API key (the code is a name of ours: the document gives a status alone).",
        remedy: "Send the token as `Authorization: Bearer TOKEN`, signed with HS256 under the access profile's secret or with RS256 under its key, with the profile's API key in the first claim that is looked at.";
}
