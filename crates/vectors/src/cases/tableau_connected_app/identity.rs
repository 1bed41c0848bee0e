//! Who vouches: `kid`, `iss`, the app and its secret.

use super::scenes::{another_app, embed, listed, rest, second_secret, second_user, xhr};
use super::{DISABLED, NO_APP, NO_SECRET, case, changed};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::Signature;

const BAD_HEADER: &[&str] = &["10083"];

pub(super) fn cases() -> Vec<Case> {
    [
        missing(),
        places(),
        in_both_parts(),
        types(),
        unknown_secret(),
        foreign_secret(),
        hostile_kid(),
        unknown_app(),
        disabled(),
    ]
    .concat()
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn missing() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, cite: &'static str, change| {
        case(&scene, &format!("10083/{slug}"), title, &[cite], change, Expect::refuse(BAD_HEADER))
    };
    let (kid, iss) = ("TCA-10083-kid", "TCA-10083-iss");
    let neither = Change::Rewrite(Part::Header, "alg and typ alone", |_| {
        br#"{"alg":"HS256","typ":"JWT"}"#.to_vec()
    });
    let empty = |member, family, cite, lookup| {
        let answers =
            vec![("10083", Answer::refuse(BAD_HEADER)), ("lookup", Answer::refuse(lookup))];
        let (id, title) = (format!("10083/{member}-empty"), format!("An empty {member}"));
        case(
            &embed(),
            &id,
            &title,
            &[cite],
            Change::header(member, "\"\""),
            Expect::open(family, answers),
        )
    };
    vec![
        refused(embed(), "kid-absent", "No kid", kid, Change::without_header("kid")),
        refused(
            rest(),
            "kid-absent-rest",
            "No kid on a REST sign-in",
            kid,
            Change::without_header("kid"),
        ),
        refused(
            embed(),
            "kid-other-spelling",
            "KID in place of kid",
            kid,
            Change::Header("kid", Edit::Spelled("KID")),
        ),
        refused(
            embed(),
            "kid-look-alike",
            "A Cyrillic letter in kid",
            kid,
            Change::Header("kid", Edit::Spelled("k\u{456}d")),
        ),
        refused(embed(), "iss-absent", "No iss in either part", iss, Change::without_header("iss")),
        refused(
            listed(),
            "iss-absent-listed",
            "No iss, from a listed page",
            iss,
            Change::without_header("iss"),
        ),
        refused(
            embed(),
            "iss-other-spelling",
            "Iss in place of iss",
            iss,
            Change::Header("iss", Edit::Spelled("Iss")),
        ),
        refused(
            embed(),
            "iss-look-alike",
            "A Cyrillic letter in iss",
            iss,
            Change::Header("iss", Edit::Spelled("\u{456}ss")),
        ),
        refused(embed(), "both-absent", "Neither kid nor iss", "TCA-10083-both", neither),
        empty("kid", "TCA-R-empty-kid", kid, NO_SECRET),
        empty("iss", "TCA-R-empty-iss", iss, NO_APP),
        case(
            &embed(),
            "10083/client-id-name",
            "A header member named clientId in place of iss",
            &[iss],
            Change::Header("iss", Edit::Spelled("clientId")),
            Expect::open(
                "TCA-R-client-id-name",
                vec![("iss", Answer::refuse(BAD_HEADER)), ("clientId", Answer::ACCEPT)],
            ),
        ),
    ]
}

/// The same members in the other part.
fn places() -> Vec<Case> {
    let iss = |role| Change::Claim("iss", Edit::Role(role));
    let observed = || {
        let answers = vec![("document", Answer::refuse(BAD_HEADER)), ("observed", Answer::ACCEPT)];
        Expect::open("TCA-R-iss-place", answers)
    };
    let moved = |scene: &Scene, slug: &str, title: &str, role| {
        let changes = vec![Change::without_header("iss"), iss(role)];
        changed(scene, &format!("10083/{slug}"), title, &["TCA-10083-iss"], changes, observed())
    };
    let differs = |slug: &str, title: &str, role| {
        let cites = &["TCA-126-ref", "RFC8725-3.8"];
        case(&embed(), &format!("undocumented/{slug}"), title, cites, iss(role), Expect::REFUSE)
    };
    vec![
        moved(&embed(), "iss-in-payload-alone", "iss in the payload alone", "app.ok"),
        moved(
            &another_app(),
            "iss-of-another-in-payload-alone",
            "Another app's iss in the payload alone",
            "app.another",
        ),
        changed(
            &embed(),
            "10083/kid-in-payload-alone",
            "kid in the payload alone",
            &["TCA-10083-kid"],
            vec![Change::without_header("kid"), Change::Claim("kid", Edit::Role("secret.ok"))],
            Expect::refuse(BAD_HEADER),
        ),
        differs("iss-differs", "iss of another app in the payload", "app.another"),
        differs("iss-differs-unknown", "iss of no app in the payload", "app.unknown"),
    ]
}

fn in_both_parts() -> Vec<Case> {
    let accepted = |slug: &str, title: &str, cite: &'static str, member, role| {
        let change = Change::Claim(member, Edit::Role(role));
        case(&embed(), &format!("10083/{slug}"), title, &[cite], change, Expect::ACCEPT)
    };
    vec![
        accepted(
            "iss-in-both-accepted",
            "iss in both parts, the same",
            "TCA-10083-iss",
            "iss",
            "app.ok",
        ),
        accepted(
            "kid-in-both-accepted",
            "A claim named kid beside the header's",
            "TCA-10083-kid",
            "kid",
            "secret.ok",
        ),
    ]
}

/// Members that are no strings: refused, no code documented.
fn types() -> Vec<Case> {
    let rows: &[(&str, &str, &'static str)] = &[
        ("null", "is null", "null"),
        ("number", "is a number", "7"),
        ("true", "is true", "true"),
        ("list", "is a list", "[\"a\"]"),
        ("object", "is an object", "{\"a\":\"b\"}"),
    ];
    let mut cases = Vec::new();
    for (member, cite) in [("kid", "TCA-10083-kid"), ("iss", "TCA-10083-iss")] {
        for (slug, words, json) in rows {
            let id = format!("undocumented/{member}-{slug}");
            let title = format!("{member} {words}");
            cases.push(case(
                &embed(),
                &id,
                &title,
                &[cite],
                Change::header(member, json),
                Expect::REFUSE,
            ));
        }
    }
    cases
}

fn kid(edit: Edit) -> Change {
    Change::Header("kid", edit)
}

fn no_secret(scene: Scene, id: &str, title: &str, change: Change) -> Case {
    case(&scene, id, title, &["TCA-10085-kid", "TCA-127-id"], change, Expect::refuse(NO_SECRET))
}

fn unknown_secret() -> Vec<Case> {
    let nobody = || Change::Roles(&[("secret", "secret.unknown")]);
    vec![
        no_secret(
            embed(),
            "10085/unknown",
            "A kid nobody has, over the app's own signature",
            kid(Edit::Role("secret.unknown")),
        ),
        no_secret(rest(), "10085/unknown-rest", "A kid nobody has, on REST", nobody()),
        no_secret(
            listed(),
            "10085/unknown-listed",
            "A kid nobody has, from a listed page",
            nobody(),
        ),
        no_secret(
            embed(),
            "10085/of-another-app",
            "A kid of another app, over the app's own signature",
            kid(Edit::Role("secret.of-another")),
        ),
        no_secret(
            embed(),
            "10085/client-id",
            "The client ID in place of kid",
            kid(Edit::Role("app.ok")),
        ),
        no_secret(
            second_secret(),
            "10085/digit-moved",
            "A kid with its first character moved",
            kid(Edit::RoleAs("secret.second", moved)),
        ),
    ]
}

fn foreign_secret() -> Vec<Case> {
    let nobody = || Change::Roles(&[("secret", "secret.unknown")]);
    vec![
        no_secret(
            embed(),
            "127/unknown",
            "A kid nobody has, signed with the secret that goes with it",
            nobody(),
        ),
        no_secret(
            embed(),
            "127/secret-of-another-app",
            "kid and signature of another app's secret",
            Change::Roles(&[("secret", "secret.of-another")]),
        ),
        no_secret(
            xhr(),
            "127/secret-of-another-app-xhr",
            "Another app's secret in the embedding library's request",
            Change::Roles(&[("secret", "secret.of-another")]),
        ),
        no_secret(
            embed(),
            "127/trailing-blank",
            "A kid with a blank behind",
            kid(Edit::RoleAs("secret.ok", |id| format!("{id} "))),
        ),
        no_secret(
            embed(),
            "127/cut",
            "A kid one character short",
            kid(Edit::RoleAs("secret.ok", cut)),
        ),
        no_secret(
            embed(),
            "127/upper-case",
            "A kid in upper case",
            kid(Edit::RoleAs("secret.ok", str::to_uppercase)),
        )
        .hardening("The document does not say whether letter case counts, and an ID in capitals names nobody else."),
    ]
}

/// Another first character, so that nobody has the ID.
fn moved(id: &str) -> String {
    let first = if id.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", cut(id))
}

/// Without its first character.
fn cut(id: &str) -> String {
    id.chars().skip(1).collect()
}

/// A kid meant for a query, a path or a shell; data like any other.
fn hostile_kid() -> Vec<Case> {
    let rows: &[(&str, &str, &'static str)] = &[
        ("traversal", "A path to an empty file in kid", "\"../../../../dev/null\""),
        ("sql", "A query in kid", "\"x' UNION SELECT 'secret' -- \""),
        ("shell", "A shell command in kid", "\"x|sleep 10\""),
        ("ldap", "A directory filter in kid", "\"*)(uid=*\""),
        ("line-end", "A line end and a header in kid", r#""x\r\nset-cookie: a=b""#),
        ("nul", "A NUL in kid", r#""x\u0000""#),
    ];
    let cites = &["TCA-10085-kid", "RFC8725-3.10"];
    let mut cases = Vec::new();
    for (slug, title, json) in rows {
        let kid = Change::header("kid", json);
        let id = format!("10085/kid-{slug}");
        cases.push(case(&embed(), &id, title, cites, kid.clone(), Expect::refuse(NO_SECRET)));
        let forged = vec![kid, Change::Sign(Signature::HmacKeyed(b""))];
        let id = format!("10085/forged-kid-{slug}");
        let title = format!("{title}, signed with an empty key");
        cases.push(changed(&embed(), &id, &title, cites, forged, Expect::refuse(NO_SECRET)));
    }
    cases
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn unknown_app() -> Vec<Case> {
    let unknown = |scene: Scene, id: &str, title: &str, change| {
        let cites = &["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"];
        case(&scene, id, title, cites, change, Expect::refuse(NO_APP))
    };
    let iss = |edit| Change::Header("iss", edit);
    let nobody = || Change::Roles(&[("app", "app.unknown")]);
    let elsewhere =
        || Change::Roles(&[("app", "app.elsewhere"), ("secret", "secret.of-elsewhere")]);
    let mut rest_case =
        unknown(rest(), "10089/unknown-rest", "A client ID no app has, on REST", nobody());
    rest_case.requirements.extend(["TCA-CTX-surfaces", "TCA-CTX-inspectable"]);
    let mut xhr_case = unknown(
        xhr(),
        "126/unknown-xhr",
        "A client ID no app has, in the library's request",
        nobody(),
    );
    xhr_case.requirements.extend(["TCA-CTX-surfaces", "TCA-CTX-inspectable"]);
    vec![
        unknown(embed(), "10089/unknown", "A client ID no app has", nobody()),
        rest_case,
        unknown(
            embed(),
            "10089/elsewhere",
            "An app that exists on another site alone",
            elsewhere(),
        ),
        unknown(
            embed(),
            "10089/secret-id",
            "The secret ID in place of iss",
            iss(Edit::Role("secret.ok")),
        ),
        unknown(
            embed(),
            "10089/trailing-blank",
            "An iss with a blank behind",
            iss(Edit::RoleAs("app.ok", |id| format!("{id} "))),
        ),
        unknown(embed(), "10089/sql", "A query in iss", Change::header("iss", "\"x' OR '1'='1\"")),
        unknown(
            embed(),
            "10089/url",
            "A URL in iss, as other kinds of trust use",
            Change::header("iss", "\"https://issuer.example\""),
        ),
        unknown(
            second_user(),
            "126/unknown",
            "Another user's token under a client ID no app has",
            nobody(),
        ),
        xhr_case,
        unknown(rest(), "126/elsewhere-rest", "An app of another site, on REST", elsewhere()),
        unknown(embed(), "126/cut", "An iss one character short", iss(Edit::RoleAs("app.ok", cut))),
        unknown(
            embed(),
            "126/nul",
            "A NUL behind iss",
            iss(Edit::RoleAs("app.ok", |id| format!("{id}\0"))),
        ),
        unknown(
            embed(),
            "126/upper-case",
            "An iss in upper case",
            iss(Edit::RoleAs("app.ok", str::to_uppercase)),
        )
        .hardening("The document does not say whether letter case counts, and an ID in capitals names nobody else."),
        case(
            &embed(),
            "10085/another-app-own-secret",
            "Another app's iss over this app's secret",
            &["TCA-10085-kid", "TCA-127-id", "RFC8725-3.8"],
            iss(Edit::Role("app.another")),
            Expect::refuse(NO_SECRET),
        ),
    ]
}

fn disabled() -> Vec<Case> {
    let off = |scene: Scene, id: &str, title: &str| {
        let change = Change::Roles(&[("app", "app.disabled"), ("secret", "secret.of-disabled")]);
        case(
            &scene,
            id,
            title,
            &["TCA-10090-disabled", "TCA-126-enabled"],
            change,
            Expect::refuse(DISABLED),
        )
    };
    vec![
        off(embed(), "10090/disabled", "An app that is switched off"),
        off(rest(), "10090/disabled-rest", "An app that is switched off, on REST"),
        off(listed(), "10090/disabled-listed", "An app that is switched off, from a listed page"),
        off(
            second_user(),
            "126/disabled-second-user",
            "Another user's token of an app that is switched off",
        ),
        off(xhr(), "126/disabled-xhr", "An app that is switched off, in the library's request"),
    ]
}
