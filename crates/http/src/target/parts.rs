//! What the tables of a target file say, each by itself.

use claimproof_catalog::Profile;
use regex::Regex;

use super::answer::CodeFrom;
use super::check::sites;
use super::fault::{TargetFault, nearest};
use super::predicate::Predicate;
use super::{ManagementSession, Method, SurfaceEntry};
use crate::wire::carried;

impl SurfaceEntry {
    pub(super) fn check(&self) -> Result<(), TargetFault> {
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
        if self.path.contains(char::is_control) {
            return Err(TargetFault::new("the path holds a control character; write it as %XX"));
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

    pub(super) fn check_managing(&self, name: &str) -> Result<(), TargetFault> {
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

/// No pattern needs to be longer.
const LONGEST_PATTERN: usize = 4096;

/// The one method that may take several requests.
const VIEWER_LOGIN: &str = "viewer-login";

impl ManagementSession {
    pub(super) fn check(
        &self,
        profile: Profile,
        surfaces: &[SurfaceEntry],
    ) -> Result<(), TargetFault> {
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
            let fits = digits.len() == 3
                && digits[0] != b'0'
                && digits.iter().all(|c| c.is_ascii_digit() || *c == b'x');
            if !fits {
                return Err(TargetFault::new(format!(
                    "{which}.status `{status}`: expected three digits, x for any: 200, 4xx"
                )));
            }
        }
        for pattern in
            [&self.body, &self.location].into_iter().flatten().chain(self.headers.values())
        {
            regex(which, pattern)?;
        }
        let names = self.header.iter().chain(self.headers.keys());
        names.into_iter().try_for_each(|name| header(which, name))?;
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
            Self::BodyIs { pattern, .. } => regex("code", pattern).map(drop),
            Self::Json { at } | Self::Text { at: Some(at) } => pointer("code", at),
            Self::Header { name } => header("code", name),
            Self::Status { status, .. } if !(100..=999).contains(status) => {
                Err(TargetFault::new(format!("{status} is no status; expected three digits"))
                    .at("code"))
            }
            Self::Text { at: None } | Self::RedirectQuery { .. } | Self::Status { .. } => Ok(()),
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

/// A name that answers can have among their headers.
fn header(at: &str, name: &str) -> Result<(), TargetFault> {
    carried(name, "0").map(drop).map_err(|error| TargetFault::new(error).at(at))
}

/// A pattern that is compiled at little cost.
fn regex(at: &str, pattern: &str) -> Result<Regex, TargetFault> {
    if pattern.len() > LONGEST_PATTERN {
        let what =
            format!("a pattern of {} bytes; expected {LONGEST_PATTERN} at most", pattern.len());
        return Err(TargetFault::new(what).at(at));
    }
    Regex::new(pattern).map_err(|error| TargetFault::new(error).at(at))
}

/// A pattern whose first group is read.
fn group(at: &str, pattern: &str) -> Result<(), TargetFault> {
    let regex = regex(at, pattern)?;
    if regex.captures_len() < 2 {
        return Err(
            TargetFault::new(format!("`{pattern}` has no group in parentheses to read")).at(at)
        );
    }
    Ok(())
}
