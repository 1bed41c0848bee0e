//! Single use of a `jti`, and the store that remembers it.

use super::scenes::{
    another_app, embed, iframe, listed, on_demand_scene, rest, second_secret, second_user, server,
    xhr,
};
use super::{again, on_demand, present, script};
use crate::case::{Act, Case, Manage, Turn};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const REUSED: &[&str] = &["10091"];

pub(super) fn cases() -> Vec<Case> {
    [
        used_twice(),
        at_once(),
        later(),
        fresh(),
        identity(),
        unspent(),
        unspent_by_67(),
        spent_when(),
        store(),
    ]
    .concat()
}

fn reused() -> Expect {
    Expect::refuse(REUSED)
}

fn first(scene: &Scene) -> Turn {
    present("first", scene, vec![], Expect::ACCEPT)
}

fn same_jti(token: &'static str) -> Vec<Change> {
    vec![Change::Claim("jti", Edit::SameJti(token))]
}

const fn after(seconds: i64) -> Turn {
    Turn::new(Act::Advance(seconds), Expect::Done)
}

fn used_twice() -> Vec<Case> {
    let replay: &[&'static str] = &["TCA-10091-replay"];
    let same: &[&'static str] = &["TCA-10091-same-jti", "RFC7519-4.1.7"];
    let twice = |scene: Scene, slug: &str, title: &str| {
        script(
            &scene,
            &format!("10091/{slug}"),
            title,
            replay,
            vec![first(&scene), again("first", reused())],
        )
    };
    let second = |scene: Scene, slug: &str, title: &str| {
        let turns = vec![first(&embed()), present("second", &scene, same_jti("first"), reused())];
        script(&scene, &format!("10091/{slug}"), title, same, turns)
    };
    let malleated = |slug: &str, title: &'static str, alter| {
        let change = Some(Change::Text(title, alter));
        let turn = Turn::new(Act::Again { token: "first", change }, Expect::REFUSE);
        let id = format!("undocumented/replay-{slug}");
        script(&embed(), &id, title, &["TCA-10091-replay", "CPX-once"], vec![first(&embed()), turn])
    };
    vec![
        twice(embed(), "same-token", "One token twice"),
        twice(rest(), "same-token-rest", "One token twice on REST"),
        twice(listed(), "same-token-listed", "One token twice from a listed page"),
        twice(on_demand_scene(), "same-token-on-demand", "One token twice with on-demand access"),
        script(
            &embed(),
            "10091/three-times",
            "One token three times",
            replay,
            vec![first(&embed()), again("first", reused()), again("first", reused())],
        ),
        second(embed(), "same-jti", "Another token with a spent jti"),
        second(second_user(), "same-jti-other-user", "Another user's token with a spent jti"),
        second(
            second_secret(),
            "same-jti-other-secret",
            "A spent jti under the app's other secret",
        ),
        malleated("padding", "A used token with padding behind", |t| format!("{t}=")),
        malleated("blank", "A used token with a blank behind", |t| format!("{t} ")),
        malleated("line-end", "A used token with a line end inside", |t| {
            let (start, end) = t.split_at(t.len() / 2);
            format!("{start}\n{end}")
        }),
    ]
}

/// Requests that meet, on each surface: as many as one page could send, often enough to hit a gap of microseconds.
fn at_once() -> Vec<Case> {
    let meeting = |scene: &Scene, expect| {
        Turn::new(
            Act::AtOnce {
                token: "first",
                scene: scene.clone(),
                changes: vec![],
                times: 12,
                rounds: 4,
            },
            expect,
        )
    };
    let once: &[&'static str] = &["CPX-once", "TCA-10091-replay"];
    let at_most_one = |scene: Scene, slug: &str, title: &str| {
        let turns = vec![meeting(&scene, Expect::AtMostOne), again("first", Expect::REFUSE)];
        script(&scene, &format!("10091/{slug}"), title, once, turns)
    };
    vec![
        at_most_one(
            embed(),
            "at-once",
            "One token a dozen times at the same moment, then once more",
        ),
        at_most_one(
            rest(),
            "at-once-rest",
            "One token a dozen times at the same moment on REST, then once more",
        ),
        at_most_one(
            xhr(),
            "at-once-xhr",
            "One token a dozen times at the same moment on the embedding request",
        ),
        at_most_one(
            iframe(),
            "at-once-iframe",
            "One token a dozen times at the same moment on the iframe path",
        ),
        // 10100 is documented, and a store that cannot tell who came first may answer it to all.
        script(
            &embed(),
            "10091/at-once-one-accepted",
            "One of a dozen uses at the same moment is accepted",
            &["CPX-one-wins"],
            vec![meeting(&embed(), Expect::AtLeastOne)],
        ),
    ]
}

/// As long as the token is valid it stays spent.
fn later() -> Vec<Case> {
    let cites: &[&'static str] = &["TCA-10091-replay", "CPX-once"];
    let nine_minutes = vec![Change::Claim("exp", Edit::FromNow(540))];
    vec![
        script(
            &embed(),
            "10091/200-s-later",
            "A used token again after 200 s, while still valid",
            cites,
            vec![first(&embed()), after(200), again("first", reused())],
        ),
        script(
            &embed(),
            "10091/520-s-later",
            "A used token of nine minutes again in its last seconds",
            cites,
            vec![
                present("first", &embed(), nine_minutes, Expect::ACCEPT),
                after(520),
                again("first", reused()),
            ],
        ),
        script(
            &embed(),
            "undocumented/replay-after-expiry",
            "A used token again after it has run out",
            &["TCA-10091-replay", "TCA-exp-past"],
            vec![first(&embed()), after(400), again("first", Expect::REFUSE)],
        ),
    ]
}

fn fresh() -> Vec<Case> {
    let cites: &[&'static str] = &["TCA-10091-fresh"];
    let second = |scene: &Scene| present("second", scene, vec![], Expect::ACCEPT);
    vec![
        script(
            &embed(),
            "10091/fresh-accepted",
            "Two tokens with ids of their own",
            cites,
            vec![first(&embed()), second(&embed())],
        ),
        script(
            &embed(),
            "10091/fresh-after-replay-accepted",
            "A new token after a replay was refused",
            cites,
            vec![first(&embed()), again("first", reused()), second(&embed())],
        ),
        script(
            &rest(),
            "10091/fresh-rest-accepted",
            "Two tokens with ids of their own on REST",
            cites,
            vec![first(&rest()), second(&rest())],
        ),
        script(
            &another_app(),
            "10091/another-app-accepted",
            "One id under two apps",
            &["RFC7519-4.1.7"],
            vec![
                first(&embed()),
                present("second", &another_app(), same_jti("first"), Expect::ACCEPT),
            ],
        )
        .hardening("RFC 7519 section 4.1.7 wants ids that are unique by themselves, and the document does not say how far one reaches."),
    ]
}

/// Ids that differ in anything are two.
fn identity() -> Vec<Case> {
    let scripted = |slug: &str, title: &str, first: Vec<Change>, other: fn(&str) -> String| {
        let second = vec![Change::Claim("jti", Edit::FirstWith("first", other))];
        let turns = vec![
            present("first", &embed(), first, Expect::ACCEPT),
            present("second", &embed(), second, Expect::ACCEPT),
        ];
        script(
            &embed(),
            &format!("10091/{slug}-accepted"),
            title,
            &["TCA-10091-fresh", "RFC7519-4.1.7"],
            turns,
        )
    };
    let own = |slug: &str, title: &str, other| scripted(slug, title, vec![], other);
    let both = |slug: &str, title: &str, first, other| {
        scripted(slug, title, vec![Change::Claim("jti", Edit::OwnWith(first))], other)
    };
    vec![
        both(
            "case-differs",
            "Two ids that differ in case",
            |own| format!("{own}-a"),
            |first| first.replace("-a", "-A"),
        ),
        own("trailing-blank", "Two ids that differ in a blank behind", |first| format!("{first} ")),
        own("trailing-nul", "Two ids that differ in a NUL behind", |first| format!("{first}\0")),
        both(
            "composed",
            "Two ids that differ in how a letter is composed",
            |own| format!("{own}\u{e9}"),
            |first| first.replace('\u{e9}', "e\u{301}"),
        ),
        own("prefix", "Two ids of which one starts the other", |first| first[..31].to_owned()),
        both(
            "delimiter",
            "Two ids that differ in a delimiter",
            |own| format!("{own}:a"),
            |first| first.replace(":a", "|a"),
        ),
    ]
}

/// A token nobody vouches for spends nothing.
fn unspent() -> Vec<Case> {
    let then_good = |scene: Scene, slug: &str, title: &str, changes, refusal| {
        let turns = vec![
            present("bad", &scene, changes, refusal),
            present("good", &scene, same_jti("bad"), Expect::ACCEPT),
        ];
        script(
            &scene,
            &format!("10091/unspent-by-{slug}-accepted"),
            title,
            &["TCA-10091-fresh", "CPX-unspent"],
            turns,
        )
    };
    let foreign = || vec![Change::Sign(Signature::By("secret.unknown", Alg::Hs256))];
    let renamed = vec![Change::Alg("\"RS256\"", Signature::Own(Alg::Hs256))];
    let unsigned = vec![Change::Alg("\"none\"", Signature::Empty)];
    vec![
        then_good(
            embed(),
            "forged",
            "A forged token, then the genuine one with its jti",
            foreign(),
            Expect::REFUSE,
        ),
        then_good(
            rest(),
            "forged-rest",
            "A forged token, then the genuine one with its jti, on REST",
            foreign(),
            Expect::REFUSE,
        ),
        then_good(
            embed(),
            "algorithm",
            "A token of another algorithm, then one with its jti",
            renamed,
            Expect::REFUSE,
        ),
        then_good(
            embed(),
            "unsigned",
            "An unsigned token, then a signed one with its jti",
            unsigned,
            Expect::refuse(&["10098"]),
        ),
    ]
}

/// The library sends the same token again after a 67, so that refusal spends nothing.
fn unspent_by_67() -> Vec<Case> {
    let not_here = || Expect::refuse(&["67"]);
    let bad = || present("bad", &server(), vec![on_demand("\"true\"")], not_here());
    let cites = &["TCA-67-oda", "CPX-unspent"];
    vec![
        script(
            &server(),
            "10091/unspent-by-67-accepted",
            "On-demand access refused with 67, then a token without it and with the same jti",
            cites,
            vec![bad(), present("good", &server(), same_jti("bad"), Expect::ACCEPT)],
        ),
        script(
            &server(),
            "67/again",
            "A token refused with 67 presented again",
            cites,
            vec![bad(), again("bad", not_here())],
        ),
    ]
}

/// A rightly signed token refused for another reason: which reading spends its jti is open.
fn spent_when() -> Vec<Case> {
    let family = "TCA-R-jti-spent-when";
    // The third reading: once nothing is wrong with the token itself.
    let open = |slug: &str, title: &str, change, refusal, on_good_token| {
        let answers = vec![
            ("on-success", Answer::ACCEPT),
            ("on-presentation", Answer::refuse(REUSED)),
            ("on-good-token", on_good_token),
        ];
        let turns = vec![
            present("bad", &embed(), vec![change], refusal),
            present("good", &embed(), same_jti("bad"), Expect::open(family, answers)),
        ];
        script(
            &embed(),
            &format!("10091/after-{slug}"),
            title,
            &["TCA-10091-same-jti", "TCA-10091-fresh"],
            turns,
        )
    };
    vec![
        open(
            "wrong-aud",
            "A token refused for its aud, then a good one with its jti",
            Change::claim("aud", "\"Tableau\""),
            Expect::refuse(&["10084"]),
            Answer::ACCEPT,
        ),
        open(
            "unknown-user",
            "A token refused for its user, then a good one with its jti",
            Change::Roles(&[("user", "user.unknown")]),
            Expect::refuse(&["5", "16"]),
            Answer::refuse(REUSED),
        ),
        open(
            "long-expiry",
            "A token refused for its expiry, then a good one with its jti",
            Change::Claim("exp", Edit::BeyondLimit(3000)),
            Expect::refuse(&["10096", "16"]),
            Answer::ACCEPT,
        ),
        open(
            "expired",
            "A token long expired, then a fresh one with its jti",
            Change::Claim("exp", Edit::FromNow(-3600)),
            Expect::REFUSE,
            Answer::ACCEPT,
        ),
    ]
}

/// The store does not answer: 10100, and once it is mended a new token signs in.
fn store() -> Vec<Case> {
    let is = |up| Turn::new(Act::Manage(Manage::Store { up }), Expect::Done);
    let failed = || Expect::refuse(&["10100"]);
    let down = |scene: Scene, slug: &str, title: &str| {
        let turns = vec![
            is(false),
            present("first", &scene, vec![], failed()),
            is(true),
            present("second", &scene, vec![], Expect::ACCEPT),
        ];
        let cites = &["TCA-10100-fault", "TCA-10100-retry", "CPX-store"];
        script(&scene, &format!("10100/{slug}"), title, cites, turns)
    };
    vec![
        down(embed(), "store-down", "A good token while the store does not answer, then a new one"),
        down(
            rest(),
            "store-down-rest",
            "A REST sign-in while the store does not answer, then a new one",
        ),
        down(
            another_app(),
            "store-down-another-app",
            "Another app while the store does not answer, then a new token",
        ),
        script(
            &embed(),
            "10100/used-before",
            "A used token while the store does not answer, then a new one",
            &["TCA-10100-fault", "TCA-10100-retry", "CPX-store"],
            vec![
                first(&embed()),
                is(false),
                again("first", Expect::refuse(&["10100", "10091"])),
                is(true),
                present("second", &embed(), vec![], Expect::ACCEPT),
            ],
        ),
    ]
}
