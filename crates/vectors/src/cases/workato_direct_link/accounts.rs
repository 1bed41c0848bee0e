//! Partner, team and member codes, each provoked by naming another role; framing.

use claimproof_catalog::Profile;

use super::{case, member, team};
use crate::case::{Act, Case, Manage, Turn};
use crate::change::{Change, Edit, RequestEdit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

/// Slots and who plays in them.
type Slots = &'static [(&'static str, &'static str)];

const NO_TEAM: &[&str] = &["team_missing", "member_invalid"];
const FRAMING: &[&str] = &["x-frame-options"];

pub(super) fn cases() -> Vec<Case> {
    [vendors(), subjects(), teams(), members(), framing()].concat()
}

/// The fault once plain, once on a member's link, once with `typ` left out, so that each code
/// does not hang on one layout. The member is one of the team at fault, or that would be a second one.
fn thrice(
    code: &'static str,
    title: &str,
    cites: &[&'static str],
    [roles, member_roles]: [Slots; 2],
    expect: &Expect,
) -> Vec<Case> {
    // Nobody is a member of a team that nobody has.
    let member_roles = (!member_roles.is_empty()).then_some(Change::Roles(member_roles));
    let roles = Change::Roles(roles);
    let id = |slug: &str| format!("{code}/{slug}");
    let make = |slug: &str, scene, changes: Vec<Change>| {
        let mut case = Case::one(
            scene,
            &id(slug),
            &format!("{title}, {slug}"),
            cites,
            changes,
            expect.clone(),
        );
        case.title = case.title.replace('-', " ");
        case
    };
    vec![
        make("team-link", &team(), vec![roles.clone()]),
        make("member-link", &member(), [roles.clone()].into_iter().chain(member_roles).collect()),
        make("bare-header", &bare_header(), vec![roles]),
    ]
}

/// Without `typ`, as the accepted case `accepted/bare-header` shows.
fn bare_header() -> Scene {
    let mut scene = team().with(Change::without_header("typ"));
    scene.name = "bare-header";
    scene
}

fn plain_bare_header() -> Case {
    let (id, title) = ("accepted/bare-header", "A header with alg alone");
    Case::one(&bare_header(), id, title, &["RFC7519-5.1", "CPX-odd-accept"], vec![], Expect::ACCEPT)
}

fn vendors() -> Vec<Case> {
    let unknown = Expect::refuse(&["vendor_missing"]);
    let no_key = Expect::open(
        "WDL-R-unique-key",
        vec![
            ("public-key", Answer::refuse(&["vendor_key_missing"])),
            ("vendor-key", Answer::refuse(&["vendor_missing", "token_signature_invalid"])),
        ],
    );
    [
        vec![plain_bare_header()],
        thrice(
            "vendor_missing",
            "A vendor ID nobody has",
            &["WDL-ACC-20"],
            [&[("vendor", "vendor.unknown")], &[]],
            &unknown,
        ),
        thrice(
            "vendor_admin_missing",
            "A partner without an admin",
            &["WDL-ACC-17"],
            [
                &[("vendor", "vendor.no-admin"), ("team", "team.of-no-admin")],
                &[("member", "member.of-no-admin")],
            ],
            &Expect::refuse(&["vendor_admin_missing"]),
        ),
        thrice(
            "vendor_direct_team_link_disabled",
            "A partner whose direct links are off",
            &["WDL-ACC-18"],
            [
                &[("vendor", "vendor.link-disabled"), ("team", "team.of-link-disabled")],
                &[("member", "member.of-link-disabled")],
            ],
            &Expect::refuse(&["vendor_direct_team_link_disabled"]),
        ),
        thrice(
            "vendor_key_missing",
            "A partner without a key on file",
            &["WDL-ACC-19"],
            [
                &[("vendor", "vendor.no-key"), ("team", "team.of-no-key")],
                &[("member", "member.of-no-key")],
            ],
            &no_key,
        ),
    ]
    .concat()
}

/// The document never names `sub`: a refusal is advice, its code recorded.
fn subjects() -> Vec<Case> {
    let odd = |slug: &str, title: &str, scene: Scene, changes| {
        let id = format!("vendor_missing/sub-{slug}");
        Case::one(&scene, &id, title, &["WDL-JWT-21"], changes, Expect::REFUSE).hardening(
            "The document never names sub, so that a link without a good one is refused is advice.",
        )
    };
    let sub = |slug: &str, title: &str, change| odd(slug, title, team(), vec![change]);
    let moved = vec![
        Change::without_claim("sub"),
        Change::Header("sub", Edit::RoleAs("vendor.ok", |id| format!("{id}:1"))),
    ];
    cases! {
        sub:
            "absent", "No sub": Change::without_claim("sub");
            "empty", "An empty sub": Change::claim("sub", "\"\"");
            "null", "sub is null": Change::claim("sub", "null");
            "number", "sub is a number": Change::claim("sub", "7");
            "list", "sub is a list": Change::claim("sub", "[\"a:b\"]");
            "one-segment", "sub names the partner alone":
                Change::Claim("sub", Edit::Role("vendor.ok"));
        odd:
            "four-segments", "sub has a fourth segment behind a good member":
                member(), vec![Change::Claim("sub", Edit::OwnWith(|sub| format!("{sub}:2")))];
        sub:
            "other-spelling", "SUB in place of sub": Change::Claim("sub", Edit::Spelled("SUB"));
        odd:
            "in-header", "sub in the header alone": team(), moved;
        case:
            "vendor_missing/case-variant", "The vendor ID in upper case":
                &team(), &["WDL-ACC-20"], Change::Claim("sub", Edit::OwnWith(vendor_in_capitals)),
                Expect::refuse(&["vendor_missing"]);
    }
}

/// The partner's ID in upper case, the rest as it is.
fn vendor_in_capitals(sub: &str) -> String {
    let (vendor, rest) = sub.split_once(':').unwrap_or((sub, ""));
    format!("{}:{rest}", vendor.to_uppercase())
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn teams() -> Vec<Case> {
    let to = |slots: &'static [(&'static str, &'static str)]| Change::Roles(slots);
    let rows: &[(&'static str, &str, &[&'static str], [Slots; 2])] = &[
        (
            "team_not_allowed",
            "The admin account in place of a customer",
            &["WDL-ACC-10", "WDL-ACC-11"],
            [&[("team", "team.admin")], &[("member", "member.of-admin")]],
        ),
        (
            "team_direct_team_link_disabled",
            "A customer account older than the set-up",
            &["WDL-ACC-05", "WDL-ACC-06"],
            [&[("team", "team.old")], &[("member", "member.of-old")]],
        ),
        (
            "team_unconfirmed",
            "A team whose e-mail is not confirmed",
            &["WDL-ACC-15"],
            [&[("team", "team.unconfirmed")], &[("member", "member.of-unconfirmed")]],
        ),
        (
            "team_saml_required",
            "A team with SAML, and no SAML session",
            &["WDL-ACC-13"],
            [&[("team", "team.saml")], &[("member", "member.of-saml")]],
        ),
    ];
    let mut cases = Vec::new();
    for (code, title, cites, slots) in rows {
        let expect = Expect::refuse(std::slice::from_ref(code));
        cases.extend(thrice(code, title, cites, *slots, &expect));
    }
    cases.push(case(
        "team_missing/teamless",
        "A user in no customer team",
        &member(),
        &["WDL-ACC-08"],
        to(&[("member", "member.teamless")]),
        Expect::refuse(NO_TEAM),
    ));
    cases.extend(thrice(
        "team_missing",
        "A team nobody has",
        &["WDL-ACC-08"],
        [&[("team", "team.unknown")], &[]],
        &Expect::REFUSE,
    ));
    cases.push(case(
        "team_missing/foreign-team",
        "A team of another partner",
        &team(),
        &["WDL-ACC-08", "RFC8725-3.8"],
        to(&[("team", "team.of-other")]),
        Expect::REFUSE,
    ));
    let cleared =
        vec![("cleared", Answer::ACCEPT), ("always", Answer::refuse(&["team_saml_required"]))];
    let saml = vec![
        to(&[("team", "team.saml")]),
        Change::Request(RequestEdit::Field("saml_session", "active")),
    ];
    cases.push(Case::one(
        &team(),
        "team_saml_required/with-session",
        "A team with SAML, and a SAML session",
        &["WDL-ACC-13"],
        saml,
        Expect::open("WDL-R-saml-session", cleared),
    ));
    cases
}

/// A member's link in three layouts, so that no code hangs on one.
fn member_scenes() -> [Scene; 3] {
    let mut bare = member().with(Change::without_header("typ"));
    bare.name = "bare-member";
    let mut aged = member().with(Change::Claim("iat", Edit::FromNow(-20)));
    aged.name = "aged-member";
    [member(), bare, aged]
}

fn members() -> Vec<Case> {
    let rows: [(&'static [&'static str], &str, &'static str, Slots); 2] = [
        (
            &["member_invalid"],
            "A user ID nobody has",
            "WDL-ACC-01",
            &[("member", "member.unknown")],
        ),
        (
            &["member_unconfirmed"],
            "A user whose e-mail is not confirmed",
            "WDL-ACC-03",
            &[("member", "member.unconfirmed")],
        ),
    ];
    let accepted = member_scenes().into_iter().skip(1).map(|scene| {
        let id = format!("accepted/{}", scene.name);
        let title = format!("A confirmed member's link, {}", scene.name);
        Case::one(
            &scene,
            &id,
            &title,
            &["WDL-ACC-02", "WDL-ACC-04", "CPX-odd-accept"],
            vec![],
            Expect::ACCEPT,
        )
    });
    let mut cases: Vec<Case> = accepted.collect();
    for (code, title, cite, slots) in rows {
        for scene in member_scenes() {
            let (id, title) =
                (format!("{}/{}", code[0], scene.name), format!("{title}, {}", scene.name));
            cases.push(case(
                &id,
                &title,
                &scene,
                &[cite],
                Change::Roles(slots),
                Expect::refuse(code),
            ));
        }
    }
    cases.push(case(
        "token_signature_invalid/foreign-key-member",
        "A forged token for a member's link",
        &member(),
        &["WDL-JWT-23", "RFC8725-3.3"],
        Change::Sign(Signature::By("key.foreign", Alg::Rs256)),
        Expect::refuse(&["token_signature_invalid", "vendor_missing"]),
    ));
    cases
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn framing() -> Vec<Case> {
    let not_framed = |slug: &str, title: &str, cites: &[&'static str], slots| {
        case(
            &format!("x-frame-options/{slug}"),
            title,
            &member(),
            cites,
            Change::Roles(slots),
            Expect::refuse(FRAMING),
        )
    };
    let foreign = vec![
        ("framing", Answer::refuse(FRAMING)),
        ("member_invalid", Answer::refuse(&["member_invalid"])),
        ("team_missing", Answer::refuse(&["team_missing"])),
    ];
    vec![
        not_framed(
            "owner",
            "The owner of the admin account",
            &["WDL-FRM-01"],
            &[("member", "member.owner")],
        ),
        not_framed(
            "manager",
            "A customer manager",
            &["WDL-FRM-02"],
            &[("member", "member.manager")],
        ),
        case(
            "x-frame-options/foreign-member",
            "A user created in another customer account",
            &member(),
            &["WDL-FRM-03"],
            Change::Roles(&[("member", "member.foreign")]),
            Expect::open("WDL-R-foreign-member", foreign),
        ),
        Case::script(
            Profile::WorkatoDirectLink,
            "x-frame-options/origin-updated",
            "After the update call sets a customer's origin, that origin may frame the page",
            &["WDL-MSG-08", "WDL-FRM-05"],
            vec![
                Turn::new(
                    Act::Manage(Manage::Origin {
                        team: "team.ok",
                        origin: "https://customer.example",
                    }),
                    Expect::Done,
                ),
                Turn::new(
                    Act::Present { token: "t", scene: team(), changes: vec![] },
                    Expect::framed_by("https://customer.example"),
                ),
            ],
        )
        .controlled_by(&team()),
    ]
}
