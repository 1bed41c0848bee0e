//! Connect servers: faults and conforming variants.

use claimproof_catalog::Profile;

use super::By::{Own, Proxy};
use super::Weight::{Advice, Must};
use super::{By, Fault, Variant, Weight};

const fn fault(
    by: By,
    weight: Weight,
    name: &'static str,
    kind: &'static str,
    breaks: &'static [&'static str],
    sentence: &'static str,
) -> Fault {
    Fault { profile: Profile::PositConnect, name, by, weight, kind, breaks, sentence }
}

const fn variant(
    by: By,
    name: &'static str,
    kind: &'static str,
    sentence: &'static str,
) -> Variant {
    Variant { profile: Profile::PositConnect, name, by, kind, sentence }
}

#[rustfmt::skip]
pub(super) fn faults() -> Vec<Fault> {
    vec![
        fault(Own, Must, "no-api-key", "strangers let in", &["PCX-02"],
            "Hands an access token to whoever asks, without API key."),
        fault(Own, Must, "any-publisher", "strangers let in", &["PCX-16"],
            "Hands the access token of a content to any publisher."),
        fault(Own, Must, "state-not-compared", "strangers let in", &["PCX-11"],
            "Compares the beginning of `state` alone: RFC 6749 section 10.12."),
        fault(Own, Must, "state-good-twice", "strangers let in", &["PCX-11"],
            "Takes a `state` a second time."),
        fault(Own, Must, "challenge-of-another", "strangers let in", &["PCX-10"],
            "Sends a PKCE verifier that is not the challenge's: RFC 7636 section 4.6."),
        fault(Own, Must, "secrets-returned", "secrets in answers", &["PCX-13"],
            "Returns client secrets when an integration is read."),
        fault(Own, Must, "redirect-uri-left-out", "proof", &["PCO-AZ-10"],
            "Leaves the redirect URI out of the authorization request."),
        fault(Own, Must, "wrong-redirect-uri", "proof", &["PCO-AZ-10"],
            "Sends another redirect URI than the documented one."),
        fault(Own, Must, "basic-unencoded", "client encoding", &["PCX-12", "RFC6749-2.3.1"],
            "Writes client id and secret into Basic as they are: RFC 6749 section 2.3.1 encodes them."),
        fault(Own, Must, "form-unencoded", "client encoding", &["PCX-12", "PCO-RT-04", "RFC6749-2.3.1"],
            "Pastes code, secret and refresh token into the form unencoded: RFC 6749 appendix B."),
        fault(Own, Must, "no-refresh-token-needed", "rules without a case", &["PCO-RT-01", "PCO-RT-10"],
            "Lets a login succeed without refresh token."),
        fault(Own, Advice, "expires-in-as-a-number-only", "expires_in", &["PCX-05", "RFC6749-A.14"],
            "Fails a login whose `expires_in` is text."),
        fault(Own, Advice, "fraction-never-refreshes", "expires_in", &["PCX-05", "PCO-RT-04", "RFC6749-A.14"],
            "Drops an `expires_in` with a fraction part and never refreshes."),
        fault(Own, Must, "sentence-reworded", "documented sentences", &["PCO-SE-01", "PCO-AS-01", "PCO-ST-01"],
            "Sends the documented numbers with sentences of its own."),
        fault(Own, Must, "session-of-anybody", "strangers let in", &["PCO-SE-03"],
            "Gives a viewer the token of another viewer's login."),
        fault(Own, Must, "expired-subject-taken", "past stays past", &["PCO-ST-01", "PCO-ST-04"],
            "Takes a subject token after its expiry."),
        fault(Own, Must, "old-token-after-failure", "rules without a case", &["PCO-AZ-14", "PCO-KC-02"],
            "Goes on handing out the old access token when the refresh failed."),
        fault(Own, Advice, "app-id-cut", "texts passed on", &["PCO-AZ-17"],
            "Cuts application ids out of the provider's texts."),
        fault(Own, Must, "provider-text-swallowed", "texts passed on", &["PCO-AZ-05", "PCO-KC-01"],
            "Says that something went wrong in place of what the provider said."),
        fault(Own, Must, "dashboard-navigates", "dashboard", &["PCO-SE-05"],
            "Redirects the viewer of the dashboard into the login."),
        fault(Own, Must, "crash-without-a-form", "crash and status", &["RFC9110-15", "PCX-09"],
            "Answers 500 to an exchange without form."),
        fault(Own, Must, "associations-pooled", "strangers let in", &["PCO-AS-06", "PCO-AS-01"],
            "Answers an exchange for a content without integration by another content's."),
        fault(Proxy, Advice, "no-content-type", "CORS and wire forms", &["PCX-17"],
            "Sends errors without content type."),
        fault(Proxy, Advice, "odd-status", "crash and status", &["PCO-SE-02", "PCO-AS-02", "CPX-status"],
            "Sends the documented errors with a status that no registry has."),
    ]
}

#[rustfmt::skip]
pub(super) fn variants() -> Vec<Variant> {
    vec![
        variant(Own, "audience-not-read", "rules without a case",
            "Ignores `audience` where a content has two associations: the edition of 2024 knows none."),
        variant(Own, "plain", "odd but lawful",
            "Differs in nothing from the plain server."),
        variant(Own, "no-session-number-of-its-own", "numbers nobody documented",
            "Sends the no-session sentence with the number 230: numbers are recorded."),
        variant(Own, "expiry-not-readable", "one question a family",
            "Issues subject tokens whose expiry is not readable."),
        variant(Own, "expiry-with-a-fraction", "providers and callbacks",
            "Writes the expiry of a subject token with a fraction: RFC 7519 section 2."),
        variant(Own, "callback-in-json", "providers and callbacks",
            "Answers the callback in JSON or plain text."),
        variant(Own, "clock-for-all-login-in-steps", "a server of its own ways",
            "Moves its clock by a request, for everybody, and logs viewers in by a form with a hidden field."),
        variant(Own, "clock-nobody-moves", "a server of its own ways",
            "Has the time of its machine: the suite waits for tokens of two seconds, within the patience that is stated."),
        variant(Own, "no-correlation", "providers and callbacks",
            "Repeats no correlation id: the document is older than the header."),
        variant(Own, "provider-limit-of-1-mb", "providers and callbacks",
            "Reads a provider's answer of 1 MB, or stops: no document has a bound."),
        variant(Proxy, "answers-early", "limits of a front server",
            "Answers 413 and closes before a body of megabytes is sent."),
    ]
}
