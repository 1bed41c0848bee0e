//! What is said of everything that can be wrong with an API call.

words! {
    NoCredentials: "No `Authorization` header.";
    NotBearer: "Another scheme than Bearer.";
    SeveralCredentials: "More than one `Authorization` header, or several credentials in one.";
    PayloadTooLarge: "The encoded payload has {chars} characters, and {max} are the most.";
    TokenMalformed: "The token is no well-formed compact JWS: {why}.";
    ExtensionDemanded: "The header demands an extension.";
    NoApiKey: "None of the places holds an API key.";
    UnknownApiKey: "The first non-empty place holds no known API key.";
    ProfileDisabled: "The access profile is disabled.";
    AlgMismatch: "`alg` is not the algorithm of the profile's method.";
    SignatureMismatch: "The signature does not verify under the profile's key.";
}
