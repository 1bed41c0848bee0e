//! The suite against each row of the list, as a user runs it.

use std::time::Duration;

use claimproof_cast::{Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::{HttpSubject, Running, Target};
use claimproof_suite::{CaseReport, Options, Selection, Subject, Verdict, prove, select};
use futures::StreamExt;

use super::list::{By, Expected, Fault, Variant, Weight, faults, variants};
use super::wire::{Server, Way, bind, run};
use super::{proxy, workato_api, workato_direct_link};

/// How many servers are tried at once; cases of each run at once too.
const AT_ONCE: usize = 3;

/// What is alive while a row is tried.
struct Started {
    target: Target,
    _alive: (Server, Option<Running>),
}

async fn start(profile: Profile, by: By, way: Way) -> Option<Started> {
    if by == By::Proxy {
        let (server, reference, target) = proxy::start(profile, way).await;
        return Some(Started { target, _alive: (server, Some(reference)) });
    }
    let directory = serde_json::to_value(public(profile).directory).unwrap();
    let (listener, url) = bind().await;
    let (handler, text) = match profile {
        Profile::WorkatoApi => (workato_api::handler(way, &directory), workato_api::target(&url)),
        Profile::WorkatoDirectLink => (workato_direct_link::handler(way, directory), workato_direct_link::target(&url)),
        Profile::TableauConnectedApp | Profile::PositConnect => return None,
    };
    let target = Target::parse(&text, "outsider.toml").unwrap();
    Some(Started { target, _alive: (run(listener, &url, handler), None) })
}

/// What a user sees: the cases, or why there is no verdict.
async fn tried(profile: Profile, by: By, name: &'static str) -> Option<Result<Vec<CaseReport>, String>> {
    let started = start(profile, by, Way(name)).await?;
    let target = started.target.clone();
    let subject = HttpSubject::connect(target, public(profile).players, Duration::from_secs(5), false).await.unwrap();
    if let Err(inseparable) = prove(&subject, name).await {
        return Some(Err(inseparable.to_string()));
    }
    let cases = select(profile, subject.capabilities(), &Selection::default());
    // At must: what deviates from a should is advice, as in a default run.
    let options = Options { jobs: 8, run: name.to_owned(), level: Level::Must, fixed: [].into(), seed: Seed::PUBLIC };
    let (reports, _) = claimproof_suite::run(&cases, &subject, &options, &|_| {}).await;
    drop(started);
    Some(Ok(reports))
}

fn shown(cases: &[&CaseReport]) -> String {
    let lines = cases
        .iter()
        .take(6)
        .map(|case| format!("\n      {:?} {}: {}: {}", case.verdict, case.id, case.observed, case.message));
    format!("{} cases{}", cases.len(), lines.collect::<String>())
}

/// The failing cases of this weight, and those among them that cite what the fault breaks.
fn verdict_of(fault: &Fault, reports: &[CaseReport]) -> Result<(), String> {
    let of = |verdict: Verdict| reports.iter().filter(|case| case.verdict == verdict).collect::<Vec<_>>();
    let (failed, advised) = (of(Verdict::Fail), of(Verdict::Advice));
    let cites = |case: &&CaseReport| case.requirements.iter().any(|id| fault.breaks.contains(id));
    match fault.weight {
        Weight::Must if failed.iter().any(cites) => Ok(()),
        Weight::Must => Err(format!("failed {}; advised {}", shown(&failed), shown(&advised))),
        Weight::Advice if failed.is_empty() && advised.iter().any(cites) => Ok(()),
        Weight::Advice => Err(format!("failed {}; advised {}", shown(&failed), shown(&advised))),
    }
}

fn quiet(reports: &[CaseReport]) -> Result<(), String> {
    let loud = |case: &&CaseReport| matches!(case.verdict, Verdict::Fail | Verdict::Advice | Verdict::Error);
    let loud: Vec<_> = reports.iter().filter(loud).collect();
    if loud.is_empty() { Ok(()) } else { Err(shown(&loud)) }
}

/// What is wrong with a row: nothing where the run shows what the row says.
fn told(name: &str, sentence: &str, expected: Expected, seen: Option<Result<(), String>>) -> Option<String> {
    match (expected, seen) {
        (_, None) => Some(format!("{name}: no server plays it")),
        (Expected::Now, Some(Ok(()))) | (Expected::Later(_), Some(Err(_))) => None,
        (Expected::Now, Some(Err(why))) => Some(format!("{name}: {sentence}\n    {why}")),
        (Expected::Later(missing), Some(Ok(()))) => {
            Some(format!("{name}: shown by now, `{missing}` is there: write Now"))
        }
    }
}

async fn fault(row: Fault) -> Option<String> {
    let seen = tried(row.profile, row.by, row.name).await;
    let seen = seen.map(|seen| seen.and_then(|reports| verdict_of(&row, &reports)));
    told(row.name, row.sentence, row.expected, seen)
}

async fn variant(row: Variant) -> Option<String> {
    let seen = tried(row.profile, row.by, row.name).await;
    told(row.name, row.sentence, row.expected, seen.map(|seen| seen.and_then(|reports| quiet(&reports))))
}

async fn all<R, F: Future<Output = Option<String>>>(rows: Vec<R>, one: impl Fn(R) -> F) {
    let wrong: Vec<String> = futures::stream::iter(rows.into_iter().map(one))
        .buffer_unordered(AT_ONCE)
        .filter_map(|wrong| async { wrong })
        .collect()
        .await;
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

async fn faults_of(profile: Profile) {
    all(faults().into_iter().filter(|row| row.profile == profile).collect(), fault).await;
}

async fn variants_of(profile: Profile) {
    all(variants().into_iter().filter(|row| row.profile == profile).collect(), variant).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_an_api_platform_is_found() {
    faults_of(Profile::WorkatoApi).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_conforming_api_platform_raises_an_alarm() {
    variants_of(Profile::WorkatoApi).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_server_of_direct_links_is_found() {
    faults_of(Profile::WorkatoDirectLink).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_conforming_server_of_direct_links_raises_an_alarm() {
    variants_of(Profile::WorkatoDirectLink).await;
}
