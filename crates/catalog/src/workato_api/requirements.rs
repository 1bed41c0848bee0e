//! Requirements of the Workato API platform, in the order of the register.

requirements! { WorkatoApi, API_JSON_WEB_TOKEN;
    "WAP-GEN-01" under "JSON Web Token" line 3,
        Stated Form [Token Http], "API consumers may authenticate with a standard JWT (RFC number misprinted)";
    "WAP-GEN-02" under "JSON Web Token" line 3,
        Stated Key [Token Http], "The token is signed with the secret or key chosen on the access profile",
        needs_fixture: true;
    "WAP-GEN-03" under "JSON Web Token" line 5,
        Stated Form [Http], "Tokens issued by identity providers are usable",
        needs_fixture: true;
    "WAP-GEN-04" under "JSON Web Token" line 7,
        Stated Key [Token Http], "The signature lets the receiver detect changed content";
    "WAP-SIG-01" under "Supported signing methods" line 18,
        Stated Key [Token Http], "Exactly two methods: HMAC and RSA";
    "WAP-SIG-02" under "Supported signing methods" line 21,
        Stated Key [Token Http], "HMAC uses one secret shared by both sides",
        needs_fixture: true;
    "WAP-SIG-03" under "Supported signing methods" line 21,
        Stated Key [Token Http], "The HMAC secret is a 256-bit value",
        readings: ["WAP-R-hmac-secret", "WAP-R-short-secret"];
    "WAP-SIG-04" under "Supported signing methods" line 22,
        Stated Key [Token Http], "RSA: client holds the private key, server has the public key",
        needs_fixture: true;
    "WAP-SIG-05" under "How to generate a HMAC secret" line 32,
        Stated Key [Token Http], "The secret may be any chosen value",
        needs_fixture: true, readings: ["WAP-R-short-secret"];
    "WAP-SIG-06" under "How to generate a HMAC secret" line 32,
        Advice Key [Token], "It should be long and from a secure generator",
        readings: ["WAP-R-short-secret"];
    "WAP-SIG-07" under "How to generate a HMAC secret" line 36,
        Stated Key [Token Http], "The value is used as entered in the HMAC secret field",
        needs_fixture: true, readings: ["WAP-R-hmac-secret"];
    "WAP-SIG-08" under "How to generate a RSA public/private key pair" line 46,
        Stated Key [Token Http], "RSA needs a public key or certificate and the matching private key",
        needs_fixture: true;
    "WAP-SIG-09" under "How to generate a RSA public/private key pair" line 54,
        Stated Key [Token Http], "The OpenSSH public key must be converted to PEM",
        needs_fixture: true, readings: ["WAP-R-openssh-key"];
    "WAP-SIG-10" under "How to generate a RSA public/private key pair" line 70,
        Context Key [], "The PEM public key goes into the profile's public key field",
        needs_fixture: true;
    "WAP-TOK-01" under "How to generate JWT Tokens" line 74,
        Stated Account [Token Http], "The Workato access key is the essential content";
    "WAP-TOK-02" under "How to generate JWT Tokens" line 74,
        Stated Header [Token Http], "It is placed in the JOSE header as `kid`",
        same_as: ["WCL-13"];
    "WAP-TOK-03" under "Alternative claims" line 83,
        Stated Claims [Token Http], "If the provider restricts `kid`, the access key may be in the payload namespace claim",
        same_as: ["WCL-11"];
    "WAP-TOK-04" under "Alternative claims" line 83,
        Stated Claims [Token Http], "If the provider restricts `kid`, the access key may be in payload `workato_sub`",
        same_as: ["WCL-12"];
    "WAP-TOK-05" under "Alternative claims" line 83,
        Stated Claims [Token Http], "If the provider restricts `kid`, the access key may be in payload `sub`",
        same_as: ["WCL-14"];
    "WAP-TOK-06" under "How to generate JWT Tokens" line 87,
        Stated Key [Token Http], "The token is a signed form of the JSON structure";
    "WAP-TOK-07" under "How to generate JWT Tokens" line 89,
        Stated Form [Token Http], "The requester must produce a token in the correct format";
    "WAP-TOK-08" under "How to generate JWT Tokens" line 89,
        Context Header [], "The page sends its header JSON into the payload field: a misprint, `kid` counts in the header only";
    "WAP-TOK-09" under "How to generate JWT Tokens" line 91,
        Stated Key [Token Http], "HS256 and RS256 are the supported algorithms",
        same_as: ["WAP-SIG-01"];
    "WAP-TOK-10" under "How to generate JWT Tokens" line 97,
        Stated Claims [Token Http], "An IdP can issue the token with the API key in the matching claim",
        needs_fixture: true, same_as: ["WAP-GEN-03"];
    "WAP-TOK-11" under "How to generate JWT Tokens" line 76,
        Stated Header [Token Http], "A header with only `alg` and `kid` suffices (from the example)",
        readings: ["WAP-R-typ-form"];
    "WAP-CAL-01" under "Calling an API endpoint with JWT" line 101,
        Stated Form [Http], "The token is sent in a request header";
    "WAP-CAL-02" under "Calling an API endpoint with JWT" line 101,
        Stated Form [Http], "That header is Authorization with the Bearer scheme";
    "WAP-CAL-03" under "Calling an API endpoint with JWT" line 107,
        Stated Request [Http], "A GET with query parameters on a collection endpoint is a valid call shape",
        needs_fixture: true;
    "WAP-CLM-01" under "Extracting JWT payload claims" line 114,
        Stated Claims [Token Http], "IdPs may add arbitrary payload claims about the caller";
    "WAP-CLM-02" under "Extracting JWT payload claims" line 116,
        Stated Claims [Token Http], "`sub` may identify the access profile while other claims describe the caller";
    "WAP-CLM-03" under "Extracting JWT payload claims" line 126,
        Stated Claims [Http], "The server parses the token and reads all payload claims",
        needs_fixture: true;
    "WAP-CLM-04" under "Extracting JWT payload claims" line 126,
        Context Claims [], "Standard claims and those needed for authentication have priority",
        needs_fixture: true;
    "WAP-CLM-05" under "Extracting JWT payload claims" line 126,
        Context Form [], "Over the limit the payload is said to be truncated; the page's own error text overrules this, so it is background only",
        needs_fixture: true;
    "WAP-CLM-06" under "Character limit" line 130,
        Stated Form [Token Http], "The encoded payload may have at most 4096 characters";
    "WAP-CLM-07" under "Character limit" line 130,
        Stated Form [Token Http], "Requests with a larger payload fail",
        same_as: ["WAP-CLM-06"],
        readings: ["WAP-R-size-status", "WAP-R-size-and-verification", "WAP-R-large-request"];
    "WAP-CLM-08" under "Character limit" line 133,
        Stated Form [Http], "The failure is a JSON object whose `error` text names actual and maximum size",
        readings: ["WAP-R-size-status", "WAP-R-large-request"];
    "WAP-CLM-09" under "How to extract JWT payload claims" line 138,
        Stated Claims [Http], "In a recipe the claims are in the JWT claims datapill",
        needs_fixture: true;
    "WAP-CLM-10" under "How to extract JWT payload claims" line 141,
        Stated Claims [Http], "The pill must be parsed as a JSON object and read by claim name",
        needs_fixture: true;
    "WAP-CLM-11" under "How to extract JWT payload claims" line 144,
        Stated Claims [Http], "Claims are parsed automatically at run time",
        needs_fixture: true, same_as: ["WAP-CLM-03"];
    "WCL-01" in API_WORKATO_CLAIM under "JWT Workato claim" line 8,
        Stated Account [Http], "A token from an IdP lets the end user call the API platform",
        needs_fixture: true, same_as: ["WAP-GEN-03"];
    "WCL-02" in API_WORKATO_CLAIM under "JWT Workato claim" line 13,
        Stated Account [Token Http], "Each incoming request's JWT is checked for a valid API key",
        readings: ["WAP-R-exp", "WAP-R-exp-form", "WAP-R-nbf"];
    "WCL-03" in API_WORKATO_CLAIM under "JWT Workato claim" line 13,
        Stated Account [Token Http], "The check decides whether the request comes from a valid access profile",
        needs_fixture: true, readings: ["WAP-R-disabled-profile"];
    "WCL-04" in API_WORKATO_CLAIM under "JWT Workato claim" line 13,
        Stated Form [Token Http], "No JWT, or one that is not usable as a token: the request fails with 403",
        readings: ["WAP-R-status", "WAP-R-duplicate-member", "WAP-R-byte-order-mark"];
    "WCL-05" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Account [Token Http], "Claims are inspected in sequence",
        readings: ["WAP-R-claim-order"];
    "WCL-06" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Account [Token Http], "Of these places the first with a non-empty value is taken",
        readings: [
            "WAP-R-kid-null", "WAP-R-sub-null", "WAP-R-blank-key", "WAP-R-number-key",
            "WAP-R-boolean-key", "WAP-R-list-key", "WAP-R-object-key",
        ];
    "WCL-07" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Account [Token Http], "Its value is compared with the known access profiles",
        needs_fixture: true, same_as: ["WCL-03"], readings: [
            "WAP-R-blank-key", "WAP-R-number-key", "WAP-R-boolean-key", "WAP-R-list-key",
            "WAP-R-object-key",
        ];
    "WCL-08" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Account [Token Http], "Later claims are not consulted once a non-empty one is found",
        readings: [
            "WAP-R-blank-key", "WAP-R-number-key", "WAP-R-boolean-key", "WAP-R-list-key",
            "WAP-R-object-key",
        ];
    "WCL-09" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Key [Token Http], "A token that is not verified fails with 403",
        readings: [
            "WAP-R-status", "WAP-R-size-and-verification", "WAP-R-exp", "WAP-R-exp-form",
            "WAP-R-nbf",
        ];
    "WCL-10" in API_WORKATO_CLAIM under "JWT Workato claim" line 15,
        Stated Account [Token Http], "A valid API key makes the request succeed",
        needs_fixture: true, readings: ["WAP-R-exp", "WAP-R-exp-form", "WAP-R-nbf"];
    "WCL-11" in API_WORKATO_CLAIM under "JWT Workato claim" line 19,
        Stated Claims [Token Http], "First: payload claim `https://www.workato.com/sub` (the blank printed after it is a misprint)",
        readings: ["WAP-R-namespace-blank"];
    "WCL-12" in API_WORKATO_CLAIM under "JWT Workato claim" line 20,
        Stated Claims [Token Http], "Second: payload `workato_sub`, if the one above is empty";
    "WCL-13" in API_WORKATO_CLAIM under "JWT Workato claim" line 21,
        Stated Header [Token Http], "Third: header `kid`, if those above are empty",
        readings: ["WAP-R-claim-order", "WAP-R-kid-null"];
    "WCL-14" in API_WORKATO_CLAIM under "JWT Workato claim" line 22,
        Stated Claims [Token Http], "Fourth: payload `sub`, if those above are empty",
        readings: ["WAP-R-claim-order", "WAP-R-sub-null"];
    "WCL-15" in API_WORKATO_CLAIM under "JWT Workato claim" line 17,
        Stated Account [Token Http], "Each claim counts only in the part the table names",
        readings: ["WAP-R-namespace-blank"];
    "WCL-16" in API_WORKATO_CLAIM under "JWT Workato claim" line 19,
        Context Claims [], "The namespaced name is unlikely to be restricted by an IdP";
    "WCL-17" in API_WORKATO_CLAIM under "JWT Workato claim" line 22,
        Context Claims [], "Some IdPs reserve `sub`, so the key cannot be put there";
    "WCL-18" in API_WORKATO_CLAIM under "How to configure Workato claim" line 26,
        Context Claims [], "Works with most IdPs, among them ADFS, Auth0 and Okta",
        needs_fixture: true;
    "WCL-19" in API_WORKATO_CLAIM under "How to configure Workato claim" line 26,
        Context Claims [], "Auth0 restricts `kid` and `sub` and wants namespaced custom claims",
        needs_fixture: true;
    "WCL-20" in API_WORKATO_CLAIM under "How to configure Workato claim" line 26,
        Stated Claims [Token Http], "For Auth0 the key therefore goes into the namespace claim",
        needs_fixture: true;
    "WCL-21" in API_WORKATO_CLAIM under "How to configure Workato claim" line 31,
        Context Account [], "Three stages: certificate, access profile with key, claim mapping",
        needs_fixture: true;
    "WCL-22" in API_WORKATO_CLAIM under "1. Obtain RSA certificate" line 43,
        Advice Key [Token], "RS256 is the recommended algorithm";
    "WCL-23" in API_WORKATO_CLAIM under "1. Obtain RSA certificate" line 48,
        Stated Key [Token Http], "The IdP's signing certificate is used to configure the profile",
        needs_fixture: true, same_as: ["WAP-SIG-08"];
    "WCL-24" in API_WORKATO_CLAIM under "2. Configure Workato access profile" line 57,
        Context Account [], "The profile's method must be JWT",
        needs_fixture: true;
    "WCL-25" in API_WORKATO_CLAIM under "2. Configure Workato access profile" line 57,
        Stated Key [Token Http], "A certificate is accepted as the profile's verification key",
        needs_fixture: true, same_as: ["WAP-SIG-08"], readings: ["WAP-R-openssh-key"];
    "WCL-26" in API_WORKATO_CLAIM under "2. Configure Workato access profile" line 58,
        Context Account [], "The profile provides the API key value to embed",
        needs_fixture: true;
    "WCL-27" in API_WORKATO_CLAIM under "3. Configure JWT claim" line 66,
        Context Claims [], "The key is kept as client metadata `workato_sub`",
        needs_fixture: true;
    "WCL-28" in API_WORKATO_CLAIM under "3. Configure JWT claim" line 70,
        Stated Claims [Token], "A hook copies it into the exact namespace claim of the access token",
        needs_fixture: true;
    "WCL-29" in API_WORKATO_CLAIM under "3. Configure JWT claim" line 72,
        Stated Request [Http], "The issued JWT is sent to the API in the authentication header",
        same_as: ["WAP-CAL-01", "WAP-CAL-02"];
    "WCL-30" in API_WORKATO_CLAIM under "3. Configure JWT claim" line 73,
        Stated Claims [Token], "Decoding the token shows the namespace claim in the payload";
    "WCL-31" in API_WORKATO_CLAIM under "JWT Workato claim" line 13,
        Stated Account [Token Http], "A usable JWT that carries no valid API key: the request fails with 403",
        readings: ["WAP-R-status", "WAP-R-disabled-profile"];
}
