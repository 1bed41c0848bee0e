//! Partners, customer teams and members of one's own.

use std::path::PathBuf;

use claimproof_cast::workato_direct_link as cast;
use claimproof_catalog::Profile;
use serde::{Deserialize, Serialize};

use super::intake::Intake;
use super::mistake::{Mistake, all_differ, is_given, is_one_of};
use super::written::{Roles, Tables, is_false, is_true, yes};
use claimproof_files::Keys;

/// A directory file of direct linking. Unknown keys are errors.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WorkatoDirectLink"))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The system it is for.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = "workato-direct-link")))]
    #[serde(rename = "profile")]
    _profile: Profile,
    /// Embedded partners.
    #[serde(default)]
    vendor: Vec<Vendor>,
    /// Their customers.
    #[serde(default)]
    team: Vec<Team>,
    /// Users.
    #[serde(default)]
    member: Vec<Member>,
}

/// An Embedded partner.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Vendor {
    /// The vendor ID, first segment of `sub`.
    id: String,
    /// A file with the public key as it is configured, relative to this file; without it none is on file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_key_file: Option<PathBuf>,
    /// Whether the account has an admin user; it has unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    has_admin: bool,
    /// Whether direct linking is switched on; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    link_enabled: bool,
}

/// A customer team, also called workspace or customer account.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Team {
    /// Second segment of `sub`: the numeric ID, or `E` and the external ID, percent-encoded.
    id: String,
    /// The vendor ID of the partner it belongs to.
    vendor: String,
    /// Whether it is the partner's own admin account.
    #[serde(default, skip_serializing_if = "is_false")]
    admin_account: bool,
    /// Whether it existed before the partner's set-up, which then does not reach it.
    #[serde(default, skip_serializing_if = "is_false")]
    older_than_setup: bool,
    /// Whether its e-mail is confirmed; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    confirmed: bool,
    /// Whether members must come through the SAML identity provider.
    #[serde(default, skip_serializing_if = "is_false")]
    saml_required: bool,
    /// The embedding origin set for this customer, where it differs from the partner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

/// A user.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Member {
    /// Third segment of `sub`.
    id: String,
    /// The team the user was created in; none for a user outside any customer team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    /// Whether the user's e-mail is confirmed; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    confirmed: bool,
    /// Whether the user owns the admin account.
    #[serde(default, skip_serializing_if = "is_false")]
    owner: bool,
    /// Whether the user manages customers from within the admin account.
    #[serde(default, skip_serializing_if = "is_false")]
    manager: bool,
}

impl File {
    pub(super) fn taken(self, intake: &Intake<'_>) -> Result<cast::Directory, Mistake> {
        if self.vendor.is_empty() {
            return Err(Mistake::of_file("no [[vendor]]: nobody could sign a token"));
        }
        all_differ(self.vendor.iter().map(|one| one.id.as_str()), |n| format!("vendor.{n}.id"))?;
        all_differ(self.team.iter().map(|one| one.id.as_str()), |n| format!("team.{n}.id"))?;
        all_differ(self.member.iter().map(|one| one.id.as_str()), |n| format!("member.{n}.id"))?;
        self.all_are_named()?;
        let vendors = self.vendor.into_iter().enumerate().map(|(n, one)| one.taken(n, intake));
        Ok(cast::Directory {
            vendors: vendors.collect::<Result<_, _>>()?,
            teams: self.team.into_iter().map(cast::Team::from).collect(),
            members: self.member.into_iter().map(cast::Member::from).collect(),
        })
    }

    fn all_are_named(&self) -> Result<(), Mistake> {
        let vendors: Vec<&str> = self.vendor.iter().map(|one| one.id.as_str()).collect();
        let teams: Vec<&str> = self.team.iter().map(|one| one.id.as_str()).collect();
        for (n, team) in self.team.iter().enumerate() {
            is_team(&team.id, &format!("team.{n}.id"))?;
            is_one_of(&team.vendor, &vendors, "[[vendor]]", || format!("team.{n}.vendor"))?;
        }
        for (n, member) in self.member.iter().enumerate() {
            is_given(&member.id, || format!("member.{n}.id"))?;
            if let Some(team) = &member.team {
                is_one_of(team, &teams, "[[team]]", || format!("member.{n}.team"))?;
            }
        }
        Ok(())
    }
}

/// Another form could stand in no token. The server compares hex digits in upper case.
fn is_team(id: &str, key: &str) -> Result<(), Mistake> {
    let is_number = !id.is_empty() && id.bytes().all(|c| c.is_ascii_digit());
    let is_external = id.len() > 1 && id.starts_with('E');
    if !is_number && !is_external {
        let what = format!("`{id}` is neither a number nor `E` and an external ID");
        return Err(Mistake::at(key, what));
    }
    let lower = |hex: &str| hex.bytes().take(2).any(|c| c.is_ascii_lowercase());
    match id.split('%').skip(1).any(lower) {
        true => {
            let what = format!("`{id}`: write the hex digits behind % in upper case");
            Err(Mistake::at(key, what))
        }
        false => Ok(()),
    }
}

impl Vendor {
    fn taken(self, n: usize, intake: &Intake<'_>) -> Result<cast::Vendor, Mistake> {
        let at = format!("vendor.{n}");
        let Self { id, public_key_file, has_admin, link_enabled } = self;
        is_given(&id, || format!("{at}.id"))?;
        let key = public_key_file.map(|file| intake.public_key(&file, &at)).transpose()?;
        let (public_key, kept_as) = key.map_or((None, None), |key| (Some(key.pem), key.kept_as));
        Ok(cast::Vendor { id, public_key, kept_as, has_admin, link_enabled })
    }
}

impl From<Team> for cast::Team {
    fn from(team: Team) -> Self {
        let Team { id, vendor, admin_account, older_than_setup, confirmed, saml_required, origin } =
            team;
        Self { id, vendor, admin_account, older_than_setup, confirmed, saml_required, origin }
    }
}

impl From<cast::Team> for Team {
    fn from(team: cast::Team) -> Self {
        let cast::Team {
            id,
            vendor,
            admin_account,
            older_than_setup,
            confirmed,
            saml_required,
            origin,
        } = team;
        Self { id, vendor, admin_account, older_than_setup, confirmed, saml_required, origin }
    }
}

impl From<Member> for cast::Member {
    fn from(member: Member) -> Self {
        let Member { id, team, confirmed, owner, manager } = member;
        Self { id, team, confirmed, owner, manager }
    }
}

impl From<cast::Member> for Member {
    fn from(member: cast::Member) -> Self {
        let cast::Member { id, team, confirmed, owner, manager } = member;
        Self { id, team, confirmed, owner, manager }
    }
}

pub(super) fn written(directory: &cast::Directory, roles: &Roles, keys: &Keys) -> Tables {
    let mut tables = Tables::default();
    for own in &directory.vendors {
        let role = roles.of_id(&own.id);
        let text = own.kept_as.as_ref().or(own.public_key.as_ref());
        let public_key_file = text.map(|text| keys.put(&format!("{role}.public.pem"), text));
        let (id, has_admin, link_enabled) = (own.id.clone(), own.has_admin, own.link_enabled);
        tables.push("vendor", role, &Vendor { id, public_key_file, has_admin, link_enabled });
    }
    for own in &directory.teams {
        tables.push("team", roles.of_id(&own.id), &Team::from(own.clone()));
    }
    for own in &directory.members {
        tables.push("member", roles.of_id(&own.id), &Member::from(own.clone()));
    }
    tables
}
