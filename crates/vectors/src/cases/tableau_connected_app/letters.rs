//! Names beyond those of every day: the default site, whose name is empty, and users outside ASCII.

use super::scenes::{Roles, at, roles, scene};
use super::{NO_USER, case, plain};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::Expect;
use crate::presentation::Surface;
use crate::scene::Scene;

const DEFAULT: Roles = &roles("site.default", "app.ok", "secret.ok", "user.ok");
const LETTERS: Roles = &roles("site.ok", "app.ok", "secret.ok", "user.letters");

pub(super) fn cases() -> Vec<Case> {
    [accepted(), nearly()].concat()
}

fn letters() -> Scene {
    scene("letters-user", LETTERS)
}

fn accepted() -> Vec<Case> {
    let default = scene("default-site", DEFAULT);
    let rest = scene("default-site-rest", DEFAULT).with(at(Surface::Rest));
    let user = scene("letters-user-rest", LETTERS).with(at(Surface::Rest));
    cases! { plain:
        "The default site, which is asked for by an empty name": default, &["TCA-126-ref"];
        "The default site on REST": rest, &["TCA-126-ref", "TCA-CTX-surfaces"];
        "A user whose name has letters outside ASCII":
            letters(), &["TCA-5-username", "TCA-16-sub-email"];
        "Such a user on REST": user, &["TCA-5-username", "TCA-CTX-surfaces"];
    }
}

/// Equal is equal code point by code point (RFC 7519 section 7.3), however alike two names look. A name without the
/// letter is its own variant, and then the case has nothing to change.
fn nearly() -> Vec<Case> {
    let refused = |id: &str, title: &str, alter: fn(&str) -> String| {
        let (cites, change) =
            (&["TCA-5-username", "TCA-5-unknown"], Change::Claim("sub", Edit::OwnWith(alter)));
        case(id, title, &letters(), cites, change, Expect::refuse(NO_USER))
    };
    cases! { refused:
        "5/letters-decomposed", "A name outside ASCII with a letter and its accent apart":
            |own| own.replace('\u{fc}', "u\u{308}");
        "5/letters-bare", "A name outside ASCII without its accent":
            |own| own.replace('\u{fc}', "u");
        "5/letters-question-marks", "A name outside ASCII with question marks for its letters":
            |own| own.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect();
    }
}
