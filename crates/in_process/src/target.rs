//! The target file of the reference server.

use std::collections::BTreeMap;

use claimproof_catalog::Profile;
use claimproof_http::target::{ClockControl, Limits, Method, Offers, Predicate, Target, Tls};

use crate::own;

/// The headers the reference server knows beside those of the documents.
const CLOCK_HEADER: &str = "x-claimproof-now";
const SAML_HEADER: &str = "x-claimproof-saml-session";

/// Describes the reference server of a profile at this address, without players.
pub fn of_reference(profile: Profile, base_url: &str) -> Target {
    let mut target = Target {
        name: format!("claimproof reference, {profile}"),
        profile,
        base_url: base_url.to_owned(),
        clock_offset: None,
        settle: None,
        rate: None,
        tls: Tls::default(),
        accept_lines: Vec::new(),
        surfaces: Vec::new(),
        codes: BTreeMap::new(),
        fields: BTreeMap::new(),
        readings: BTreeMap::new(),
        capabilities: Offers {
            clock_header: None,
            saml_session_header: Some(SAML_HEADER.to_owned()),
            token_internals: false,
            raw_socket: true,
        },
        clock: Some(ClockControl {
            header: Some(CLOCK_HEADER.to_owned()),
            ..ClockControl::default()
        }),
        limits: Limits::default(),
        manage: BTreeMap::new(),
        session: None,
        hosts: BTreeMap::new(),
        claims: BTreeMap::new(),
        header: BTreeMap::new(),
        places: Vec::new(),
        players: Vec::new(),
    };
    (own(profile).describe)(&mut target);
    target
}

pub(crate) fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn method(method: &str, path: &str) -> Method {
    Method { method: method.to_owned(), path: path.to_owned(), ..Method::default() }
}

pub(crate) fn status(status: &[&str]) -> Predicate {
    Predicate { status: status.iter().map(|&one| one.to_owned()).collect(), ..Predicate::default() }
}

/// Methods by name.
pub(crate) fn methods<const N: usize>(all: [(&str, Method); N]) -> BTreeMap<String, Method> {
    all.into_iter().map(|(name, method)| (name.to_owned(), method)).collect()
}

/// The switch of the store; a fixture of ours.
pub(crate) fn store() -> (&'static str, Method) {
    let text = Some("{state}".to_owned());
    ("store", Method { text, ..method("POST", "/claimproof/store") })
}
