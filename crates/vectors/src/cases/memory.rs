//! What a server may remember of a token, in any profile: that it was used, and nothing that lets another one in.

use super::table::{again, at_once, good, present, script};
use crate::case::{Act, Case, Turn};
use crate::change::{Change, RequestEdit, Segment};
use crate::expect::Expect;
use crate::scene::Scene;

/// A minute's worth of other users, more than a small table of recent ids holds.
const BETWEEN: usize = 32;

/// Refused tokens that come back: a verdict kept for them, or an id noted before the check, lets one in.
pub(super) fn refused_again(folder: &str, rows: Vec<(&str, &str, Scene, Change)>) -> Vec<Case> {
    let case = |(slug, title, scene, change): (&str, &str, Scene, Change)| {
        let mut turns = vec![present("bad", &scene, change, Expect::REFUSE)];
        turns.extend((0..3).map(|_| again("bad", Expect::REFUSE)));
        script(&format!("{folder}/again-{slug}"), title, &scene, &["CPX-stays-refused"], turns)
    };
    rows.into_iter().map(case).collect()
}

/// Parts of an accepted token with others: whoever keeps a verdict for a signature or a payload takes them.
pub(super) fn grafted(folder: &str, scene: &Scene, other: &Change) -> Vec<Case> {
    let case = |slug: &str, title: &str, changes: Vec<Change>| {
        let second = present("second", scene, changes, Expect::REFUSE);
        let cites = &["RFC7515-5.2", "RFC8725-3.3", "CPX-stays-refused"];
        let turns = vec![good("first", scene), second];
        script(&format!("{folder}/grafted-{slug}"), title, scene, cites, turns)
    };
    let graft = |segment| vec![other.clone(), Change::Graft(segment, "first")];
    cases! { case:
        "signature", "Another token with the signature of one accepted before":
            graft(Segment::Signature);
        "payload", "Another token with the payload of one accepted before": graft(Segment::Payload);
    }
}

/// A used token after many others, while it could still be accepted.
pub(super) fn after_others(
    id: &str,
    scene: &Scene,
    cites: &[&'static str],
    reused: Expect,
) -> Case {
    let others = at_once("others", scene, [1, BETWEEN], Expect::AtLeastOne);
    let turns = vec![good("first", scene), others, again("first", reused)];
    script(id, "A used token again after thirty-two others", scene, cites, turns)
}

/// Two requests on one connection, which is kept open: each is judged by itself, since a server must not assume that both
/// come from one sender (RFC 9110 section 3.3).
pub(super) fn kept_alive(folder: &str, scene: &Scene, forged: &Change) -> Vec<Case> {
    let no_token = Change::Request(RequestEdit::Token(None));
    let good = |token| (token, vec![], Expect::ACCEPT);
    let bad = |token, change: &Change| (token, vec![change.clone()], Expect::REFUSE);
    let case = |slug: &str, title: &str, acts: Vec<(&'static str, Vec<Change>, Expect)>| {
        let turn = |(token, changes, expect)| {
            Turn::new(Act::KeptAlive { token, scene: scene.clone(), changes }, expect)
        };
        let turns = acts.into_iter().map(turn).collect();
        // One that is forged is refused wherever it comes.
        script(&format!("{folder}/{slug}"), title, scene, &["RFC9110-3.3", "RFC8725-3.3"], turns)
    };
    cases! { case:
        "one-connection-forged", "A good token, then a forged one on the same connection":
            vec![good("first"), bad("second", forged)];
        "one-connection-none", "A good token, then none on the same connection":
            vec![good("first"), bad("second", &no_token)];
        "one-connection-accepted", "A forged token, then a good one on the same connection":
            vec![bad("first", forged), good("second")];
    }
}
