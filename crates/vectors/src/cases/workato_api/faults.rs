//! The API platform: faults by hand from documents 001 and 004.
//!
//! All but the size have one answer, so no order that is forced can be seen; and the size is
//! measured on the text, before or after anything is read from it.

use super::hmac_kid;
use crate::change::{Change, Edit, RequestEdit, Size};
use crate::precedence::{Fault, Stage, fault};
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
    cases! { fault:
        "no-token", "no token": Stage::Request, absent
            => codes(REFUSED) => cites(&["WCL-04", "WAP-CAL-01"]) => touches(CALL);
        "scheme-basic", "Basic in place of Bearer": Stage::Request, basic
            => codes(REFUSED) => cites(&["WAP-CAL-02"]) => touches(&["scheme"]);
        "two-headers", "two Authorization headers": Stage::Request, twice
            => codes(REFUSED) => cites(&["WAP-CAL-02"]) => touches(&["scheme"]);
        "too-large", "a payload too large": Stage::Request, Change::Pad(Size::PayloadChars(5358))
            => codes(LARGE) => cites(large) => touches(&["size"]);
    }
}

fn token() -> Vec<Fault> {
    let fourth = Change::Text("A fourth segment", |token| format!("{token}.e30"));
    let alg = |name, words, change| {
        fault(name, words, Stage::Algorithm, change)
            .codes(REFUSED)
            .cites(&["WAP-SIG-01", "RFC8725-3.1"])
            .touches(&["alg"])
    };
    let foreign = Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    let crit = Change::header("crit", "[\"b64\"]");
    let structure = &["WCL-04", "RFC7515-7.1"];
    let signed = &["WCL-09", "RFC8725-3.3"];
    cases! {
        fault:
            "fourth-segment", "a fourth segment": Stage::Structure, fourth
                => codes(REFUSED) => cites(structure) => touches(&["text"]);
            "crit", "an extension demanded": Stage::Content, crit
                => codes(REFUSED) => cites(&["RFC7515-4.1.11"]) => touches(&["crit"]);
        alg:
            "hs512", "HS512 in the header": Change::Alg("\"HS512\"", Signature::Own(Alg::Hs512));
            "alg-none", "none in the header": Change::Alg("\"none\"", Signature::Own(Alg::Hs256));
            "no-alg", "no alg": Change::without_header("alg");
        fault:
            "foreign-secret", "a foreign signature": Stage::Signature, foreign
                => codes(REFUSED) => cites(signed) => touches(&["signature"]);
    }
}

fn keys() -> Vec<Fault> {
    let key = |name, words, stage, change| {
        fault(name, words, stage, change).codes(REFUSED).cites(&["WCL-31"]).touches(&["kid"])
    };
    cases! { key:
        "no-key-claim", "no key in any place": Stage::Identity, Change::without_header("kid");
        "unknown-key", "a key nobody has":
            Stage::Issuer, Change::Header("kid", Edit::Role("profile.unknown"));
        "disabled", "a disabled profile":
            Stage::Content, Change::Roles(&[("profile", "profile.disabled")]);
    }
}
