//! The form in which a refusal is told: as the vendor's clients read it, and so that a page may.

use super::scenes::{LISTED, listed, rest, xhr};
use super::{good, present, script};
use crate::case::Case;
use crate::change::Change;
use crate::expect::{Expect, Form, Refusal};
use crate::scene::Scene;

/// All of it is advice, since the document shows no wire, and nothing is asked of addresses that are not the vendor's.
pub(super) fn cases() -> Vec<Case> {
    [vendors(), readable()].concat()
}

/// An acceptance, then a refusal of what nobody takes for a token: not of the page, and whatever else is let by.
fn told(id: &str, title: &str, scene: &Scene, rule: &'static str, form: Form) -> Case {
    let cut = Change::Text("header and payload alone", |token| {
        token[..token.rfind('.').unwrap_or(0)].to_owned()
    });
    let refusal = Expect::from(Refusal::with(&[]).formed(form));
    script(
        id,
        title,
        scene,
        &[rule],
        vec![good("good", scene), present("bad", scene, cut, refusal)],
    )
}

fn vendors() -> Vec<Case> {
    let case = |id: &str, title: &str, scene: Scene| {
        told(id, title, &scene, "CPX-vendor-form", Form::Vendors)
    };
    cases! { case:
        "answers/form-rest", "A refused REST sign-in has the vendor's namespace and coarse code":
            rest();
        "answers/form-embedding", "A refused embedding request has its code as a number": xhr();
    }
}

/// Of a page that may embed. One that is not listed is told nothing, and no case asks for it.
fn readable() -> Vec<Case> {
    let case = |id: &str, title: &str, scene: Scene| {
        told(id, title, &scene, "CPX-readable", Form::Readable)
    };
    let unrestricted = xhr().with(Change::request_header("origin", LISTED));
    cases! { case:
        "answers/readable-listed", "A listed page can read why it is refused": listed();
        "answers/readable-unrestricted",
            "Any page can read why it is refused where embedding is unrestricted": unrestricted;
    }
}
