//! What a target file says, held against what can be.

use claimproof_cast::{MANAGEMENT, Players, roles};
use claimproof_catalog::{Profile, codes, readings};
use claimproof_vectors::ManageMethod;
use url::Url;

use super::answer::CodeFrom;
use super::fault::{TargetFault, nearest};
use super::{PlayerEntry, Target};

/// The longest time a change may be said to take.
const LONGEST_SETTLE: u64 = 300;

impl Target {
    pub(super) fn check(&self) -> Result<(), TargetFault> {
        self.check_base_url()?;
        self.check_settle()?;
        self.check_tls()?;
        self.check_surfaces()?;
        self.check_manage()?;
        self.check_carried()?;
        self.check_session()?;
        self.check_players()?;
        self.check_codes()?;
        self.check_limits()?;
        self.check_terms()?;
        self.check_clock()?;
        self.check_placeholders()?;
        self.check_hosts()?;
        self.check_readings()
    }

    fn check_base_url(&self) -> Result<(), TargetFault> {
        let url = Url::parse(&self.base_url).map_err(|error| {
            TargetFault::new(format!("{error}; expected http://HOST:PORT, HOST in ASCII"))
                .at(format!("base_url `{}`", self.base_url))
        })?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(TargetFault::new(format!(
                "base_url `{}` is no http or https URL",
                self.base_url
            )));
        }
        Ok(())
    }

    /// A case waits so long wherever a change does not show.
    fn check_settle(&self) -> Result<(), TargetFault> {
        match self.settle {
            Some(seconds) if seconds > LONGEST_SETTLE => Err(TargetFault::new(format!(
                "{seconds} is not 0 to {LONGEST_SETTLE}; it is in seconds"
            ))
            .at("settle")),
            _ => Ok(()),
        }
    }

    fn check_surfaces(&self) -> Result<(), TargetFault> {
        if self.surfaces.is_empty() {
            return Err(TargetFault::new("at least one place to present tokens is needed")
                .at("no [[surface]]"));
        }
        for (n, surface) in self.surfaces.iter().enumerate() {
            surface.check()?;
            if self.surfaces[..n].iter().any(|other| other.name == surface.name) {
                return Err(TargetFault::new(format!("surface `{}` stands twice", surface.name)));
            }
            surface
                .code
                .iter()
                .try_for_each(|from| self.knows(&format!("surface `{}`", surface.name), from))?;
        }
        Ok(())
    }

    /// A code written here is a documented one, or one of [codes].
    fn knows(&self, at: &str, from: &CodeFrom) -> Result<(), TargetFault> {
        let (CodeFrom::BodyIs { code, .. } | CodeFrom::Status { code, .. }) = from else {
            return Ok(());
        };
        if self.codes.contains_key(code) || codes::find(self.profile, code).is_some() {
            return Ok(());
        }
        let near = nearest(code, codes::of(self.profile).iter().map(|code| code.as_str()));
        Err(TargetFault::new(format!("code `{code}` is no documented code of {}", self.profile))
            .at(at)
            .near(near))
    }

    fn check_manage(&self) -> Result<(), TargetFault> {
        for (name, method) in &self.manage {
            let known = || ManageMethod::ALL.into_iter().map(ManageMethod::name);
            if !known().any(|one| one == name) {
                return Err(TargetFault::new(format!("no such method{}", nearest(name, known())))
                    .at(format!("manage.{name}")));
            }
            method.check_managing(name).map_err(|fault| fault.at(format!("manage.{name}")))?;
            let codes = method.code.iter().flatten();
            codes.into_iter().try_for_each(|from| self.knows(&format!("manage.{name}"), from))?;
            if method.value.is_some() && (name != "create-secret" || method.made.is_none()) {
                return Err(TargetFault::new(
                    "`value` belongs to `create-secret`, beside a `made`",
                )
                .at(format!("manage.{name}")));
            }
        }
        if self.manage.get("secrets").is_some_and(|list| list.made.is_none()) {
            return Err(TargetFault::new("add `made`, a pattern whose first group is an ID")
                .at("manage.secrets"));
        }
        if self.manage.contains_key("create-secret") && !self.manage.contains_key("delete-secret") {
            return Err(TargetFault::new(
                "add [manage.delete-secret] too, or what a run makes would stay",
            )
            .at("manage.create-secret"));
        }
        Ok(())
    }

    /// Whether the secret of an account is the session of every management call.
    pub(super) fn has_fixed_session(&self) -> bool {
        let given = |player: &PlayerEntry| {
            player.role == MANAGEMENT
                && (player.secret_file.is_some() || player.secret_env.is_some())
        };
        self.players.iter().any(given)
    }

    fn check_session(&self) -> Result<(), TargetFault> {
        let Some(session) = &self.session else { return Ok(()) };
        if session.surface.is_none() && !self.has_fixed_session() {
            return Err(TargetFault::new(format!(
                "name the `surface` of the sign-in, or give [[account]] role = \"{MANAGEMENT}\" the fixed \
                 token as its secret_file or secret_env"
            ))
            .at("session"));
        }
        session.check(self.profile, &self.surfaces)
    }

    fn check_players(&self) -> Result<(), TargetFault> {
        for (n, player) in self.players.iter().enumerate() {
            let is_same =
                |other: &PlayerEntry| other.role == player.role && other.site == player.site;
            if self.players[..n].iter().any(is_same) {
                return Err(TargetFault::new(format!("account `{}` stands twice", player.role)));
            }
            self.check_site(player)?;
        }
        Ok(())
    }

    /// A site of the cast, and for what is not a site itself.
    fn check_site(&self, player: &PlayerEntry) -> Result<(), TargetFault> {
        let Some(site) = &player.site else { return Ok(()) };
        let known = sites(self.profile);
        if !known.contains(site) || player.role.starts_with("site.") {
            let near = nearest(site, known.iter().map(String::as_str));
            return Err(TargetFault::new(format!(
                "account `{}`: site `{site}` is no role of a site",
                player.role
            ))
            .near(near));
        }
        Ok(())
    }

    fn check_codes(&self) -> Result<(), TargetFault> {
        for (theirs, documented) in &self.codes {
            if codes::find(self.profile, documented).is_none() {
                let near =
                    nearest(documented, codes::of(self.profile).iter().map(|code| code.as_str()));
                return Err(TargetFault::new(format!(
                    "`{documented}` is no documented code of {}",
                    self.profile
                ))
                .at(format!("codes.{theirs}"))
                .near(near));
            }
        }
        Ok(())
    }

    /// The document promises that ten minutes are accepted; what is meant as minutes is no such
    /// number.
    fn check_limits(&self) -> Result<(), TargetFault> {
        let Some(seconds) = self.limits.longest_lifetime else { return Ok(()) };
        if !self.profile.sheet().bounds_lifetime {
            return Err(TargetFault::new(format!("no document of {} knows one", self.profile))
                .at("limits.longest_lifetime"));
        }
        if !(Players::LONGEST_LIFETIME..=86_400).contains(&seconds) {
            return Err(TargetFault::new(format!(
                "{seconds} is not 600 to 86400; it is in seconds, and the document promises ten minutes"
            )).at("limits.longest_lifetime"));
        }
        Ok(())
    }

    fn check_readings(&self) -> Result<(), TargetFault> {
        let own = readings::of(self.profile);
        for (family, reading) in &self.readings {
            let found = own.iter().find(|one| one.id == family).ok_or_else(|| {
                let near = nearest(family, own.iter().map(|one| one.id));
                TargetFault::new(format!("`{family}` is no family of {}", self.profile))
                    .at("readings")
                    .near(near)
            })?;
            if !found.readings.iter().any(|one| one.name == reading) {
                let near = nearest(reading, found.readings.iter().map(|one| one.name));
                return Err(TargetFault::new(format!("`{reading}` is no reading"))
                    .at(format!("readings.{family}"))
                    .near(near));
            }
        }
        Ok(())
    }
}

/// The roles of a profile's sites.
pub(super) fn sites(profile: Profile) -> Vec<String> {
    roles(profile).into_iter().filter(|role| role.starts_with("site.")).collect()
}
