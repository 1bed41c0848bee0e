//! Who plays, with the keys a target file names.

use std::path::Path;

use claimproof_cast::{Player, Players, public};

use super::{Target, TargetError};

impl Target {
    /// The players with their keys; the error names line, account, and file or variable. Who only
    /// has to be unknown is made up where the file does not say. `lines` are those of the accounts.
    pub(super) fn cast(
        &self,
        folder: &Path,
        path: &str,
        lines: &[usize],
    ) -> Result<Players, TargetError> {
        let (mut players, due) = (Players::default(), public(self.profile).players);
        players.state(self.terms());
        for (entry, line) in self.players.iter().zip(lines.iter().chain(std::iter::repeat(&1))) {
            let due = due.get(&entry.role).and_then(|player| player.key.as_ref());
            let key = entry.key(folder, due).map_err(|fault| TargetError::Invalid {
                path: path.to_owned(),
                fault: fault.at(format!("account `{}`", entry.role)).at(format!("line {line}")),
            })?;
            let player = Player { id: entry.id.clone(), key };
            match &entry.site {
                Some(site) => players.cast_on(&entry.role, site, player),
                None => players.cast(&entry.role, player),
            }
        }
        players.invent_strangers(self.profile);
        Ok(players)
    }
}
