//! What a target file says, held against what can be.

use claimproof_cast::{MANAGEMENT, Players, roles};
use claimproof_catalog::{Profile, codes, readings};
use claimproof_vectors::ManageMethod;
use regex::Regex;
use url::Url;

use super::answer::{CodeFrom, Predicate};
use super::fault::{TargetFault, nearest};
use super::{Method, PlayerEntry, Session, Surface, Target};

/// The longest time a change may be said to take.
const LONGEST_SETTLE: u64 = 300;

impl Target {
    pub(super) fn check(&self) -> Result<(), TargetFault> {
        self.check_base_url()?;
        self.check_settle()?;
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
            TargetFault::new(format!("{error}; expected http://HOST:PORT"))
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

    /// The document promises that ten minutes are accepted; what is meant as minutes is no such number.
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
fn sites(profile: Profile) -> Vec<String> {
    roles(profile).into_iter().filter(|role| role.starts_with("site.")).collect()
}

impl Surface {
    fn check(&self) -> Result<(), TargetFault> {
        let at = |fault: TargetFault| fault.at(format!("surface `{}`", self.name));
        self.request.check().map_err(at)?;
        self.request.is_plain().map_err(at)?;
        self.accept.check("accept").map_err(at)?;
        self.refuse.check("refuse").map_err(at)?;
        self.code.iter().try_for_each(CodeFrom::check).map_err(at)
    }
}

impl Method {
    pub(super) fn check(&self) -> Result<(), TargetFault> {
        hyper::Method::from_bytes(self.method.as_bytes())
            .map_err(|_| TargetFault::new(format!("`{}` is no HTTP method", self.method)))?;
        if !self.path.starts_with('/') {
            return Err(TargetFault::new(format!("path `{}` must start with a slash", self.path)));
        }
        if self.path.contains(['?', '#']) {
            return Err(TargetFault::new(format!(
                "path `{}`: put what follows the question mark under `query`",
                self.path
            )));
        }
        if let Some(json) = &self.json {
            serde_json::from_str::<serde_json::Value>(json)
                .map_err(|error| TargetFault::new(error).at("json"))?;
        }
        self.made.as_ref().map_or(Ok(()), |pattern| group("made", pattern))?;
        self.value.as_ref().map_or(Ok(()), |pattern| group("value", pattern))
    }

    /// The signals of a surface stand beside its request.
    fn is_plain(&self) -> Result<(), TargetFault> {
        if self.accept.is_some() || self.refuse.is_some() || self.code.is_some() {
            return Err(TargetFault::new(
                "`accept`, `refuse` and `code` belong beside `request`, not in it",
            ));
        }
        self.is_one_request()
    }

    fn is_one_request(&self) -> Result<(), TargetFault> {
        if self.then.is_empty() && self.read.is_empty() {
            return Ok(());
        }
        Err(TargetFault::new(format!("`read` and `then` belong to manage.{VIEWER_LOGIN} alone")))
    }

    fn check_managing(&self, name: &str) -> Result<(), TargetFault> {
        self.check()?;
        self.accept.as_ref().map_or(Ok(()), |accept| accept.check("accept"))?;
        self.refuse.as_ref().map_or(Ok(()), |refuse| refuse.check("refuse"))?;
        self.code.iter().flatten().try_for_each(CodeFrom::check)?;
        if name != VIEWER_LOGIN {
            return self.is_one_request();
        }
        self.read.iter().try_for_each(|(name, pattern)| group(&format!("read.{name}"), pattern))?;
        self.then.iter().try_for_each(|method| method.check_managing(name))
    }
}

/// The one method that may take several requests.
const VIEWER_LOGIN: &str = "viewer-login";

impl Session {
    fn check(&self, profile: Profile, surfaces: &[Surface]) -> Result<(), TargetFault> {
        if let Some(name) = self.surface
            && !surfaces.iter().any(|surface| surface.name == name)
        {
            return Err(TargetFault::new(format!("no [[surface]] is named `{name}`")).at("session"));
        }
        let known = sites(profile);
        if let Some(site) = self.sites.keys().find(|site| !known.contains(site)) {
            let near = nearest(site, known.iter().map(String::as_str));
            return Err(TargetFault::new("no role of a site")
                .at(format!("session.sites.{site}"))
                .near(near));
        }
        self.read
            .iter()
            .try_for_each(|(name, pattern)| group(&format!("session.read.{name}"), pattern))
    }
}

impl Predicate {
    fn check(&self, which: &str) -> Result<(), TargetFault> {
        for status in &self.status {
            let digits = status.as_bytes();
            let fits = digits.len() == 3 && digits.iter().all(|c| c.is_ascii_digit() || *c == b'x');
            if !fits {
                return Err(TargetFault::new(format!(
                    "{which}.status `{status}`: expected three digits, x for any: 200, 4xx"
                )));
            }
        }
        for pattern in
            [&self.body, &self.location].into_iter().flatten().chain(self.headers.values())
        {
            Regex::new(pattern).map_err(|error| TargetFault::new(error).at(which))?;
        }
        if self.is_empty() {
            return Err(TargetFault::new("says nothing, so every answer would fit").at(which));
        }
        if self.or.as_ref().is_some_and(Vec::is_empty) {
            return Err(
                TargetFault::new("has no members, so nothing would fit").at(format!("{which}.or"))
            );
        }
        self.or.iter().flatten().try_for_each(|one| one.check(&format!("{which}.or")))?;
        self.absent.as_ref().map_or(Ok(()), |one| one.check(&format!("{which}.absent")))?;
        self.json.as_ref().map_or(Ok(()), |at| pointer(which, at))
    }

    fn is_empty(&self) -> bool {
        let single = [&self.header, &self.json, &self.body, &self.location];
        self.status.is_empty()
            && single.into_iter().all(Option::is_none)
            && self.headers.is_empty()
            && self.or.is_none()
            && self.absent.is_none()
    }
}

impl CodeFrom {
    fn check(&self) -> Result<(), TargetFault> {
        match self {
            Self::Body { pattern } => group("code", pattern),
            Self::BodyIs { pattern, .. } => {
                Regex::new(pattern).map(drop).map_err(|error| TargetFault::new(error).at("code"))
            }
            Self::Json { at } | Self::Text { at: Some(at) } => pointer("code", at),
            Self::Text { at: None }
            | Self::Header { .. }
            | Self::RedirectQuery { .. }
            | Self::Status { .. } => Ok(()),
        }
    }
}

/// Without a slash in front a JSON pointer leads nowhere.
pub(super) fn pointer(which: &str, at: &str) -> Result<(), TargetFault> {
    if at.is_empty() || at.starts_with('/') {
        return Ok(());
    }
    Err(TargetFault::new(format!("the JSON pointer `{at}` must start with a slash: `/{at}`"))
        .at(which))
}

/// A pattern whose first group is read.
fn group(at: &str, pattern: &str) -> Result<(), TargetFault> {
    let regex = Regex::new(pattern).map_err(|error| TargetFault::new(error).at(at))?;
    if regex.captures_len() < 2 {
        return Err(
            TargetFault::new(format!("`{pattern}` has no group in parentheses to read")).at(at)
        );
    }
    Ok(())
}
