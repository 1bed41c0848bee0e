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
        fault(Stage::Request, name, words, change)
            .codes(&["http_request_invalid"])
            .cites(cites)
            .touches(touches)
    };
    let json = Change::request_header("accept", "application/json");
    let script = Change::request_header("x-requested-with", "XMLHttpRequest");
    let path = |name, words, value| {
        let change = Change::Request(RequestEdit::Field("path", value));
        let cites = &["WDL-PATH-01", "WDL-PATH-02"];
        fault(Stage::Request, name, words, change)
            .codes(&["path_invalid"])
            .cites(cites)
            .touches(&["path"])
    };
    let absent = Change::Request(RequestEdit::Token(None));
    vec![
        invalid("accept-json", "a request for JSON", &["WDL-HTTP-02"], &["accept"], json),
        invalid("xhr", "a request by a script", &["WDL-HTTP-03"], &["xhr"], script),
        path("path-http", "a path over plain HTTP", "http://app.claimproof.example/recipes"),
        path("path-control", "a path with a line end", "https://app.claimproof.example/re\ncipes"),
        path("path-slashes", "a path of two slashes", "//app.claimproof.example/recipes"),
        path("path-relative", "a site-relative path", "/recipes"),
        path("path-foreign", "a path on another host", "https://elsewhere.example/recipes"),
        fault(Stage::Request, "no-token", "no token", absent)
            .codes(&["token_missing"])
            .cites(&["WDL-JWT-22"])
            .touches(TOKEN),
    ]
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
    vec![
        fault(Stage::Structure, "fourth-segment", "a fourth segment", fourth)
            .codes(&["token_invalid"])
            .cites(structure)
            .touches(&["text"]),
        fault(Stage::Content, "crit", "an extension demanded", crit)
            .cites(&["RFC7515-4.1.11"])
            .touches(&["crit"]),
        fault(Stage::Algorithm, "rs512", "RS512 in the header", rs512)
            .codes(&["alg_invalid"])
            .cites(alg)
            .touches(&["alg"]),
        fault(Stage::Algorithm, "no-alg", "no alg", Change::without_header("alg"))
            .codes(no_alg)
            .cites(alg)
            .touches(&["alg"]),
        fault(Stage::Signature, "foreign-key", "a foreign signature", foreign)
            .codes(key)
            .cites(signed)
            .touches(&["signature"]),
    ]
}

fn partners() -> Vec<Fault> {
    let partner = |stage, name, words, codes, cites, roles| {
        fault(stage, name, words, Change::Roles(roles)).codes(codes).cites(cites).touches(PARTNER)
    };
    let no_admin = &[("vendor", "vendor.no-admin"), ("team", "team.of-no-admin")];
    let disabled = &[("vendor", "vendor.link-disabled"), ("team", "team.of-link-disabled")];
    let no_key = &[("vendor", "vendor.no-key"), ("team", "team.of-no-key")];
    // Which of the three answers a partner without a key is a reading.
    let keyless = &["vendor_key_missing", "vendor_missing", "token_signature_invalid"];
    let surplus = Change::Claim("sub", Edit::OwnWith(|sub| format!("{sub}:1:2")));
    let disabled_code = &["vendor_direct_team_link_disabled"];
    let unknown = &[("vendor", "vendor.unknown")];
    vec![
        partner(
            Stage::Issuer,
            "no-partner",
            "a partner nobody has",
            &["vendor_missing"],
            &["WDL-ACC-20"],
            unknown,
        ),
        partner(
            Stage::Content,
            "no-admin",
            "a partner without an admin",
            &["vendor_admin_missing"],
            &["WDL-ACC-17"],
            no_admin,
        ),
        partner(
            Stage::Content,
            "links-off",
            "a partner whose links are off",
            disabled_code,
            &["WDL-ACC-18"],
            disabled,
        ),
        partner(Stage::Key, "no-key", "a partner without a key", keyless, &["WDL-ACC-19"], no_key),
        fault(Stage::Content, "sub-surplus", "a sub of four segments", surplus)
            .cites(&["WDL-JWT-21"])
            .touches(ACCOUNT),
    ]
}

fn claims() -> Vec<Fault> {
    let iat = |name, words, codes, cites, change| {
        fault(Stage::Age, name, words, change).codes(codes).cites(cites).touches(&["iat"])
    };
    let jti = |name, words, codes, cites, change| {
        fault(Stage::Content, name, words, change).codes(codes).cites(cites).touches(&["jti"])
    };
    let from_now = |by| Change::Claim("iat", Edit::FromNow(by));
    let old = &["WDL-JWT-13", "WDL-JWT-14"];
    let used = &["WDL-JWT-10", "WDL-JWT-11"];
    vec![
        iat(
            "no-iat",
            "no iat",
            &["iat_missing"],
            &["WDL-JWT-04", "WDL-JWT-05"],
            Change::without_claim("iat"),
        ),
        iat(
            "iat-true",
            "an iat that is true",
            &["iat_invalid"],
            &["WDL-JWT-03"],
            Change::claim("iat", "true"),
        ),
        iat("iat-old", "an iat two minutes old", &["token_expired"], old, from_now(-120)),
        iat(
            "iat-ahead",
            "an iat two minutes ahead",
            &["token_expired"],
            &["WDL-JWT-15"],
            from_now(120),
        ),
        jti("no-jti", "no jti", &["jti_missing"], &["WDL-JWT-09"], Change::without_claim("jti")),
        jti(
            "jti-true",
            "a jti that is true",
            &["jti_invalid"],
            &["WDL-JWT-06"],
            Change::claim("jti", "true"),
        ),
        replayed().codes(&["jti_reused"]).cites(used).touches(&["jti"]),
    ]
}

fn teams() -> Vec<Fault> {
    let team = |name, words, codes, cites, roles| {
        fault(Stage::Content, name, words, Change::Roles(roles))
            .codes(codes)
            .cites(cites)
            .touches(ACCOUNT)
    };
    let old = &["team_direct_team_link_disabled"];
    let older = &["WDL-ACC-05", "WDL-ACC-06"];
    let admin = &["WDL-ACC-10", "WDL-ACC-11"];
    vec![
        team("no-team", "a team nobody has", &[], &["WDL-ACC-08"], &[("team", "team.unknown")]),
        team(
            "admin-account",
            "the admin account",
            &["team_not_allowed"],
            admin,
            &[("team", "team.admin")],
        ),
        team("old-team", "a team older than the set-up", old, older, &[("team", "team.old")]),
        team(
            "team-unconfirmed",
            "an unconfirmed team",
            &["team_unconfirmed"],
            &["WDL-ACC-15"],
            &[("team", "team.unconfirmed")],
        ),
        team(
            "team-saml",
            "a team with SAML",
            &["team_saml_required"],
            &["WDL-ACC-13"],
            &[("team", "team.saml")],
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn members() -> Vec<Fault> {
    let of_member = |name, words, codes, cites, roles| Fault {
        scene: Some(member),
        ..fault(Stage::Content, name, words, Change::Roles(roles))
            .codes(codes)
            .cites(cites)
            .touches(ACCOUNT)
    };
    let framed = &["x-frame-options"];
    let foreign = &["x-frame-options", "member_invalid", "team_missing"];
    let teamless = &["team_missing", "member_invalid"];
    let unconfirmed = &[("member", "member.unconfirmed")];
    vec![
        of_member(
            "owner",
            "the owner of the admin account",
            framed,
            &["WDL-FRM-01"],
            &[("member", "member.owner")],
        ),
        of_member(
            "manager",
            "a customer manager",
            framed,
            &["WDL-FRM-02"],
            &[("member", "member.manager")],
        ),
        of_member(
            "no-member",
            "a user nobody has",
            &["member_invalid"],
            &["WDL-ACC-01"],
            &[("member", "member.unknown")],
        ),
        of_member(
            "teamless",
            "a user in no team",
            teamless,
            &["WDL-ACC-08"],
            &[("member", "member.teamless")],
        ),
        of_member(
            "foreign-member",
            "a user of another team",
            foreign,
            &["WDL-FRM-03"],
            &[("member", "member.foreign")],
        ),
        of_member(
            "member-unconfirmed",
            "an unconfirmed user",
            &["member_unconfirmed"],
            &["WDL-ACC-03"],
            unconfirmed,
        ),
    ]
}
