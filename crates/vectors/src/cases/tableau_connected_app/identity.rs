//! Who vouches: `kid`, `iss`, the app and its secret.

use super::scenes::{another_app, embed, listed, rest, second_secret, second_user, xhr};
use super::{DISABLED, NO_APP, NO_SECRET, case};
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

fn missing() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, cite: &'static str, change| {
        case(id, title, &scene, &[cite], change, Expect::refuse(BAD_HEADER))
    };
    let (kid, iss) = ("TCA-10083-kid", "TCA-10083-iss");
    let neither = Change::Rewrite(Part::Header, "alg and typ alone", |_| {
        br#"{"alg":"HS256","typ":"JWT"}"#.to_vec()
    });
    let empty = |id: &str, title: &str, member, cite, family, lookup| {
        let answers =
            vec![("10083", Answer::refuse(BAD_HEADER)), ("lookup", Answer::refuse(lookup))];
        let (change, expect) = (Change::header(member, "\"\""), Expect::open(family, answers));
        case(id, title, &embed(), &[cite], change, expect)
    };
    cases! {
        refused:
            "10083/kid-absent", "No kid": embed(), kid, Change::without_header("kid");
            "10083/kid-absent-rest", "No kid on a REST sign-in":
                rest(), kid, Change::without_header("kid");
            "10083/kid-other-spelling", "KID in place of kid":
                embed(), kid, Change::Header("kid", Edit::Spelled("KID"));
            "10083/kid-look-alike", "A Cyrillic letter in kid":
                embed(), kid, Change::Header("kid", Edit::Spelled("k\u{456}d"));
            "10083/iss-absent", "No iss in either part":
                embed(), iss, Change::without_header("iss");
            "10083/iss-absent-listed", "No iss, from a listed page":
                listed(), iss, Change::without_header("iss");
            "10083/iss-other-spelling", "Iss in place of iss":
                embed(), iss, Change::Header("iss", Edit::Spelled("Iss"));
            "10083/iss-look-alike", "A Cyrillic letter in iss":
                embed(), iss, Change::Header("iss", Edit::Spelled("\u{456}ss"));
            "10083/both-absent", "Neither kid nor iss": embed(), "TCA-10083-both", neither;
        empty:
            "10083/kid-empty", "An empty kid": "kid", kid, "TCA-R-empty-kid", NO_SECRET;
            "10083/iss-empty", "An empty iss": "iss", iss, "TCA-R-empty-iss", NO_APP;
        case:
            "10083/client-id-name", "A header member named clientId in place of iss":
                &embed(), &[iss], Change::Header("iss", Edit::Spelled("clientId")),
                Expect::open(
                    "TCA-R-client-id-name",
                    vec![("iss", Answer::refuse(BAD_HEADER)), ("clientId", Answer::ACCEPT)],
                );
    }
}

/// The same members in the other part.
fn places() -> Vec<Case> {
    let iss = |role| Change::Claim("iss", Edit::Role(role));
    let observed = || {
        let answers = vec![("document", Answer::refuse(BAD_HEADER)), ("observed", Answer::ACCEPT)];
        Expect::open("TCA-R-iss-place", answers)
    };
    let moved = |id: &str, title: &str, scene: &Scene, role| {
        let changes = vec![Change::without_header("iss"), iss(role)];
        case(id, title, scene, &["TCA-10083-iss"], changes, observed())
    };
    let differs = |id: &str, title: &str, role| {
        let cites = &["TCA-126-ref", "RFC8725-3.8"];
        case(id, title, &embed(), cites, iss(role), Expect::REFUSE)
    };
    cases! {
        moved:
            "10083/iss-in-payload-alone", "iss in the payload alone": &embed(), "app.ok";
            "10083/iss-of-another-in-payload-alone", "Another app's iss in the payload alone":
                &another_app(), "app.another";
        case:
            "10083/kid-in-payload-alone", "kid in the payload alone":
                &embed(), &["TCA-10083-kid"],
                vec![Change::without_header("kid"), Change::Claim("kid", Edit::Role("secret.ok"))],
                Expect::refuse(BAD_HEADER);
        differs:
            "undocumented/iss-differs", "iss of another app in the payload": "app.another";
            "undocumented/iss-differs-unknown", "iss of no app in the payload": "app.unknown";
    }
}

fn in_both_parts() -> Vec<Case> {
    let accepted = |id: &str, title: &str, cite: &'static str, member, role| {
        let change = Change::Claim(member, Edit::Role(role));
        case(id, title, &embed(), &[cite], change, Expect::ACCEPT)
    };
    cases! { accepted:
        "10083/iss-in-both-accepted", "iss in both parts, the same":
            "TCA-10083-iss", "iss", "app.ok";
        "10083/kid-in-both-accepted", "A claim named kid beside the header's":
            "TCA-10083-kid", "kid", "secret.ok";
    }
}

/// Members that are no strings: refused, no code documented.
fn types() -> Vec<Case> {
    let rows: [(&str, &str, &'static str); 5] = [
        ("null", "is null", "null"),
        ("number", "is a number", "7"),
        ("true", "is true", "true"),
        ("list", "is a list", "[\"a\"]"),
        ("object", "is an object", "{\"a\":\"b\"}"),
    ];
    let each = |(member, cite): (&'static str, &'static str)| {
        rows.map(|(slug, words, json)| {
            let (id, title) =
                (format!("undocumented/{member}-{slug}"), format!("{member} {words}"));
            case(&id, &title, &embed(), &[cite], Change::header(member, json), Expect::REFUSE)
        })
    };
    [("kid", "TCA-10083-kid"), ("iss", "TCA-10083-iss")].into_iter().flat_map(each).collect()
}

fn kid(edit: Edit) -> Change {
    Change::Header("kid", edit)
}

fn no_secret(id: &str, title: &str, scene: Scene, change: Change) -> Case {
    case(id, title, &scene, &["TCA-10085-kid", "TCA-127-id"], change, Expect::refuse(NO_SECRET))
}

fn unknown_secret() -> Vec<Case> {
    let nobody = || Change::Roles(&[("secret", "secret.unknown")]);
    cases! { no_secret:
        "10085/unknown", "A kid nobody has, over the app's own signature":
            embed(), kid(Edit::Role("secret.unknown"));
        "10085/unknown-rest", "A kid nobody has, on REST": rest(), nobody();
        "10085/unknown-listed", "A kid nobody has, from a listed page": listed(), nobody();
        "10085/of-another-app", "A kid of another app, over the app's own signature":
            embed(), kid(Edit::Role("secret.of-another"));
        "10085/client-id", "The client ID in place of kid": embed(), kid(Edit::Role("app.ok"));
        "10085/digit-moved", "A kid with its first character moved":
            second_secret(), kid(Edit::RoleAs("secret.second", moved));
    }
}

fn foreign_secret() -> Vec<Case> {
    let nobody = || Change::Roles(&[("secret", "secret.unknown")]);
    cases! { no_secret:
        "127/unknown", "A kid nobody has, signed with the secret that goes with it":
            embed(), nobody();
        "127/secret-of-another-app", "kid and signature of another app's secret":
            embed(), Change::Roles(&[("secret", "secret.of-another")]);
        "127/secret-of-another-app-xhr", "Another app's secret in the embedding library's request":
            xhr(), Change::Roles(&[("secret", "secret.of-another")]);
        "127/trailing-blank", "A kid with a blank behind":
            embed(), kid(Edit::RoleAs("secret.ok", |id| format!("{id} ")));
        "127/cut", "A kid one character short": embed(), kid(Edit::RoleAs("secret.ok", cut));
        "127/upper-case", "A kid in upper case":
            embed(), kid(Edit::RoleAs("secret.ok", str::to_uppercase))
            => hardening("The document does not say whether letter case counts, and an ID in capitals names nobody else.");
    }
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
        cases.push(case(&id, title, &embed(), cites, kid.clone(), Expect::refuse(NO_SECRET)));
        let forged = vec![kid, Change::Sign(Signature::HmacKeyed(b""))];
        let id = format!("10085/forged-kid-{slug}");
        let title = format!("{title}, signed with an empty key");
        cases.push(case(&id, &title, &embed(), cites, forged, Expect::refuse(NO_SECRET)));
    }
    cases
}

fn unknown_app() -> Vec<Case> {
    let unknown = |id: &str, title: &str, scene: Scene, change| {
        let cites = &["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"];
        case(id, title, &scene, cites, change, Expect::refuse(NO_APP))
    };
    let iss = |edit| Change::Header("iss", edit);
    let nobody = || Change::Roles(&[("app", "app.unknown")]);
    let elsewhere =
        || Change::Roles(&[("app", "app.elsewhere"), ("secret", "secret.of-elsewhere")]);
    let surfaces = &["TCA-CTX-surfaces", "TCA-CTX-inspectable"];
    cases! {
        unknown:
            "10089/unknown", "A client ID no app has": embed(), nobody();
            "10089/unknown-rest", "A client ID no app has, on REST":
                rest(), nobody() => citing(surfaces);
            "10089/elsewhere", "An app that exists on another site alone": embed(), elsewhere();
            "10089/secret-id", "The secret ID in place of iss":
                embed(), iss(Edit::Role("secret.ok"));
            "10089/trailing-blank", "An iss with a blank behind":
                embed(), iss(Edit::RoleAs("app.ok", |id| format!("{id} ")));
            "10089/sql", "A query in iss": embed(), Change::header("iss", "\"x' OR '1'='1\"");
            "10089/url", "A URL in iss, as other kinds of trust use":
                embed(), Change::header("iss", "\"https://issuer.example\"");
            "126/unknown", "Another user's token under a client ID no app has":
                second_user(), nobody();
            "126/unknown-xhr", "A client ID no app has, in the library's request":
                xhr(), nobody() => citing(surfaces);
            "126/elsewhere-rest", "An app of another site, on REST": rest(), elsewhere();
            "126/cut", "An iss one character short": embed(), iss(Edit::RoleAs("app.ok", cut));
            "126/nul", "A NUL behind iss":
                embed(), iss(Edit::RoleAs("app.ok", |id| format!("{id}\0")));
            "126/upper-case", "An iss in upper case":
                embed(), iss(Edit::RoleAs("app.ok", str::to_uppercase))
                => hardening("The document does not say whether letter case counts, and an ID in capitals names nobody else.");
        case:
            "10085/another-app-own-secret", "Another app's iss over this app's secret":
                &embed(), &["TCA-10085-kid", "TCA-127-id", "RFC8725-3.8"],
                iss(Edit::Role("app.another")), Expect::refuse(NO_SECRET);
    }
}

fn disabled() -> Vec<Case> {
    let off = |id: &str, title: &str, scene: Scene| {
        let change = Change::Roles(&[("app", "app.disabled"), ("secret", "secret.of-disabled")]);
        let cites = &["TCA-10090-disabled", "TCA-126-enabled"];
        case(id, title, &scene, cites, change, Expect::refuse(DISABLED))
    };
    cases! { off:
        "10090/disabled", "An app that is switched off": embed();
        "10090/disabled-rest", "An app that is switched off, on REST": rest();
        "10090/disabled-listed", "An app that is switched off, from a listed page": listed();
        "126/disabled-second-user", "Another user's token of an app that is switched off":
            second_user();
        "126/disabled-xhr", "An app that is switched off, in the library's request": xhr();
    }
}
