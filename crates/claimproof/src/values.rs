//! Values of flags: how each is written, and what is said of one that is not.

use std::path::PathBuf;

use claimproof_files::Mark;
use url::Url;

/// Why a text is no value of its flag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoValue {
    #[error("expected KIND=PATH, for instance {0}")]
    Report(&'static str),
    #[error("`{0}` is no report; the reports are {1}")]
    Kind(String, String),
    #[error("the path is empty")]
    Path,
    #[error("expected a whole percentage from 0% to 100%")]
    Percentage,
    #[error("expected FAMILY=OPTION, for instance WDL-R-path-form=vendor-client")]
    Reading,
    #[error("an address like http://127.0.0.1:8080 is expected")]
    Address,
    #[error(
        "user name and password do not belong in an address; a header of the target file carries them, as {{env:NAME}}"
    )]
    UserInfo,
    #[error("the environment variable CLAIMPROOF_URL: {0}")]
    Environment(Box<Self>),
}

/// The formats a report can have.
pub(crate) trait Format: Copy + 'static {
    /// A value of the flag.
    const EXAMPLE: &'static str;
    /// What the flag calls each.
    const NAMES: &'static [(&'static str, Self)];

    /// By what a report of it shows who wrote it.
    fn mark(self) -> Mark;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportKind {
    Json,
    Junit,
}

impl Format for ReportKind {
    const EXAMPLE: &'static str = "json=report.json";
    const NAMES: &'static [(&'static str, Self)] = &[("json", Self::Json), ("junit", Self::Junit)];

    fn mark(self) -> Mark {
        match self {
            Self::Json => Mark::Json,
            Self::Junit => Mark::Markup,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoadReport {
    Json,
    Html,
}

impl Format for LoadReport {
    const EXAMPLE: &'static str = "html=load.html";
    const NAMES: &'static [(&'static str, Self)] = &[("json", Self::Json), ("html", Self::Html)];

    fn mark(self) -> Mark {
        match self {
            Self::Json => Mark::Json,
            Self::Html => Mark::Markup,
        }
    }
}

/// A format of a report, and where it is written: `KIND=PATH`.
pub(crate) fn report<F: Format>(text: &str) -> Result<(F, PathBuf), NoValue> {
    let (kind, path) = text.split_once('=').ok_or(NoValue::Report(F::EXAMPLE))?;
    let Some((_, format)) = F::NAMES.iter().find(|(name, _)| *name == kind) else {
        let names: Vec<&str> = F::NAMES.iter().map(|(name, _)| *name).collect();
        return Err(NoValue::Kind(kind.to_owned(), names.join(" and ")));
    };
    if path.is_empty() { Err(NoValue::Path) } else { Ok((*format, path.into())) }
}

pub(crate) fn percent(text: &str) -> Result<u8, NoValue> {
    let number = text.strip_suffix('%').unwrap_or(text).parse::<u8>().ok();
    number.filter(|number| *number <= 100).ok_or(NoValue::Percentage)
}

/// A question left open, and the interpretation to follow: `FAMILY=OPTION`.
pub(crate) fn reading(text: &str) -> Result<(String, String), NoValue> {
    let pair = text.split_once('=').map(|(family, option)| (family.to_owned(), option.to_owned()));
    pair.ok_or(NoValue::Reading)
}

/// Where a target file's server is, where the flag or the environment says so.
pub(crate) fn address(flag: Option<&Url>) -> Result<Option<Url>, NoValue> {
    match (flag, std::env::var("CLAIMPROOF_URL")) {
        (Some(url), _) => Ok(Some(url.clone())),
        (None, Ok(text)) if !text.is_empty() => {
            web_address(&text).map(Some).map_err(|why| NoValue::Environment(Box::new(why)))
        }
        (None, _) => Ok(None),
    }
}

/// `localhost:8080` is a URL too, of the scheme `localhost`.
pub(crate) fn web_address(text: &str) -> Result<Url, NoValue> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match url.ok_or(NoValue::Address)? {
        url if url.username().is_empty() && url.password().is_none() => Ok(url),
        _ => Err(NoValue::UserInfo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_its_format_and_its_path() {
        assert_eq!(report("junit=a=b.xml"), Ok((ReportKind::Junit, "a=b.xml".into())));
        let told = |text| report::<LoadReport>(text).unwrap_err().to_string();
        assert_eq!(told("html"), "expected KIND=PATH, for instance html=load.html");
        assert_eq!(told("junit=x"), "`junit` is no report; the reports are json and html");
        assert_eq!(told("json="), "the path is empty");
    }
}
