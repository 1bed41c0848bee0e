//! A key in the header, and what a library takes when it is handed no key: `none`, a key of the caller's, an HMAC
//! keyed with nothing or with the word for nothing, together with a partner nobody has.

use super::team;
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    [embedded(), unknown()].concat()
}

/// The key that verifies the token, in its header.
fn brought() -> [(&'static str, &'static str, Vec<Change>); 2] {
    let signed = || Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    [
        (
            "jwk",
            "the key that verifies it in jwk",
            vec![Change::Header("jwk", Edit::Jwk("key.foreign")), signed()],
        ),
        (
            "x5c",
            "the certificate that verifies it in x5c",
            vec![Change::Header("x5c", Edit::X5c("key.foreign")), signed()],
        ),
    ]
}

fn embedded() -> Vec<Case> {
    brought()
        .map(|(member, words, changes)| {
            let id = format!("token_signature_invalid/header-{member}");
            let expect = Expect::refuse(&["token_signature_invalid", "vendor_missing"]);
            let cites = &["WDL-JWT-24", "RFC8725-3.10"];
            Case::one(
                &team(),
                &id,
                &format!("A known partner, and {words}"),
                cites,
                changes,
                expect,
            )
        })
        .to_vec()
}

/// Several faults, so which code answers is recorded.
fn unknown() -> Vec<Case> {
    let keyed = |key| vec![Change::Alg("\"HS256\"", Signature::HmacKeyed(key))];
    let mut unkeyed = vec![
        ("none", "alg none and no signature", vec![Change::Alg("\"none\"", Signature::Empty)]),
        ("empty", "an HMAC keyed with nothing", keyed(b"")),
        ("undefined", "an HMAC keyed with the word undefined", keyed(b"undefined")),
        ("unsigned", "no signature under RS256", vec![Change::Sign(Signature::Empty)]),
    ];
    unkeyed.extend(brought());
    let make = |(slug, words, changes): (&str, &str, Vec<Change>)| {
        let all = [vec![Change::Roles(&[("vendor", "vendor.unknown")])], changes].concat();
        let cites = &["WDL-ACC-20", "WDL-JWT-01", "RFC8725-2.1", "RFC8725-3.10"];
        let id = format!("undocumented/forged-{slug}-unknown-vendor");
        Case::one(
            &team(),
            &id,
            &format!("A partner nobody has, and {words}"),
            cites,
            all,
            Expect::REFUSE,
        )
    };
    unkeyed.into_iter().map(make).collect()
}
