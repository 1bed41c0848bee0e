//! What a run that was killed leaves: a journal of which each whole line counts.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::cli::common::{Ran, Served, path, ran};
use crate::cli::delaying::Delaying;

/// A server of connected apps behind a proxy, and a run against it that was cut short while an app
/// stood changed.
struct Killed {
    served: Served,
    proxy: Delaying,
    journal: PathBuf,
}

impl Killed {
    fn with(report: bool) -> Self {
        let (killed, mut child) = Self::altering(report);
        child.kill().unwrap();
        child.wait().unwrap();
        // What was under way arrives all the same.
        std::thread::sleep(Duration::from_millis(500));
        killed
    }

    /// The run while it goes on, as soon as its journal says that something is changed.
    fn altering(report: bool) -> (Self, Child) {
        let proxy = Delaying::start();
        let served = Served::serving("tableau-connected-app", &["--public-address", &proxy.url]);
        proxy.leads_to(&served.url);
        let mut killed = Self { journal: PathBuf::new(), proxy, served };
        let json = format!("json={}", path(&killed.served.place("report.json")));
        let more: &[&str] = if report { &["--report", &json] } else { &[] };
        let target = killed.served.target();
        let args = ["conform", "--target", path(&target), "10090/switched-off"];
        killed.proxy.holds_back(100);
        let child = killed.served.command(&[&args, more].concat()).spawn().unwrap();
        killed.journal = killed.altered();
        (killed, child)
    }

    /// The journal, once it says that something is changed.
    fn altered(&self) -> PathBuf {
        let begun = Instant::now();
        loop {
            let folders = [self.served.place(""), self.served.place("state/claimproof")];
            let files =
                folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
            let journals = files.map(|file| file.unwrap().path());
            let mut journals =
                journals.filter(|path| path.extension().is_some_and(|end| end == "journal"));
            let altered =
                |path: &PathBuf| std::fs::read_to_string(path).unwrap().contains("changing");
            if let Some(journal) = journals.find(altered) {
                // The request goes out a moment later, and its answer comes later than this.
                std::thread::sleep(Duration::from_millis(60));
                return journal;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing was changed");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn run(&self, args: &[&str]) -> Ran {
        ran(self.served.command(args).spawn().unwrap())
    }

    fn clean(&self, journal: &Path) -> Ran {
        self.run(&["clean", "--from", path(journal), "--target", path(&self.served.target())])
    }

    fn report(&self, journal: &Path) -> (Ran, serde_json::Value) {
        let made = self.served.place("made.json");
        let flag = format!("json={}", path(&made));
        let ran = self.run(&["report", "--from", path(journal), "--report", &flag]);
        let text = std::fs::read_to_string(made).unwrap_or_default();
        (ran, serde_json::from_str(&text).unwrap_or_default())
    }
}

#[test]
fn a_killed_run_is_reported_set_back_and_spoken_of() {
    let killed = Killed::with(true);
    assert_eq!(killed.journal, killed.served.place("report.json.journal"));
    let (ran, report) = killed.report(&killed.journal);
    ran.ends(130).shows(&["LEFT on the target", "until enable-app"]);
    assert_eq!(report["partial"], true);
    assert!(!report["left"].as_array().unwrap().is_empty(), "{report}");
    let target = killed.served.target();
    let next = killed.run(&["conform", "--target", path(&target), "accepted/managed-app"]);
    next.ends(1).says(&["is unfinished", "not set back on the target: until enable-app"]);
    killed.clean(&killed.journal).ends(0).shows(&["set back: until enable-app"]);
    let next = killed.run(&["conform", "--target", path(&target), "accepted/managed-app"]).ends(0);
    assert!(!next.stderr.contains("unfinished"), "{}", next.stderr);
}

/// Nobody else may read it, and without a report it is in the folder of states.
#[cfg(unix)]
#[test]
fn a_journal_without_a_report_is_the_users_alone() {
    use std::os::unix::fs::MetadataExt;
    let killed = Killed::with(false);
    assert_eq!(killed.journal.parent(), Some(killed.served.place("state/claimproof").as_path()));
    assert_eq!(std::fs::metadata(&killed.journal).unwrap().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&killed.journal).unwrap();
    let keys = std::fs::read_dir(killed.served.target().with_extension("keys")).unwrap();
    for key in keys {
        let secret = std::fs::read_to_string(key.unwrap().path()).unwrap();
        assert!(!text.contains(secret.trim()), "a secret is in the journal");
    }
    assert!(!text.contains("eyJ"), "a token is in the journal");
}

#[test]
fn a_line_that_was_torn_off_is_left_out_and_one_in_the_middle_is_named() {
    let killed = Killed::with(true);
    let text = std::fs::read_to_string(&killed.journal).unwrap();
    let torn = killed.served.file("torn.journal", &text[..text.len() - 5]);
    killed.report(&torn).0.ends(130);
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1] = "{\"changing\":";
    let broken = killed.served.file("broken.journal", &format!("{}\n", lines.join("\n")));
    killed.report(&broken).0.ends(2).says(&["line 2 is no line of a journal"]);
    let other = killed.served.file("other.journal", "[account]\n");
    killed.report(&other).0.ends(2).says(&["line 1 does not begin a run"]);
}

#[test]
fn a_journal_of_another_server_is_refused() {
    let killed = Killed::with(true);
    let other = Served::start("workato-api");
    let target = other.target();
    let args = ["clean", "--from", path(&killed.journal), "--target", path(&target)];
    killed.run(&args).ends(2).says(&["the journal is of tableau-connected-app at"]);
}

/// A target that answers too late is left as it is, and the report says so.
#[cfg(unix)]
#[test]
fn what_cannot_be_set_back_in_time_is_named() {
    let (killed, child) = Killed::altering(true);
    killed.proxy.holds_back(60_000);
    let signal = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(signal.unwrap().success());
    let begun = Instant::now();
    let ran = ran(child).ends(130).shows(&["interrupted by SIGTERM", "LEFT on the target"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "took {:?}", begun.elapsed());
    ran.says(&["`claimproof clean --from` it", path(&killed.journal)]);
    killed.proxy.holds_back(0);
    killed.clean(&killed.journal).ends(0).shows(&["set back: until enable-app"]);
}
