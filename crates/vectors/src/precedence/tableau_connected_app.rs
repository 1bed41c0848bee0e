//! Connected apps: faults by hand from document 003.
//!
//! On-demand access makes a passing user, so it stands in for the user as well as for the site; and
//! an id is used up with one app only.

use super::{Fault, Stage, fault, replayed};
use crate::cases::common::encrypted;
use crate::cases::tableau_connected_app::scenes::{listed, xhr};
use crate::cases::tableau_connected_app::{
    DISABLED, MALFORMED, NO_APP, NO_SCOPE, NO_SECRET, NO_USER, TOO_LONG, on_demand,
};
use crate::change::{Change, Edit, RequestEdit, Size};
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

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn form() -> Vec<Fault> {
    let fourth = Change::Text("A fourth segment", |token| format!("{token}.e30"));
    let absent = Change::Request(RequestEdit::Token(None));
    let large = Change::Pad(Size::TokenBytes(11_000));
    let foreign = Change::Sign(Signature::By("secret.unknown", Alg::Hs256));
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
    vec![
        fault(Stage::Request, "no-token", "no token", MALFORMED, &["RFC7519-7.2"], TOKEN, absent),
        fault(Stage::Request, "too-large", "a token too large", &["10103"], size, &["size"], large),
        fault(
            Stage::Structure,
            "fourth-segment",
            "a fourth segment",
            MALFORMED,
            structure,
            &["text"],
            fourth,
        ),
        fault(
            Stage::Structure,
            "two-segments",
            "no signature segment",
            MALFORMED,
            few,
            &["text", "alg", "signature"],
            two,
        ),
        fault(
            Stage::Structure,
            "encrypted",
            "an encrypted token",
            &["10098"],
            &["TCA-10098-encrypted"],
            TOKEN,
            sealed,
        ),
        fault(
            Stage::Content,
            "crit",
            "an extension demanded",
            &[],
            &["RFC7515-4.1.11"],
            &["crit"],
            crit,
        ),
        fault(
            Stage::Algorithm,
            "unsigned",
            "an unsigned token",
            &["10098"],
            unsigned,
            &["alg", "signature"],
            none,
        ),
        fault(
            Stage::Algorithm,
            "hs512",
            "HS512 in the header",
            &[],
            &["RFC8725-3.1"],
            &["alg"],
            hs512,
        ),
        fault(
            Stage::Signature,
            "foreign-secret",
            "a foreign signature",
            &[],
            value,
            &["signature"],
            foreign,
        ),
    ]
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
    vec![
        fault(Stage::Identity, "no-kid", "no kid", &["10083"], &["TCA-10083-kid"], kid, no_kid),
        fault(Stage::Identity, "no-iss", "no iss", &["10083"], &["TCA-10083-iss"], iss, no_iss),
        fault(
            Stage::Issuer,
            "unknown-app",
            "a client ID no app has",
            NO_APP,
            app,
            iss,
            header("iss", "app.unknown"),
        ),
        fault(
            Stage::Content,
            "iss-differs",
            "another iss in the payload",
            &[],
            &["TCA-126-ref"],
            iss,
            differs,
        ),
        fault(
            Stage::Content,
            "disabled-app",
            "an app switched off",
            DISABLED,
            off,
            &["kid", "iss", "jti"],
            disabled,
        ),
        fault(
            Stage::Key,
            "unknown-secret",
            "a kid nobody has",
            NO_SECRET,
            secret,
            kid,
            header("kid", "secret.unknown"),
        ),
    ]
}

fn claims() -> Vec<Fault> {
    let claim = |name, words, codes, cites, touches, change| {
        fault(Stage::Content, name, words, codes, cites, touches, change)
    };
    let wrong = Change::claim("aud", "\"elsewhere\"");
    let without = Change::without_claim;
    vec![
        claim("no-aud", "no aud", &["10084"], &["TCA-10084-aud-missing"], &["aud"], without("aud")),
        claim(
            "aud-other",
            "an aud of another service",
            &["10084"],
            &["TCA-10084-aud"],
            &["aud"],
            wrong,
        ),
        claim(
            "no-sub",
            "no sub",
            &["10084"],
            &["TCA-10084-sub-missing"],
            &["user"],
            without("sub"),
        ),
        claim("no-jti", "no jti", &["10094"], &["TCA-10094-jti"], &["jti"], without("jti")),
    ]
}

/// Where no code is documented none is given.
#[expect(clippy::too_many_lines, reason = "one table, a row a fault")]
fn times() -> Vec<Fault> {
    let ahead = |name, by| Change::Claim(name, Edit::FromNow(by));
    let far = &["TCA-10096-exp", "TCA-16-exp-long"];
    let form = |name| Change::claim(name, "{}");
    vec![
        fault(
            Stage::Content,
            "iat-object",
            "an iat that is an object",
            &["10084"],
            &["TCA-10084-iat-format"],
            &["iat"],
            form("iat"),
        ),
        fault(
            Stage::Age,
            "no-exp",
            "no exp",
            &[],
            &["TCA-exp-past"],
            &["exp"],
            Change::without_claim("exp"),
        ),
        fault(
            Stage::Age,
            "exp-object",
            "an exp that is an object",
            &["10084"],
            &["TCA-10084-exp-format"],
            &["exp"],
            form("exp"),
        ),
        fault(
            Stage::Age,
            "exp-far",
            "an exp a day ahead",
            TOO_LONG,
            far,
            &["exp"],
            Change::Claim("exp", Edit::BeyondLimit(86_400)),
        ),
        fault(
            Stage::Age,
            "expired",
            "an exp an hour past",
            &[],
            &["TCA-exp-past"],
            &["exp"],
            ahead("exp", -3600),
        ),
        fault(
            Stage::Content,
            "nbf-object",
            "an nbf that is an object",
            &[],
            &["RFC7519-4.1.5", "RFC7519-2"],
            &["nbf"],
            form("nbf"),
        ),
        fault(
            Stage::Content,
            "nbf-ahead",
            "an nbf an hour ahead",
            &[],
            &["RFC7519-4.1.5"],
            &["nbf"],
            ahead("nbf", 3600),
        ),
    ]
}

fn replays() -> Vec<Fault> {
    vec![replayed(&["10091"], &["TCA-10091-replay", "TCA-10091-same-jti"], &["jti"])]
}

fn scopes() -> Vec<Fault> {
    let scope = |name, words, codes, cites, change| {
        fault(Stage::Content, name, words, codes, cites, &["scp"], change)
    };
    let text = Change::claim("scp", "\"tableau:views:embed\"");
    let absent = &["TCA-10097-missing", "TCA-10099-scp"];
    vec![
        scope("no-scp", "no scp", NO_SCOPE, absent, Change::without_claim("scp")),
        scope("scp-text", "an scp that is text", &["10097"], &["TCA-10097-list"], text),
    ]
}

fn users() -> Vec<Fault> {
    let user = |name, words, roles| {
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown"];
        fault(Stage::Content, name, words, NO_USER, cites, &["user"], Change::Roles(roles))
    };
    vec![
        user("no-user", "a user nobody knows", &[("user", "user.unknown")]),
        user("barred-user", "a user who may not sign in", &[("user", "user.barred")]),
    ]
}

fn on_demand_access() -> Vec<Fault> {
    let asked = |name, words, codes, cites, more: Vec<Change>| {
        let touches = &["site", "user"];
        let mut one =
            fault(Stage::Content, name, words, codes, cites, touches, on_demand("\"true\""));
        one.changes.extend(more);
        one
    };
    let server = Change::Roles(&[("site", "site.server")]);
    let licensed = Change::Roles(&[("site", "site.licensed")]);
    let iframe = Change::Request(RequestEdit::Surface(Surface::EmbedIframe));
    let unlicensed = &["TCA-10101-ubp", "TCA-67-oda"];
    vec![
        asked(
            "not-cloud",
            "on-demand access off Cloud",
            &["67"],
            &["TCA-67-oda", "TCA-67-cloud"],
            vec![server],
        ),
        asked(
            "unlicensed",
            "on-demand access without a license",
            &["10101", "67"],
            unlicensed,
            vec![],
        ),
        asked(
            "in-iframe",
            "on-demand access in an iframe",
            &["10102"],
            &["TCA-10102-iframe"],
            vec![licensed, iframe],
        ),
    ]
}

fn origins() -> Vec<Fault> {
    let origin = |name, words, codes, cites, value| Fault {
        scene: Some(listed),
        ..fault(
            Stage::Request,
            name,
            words,
            codes,
            cites,
            &["site"],
            Change::Request(RequestEdit::Header("origin", value)),
        )
    };

    vec![
        origin("no-origin", "no Origin under a list", &["10106"], &["TCA-10106-origin"], None),
        origin(
            "bad-origin",
            "an Origin that is no URL",
            &["10105"],
            &["TCA-10105-origin"],
            Some("not a url"),
        ),
        origin(
            "unlisted",
            "a page that is not listed",
            &["10092"],
            &["TCA-10092-unlisted"],
            Some("https://elsewhere.example"),
        ),
    ]
}
