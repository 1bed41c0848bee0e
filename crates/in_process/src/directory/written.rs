//! A directory as text: each entry with the role it fills in the cast above it.

use std::collections::BTreeMap;

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use serde::Serialize;

/// Who plays what, by the name it goes by.
pub(super) struct Roles(BTreeMap<String, String>);

impl Roles {
    /// Of several roles of one name the first, which is the one that signs.
    pub(super) fn of(players: &Players) -> Self {
        let mut roles = BTreeMap::new();
        for (role, player) in players.iter() {
            roles.entry(player.id.clone()).or_insert_with(|| role.to_owned());
        }
        Self(roles)
    }

    /// The role of whoever goes by this name, which also names the files of its keys.
    pub(super) fn of_id<'r>(&'r self, id: &'r str) -> &'r str {
        self.0.get(id).map_or(id, String::as_str)
    }
}

/// The tables of a directory file, in order, as text.
#[derive(Default)]
pub(super) struct Tables(Vec<Result<String, toml::ser::Error>>);

impl Tables {
    /// One of several of a name.
    pub(super) fn push(&mut self, name: &str, about: &str, entry: &impl Serialize) {
        self.add(about, &BTreeMap::from([(name, [entry])]));
    }

    /// The only one of its name.
    pub(super) fn put(&mut self, name: &str, about: &str, entry: &impl Serialize) {
        self.add(about, &BTreeMap::from([(name, entry)]));
    }

    fn add(&mut self, about: &str, table: &impl Serialize) {
        self.0.push(toml::to_string(table).map(|table| format!("\n# {about}\n{table}")));
    }

    /// The whole file.
    pub(super) fn text(self, profile: Profile) -> Result<String, toml::ser::Error> {
        let tables = self.0.into_iter().collect::<Result<String, _>>()?;
        Ok(format!("{HEAD}profile = \"{profile}\"\n{tables}"))
    }
}

const HEAD: &str = "\
# Written by `serve --write-directory`: whom the reference knows, each with the role of the public cast that it fills.
# Secrets and keys are in the files named, as they are configured. All of them are public test keys.
";

/// Whether a switch has the value that is assumed.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(super) const fn is_true(switch: &bool) -> bool {
    *switch
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(super) const fn is_false(switch: &bool) -> bool {
    !*switch
}

pub(super) const fn yes() -> bool {
    true
}
