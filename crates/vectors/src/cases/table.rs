//! Tables of cases: a row a case, and what rows are made of.

use crate::case::{Act, Case, Turn};
use crate::change::Change;
use crate::expect::Expect;
use crate::scene::Scene;

/// Cases, or faults, in rows, made by functions or closures whose names stand before their rows.
///
/// A row reads `"id", "title": what, else, the, maker, takes;`, without the id where a scene names
/// the case. Behind it stands what is done to what was made, where something is: `=> hardening(WHY)`,
/// `=> exact()`.
macro_rules! cases {
    ($($maker:ident: $(
        $id:literal $(, $title:literal)? $(: $($taken:expr),+)? $(=> $then:ident($($with:expr)?))*;
    )+)+) => {
        vec![$($($maker($id $(, $title)? $($(, $taken)+)?)$(.$then($($with)?))*),+),+]
    };
}

/// One change against an accepted scene; several where a fault takes more than one edit.
pub(super) fn case(
    id: &str,
    title: &str,
    scene: &Scene,
    cites: &[&'static str],
    changes: impl Into<Vec<Change>>,
    expect: Expect,
) -> Case {
    Case::one(scene, id, title, cites, changes.into(), expect)
}

/// The scene as it is, which is accepted.
pub(super) fn plain(title: &str, scene: Scene, cites: &[&'static str]) -> Case {
    let id = format!("accepted/{}", scene.name);
    Case::one(&scene, &id, title, cites, Vec::new(), Expect::ACCEPT)
}

/// Several acts around an accepted scene.
pub(super) fn script(
    id: &str,
    title: &str,
    scene: &Scene,
    cites: &[&'static str],
    turns: Vec<Turn>,
) -> Case {
    Case::script(scene.profile, id, title, cites, turns).controlled_by(scene)
}

/// A token is minted under a name and presented.
pub(super) fn present(
    token: &'static str,
    scene: &Scene,
    changes: impl Into<Vec<Change>>,
    expect: Expect,
) -> Turn {
    let act = Act::Present { token, scene: scene.clone(), changes: changes.into() };
    Turn::new(act, expect)
}

/// The scene as it is, presented.
pub(super) fn sign_in(token: &'static str, scene: &Scene, expect: Expect) -> Turn {
    present(token, scene, Vec::new(), expect)
}

/// The scene as it is, which is accepted.
pub(super) fn good(token: &'static str, scene: &Scene) -> Turn {
    sign_in(token, scene, Expect::ACCEPT)
}

/// A token of the script is presented again.
pub(super) fn again(token: &'static str, expect: Expect) -> Turn {
    Turn::new(Act::Again { token, change: None }, expect)
}

/// A token of the script is presented again, altered.
pub(super) fn altered(token: &'static str, change: Change, expect: Expect) -> Turn {
    Turn::new(Act::Again { token, change: Some(change) }, expect)
}

/// So many requests with one token meet, and in each round with a fresh one.
pub(super) fn at_once(
    token: &'static str,
    scene: &Scene,
    [times, rounds]: [usize; 2],
    expect: Expect,
) -> Turn {
    let (scene, changes) = (scene.clone(), Vec::new());
    Turn::new(Act::AtOnce { token, scene, changes, times, rounds }, expect)
}

/// So many seconds pass.
pub(super) const fn after(seconds: i64) -> Turn {
    Turn::new(Act::Advance(seconds), Expect::Done)
}
