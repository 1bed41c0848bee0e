//! Connected apps: faults by hand from document 003.
//!
//! On-demand access makes a passing user, so it stands in for the user as well as for the site; and
//! an id is used up with one app only.

use super::scenes::{listed, xhr};
use super::{
    DISABLED, MALFORMED, NO_APP, NO_SCOPE, NO_SECRET, NO_USER, TOO_LONG, foreign, on_demand,
};
use crate::cases::common::encrypted;
use crate::change::{Change, Edit, RequestEdit, Size};
use crate::precedence::{Fault, Stage, fault, replayed};
use crate::presentation::Surface;
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

/// Everything that is read from a token, so that none of it is there in another's place.
const TOKEN: &[&str] = &[
    "size",
    "text",
    "crit",
    "alg",
    "signature",
    "kid",
    "iss",
    "jti",
    "aud",
    "user",
    "iat",
    "exp",
    "nbf",
    "scp",
];

pub(super) fn scene() -> Scene {
    xhr()
}

pub(super) fn faults() -> Vec<Fault> {
    [
        form(),
        identity(),
        claims(),
        times(),
        replays(),
        scopes(),
        users(),
        on_demand_access(),
        origins(),
    ]
    .concat()
}

fn form() -> Vec<Fault> {
    let fourth = Change::Text("A fourth segment", |token| format!("{token}.e30"));
    let absent = Change::Request(RequestEdit::Token(None));
    let large = Change::Pad(Size::TokenBytes(11_000));
    let hs512 = Change::Alg("\"HS512\"", Signature::Own(Alg::Hs512));
    let none = Change::Alg("\"none\"", Signature::Empty);
    let structure = &["RFC7515-7.1", "RFC7515-5.2"];
    let two = Change::Text("No signature segment", |token| {
        token.rsplit_once('.').map_or("", |(start, _)| start).to_owned()
    });
    let sealed = Change::Text("An encrypted token of five parts", encrypted);
    let few = &["TCA-10098-unsigned", "RFC7519-7.2"];
    let crit = Change::header("crit", "[\"b64\"]");
    let (size, value) = (&["TCA-10103-size"], &["TCA-127-value", "RFC8725-3.3"]);
    let unsigned = &["TCA-10098-unsigned", "RFC8725-2.1"];
    cases! { fault:
        "no-token", "no token": Stage::Request, absent
            => codes(MALFORMED) => cites(&["RFC7519-7.2"]) => touches(TOKEN);
        "too-large", "a token too large": Stage::Request, large
            => codes(&["10103"]) => cites(size) => touches(&["size"]);
        "fourth-segment", "a fourth segment": Stage::Structure, fourth
            => codes(MALFORMED) => cites(structure) => touches(&["text"]);
        "two-segments", "no signature segment": Stage::Structure, two
            => codes(MALFORMED) => cites(few) => touches(&["text", "alg", "signature"]);
        "encrypted", "an encrypted token": Stage::Structure, sealed
            => codes(&["10098"]) => cites(&["TCA-10098-encrypted"]) => touches(TOKEN);
        "crit", "an extension demanded": Stage::Content, crit
            => cites(&["RFC7515-4.1.11"]) => touches(&["crit"]);
        "unsigned", "an unsigned token": Stage::Algorithm, none
            => codes(&["10098"]) => cites(unsigned) => touches(&["alg", "signature"]);
        "hs512", "HS512 in the header": Stage::Algorithm, hs512
            => cites(&["RFC8725-3.1"]) => touches(&["alg"]);
        "foreign-secret", "a foreign signature": Stage::Signature, foreign()
            => cites(value) => touches(&["signature"]);
    }
}

fn identity() -> Vec<Fault> {
    let header = |member, role| Change::Header(member, Edit::Role(role));
    let disabled = Change::Roles(&[("app", "app.disabled"), ("secret", "secret.of-disabled")]);
    let (app, secret) = (&["TCA-10089-iss", "TCA-126-missing"], &["TCA-10085-kid", "TCA-127-id"]);
    let differs = Change::Claim("iss", Edit::Role("app.another"));
    let no_kid = Change::without_header("kid");
    let no_iss = Change::without_header("iss");
    let off = &["TCA-10090-disabled", "TCA-126-enabled"];
    let (kid, iss) = (&["kid"], &["iss", "jti"]);
    cases! { fault:
        "no-kid", "no kid": Stage::Identity, no_kid
            => codes(&["10083"]) => cites(&["TCA-10083-kid"]) => touches(kid);
        "no-iss", "no iss": Stage::Identity, no_iss
            => codes(&["10083"]) => cites(&["TCA-10083-iss"]) => touches(iss);
        "unknown-app", "a client ID no app has": Stage::Issuer, header("iss", "app.unknown")
            => codes(NO_APP) => cites(app) => touches(iss);
        "iss-differs", "another iss in the payload": Stage::Content, differs
            => cites(&["TCA-126-ref"]) => touches(iss);
        "disabled-app", "an app switched off": Stage::Content, disabled
            => codes(DISABLED) => cites(off) => touches(&["kid", "iss", "jti"]);
        "unknown-secret", "a kid nobody has": Stage::Key, header("kid", "secret.unknown")
            => codes(NO_SECRET) => cites(secret) => touches(kid);
    }
}

fn claims() -> Vec<Fault> {
    let claim = |name, words, codes, cites, touches, change| {
        fault(name, words, Stage::Content, change).codes(codes).cites(cites).touches(touches)
    };
    let wrong = Change::claim("aud", "\"elsewhere\"");
    let without = Change::without_claim;
    cases! { claim:
        "no-aud", "no aud": &["10084"], &["TCA-10084-aud-missing"], &["aud"], without("aud");
        "aud-other", "an aud of another service": &["10084"], &["TCA-10084-aud"], &["aud"], wrong;
        "no-sub", "no sub": &["10084"], &["TCA-10084-sub-missing"], &["user"], without("sub");
        "no-jti", "no jti": &["10094"], &["TCA-10094-jti"], &["jti"], without("jti");
    }
}

/// Where no code is documented none is given.
fn times() -> Vec<Fault> {
    let ahead = |name, by| Change::Claim(name, Edit::FromNow(by));
    let far = &["TCA-10096-exp", "TCA-16-exp-long"];
    let form = |name| Change::claim(name, "{}");
    cases! { fault:
        "iat-object", "an iat that is an object": Stage::Content, form("iat")
            => codes(&["10084"]) => cites(&["TCA-10084-iat-format"]) => touches(&["iat"]);
        "no-exp", "no exp": Stage::Age, Change::without_claim("exp")
            => cites(&["TCA-exp-past"]) => touches(&["exp"]);
        "exp-object", "an exp that is an object": Stage::Age, form("exp")
            => codes(&["10084"]) => cites(&["TCA-10084-exp-format"]) => touches(&["exp"]);
        "exp-far", "an exp a day ahead": Stage::Age, Change::Claim("exp", Edit::BeyondLimit(86_400))
            => codes(TOO_LONG) => cites(far) => touches(&["exp"]);
        "expired", "an exp an hour past": Stage::Age, ahead("exp", -3600)
            => cites(&["TCA-exp-past"]) => touches(&["exp"]);
        "nbf-object", "an nbf that is an object": Stage::Content, form("nbf")
            => cites(&["RFC7519-4.1.5", "RFC7519-2"]) => touches(&["nbf"]);
        "nbf-ahead", "an nbf an hour ahead": Stage::Content, ahead("nbf", 3600)
            => cites(&["RFC7519-4.1.5"]) => touches(&["nbf"]);
    }
}

fn replays() -> Vec<Fault> {
    cases! { replayed:
        "jti-used", "a jti used before"
            => codes(&["10091"]) => cites(&["TCA-10091-replay", "TCA-10091-same-jti"])
            => touches(&["jti"]);
    }
}

fn scopes() -> Vec<Fault> {
    let scope = |name, words, codes, cites, change| {
        fault(name, words, Stage::Content, change).codes(codes).cites(cites).touches(&["scp"])
    };
    let text = Change::claim("scp", "\"tableau:views:embed\"");
    let absent = &["TCA-10097-missing", "TCA-10099-scp"];
    cases! { scope:
        "no-scp", "no scp": NO_SCOPE, absent, Change::without_claim("scp");
        "scp-text", "an scp that is text": &["10097"], &["TCA-10097-list"], text;
    }
}

fn users() -> Vec<Fault> {
    let user = |name, words, roles| {
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown"];
        fault(name, words, Stage::Content, Change::Roles(roles))
            .codes(NO_USER)
            .cites(cites)
            .touches(&["user"])
    };
    cases! { user:
        "no-user", "a user nobody knows": &[("user", "user.unknown")];
        "barred-user", "a user who may not sign in": &[("user", "user.barred")];
    }
}

fn on_demand_access() -> Vec<Fault> {
    let asked = |name, words, codes, cites, more: Vec<Change>| {
        let touches = &["site", "user"];
        let mut one = fault(name, words, Stage::Content, on_demand("\"true\""))
            .codes(codes)
            .cites(cites)
            .touches(touches);
        one.changes.extend(more);
        one
    };
    let server = Change::Roles(&[("site", "site.server")]);
    let licensed = Change::Roles(&[("site", "site.licensed")]);
    let iframe = Change::Request(RequestEdit::Surface(Surface::EmbedIframe));
    let unlicensed = &["TCA-10101-ubp", "TCA-67-oda"];
    cases! { asked:
        "not-cloud", "on-demand access off Cloud":
            &["67"], &["TCA-67-oda", "TCA-67-cloud"], vec![server];
        "unlicensed", "on-demand access without a license": &["10101", "67"], unlicensed, vec![];
        "in-iframe", "on-demand access in an iframe":
            &["10102"], &["TCA-10102-iframe"], vec![licensed, iframe];
    }
}

fn origins() -> Vec<Fault> {
    let origin = |name, words, codes, cites, value| Fault {
        scene: Some(listed),
        ..fault(name, words, Stage::Request, Change::Request(RequestEdit::Header("origin", value)))
            .codes(codes)
            .cites(cites)
            .touches(&["site"])
    };
    cases! { origin:
        "no-origin", "no Origin under a list": &["10106"], &["TCA-10106-origin"], None;
        "bad-origin", "an Origin that is no URL":
            &["10105"], &["TCA-10105-origin"], Some("not a url");
        "unlisted", "a page that is not listed":
            &["10092"], &["TCA-10092-unlisted"], Some("https://elsewhere.example");
    }
}
