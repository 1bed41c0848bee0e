//! What is made of the header that carries a token.

use super::PROFILE;
use crate::fronts::{header, into_authorization, query_into_authorization};
use crate::mutant::{Mutant, Planted};
use crate::shared::kept_verdicts;

const MALFORMED: &[&str] = &["RFC7515-5.2", "RFC7515-7.1", "RFC7515-2", "WAP-CAL-02"];

pub(super) fn mutants() -> Vec<Mutant> {
    [kept_verdicts(PROFILE, &[]), headers()].concat()
}

mutants! {
    fn headers in PROFILE, Planted::Front;

    "strips-quotes", "Quotes around the token are taken off", MALFORMED =>
        |_| header("authorization", |value| value.replace(['"', '\''], ""));
    "bearer-twice", "The word Bearer may stand twice", MALFORMED =>
        |_| header("authorization", |value| value.replacen("Bearer Bearer ", "Bearer ", 1));
    "first-word", "What stands behind the token is dropped", MALFORMED =>
        |_| {
            header("authorization", |value| {
                value.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
            })
        };
    "last-word", "The last word of the header is the token", MALFORMED =>
        |_| {
            header("authorization", |value| match value.rsplit_once(' ') {
                Some((_, last)) => format!("Bearer {last}"),
                None => value.to_owned(),
            })
        };
    "token-in-cookie", "A token in a cookie counts", ["WAP-CAL-02"] =>
        |_| into_authorization(&[("cookie", "token=")]);
    "token-in-query", "A token in the query counts", ["WAP-CAL-02"] =>
        |_| query_into_authorization(&["access_token", "jwt"]);
    "token-in-any-header", "A token in another header counts", ["WAP-CAL-02"] =>
        |_| into_authorization(&[("api-token", ""), ("x-authorization", "Bearer ")]);
    strict "one-blank-only", "More than one space behind the scheme is refused", ["RFC9110-11.4"] =>
        |_| header("authorization", |value| value.replace("  ", ""));
}
