//! The suite against each row of the list, as a user runs it.

use std::collections::BTreeSet;
use std::time::Duration;

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::HttpSubject;
use claimproof_suite::{CaseReport, Options, Selection, Subject, Verdict, accounts, prove, select};
use futures::StreamExt;

use super::list::{By, Fault, Variant, Weight, faults, variants};
use super::start::{players, start};
use super::wire::Way;

/// How many servers are tried at once; cases of each run at once too.
const AT_ONCE: usize = 3;

/// What a user sees: what showed before grading, and the cases.
struct Seen {
    findings: Vec<String>,
    reports: Vec<CaseReport>,
}

/// The suite on one row's server, or why there is no verdict.
async fn tried(profile: Profile, by: By, name: &'static str) -> Result<Seen, String> {
    let started = start(profile, by, Way(name)).await;
    let (target, mut players) = (started.target.clone(), players(profile, Way(name)));
    players.state(target.terms());
    let subject =
        HttpSubject::connect(target, players, Duration::from_secs(5), false).await.unwrap();
    let proof = prove(&subject, name).await.map_err(|inseparable| inseparable.to_string())?;
    let cases = select(profile, subject.capabilities(), &Selection::default());
    accounts(&subject, &proof, &cases, name)
        .await
        .map_err(|inseparable| inseparable.to_string())?;
    // Ids that other cases use meanwhile would push those of a case out of a short memory.
    let jobs = if name == "last-three-ids" { 1 } else { 8 };
    // At must: what deviates from a should is advice, as in a default run.
    let options = Options {
        jobs,
        run: name.to_owned(),
        level: Level::Must,
        fixed: [].into(),
        seed: Seed::PUBLIC,
    };
    let (reports, _) = claimproof_suite::run(&cases, &subject, &options, &|_| {}).await;
    Ok(Seen { findings: proof.findings.iter().map(ToString::to_string).collect(), reports })
}

/// The same in a task of its own: a panic of the suite is one row's.
async fn held(profile: Profile, by: By, name: &'static str) -> Result<Seen, String> {
    tokio::spawn(tried(profile, by, name)).await.unwrap_or_else(|broken| Err(broken.to_string()))
}

fn is_loud(case: &CaseReport) -> bool {
    matches!(case.verdict, Verdict::Fail | Verdict::Advice | Verdict::Error)
}

fn shown(cases: &[&CaseReport]) -> String {
    let line = |case: &&CaseReport| {
        format!("\n      {:?} {}: {}: {}", case.verdict, case.id, case.observed, case.message)
    };
    format!("{} cases{}", cases.len(), cases.iter().take(6).map(line).collect::<String>())
}

/// A case of the fault's weight fails that cites what it breaks; advice alone where the fault is no
/// more.
fn verdict_of(fault: &Fault, seen: &Seen, plain: &BTreeSet<String>) -> Result<(), String> {
    let own = |case: &&CaseReport| !plain.contains(&case.id);
    let of = |verdict| {
        seen.reports.iter().filter(own).filter(|case| case.verdict == verdict).collect::<Vec<_>>()
    };
    let (failed, advised) = (of(Verdict::Fail), of(Verdict::Advice));
    let cites = |case: &&CaseReport| case.requirements.iter().any(|id| fault.breaks.contains(id));
    let found = match fault.weight {
        Weight::Must => failed.iter().any(cites),
        Weight::Advice => failed.is_empty() && advised.iter().any(cites),
    };
    if found {
        Ok(())
    } else {
        Err(format!("failed {}; advised {}", shown(&failed), shown(&advised)))
    }
}

fn quiet(seen: &Seen) -> Result<(), String> {
    let loud: Vec<_> = seen.reports.iter().filter(|case| is_loud(case)).collect();
    if seen.findings.is_empty() && loud.is_empty() {
        return Ok(());
    }
    Err(format!("{} {}", seen.findings.join("; "), shown(&loud)))
}

/// What is wrong with a row.
fn told(name: &str, sentence: &str, seen: Result<(), String>) -> Option<String> {
    seen.err().map(|why| format!("{name}: {sentence}\n    {why}"))
}

async fn fault(row: Fault, plain: &BTreeSet<String>) -> Option<String> {
    let seen = held(row.profile, row.by, row.name).await;
    told(row.name, row.sentence, seen.and_then(|seen| verdict_of(&row, &seen, plain)))
}

async fn variant(row: Variant) -> Option<String> {
    let seen = held(row.profile, row.by, row.name).await;
    told(row.name, row.sentence, seen.and_then(|seen| quiet(&seen)))
}

async fn all<R, F: Future<Output = Option<String>>>(rows: Vec<R>, one: impl Fn(R) -> F) {
    let rows = futures::stream::iter(rows.into_iter().map(one)).buffer_unordered(AT_ONCE);
    let wrong: Vec<String> = rows.filter_map(|wrong| async { wrong }).collect().await;
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the server without a fault shows is none of a fault's.
async fn faults_of(profile: Profile) {
    let plain = held(profile, By::Own, "plain").await.map(|seen| seen.reports).unwrap_or_default();
    let plain: BTreeSet<_> = plain.into_iter().filter(is_loud).map(|case| case.id).collect();
    let rows = faults().into_iter().filter(|row| row.profile == profile).collect();
    all(rows, |row| fault(row, &plain)).await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_connect_server_is_found() {
    faults_of(Profile::PositConnect).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_conforming_connect_server_raises_an_alarm() {
    variants_of(Profile::PositConnect).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_connected_apps_is_found() {
    faults_of(Profile::TableauConnectedApp).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_conforming_server_of_connected_apps_raises_an_alarm() {
    variants_of(Profile::TableauConnectedApp).await;
}
