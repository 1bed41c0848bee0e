//! What RFCs and other public material add to the document about Posit Connect: a must where a
//! breach lets a stranger in or a secret out, or where an RFC says so; nothing of a later edition
//! than the document gets a verdict.

rules! { COMPLETIONS, Some(crate::Profile::PositConnect);
    "PCX-01", Should, Form, "the API reference":
        "The exchange reads its parameters from a form body only, never from the query or from JSON.";
    "PCX-02", Must, Request, "the API reference":
        "The caller proves itself by an API key under the scheme `Key`; without one that is known nothing is handed out.";
    "PCX-03", Should, Form, "the API reference":
        "An error is a JSON object with an integer `code` and a string `error`.";
    "PCX-04", Should, Form, "the API reference":
        "A successful exchange names the access token, its issued type and its token type.";
    "PCX-05", Should, Form, "the API reference":
        "`expires_in` appears only when the expiry is known, and never exceeds what truly remains.";
    "PCX-06", Should, Store, "the API reference":
        "Until it expires the same access token is handed out, and the provider is not called.";
    "PCX-07", Should, Form, "the vendor's code list":
        "A wrong grant type is answered with 213.";
    "PCX-08", Should, Form, "the vendor's code list":
        "A wrong subject token type is answered with 214.";
    "PCX-09", Should, Form, "the vendor's code list":
        "A missing form or member is answered with one of 210, 211, 12 and 215, and never with a 5xx.";
    "PCX-10", Must, Store, "RFC 7636, section 4.6":
        "A code is redeemed with the verifier whose hash its own authorization request sent as the PKCE challenge, and with no other.";
    "PCX-11", Must, Store, "RFC 6749, section 10.12":
        "The login carries a `state` good for one use, and a callback with any other, or by another browser, is refused.";
    "PCX-12", Should, Account, "the API reference":
        "The integration authenticates at the token endpoint by the method it is configured for.";
    "PCX-13", Must, Request, "the API reference":
        "A client secret, an API key or a refresh token is in no answer: not of the integration API, not on a page, not in an error.";
    "PCX-14", Should, Account, "the API reference":
        "Putting a list of associations replaces the earlier list.";
    "PCX-15", Should, Account, "the API reference":
        "Deleting a viewer's session brings the answer for a missing session back.";
    "PCX-16", Must, Account, "the API reference":
        "Only the owner of the content may exchange for it; nobody else is handed anything.";
    "PCX-17", Should, Request, "observed clients":
        "An error body in JSON says so in its content type.";
    "PCX-18", Should, Account, "observed clients":
        "Each listed association names its content and its integration.";
    "PCX-19", Should, Store, "RFC 6749, section 6":
        "A refresh answered without a new refresh token leaves the old one in use.";
    "PCX-20", Should, Account, "GitHub's documentation":
        "A token answer of status 200 that carries an error, as GitHub sends it, is a failure.";
    "PCX-21", Info, Request, "the API reference, 2026":
        "The answer repeats the correlation ID of the request.";
    "PCX-22", Info, Account, "the API reference, 2025.07":
        "Where content has several associations, `audience` selects the integration.";
    "CPX-status", Should, Request, "claimproof":
        "A caller without a known key is answered 401 and one who does not own the content 403, the numbers being registered ones.";
    "CPX-quiet", Should, Request, "claimproof":
        "No answer repeats a code, a subject token or an access token that it does not exist to hand out.";
    "RFC6749-2.3.1", Must, Account, "RFC 6749, section 2.3.1":
        "Client ID, client secret, code and refresh token reach the token endpoint form-encoded once, in the form and in `Basic`.";
    "RFC6749-10.14", Must, Request, "RFC 6749, section 10.14":
        "What a provider or a browser hands over is shown as text, never as markup.";
    "RFC6749-10.10", Should, Store, "RFC 6749, section 10.10":
        "What must not be guessed, `state` among it, has 128 bits and is drawn anew for each login.";
    "RFC6749-A.14", Should, Account, "RFC 6749, section A.14":
        "`expires_in` is a whole number of seconds; a login survives one that is not, and its lifetime is kept where it can be read.";
    "RFC7636-4.2", Should, Request, "RFC 7636, section 4.2":
        "Each authorization request carries a PKCE challenge by S256, unless the integration switches PKCE off, which is obeyed.";
}
