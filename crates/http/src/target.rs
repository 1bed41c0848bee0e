//! The target file: how one implementation is reached, told apart, and who plays on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use claimproof_cast::{Player, Players, SecretString, SigningKey};
use claimproof_catalog::{Profile, codes, readings};
use claimproof_vectors::Surface as SurfaceName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod answer;
mod template;
mod write;

pub use answer::{CodeFrom, Predicate};
pub(crate) use answer::{Response, classify, compiled, outcome};
pub(crate) use template::{Fields, Rendered, render};
pub use write::{WriteError, of_reference, write};

/// Why a target file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is no TOML, or has a key nobody knows.
    #[error("{path}: {error}{hint}")]
    Parse {
        /// The file.
        path: String,
        /// The parser's words with line and column.
        error: Box<toml::de::Error>,
        /// The nearest known key, where there is one.
        hint: String,
    },
    /// It says something that cannot be.
    #[error("{path}: {what}")]
    Invalid {
        /// The file.
        path: String,
        /// What, and what to do.
        what: String,
    },
}

/// A target file. Unknown keys are errors.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Shown in reports.
    pub name: String,
    /// The one system it implements.
    #[schemars(with = "String")]
    pub profile: Profile,
    /// Scheme, host and port; paths of surfaces follow it.
    pub base_url: String,
    /// Where tokens are presented; cases that name none go to the first.
    #[serde(rename = "surface")]
    pub surfaces: Vec<Surface>,
    /// "My code is your code": theirs to the documented one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, String>,
    /// What placeholders stand for unless a case says otherwise: `path`, `scheme`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Readings the target declares: family to reading; then only that one passes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub readings: BTreeMap<String, String>,
    /// What it offers beyond answering.
    #[serde(default)]
    pub capabilities: Offers,
    /// Its management methods by name: `create-secret`, `delete-secret`, `create-app`,
    /// `enable-app`, `embedding`, `origin`, `store`; for Connect `integration-create`, `-read`,
    /// `-update` and `-delete`, `associate`, `dissociate`, `associations`, `sessions`,
    /// `session-delete`, `viewer-login`, `login`, `visit`, `visit-solo`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub manage: BTreeMap<String, Method>,
    /// How a management session is had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// Who plays.
    #[serde(rename = "player", default)]
    pub players: Vec<PlayerEntry>,
}

/// One place at which tokens are presented.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// Which.
    pub name: SurfaceName,
    /// The request.
    pub request: Method,
    /// What an acceptance looks like.
    pub accept: Predicate,
    /// What a refusal looks like; any answer with a code and any 4xx unless said.
    #[serde(default = "Predicate::any_4xx")]
    pub refuse: Predicate,
    /// Where a code is read, first hit first; empty means that codes are not carried here.
    #[serde(default)]
    pub code: Vec<CodeFrom>,
    /// Where the claims an application received are shown: a JSON pointer to JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
}

/// The management methods a case may call, by the name a target file gives them.
const MANAGE: [&str; 20] = [
    "create-secret",
    "delete-secret",
    "create-app",
    "enable-app",
    "embedding",
    "origin",
    "store",
    "integration-create",
    "integration-read",
    "integration-update",
    "integration-delete",
    "associate",
    "dissociate",
    "associations",
    "sessions",
    "session-delete",
    "viewer-login",
    "login",
    "visit",
    "visit-solo",
];

/// A request with placeholders: `{token}`, `{path}`, `{site}`, `{scheme}` and others.
/// What holds a placeholder nothing stands for is left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// Query parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub query: BTreeMap<String, String>,
    /// Headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// A form body.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub form: BTreeMap<String, String>,
    /// A JSON body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
    /// An XML body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
    /// A plain body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A pattern whose first group is the id of what a management method made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
}

/// A management session: an accepted sign-in and what is read from its answer.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The surface of the sign-in.
    pub surface: SurfaceName,
    /// Placeholder to pattern; the first group is what it stands for.
    pub read: BTreeMap<String, String>,
}

/// What a target offers beyond answering.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// The request header that sets its clock, in seconds since 1970. For Connect it counts for that
    /// request alone, since cases of other times run beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_header: Option<String>,
    /// The request header that declares a SAML session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saml_session_header: Option<String>,
    /// Whether its subject tokens are JWTs with an `exp`, which the suite may open and forge.
    #[serde(default)]
    pub token_internals: bool,
    /// Whether bytes that are no HTTP may be sent to it.
    #[serde(default)]
    pub raw_socket: bool,
}

/// Who plays a role on the target.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayerEntry {
    /// The role.
    pub role: String,
    /// The name it goes by: an id, a user name, a client ID.
    pub id: String,
    /// A file with the HMAC secret, relative to the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
    /// An environment variable with the HMAC secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_env: Option<String>,
    /// A file with the RSA private key, PKCS#8 PEM, relative to the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key_file: Option<PathBuf>,
    /// A file with the public key as configured on the target, relative to the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key_file: Option<PathBuf>,
}

impl Target {
    /// The published schema of target files.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// Reads a file and the keys it names.
    pub fn load(path: &Path) -> Result<(Self, Players), TargetError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| TargetError::Read { path: shown.clone(), error })?;
        let target = Self::parse(&text, &shown)?;
        let players = target.cast(path.parent().unwrap_or(Path::new(".")), &shown)?;
        Ok((target, players))
    }

    /// Reads the text of a file of this name.
    pub fn parse(text: &str, path: &str) -> Result<Self, TargetError> {
        let target: Self = toml::from_str(text).map_err(|error| {
            let hint = did_you_mean(error.message());
            TargetError::Parse { path: path.to_owned(), error: Box::new(error), hint }
        })?;
        target.check().map_err(|what| TargetError::Invalid { path: path.to_owned(), what })?;
        Ok(target)
    }

    fn check(&self) -> Result<(), String> {
        let url = url::Url::parse(&self.base_url)
            .map_err(|error| format!("base_url `{}`: {error}; expected http://HOST:PORT", self.base_url))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(format!("base_url `{}` is no http or https URL", self.base_url));
        }
        if self.surfaces.is_empty() {
            return Err("no [[surface]]: at least one place to present tokens is needed".to_owned());
        }
        for (n, surface) in self.surfaces.iter().enumerate() {
            surface.check()?;
            if self.surfaces[..n].iter().any(|other| other.name == surface.name) {
                return Err(format!("surface `{}` stands twice", surface.name));
            }
            surface.code.iter().try_for_each(|from| self.knows(surface.name, from))?;
        }
        for (name, method) in &self.manage {
            if !MANAGE.contains(&name.as_str()) {
                return Err(format!("manage.{name}: no such method{}", nearest(name, MANAGE.into_iter())));
            }
            method.check().map_err(|error| format!("manage.{name}: {error}"))?;
        }
        self.session.as_ref().map_or(Ok(()), |session| session.check(&self.surfaces))?;
        for (n, player) in self.players.iter().enumerate() {
            if self.players[..n].iter().any(|other| other.role == player.role) {
                return Err(format!("player `{}` stands twice", player.role));
            }
        }
        for (theirs, documented) in &self.codes {
            if codes::find(self.profile, documented).is_none() {
                let near = nearest(documented, codes::of(self.profile).iter().map(|row| row.code));
                return Err(format!("codes.{theirs}: `{documented}` is no documented code of {}{near}", self.profile));
            }
        }
        for (family, reading) in &self.readings {
            let own = readings::of(self.profile);
            let found = own.iter().find(|one| one.id == family).ok_or_else(|| {
                let near = nearest(family, own.iter().map(|f| f.id));
                format!("readings: `{family}` is no family of {}{near}", self.profile)
            })?;
            if !found.readings.iter().any(|one| one.name == reading) {
                return Err(format!(
                    "readings.{family}: `{reading}` is no reading{}",
                    nearest(reading, found.readings.iter().map(|one| one.name))
                ));
            }
        }
        Ok(())
    }

    /// A code written here is a documented one, or one of [codes].
    fn knows(&self, surface: SurfaceName, from: &CodeFrom) -> Result<(), String> {
        let (CodeFrom::BodyIs { code, .. } | CodeFrom::Status { code, .. }) = from else { return Ok(()) };
        if self.codes.contains_key(code) || codes::find(self.profile, code).is_some() {
            return Ok(());
        }
        let near = nearest(code, codes::of(self.profile).iter().map(|row| row.code));
        Err(format!("surface `{surface}`: code `{code}` is no documented code of {}{near}", self.profile))
    }

    /// The players with their keys; the error names the player and the file or variable.
    fn cast(&self, folder: &Path, path: &str) -> Result<Players, TargetError> {
        let mut players = Players::default();
        for entry in &self.players {
            let key = entry.key(folder).map_err(|what| TargetError::Invalid {
                path: path.to_owned(),
                what: format!("player `{}`: {what}", entry.role),
            })?;
            players.cast(&entry.role, Player { id: entry.id.clone(), key });
        }
        Ok(players)
    }
}

impl Surface {
    fn check(&self) -> Result<(), String> {
        let at = |error: String| format!("surface `{}`: {error}", self.name);
        self.request.check().map_err(at)?;
        self.accept.check("accept").map_err(at)?;
        self.refuse.check("refuse").map_err(at)?;
        self.code.iter().try_for_each(CodeFrom::check).map_err(at)
    }
}

impl Method {
    fn check(&self) -> Result<(), String> {
        hyper::Method::from_bytes(self.method.as_bytes())
            .map_err(|_| format!("`{}` is no HTTP method", self.method))?;
        if !self.path.starts_with('/') {
            return Err(format!("path `{}` must start with a slash", self.path));
        }
        if self.path.contains(['?', '#']) {
            return Err(format!("path `{}`: put what follows the question mark under `query`", self.path));
        }
        if let Some(json) = &self.json {
            serde_json::from_str::<serde_json::Value>(json).map_err(|error| format!("json: {error}"))?;
        }
        self.made.as_ref().map_or(Ok(()), |pattern| group("made", pattern))
    }
}

impl Session {
    fn check(&self, surfaces: &[Surface]) -> Result<(), String> {
        if !surfaces.iter().any(|surface| surface.name == self.surface) {
            return Err(format!("session: no [[surface]] is named `{}`", self.surface));
        }
        self.read.iter().try_for_each(|(name, pattern)| group(&format!("session.read.{name}"), pattern))
    }
}

/// A pattern whose first group is read.
fn group(at: &str, pattern: &str) -> Result<(), String> {
    let regex = regex::Regex::new(pattern).map_err(|error| format!("{at}: {error}"))?;
    if regex.captures_len() < 2 {
        return Err(format!("{at}: `{pattern}` has no group in parentheses to read"));
    }
    Ok(())
}

impl PlayerEntry {
    fn key(&self, folder: &Path) -> Result<Option<SigningKey>, String> {
        let read = |file: &PathBuf| {
            let file = folder.join(file);
            std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
        };
        match (&self.secret_file, &self.secret_env, &self.private_key_file) {
            (None, None, None) => Ok(None),
            (Some(file), None, None) => {
                let secret = read(file)?;
                Ok(Some(SigningKey::Secret(secret.trim_end_matches(['\r', '\n']).to_owned().into())))
            }
            (None, Some(name), None) => {
                let secret = std::env::var(name).map_err(|_| format!("the environment variable {name} is not set"))?;
                Ok(Some(SigningKey::Secret(secret.into())))
            }
            (None, None, Some(file)) => {
                let public = self.public_key_file.as_ref().map(read).transpose()?.unwrap_or_default();
                let private = read(file)?;
                if !private.contains("-----BEGIN PRIVATE KEY-----")
                    && !private.contains("-----BEGIN RSA PRIVATE KEY-----")
                {
                    return Err(format!("{}: no RSA private key in PEM form", folder.join(file).display()));
                }
                Ok(Some(SigningKey::Rsa { private: SecretString::from(private), public }))
            }
            _ => Err("give one of secret_file, secret_env and private_key_file".to_owned()),
        }
    }
}

/// ` (did you mean ...?)` for a name that nearly is one of these.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let best = known.map(|one| (strsim::jaro_winkler(name, one), one)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, one)) if likeness > 0.7 => format!("; did you mean `{one}`?"),
        _ => String::new(),
    }
}

/// serde lists the known keys; the nearest one is worth a word of its own.
fn did_you_mean(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(unknown) = quoted.next().filter(|_| message.contains("unknown")) else { return String::new() };
    let known: Vec<&str> = quoted.collect();
    // The parser ends its words with a line end.
    nearest(unknown, known.into_iter()).replacen("; ", "", 1)
}
