//! What is remembered of a sign-in: refusals, parts, and a use wherever it was.

use super::scenes::{at, embed, iframe, rest, xhr};
use super::{REUSED, after, altered, foreign, good, present, same_jti, script};
use crate::case::Case;
use crate::cases::{answers, memory};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::presentation::Surface;
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    let others = memory::after_others(
        "10091/after-others",
        &embed(),
        &["TCA-10091-replay", "TCA-10091-same-jti"],
        Expect::refuse(REUSED),
    );
    [
        memory::refused_again("undocumented", refused()),
        memory::grafted("undocumented", &embed(), &Change::claim("other", "true")),
        vec![others],
        memory::kept_alive("undocumented", &embed(), &foreign()),
        elsewhere(),
        later(),
        answers::cases(&embed()),
    ]
    .concat()
}

fn refused() -> Vec<(&'static str, &'static str, Scene, Change)> {
    let expired = Change::Claim("exp", Edit::FromNow(-3600));
    vec![
        ("forged", "A token signed with a foreign secret, four times", embed(), foreign()),
        (
            "forged-rest",
            "A token signed with a foreign secret, four times on REST",
            rest(),
            foreign(),
        ),
        ("expired", "A token long expired, four times", embed(), expired),
    ]
}

/// A token is good for one use of the server, not for one of each way in.
fn elsewhere() -> Vec<Case> {
    let case = |id: &str, title: &str, scene: Scene, surface| {
        let there = altered("first", at(surface), Expect::refuse(REUSED));
        let turns = vec![good("first", &scene), there];
        let cites = &["TCA-10091-replay", "TCA-10091-same-jti", "CPX-once"];
        script(id, title, &scene, cites, turns)
    };
    cases! { case:
        "10091/embedding-then-rest", "A token used to embed, then on REST": xhr(), Surface::Rest;
        "10091/rest-then-embedding", "A token used on REST, then to embed":
            rest(), Surface::EmbedXhr;
        "10091/rest-then-iframe", "A token used on REST, then on the iframe path":
            rest(), Surface::EmbedIframe;
        "10091/iframe-then-embedding", "A token used on the iframe path, then to embed":
            iframe(), Surface::EmbedXhr;
    }
}

/// The document sets no end to how long an id counts. The token itself is past by then, and a fresh one with its id is a
/// question that is only recorded.
fn later() -> Vec<Case> {
    let case = |id: &str, title: &str, seconds| {
        let answers = vec![("window", Answer::ACCEPT), ("no-end", Answer::refuse(REUSED))];
        let expect = Expect::open("TCA-R-jti-memory", answers);
        let second = present("second", &embed(), same_jti("first"), expect);
        let turns = vec![good("first", &embed()), after(seconds), second];
        script(id, title, &embed(), &["TCA-10091-same-jti"], turns)
    };
    cases! { case:
        "10091/after-an-hour", "A fresh token with a jti used an hour before": 3600;
        "10091/after-a-day", "A fresh token with a jti used a day before": 86_400;
    }
}
