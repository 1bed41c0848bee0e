//! Folders of the user's own, and what files in them are called after.

use std::fs::{DirBuilder, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use url::{Host, Url};

/// Why the user has no such folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoFolder {
    #[error("neither XDG_STATE_HOME nor HOME names a folder for what outlives a run")]
    Unnamed,
    #[error("the folder {}: {why}", .path.display())]
    System { path: PathBuf, why: io::Error },
    #[error("the folder {} is not yours alone; make it so, or name another", .path.display())]
    Shared { path: PathBuf },
}

/// Host and port as a file name; every name of this machine is one.
pub(crate) fn origin(base_url: &str) -> String {
    let Ok(url) = Url::parse(base_url) else { return "unknown".to_owned() };
    let host = match url.host() {
        Some(Host::Domain("localhost")) | None => "loopback".to_owned(),
        Some(Host::Ipv4(address)) if address.is_loopback() => "loopback".to_owned(),
        Some(Host::Ipv6(address)) if address.is_loopback() => "loopback".to_owned(),
        Some(host) => host.to_string(),
    };
    let port = url.port_or_known_default().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    format!("{}-{port}", host.chars().map(plain).collect::<String>())
}

/// The folder of the user's locks: the runtime folder, or one below the temporary folder that is
/// the user's own.
pub(crate) fn of_locks() -> Result<PathBuf, NoFolder> {
    let runtime =
        std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_dir());
    let path = match runtime {
        Some(runtime) => runtime.join("claimproof"),
        None => std::env::temp_dir().join(format!("claimproof-{}", user())),
    };
    private(path)
}

/// The folder of what outlives a run: below the user's folder of states.
pub(crate) fn of_states() -> Result<PathBuf, NoFolder> {
    let of =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let states = of("XDG_STATE_HOME")
        .or_else(|| of("HOME").map(|home| home.join(".local/state")))
        .or_else(|| of("LOCALAPPDATA"));
    private(states.ok_or(NoFolder::Unnamed)?.join("claimproof"))
}

/// The folder, made where it is not there, for the user alone.
fn private(path: PathBuf) -> Result<PathBuf, NoFolder> {
    let system = |why| NoFolder::System { path: path.clone(), why };
    closed(DirBuilder::new().recursive(true)).create(&path).map_err(system)?;
    let found = std::fs::symlink_metadata(&path).map_err(system)?;
    if found.is_dir() && is_private(&found) {
        return Ok(path);
    }
    Err(NoFolder::Shared { path })
}

/// A file for its owner alone, which must not be there yet.
pub(crate) fn new_file(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::File::options();
    options.append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn closed(builder: &mut DirBuilder) -> &DirBuilder {
    std::os::unix::fs::DirBuilderExt::mode(builder, 0o700)
}

#[cfg(not(unix))]
fn closed(builder: &mut DirBuilder) -> &DirBuilder {
    builder
}

#[cfg(unix)]
fn is_private(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.mode() & 0o077 == 0 && own_id().is_none_or(|id| id == found.uid())
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    true
}

/// The user's number, where the system shows it as the owner of the process.
#[cfg(unix)]
fn own_id() -> Option<u32> {
    std::fs::metadata("/proc/self").ok().map(|own| std::os::unix::fs::MetadataExt::uid(&own))
}

#[cfg(not(unix))]
const fn own_id() -> Option<u32> {
    None
}

fn user() -> String {
    let name =
        || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    own_id().map(|id| id.to_string()).or_else(name).unwrap_or_else(|| "user".to_owned())
}
