//! What may stand in braces in a request of a target file, where, and what it stands for.

use claimproof_catalog::Profile;

use super::fault::{TargetFault, nearest};
use super::profile::InTargets;
use super::template::names;
use super::{Method, Target};

/// One placeholder.
#[derive(Clone, Copy, Debug)]
pub struct Placeholder {
    /// Its name, as it stands in braces.
    pub name: &'static str,
    /// The system; none where it is the same in all.
    pub profile: Option<Profile>,
    /// The requests that may hold it: `surface`, `clock`, or names of management methods; `*` is
    /// any.
    pub at: &'static [&'static str],
    /// What it stands for.
    pub meaning: &'static str,
}

pub(super) const fn row(
    profile: Option<Profile>,
    at: &'static [&'static str],
    name: &'static str,
    meaning: &'static str,
) -> Placeholder {
    Placeholder { name, profile, at, meaning }
}

/// The requests that present a token.
pub(super) const SURFACE: &[&str] = &["surface"];

/// Those that are the same in every profile.
const COMMON: [Placeholder; 3] = [
    row(None, &["clock"], "now", "the time, in seconds since 1970"),
    row(None, &["clock"], "now_rfc3339", "the time, as a date and time of UTC"),
    row(None, &["store"], "state", "`up` or `down`: what the replay store is to be"),
];

/// All of them.
pub fn placeholders() -> impl Iterator<Item = &'static Placeholder> {
    let own = Profile::ALL.into_iter().flat_map(|profile| profile.target().placeholders);
    COMMON.iter().chain(own)
}

impl Placeholder {
    fn is_known(&self, profile: Profile, at: &str) -> bool {
        self.profile.is_none_or(|own| own == profile)
            && self.at.iter().any(|one| *one == "*" || *one == at)
    }
}

impl Target {
    /// Whether something stands for each placeholder; what none stands for is left out of a
    /// request, which would look as if the target refused it.
    pub(super) fn check_placeholders(&self) -> Result<(), TargetFault> {
        for surface in &self.surfaces {
            self.stands("surface", &[], &surface.request)
                .map_err(|fault| fault.at(format!("surface `{}`", surface.name)))?;
        }
        for (name, method) in &self.manage {
            self.in_order(name, &mut Vec::new(), method)
                .map_err(|fault| fault.at(format!("manage.{name}")))?;
        }
        let clock = self.clock.iter().flat_map(|clock| [&clock.set, &clock.back]).flatten();
        clock.into_iter().try_for_each(|method| {
            self.stands("clock", &[], method).map_err(|fault| fault.at("clock"))
        })
    }

    /// What a request reads stands for something in those behind it.
    fn in_order(
        &self,
        at: &str,
        read: &mut Vec<String>,
        method: &Method,
    ) -> Result<(), TargetFault> {
        self.stands(at, read, method)?;
        read.extend(method.read.keys().cloned());
        method.then.iter().try_for_each(|next| self.in_order(at, read, next))
    }

    fn stands(&self, at: &str, read: &[String], method: &Method) -> Result<(), TargetFault> {
        let documented = placeholders().filter(|one| one.is_known(self.profile, at));
        let mut known: Vec<&str> = documented.map(|one| one.name).collect();
        known.extend(self.fields.keys().map(String::as_str));
        known.extend(read.iter().map(String::as_str));
        if let Some(session) = self.session.as_ref().filter(|_| at != "surface") {
            known.push("session");
            let fields = session.sites.values().flat_map(|fields| fields.keys());
            known.extend(session.fields.keys().chain(fields).map(String::as_str));
            // A fixed session signs in nowhere, so nothing is read.
            known.extend(
                session.read.keys().filter(|_| !self.has_fixed_session()).map(String::as_str),
            );
        }
        match names(method).into_iter().find(|name| !known.contains(&name.as_str())) {
            Some(name) => {
                let near = nearest(&name, known.iter().copied());
                Err(TargetFault::new(format!(
                    "nothing stands for {{{name}}} here; known are {}",
                    known.join(", ")
                ))
                .near(near))
            }
            None => Ok(()),
        }
    }
}
