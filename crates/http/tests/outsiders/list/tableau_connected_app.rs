//! Connected apps: faults and conforming variants.

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
    Fault { profile: Profile::TableauConnectedApp, name, by, weight, kind, breaks, sentence }
}

const fn variant(
    by: By,
    name: &'static str,
    kind: &'static str,
    sentence: &'static str,
) -> Variant {
    Variant { profile: Profile::TableauConnectedApp, name, by, kind, sentence }
}

#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn faults() -> Vec<Fault> {
    vec![
        fault(Own, Must, "no-signature-check", "proof", &["TCA-127-value", "RFC7515-5.2"],
            "Reads the token and never checks its signature."),
        fault(Own, Must, "ids-per-surface", "ids between and per surface", &["TCA-10091-replay", "CPX-once"],
            "Remembers ids for each surface apart."),
        fault(Own, Must, "memory-of-a-minute", "ids between and per surface", &["TCA-10091-replay", "CPX-once"],
            "Forgets a `jti` after a minute, though its token is valid for five."),
        fault(Own, Must, "race-of-20-ms", "replay at the same moment", &["CPX-once", "TCA-10091-replay"],
            "Looks the `jti` up, works 20 ms, then stores it."),
        fault(Own, Must, "iat-exponent-refused", "how numbers are written", &["RFC7519-2", "TCA-10084-iat-format"],
            "Refuses an `iat` or `exp` written with an exponent."),
        fault(Own, Advice, "hash-as-the-token-says", "PSS and other hashes", &["RFC8725-3.1", "RFC8725-3.2"],
            "Verifies HS384 and HS512 as the header asks; document 003 names no algorithm."),
        fault(Own, Must, "user-folded", "equal by code point", &["TCA-5-case"],
            "Compares user names without regard to case."),
        fault(Own, Must, "user-trimmed", "equal by code point", &["TCA-5-unknown", "TCA-5-username", "TCA-16-sub-unknown"],
            "Strips blanks and zero-width letters around and inside a user name."),
        fault(Own, Must, "audience-folded", "equal by code point", &["TCA-10084-aud-case", "TCA-10084-aud"],
            "Compares the audience without regard to case."),
        fault(Own, Must, "audience-contains", "equal by code point", &["TCA-10084-aud", "RFC7519-4.1.3"],
            "Looks for `tableau` anywhere in the audience."),
        fault(Own, Must, "audience-not-read", "rules without a case", &["RFC8725-3.9", "TCA-10084-aud", "RFC7519-4.1.3"],
            "Does not read the audience."),
        fault(Own, Must, "user-as-a-list", "lists for strings", &["RFC7519-2", "TCA-5-unknown", "TCA-10084-sub-missing"],
            "Takes a list that holds the user's name as `sub`."),
        fault(Own, Advice, "token-in-a-header", "token elsewhere", &["RFC7515-7.1", "RFC7519-7.2", "CPX-one-place"],
            "Takes the token from a header where its own place has none."),
        fault(Own, Must, "key-id-as-a-list", "lists for strings", &["TCA-10083-kid", "TCA-127-id", "TCA-10085-kid"],
            "Takes a list that holds the secret's id as `kid`."),
        fault(Own, Must, "origin-by-its-end", "origins", &["TCA-10092-unlisted"],
            "Compares the end of the origin with the listed host."),
        fault(Own, Must, "origin-by-its-beginning", "origins", &["TCA-10092-unlisted"],
            "Compares the beginning of the origin with the listed one."),
        fault(Own, Must, "origin-anywhere", "origins", &["TCA-10092-unlisted", "TCA-10105-origin"],
            "Looks for the listed host anywhere in the origin, user info, path and query included."),
        fault(Own, Advice, "any-port", "origins", &["RFC6454-5"],
            "Takes the listed host under another scheme or port."),
        fault(Own, Must, "any-text-is-true", "on-demand", &["TCA-5-unknown", "TCA-16-sub-unknown", "TCA-67-oda"],
            "Takes `\"false\"` for on-demand access."),
        fault(Own, Must, "deleted-secret-signs", "management", &["TCA-127-id", "TCA-128-delete"],
            "Goes on verifying with a secret that was deleted."),
        fault(Own, Must, "new-secret-ignored", "management", &["TCA-127-id", "TCA-127-value", "TCA-128-delete"],
            "Answers that a secret was made, and verifies nothing with it."),
        fault(Own, Must, "app-off-but-served", "management", &["TCA-126-enabled", "TCA-10090-disabled"],
            "Serves the tokens of an app that was switched off."),
        fault(Own, Must, "app-off-but-served-on-rest", "management", &["TCA-126-enabled", "TCA-10090-disabled"],
            "Goes on verifying on REST for an app that was switched off."),
        fault(Own, Must, "deleted-secret-signs-7-s", "management", &["TCA-127-id", "TCA-10085-kid"],
            "Lets seven seconds pass before a deleted secret signs no more, and states no such time."),
        fault(Own, Advice, "changes-after-300-ms", "management", &["CPX-at-once"],
            "Lets 300 ms pass before a change shows: within `settle`, so advice alone."),
        fault(Own, Must, "secret-in-the-refusal", "secrets in answers", &["CPX-secret"],
            "Shows the app's secret in the text of a refusal."),
        fault(Own, Must, "exp-an-hour-late", "leeway", &["TCA-exp-past", "RFC7519-4.1.4"],
            "Accepts an `exp` that passed up to an hour ago."),
        fault(Own, Must, "unreadable-is-bad", "codes", &["TCA-10084-name", "RFC7515-10.12"],
            "Answers an unreadable payload with 10083; 10084 alone is due."),
        fault(Own, Advice, "refusal-without-cors", "CORS and wire forms", &["CPX-readable"],
            "Leaves the CORS headers of the preflight out of a refusal to a listed Origin."),
        fault(Own, Advice, "bare-refusal", "CORS and wire forms", &["CPX-vendor-form"],
            "Answers REST refusals without the vendor's XML namespace and its 401001."),
        fault(Own, Must, "pairs-as-an-object", "JSON of another shape", &["RFC7515-4", "RFC7515-10.12"],
            "Reads a list of pairs as an object."),
        fault(Proxy, Must, "origin-left-out", "origins", &["TCA-10106-origin", "TCA-10092-unlisted"],
            "Fills in the listed Origin where a request has none."),
        fault(Proxy, Must, "crash-on-long-tokens", "crash and status", &["RFC9110-15", "TCA-10103-size"],
            "Answers 502 to a token of more than 8000 bytes."),
        fault(Proxy, Must, "size-limit-of-6000", "size error", &["TCA-10103-limit"],
            "Refuses tokens above 6000 bytes with 10103."),
        fault(Proxy, Must, "mark-on-refusals", "refusal with the mark", &["CPX-mark"],
            "Refuses REST sign-in with the code and an element `credentials` beside it."),
    ]
}

#[rustfmt::skip]
pub(super) fn variants() -> Vec<Variant> {
    vec![
        variant(Own, "leeway-60", "leeway",
            "Allows a minute for `exp`: RFC 7519 section 4.1.4."),
        variant(Own, "lists-yes-quoted-no", "one question a family",
            "Takes a list as `aud` and refuses quoted times: two questions."),
        variant(Own, "numbers-in-scp-refused-empty-taken", "one question a family",
            "Refuses numbers in `scp` and takes an empty list: two questions."),
        variant(Own, "last-of-duplicates", "duplicates",
            "Takes the last of two members: RFC 7519 section 4."),
        variant(Own, "unreadable-header-10083", "codes",
            "Answers an unreadable header with 10083 and an unreadable payload with 10084."),
        variant(Own, "origin-by-letter", "origins",
            "Refuses capitals and a written default port of the listed host: either is lawful."),
        variant(Own, "memory-of-the-window", "ids between and per surface",
            "Forgets a `jti` when no token that spent it can still be good."),
        variant(Own, "changes-after-2-s", "management",
            "Lets two seconds pass before a change shows, as its target file states: no document promises a moment."),
        variant(Own, "plain", "odd but lawful",
            "Differs in nothing from the plain server."),
        variant(Own, "fixed-token-app-per-site", "a server of its own ways",
            "Has an app with secrets of its own on each site, and management under a fixed token, which answers 200 to all."),
        variant(Own, "hosts-of-its-own", "a server of its own ways",
            "Lists a page on a host of its own, which the target file names."),
        variant(Own, "names-without-at", "cast-bound",
            "Has users whose names hold no `@` and begin outside ASCII."),
    ]
}
