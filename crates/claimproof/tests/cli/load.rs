//! `load` against the reference, against servers that are wrong, and against none.

use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::cli::common::{
    Ran, Served, claimproof, closed_port, command, file, path, ran, target_at,
};
use crate::cli::strangers::{target, tiny};

const PROFILES: [&str; 3] = ["workato-direct-link", "workato-api", "tableau-connected-app"];
const FEW: [&str; 2] = ["--warm-up=20", "--connections=4"];

fn load(target: &str, more: &[&str]) -> Ran {
    claimproof(&[&["load", "--target", target], FEW.as_slice(), more].concat())
}

fn json(path: &std::path::Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_reference_answers_every_token_rightly_at_speed() {
    for profile in PROFILES {
        let served = Served::start(profile);
        let (report, page) =
            (served.folder.path().join("load.json"), served.folder.path().join("load.html"));
        let (report_flag, page_flag) =
            (format!("json={}", path(&report)), format!("html={}", path(&page)));
        let more =
            ["--requests=200", "--refused=25%", "--report", &report_flag, "--report", &page_flag];
        load(path(&served.target()), &more).ends(0).shows(&[
            "0 wrong, 0 lost",
            "minted",
            "a second",
        ]);
        let report = json(&report);
        let verdicts = &report["verdicts"];
        assert_eq!(report["sent"], 200, "{report}");
        assert_eq!(
            (&verdicts["accepted"], &verdicts["refused"]),
            (&165.into(), &55.into()),
            "{profile}: {verdicts}"
        );
        assert!(
            report["plan"]["refused_cases"].as_u64().unwrap() > 50,
            "{profile}: {}",
            report["plan"]
        );
        assert!(report["minting"]["per_second"].as_f64().unwrap() > 0.0);
        let latency = &report["latency_us"];
        assert!(latency["service"]["p50"].as_u64().unwrap() > 0, "{latency}");
        let page = std::fs::read_to_string(page).unwrap();
        assert!(page.contains("<svg") && page.contains("polyline"), "{page}");
        assert!(!page.contains("eyJ") && !page.contains("src="), "{page}");
    }
}

#[test]
fn an_open_loop_keeps_to_its_rate() {
    let served = Served::start("workato-api");
    let report = served.folder.path().join("load.json");
    let flag = format!("json={}", path(&report));
    load(path(&served.target()), &["--requests=200", "--rate=400", "--report", &flag]).ends(0);
    let report = json(&report);
    let rate = report["requests_per_second"].as_f64().unwrap();
    // 200 requests take half a second less one interval; a busy machine may take longer.
    assert!((50.0..=405.0).contains(&rate), "{rate}");
    assert_eq!(report["plan"]["loop"], "open");
}

#[test]
fn a_server_that_takes_what_must_be_refused_fails_the_run() {
    let served = Served::mutant("workato-direct-link", "without-iat-present");
    let ran = load(path(&served.target()), &["--refused", "100%", "--requests", "400"]).ends(1);
    ran.shows(&[
        "WRONG",
        "workato-direct-link/iat_missing/",
        "expected refuse iat_missing, observed",
    ]);
}

#[test]
fn wrong_verdicts_that_are_known_fail_nothing() {
    let served = Served::mutant("workato-direct-link", "without-iat-present");
    let listed = |cases: &str| {
        let text = "observed = \"accept\"\nreason = \"iat is not asked for\"\nsince = 2024-01-01\n";
        served.file(
            "known.toml",
            &format!("[[known-failure]]\ncases = [\"workato-direct-link/{cases}\"]\n{text}"),
        )
    };
    let report = served.folder.path().join("load.json");
    let flag = format!("json={}", path(&report));
    let target = served.target();
    let run = |known: &std::path::Path| {
        let more = [
            "--refused",
            "100%",
            "--requests",
            "400",
            "--report",
            &flag,
            "--known-failures",
            path(known),
        ];
        load(path(&target), &more)
    };
    let ran = run(&listed("*")).ends(0);
    ran.shows(&["0 wrong, 0 lost, ", " times: iat is not asked for (", " cases)"]);
    let report = json(&report);
    let known =
        report["known"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap());
    assert_eq!(report["verdicts"]["known"], known.sum::<u64>());
    assert!(report["verdicts"]["known"].as_u64().unwrap() > 0, "{report}");
    run(&listed("iat_invalid/*")).ends(1).shows(&["WRONG", "workato-direct-link/iat_missing/"]);
    run(std::path::Path::new("/nowhere/known.toml")).ends(2).says(&["/nowhere/known.toml"]);
}

#[test]
fn a_run_is_bounded_in_time() {
    let served = Served::start("workato-api");
    let begun = Instant::now();
    load(path(&served.target()), &["--rate", "20", "--requests", "100000", "--duration", "1"])
        .ends(0);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn what_cannot_be_reached_and_what_must_not_be() {
    let (_folder, closed) = file(&target_at(&closed_port()));
    load(path(&closed), &[]).ends(3).says(&["does not answer"]);
    let (_folder, remote) = file(&target_at("http://gateway.example"));
    load(path(&remote), &[])
        .ends(2)
        .says(&["gateway.example is not on this machine", "--allow-remote"]);
    load("/nowhere/target.toml", &[]).ends(2).says(&["/nowhere/target.toml"]);
}

#[test]
fn a_server_that_never_answers_ends_the_run_with_the_timeout() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, target) = file(&target_at(&format!("http://{}", listener.local_addr().unwrap())));
    let begun = Instant::now();
    load(path(&target), &["--timeout", "1"]).ends(3).says(&["does not answer"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Answers so many of a hundred requests with a 429, the others as a server that takes everything.
fn limited(percent: usize) -> (tempfile::TempDir, std::path::PathBuf) {
    let count = AtomicUsize::new(0);
    let url = tiny(move |_| {
        let nth = count.fetch_add(1, Ordering::SeqCst) % 100;
        if nth * percent / 100 < (nth + 1) * percent / 100 { 429 } else { 200 }
    });
    let folder = tempfile::tempdir().unwrap();
    let target = target(&folder, &url);
    (folder, target)
}

#[test]
fn what_a_server_has_no_time_for_is_held_back_and_neither_refused_nor_wrong() {
    let (folder, target) = limited(20);
    let report = folder.path().join("load.json");
    let flag = format!("json={}", path(&report));
    let ran = load(path(&target), &["--refused=0%", "--requests=200", "--report", &flag]).ends(0);
    ran.shows(&["held back ", " times: status 429", "0 refused, 0 wrong, 0 lost, "]);
    let report = json(&report);
    let held = report["verdicts"]["held_back"].as_u64().unwrap();
    assert!((40..=50).contains(&held), "{report}");
    assert_eq!(
        report["sent"].as_u64().unwrap() + 20,
        report["verdicts"]["accepted"].as_u64().unwrap() + held
    );
    assert_eq!(report["held_back"][0]["count"], held);
}

#[test]
fn limits_of_the_flags_are_usage() {
    for bad in [
        ["--requests", "0"],
        ["--requests", "1000001"],
        ["--refused", "101%"],
        ["--connections", "201"],
    ] {
        claimproof(&[&["load", "--target", "t.toml"], bad.as_slice()].concat()).ends(2);
    }
}

/// The child and what it wrote, after one Ctrl-C.
#[cfg(unix)]
fn interrupted(child: Child) -> Ran {
    std::thread::sleep(Duration::from_secs(2));
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    ran(child)
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_reports_what_it_has() {
    let served = Served::start("workato-api");
    let report = served.folder.path().join("load.json");
    let flag = format!("json={}", path(&report));
    let target = served.target();
    let args = ["load", "--target", path(&target), "--rate", "50", "--report", &flag];
    interrupted(command(&args).spawn().unwrap()).ends(130).shows(&["interrupted", "0 wrong"]);
    let report = json(&report);
    assert_eq!(report["partial"], true);
    assert!(report["sent"].as_u64().unwrap() < 20_000);
}
