//! Runs that are cut short at random times: a report stays, and the target is as it was before.
//!
//! `CLAIMPROOF_INTERRUPTS` says how many; without it none is made, since each takes seconds.

#![cfg(unix)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::common::{Ran, Served, path, ran};
use crate::cli::delaying::Delaying;

const PROFILES: [&str; 4] =
    ["workato-direct-link", "workato-api", "tableau-connected-app", "posit-connect"];

/// Of four interrupts two are Ctrl-C.
const SIGNALS: [&str; 4] = ["INT", "TERM", "INT", "KILL"];

/// How long the proxy holds each request back, in milliseconds: far below the deadline of a run
/// that is over.
const DELAY: u64 = 15;

/// A server of one profile behind a proxy, and where the runs against it keep their files.
struct Lab {
    served: Served,
    proxy: Delaying,
    /// How long a whole run takes while the proxy delays.
    whole: Duration,
}

impl Lab {
    fn of(profile: &str) -> Self {
        let proxy = Delaying::start();
        let served = Served::serving(profile, &["--public-address", &proxy.url]);
        proxy.leads_to(&served.url);
        let lab = Self { served, proxy, whole: Duration::ZERO };
        lab.proxy.holds_back(DELAY);
        let begun = Instant::now();
        ran(lab.conform().spawn().unwrap()).ends(0);
        Self { whole: begun.elapsed(), ..lab }
    }

    fn conform(&self) -> Command {
        let (json, junit) = (self.report("json"), self.report("junit"));
        let target = self.served.target();
        let fixed = ["conform", "--progress", "never", "--target", path(&target)];
        let reports = ["--report", json.as_str(), "--report", junit.as_str()];
        self.served.command(&[fixed.as_slice(), &reports].concat())
    }

    fn report(&self, kind: &str) -> String {
        format!("{kind}={}", path(&self.served.place(&format!("report.{kind}"))))
    }

    /// Cuts a run short after a while; how it ended.
    fn interrupted(&self, signal: &str, after: Duration) -> Ran {
        for kind in ["json", "junit"] {
            let _ = std::fs::remove_file(self.served.place(&format!("report.{kind}")));
        }
        self.proxy.holds_back(DELAY);
        let child = self.conform().spawn().unwrap();
        std::thread::sleep(after);
        send(&child, signal);
        let begun = Instant::now();
        let ran = ran(child);
        assert!(begun.elapsed() < Duration::from_secs(15), "took {:?}", begun.elapsed());
        self.proxy.holds_back(0);
        ran
    }

    /// Whether the run was over before the signal came.
    fn was_too_late(&self, ran: &Ran) -> bool {
        ran.code == Some(0)
    }

    fn reports_partially(&self, when: &str) {
        let text = std::fs::read_to_string(self.served.place("report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["partial"], true, "{when}");
        let junit = std::fs::read_to_string(self.served.place("report.junit")).unwrap();
        crate::cli::common::xml_elements(&junit);
    }

    /// The journals beside the report.
    fn journals(&self) -> Vec<PathBuf> {
        let all = std::fs::read_dir(self.served.folder.path()).unwrap();
        let all = all.map(|entry| entry.unwrap().path());
        all.filter(|path| path.extension().is_some_and(|end| end == "journal")).collect()
    }

    /// The journal of a killed run makes its reports and sets back what it left, and the next run
    /// speaks of it until then. Before its first request a run has none.
    fn recovers(&self, when: &str) {
        let [journal] = self.journals().try_into().unwrap_or_else(|found: Vec<_>| {
            assert!(found.is_empty(), "{when}: {found:?}");
            [PathBuf::new()]
        });
        if journal.as_os_str().is_empty() {
            return;
        }
        let target = self.served.target();
        let (json, junit) = (self.report("json"), self.report("junit"));
        let from = ["--from", path(&journal)];
        let run =
            |args: &[&str]| ran(self.served.command(&[args, &from].concat()).spawn().unwrap());
        run(&["report", "--report", &json, "--report", &junit]).ends(130).shows(&["partial"]);
        self.reports_partially(when);
        let told = self.unfinished();
        assert!(told.contains(path(&journal)), "{when}: {told}");
        run(&["clean", "--target", path(&target)]).ends(0);
        assert_eq!(self.unfinished(), "", "{when}");
        let _ = std::fs::remove_file(journal);
    }

    /// What the next run says of runs before it.
    fn unfinished(&self) -> String {
        let target = self.served.target();
        let args = ["conform", "--target", path(&target), "--exact", "none"];
        let ran = ran(self.served.command(&args).spawn().unwrap()).ends(4);
        ran.stderr.lines().filter(|line| line.contains("is unfinished")).collect()
    }

    /// Nothing of the run is left: whatever a case would meet makes the next run fail.
    fn is_as_before(&self, when: &str) {
        if self.served.target().with_extension("keys").join("admin.secret").exists() {
            let integrations = self.integrations();
            assert_eq!(integrations.trim(), "[]", "integrations are left {when}");
        }
        let ran = ran(self.conform().spawn().unwrap());
        assert_eq!(ran.code, Some(0), "the next run {when}:\n{}{}", ran.stdout, ran.stderr);
        assert!(!ran.stderr.contains("unfinished"), "{when}: {}", ran.stderr);
    }

    fn integrations(&self) -> String {
        let key = self.served.target().with_extension("keys").join("admin.secret");
        let key = std::fs::read_to_string(key).unwrap();
        get(&self.served.url, "/__api__/v1/oauth/integrations", &format!("Key {}", key.trim()))
    }
}

fn get(url: &str, resource: &str, authorization: &str) -> String {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "GET {resource} HTTP/1.1\r\nhost: {host}\r\nauthorization: {authorization}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    text.split_once("\r\n\r\n").unwrap().1.to_owned()
}

fn send(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let mut kill = Command::new("kill");
    // One that has ended already is told of by how it ended.
    let _ = kill.args([&format!("-{signal}"), &id]).stderr(Stdio::null()).status().unwrap();
}

/// From nothing to nearly a whole run, in an order that differs from run to run.
fn moment(whole: Duration) -> Duration {
    let mut byte = [0];
    getrandom::fill(&mut byte).unwrap();
    whole.mul_f64(0.03 + 0.9 * f64::from(byte[0]) / 255.0)
}

fn count() -> usize {
    std::env::var("CLAIMPROOF_INTERRUPTS").map_or(0, |count| count.parse().unwrap())
}

#[test]
fn a_run_that_is_cut_short_leaves_a_report_and_the_target_as_it_was() {
    if count() == 0 {
        return println!("NOT RUN: CLAIMPROOF_INTERRUPTS does not say how many interrupts");
    }
    let labs = PROFILES.map(Lab::of);
    let mut done = 0;
    while done < count() {
        let (lab, signal) = (&labs[done % 4], SIGNALS[done / 4 % 4]);
        let after = moment(lab.whole);
        let ran = lab.interrupted(signal, after);
        if lab.was_too_late(&ran) {
            continue;
        }
        done += 1;
        let when = format!("after {signal} at {after:?} on {}", PROFILES[(done - 1) % 4]);
        println!("{when}");
        if signal == "KILL" {
            lab.recovers(&when);
        } else {
            assert_eq!(ran.code, Some(130), "{when}: {ran:?}");
            lab.reports_partially(&when);
        }
        assert!(lab.journals().is_empty(), "{when}");
        lab.is_as_before(&when);
    }
}
