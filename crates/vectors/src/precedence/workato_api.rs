//! The API platform: faults by hand from documents 001 and 004.
//!
//! All but the size have one answer, so no order that is forced can be seen; and the size is
//! measured on the text, before or after anything is read from it.

use super::{Fault, Stage, fault};
use crate::cases::workato_api::hmac_kid;
use crate::change::{Change, Edit, RequestEdit, Size};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const REFUSED: &[&str] = &["access_refused"];
/// Everything there is in a call, so that none of it is there without a token.
const CALL: &[&str] = &["scheme", "size", "text", "crit", "alg", "signature", "kid"];
const LARGE: &[&str] = &["payload_too_large"];

pub(super) fn scene() -> Scene {
    hmac_kid()
}

pub(super) fn faults() -> Vec<Fault> {
    [request(), token(), keys()].concat()
}

fn request() -> Vec<Fault> {
    let basic = Change::Request(RequestEdit::Field("scheme", "Basic"));
    let twice = Change::Request(RequestEdit::AddHeader("authorization", "Bearer e30.e30.e30"));
    let large = &["WAP-CLM-06", "WAP-CLM-07"];
    let absent = Change::Request(RequestEdit::Token(None));
    vec![
        fault(
            Stage::Request,
            "no-token",
            "no token",
            REFUSED,
            &["WCL-04", "WAP-CAL-01"],
            CALL,
            absent,
        ),
        fault(
            Stage::Request,
            "scheme-basic",
            "Basic in place of Bearer",
            REFUSED,
            &["WAP-CAL-02"],
            &["scheme"],
            basic,
        ),
        fault(
            Stage::Request,
            "two-headers",
            "two Authorization headers",
            REFUSED,
            &["WAP-CAL-02"],
            &["scheme"],
            twice,
        ),
        fault(
            Stage::Request,
            "too-large",
            "a payload too large",
            LARGE,
            large,
            &["size"],
            Change::Pad(Size::PayloadChars(5358)),
        ),
    ]
}

fn token() -> Vec<Fault> {
    let fourth = Change::Text("A fourth segment", |token| format!("{token}.e30"));
    let alg = |name, words, change| {
        fault(
            Stage::Algorithm,
            name,
            words,
            REFUSED,
            &["WAP-SIG-01", "RFC8725-3.1"],
            &["alg"],
            change,
        )
    };
    let foreign = Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    let crit = Change::header("crit", "[\"b64\"]");
    let structure = &["WCL-04", "RFC7515-7.1"];
    let signed = &["WCL-09", "RFC8725-3.3"];
    vec![
        fault(
            Stage::Structure,
            "fourth-segment",
            "a fourth segment",
            REFUSED,
            structure,
            &["text"],
            fourth,
        ),
        fault(
            Stage::Content,
            "crit",
            "an extension demanded",
            REFUSED,
            &["RFC7515-4.1.11"],
            &["crit"],
            crit,
        ),
        alg("hs512", "HS512 in the header", Change::Alg("\"HS512\"", Signature::Own(Alg::Hs512))),
        alg("alg-none", "none in the header", Change::Alg("\"none\"", Signature::Own(Alg::Hs256))),
        alg("no-alg", "no alg", Change::without_header("alg")),
        fault(
            Stage::Signature,
            "foreign-secret",
            "a foreign signature",
            REFUSED,
            signed,
            &["signature"],
            foreign,
        ),
    ]
}

fn keys() -> Vec<Fault> {
    let key = |stage, name, words, change| {
        fault(stage, name, words, REFUSED, &["WCL-31"], &["kid"], change)
    };
    vec![
        key(Stage::Identity, "no-key-claim", "no key in any place", Change::without_header("kid")),
        key(
            Stage::Issuer,
            "unknown-key",
            "a key nobody has",
            Change::Header("kid", Edit::Role("profile.unknown")),
        ),
        key(
            Stage::Content,
            "disabled",
            "a disabled profile",
            Change::Roles(&[("profile", "profile.disabled")]),
        ),
    ]
}
