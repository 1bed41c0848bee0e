//! How a run behaves at somebody else's server: how often it asks, when it stops, who it says it
//! is, what it tells beforehand, and through whom it goes.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::cli::common::{
    Ran, Served, Stalling, claimproof, command, pass_on, path, ran, target_at, xml_elements,
};
use crate::cli::strangers::{target, tiny};

/// Heads of requests, each with the instant at which it came.
type Kept = Arc<Mutex<Vec<(Instant, String)>>>;

/// A server that takes everything and keeps what it was sent.
fn keeping() -> (String, Kept) {
    let kept = Kept::default();
    let own = Arc::clone(&kept);
    let url = tiny(move |head| {
        own.lock().unwrap().push((Instant::now(), head.to_owned()));
        200
    });
    (url, kept)
}

#[rstest]
#[case::by_flag("", &["--rate", "40"])]
#[case::by_target_file("rate = 40", &[])]
#[case::by_flag_in_its_place("rate = 100000", &["--rate", "40"])]
fn no_more_requests_leave_than_the_rate_allows(#[case] line: &str, #[case] flags: &[&str]) {
    let (url, kept) = keeping();
    let folder = tempfile::tempdir().unwrap();
    let file = target(&folder, &url);
    let text = format!("{line}\n{}", std::fs::read_to_string(&file).unwrap());
    std::fs::write(&file, text).unwrap();
    let fixed = ["conform", "--target", path(&file), "--progress", "never", "access_refused/alg"];
    claimproof(&[fixed.as_slice(), flags].concat()).ends(1);
    let kept = kept.lock().unwrap();
    assert!(kept.len() > 20, "{} requests", kept.len());
    // What leaves on time may arrive late, so it is told over all of them.
    let took = kept.last().unwrap().0 - kept[0].0;
    let due = Duration::from_millis(25) * u32::try_from(kept.len() - 1).unwrap();
    assert!(took + Duration::from_millis(200) >= due, "{} requests in {took:?}", kept.len());
}

#[test]
fn requests_say_who_asks_unless_the_target_file_does() {
    let (url, kept) = keeping();
    let folder = tempfile::tempdir().unwrap();
    let file = target(&folder, &url);
    let run = || claimproof(&["conform", "--target", path(&file), "accepted/hmac-kid"]).ends(0);
    let agents = || {
        let heads: Vec<_> = kept.lock().unwrap().drain(..).map(|(_, head)| head).collect();
        let agent = |head: &String| {
            let own =
                head.lines().filter(|line| line.to_ascii_lowercase().starts_with("user-agent:"));
            own.map(str::to_owned).collect::<Vec<_>>().join(", ")
        };
        heads.iter().map(agent).collect::<std::collections::BTreeSet<_>>()
    };
    run();
    let own = format!("user-agent: claimproof/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(agents().into_iter().collect::<Vec<_>>(), [own]);
    let text = std::fs::read_to_string(&file).unwrap();
    let theirs = text.replace("headers = { ", "headers = { User-Agent = \"their probe\", ");
    std::fs::write(&file, theirs).unwrap();
    run();
    assert_eq!(agents().into_iter().collect::<Vec<_>>(), ["User-Agent: their probe"]);
}

#[test]
fn a_server_that_falls_silent_costs_ten_exchanges_and_not_the_whole_run() {
    let served = Served::start("workato-api");
    // Some for the clock, the proof and the accounts.
    let stalling = Stalling::after(150, &served.url);
    let file = served.target_with(&served.url, &stalling.url);
    let (json, junit) = (served.folder.path().join("r.json"), served.folder.path().join("r.xml"));
    let (json_flag, junit_flag) =
        (format!("json={}", path(&json)), format!("junit={}", path(&junit)));
    let begun = Instant::now();
    let flags = ["--timeout", "1", "--report", &json_flag, "--report", &junit_flag];
    let ran =
        claimproof(&[&["conform", "--target", path(&file)], flags.as_slice()].concat()).ends(3);
    assert!(begun.elapsed() < Duration::from_secs(30), "took {:?}", begun.elapsed());
    ran.shows(&[
        "STOPPED",
        "10 requests in a row got no answer, the last one: no whole answer within 1 s",
    ]);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let stopped = report["stopped"].as_array().unwrap();
    assert!(
        stopped.len() == 1 && stopped[0].as_str().unwrap().contains("no further case was played")
    );
    let cases = report["cases"].as_array().unwrap().len();
    assert!(cases < 200, "{cases} cases");
    let xml = std::fs::read_to_string(junit).unwrap();
    assert!(xml_elements(&xml).contains(&"error".to_owned()), "{xml}");
}

/// Passes connections on to a server, but for two of a hundred: one is asked to come later, one is
/// told of an outage.
fn busy(listener: TcpListener, server: &str) -> Arc<AtomicUsize> {
    let (server, put_off) = (server.trim_start_matches("http://").to_owned(), Arc::default());
    let count = Arc::<AtomicUsize>::clone(&put_off);
    std::thread::spawn(move || {
        for (n, mut stream) in listener.incoming().map_while(Result::ok).enumerate() {
            let status = match n % 200 {
                99 => "429 Slow",
                199 => "503 Down",
                _ => {
                    pass_on(stream, &server);
                    continue;
                }
            };
            count.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || {
                let close = "content-length: 0\r\nconnection: close";
                let _ =
                    stream.write_all(format!("HTTP/1.1 {status}\r\n{close}\r\n\r\n").as_bytes());
                let _ = stream.read_to_end(&mut Vec::new());
            });
        }
    });
    put_off
}

#[rstest]
#[case("workato-direct-link")]
#[case("workato-api")]
#[case("tableau-connected-app")]
#[case("posit-connect")]
fn one_answer_of_a_hundred_that_says_later_changes_no_verdict(#[case] profile: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = Served::serving(profile, &["--public-address", &url]);
    let put_off = busy(listener, &served.url);
    let json = served.folder.path().join("r.json");
    let flag = format!("json={}", path(&json));
    let target = served.target();
    let ran = claimproof(&["conform", "--target", path(&target), "--report", &flag]).ends(0);
    ran.shows(&[
        "answered with no signal, and asked again: 429 ",
        " times, 503 ",
        " 0 fail, ",
        " 0 error; ",
    ]);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let counts = report["no_signals"].as_object().unwrap();
    let counted: u64 = counts.values().filter_map(serde_json::Value::as_u64).sum();
    let due = u64::try_from(put_off.load(Ordering::SeqCst)).unwrap();
    // The clock's probe reads a date from any answer.
    assert!(counted > 0 && due - counted <= 2, "{counted} of {due} are counted");
}

/// A proxy that leads every tunnel to one server, and what it was asked.
fn proxy(server: &str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (server, asked) = (server.trim_start_matches("http://").to_owned(), Arc::default());
    let kept = Arc::<Mutex<Vec<String>>>::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let (mut head, mut byte) = (Vec::new(), [0; 1]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1)
            {
                head.extend_from_slice(&byte);
            }
            kept.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            pass_on(stream, &server);
        }
    });
    (url, asked)
}

/// A target that is elsewhere by its name, behind a proxy.
struct Elsewhere {
    served: Served,
    proxy: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    fn start() -> Self {
        let name = ["--public-address", "http://gateway.invalid"];
        let served = Served::serving("tableau-connected-app", &name);
        let (proxy, asked) = proxy(&served.url);
        Self { served, proxy, asked }
    }

    /// A run with these flags and this environment.
    fn run(&self, flags: &[&str], environment: &[(&str, &str)]) -> Ran {
        let target: PathBuf = self.served.target();
        let fixed = ["conform", "--target", path(&target), "--timeout", "2", "--allow-remote"];
        let mut run =
            command(&[&fixed, ["128/third", "10091/same-token"].as_slice(), flags].concat());
        run.envs(environment.iter().copied());
        ran(run.spawn().unwrap())
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[test]
fn a_proxy_is_used_where_one_is_asked_for_and_only_there() {
    let elsewhere = Elsewhere::start();
    let own = elsewhere.proxy.clone();
    elsewhere.run(&["--proxy", &own], &[]).ends(0);
    let asked = elsewhere.asked();
    assert!(!asked.is_empty());
    let all = asked.iter().all(|head| head.starts_with("CONNECT gateway.invalid:80 HTTP/1.1\r\n"));
    assert!(all, "{asked:?}");
    let environment = [("HTTP_PROXY", own.as_str()), ("ALL_PROXY", own.as_str())];
    elsewhere.run(&["--proxy", "env"], &environment).ends(0);
    assert!(!elsewhere.asked().is_empty());
    // The environment alone leads nowhere, nor does one that names the target as its own.
    elsewhere.run(&[], &environment).ends(3).says(&["does not answer"]);
    let not = [environment.as_slice(), &[("NO_PROXY", "gateway.invalid")]].concat();
    elsewhere.run(&["--proxy", "env"], &not).ends(3).says(&["does not answer"]);
    assert_eq!(elsewhere.asked(), Vec::<String>::new());
}

#[test]
fn what_is_on_this_machine_is_reached_without_a_proxy() {
    let served = Served::start("workato-api");
    let (own, asked) = proxy(&served.url);
    let target = served.target();
    claimproof(&["conform", "--target", path(&target), "--proxy", &own, "accepted/hmac-kid"])
        .ends(0);
    assert_eq!(asked.lock().unwrap().len(), 0);
}

#[test]
fn a_run_elsewhere_says_beforehand_what_it_costs() {
    let elsewhere = Elsewhere::start();
    let own = elsewhere.proxy.clone();
    let ran = elsewhere.run(&["--proxy", &own, "--rate", "50"], &[]).ends(0);
    let line = ran.stderr.lines().find(|line| line.starts_with("budget: ")).unwrap_or_default();
    for part in [
        " requests to http://gateway.invalid, more where one is tried again; at 50 a second ",
        " of them are meant to be refused",
        "management: create ",
        "delete ",
    ] {
        assert!(line.contains(part), "`{part}` is missing:\n{}", ran.stderr);
    }
    let target = elsewhere.served.target();
    let load = ["load", "--target", path(&target), "--allow-remote", "--proxy", &own];
    let few = ["--requests", "20", "--warm-up", "5", "-c", "2"];
    claimproof(&[load.as_slice(), &few].concat()).ends(0).says(&[
        "budget: 25 requests to http://gateway.invalid at most, 10 of a hundred of them meant to be refused",
    ]);
    // Nobody needs to be told on this machine.
    let here = Served::start("workato-api");
    let target = here.target();
    let ran = claimproof(&["conform", "--target", path(&target), "accepted/hmac-kid"]).ends(0);
    assert!(!ran.stderr.contains("budget"), "{}", ran.stderr);
}

#[rstest]
#[case::no_job(&["--jobs", "0"], "0 is not in 1..=64")]
#[case::too_many_jobs(&["-j", "65"], "65 is not in 1..=64")]
#[case::no_rate(&["--rate", "0"], "--rate")]
#[case::no_proxy(&["--proxy", "proxy.example"], "proxy: expected `env`, or a URL like http://")]
#[case::secure_proxy(&["--proxy", "https://proxy.example"], "proxy: expected `env`, or a URL like http://")]
#[case::a_user_at_a_proxy(&["--proxy", "http://me:mine@proxy.example"], "put it into HTTPS_PROXY")]
#[case::half_a_pair(&["--client-key", "own.key"], "--client-certificate")]
#[case::no_authority(&["--ca-file", "/nowhere/ca.pem"], "/nowhere/ca.pem")]
#[case::an_authority_that_is_none(&["--ca-file", "Cargo.toml"], "Cargo.toml: found no certificate in PEM")]
#[case::a_device(&["--ca-file", "/dev/zero"], "/dev/zero: found a device")]
fn flags_that_cannot_be_are_usage(#[case] flags: &[&str], #[case] told: &str) {
    let (_folder, file) = crate::cli::common::file(&target_at("http://127.0.0.1:1"));
    let ran = claimproof(&[&["conform", "--target", path(&file)], flags].concat()).ends(2);
    assert!(!ran.stderr.contains("mine"), "{}", ran.stderr);
    ran.says(&[told]);
}

#[test]
fn minting_that_takes_longer_than_a_measurement_ends_it() {
    let served = Served::start("workato-api");
    let mut file: toml::Value =
        toml::from_str(&std::fs::read_to_string(served.target()).unwrap()).unwrap();
    let accounts = file["account"].as_array_mut().unwrap();
    accounts.retain(|one| one["role"].as_str() == Some("profile.rsa"));
    let target = served.file("rsa.toml", &toml::to_string(&file).unwrap());
    let begun = Instant::now();
    let few = ["--duration", "1", "--requests", "1000000", "--warm-up", "0", "--refused", "0%"];
    let load = ["load", "--target", path(&target)];
    claimproof(&[load.as_slice(), &few].concat()).ends(0).shows(&["minted"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "took {:?}", begun.elapsed());
}
