//! What the tests of this crate share: canned servers, and a suite played on a target file's text.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::{ConnectError, HttpSubject, Target};
use claimproof_suite::{
    CaseReport, Inseparable, Options, ReadingReport, Selection, Subject, Verdict, prove, run,
    select,
};
use claimproof_vectors::Case;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) mod reference;

/// The players of the public cast.
pub(crate) fn players(profile: Profile) -> Players {
    public(profile).players
}

/// A subject by a target file's text, with the public cast on it.
pub(crate) async fn connect(text: &str, deadline: Duration) -> Result<HttpSubject, ConnectError> {
    let target = Target::parse(text, "canned.toml").unwrap();
    let players = players(target.profile);
    HttpSubject::connect(target, players, deadline, false).await
}

/// The same, where there is no doubt that it answers.
pub(crate) async fn subject(text: &str) -> HttpSubject {
    connect(text, Duration::from_secs(5)).await.unwrap()
}

/// How a run ended.
pub(crate) struct Played {
    pub(crate) cases: Vec<CaseReport>,
    pub(crate) readings: Vec<ReadingReport>,
}

impl Played {
    pub(crate) fn case(&self, id: &str) -> &CaseReport {
        self.cases
            .iter()
            .find(|case| case.id == id)
            .unwrap_or_else(|| panic!("no case `{id}` was played"))
    }

    /// Every case of this verdict, as `id: observed: message`.
    pub(crate) fn of(&self, verdict: Verdict) -> Vec<String> {
        let of = self.cases.iter().filter(|case| case.verdict == verdict);
        of.map(|case| format!("{}: {}: {}", case.id, case.observed, case.message)).collect()
    }

    /// What no header can carry, such as a line end inside a token, is a skip on any server.
    pub(crate) fn assert_all_pass(&self) {
        let uncarried = |case: &&CaseReport| {
            case.verdict == Verdict::Skip && case.message.contains("cannot carry this value")
        };
        let bad: Vec<_> = self
            .cases
            .iter()
            .filter(|case| case.verdict != Verdict::Pass && !uncarried(case))
            .collect();
        let bad: Vec<_> = bad
            .iter()
            .map(|case| {
                format!("{}: {:?} {}: {}", case.id, case.verdict, case.observed, case.message)
            })
            .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
        assert!(!self.cases.is_empty(), "nothing was played");
    }

    /// The report as it would be written down.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(&self.cases).unwrap()
    }
}

/// The cases one can play on any server: one act, nothing needed.
pub(crate) fn plain_cases(subject: &HttpSubject) -> Vec<Case> {
    let all = select(subject.profile(), subject.capabilities(), &Selection::default());
    all.into_iter().filter(|case| case.needs().is_empty() && case.single().is_some()).collect()
}

/// The cases of these ids.
pub(crate) fn named(subject: &HttpSubject, ids: &[&str]) -> Vec<Case> {
    let filters = ids.iter().map(|id| format!("{}/{id}", subject.profile())).collect();
    let selection = Selection { filters, exact: true, ..Selection::default() };
    let chosen = select(subject.profile(), subject.capabilities(), &selection);
    assert_eq!(chosen.len(), ids.len(), "some of {ids:?} do not exist");
    chosen
}

/// Plays these cases.
pub(crate) async fn play(subject: &HttpSubject, cases: &[Case]) -> Played {
    play_fixing(subject, cases, &[]).await
}

/// Plays these cases where the target file fixes readings.
pub(crate) async fn play_fixing(
    subject: &HttpSubject,
    cases: &[Case],
    fixed: &[(&str, &str)],
) -> Played {
    let fixed = fixed
        .iter()
        .map(|(family, reading)| ((*family).to_owned(), (*reading).to_owned()))
        .collect();
    let options =
        Options { jobs: 4, run: run_id(), level: Level::Should, fixed, seed: Seed::PUBLIC };
    let (cases, readings) = run(cases, subject, &options, &|_| {}).await;
    Played { cases, readings }
}

/// The acceptance proof, and what it found.
pub(crate) async fn proof(subject: &HttpSubject) -> Result<Vec<String>, Inseparable> {
    let proof = prove(subject, &run_id()).await?;
    Ok(proof.findings.iter().map(ToString::to_string).collect())
}

/// Proves and plays every plain case.
pub(crate) async fn prove_and_play(subject: &HttpSubject) -> Played {
    proof(subject).await.unwrap();
    play(subject, &plain_cases(subject)).await
}

fn run_id() -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("test {}", RUNS.fetch_add(1, Ordering::SeqCst))
}

/// A server below HTTP: what it does with each connection, and how many requests it read.
pub(crate) struct RawServer {
    pub(crate) url: String,
    pub(crate) requests: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What a clean answer to the probe of `connect` looks like.
pub(crate) const PROBE_ANSWER: &[u8] =
    b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Answers `GET /`, by which `connect` looks for the clock, and hands any other request's
/// connection, its head read, to `then`.
pub(crate) async fn raw_server<F, Fut>(then: F) -> RawServer
where
    F: Fn(TcpStream) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (then, count) = (then.clone(), Arc::clone(&count));
            tokio::spawn(async move {
                let head = read_head(&mut stream).await;
                if head.starts_with("GET / ") {
                    let _ = stream.write_all(PROBE_ANSWER).await;
                } else if !head.is_empty() {
                    count.fetch_add(1, Ordering::SeqCst);
                    then(stream).await;
                }
            });
        }
    });
    RawServer { url, requests, task }
}

pub(crate) async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => break,
            Ok(count) => head.extend_from_slice(&chunk[..count]),
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}
