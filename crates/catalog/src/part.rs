//! Where to look for what a requirement or rule is about.

use serde::Serialize;

use crate::{requirements, rules};

/// The part of a sign-in that a requirement or rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The request and its answer, as far as they are no token: path, headers, origin, page.
    Request,
    /// Whether there is a token or form, its size, and how it is put together.
    Form,
    /// The JOSE header, as far as it chooses no key.
    Header,
    /// Algorithm, key and signature.
    Key,
    /// The claims.
    Claims,
    /// Who is named, and what is set up for them on the server or at the provider.
    Account,
    /// What is remembered: ids that were used, logins that were begun, sessions.
    Store,
}

/// The part of a step or case that cites these: that of the first one known.
pub fn of(cites: &[&str]) -> Option<Part> {
    cites.iter().find_map(|id| {
        let requirement = requirements::find(id).map(|row| row.part);
        requirement.or_else(|| rules::find(id).map(|rule| rule.part))
    })
}
