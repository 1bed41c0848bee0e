//! How claimproof knows again what it wrote.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// By what a file shows that claimproof wrote it. An empty file counts as its own: somebody made
/// it to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The first member of a JSON object, `written_by`, which the text has already.
    Json,
    /// A comment in the second line of an XML or HTML text.
    Markup,
    /// A comment in the first line of a TOML text, with the SHA-256 of what follows: what people
    /// have changed since is theirs.
    Toml,
    /// None: the file was read, and asked to be brought up to date.
    Unneeded,
}

const MARKUP: &str = "<!-- written by claimproof -->";
const JSON: &str = "\"written_by\": \"claimproof\"";
const TOML: &str = "# claimproof wrote what follows, SHA-256 ";

/// How far into a file its mark is looked for.
const HEAD: u64 = 512;
/// No file that people change by hand is longer.
const WHOLE: u64 = 16 * 1024 * 1024;

impl Mark {
    /// The text with its mark.
    pub(crate) fn put(self, text: &str) -> String {
        match self {
            Self::Json | Self::Unneeded => text.to_owned(),
            Self::Markup => match text.split_once('\n') {
                Some((first, rest)) => format!("{first}\n{MARKUP}\n{rest}"),
                None => format!("{text}\n{MARKUP}\n"),
            },
            Self::Toml => format!("{TOML}{}\n{text}", digest(text.as_bytes())),
        }
    }

    /// Whether claimproof wrote this file, and, where people may change it, nobody did since.
    pub(crate) fn is_on(self, path: &Path) -> io::Result<bool> {
        let bound = if self == Self::Toml { WHOLE } else { HEAD };
        let mut bytes = Vec::new();
        File::open(path)?.take(bound).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(bytes.is_empty()
            || match self {
                Self::Json => text.contains(JSON),
                Self::Markup => text.contains(MARKUP),
                Self::Toml => is_unchanged(&text),
                Self::Unneeded => true,
            })
    }
}

fn is_unchanged(text: &str) -> bool {
    let rest = text.strip_prefix(TOML).and_then(|rest| rest.split_once('\n'));
    rest.is_some_and(|(own, rest)| own == digest(rest.as_bytes()))
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
