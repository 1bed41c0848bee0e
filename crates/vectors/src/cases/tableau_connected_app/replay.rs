//! Single use of a `jti`, and the store that remembers it.

use super::scenes::{
    another_app, embed, iframe, listed, on_demand_scene, rest, second_secret, second_user, server,
    xhr,
};
use super::{
    REUSED, after, again, altered, foreign, good, on_demand, present, same_jti, script, sign_in,
};
use crate::case::{Act, Case, Manage, Turn};
use crate::cases::table;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

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
    good("first", scene)
}

fn used_twice() -> Vec<Case> {
    let replay: &[&'static str] = &["TCA-10091-replay"];
    let same: &[&'static str] = &["TCA-10091-same-jti", "RFC7519-4.1.7"];
    let twice = |id: &str, title: &str, scene: Scene| {
        script(id, title, &scene, replay, vec![first(&scene), again("first", reused())])
    };
    let second = |id: &str, title: &str, scene: Scene| {
        let turns = vec![first(&embed()), present("second", &scene, same_jti("first"), reused())];
        script(id, title, &scene, same, turns)
    };
    let malleated = |id: &str, title: &'static str, alter| {
        let again = altered("first", Change::Text(title, alter), Expect::REFUSE);
        script(id, title, &embed(), &["TCA-10091-replay", "CPX-once"], vec![first(&embed()), again])
    };
    cases! {
        twice:
            "10091/same-token", "One token twice": embed();
            "10091/same-token-rest", "One token twice on REST": rest();
            "10091/same-token-listed", "One token twice from a listed page": listed();
            "10091/same-token-on-demand", "One token twice with on-demand access":
                on_demand_scene();
        script:
            "10091/three-times", "One token three times":
                &embed(), replay,
                vec![first(&embed()), again("first", reused()), again("first", reused())];
        second:
            "10091/same-jti", "Another token with a spent jti": embed();
            "10091/same-jti-other-user", "Another user's token with a spent jti": second_user();
            "10091/same-jti-other-secret", "A spent jti under the app's other secret":
                second_secret();
        malleated:
            "undocumented/replay-padding", "A used token with padding behind": |t| format!("{t}=");
            "undocumented/replay-blank", "A used token with a blank behind": |t| format!("{t} ");
            "undocumented/replay-line-end", "A used token with a line end inside":
                |t| { let (start, end) = t.split_at(t.len() / 2); format!("{start}\n{end}") };
    }
}

/// Requests that meet, on each surface: as many as one page could send, often enough to hit a gap of microseconds.
fn at_once() -> Vec<Case> {
    let meeting = |scene: &Scene, expect| table::at_once("first", scene, [12, 4], expect);
    let once: &[&'static str] = &["CPX-once", "TCA-10091-replay"];
    let at_most_one = |id: &str, title: &str, scene: Scene| {
        let turns = vec![meeting(&scene, Expect::AtMostOne), again("first", Expect::REFUSE)];
        script(id, title, &scene, once, turns)
    };
    cases! {
        at_most_one:
            "10091/at-once", "One token a dozen times at the same moment, then once more": embed();
            "10091/at-once-rest",
                "One token a dozen times at the same moment on REST, then once more": rest();
            "10091/at-once-xhr",
                "One token a dozen times at the same moment on the embedding request": xhr();
            "10091/at-once-iframe", "One token a dozen times at the same moment on the iframe path":
                iframe();
        script:
            // 10100 is documented, and a store that cannot tell who came first may answer it to all.
            "10091/at-once-one-accepted", "One of a dozen uses at the same moment is accepted":
                &embed(), &["CPX-one-wins"], vec![meeting(&embed(), Expect::AtLeastOne)];
    }
}

/// As long as the token is valid it stays spent.
fn later() -> Vec<Case> {
    let cites: &[&'static str] = &["TCA-10091-replay", "CPX-once"];
    let nine_minutes = Change::Claim("exp", Edit::FromNow(540));
    cases! { script:
        "10091/200-s-later", "A used token again after 200 s, while still valid":
            &embed(), cites, vec![first(&embed()), after(200), again("first", reused())];
        "10091/520-s-later", "A used token of nine minutes again in its last seconds":
            &embed(), cites,
            vec![
                present("first", &embed(), nine_minutes, Expect::ACCEPT), after(520),
                again("first", reused()),
            ];
        "undocumented/replay-after-expiry", "A used token again after it has run out":
            &embed(), &["TCA-10091-replay", "TCA-exp-past"],
            vec![first(&embed()), after(400), again("first", Expect::REFUSE)];
    }
}

fn fresh() -> Vec<Case> {
    let cites: &[&'static str] = &["TCA-10091-fresh"];
    let second = |scene: &Scene| good("second", scene);
    cases! { script:
        "10091/fresh-accepted", "Two tokens with ids of their own":
            &embed(), cites, vec![first(&embed()), second(&embed())];
        "10091/fresh-after-replay-accepted", "A new token after a replay was refused":
            &embed(), cites, vec![first(&embed()), again("first", reused()), second(&embed())];
        "10091/fresh-rest-accepted", "Two tokens with ids of their own on REST":
            &rest(), cites, vec![first(&rest()), second(&rest())];
        "10091/another-app-accepted", "One id under two apps":
            &another_app(), &["RFC7519-4.1.7"],
            vec![
                first(&embed()),
                present("second", &another_app(), same_jti("first"), Expect::ACCEPT),
            ]
            => hardening("RFC 7519 section 4.1.7 wants ids that are unique by themselves, and the document does not say how far one reaches.");
    }
}

/// Ids that differ in anything are two.
fn identity() -> Vec<Case> {
    let scripted = |id: &str, title: &str, first: Vec<Change>, other: fn(&str) -> String| {
        let second = Change::Claim("jti", Edit::FirstWith("first", other));
        let turns = vec![
            present("first", &embed(), first, Expect::ACCEPT),
            present("second", &embed(), second, Expect::ACCEPT),
        ];
        script(id, title, &embed(), &["TCA-10091-fresh", "RFC7519-4.1.7"], turns)
    };
    let own = |id: &str, title: &str, other| scripted(id, title, vec![], other);
    let both = |id: &str, title: &str, first, other| {
        scripted(id, title, vec![Change::Claim("jti", Edit::OwnWith(first))], other)
    };
    cases! {
        both:
            "10091/case-differs-accepted", "Two ids that differ in case":
                |own| format!("{own}-a"), |first| first.replace("-a", "-A");
        own:
            "10091/trailing-blank-accepted", "Two ids that differ in a blank behind":
                |first| format!("{first} ");
            "10091/trailing-nul-accepted", "Two ids that differ in a NUL behind":
                |first| format!("{first}\0");
        both:
            "10091/composed-accepted", "Two ids that differ in how a letter is composed":
                |own| format!("{own}\u{e9}"), |first| first.replace('\u{e9}', "e\u{301}");
        own:
            "10091/prefix-accepted", "Two ids of which one starts the other":
                |first| first[..31].to_owned();
        both:
            "10091/delimiter-accepted", "Two ids that differ in a delimiter":
                |own| format!("{own}:a"), |first| first.replace(":a", "|a");
    }
}

/// A token nobody vouches for spends nothing.
fn unspent() -> Vec<Case> {
    let then_good = |id: &str, title: &str, scene: Scene, change: Change, refusal| {
        let turns = vec![
            present("bad", &scene, change, refusal),
            present("good", &scene, same_jti("bad"), Expect::ACCEPT),
        ];
        script(id, title, &scene, &["TCA-10091-fresh", "CPX-unspent"], turns)
    };
    let renamed = Change::Alg("\"RS256\"", Signature::Own(Alg::Hs256));
    let unsigned = Change::Alg("\"none\"", Signature::Empty);
    cases! { then_good:
        "10091/unspent-by-forged-accepted", "A forged token, then the genuine one with its jti":
            embed(), foreign(), Expect::REFUSE;
        "10091/unspent-by-forged-rest-accepted",
            "A forged token, then the genuine one with its jti, on REST":
            rest(), foreign(), Expect::REFUSE;
        "10091/unspent-by-algorithm-accepted",
            "A token of another algorithm, then one with its jti": embed(), renamed, Expect::REFUSE;
        "10091/unspent-by-unsigned-accepted", "An unsigned token, then a signed one with its jti":
            embed(), unsigned, Expect::refuse(&["10098"]);
    }
}

/// The library sends the same token again after a 67, so that refusal spends nothing.
fn unspent_by_67() -> Vec<Case> {
    let not_here = || Expect::refuse(&["67"]);
    let bad = || present("bad", &server(), on_demand("\"true\""), not_here());
    let cites = &["TCA-67-oda", "CPX-unspent"];
    cases! { script:
        "10091/unspent-by-67-accepted",
            "On-demand access refused with 67, then a token without it and with the same jti":
            &server(), cites,
            vec![bad(), present("good", &server(), same_jti("bad"), Expect::ACCEPT)];
        "67/again", "A token refused with 67 presented again":
            &server(), cites, vec![bad(), again("bad", not_here())];
    }
}

/// A rightly signed token refused for another reason: which reading spends its jti is open.
fn spent_when() -> Vec<Case> {
    let family = "TCA-R-jti-spent-when";
    // The third reading: once nothing is wrong with the token itself.
    let open = |id: &str, title: &str, change: Change, refusal, on_good_token| {
        let answers = vec![
            ("on-success", Answer::ACCEPT),
            ("on-presentation", Answer::refuse(REUSED)),
            ("on-good-token", on_good_token),
        ];
        let turns = vec![
            present("bad", &embed(), change, refusal),
            present("good", &embed(), same_jti("bad"), Expect::open(family, answers)),
        ];
        script(id, title, &embed(), &["TCA-10091-same-jti", "TCA-10091-fresh"], turns)
    };
    cases! { open:
        "10091/after-wrong-aud", "A token refused for its aud, then a good one with its jti":
            Change::claim("aud", "\"Tableau\""), Expect::refuse(&["10084"]), Answer::ACCEPT;
        "10091/after-unknown-user", "A token refused for its user, then a good one with its jti":
            Change::Roles(&[("user", "user.unknown")]), Expect::refuse(&["5", "16"]),
            Answer::refuse(REUSED);
        "10091/after-long-expiry", "A token refused for its expiry, then a good one with its jti":
            Change::Claim("exp", Edit::BeyondLimit(3000)), Expect::refuse(&["10096", "16"]),
            Answer::ACCEPT;
        "10091/after-expired", "A token long expired, then a fresh one with its jti":
            Change::Claim("exp", Edit::FromNow(-3600)), Expect::REFUSE, Answer::ACCEPT;
    }
}

/// The store does not answer: 10100, and once it is mended a new token signs in.
fn store() -> Vec<Case> {
    let is = |up| Turn::new(Act::Manage(Manage::Store { up }), Expect::Done);
    let failed = || Expect::refuse(&["10100"]);
    let down = |id: &str, title: &str, scene: Scene| {
        let refused = sign_in("first", &scene, failed());
        let turns = vec![is(false), refused, is(true), good("second", &scene)];
        let cites = &["TCA-10100-fault", "TCA-10100-retry", "CPX-store"];
        script(id, title, &scene, cites, turns)
    };
    cases! {
        down:
            "10100/store-down", "A good token while the store does not answer, then a new one":
                embed();
            "10100/store-down-rest",
                "A REST sign-in while the store does not answer, then a new one": rest();
            "10100/store-down-another-app",
                "Another app while the store does not answer, then a new token": another_app();
        script:
            "10100/used-before", "A used token while the store does not answer, then a new one":
                &embed(), &["TCA-10100-fault", "TCA-10100-retry", "CPX-store"],
                vec![
                    first(&embed()), is(false), again("first", Expect::refuse(&["10100", "10091"])),
                    is(true), good("second", &embed()),
                ];
    }
}
