//! Direct links: faults by hand from document 000.
//!
//! A member belongs to a team and a team to a partner, so of these three one is at fault at a time;
//! and an id is used up with one partner only.

use super::{member, team};
use crate::change::{Change, Edit, RequestEdit};
use crate::precedence::{Fault, Stage, fault, replayed};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const PARTNER: &[&str] = &["account", "jti"];
const ACCOUNT: &[&str] = &["account"];
/// Everything that is read from a token, so that none of it is there without one.
const TOKEN: &[&str] = &["text", "crit", "alg", "signature", "account", "iat", "jti"];

pub(super) fn scene() -> Scene {
    team()
}

pub(super) fn faults() -> Vec<Fault> {
    [request(), token(), partners(), claims(), teams(), members()].concat()
}

fn request() -> Vec<Fault> {
    let invalid = |name, words, cites, touches, change| {
        fault(name, words, Stage::Request, change)
            .codes(&["http_request_invalid"])
            .cites(cites)
            .touches(touches)
    };
    let json = Change::request_header("accept", "application/json");
    let script = Change::request_header("x-requested-with", "XMLHttpRequest");
    let path = |name, words, value| {
        let change = Change::Request(RequestEdit::Field("path", value));
        let cites = &["WDL-PATH-01", "WDL-PATH-02"];
        fault(name, words, Stage::Request, change)
            .codes(&["path_invalid"])
            .cites(cites)
            .touches(&["path"])
    };
    let absent = Change::Request(RequestEdit::Token(None));
    cases! {
        invalid:
            "accept-json", "a request for JSON": &["WDL-HTTP-02"], &["accept"], json;
            "xhr", "a request by a script": &["WDL-HTTP-03"], &["xhr"], script;
        path:
            "path-http", "a path over plain HTTP": "http://app.claimproof.example/recipes";
            "path-control", "a path with a line end": "https://app.claimproof.example/re\ncipes";
            "path-slashes", "a path of two slashes": "//app.claimproof.example/recipes";
            "path-relative", "a site-relative path": "/recipes";
            "path-foreign", "a path on another host": "https://elsewhere.example/recipes";
        fault:
            "no-token", "no token": Stage::Request, absent
                => codes(&["token_missing"]) => cites(&["WDL-JWT-22"]) => touches(TOKEN);
    }
}

fn token() -> Vec<Fault> {
    let fourth = Change::Text("A fourth segment", |token| format!("{token}.e30"));
    let crit = Change::header("crit", "[\"b64\"]");
    let rs512 = Change::Alg("\"RS512\"", Signature::Own(Alg::Rs512));
    let foreign = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    let structure = &["WDL-JWT-19", "WDL-JWT-20", "RFC7515-7.1"];
    let key = &["token_signature_invalid", "vendor_missing"];
    let signed = &["WDL-JWT-23", "RFC8725-3.3"];
    let no_alg = &["alg_invalid", "token_invalid"];
    let alg = &["WDL-JWT-01", "WDL-JWT-02"];
    cases! { fault:
        "fourth-segment", "a fourth segment": Stage::Structure, fourth
            => codes(&["token_invalid"]) => cites(structure) => touches(&["text"]);
        "crit", "an extension demanded": Stage::Content, crit
            => cites(&["RFC7515-4.1.11"]) => touches(&["crit"]);
        "rs512", "RS512 in the header": Stage::Algorithm, rs512
            => codes(&["alg_invalid"]) => cites(alg) => touches(&["alg"]);
        "no-alg", "no alg": Stage::Algorithm, Change::without_header("alg")
            => codes(no_alg) => cites(alg) => touches(&["alg"]);
        "foreign-key", "a foreign signature": Stage::Signature, foreign
            => codes(key) => cites(signed) => touches(&["signature"]);
    }
}

fn partners() -> Vec<Fault> {
    let partner = |name, words, stage, codes, cites, roles| {
        fault(name, words, stage, Change::Roles(roles)).codes(codes).cites(cites).touches(PARTNER)
    };
    let no_admin = &[("vendor", "vendor.no-admin"), ("team", "team.of-no-admin")];
    let disabled = &[("vendor", "vendor.link-disabled"), ("team", "team.of-link-disabled")];
    let no_key = &[("vendor", "vendor.no-key"), ("team", "team.of-no-key")];
    // Which of the three answers a partner without a key is a reading.
    let keyless = &["vendor_key_missing", "vendor_missing", "token_signature_invalid"];
    let surplus = Change::Claim("sub", Edit::OwnWith(|sub| format!("{sub}:1:2")));
    let disabled_code = &["vendor_direct_team_link_disabled"];
    let unknown = &[("vendor", "vendor.unknown")];
    cases! {
        partner:
            "no-partner", "a partner nobody has":
                Stage::Issuer, &["vendor_missing"], &["WDL-ACC-20"], unknown;
            "no-admin", "a partner without an admin":
                Stage::Content, &["vendor_admin_missing"], &["WDL-ACC-17"], no_admin;
            "links-off", "a partner whose links are off":
                Stage::Content, disabled_code, &["WDL-ACC-18"], disabled;
            "no-key", "a partner without a key": Stage::Key, keyless, &["WDL-ACC-19"], no_key;
        fault:
            "sub-surplus", "a sub of four segments": Stage::Content, surplus
                => cites(&["WDL-JWT-21"]) => touches(ACCOUNT);
    }
}

fn claims() -> Vec<Fault> {
    let iat = |name, words, codes, cites, change| {
        fault(name, words, Stage::Age, change).codes(codes).cites(cites).touches(&["iat"])
    };
    let jti = |name, words, codes, cites, change| {
        fault(name, words, Stage::Content, change).codes(codes).cites(cites).touches(&["jti"])
    };
    let from_now = |by| Change::Claim("iat", Edit::FromNow(by));
    let old = &["WDL-JWT-13", "WDL-JWT-14"];
    let used = &["WDL-JWT-10", "WDL-JWT-11"];
    cases! {
        iat:
            "no-iat", "no iat":
                &["iat_missing"], &["WDL-JWT-04", "WDL-JWT-05"], Change::without_claim("iat");
            "iat-true", "an iat that is true":
                &["iat_invalid"], &["WDL-JWT-03"], Change::claim("iat", "true");
            "iat-old", "an iat two minutes old": &["token_expired"], old, from_now(-120);
            "iat-ahead", "an iat two minutes ahead":
                &["token_expired"], &["WDL-JWT-15"], from_now(120);
        jti:
            "no-jti", "no jti": &["jti_missing"], &["WDL-JWT-09"], Change::without_claim("jti");
            "jti-true", "a jti that is true":
                &["jti_invalid"], &["WDL-JWT-06"], Change::claim("jti", "true");
        replayed:
            "jti-used", "a jti used before"
                => codes(&["jti_reused"]) => cites(used) => touches(&["jti"]);
    }
}

fn teams() -> Vec<Fault> {
    let team = |name, words, codes, cites, roles| {
        fault(name, words, Stage::Content, Change::Roles(roles))
            .codes(codes)
            .cites(cites)
            .touches(ACCOUNT)
    };
    let old = &["team_direct_team_link_disabled"];
    let older = &["WDL-ACC-05", "WDL-ACC-06"];
    let admin = &["WDL-ACC-10", "WDL-ACC-11"];
    cases! { team:
        "no-team", "a team nobody has": &[], &["WDL-ACC-08"], &[("team", "team.unknown")];
        "admin-account", "the admin account":
            &["team_not_allowed"], admin, &[("team", "team.admin")];
        "old-team", "a team older than the set-up": old, older, &[("team", "team.old")];
        "team-unconfirmed", "an unconfirmed team":
            &["team_unconfirmed"], &["WDL-ACC-15"], &[("team", "team.unconfirmed")];
        "team-saml", "a team with SAML":
            &["team_saml_required"], &["WDL-ACC-13"], &[("team", "team.saml")];
    }
}

fn members() -> Vec<Fault> {
    let of_member = |name, words, codes, cites, roles| Fault {
        scene: Some(member),
        ..fault(name, words, Stage::Content, Change::Roles(roles))
            .codes(codes)
            .cites(cites)
            .touches(ACCOUNT)
    };
    let framed = &["x-frame-options"];
    let foreign = &["x-frame-options", "member_invalid", "team_missing"];
    let teamless = &["team_missing", "member_invalid"];
    let unconfirmed = &[("member", "member.unconfirmed")];
    cases! { of_member:
        "owner", "the owner of the admin account":
            framed, &["WDL-FRM-01"], &[("member", "member.owner")];
        "manager", "a customer manager": framed, &["WDL-FRM-02"], &[("member", "member.manager")];
        "no-member", "a user nobody has":
            &["member_invalid"], &["WDL-ACC-01"], &[("member", "member.unknown")];
        "teamless", "a user in no team":
            teamless, &["WDL-ACC-08"], &[("member", "member.teamless")];
        "foreign-member", "a user of another team":
            foreign, &["WDL-FRM-03"], &[("member", "member.foreign")];
        "member-unconfirmed", "an unconfirmed user":
            &["member_unconfirmed"], &["WDL-ACC-03"], unconfirmed;
    }
}
