//! Partners, teams and members, indexed, with public keys parsed once.

use claimproof_cast::workato_direct_link as cast;
use claimproof_token::Key;

use crate::accounts::{BadKey, ById};

pub use cast::{Member, Team};

/// A partner with its key.
#[derive(Debug)]
pub struct VendorAccount {
    /// The vendor ID.
    pub id: String,
    /// The public key on file.
    pub key: Option<Key>,
    /// Whether the account has an admin user.
    pub has_admin: bool,
    /// Whether direct linking is on.
    pub link_enabled: bool,
}

/// Everybody the server knows.
#[derive(Debug)]
pub struct Accounts {
    vendors: ById<VendorAccount>,
    teams: ById<Team>,
    members: ById<Member>,
}

impl Accounts {
    /// Indexes a directory; a public key that is none names its vendor.
    pub fn new(directory: &cast::Directory) -> Result<Self, BadKey> {
        let mut vendors = ById::default();
        for vendor in &directory.vendors {
            let key = vendor.public_key.as_deref().map(Key::rsa).transpose();
            let key = key.map_err(BadKey::of(&vendor.id))?;
            let (id, has_admin, link_enabled) =
                (vendor.id.clone(), vendor.has_admin, vendor.link_enabled);
            vendors.insert(id.clone(), VendorAccount { id, key, has_admin, link_enabled });
        }
        let teams = directory.teams.iter().map(|team| (team.id.clone(), team.clone())).collect();
        let members = directory.members.iter().map(|one| (one.id.clone(), one.clone())).collect();
        Ok(Self { vendors, teams, members })
    }

    pub(super) fn vendor(&self, id: &str) -> Option<&VendorAccount> {
        self.vendors.get(id)
    }

    /// An external ID counts with its hex digits in either case (RFC 3986 section 2.1); ours are in
    /// upper case.
    pub(super) fn team(&self, id: &str) -> Option<&Team> {
        self.teams.get(id).or_else(|| self.teams.get(&upper_hex(id)?))
    }

    pub(super) fn member(&self, id: &str) -> Option<&Member> {
        self.members.get(id)
    }

    /// Sets the embedding origin of a customer, as the update call of the document does.
    /// `None` where no such team exists.
    pub fn set_origin(&mut self, team: &str, origin: Option<String>) -> Option<()> {
        self.teams.get_mut(team)?.origin = origin;
        Some(())
    }
}

/// The hex digits behind each percent sign in upper case; nothing where there is none.
fn upper_hex(id: &str) -> Option<String> {
    let (start, encoded) = id.split_once('%')?;
    let mut text = start.to_owned();
    for piece in encoded.split('%') {
        let (digits, rest) = piece.split_at_checked(2)?;
        text.push('%');
        text.push_str(&digits.to_ascii_uppercase());
        text.push_str(rest);
    }
    Some(text)
}
