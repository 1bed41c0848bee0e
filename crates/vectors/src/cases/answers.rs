//! What comes with an answer. Every answer of a run is looked at for it; these cases are those that tell of it.

use super::table::{good, present, script};
use crate::case::Case;
use crate::change::Change;
use crate::expect::Expect;
use crate::scene::Scene;

/// An acceptance to know it by, then a refusal of a token that nobody takes for one.
pub(super) fn cases(scene: &Scene) -> Vec<Case> {
    let told = |id: &str, title: &str, rule, what, alter| {
        let bad = present("bad", scene, Change::Text(what, alter), Expect::REFUSE);
        script(id, title, scene, &[rule], vec![good("good", scene), bad])
    };
    cases! { told:
        "answers/no-way-in", "No refusal carries what an acceptance is known by":
            "CPX-mark", "the header alone", |t| segments(t, 0, 1);
        "answers/no-secret", "No answer holds a secret of the run":
            "CPX-secret", "the payload alone", |t| segments(t, 1, 2);
        "answers/no-token", "No refusal repeats the token":
            "CPX-token-kept", "payload and signature alone", |t| segments(t, 1, 3);
    }
}

/// Two acceptances, to know by them whether a page works in a frame on another site, and in whose.
pub(super) fn pages(one: &Scene, other: &Scene) -> Vec<Case> {
    let page = |id: &str, title: &str, rule, one: &Scene, other: &Scene| {
        script(id, title, one, &[rule], vec![good("first", one), good("second", other)])
    };
    cases! { page:
        "answers/session-in-a-frame", "A cookie of the page reaches a frame on another site":
            "WDL-BRW-07", one, other;
        "answers/framed-by-some", "Not every site may frame the page": "CPX-framed-by", other, one;
    }
}

fn segments(token: &str, from: usize, to: usize) -> String {
    token.split('.').skip(from).take(to - from).collect::<Vec<_>>().join(".")
}
