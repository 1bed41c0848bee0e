//! `aud`, `sub`, the times, `jti` and `scp`.

mod leeway;
mod lifetime;
mod scopes;
mod times;

use super::scenes::{another_app, embed, listed, rest, second_user, xhr};
use super::{NO_USER, case, changed};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const PARSE: &[&str] = &["10084"];
const NO_JTI: &[&str] = &["10094"];

pub(super) fn cases() -> Vec<Case> {
    [
        audience(),
        subject(),
        users(),
        times::cases(),
        lifetime::cases(),
        leeway::cases(),
        jti(),
        jti_forms(),
        scopes::cases(),
    ]
    .concat()
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn audience() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, cite: &'static str, change| {
        let cites = &[cite, "RFC7519-4.1.3"];
        case(&scene, &format!("10084/aud-{slug}"), title, cites, change, Expect::refuse(PARSE))
    };
    let other = |slug: &str, title: &str, json| {
        refused(embed(), slug, title, "TCA-10084-aud", Change::claim("aud", json))
    };
    let cased = |slug: &str, title: &str, json| {
        refused(embed(), slug, title, "TCA-10084-aud-case", Change::claim("aud", json))
    };
    let absent = |scene, slug: &str, title: &str| {
        refused(scene, slug, title, "TCA-10084-aud-missing", Change::without_claim("aud"))
    };
    let spelled = Change::Claim("aud", Edit::Spelled("AUD"));
    let list = |slug: &str, title: &str, family, json| {
        let id = format!("10084/aud-{slug}");
        let answers = vec![("refused", Answer::refuse(PARSE)), ("accepted", Answer::ACCEPT)];
        let expect = Expect::open(family, answers);
        case(&embed(), &id, title, &["TCA-10084-aud"], Change::claim("aud", json), expect)
    };
    let foreign = |slug: &str, title: &str, json| {
        let mut case = other(slug, title, json);
        case.requirements.push("RFC8725-3.9");
        case
    };
    let others = "TCA-R-aud-list-others";
    vec![
        absent(embed(), "absent", "No aud"),
        absent(rest(), "absent-rest", "No aud, on REST"),
        absent(listed(), "absent-listed", "No aud, from a listed page"),
        refused(embed(), "other-spelling", "AUD in place of aud", "TCA-10084-aud-missing", spelled),
        cased("capital", "aud is Tableau", "\"Tableau\""),
        cased("upper-case", "aud is TABLEAU", "\"TABLEAU\""),
        cased("mixed-case", "aud is tableaU", "\"tableaU\""),
        foreign("other", "aud names another service", "\"tableau-server\""),
        foreign(
            "site",
            "aud names a site, as other kinds of trust do",
            "\"tableau:11111111-2222-3333-4444-555555555555\"",
        ),
        other("trailing-blank", "aud is tableau with a blank behind", "\"tableau \""),
        other("nul", "aud is tableau with a NUL behind", r#""tableau\u0000""#),
        other("look-alike", "aud is tableau with a Cyrillic letter", r#""t\u0430bleau""#),
        other("empty", "aud is an empty string", "\"\""),
        other("null", "aud is null", "null"),
        other("number", "aud is a number", "1"),
        other("object", "aud is an object", "{}"),
        other("empty-list", "aud is an empty list", "[]"),
        other("nested-list", "aud is a list inside a list", "[[\"tableau\"]]"),
        other("list-of-others", "aud is a list without tableau", "[\"x\",\"y\"]"),
        list("list", "aud is a list that holds tableau alone", "TCA-R-aud-list", "[\"tableau\"]"),
        list(
            "list-of-two",
            "aud is a list that holds tableau and another",
            others,
            "[\"x\",\"tableau\"]",
        ),
        list("mixed-list", "aud is a list of a number and tableau", others, "[1,\"tableau\"]"),
    ]
}

fn subject() -> Vec<Case> {
    let absent = |scene: Scene, slug: &str, title: &str, changes| {
        let id = format!("10084/sub-{slug}");
        changed(&scene, &id, title, &["TCA-10084-sub-missing"], changes, Expect::refuse(PARSE))
    };
    let odd = |slug: &str, title: &str, json| {
        let id = format!("10084/sub-{slug}");
        // No subject, or one that is no user: the document has a row for either.
        let expect = Expect::refuse(&["10084", "5", "16"]);
        case(&embed(), &id, title, &["TCA-10084-sub-missing"], Change::claim("sub", json), expect)
    };
    let moved = vec![Change::without_claim("sub"), Change::Header("sub", Edit::Role("user.ok"))];
    vec![
        absent(embed(), "absent", "No sub", vec![Change::without_claim("sub")]),
        absent(rest(), "absent-rest", "No sub, on REST", vec![Change::without_claim("sub")]),
        absent(
            listed(),
            "absent-listed",
            "No sub, from a listed page",
            vec![Change::without_claim("sub")],
        ),
        absent(
            embed(),
            "other-spelling",
            "SUB in place of sub",
            vec![Change::Claim("sub", Edit::Spelled("SUB"))],
        ),
        absent(
            embed(),
            "look-alike",
            "A Cyrillic letter in sub",
            vec![Change::Claim("sub", Edit::Spelled("\u{455}ub"))],
        ),
        absent(embed(), "in-header-alone", "sub in the header alone", moved),
        odd("empty", "sub is an empty string", "\"\""),
        odd("null", "sub is null", "null"),
        odd("number", "sub is a number", "7"),
        odd("true", "sub is true", "true"),
        odd("list", "sub is a list", "[\"a@example.com\"]"),
        odd("object", "sub is an object", "{\"name\":\"a@example.com\"}"),
    ]
}

/// Names nobody has, nearly somebody's or not at all.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn users() -> Vec<Case> {
    let unknown = |scene: Scene, id: &str, title: &str| {
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown"];
        case(
            &scene,
            id,
            title,
            cites,
            Change::Roles(&[("user", "user.unknown")]),
            Expect::refuse(NO_USER),
        )
    };
    let name = |id: &str, title: &str, cites: &[&'static str], alter| {
        case(
            &embed(),
            id,
            title,
            cites,
            Change::Claim("sub", Edit::RoleAs("user.ok", alter)),
            Expect::refuse(NO_USER),
        )
    };
    let cased = &["TCA-5-case", "TCA-5-unknown"];
    let other = &["TCA-5-username", "TCA-16-sub-email", "TCA-16-sub-unknown"];
    vec![
        unknown(embed(), "5/unknown", "A user nobody knows"),
        unknown(rest(), "5/unknown-rest", "A user nobody knows, on REST"),
        unknown(listed(), "5/unknown-listed", "A user nobody knows, from a listed page"),
        unknown(another_app(), "16/unknown-another-app", "A user nobody knows, under another app"),
        unknown(xhr(), "16/unknown-xhr", "A user nobody knows, in the library's request"),
        name("5/upper-case", "A user's name in upper case", cased, str::to_uppercase),
        name("5/capital", "A user's name with a capital", cased, capital),
        name(
            "5/domain-upper-case",
            "A user's name with its domain in upper case",
            cased,
            domain_in_capitals,
        ),
        name("5/nul", "A user's name with a NUL behind", other, |name| format!("{name}\0")),
        name("5/trailing-blank", "A user's name with a blank behind", other, |name| {
            format!("{name} ")
        }),
        name("16/local-part", "A user's name without its domain", other, |name| {
            name.split('@').next().unwrap_or_default().to_owned()
        }),
        name("16/plus", "A user's name with a tag before the at sign", other, |name| {
            name.replace('@', "+tag@")
        }),
        name("16/full-width", "A user's name with a full-width at sign", other, |name| {
            name.replace('@', "\u{ff20}")
        }),
        name("16/zero-width", "A user's name behind a zero-width space", other, |name| {
            format!("\u{200b}{name}")
        }),
        case(
            &embed(),
            "16/barred",
            "A user who may not sign in",
            &["TCA-16-sub-unknown"],
            Change::Roles(&[("user", "user.barred")]),
            Expect::refuse(&["16", "5"]),
        ),
    ]
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What stands behind the at sign in upper case.
fn domain_in_capitals(name: &str) -> String {
    match name.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_uppercase()),
        None => name.to_owned(),
    }
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn jti() -> Vec<Case> {
    let missing = |scene: Scene, slug: &str, title: &str, changes| {
        changed(
            &scene,
            &format!("10094/{slug}"),
            title,
            &["TCA-10094-jti"],
            changes,
            Expect::refuse(NO_JTI),
        )
    };
    let absent = || vec![Change::without_claim("jti")];
    let accepted = |slug: &str, title: &str, alter| {
        let cites = &["TCA-10094-jti", "RFC7519-4.1.7"];
        case(
            &embed(),
            &format!("10094/{slug}"),
            title,
            cites,
            Change::Claim("jti", Edit::OwnWith(alter)),
            Expect::ACCEPT,
        )
    };
    let moved = vec![Change::without_claim("jti"), Change::header("jti", "\"elsewhere\"")];
    vec![
        missing(embed(), "absent", "No jti", absent()),
        missing(rest(), "absent-rest", "No jti, on REST", absent()),
        missing(listed(), "absent-listed", "No jti, from a listed page", absent()),
        missing(second_user(), "absent-second-user", "No jti in another user's token", absent()),
        missing(
            embed(),
            "other-spelling",
            "JTI in place of jti",
            vec![Change::Claim("jti", Edit::Spelled("JTI"))],
        ),
        missing(
            embed(),
            "look-alike",
            "A Cyrillic letter in jti",
            vec![Change::Claim("jti", Edit::Spelled("jt\u{456}"))],
        ),
        missing(
            embed(),
            "full-width",
            "jti in full-width letters",
            vec![Change::Claim("jti", Edit::Spelled("\u{ff4a}\u{ff54}\u{ff49}"))],
        ),
        missing(embed(), "in-header-alone", "jti in the header alone", moved),
        accepted("uuid-accepted", "jti in the form of a UUID", |own| {
            format!(
                "{}-{}-{}-{}-{}",
                &own[..8],
                &own[8..12],
                &own[12..16],
                &own[16..20],
                &own[20..]
            )
        }),
        accepted("long-accepted", "jti of some two hundred characters", |own| own.repeat(6)),
        accepted("delimiters-accepted", "jti with delimiters inside", |own| {
            format!("{own}:a|b/c,d")
        }),
        accepted(
            "store-bytes-accepted",
            "jti with line ends and a store's command inside",
            |own| format!("{own}\r\n*1\r\n$8\r\nFLUSHALL\r\n"),
        )
        .hardening("The document sets no form for an id, and a store may refuse one with line ends inside."),
    ]
}

fn jti_forms() -> Vec<Case> {
    let odd = |slug: &str, title: &str, cites: &[&'static str], json, expect| {
        case(&embed(), &format!("10094/{slug}"), title, cites, Change::claim("jti", json), expect)
    };
    let refused = || Expect::refuse(&["10094", "10084"]);
    let typed = |slug: &str, title: &str, json| {
        odd(slug, title, &["TCA-10094-jti", "RFC7519-4.1.7"], json, refused()).hardening("The document asks for an id and RFC 7519 section 4.1.7 for a string, and one of another type that is good for one use lets nobody in twice.")
    };
    let empty = vec![
        ("refused", Answer::refuse(&["10094", "10084"])),
        ("accepted-once", Answer::ACCEPT),
        // An earlier run has used it.
        ("accepted-once", Answer::refuse(&["10091"])),
    ];
    let empty = Expect::open("TCA-R-empty-jti", empty);
    vec![
        odd("empty", "jti is an empty string", &["TCA-10094-jti"], "\"\"", empty),
        odd("null", "jti is null", &["TCA-10094-jti"], "null", refused()),
        typed("true", "jti is true", "true"),
        typed("fraction", "jti is a fraction", "1.5"),
        typed("list", "jti is a list", "[]"),
        typed("object", "jti is an object", "{}"),
        typed("number", "jti is a number", "7"),
    ]
}
