//! What comes with an answer. Every answer of a run is looked at for it; these cases are those that tell of it.

use crate::case::{Act, Case, Turn};
use crate::change::Change;
use crate::expect::Expect;
use crate::scene::Scene;

/// An acceptance to know it by, then a refusal of a token that nobody takes for one.
pub(super) fn cases(scene: &Scene) -> Vec<Case> {
    let case = |slug: &str, title: &str, rule, what, alter| {
        let present = |token, changes, expect| {
            Turn::new(Act::Present { token, scene: scene.clone(), changes }, expect)
        };
        let turns = vec![
            present("good", vec![], Expect::ACCEPT),
            present("bad", vec![Change::Text(what, alter)], Expect::REFUSE),
        ];
        Case::script(scene.profile, &format!("answers/{slug}"), title, &[rule], turns)
            .twin_of(scene)
    };
    vec![
        case(
            "no-way-in",
            "No refusal carries what an acceptance is known by",
            "CPX-mark",
            "the header alone",
            |t| segments(t, 0, 1),
        ),
        case(
            "no-secret",
            "No answer holds a secret of the run",
            "CPX-secret",
            "the payload alone",
            |t| segments(t, 1, 2),
        ),
        case(
            "no-token",
            "No refusal repeats the token",
            "CPX-token-kept",
            "payload and signature alone",
            |t| segments(t, 1, 3),
        ),
    ]
}

/// Two acceptances, to know by them whether a page works in a frame on another site, and in whose.
pub(super) fn pages(one: &Scene, other: &Scene) -> Vec<Case> {
    let case = |slug: &str, title: &str, rule, one: &Scene, other: &Scene| {
        let present = |token, scene: &Scene| {
            Turn::new(Act::Present { token, scene: scene.clone(), changes: vec![] }, Expect::ACCEPT)
        };
        let turns = vec![present("first", one), present("second", other)];
        Case::script(one.profile, &format!("answers/{slug}"), title, &[rule], turns).twin_of(one)
    };
    vec![
        case(
            "session-in-a-frame",
            "A cookie of the page reaches a frame on another site",
            "WDL-BRW-07",
            one,
            other,
        ),
        case("framed-by-some", "Not every site may frame the page", "CPX-framed-by", other, one),
    ]
}

fn segments(token: &str, from: usize, to: usize) -> String {
    token.split('.').skip(from).take(to - from).collect::<Vec<_>>().join(".")
}
