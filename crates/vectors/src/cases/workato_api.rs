//! Workato API platform: the access profile a token names, its signature, its size.

mod claims;
mod keys;
mod names;
mod request;
mod signatures;
mod size;
#[cfg(test)]
mod tests;

use claimproof_catalog::Profile;

use super::common::{self, Kit};
use crate::case::{Act, Case, Need, Turn};
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

/// The claim that is looked at first.
const NAMESPACE: &str = "https://www.workato.com/sub";

const REFUSED: &[&str] = &["access_refused"];

/// Every case of the profile.
pub(super) fn cases() -> Vec<Case> {
    let kit = Kit {
        scene: hmac_kid(),
        folder: "access_refused",
        cites: &["WCL-04"],
        malformed: refused(),
        extension: refused(),
        claim: "name",
    };
    [
        accepted(),
        providers(),
        echoed(),
        expiry(),
        request::cases(),
        common::cases(&kit),
        claims::cases(),
        names::cases(),
        keys::cases(),
        signatures::cases(),
        size::cases(),
    ]
    .concat()
}

/// The refusal the document names, by its status or that of the newer page.
fn refused() -> Expect {
    let answers = vec![("403", Answer::RefuseWith(REFUSED, 403)), ("401", Answer::RefuseWith(REFUSED, 401))];
    Expect::Open("WAP-R-status", answers)
}

/// Two readings of one family, the reference's first.
fn open(family: &'static str, first: (&'static str, Answer), second: (&'static str, Answer)) -> Expect {
    Expect::Open(family, vec![first, second])
}

fn case(scene: &Scene, id: &str, title: &str, cites: &[&'static str], change: Change, expect: Expect) -> Case {
    Case::one(scene, id, title, cites, vec![change], expect)
}

/// A refusal filed under its code.
fn refusal(scene: &Scene, slug: &str, title: &str, cites: &[&'static str], change: Change) -> Case {
    case(scene, &format!("access_refused/{slug}"), title, cites, change, refused())
}

/// A neighbor of refusals that must pass.
fn neighbor(scene: &Scene, slug: &str, title: &str, cites: &[&'static str], change: Change) -> Case {
    case(scene, &format!("access_refused/{slug}-accepted"), title, cites, change, Expect::Accept)
}

/// The key in the header's kid, which is where the plain draft has it.
fn by_kid(name: &'static str, roles: &'static [(&'static str, &'static str)]) -> Scene {
    Scene::new(Profile::WorkatoApi, name, roles)
}

/// The key in one payload claim and nowhere else.
fn by_claim(
    name: &'static str,
    roles: &'static [(&'static str, &'static str)],
    claim: &'static str,
    role: &'static str,
) -> Scene {
    by_kid(name, roles).with(Change::without_header("kid")).with(Change::Claim(claim, Edit::Role(role)))
}

const HMAC: &[(&str, &str)] = &[("profile", "profile.hmac")];
const RSA: &[(&str, &str)] = &[("profile", "profile.rsa")];
const CERTIFICATE: &[(&str, &str)] = &[("profile", "profile.certificate")];

fn hmac_kid() -> Scene {
    by_kid("hmac-kid", HMAC)
}

fn hmac_namespace() -> Scene {
    by_claim("hmac-namespace", HMAC, NAMESPACE, "profile.hmac")
}

fn hmac_workato_sub() -> Scene {
    by_claim("hmac-workato-sub", HMAC, "workato_sub", "profile.hmac")
}

fn hmac_sub() -> Scene {
    by_claim("hmac-sub", HMAC, "sub", "profile.hmac")
}

/// The same good key in all four places.
fn all_agree() -> Scene {
    let role = || Edit::Role("profile.hmac");
    by_kid("all-agree", HMAC)
        .with(Change::Claim(NAMESPACE, role()))
        .with(Change::Claim("workato_sub", role()))
        .with(Change::Claim("sub", role()))
}

fn rsa_kid() -> Scene {
    by_kid("rsa-kid", RSA)
}

fn rsa_sub() -> Scene {
    by_claim("rsa-sub", RSA, "sub", "profile.rsa")
}

fn certificate_kid() -> Scene {
    by_kid("certificate-kid", CERTIFICATE)
}

/// What the document sets up at an identity provider that keeps `kid` and `sub` to itself.
fn auth0() -> Scene {
    by_claim("auth0", CERTIFICATE, NAMESPACE, "profile.certificate")
}

/// A secret as the documented command prints it.
fn base64_secret() -> Scene {
    by_kid("base64-secret", &[("profile", "profile.base64")])
}

/// A secret of nine characters.
fn short_secret() -> Scene {
    by_kid("short-secret", &[("profile", "profile.short")])
}

fn accepted() -> Vec<Case> {
    let plain = |scene: Scene, title: &str, cites: &[&'static str], expect| {
        Case::one(&scene, &format!("accepted/{}", scene.name), title, cites, vec![], expect)
    };
    let good = |scene, title: &str, cites: &[&'static str]| plain(scene, title, cites, Expect::Accept);
    let raw = open("WAP-R-hmac-secret", ("raw", Answer::Accept), ("decoded", Answer::Refuse(REFUSED)));
    let short = open("WAP-R-short-secret", ("any-length", Answer::Accept), ("minimum-256", Answer::Refuse(REFUSED)));
    let other = by_kid("other-profile", &[("profile", "profile.other")]);
    let pkcs1 = by_kid("pkcs1-kid", &[("profile", "profile.pkcs1")]);
    let rsa_namespace = by_claim("rsa-namespace", RSA, NAMESPACE, "profile.rsa");
    let rsa_workato_sub = by_claim("rsa-workato-sub", RSA, "workato_sub", "profile.rsa");
    vec![
        good(
            hmac_kid(),
            "HS256 with the key in kid, and nothing else in the header",
            &[
                "WAP-GEN-01", "WAP-GEN-02", "WAP-SIG-01", "WAP-SIG-02", "WAP-SIG-03", "WAP-SIG-05", "WAP-TOK-01",
                "WAP-TOK-02", "WAP-TOK-06", "WAP-TOK-07", "WAP-TOK-09", "WAP-TOK-11", "WAP-CAL-01", "WAP-CAL-02",
                "WAP-CAL-03", "WCL-02", "WCL-10", "WCL-13",
            ],
        ),
        good(hmac_namespace(), "HS256 with the key in the namespace claim", &["WAP-TOK-03", "WCL-11", "WCL-15"]),
        good(hmac_workato_sub(), "HS256 with the key in workato_sub", &["WAP-TOK-04", "WCL-12", "WCL-15"]),
        good(hmac_sub(), "HS256 with the key in sub", &["WAP-TOK-05", "WAP-CLM-02", "WCL-14", "WCL-15"]),
        good(all_agree(), "One key in all four places", &["WCL-05", "WCL-06", "WCL-10"]),
        good(other, "Another access profile under its own secret", &["WAP-GEN-02", "WCL-03", "WCL-07"]),
        good(rsa_kid(), "RS256 under a converted public key", &["WAP-GEN-02", "WAP-SIG-01", "WAP-SIG-04", "WAP-SIG-08", "WAP-SIG-09", "WAP-TOK-09"]),
        good(rsa_namespace, "RS256 with the key in the namespace claim", &["WAP-TOK-03", "WCL-11"]),
        good(rsa_workato_sub, "RS256 with the key in workato_sub", &["WAP-TOK-04", "WCL-12"]),
        good(rsa_sub(), "RS256 with the key in sub", &["WAP-TOK-05", "WCL-14"]),
        good(certificate_kid(), "RS256 under a certificate", &["WAP-SIG-08", "WCL-23", "WCL-25"]),
        good(auth0(), "RS256 under a provider's certificate, the key in the namespace claim alone", &["WAP-TOK-10", "WCL-20", "WCL-23", "WCL-25", "WCL-28", "WCL-30"]),
        good(pkcs1, "RS256 under a public key in its older form", &["CPX-odd-accept"]).hardening(),
        plain(base64_secret(), "A secret in base64, used as it was entered", &["WAP-SIG-07", "WAP-SIG-03"], raw),
        plain(short_secret(), "A secret of nine characters", &["WAP-SIG-05", "WAP-SIG-03"], short),
    ]
}

/// Members put in front of a payload.
fn front(json: &str, members: &str) -> Vec<u8> {
    format!("{{{members},{}", &json[1..]).into_bytes()
}

/// What identity providers add of their own, and other tokens nobody may turn down.
fn providers() -> Vec<Case> {
    let passes = |scene: Scene, slug: &str, title: &str, cites: &[&'static str], change| {
        case(&scene, &format!("accepted/{slug}"), title, cites, change, Expect::Accept)
    };
    let issued = Change::Rewrite(Part::Payload, "a provider's own claims", |json| {
        front(json, r#""iss":"https://idp.example/","aud":"https://api.example/","azp":"caller","gty":"client-credentials""#)
    });
    let typ = || Change::header("typ", "\"JWT\"");
    let again = vec![
        Turn {
            act: Act::Present { token: "first", scene: hmac_kid(), changes: vec![Change::claim("jti", "\"once\"")] },
            expect: Expect::Accept,
        },
        Turn { act: Act::Again { token: "first", change: None }, expect: Expect::Accept },
    ];
    let title = "One token with a jti, twice";
    vec![
        passes(auth0(), "provider-claims", "Issuer, audience and client beside the key", &["WAP-GEN-03", "WAP-TOK-10", "WCL-01", "WCL-29"], issued),
        passes(auth0(), "provider-kid", "The provider's own key id in kid", &["WCL-20", "WCL-08", "WCL-01"], Change::header("kid", "\"NjVBRjY5MDlCMUIw\"")),
        passes(auth0(), "provider-sub", "The provider's own name for the caller in sub", &["WCL-20", "WCL-08"], Change::claim("sub", "\"caller@clients\"")),
        passes(hmac_kid(), "typ", "typ beside alg and kid", &["CPX-odd-accept"], typ()),
        passes(auth0(), "provider-typ", "typ on a provider's token", &["WAP-GEN-03"], typ()),
        passes(hmac_kid(), "no-caller-claims", "One claim fewer about the caller", &["WAP-TOK-01"], Change::without_claim("name")),
        passes(hmac_kid(), "no-iat", "No iat", &["WAP-TOK-01"], Change::without_claim("iat")),
        passes(hmac_kid(), "a-day-old", "Issued a day ago", &["WCL-10"], Change::Claim("iat", Edit::FromNow(-86_400))).hardening(),
        Case::script(Profile::WorkatoApi, "accepted/same-token-twice", title, &["WCL-02", "WCL-10"], again).twin_of(&hmac_kid()),
    ]
}

/// Every claim reaches the application.
fn echoed() -> Vec<Case> {
    const READ: &[&str] = &["WAP-CLM-03", "WAP-CLM-09", "WAP-CLM-10", "WAP-CLM-11"];
    let echo = |scene: Scene, slug: &str, title: &str, cites: &[&'static str], change| {
        let id = format!("accepted/echo-{slug}");
        case(&scene, &id, title, cites, change, Expect::AcceptEcho).needing(Need::Echo)
    };
    let typed = |slug: &str, title: &str, json| {
        let cites = [READ, &["WAP-CLM-01"]].concat();
        echo(hmac_kid(), slug, title, &cites, Change::claim("employee", json))
    };
    let several = |scene| {
        let change = Change::Rewrite(Part::Payload, "several claims", |json| {
            front(json, r#""employee":"E-1","admin":true,"teams":["a","b"],"cost":1.5,"home":{"city":"Oslo"},"left":null"#)
        });
        (scene, change)
    };
    let (scene, change) = several(hmac_sub());
    let (provider, claims) = several(auth0());
    let cites = [READ, &["WAP-CLM-01", "WAP-CLM-02"]].concat();
    vec![
        typed("string", "A claim that is a string", "\"E-1\""),
        typed("number", "A claim that is a number", "4711"),
        typed("fraction", "A claim with a fraction", "1.5"),
        typed("false", "A claim that is false", "false"),
        typed("null", "A claim that is null", "null"),
        typed("list", "A claim that is a list", "[\"read\",\"write\",7]"),
        typed("object", "A claim that is an object", "{\"unit\":{\"floor\":3}}"),
        typed("far-planes", "A claim of four-byte characters", "\"\u{1f512} \u{6771}\u{4eac}\""),
        typed("empty", "A claim that is empty", "\"\""),
        echo(hmac_sub(), "several-beside-sub", "sub names the profile, six claims describe the caller", &cites, change),
        echo(auth0(), "several-under-rsa", "Six claims about the caller on a provider's token", READ, claims),
        echo(hmac_kid(), "unused-sub", "sub describes the caller when workato_sub has the key", &cites, Change::Claim("workato_sub", Edit::Role("profile.hmac"))),
    ]
}

/// No document asks for an expiry on this side, so a refusal is a reading and never a must.
fn expiry() -> Vec<Case> {
    let past = |slug: &str, title: &str, scene: Scene, edit| {
        let expect = open("WAP-R-exp", ("not-looked-at", Answer::Accept), ("honoured", Answer::Refuse(REFUSED)));
        let id = format!("access_refused/exp-{slug}");
        case(&scene, &id, title, &["WCL-10", "RFC7519-4.1.4"], Change::Claim("exp", edit), expect).hardening()
    };
    let ahead = |slug: &str, title: &str, scene: Scene, by| {
        neighbor(&scene, &format!("exp-{slug}"), title, &["WCL-10"], Change::Claim("exp", Edit::FromNow(by)))
    };
    let json = |text: &'static str| Edit::Json(text.into());
    vec![
        past("an-hour-past", "exp an hour in the past", hmac_kid(), Edit::FromNow(-3600)),
        past("an-hour-past-rsa", "exp an hour in the past on a provider's token", auth0(), Edit::FromNow(-3600)),
        past("a-year-past", "exp a year in the past", hmac_kid(), Edit::FromNow(-31_536_000)),
        past("zero", "exp is zero", hmac_kid(), json("0")),
        past("negative", "exp is negative", hmac_kid(), json("-1")),
        past("quoted", "exp is a string of digits", hmac_kid(), Edit::FromNowQuoted(3600)),
        past("word", "exp is a word", hmac_kid(), json("\"tomorrow\"")),
        past("true", "exp is true", hmac_kid(), json("true")),
        past("list", "exp is a list", hmac_kid(), json("[]")),
        past("object", "exp is an object", hmac_kid(), json("{}")),
        ahead("five-minutes-ahead", "exp five minutes ahead", hmac_kid(), 300),
        ahead("an-hour-ahead", "exp an hour ahead on a provider's token", auth0(), 3600),
        ahead("a-year-ahead", "exp a year ahead", hmac_kid(), 31_536_000),
    ]
}
