//! The management methods: secrets, allowlists, apps on and off, embedding settings.
//!
//! Each script leaves the app and the site as it found them, and ends with what shows that; apps created by the way
//! remain. What follows a change is presented until it shows, within the target's `settle`.

use super::scenes::{LISTED, embed, listed, managed_app, managed_site, second_secret};
use super::{good, present, script, sign_in};
use crate::case::{Act, Case, Manage, Turn};
use crate::change::{Change, RequestEdit};
use crate::expect::Expect;

mod settling;

const APP: &str = "app.managed";
const SITE: &str = "site.managed";
const NOT_LISTED: &str = "https://elsewhere.example";

pub(super) fn cases() -> Vec<Case> {
    [
        secrets(),
        deleted_secrets(),
        invalid_lists(),
        good_lists(),
        settling::cases(),
        embedding(),
        other_site(),
        unknown_ids(),
    ]
    .concat()
}

const fn manage(act: Manage, expect: Expect) -> Turn {
    Turn::new(Act::Manage(act), expect)
}

const fn create(app: &'static str, expect: Expect) -> Turn {
    manage(Manage::CreateSecret { app }, expect)
}

const fn delete(expect: Expect) -> Turn {
    manage(Manage::DeleteSecret { app: APP }, expect)
}

fn full() -> Expect {
    Expect::refuse(&["128"])
}

fn managed(id: &str, title: &str, cites: &[&'static str], turns: Vec<Turn>) -> Case {
    script(id, title, &managed_app(), cites, turns)
}

fn secrets() -> Vec<Case> {
    let third: &[&'static str] = &["TCA-128-third", "TCA-128-max"];
    cases! {
        script:
            "128/third", "A third secret for an app that has two":
                &embed(), third, vec![create("app.ok", full())];
            "128/both-still-good", "A third secret refused, then a sign-in with each of the two":
                &second_secret(), third,
                vec![
                    create("app.ok", full()), good("first", &embed()),
                    good("second", &second_secret()),
                ];
        managed:
            "128/third-after-second", "A second secret added, a third refused":
                third, vec![create(APP, Expect::Done), create(APP, full()), delete(Expect::Done)];
            "128/third-twice", "A third secret refused twice in a row":
                third,
                vec![
                    create(APP, Expect::Done), create(APP, full()), create(APP, full()),
                    delete(Expect::Done),
                ];
    }
}

fn deleted_secrets() -> Vec<Case> {
    let restored: &[&'static str] = &["TCA-128-delete", "TCA-128-third"];
    cases! { managed:
        "128/after-delete-accepted", "A secret refused, one deleted, and a new one created":
            restored,
            vec![
                create(APP, Expect::Done), create(APP, full()), delete(Expect::Done),
                create(APP, Expect::ACCEPT), delete(Expect::Done),
            ];
        "128/third-after-delete", "A third secret refused again after one was deleted and replaced":
            restored,
            vec![
                create(APP, Expect::Done), delete(Expect::Done), create(APP, Expect::ACCEPT),
                create(APP, full()), delete(Expect::Done),
            ];
        "128/second-accepted", "A second secret for an app that has one":
            &["TCA-128-max"], vec![create(APP, Expect::ACCEPT), delete(Expect::Done)];
    }
}

fn list(id: &str, title: &str, cite: &'static str, list: &'static str, expect: Expect) -> Case {
    let made = manage(Manage::CreateApp { domain_safelist: list }, expect);
    script(id, title, &embed(), &[cite], vec![made])
}

/// Characters no host source can hold.
fn invalid_lists() -> Vec<Case> {
    let refused = |id: &str, title: &str, domains| {
        list(id, title, "TCA-133-char", domains, Expect::refuse(&["133"]))
    };
    let one_of = |id: &str, title: &str, domains| {
        list(id, title, "TCA-133-one", domains, Expect::refuse(&["133"]))
    };
    cases! {
        refused:
            "133/less-than", "An allowlist with a less-than sign": "https://portal<.example";
            "133/greater-than", "An allowlist with a greater-than sign": "https://portal>.example";
            "133/quote", "An allowlist with a double quote": "https://portal\".example";
            "133/backtick", "An allowlist with a backtick": "https://portal`.example";
            "133/backslash", "An allowlist with a backslash": "https:\\\\portal.example";
            "133/brace", "An allowlist with a brace": "https://{portal}.example";
            "133/bar", "An allowlist with a bar": "https://portal.example|https://other.example";
            "133/caret", "An allowlist with a caret": "https://portal^.example";
            "133/control", "An allowlist with a control character": "https://portal\u{1}.example";
            "133/delete", "An allowlist with the delete character": "https://portal\u{7f}.example";
            "133/markup", "An allowlist with markup": "<script>";
        one_of:
            "133/first-of-many", "One bad character in the first of four entries":
                "https://a<.example https://b.example https://c.example https://d.example";
            "133/last-of-many", "One bad character in the last of four entries":
                "https://a.example https://b.example https://c.example https://d\".example";
    }
}

fn good_lists() -> Vec<Case> {
    let accepted =
        |id: &str, title: &str, domains| list(id, title, "TCA-133-char", domains, Expect::ACCEPT);
    cases! { accepted:
        "133/one-accepted", "An allowlist of one origin": LISTED;
        "133/many-accepted", "An allowlist of four origins":
            "https://a.example https://b.example https://c.example https://d.example";
        "133/port-accepted", "An allowlist with a port": "https://portal.example:8443";
        "133/hyphen-accepted", "An allowlist with hyphens and digits":
            "https://my-portal-2.example";
    }
}

const fn set(unrestricted: bool, allow_list: &'static str) -> Turn {
    manage(Manage::Embedding { site: SITE, unrestricted, allow_list }, Expect::Done)
}

/// As the site starts.
const fn restored() -> Turn {
    set(false, LISTED)
}

/// The same, and the site as it starts, which shows.
fn then_restored(turns: Vec<Turn>) -> Vec<Turn> {
    let shown =
        [from("third", Some(NOT_LISTED), unlisted()), listed_page("fourth", Expect::ACCEPT)];
    turns.into_iter().chain([restored()]).chain(shown).collect()
}

fn from(token: &'static str, origin: Option<&'static str>, expect: Expect) -> Turn {
    let change = Change::Request(RequestEdit::Header("origin", origin));
    present(token, &managed_site(), change, expect)
}

fn listed_page(token: &'static str, expect: Expect) -> Turn {
    sign_in(token, &managed_site(), expect)
}

fn unlisted() -> Expect {
    Expect::refuse(&["10092"])
}

fn embedding() -> Vec<Case> {
    let case = |id: &str, title: &str, cite: &'static str, turns| {
        script(id, title, &managed_site(), &["TCA-10092-method", cite], turns)
    };
    cases! { case:
        "10092/made-unrestricted-accepted", "A site made unrestricted takes any page, and none":
            "TCA-10092-unrestricted",
            then_restored(vec![
                set(true, ""), from("first", Some(NOT_LISTED), Expect::ACCEPT),
                from("second", None, Expect::ACCEPT),
            ]);
        "10092/replaced-list", "A page that another domain displaced from the list":
            "TCA-10092-unlisted",
            vec![
                set(false, "https://other.example"), listed_page("first", unlisted()), restored(),
                listed_page("second", Expect::ACCEPT),
            ];
        "10092/restricted-again", "A site made unrestricted and restricted again":
            "TCA-10092-unlisted",
            vec![
                set(true, ""), from("first", Some(NOT_LISTED), Expect::ACCEPT), restored(),
                listed_page("second", Expect::ACCEPT), from("third", Some(NOT_LISTED), unlisted()),
            ];
        "10092/entry-added-accepted", "A page added to the list beside another":
            "TCA-10092-listed",
            then_restored(vec![
                set(false, "https://portal.example https://elsewhere.example"),
                from("first", Some(NOT_LISTED), Expect::ACCEPT),
                listed_page("second", Expect::ACCEPT),
            ]);
    }
}

fn other_site() -> Vec<Case> {
    let elsewhere = Change::request_header("origin", NOT_LISTED);
    cases! { script:
        "10092/other-site-unchanged", "One site made unrestricted leaves another's list in force":
            &listed(), &["TCA-10092-method", "TCA-10092-unlisted"],
            vec![
                set(true, ""), from("shown", Some(NOT_LISTED), Expect::ACCEPT),
                present("first", &listed(), elsewhere, unlisted()), restored(),
                from("second", Some(NOT_LISTED), unlisted()),
            ];
    }
}

/// The methods answer an ID nobody has with some refusal; its code is not judged.
fn unknown_ids() -> Vec<Case> {
    let refused = |id: &str, title: &str, cite: &'static str, act| {
        let turns = vec![manage(act, Expect::REFUSE)];
        script(id, title, &embed(), &[cite], turns)
    };
    let app = "app.unknown";
    cases! { refused:
        "undocumented/secret-for-no-app", "A secret for an app nobody has":
            "TCA-126-missing", Manage::CreateSecret { app };
        "undocumented/switch-for-no-app", "An app nobody has switched on":
            "TCA-126-missing", Manage::EnableApp { app, enabled: true };
    }
}
