//! The suite against each row of the list, as a user runs it.

use std::time::Duration;

use claimproof_cast::{Player, Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::target::{Offers, of_reference};
use claimproof_http::{HttpSubject, Running, Target};
use claimproof_suite::{CaseReport, Options, Selection, Subject, Verdict, prove, select};
use futures::StreamExt;

use super::list::{By, Expected, Fault, Variant, Weight, faults, variants};
use super::wire::{CLOCK, Server, Way, bind, run};
use super::{posit_connect, proxy, tableau_connected_app, workato_api, workato_direct_link};

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
    let mut directory = serde_json::to_value(public(profile).directory).unwrap();
    if way.is("names-without-at") {
        let renamed = directory.to_string().replace("\"name\":\"", "\"name\":\"\u{e9}").replace("@example.com", "");
        directory = serde_json::from_str(&renamed).unwrap();
    }
    let (listener, url) = bind().await;
    let (handler, text) = match profile {
        Profile::WorkatoApi => (workato_api::handler(way, &directory), workato_api::target(&url)),
        Profile::WorkatoDirectLink => (workato_direct_link::handler(way, directory), workato_direct_link::target(&url)),
        Profile::PositConnect | Profile::TableauConnectedApp => {
            // The routes are the vendor's, so the reference's description of them fits.
            let handler = match profile {
                Profile::PositConnect => posit_connect::handler(way, &url, directory),
                _ => tableau_connected_app::handler(way, directory),
            };
            let capabilities = Offers {
                clock_header: Some(CLOCK.to_owned()),
                token_internals: profile == Profile::PositConnect && !way.is("expiry-not-readable"),
                ..Offers::default()
            };
            let mut target = Target { capabilities, ..of_reference(profile, &url) };
            // A fixture of the reference's own.
            target.manage.remove("store");
            return Some(Started { target, _alive: (run(listener, handler, None), None) });
        }
    };
    let target = Target::parse(&text, "outsider.toml").unwrap();
    Some(Started { target, _alive: (run(listener, handler, None), None) })
}

/// What a user sees: the cases, or why there is no verdict.
async fn tried(profile: Profile, by: By, name: &'static str) -> Option<Result<Vec<CaseReport>, String>> {
    let started = start(profile, by, Way(name)).await?;
    let target = started.target.clone();
    let subject =
        HttpSubject::connect(target, players(profile, Way(name)), Duration::from_secs(5), false).await.unwrap();
    if let Err(inseparable) = prove(&subject, name).await {
        return Some(Err(inseparable.to_string()));
    }
    let cases = select(profile, subject.capabilities(), &Selection::default());
    // Ids that other cases use meanwhile would push those of a case out of a short memory.
    let jobs = if name == "last-three-ids" { 1 } else { 8 };
    // At must: what deviates from a should is advice, as in a default run.
    let options = Options { jobs, run: name.to_owned(), level: Level::Must, fixed: [].into(), seed: Seed::PUBLIC };
    let (reports, _) = claimproof_suite::run(&cases, &subject, &options, &|_| {}).await;
    drop(started);
    Some(Ok(reports))
}

/// The same in a task of its own: a panic of the suite is one row's.
async fn held(profile: Profile, by: By, name: &'static str) -> Option<Result<Vec<CaseReport>, String>> {
    match tokio::spawn(tried(profile, by, name)).await {
        Ok(seen) => seen,
        Err(broken) => Some(Err(broken.to_string())),
    }
}

/// Who plays, under the names the server knows.
fn players(profile: Profile, way: Way) -> Players {
    let mut players = public(profile).players;
    if way.is("names-without-at") {
        let users: Vec<_> = players
            .iter()
            .filter(|(role, _)| role.starts_with("user."))
            .map(|(role, player)| (role.to_owned(), player.clone()))
            .collect();
        for (role, player) in users {
            let id = format!("\u{e9}{}", player.id.replace("@example.com", ""));
            players.cast(&role, Player { id, ..player });
        }
    }
    players
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
    let seen = held(row.profile, row.by, row.name).await;
    let seen = seen.map(|seen| seen.and_then(|reports| verdict_of(&row, &reports)));
    told(row.name, row.sentence, row.expected, seen)
}

async fn variant(row: Variant) -> Option<String> {
    let seen = held(row.profile, row.by, row.name).await;
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
