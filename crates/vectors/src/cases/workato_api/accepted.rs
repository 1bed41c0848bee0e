//! What must pass: the scenes, what identity providers add, the claims an application reads, expiry.

use claimproof_catalog::Profile;

use super::{
    NAMESPACE, RSA, all_agree, auth0, base64_secret, by_claim, by_kid, case, certificate_kid,
    front, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub, neighbor, open, rsa_kid, rsa_sub,
    short_secret,
};
use crate::case::{Act, Case, Turn};
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    [hmac(), rsa(), providers(), usual(), echoed(), expiry()].concat()
}

fn plain(scene: Scene, title: &str, cites: &[&'static str], expect: Expect) -> Case {
    Case::one(&scene, &format!("accepted/{}", scene.name), title, cites, vec![], expect)
}

fn good(scene: Scene, title: &str, cites: &[&'static str]) -> Case {
    plain(scene, title, cites, Expect::ACCEPT)
}

/// The plainest call there is.
#[rustfmt::skip]
const PLAIN_CALL: &[&str] = &[
    "WAP-GEN-01", "WAP-GEN-02", "WAP-SIG-01", "WAP-SIG-02", "WAP-SIG-03", "WAP-SIG-05", "WAP-TOK-01", "WAP-TOK-02",
    "WAP-TOK-06", "WAP-TOK-07", "WAP-TOK-09", "WAP-TOK-11", "WAP-CAL-01", "WAP-CAL-02", "WAP-CAL-03", "WCL-02",
    "WCL-10", "WCL-13",
];

/// The scenes of profiles with a secret.
fn hmac() -> Vec<Case> {
    let raw = open("WAP-R-hmac-secret", ("raw", Answer::ACCEPT), ("decoded", Answer::REFUSE));
    let short =
        open("WAP-R-short-secret", ("any-length", Answer::ACCEPT), ("minimum-256", Answer::REFUSE));
    let other = by_kid("other-profile", &[("profile", "profile.other")]);
    vec![
        good(hmac_kid(), "HS256 with the key in kid, and nothing else in the header", PLAIN_CALL),
        good(
            hmac_namespace(),
            "HS256 with the key in the namespace claim",
            &["WAP-TOK-03", "WCL-11", "WCL-15"],
        ),
        good(
            hmac_workato_sub(),
            "HS256 with the key in workato_sub",
            &["WAP-TOK-04", "WCL-12", "WCL-15"],
        ),
        good(
            hmac_sub(),
            "HS256 with the key in sub",
            &["WAP-TOK-05", "WAP-CLM-02", "WCL-14", "WCL-15"],
        ),
        good(all_agree(), "One key in all four places", &["WCL-05", "WCL-06", "WCL-10"]),
        good(
            other,
            "Another access profile under its own secret",
            &["WAP-GEN-02", "WCL-03", "WCL-07"],
        ),
        plain(
            base64_secret(),
            "A secret in base64, used as it was entered",
            &["WAP-SIG-07", "WAP-SIG-03"],
            raw,
        ),
        plain(
            short_secret(),
            "A secret of nine characters",
            &["WAP-SIG-05", "WAP-SIG-03", "RFC7518-3.2"],
            short,
        ),
    ]
}

/// Why a number that no double holds is advice.
const DOUBLES: &str = "RFC 8259 section 6 promises agreement up to 2^53, and how a recipe holds a larger number is its own affair.";

/// The scenes of profiles with a public key or certificate.
fn rsa() -> Vec<Case> {
    let converted =
        &["WAP-GEN-02", "WAP-SIG-01", "WAP-SIG-04", "WAP-SIG-08", "WAP-SIG-09", "WAP-TOK-09"];
    let provider = &["WAP-TOK-10", "WCL-20", "WCL-23", "WCL-25", "WCL-28", "WCL-30"];
    let namespace = by_claim("rsa-namespace", RSA, NAMESPACE, "profile.rsa");
    let workato_sub = by_claim("rsa-workato-sub", RSA, "workato_sub", "profile.rsa");
    let pkcs1 = by_kid("pkcs1-kid", &[("profile", "profile.pkcs1")]);
    vec![
        good(rsa_kid(), "RS256 under a converted public key", converted),
        good(namespace, "RS256 with the key in the namespace claim", &["WAP-TOK-03", "WCL-11"]),
        good(workato_sub, "RS256 with the key in workato_sub", &["WAP-TOK-04", "WCL-12"]),
        good(rsa_sub(), "RS256 with the key in sub", &["WAP-TOK-05", "WCL-14"]),
        good(certificate_kid(), "RS256 under a certificate", &["WAP-SIG-08", "WCL-23", "WCL-25"]),
        good(
            auth0(),
            "RS256 under a provider's certificate, the key in the namespace claim alone",
            provider,
        ),
        good(pkcs1, "RS256 under a public key in its older form", &["CPX-odd-accept"]).hardening(
            "The documents know the converted key and the certificate; this third form is ours.",
        ),
    ]
}

fn passes(slug: &str, title: &str, scene: &Scene, cites: &[&'static str], change: Change) -> Case {
    case(&format!("accepted/{slug}"), title, scene, cites, change, Expect::ACCEPT)
}

const ISSUED: &str = r#""iss":"https://idp.example/","aud":"https://api.example/","azp":"caller","gty":"client-credentials""#;

/// What identity providers add of their own.
fn providers() -> Vec<Case> {
    let claims =
        Change::Rewrite(Part::Payload, "a provider's own claims", |json| front(json, ISSUED));
    let kid = Change::header("kid", "\"NjVBRjY5MDlCMUIw\"");
    let sub = Change::claim("sub", "\"caller@clients\"");
    let cites = &["WAP-GEN-03", "WAP-TOK-10", "WCL-01", "WCL-29"];
    cases! { passes:
        "provider-claims", "Issuer, audience and client beside the key": &auth0(), cites, claims;
        "provider-kid", "The provider's own key id in kid":
            &auth0(), &["WCL-20", "WCL-08", "WCL-01"], kid;
        "provider-sub", "The provider's own name for the caller in sub":
            &auth0(), &["WCL-20", "WCL-08"], sub;
        "provider-typ", "typ on a provider's token":
            &auth0(), &["WAP-GEN-03"], Change::header("typ", "\"JWT\"");
    }
}

/// Tokens nobody may turn down.
fn usual() -> Vec<Case> {
    let scene = hmac_kid();
    let jti = vec![Change::claim("jti", "\"once\"")];
    let first = Act::Present { token: "first", scene: scene.clone(), changes: jti };
    let again = Act::Again { token: "first", change: None };
    let script = [first, again].map(|act| Turn::new(act, Expect::ACCEPT)).to_vec();
    let day = Change::Claim("iat", Edit::FromNow(-86_400));
    let (twice, title) = ("accepted/same-token-twice", "One token with a jti, twice");
    vec![
        passes("typ", "typ beside alg and kid", &scene, &["RFC7519-5.1", "CPX-odd-accept"], Change::header("typ", "\"JWT\"")),
        passes("no-name", "One claim fewer about the caller", &scene, &["WAP-TOK-01"], Change::without_claim("name")),
        passes("no-iat", "No iat", &scene, &["WAP-TOK-01"], Change::without_claim("iat")),
        passes("a-day-old", "Issued a day ago", &scene, &["WCL-10", "CPX-odd-accept"], day)
            .hardening("The document asks for no expiry, and a server that bounds the age of its tokens by iat is stricter and not wrong."),
        Case::script(Profile::WorkatoApi, twice, title, &["WCL-02", "WCL-10"], script)
            .controlled_by(&scene),
    ]
}

const CALLER: &str = r#""employee":"E-1","admin":true,"teams":["a","b"],"cost":1.5,"home":{"city":"Oslo"},"left":false"#;

fn fifty() -> Change {
    Change::Rewrite(Part::Payload, "fifty claims more", |json| {
        let claims: Vec<String> = (1..=50).map(|n| format!("\"right-{n}\":\"r{n}\"")).collect();
        front(json, &claims.join(","))
    })
}

/// Every claim reaches the application.
fn echoed() -> Vec<Case> {
    const READ: &[&str] = &["WAP-CLM-03", "WAP-CLM-09", "WAP-CLM-10", "WAP-CLM-11"];
    let echo = |slug: &str, title: &str, scene: Scene, cites: &[&'static str], change| {
        let id = format!("accepted/echo-{slug}");
        case(&id, title, &scene, cites, change, Expect::ECHO)
    };
    let typed = |slug: &str, title: &str, json| {
        let cites = [READ, &["WAP-CLM-01"]].concat();
        echo(slug, title, hmac_kid(), &cites, Change::claim("employee", json))
    };
    let odd = |slug: &str, title: &str, json| {
        let cites = [READ, &["CPX-odd-accept"]].concat();
        echo(slug, title, hmac_kid(), &cites, Change::claim("employee", json))
    };
    let several = || Change::Rewrite(Part::Payload, "six claims more", |json| front(json, CALLER));
    let title = "sub names the caller where workato_sub names the profile";
    let cites = [READ, &["WAP-CLM-01", "WAP-CLM-02"]].concat();
    cases! {
        typed:
            "string", "A claim that is a string": "\"E-1\"";
            "number", "A claim that is a number": "4711";
            "fraction", "A claim with a fraction": "1.5";
            "false", "A claim that is false": "false";
            "null", "A claim that is null":
                "null"
                => hardening("A claim that is null may be left out on the way, since nothing is lost by it.");
            "list", "A claim that is a list": "[\"read\",\"write\",7]";
            "object", "A claim that is an object": "{\"unit\":{\"floor\":3}}";
            "far-planes", "A claim of four-byte characters": "\"\u{1f512} \u{6771}\u{4eac}\"";
            "empty", "A claim that is empty": "\"\"";
            "eight-levels", "A claim eight levels deep": r#"{"a":[{"b":[{"c":[{"d":["e"]}]}]}]}"#;
        odd:
            "beyond-doubles", "A claim that no double holds":
                "9007199254740993" => hardening(DOUBLES);
            "beyond-64-bits", "A claim beyond 64 bits":
                "36893488147419103233" => hardening(DOUBLES);
            "sixteen-levels", "A claim sixteen levels deep":
                r#"[[[[[[[[[[[[[[[["e"]]]]]]]]]]]]]]]]"#
                => hardening("RFC 8259 section 9 lets a parser limit how deep it reads.");
        echo:
            "fifty-claims", "Fifty claims about the caller":
                hmac_kid(), &[READ, &["CPX-claims-sent"]].concat(), fifty();
            "several-beside-sub", "sub names the profile, six claims describe the caller":
                hmac_sub(), &cites, several();
            "several-under-rsa", "Six claims about the caller on a provider's token":
                auth0(), READ, several();
            "unused-sub": title, hmac_workato_sub(), READ, Change::claim("sub", "\"caller-17\"");
    }
}

/// No document asks for an expiry on this side, so a refusal is a reading and never a must.
fn expiry() -> Vec<Case> {
    let either = |slug: &str, title: &str, scene: Scene, edit, cite, family, refused| {
        let expect = open(family, ("not-looked-at", Answer::ACCEPT), (refused, Answer::REFUSE));
        let id = format!("access_refused/exp-{slug}");
        case(&id, title, &scene, &["WCL-10", cite], Change::Claim("exp", edit), expect)
            .hardening("No document asks for an expiry on this side, so a refusal is never a must.")
    };
    let past = |slug: &str, title: &str, scene, edit| {
        either(slug, title, scene, edit, "RFC7519-4.1.4", "WAP-R-exp", "honoured")
    };
    let odd = |slug: &str, title: &str, scene, edit| {
        either(slug, title, scene, edit, "RFC7519-2", "WAP-R-exp-form", "refused")
    };
    let ahead = |slug: &str, title: &str, scene: Scene, by| {
        neighbor(
            &format!("exp-{slug}"),
            title,
            &scene,
            &["WCL-10"],
            Change::Claim("exp", Edit::FromNow(by)),
        )
    };
    let json = |text: &'static str| Edit::Json(text.into());
    cases! {
        past:
            "an-hour-past", "exp an hour in the past": hmac_kid(), Edit::FromNow(-3600);
            "an-hour-past-rsa", "exp an hour in the past on a provider's token":
                auth0(), Edit::FromNow(-3600);
            "a-year-past", "exp a year in the past": hmac_kid(), Edit::FromNow(-31_536_000);
            "zero", "exp is zero": hmac_kid(), json("0");
            "negative", "exp is negative": hmac_kid(), json("-1");
        odd:
            "quoted", "exp an hour in the past is a string of digits":
                hmac_kid(), Edit::FromNowQuoted(-3600);
            "word", "exp is a word": hmac_kid(), json("\"tomorrow\"");
            "true", "exp is true": hmac_kid(), json("true");
            "list", "exp is a list": hmac_kid(), json("[]");
            "object", "exp is an object": hmac_kid(), json("{}");
        ahead:
            "five-minutes-ahead", "exp five minutes ahead": hmac_kid(), 300;
            "an-hour-ahead", "exp an hour ahead on a provider's token": auth0(), 3600;
            "a-year-ahead", "exp a year ahead": hmac_kid(), 31_536_000;
    }
}
