//! The directory file: whom the reference knows, in the place of the public cast. Whoever has no server of their own yet
//! sends their tokens to the reference and hears what is wrong with them.

use std::path::Path;

use claimproof_cast::{AnyDirectory, Cast, Players};
use claimproof_catalog::Profile;
use claimproof_files::{Keys, Why, WriteError, read_toml, write_with_keys};
use claimproof_http::is_loopback;
use claimproof_suite::Text;
use serde::de::DeserializeOwned;
use url::Url;

use intake::Intake;
use mistake::Mistake;

mod intake;
mod mistake;
mod outline;
mod posit_connect;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;
mod written;

/// More than any directory needs: a thousand accounts are a tenth of it.
const LONGEST: u64 = 1024 * 1024;

/// Why a directory file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {what}")]
pub struct DirectoryError {
    /// The file.
    pub path: String,
    /// The line and the key where there is one, what is wrong, and what to do.
    pub what: Text,
}

/// The directory file of any profile.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(title = "Directory")]
#[serde(untagged)]
#[expect(dead_code, reason = "the schema is made of it; what is read is the file of one profile")]
enum Any {
    WorkatoDirectLink(workato_direct_link::File),
    WorkatoApi(workato_api::File),
    TableauConnectedApp(tableau_connected_app::File),
    PositConnect(posit_connect::File),
}

/// The published schema of directory files.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Any)
}

/// Reads a file and the keys it names, as a cast in which nobody signs.
pub fn load(path: &Path) -> Result<Cast, DirectoryError> {
    let error =
        |what: String| DirectoryError { path: path.display().to_string(), what: what.into() };
    let text = read_toml(path, LONGEST).map_err(|why| error(why.to_string()))?;
    let intake = Intake { folder: path.parent().unwrap_or(Path::new(".")) };
    let (profile, directory) =
        read(&text, &intake).map_err(|mistake| error(mistake.in_text(&text)))?;
    Ok(Cast { profile, players: Players::default(), directory })
}

fn read(text: &str, intake: &Intake<'_>) -> Result<(Profile, AnyDirectory), Mistake> {
    let profile = outline::profile(text)?;
    outline::nothing_inline(text, profile)?;
    let directory = match profile {
        Profile::WorkatoDirectLink => AnyDirectory::WorkatoDirectLink(
            parsed::<workato_direct_link::File>(text)?.taken(intake)?,
        ),
        Profile::WorkatoApi => {
            AnyDirectory::WorkatoApi(parsed::<workato_api::File>(text)?.taken(intake)?)
        }
        Profile::TableauConnectedApp => AnyDirectory::TableauConnectedApp(
            parsed::<tableau_connected_app::File>(text)?.taken(intake)?,
        ),
        Profile::PositConnect => {
            AnyDirectory::PositConnect(parsed::<posit_connect::File>(text)?.taken(intake)?)
        }
    };
    Ok((profile, directory))
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    toml::from_str(text).map_err(|error| Mistake::of_toml(&error))
}

/// The token endpoints on other machines that integrations of a directory name.
pub fn remote_providers(cast: &Cast) -> Vec<&str> {
    let AnyDirectory::PositConnect(own) = &cast.directory else { return Vec::new() };
    let remote = |uri: &&str| Url::parse(uri).is_ok_and(|url| !is_loopback(&url));
    own.integrations.iter().map(|one| one.token_uri.as_str()).filter(remote).collect()
}

/// Writes the directory of a cast, ready to be read again or loaded into a server of one's own: every key as the text that
/// is configured, in a folder beside the file, both for their owner alone.
pub fn write(cast: &Cast, path: &Path, force: bool) -> Result<(), WriteError> {
    write_with_keys(path, force, |keys| {
        let fail = |error: toml::ser::Error| WriteError {
            path: path.to_owned(),
            why: Why::Content(error.to_string()),
        };
        tables(cast, keys).text(cast.profile).map_err(fail)
    })
}

fn tables(cast: &Cast, keys: &Keys) -> written::Tables {
    let roles = written::Roles::of(&cast.players);
    match &cast.directory {
        AnyDirectory::WorkatoDirectLink(own) => workato_direct_link::written(own, &roles, keys),
        AnyDirectory::WorkatoApi(own) => workato_api::written(own, &roles, keys),
        AnyDirectory::TableauConnectedApp(own) => tableau_connected_app::written(own, &roles, keys),
        AnyDirectory::PositConnect(own) => posit_connect::written(own, &roles, keys),
    }
}
