//! `serve` with accounts of one's own, and what it writes.

use std::io::{BufRead, BufReader};
use std::process::Child;

use crate::cli::common::{Served, claimproof, command, file, path, ran};

/// A server over a directory; it ends with the test.
struct Own(Child, String);

impl Own {
    fn start(directory: &str) -> Self {
        let mut child = command(&["serve", "--directory", directory]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().trim_start_matches("listening on ").to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        Self(child, url)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the one server wrote is loaded into another; what describes the first describes both.
#[test]
fn a_written_directory_is_served_as_the_public_cast() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("mine.toml");
    let served = Served::serving("workato-api", &["--write-directory", path(&directory)]);
    let own = Own::start(path(&directory));
    let target = served.target();
    claimproof(&["conform", "--target", path(&target), "--url", &own.1, "--level", "should"])
        .ends(0)
        .shows(&["conforms", "0 fail", "0 skip"]);
}

/// Nothing is asked elsewhere unseen.
#[test]
fn a_provider_on_another_machine_is_told() {
    let (folder, own) = file(
        r#"profile = "posit-connect"
[[publisher]]
name = "paula"
secret_file = "paula.secret"
[[integration]]
name = "warehouse"
authorization_uri = "https://idp.example/authorize"
token_uri = "https://idp.example/token"
client_id = "connect"
"#,
    );
    std::fs::write(folder.path().join("paula.secret"), "a key of my own").unwrap();
    let told = |more: &[&str]| {
        let mut child =
            command(&[&["serve", "--directory", path(&own)], more].concat()).spawn().unwrap();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
        child.kill().unwrap();
        ran(child).stderr
    };
    let note = "note: https://idp.example/token is on another machine and not asked";
    assert!(told(&[]).starts_with(note));
    assert_eq!(told(&["--allow-remote"]), "");
}

/// The example of the README is a directory.
#[test]
fn the_directory_of_the_readme_is_served() {
    let readme = include_str!("../../../../README.md");
    let example = readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let example = example.into_iter().find(|block| block.contains("[[app.secret]]")).unwrap();
    let (folder, own) = file(example);
    std::fs::write(folder.path().join("app.secret"), "a secret of my own").unwrap();
    Own::start(path(&own));
}

#[test]
fn a_mistake_in_a_directory_is_usage_2() {
    let (_folder, own) = file(
        "profile = \"workato-api\"\n\n[[access_profile]]\napi_key = \"k\"\nsecret = \"hush-hush\"\n",
    );
    let ran = claimproof(&["serve", "--directory", path(&own)]).ends(2);
    let ran = ran.says(&[
        "my.toml: line 5: secret: a secret does not stand in this file",
        "secret_file = \"FILE\"",
    ]);
    assert!(!ran.stderr.contains("hush") && ran.stdout.is_empty(), "{}", ran.stderr);
}

#[test]
fn a_directory_of_another_profile_is_usage_2() {
    let (folder, own) = file(
        "profile = \"workato-api\"\n[[access_profile]]\napi_key = \"k\"\nsecret_file = \"s\"\n",
    );
    std::fs::write(folder.path().join("s"), "hush-hush").unwrap();
    claimproof(&["serve", "--profile", "posit-connect", "--directory", path(&own)])
        .ends(2)
        .says(&["my.toml is a directory of workato-api, not of posit-connect"]);
    claimproof(&["serve", "--directory", path(&own), "--write-target", "t.toml"])
        .ends(2)
        .says(&["cannot be used with"]);
}

#[test]
fn the_list_of_mutants_needs_no_profile_and_has_four_columns() {
    let ran = claimproof(&["serve", "--list-mutants"]).ends(0);
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert!(lines.len() >= 150, "{} mutants", lines.len());
    for line in &lines {
        let [name, profile, requirements, title] = line.as_slice() else { panic!("{line:?}") };
        assert!(
            name.starts_with(&format!("{profile}/"))
                && !requirements.is_empty()
                && !title.is_empty(),
            "{line:?}"
        );
    }
}
