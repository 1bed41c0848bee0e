//! What a run leaves behind: every report it was asked for or a word about it, nothing of an earlier
//! run that looks new, and whatever is somebody else's as it was.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use rstest::rstest;

use crate::cli::common::{
    claimproof, closed_port, command, file, path, ran, target_at, xml_elements,
};

const CASE: &str = "workato-api/accepted/hmac-kid";

fn reports(folder: &Path) -> [String; 2] {
    [("json", "r.json"), ("junit", "r.xml")]
        .map(|(kind, name)| format!("{kind}={}", path(&folder.join(name))))
}

/// One case of the reference with both reports in this folder.
fn conform<'a>(reports: &'a [String; 2], more: &[&'a str]) -> Vec<&'a str> {
    let own = ["conform", "--profile", "workato-api", "--exact", CASE];
    [&own[..], &["--report", &reports[0], "--report", &reports[1]], more].concat()
}

#[test]
fn reports_are_known_again_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports(folder.path());
    for _ in 0..2 {
        claimproof(&conform(&reports, &[])).ends(0);
    }
    fs::write(folder.path().join("r.json"), "").unwrap();
    claimproof(&conform(&reports, &[])).ends(0);
    let json = fs::read_to_string(folder.path().join("r.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["written_by"], &json["partial"]), (&"claimproof".into(), &false.into()));
    xml_elements(&fs::read_to_string(folder.path().join("r.xml")).unwrap());
}

#[test]
fn what_somebody_else_wrote_is_replaced_by_force_alone() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports(folder.path());
    let (json, xml) = (folder.path().join("r.json"), folder.path().join("r.xml"));
    claimproof(&conform(&reports, &[])).ends(0);
    let own = fs::read_to_string(&xml).unwrap();
    fs::write(&json, "{\"mine\": 1}").unwrap();
    claimproof(&conform(&reports, &[]))
        .ends(2)
        .says(&["r.json: was not written by claimproof", "--force"]);
    assert_eq!(fs::read_to_string(&json).unwrap(), "{\"mine\": 1}");
    assert_eq!(fs::read_to_string(&xml).unwrap(), own, "the other one is left as it was");
    claimproof(&conform(&reports, &["--force"])).ends(0);
    assert!(fs::read_to_string(&json).unwrap().contains("\"written_by\": \"claimproof\""));
}

#[test]
fn every_report_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let bad = [folder.path().join("none/r.json"), folder.path().to_path_buf()];
    let [json, junit] = [format!("json={}", path(&bad[0])), format!("junit={}", path(&bad[1]))];
    claimproof(&["conform", "--exact", CASE, "--report", &json, "--report", &junit])
        .ends(2)
        .says(&["none/r.json: cannot be written", "found a folder"]);
}

/// The first one fails when it is written, not when it is looked at.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_is_not_taken_loses_no_other_and_neither_does_stdout() {
    let folder = tempfile::tempdir().unwrap();
    let [_, junit] = reports(folder.path());
    let own = ["conform", "--profile", "workato-api", "--exact", CASE];
    let full = [&own[..], &["--report", "json=/dev/full", "--report", &junit]].concat();
    claimproof(&full).ends(2).shows(&["conforms"]).says(&["/dev/full: cannot be written"]);
    xml_elements(&fs::read_to_string(folder.path().join("r.xml")).unwrap());

    fs::remove_file(folder.path().join("r.xml")).unwrap();
    let mut conform = command(&[&own[..], &["--report", &junit]].concat());
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = ran(conform.stdout(Stdio::from(full)).spawn().unwrap()).ends(2);
    ended.says(&["cannot write to stdout"]);
    xml_elements(&fs::read_to_string(folder.path().join("r.xml")).unwrap());
}

/// A report of an earlier run that passed is not what is found after one that did not.
#[test]
fn a_run_that_comes_to_nothing_leaves_no_old_report() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports(folder.path());
    claimproof(&conform(&reports, &[])).ends(0);
    let (_folder, target) = file(&target_at(&closed_port()));
    let flags = ["conform", "--target", path(&target), "--report", &reports[0]];
    claimproof(&[&flags[..], &["--report", &reports[1]]].concat()).ends(3);
    let json = fs::read_to_string(folder.path().join("r.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["partial"], json["cases"].as_array().unwrap().len()), (&true.into(), 0));
    assert!(json["unfinished"].as_str().unwrap().contains("does not answer"), "{json}");
    let xml = fs::read_to_string(folder.path().join("r.xml")).unwrap();
    assert!(xml_elements(&xml).contains(&"error".to_owned()), "{xml}");
    assert!(xml.contains("the run did not come to its end"), "{xml}");
}

#[rstest]
#[case::of_verdicts(&["conform", "--report"], "json")]
#[case::of_speed(&["load", "--report"], "json")]
#[case::of_speed_as_a_page(&["load", "--report"], "html")]
fn a_mistake_in_the_target_file_leaves_no_old_report_either(
    #[case] flags: &[&str],
    #[case] kind: &str,
) {
    let (folder, target) = file("nmae = \"mine\"\n");
    let report = folder.path().join("r");
    fs::write(&report, "").unwrap();
    let asked = format!("{kind}={}", path(&report));
    claimproof(&[flags, &[&asked, "--target", path(&target)]].concat()).ends(2);
    let text = fs::read_to_string(&report).unwrap();
    assert!(text.contains("unknown field `nmae`") && text.contains("claimproof"), "{text}");
}

#[test]
fn a_changed_target_file_and_a_real_secret_survive_the_same_command() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("t.toml");
    let serve = |more: &[&str]| {
        let flags = ["serve", "--profile", "workato-api", "--write-target", path(&target)];
        let mut child = command(&[&flags[..], more].concat()).spawn().unwrap();
        // It comes when the file is there; where it is refused, the end does.
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let _ = child.kill();
        (line.is_empty(), ran(child))
    };
    assert!(!serve(&[]).0 && !serve(&[]).0, "its own are replaced");
    let secret = folder.path().join("t.keys/profile.hmac.secret");
    fs::write(&secret, "the real one").unwrap();
    let (is_refused, ended) = serve(&[]);
    assert!(is_refused);
    ended
        .ends(2)
        .says(&["profile.hmac.secret: was not written by claimproof, or was changed since"]);
    assert_eq!(fs::read_to_string(&secret).unwrap(), "the real one");
    serve(&["--force"]);
    assert_ne!(fs::read_to_string(&secret).unwrap(), "the real one");
}
