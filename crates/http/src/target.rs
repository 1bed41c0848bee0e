//! The target file: how one implementation is reached, told apart, and who plays on it.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_files::{Unreadable, read_toml};
use claimproof_suite::Text;
use claimproof_suite::text::{Excerpt, of_toml};
use claimproof_vectors::Surface as SurfaceName;
use serde::{Deserialize, Serialize};
use url::Url;

mod answer;
mod carried;
mod check;
mod clock;
mod fault;
mod file;
mod hosts;
mod keys;
mod offers;
mod outline;
mod parts;
mod placeholders;
mod players;
mod predicate;
mod profile;
mod response;
mod template;
mod terms;
mod tls;

pub use answer::CodeFrom;
pub(crate) use answer::{classify, code, outcome};
pub use clock::ClockControl;
pub use fault::{Near, TargetFault, did_you_mean, nearest};
pub use file::write;
pub use keys::public_key;
pub use placeholders::{Placeholder, placeholders};
pub use predicate::Predicate;
pub(crate) use response::{Response, cookie_name, every_group, first_group, framing};
pub(crate) use template::{Fields, Rendered, carries, render};
pub(crate) use tls::OF_ENVIRONMENT;
pub use tls::Tls;

/// No target file is longer.
const AT_MOST: u64 = 1024 * 1024;

/// Why a target file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// What stands in the way.
        error: Unreadable,
    },
    /// It is no TOML, or has a key nobody knows.
    #[error("{path}: {error}{hint}")]
    Parse {
        /// The file.
        path: String,
        /// The parser's words with line and column.
        error: Box<Excerpt>,
        /// The nearest known key, where there is one.
        hint: String,
    },
    /// It says something that cannot be.
    #[error("{path}: {fault}")]
    Invalid {
        /// The file.
        path: String,
        /// Where, what, and what to do.
        fault: TargetFault,
    },
}

/// A target file. Unknown keys are errors.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Shown in reports.
    pub name: String,
    /// The one system it implements.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub profile: Profile,
    /// Scheme, host and port; paths of surfaces follow it.
    pub base_url: String,
    /// Seconds its clock is ahead of this machine's, negative where it is behind. Without it, its
    /// `Date` is read and tokens of both clocks are tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset: Option<i64>,
    /// Seconds a change made by management may take to show, 0 to 300. Without it 5, and that it
    /// shows at once is advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle: Option<u64>,
    /// How many requests a second it gets at most, in all of a run; as many as it answers unless
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<NonZeroU32>,
    /// Whom it is believed to be, who asks, and through whom.
    #[serde(default, skip_serializing_if = "Tls::is_empty")]
    pub tls: Tls,
    /// The line of each surface's `accept`, where the target is that of a file.
    #[serde(skip)]
    pub accept_lines: Vec<usize>,
    /// Where tokens are presented; cases that name none go to the first.
    #[serde(rename = "surface")]
    pub surfaces: Vec<SurfaceEntry>,
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
    /// How it can be another time for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockControl>,
    /// Numbers of its own, where the documents leave them to the server; the cases follow them.
    #[serde(default, skip_serializing_if = "Limits::is_empty")]
    pub limits: Limits,
    /// Its management methods by name: `create-secret`, `delete-secret`, `secrets`, `create-app`,
    /// `enable-app`, `embedding`, `origin`, `store`; for Connect `integration-create`, `-read`,
    /// `-update` and `-delete`, `associate`, `dissociate`, `associations`, `sessions`,
    /// `session-delete`, `viewer-login`, `login`, `visit`, `visit-solo`, and, where there are such pages,
    /// `integrations` and `dashboard`, whose `made` is the login it offers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub manage: BTreeMap<String, Method>,
    /// How a management session is had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<ManagementSession>,
    /// Hosts of the target's own, in the place of those that origins of the cases name: `portal.example` for Tableau,
    /// `partner.example` and `customer.example` for direct links.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hosts: BTreeMap<String, String>,
    /// Claims that every plain token carries beside those of the document, as the target wants them: a value, or
    /// `{ from_now = SECONDS }`. Cases about one of them set it themselves.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<String, serde_json::Value>,
    /// The same for header parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub header: BTreeMap<String, serde_json::Value>,
    /// API platform: where the target reads the account, of `https://www.workato.com/sub`,
    /// `workato_sub`, `kid` and `sub`. Cases about the others are skipped. All four unless said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Who plays; `[[player]]` is read too.
    #[serde(rename = "account", alias = "player", default)]
    pub players: Vec<PlayerEntry>,
}

/// One place at which tokens are presented.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "Surface"))]
pub struct SurfaceEntry {
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

/// A request with placeholders: `{token}`, `{path}`, `{site}`, `{scheme}` and others.
/// What holds a placeholder nothing stands for is left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// An XML body; where there is a JSON body too, that one carries what XML cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
    /// A plain body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A pattern whose first group is the id of what a management method made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// Of `create-secret`: a pattern whose first group is the value of the secret it made. Without
    /// it, no token is signed with a secret that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Management: what an acceptance looks like; any 2xx unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept: Option<Predicate>,
    /// Management: what a refusal looks like; any 4xx unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuse: Option<Predicate>,
    /// Management: where a code is read; as on the surfaces unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Vec<CodeFrom>>,
    /// `viewer-login`: placeholders of the requests behind this one, each with a pattern over the headers and the
    /// body of its answer whose first group is what it stands for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: BTreeMap<String, String>,
    /// `viewer-login`: the requests behind this one, with the cookies that were set so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Self>,
}

/// A management session. An accepted sign-in opens it, as the account `management` where there is
/// one; where that account has a secret, the secret is the session.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "Session"))]
pub struct ManagementSession {
    /// The surface of the sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<SurfaceName>,
    /// Placeholder to pattern over the answer to the sign-in; the first group is what it stands
    /// for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: BTreeMap<String, String>,
    /// What other placeholders stand for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// The same where it differs by site: by the site's role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sites: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a target offers beyond answering.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// The former place of `header` under `[clock]`.
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

/// Numbers a server may set for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Tableau: the longest lifetime of a token in seconds, 600 or more. Where none is stated, the
    /// cases hold for 10, 15 and 30 minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_lifetime: Option<i64>,
}

impl Limits {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who plays a role on the target.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlayerEntry {
    /// The role.
    pub role: String,
    /// Tableau: the role of the one site on which this account plays it; on all of them unless
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The name it goes by: an id, a user name, a client ID.
    pub id: String,
    /// A file with the HMAC secret, API key or password, relative to the target file. One line end
    /// behind it is not part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
    /// An environment variable with the same, read alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_env: Option<String>,
    /// Whether the secret is taken byte for byte, though blanks, quotes or a line end stand around
    /// it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verbatim: bool,
    /// A file with the RSA private key of 2048 to 8192 bits, PEM of PKCS#8 or PKCS#1, relative to
    /// the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key_file: Option<PathBuf>,
    /// A file with the public key of that pair exactly as it is configured on the target (SPKI,
    /// PKCS#1, certificate, `ssh-rsa` line, JWK), relative to the target file. Without it, the
    /// cases that key an HMAC with this text are skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key_file: Option<PathBuf>,
}

impl Target {
    /// The published schema of target files.
    #[cfg(feature = "schema")]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// Has it reached at another address than the file says, where there is one.
    pub fn reach_at(&mut self, url: Option<&Url>) {
        if let Some(url) = url {
            self.base_url = url.as_str().trim_end_matches('/').to_owned();
        }
    }

    /// Has it asked no more often than so many times a second, where a number is given.
    pub fn ask_at(&mut self, rate: Option<NonZeroU32>) {
        self.rate = rate.or(self.rate);
    }

    /// Reads a file and the keys it names.
    pub fn load(path: &Path) -> Result<(Self, Players), TargetError> {
        let shown = path.display().to_string();
        let text = read_toml(path, AT_MOST)
            .map_err(|error| TargetError::Read { path: shown.clone(), error })?;
        let mut target = Self::parse(&text, &shown)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        target.tls.beside(folder);
        let players = target.cast(folder, &shown, &outline::account_lines(&text))?;
        Ok((target, players))
    }

    /// Reads the text of a file of this name.
    pub fn parse(text: &str, path: &str) -> Result<Self, TargetError> {
        outline::check(text)
            .map_err(|fault| TargetError::Invalid { path: path.to_owned(), fault })?;
        let mut target: Self = toml::from_str(text).map_err(|error| {
            let hint = did_you_mean(error.message());
            let hint = if hint.is_empty() { hint } else { Text::from(hint).replacen("", "\n", 1) };
            TargetError::Parse {
                path: path.to_owned(),
                error: Box::new(of_toml(text, &error)),
                hint,
            }
        })?;
        target.check().map_err(|fault| TargetError::Invalid { path: path.to_owned(), fault })?;
        target.accept_lines = outline::accept_lines(text);
        Ok(target)
    }
}
