//! The faults and the conforming variants, and what the list as a whole must hold.

use std::collections::BTreeSet;

use claimproof_catalog::{Profile, requirements, rules};

mod posit_connect;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

/// Which server shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// One of its own, which shares no crate with the reference.
    Own,
    /// A proxy before the reference.
    Proxy,
}

/// What a deviation weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A default run ends with exit 1.
    Must,
    /// `--level should` shows it as advice.
    Advice,
}

/// A fault: what the server does wrong, and what it breaks.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) profile: Profile,
    pub(crate) name: &'static str,
    pub(crate) by: By,
    pub(crate) weight: Weight,
    /// The kind it is an example of, by the name in `KINDS`.
    pub(crate) kind: &'static str,
    /// A failing case cites one of these.
    pub(crate) breaks: &'static [&'static str],
    /// What the server does, and what it ought to do.
    pub(crate) sentence: &'static str,
}

/// A server that differs from the plain one and conforms.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) profile: Profile,
    pub(crate) name: &'static str,
    pub(crate) by: By,
    pub(crate) kind: &'static str,
    /// What it does, and what permits it.
    pub(crate) sentence: &'static str,
}

/// Every fault.
pub(crate) fn faults() -> Vec<Fault> {
    [
        workato_direct_link::faults(),
        workato_api::faults(),
        tableau_connected_app::faults(),
        posit_connect::faults(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every conforming variant.
pub(crate) fn variants() -> Vec<Variant> {
    [
        workato_direct_link::variants(),
        workato_api::variants(),
        tableau_connected_app::variants(),
        posit_connect::variants(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The kinds of faults and of false alarms that outsiders' servers showed.
const KINDS: &[&str] = &[
    "proof",
    "replay at the same moment",
    "refused token again",
    "verdict kept",
    "ids between and per surface",
    "odd ids",
    "token elsewhere",
    "behind the scheme",
    "encoding inside the signature",
    "PSS and other hashes",
    "key sizes and secrets",
    "how numbers are written",
    "typ",
    "names and segments",
    "lists for strings",
    "equal by code point",
    "origins",
    "echo",
    "on-demand",
    "paths",
    "accept header",
    "refusal with the mark",
    "secrets in answers",
    "crash and status",
    "documented sentences",
    "CORS and wire forms",
    "texts passed on",
    "framing and cookies",
    "size error",
    "management",
    "client encoding",
    "expires_in",
    "dashboard",
    "rules without a case",
    "strangers let in",
    "JSON of another shape",
    "empty segments",
    "b64",
    "past stays past",
    "edges of nbf",
    "another case beside",
    "characters inside",
    "times on direct links",
    "key not found",
    "duplicates",
    "leeway",
    "one question a family",
    "status",
    "numbers nobody documented",
    "codes",
    "odd but lawful",
    "providers and callbacks",
    "cast-bound",
    "limits of a front server",
    "constants of a gateway",
    "a server of its own ways",
];

#[test]
fn the_list_is_as_wide_as_was_asked() {
    let (faults, variants) = (faults(), variants());
    let musts = faults.iter().filter(|fault| fault.weight == Weight::Must).count();
    let proxies = faults.iter().filter(|fault| fault.by == By::Proxy).count();
    assert!(faults.len() >= 60, "{} faults", faults.len());
    assert!(musts >= 45, "{musts} break a must");
    assert!(variants.len() >= 25, "{} variants", variants.len());
    assert!(proxies * 2 <= faults.len(), "{proxies} of {} faults by a proxy", faults.len());
}

#[test]
fn every_name_is_one_row_s_and_every_cited_id_exists() {
    let mut names = BTreeSet::new();
    for fault in faults() {
        assert!(names.insert((fault.profile.to_string(), fault.name)), "{} twice", fault.name);
        let known = |id: &str| requirements::find(id).is_some() || rules::find(id).is_some();
        assert!(fault.breaks.iter().all(|id| known(id)), "{}: {:?}", fault.name, fault.breaks);
        assert!(!fault.breaks.is_empty(), "{} breaks nothing", fault.name);
    }
    for variant in variants() {
        assert!(
            names.insert((variant.profile.to_string(), variant.name)),
            "{} twice",
            variant.name
        );
    }
}

#[test]
fn every_kind_has_a_row_and_every_row_a_kind() {
    let rows: BTreeSet<_> =
        faults().iter().map(|row| row.kind).chain(variants().iter().map(|row| row.kind)).collect();
    assert_eq!(rows, KINDS.iter().copied().collect::<BTreeSet<_>>());
}
