//! Files are written whole or not at all, where and as they stood, and only over what is ours.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use claimproof_files::{Keys, Mark, Output, Why, WriteError, write, write_with_keys};
use rstest::rstest;

const JSON: &str = "{\n  \"written_by\": \"claimproof\",\n  \"cases\": []\n}\n";
const XML: &str = "<?xml version=\"1.0\"?>\n<testsuites/>\n";
const TOML: &str = "name = \"mine\"\n";

fn refuses(path: &Path, mark: Mark) -> bool {
    match Output::at(path, mark, false) {
        Ok(_) => false,
        Err(error) => {
            assert!(matches!(error.why, Why::NotOurs), "{error}");
            assert!(Output::at(path, mark, true).is_ok());
            true
        }
    }
}

#[rstest]
#[case::json(Mark::Json, JSON)]
#[case::markup(Mark::Markup, XML)]
#[case::toml(Mark::Toml, TOML)]
fn its_own_files_are_known_again_and_others_are_not(#[case] mark: Mark, #[case] text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    Output::at(&path, mark, false).unwrap().write(text).unwrap();
    assert!(!refuses(&path, mark), "written by claimproof");
    let own = fs::read_to_string(&path).unwrap();
    fs::write(&path, "").unwrap();
    assert!(!refuses(&path, mark), "empty");
    fs::write(&path, text.replace("claimproof", "somebody")).unwrap();
    assert!(refuses(&path, mark), "without a mark");
    // What people may change is theirs once they have.
    fs::write(&path, own + " ").unwrap();
    assert_eq!(refuses(&path, mark), mark == Mark::Toml, "changed");
}

#[test]
fn an_earlier_report_is_emptied_and_a_folder_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.json");
    let output = Output::at(&path, Mark::Json, false).unwrap();
    output.empty().unwrap();
    assert!(!path.exists());
    output.write(JSON).unwrap();
    output.empty().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    let at = |path: &Path| Output::at(path, Mark::Json, false).unwrap_err().to_string();
    assert!(at(folder.path()).contains("found a folder"));
    assert!(at(&folder.path().join("none/r.json")).contains("none/r.json: cannot be written"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}

fn two_keys(path: &Path, force: bool) -> Result<(), WriteError> {
    write_with_keys(path, force, |keys: &Keys| {
        let name = keys.put("a.secret", "public test key");
        Ok(format!("secret_file = {name:?}\n"))
    })
}

#[test]
fn keys_and_files_that_somebody_changed_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.toml");
    let secret = folder.path().join("t.keys/a.secret");
    two_keys(&path, false).unwrap();
    two_keys(&path, false).unwrap();
    fs::write(&secret, "the real one").unwrap();
    let error = two_keys(&path, false).unwrap_err();
    assert!(matches!(error.why, Why::NotOurs) && error.path == secret, "{error}");
    assert_eq!(fs::read_to_string(&secret).unwrap(), "the real one");
    two_keys(&path, true).unwrap();
    assert_eq!(fs::read_to_string(&secret).unwrap(), "public test key");
    let own = fs::read_to_string(&path).unwrap();
    fs::write(&path, own.replace("secret_file", "# mine\nsecret_file")).unwrap();
    assert!(matches!(two_keys(&path, false).unwrap_err().why, Why::NotOurs));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn links_stay_links_and_modes_stay_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("real"), "old").unwrap();
        fs::set_permissions(at("real"), PermissionsExt::from_mode(0o640)).unwrap();
        symlink("real", at("link")).unwrap();
        symlink("coming", at("dangling")).unwrap();
        write(&at("link"), "new").unwrap();
        write(&at("dangling"), "new").unwrap();
        for link in ["link", "dangling"] {
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
        }
        assert_eq!(fs::read_to_string(at("real")).unwrap(), "new");
        assert_eq!(fs::read_to_string(at("coming")).unwrap(), "new");
        assert_eq!(mode(&at("real")), 0o640);
    }

    #[test]
    fn keys_are_for_their_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.toml");
        two_keys(&path, false).unwrap();
        fs::set_permissions(folder.path().join("t.keys"), PermissionsExt::from_mode(0o755))
            .unwrap();
        fs::set_permissions(
            folder.path().join("t.keys/a.secret"),
            PermissionsExt::from_mode(0o644),
        )
        .unwrap();
        two_keys(&path, false).unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&folder.path().join("t.keys")), 0o700);
        assert_eq!(mode(&folder.path().join("t.keys/a.secret")), 0o600);
    }

    #[test]
    fn a_device_stays_a_device() {
        let full = Path::new("/dev/full");
        let error = Output::at(full, Mark::Json, false).unwrap().write(JSON).unwrap_err();
        assert!(error.to_string().contains("/dev/full: cannot be written"), "{error}");
        assert!(!fs::metadata(full).unwrap().is_file());
        Output::at(Path::new("/dev/null"), Mark::Json, false).unwrap().write(JSON).unwrap();
    }

    #[test]
    fn a_pipe_gets_all_of_it_and_one_nobody_reads_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let error = Output::at(&path, Mark::Json, false).unwrap_err();
        assert!(matches!(error.why, Why::NoReader), "{error}");
        let text = JSON.repeat(5000);
        let reader = {
            let path = path.clone();
            std::thread::spawn(move || fs::read_to_string(path).unwrap())
        };
        let output = loop {
            match Output::at(&path, Mark::Json, false) {
                Ok(output) => break output,
                Err(_) => std::thread::yield_now(),
            }
        };
        output.empty().unwrap();
        output.write(&text).unwrap();
        drop(output);
        assert_eq!(reader.join().unwrap().len(), text.len());
    }
}
