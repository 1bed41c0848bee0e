//! A member beside one whose name differs in letter case alone: names are case-sensitive (RFC 7515 section 4, RFC
//! 7519 section 4), so the other one is a member nobody knows.
//!
//! Before and behind, since decoders that compare without case take the first one or the last.

use super::super::table::case;
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;
use crate::scene::Scene;

/// A member a profile reads, and another name for it.
pub(in crate::cases) struct Variant {
    /// Where it stands.
    pub(in crate::cases) part: Part,
    /// Its name.
    pub(in crate::cases) name: &'static str,
    /// The name in another letter case.
    pub(in crate::cases) other: &'static str,
    /// A word for ids.
    pub(in crate::cases) slug: &'static str,
    /// The accepted scene.
    pub(in crate::cases) scene: Scene,
    /// The value it has there.
    pub(in crate::cases) good: Edit,
    /// A value that is refused.
    pub(in crate::cases) bad: Edit,
    /// The folder of the refusals.
    pub(in crate::cases) folder: &'static str,
    /// What the refusals cite beside the rule.
    pub(in crate::cases) cites: &'static [&'static str],
    /// How the bad value is refused.
    pub(in crate::cases) refused: Expect,
}

/// The bad value under the right name beside the good one under the other name, and the reverse.
pub(in crate::cases) fn cases(variants: Vec<Variant>) -> Vec<Case> {
    variants.into_iter().flat_map(of).collect()
}

fn of(variant: Variant) -> Vec<Case> {
    let Variant { part, name, other, slug, scene, good, bad, folder, cites, refused } = variant;
    let edit = |name, edit| match part {
        Part::Header => Change::Header(name, edit),
        Part::Payload => Change::Claim(name, edit),
    };
    // Members are added at the end, so what is left out first comes last.
    let behind =
        |own: &Edit, beside: &Edit| vec![edit(name, own.clone()), edit(other, beside.clone())];
    let before = |own: &Edit, beside: &Edit| {
        vec![edit(name, Edit::Remove), edit(other, beside.clone()), edit(name, own.clone())]
    };
    let rule = if part == Part::Header { "RFC7515-4" } else { "RFC7519-4" };
    let bad_cites = [cites, &[rule]].concat();
    let refusal = |place: &str, changes| {
        let id = format!("{folder}/variant-{slug}-good-{place}");
        let title = format!("A bad {name}, and {other} {place} it with the good value");
        case(&id, &title, &scene, &bad_cites, changes, refused.clone())
    };
    let neighbor = |place: &str, changes| {
        let id = format!("{folder}/variant-{slug}-bad-{place}-accepted");
        let title = format!("The good {name}, and {other} {place} it with a bad value");
        case(&id, &title, &scene, &[rule], changes, Expect::ACCEPT)
    };
    vec![
        refusal("before", before(&bad, &good)),
        refusal("behind", behind(&bad, &good)),
        neighbor("before", before(&good, &bad)),
        neighbor("behind", behind(&good, &bad)),
    ]
}
