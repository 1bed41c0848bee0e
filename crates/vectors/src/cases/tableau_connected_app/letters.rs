//! Names beyond those of every day: the default site, whose name is empty, and users outside ASCII.

use super::scenes::{Roles, at, scene};
use super::{NO_USER, case};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::Expect;
use crate::presentation::Surface;
use crate::scene::Scene;

const DEFAULT: Roles =
    &[("site", "site.default"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const LETTERS: Roles =
    &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.letters")];

pub(super) fn cases() -> Vec<Case> {
    [accepted(), nearly()].concat()
}

fn letters() -> Scene {
    scene("letters-user", LETTERS)
}

fn accepted() -> Vec<Case> {
    let plain = |scene: Scene, title: &str, cites: &[&'static str]| {
        Case::one(&scene, &format!("accepted/{}", scene.name), title, cites, vec![], Expect::ACCEPT)
    };
    let default = scene("default-site", DEFAULT);
    let rest = scene("default-site-rest", DEFAULT).with(at(Surface::Rest));
    let user = scene("letters-user-rest", LETTERS).with(at(Surface::Rest));
    vec![
        plain(default, "The default site, which is asked for by an empty name", &["TCA-126-ref"]),
        plain(rest, "The default site on REST", &["TCA-126-ref", "TCA-CTX-surfaces"]),
        plain(
            letters(),
            "A user whose name has letters outside ASCII",
            &["TCA-5-username", "TCA-16-sub-email"],
        ),
        plain(user, "Such a user on REST", &["TCA-5-username", "TCA-CTX-surfaces"]),
    ]
}

/// Equal is equal code point by code point (RFC 7519 section 7.3), however alike two names look. A name without the
/// letter is its own variant, and then the case has nothing to change.
fn nearly() -> Vec<Case> {
    let refused = |slug: &str, title: &str, alter: fn(&str) -> String| {
        let cites = &["TCA-5-username", "TCA-5-unknown"];
        case(
            &letters(),
            &format!("5/letters-{slug}"),
            title,
            cites,
            Change::Claim("sub", Edit::OwnWith(alter)),
            Expect::refuse(NO_USER),
        )
    };
    vec![
        refused("decomposed", "A name outside ASCII with a letter and its accent apart", |own| {
            own.replace('\u{fc}', "u\u{308}")
        }),
        refused("bare", "A name outside ASCII without its accent", |own| {
            own.replace('\u{fc}', "u")
        }),
        refused(
            "question-marks",
            "A name outside ASCII with question marks for its letters",
            |own| own.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect(),
        ),
    ]
}
