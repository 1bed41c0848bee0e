//! How TLS is spoken to a target, and the way there, as its file says.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::Target;
use super::fault::TargetFault;

/// The proxies of the environment.
pub(crate) const OF_ENVIRONMENT: &str = "env";

/// Whom it is believed to be, who asks, and through whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// A file with the certificates of the authorities that vouch for the target, PEM, relative to
    /// the target file: they alone count then. A self-signed certificate of its own may stand there
    /// too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// A file with the certificate by which the suite shows who asks, PEM, its chain behind it,
    /// relative to the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_file: Option<PathBuf>,
    /// A file with the private key of that certificate, PEM, relative to the target file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_file: Option<PathBuf>,
    /// `env` for what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say, or the URL of a
    /// proxy that knows CONNECT; none unless said. Nothing on this machine is reached through one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
}

impl Tls {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same with what is said elsewhere in the place of what the file says.
    pub fn outranked_by(self, other: Self) -> Self {
        // A certificate and its key are one thing.
        let pair = match other.certificate_file.is_some() || other.key_file.is_some() {
            true => (other.certificate_file, other.key_file),
            false => (self.certificate_file, self.key_file),
        };
        Self {
            ca_file: other.ca_file.or(self.ca_file),
            certificate_file: pair.0,
            key_file: pair.1,
            proxy: other.proxy.or(self.proxy),
        }
    }

    /// The files of a target file stand beside it.
    pub(super) fn beside(&mut self, folder: &Path) {
        for file in [&mut self.ca_file, &mut self.certificate_file, &mut self.key_file] {
            *file = file.take().map(|file| folder.join(file));
        }
    }

    fn check(&self) -> Result<(), TargetFault> {
        if self.certificate_file.is_some() != self.key_file.is_some() {
            return Err(TargetFault::new(
                "certificate_file and key_file belong together: give both, or none",
            ));
        }
        match self.proxy.as_deref() {
            None | Some(OF_ENVIRONMENT) => Ok(()),
            Some(url) => proxy(url).map(drop),
        }
    }
}

/// The URL of a proxy. What it asks for belongs into no file and no argument.
pub(crate) fn proxy(text: &str) -> Result<Url, TargetFault> {
    let expected = "expected `env`, or a URL like http://proxy.example:3128";
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "http" && url.has_host());
    let url = url.ok_or_else(|| TargetFault::new(expected).at("proxy"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(TargetFault::new(
            "found a user in the URL; put it into HTTPS_PROXY and say `env`, so that it is written down nowhere",
        )
        .at("proxy"));
    }
    Ok(url)
}

impl Target {
    /// What `[tls]` says can be, wherever it is said.
    ///
    /// # Errors
    ///
    /// Half of a pair, or what is no proxy.
    pub fn check_tls(&self) -> Result<(), TargetFault> {
        self.tls.check().map_err(|fault| fault.at("tls"))
    }
}
