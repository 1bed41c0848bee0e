//! What a target file says, held against what can be.

use claimproof_cast::{MANAGEMENT, Players, roles};
use claimproof_catalog::{Profile, codes, readings};
use claimproof_vectors::ManageMethod;
use regex::Regex;
use url::Url;

use super::answer::{CodeFrom, Predicate};
use super::{Method, PlayerEntry, Session, Surface, Target};

/// The longest time a change may be said to take.
const LONGEST_SETTLE: u64 = 300;

impl Target {
    pub(super) fn check(&self) -> Result<(), String> {
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

    fn check_base_url(&self) -> Result<(), String> {
        let url = Url::parse(&self.base_url).map_err(|error| {
            format!("base_url `{}`: {error}; expected http://HOST:PORT", self.base_url)
        })?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(format!("base_url `{}` is no http or https URL", self.base_url));
        }
        Ok(())
    }

    /// A case waits so long wherever a change does not show.
    fn check_settle(&self) -> Result<(), String> {
        match self.settle {
            Some(seconds) if seconds > LONGEST_SETTLE => {
                Err(format!("settle: {seconds} is not 0 to {LONGEST_SETTLE}; it is in seconds"))
            }
            _ => Ok(()),
        }
    }

    fn check_surfaces(&self) -> Result<(), String> {
        if self.surfaces.is_empty() {
            return Err("no [[surface]]: at least one place to present tokens is needed".to_owned());
        }
        for (n, surface) in self.surfaces.iter().enumerate() {
            surface.check()?;
            if self.surfaces[..n].iter().any(|other| other.name == surface.name) {
                return Err(format!("surface `{}` stands twice", surface.name));
            }
            surface
                .code
                .iter()
                .try_for_each(|from| self.knows(&format!("surface `{}`", surface.name), from))?;
        }
        Ok(())
    }

    /// A code written here is a documented one, or one of [codes].
    fn knows(&self, at: &str, from: &CodeFrom) -> Result<(), String> {
        let (CodeFrom::BodyIs { code, .. } | CodeFrom::Status { code, .. }) = from else {
            return Ok(());
        };
        if self.codes.contains_key(code) || codes::find(self.profile, code).is_some() {
            return Ok(());
        }
        let near = nearest(code, codes::of(self.profile).iter().map(|code| code.as_str()));
        Err(format!("{at}: code `{code}` is no documented code of {}{near}", self.profile))
    }

    fn check_manage(&self) -> Result<(), String> {
        for (name, method) in &self.manage {
            let known = || ManageMethod::ALL.into_iter().map(ManageMethod::name);
            if !known().any(|one| one == name) {
                return Err(format!("manage.{name}: no such method{}", nearest(name, known())));
            }
            method.check_managing(name).map_err(|error| format!("manage.{name}: {error}"))?;
            let codes = method.code.iter().flatten();
            codes.into_iter().try_for_each(|from| self.knows(&format!("manage.{name}"), from))?;
            if method.value.is_some() && (name != "create-secret" || method.made.is_none()) {
                return Err(format!(
                    "manage.{name}: `value` belongs to `create-secret`, beside a `made`"
                ));
            }
        }
        if self.manage.contains_key("create-secret") && !self.manage.contains_key("delete-secret") {
            return Err(
                "manage.create-secret: add [manage.delete-secret] too, or what a run makes would stay".to_owned()
            );
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

    fn check_session(&self) -> Result<(), String> {
        let Some(session) = &self.session else { return Ok(()) };
        if session.surface.is_none() && !self.has_fixed_session() {
            return Err(format!(
                "session: name the `surface` of the sign-in, or give [[account]] role = \"{MANAGEMENT}\" the fixed \
                 token as its secret_file or secret_env"
            ));
        }
        session.check(self.profile, &self.surfaces)
    }

    fn check_players(&self) -> Result<(), String> {
        for (n, player) in self.players.iter().enumerate() {
            let is_same =
                |other: &PlayerEntry| other.role == player.role && other.site == player.site;
            if self.players[..n].iter().any(is_same) {
                return Err(format!("account `{}` stands twice", player.role));
            }
            self.check_site(player)?;
        }
        Ok(())
    }

    /// A site of the cast, and for what is not a site itself.
    fn check_site(&self, player: &PlayerEntry) -> Result<(), String> {
        let Some(site) = &player.site else { return Ok(()) };
        let known = sites(self.profile);
        if !known.contains(site) || player.role.starts_with("site.") {
            let near = nearest(site, known.iter().map(String::as_str));
            return Err(format!(
                "account `{}`: site `{site}` is no role of a site{near}",
                player.role
            ));
        }
        Ok(())
    }

    fn check_codes(&self) -> Result<(), String> {
        for (theirs, documented) in &self.codes {
            if codes::find(self.profile, documented).is_none() {
                let near =
                    nearest(documented, codes::of(self.profile).iter().map(|code| code.as_str()));
                return Err(format!(
                    "codes.{theirs}: `{documented}` is no documented code of {}{near}",
                    self.profile
                ));
            }
        }
        Ok(())
    }

    /// The document promises that ten minutes are accepted; what is meant as minutes is no such number.
    fn check_limits(&self) -> Result<(), String> {
        let Some(seconds) = self.limits.longest_lifetime else { return Ok(()) };
        if !self.profile.sheet().bounds_lifetime {
            return Err(format!(
                "limits.longest_lifetime: no document of {} knows one",
                self.profile
            ));
        }
        if !(Players::LONGEST_LIFETIME..=86_400).contains(&seconds) {
            return Err(format!(
                "limits.longest_lifetime: {seconds} is not 600 to 86400; it is in seconds, and the document promises ten minutes"
            ));
        }
        Ok(())
    }

    fn check_readings(&self) -> Result<(), String> {
        let own = readings::of(self.profile);
        for (family, reading) in &self.readings {
            let found = own.iter().find(|one| one.id == family).ok_or_else(|| {
                let near = nearest(family, own.iter().map(|one| one.id));
                format!("readings: `{family}` is no family of {}{near}", self.profile)
            })?;
            if !found.readings.iter().any(|one| one.name == reading) {
                let near = nearest(reading, found.readings.iter().map(|one| one.name));
                return Err(format!("readings.{family}: `{reading}` is no reading{near}"));
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
    fn check(&self) -> Result<(), String> {
        let at = |error: String| format!("surface `{}`: {error}", self.name);
        self.request.check().map_err(at)?;
        self.request.is_plain().map_err(at)?;
        self.accept.check("accept").map_err(at)?;
        self.refuse.check("refuse").map_err(at)?;
        self.code.iter().try_for_each(CodeFrom::check).map_err(at)
    }
}

impl Method {
    pub(super) fn check(&self) -> Result<(), String> {
        hyper::Method::from_bytes(self.method.as_bytes())
            .map_err(|_| format!("`{}` is no HTTP method", self.method))?;
        if !self.path.starts_with('/') {
            return Err(format!("path `{}` must start with a slash", self.path));
        }
        if self.path.contains(['?', '#']) {
            return Err(format!(
                "path `{}`: put what follows the question mark under `query`",
                self.path
            ));
        }
        if let Some(json) = &self.json {
            serde_json::from_str::<serde_json::Value>(json)
                .map_err(|error| format!("json: {error}"))?;
        }
        self.made.as_ref().map_or(Ok(()), |pattern| group("made", pattern))?;
        self.value.as_ref().map_or(Ok(()), |pattern| group("value", pattern))
    }

    /// The signals of a surface stand beside its request.
    fn is_plain(&self) -> Result<(), String> {
        if self.accept.is_some() || self.refuse.is_some() || self.code.is_some() {
            return Err(
                "`accept`, `refuse` and `code` belong beside `request`, not in it".to_owned()
            );
        }
        self.is_one_request()
    }

    fn is_one_request(&self) -> Result<(), String> {
        if self.then.is_empty() && self.read.is_empty() {
            return Ok(());
        }
        Err(format!("`read` and `then` belong to manage.{VIEWER_LOGIN} alone"))
    }

    fn check_managing(&self, name: &str) -> Result<(), String> {
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
    fn check(&self, profile: Profile, surfaces: &[Surface]) -> Result<(), String> {
        if let Some(name) = self.surface
            && !surfaces.iter().any(|surface| surface.name == name)
        {
            return Err(format!("session: no [[surface]] is named `{name}`"));
        }
        let known = sites(profile);
        if let Some(site) = self.sites.keys().find(|site| !known.contains(site)) {
            let near = nearest(site, known.iter().map(String::as_str));
            return Err(format!("session.sites.{site}: no role of a site{near}"));
        }
        self.read
            .iter()
            .try_for_each(|(name, pattern)| group(&format!("session.read.{name}"), pattern))
    }
}

impl Predicate {
    fn check(&self, which: &str) -> Result<(), String> {
        for status in &self.status {
            let digits = status.as_bytes();
            let fits = digits.len() == 3 && digits.iter().all(|c| c.is_ascii_digit() || *c == b'x');
            if !fits {
                return Err(format!(
                    "{which}.status `{status}`: expected three digits, x for any: 200, 4xx"
                ));
            }
        }
        for pattern in
            [&self.body, &self.location].into_iter().flatten().chain(self.headers.values())
        {
            Regex::new(pattern).map_err(|error| format!("{which}: {error}"))?;
        }
        if self.is_empty() {
            return Err(format!("{which}: says nothing, so every answer would fit"));
        }
        if self.or.as_ref().is_some_and(Vec::is_empty) {
            return Err(format!("{which}.or: has no members, so nothing would fit"));
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
    fn check(&self) -> Result<(), String> {
        match self {
            Self::Body { pattern } => group("code", pattern),
            Self::BodyIs { pattern, .. } => {
                Regex::new(pattern).map(drop).map_err(|error| format!("code: {error}"))
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
pub(super) fn pointer(which: &str, at: &str) -> Result<(), String> {
    if at.is_empty() || at.starts_with('/') {
        return Ok(());
    }
    Err(format!("{which}: the JSON pointer `{at}` must start with a slash: `/{at}`"))
}

/// A pattern whose first group is read.
fn group(at: &str, pattern: &str) -> Result<(), String> {
    let regex = Regex::new(pattern).map_err(|error| format!("{at}: {error}"))?;
    if regex.captures_len() < 2 {
        return Err(format!("{at}: `{pattern}` has no group in parentheses to read"));
    }
    Ok(())
}

/// ` (did you mean ...?)` for a name that nearly is one of these.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let best =
        known.map(|one| (strsim::jaro_winkler(name, one), one)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, one)) if likeness > 0.7 => format!("; did you mean `{one}`?"),
        _ => String::new(),
    }
}

/// serde lists the known keys; the nearest one is worth a word of its own.
pub fn did_you_mean(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(unknown) = quoted.next().filter(|_| message.contains("unknown")) else {
        return String::new();
    };
    let known: Vec<&str> = quoted.collect();
    // The parser ends its words with a line end.
    nearest(unknown, known.into_iter()).replacen("; ", "", 1)
}
