//! Steps behind which another one is bound to refuse the same token, each with the reason. A row
//! that no vector needs is a fault too.

use claimproof_catalog::Profile;

/// The step left out, the one that refuses then, and why.
pub(super) type Row = (&'static str, &'static str, &'static str);

/// The rows of a profile, without its name before the step.
pub(super) fn of(profile: Profile) -> impl Iterator<Item = Row> {
    ROWS.iter().filter_map(move |(step, then, why)| {
        let (of, step) = step.split_once('/')?;
        (of == profile.name()).then_some((step, *then, *why))
    })
}

/// Cases that have two faults on purpose, and are no pair of the table of precedence: the start of
/// their ids, and the reason.
pub(super) const TWO_FAULTS: &[(&str, &str)] = &[
    ("workato-api/payload_too_large/and-", SIZE_FIRST),
    (
        "tableau-connected-app/10083/both-absent",
        "the document has one answer for both, TCA-10083-both",
    ),
    ("workato-direct-link/undocumented/forged-", FORGED),
    ("tableau-connected-app/undocumented/forged-", FORGED),
    ("workato-direct-link/token_invalid/unencoded-payload-crit", UNENCODED),
    ("workato-api/access_refused/unencoded-payload-crit", UNENCODED),
    ("tableau-connected-app/10084/unencoded-payload-crit", UNENCODED),
];

const FORGED: &str = "a forged signature together with a key nobody has: a look-up that fails leaves some with an empty key";
const UNENCODED: &str =
    "a payload that is not encoded says so in `b64`, and `b64` in `crit` (RFC 7797 section 6)";
const SIZE_FIRST: &str = "the size is answered whatever else is wrong, WAP-CLM-07";

/// Where a list of steps cannot be shortened any more: nothing could be read, or the store is
/// asked.
pub(super) const ENDS: [&str; 2] = ["", "replay"];

const NO_TOKEN: &str = "there is no token to accept";
const NO_KEY: &str = "nobody's key is there to verify with";
const OTHER_SIGNATURE: &str =
    "it is signed in another algorithm or not at all, so the signature does not fit either";
const NO_ACCOUNT: &str = "what is not named cannot be found";
const PAST: &str = "the store takes no token past its last second";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("workato-direct-link/token_present", "", NO_TOKEN),
    ("workato-direct-link/alg_is_rs256", "signature", OTHER_SIGNATURE),
    ("workato-direct-link/vendor_known", "signature", NO_KEY),
    ("workato-direct-link/vendor_has_key", "signature", NO_KEY),
    ("workato-direct-link/path_is_clean", "path_is_url", "what holds a control character is no URL either"),
    ("workato-direct-link/not_too_old", "replay", PAST),
    ("workato-api/credentials_present", "", NO_TOKEN),
    ("workato-api/credentials_single", "", NO_TOKEN),
    ("workato-api/scheme_is_bearer", "", NO_TOKEN),
    ("workato-api/api_key_present", "signature", NO_KEY),
    ("workato-api/api_key_known", "signature", NO_KEY),
    ("workato-api/alg_of_profile", "signature", OTHER_SIGNATURE),
    ("tableau-connected-app/token_present", "", NO_TOKEN),
    ("tableau-connected-app/token_size", "token_readable", NO_TOKEN),
    ("tableau-connected-app/token_size", "", NO_TOKEN),
    ("tableau-connected-app/enough_parts", "token_readable", NO_TOKEN),
    ("tableau-connected-app/enough_parts", "", NO_TOKEN),
    ("tableau-connected-app/not_encrypted", "token_readable", NO_TOKEN),
    ("tableau-connected-app/not_encrypted", "", NO_TOKEN),
    ("tableau-connected-app/signed", "alg_is_hs256", "none is another algorithm too"),
    ("tableau-connected-app/signed", "signature", OTHER_SIGNATURE),
    ("tableau-connected-app/alg_is_hs256", "signature", OTHER_SIGNATURE),
    ("tableau-connected-app/kid_present", "secret_known", NO_ACCOUNT),
    ("tableau-connected-app/kid_present", "signature", NO_KEY),
    ("tableau-connected-app/iss_present", "app_known", NO_ACCOUNT),
    ("tableau-connected-app/iss_present", "signature", NO_KEY),
    ("tableau-connected-app/app_known", "signature", NO_KEY),
    ("tableau-connected-app/secret_known", "signature", NO_KEY),
    ("tableau-connected-app/sub_present", "user_known", NO_ACCOUNT),
    ("tableau-connected-app/not_expired", "replay", PAST),
    ("tableau-connected-app/origin_present", "origin_listed", "no list holds what is not there"),
    ("tableau-connected-app/origin_is_url", "origin_listed", "a list holds URLs alone"),
];
