//! A plan names every request of a run before it: what a server is sent is held against it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use claimproof_cast::{ExposeSecret, Player, Seed, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::target::{ClockControl, Method};
use claimproof_http::{HttpSubject, Planned, Rehearsal, Target};
use claimproof_in_process::of_reference;
use claimproof_server::Front;
use claimproof_server::{Binding, serve};
use claimproof_suite::{
    Options, Selection, Verdict, accounts, controls, prove, rehearse, run, select, staffed,
};
use claimproof_vectors::Case;
use regex::Regex;

/// What came: method, place, headers and body.
#[derive(Clone, Debug)]
struct Came {
    method: String,
    place: String,
    rest: String,
}

/// The lines of headers that a plan leaves to HTTP.
const OF_HTTP: [&str; 2] = ["host", "content-length"];

fn rest<'h>(headers: impl Iterator<Item = (&'h str, &'h str)>, body: &str) -> String {
    // Blanks around a value are none of it (RFC 9110 section 5.5).
    let own = headers.filter(|(name, _)| !OF_HTTP.contains(name));
    let mut lines: Vec<String> =
        own.map(|(name, value)| format!("{name}: {}\n", value.trim())).collect();
    lines.sort();
    format!("{}\n{body}", lines.concat())
}

/// Writes down what a server is sent.
fn recorder() -> (Arc<Mutex<Vec<Came>>>, Front) {
    let came = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&came);
    let front: Front = Arc::new(move |parts, body| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers: Vec<_> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), text(value.as_bytes())))
            .collect();
        let headers = headers.iter().map(|(name, value)| (*name, value.as_str()));
        let (method, place) = (parts.method.to_string(), parts.uri.to_string());
        to.lock().unwrap().push(Came { method, place, rest: rest(headers, &text(body)) });
        None
    });
    (came, front)
}

/// What stands for something is anything of this kind.
fn pattern(shown: &str, anything: &str) -> Regex {
    let stands = Regex::new(r#"\{[A-Za-z0-9][^{}"]*\}|\[(?:secret|token|session)\]"#).unwrap();
    let pieces: Vec<String> = stands.split(shown).map(regex::escape).collect();
    Regex::new(&format!("(?s)^{}$", pieces.join(anything))).unwrap()
}

struct Run {
    planned: Vec<Planned>,
    came: Vec<Came>,
    base: String,
}

/// The plan of a whole run against the reference, and what the reference is then sent.
async fn planned_and_run(profile: Profile) -> Run {
    let (came, front) = recorder();
    let cast = public(profile);
    let players = cast.players.clone();
    let mut binding = Binding::of(cast).unwrap().impatient();
    binding.front = Some(front);
    let running = serve(binding, 0).await.unwrap();
    let (target, deadline) = (of_reference(profile, &running.base_url()), Duration::from_secs(5));
    let unconnected =
        HttpSubject::unconnected(target.clone(), players.clone(), deadline, false).unwrap();
    // One after the other, so that each viewer logs in once.
    let options = Options {
        jobs: 1,
        run: "run".to_owned(),
        level: Level::Should,
        fixed: BTreeMap::new(),
        seed: Seed::PUBLIC,
    };
    let selection = Selection { probes: Some(Seed::PUBLIC), ..Selection::default() };
    let cases = select(profile, claimproof_suite::Subject::capabilities(&unconnected), &selection);
    let all: Vec<Case> = [cases.as_slice(), &controls(&cases, &unconnected)].concat();

    let rehearsal = Rehearsal::of(&unconnected);
    let (mut planned, ended) = rehearsal.prove(&all, false).await;
    assert_eq!(ended, None);
    for case in staffed(&all, &unconnected) {
        let _ = rehearse(&case, &rehearsal, &options).await;
        planned.extend(rehearsal.take());
    }
    assert!(came.lock().unwrap().is_empty(), "a plan sends something");

    let subject = HttpSubject::connect(target, players, deadline, false).await.unwrap();
    let proof = prove(&subject, "run").await.unwrap();
    accounts(&subject, &proof, &all, "run").await.unwrap();
    let (reports, _) = run(&all, &subject, &options, &|_| {}).await;
    let bad = |verdict| matches!(verdict, Verdict::Fail | Verdict::Error);
    assert!(
        !reports.iter().any(|one| bad(one.verdict)),
        "the run does not conform, so it stops where no plan does"
    );
    let came = came.lock().unwrap().clone();
    Run { planned, came, base: running.base_url() }
}

impl Run {
    fn place<'p>(&self, planned: &'p Planned) -> &'p str {
        planned.url.strip_prefix(&self.base).unwrap_or(&planned.url)
    }

    /// What came and stands in no plan.
    fn unplanned(&self) -> Vec<&Came> {
        let mut known: BTreeMap<(&str, &str, String), (Regex, Regex)> = BTreeMap::new();
        for one in &self.planned {
            let headers = one.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let (place, rest) = (self.place(one), rest(headers, &one.body));
            let patterns = || (pattern(place, ".*"), pattern(&rest, ".*"));
            known.entry((one.method.as_str(), place, rest.clone())).or_insert_with(patterns);
        }
        let is_planned = |came: &Came| {
            let same = known.iter().filter(|((method, ..), _)| *method == came.method);
            same.into_iter()
                .any(|(_, (place, rest))| place.is_match(&came.place) && rest.is_match(&came.rest))
        };
        let is_probe = |came: &Came| came.method == "GET" && came.place == "/";
        self.came.iter().filter(|came| !is_probe(came) && !is_planned(came)).collect()
    }

    /// How often management is planned, and how often it came, by method and place.
    fn managed(&self) -> BTreeMap<(String, String), (usize, usize)> {
        let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        for one in self.planned.iter().filter(|one| one.effect.is_some()) {
            let place = pattern(self.place(one), "[^/?]*").to_string();
            counts.entry((one.method.clone(), place)).or_default().0 += one.times;
        }
        for ((method, place), (_, came)) in &mut counts {
            let place = Regex::new(place).unwrap();
            *came = self
                .came
                .iter()
                .filter(|one| one.method == *method && place.is_match(&one.place))
                .count();
        }
        counts
    }
}

async fn is_planned(profile: Profile, least: usize) {
    let run = planned_and_run(profile).await;
    let unplanned = run.unplanned();
    assert!(
        unplanned.is_empty(),
        "{} requests of {profile} stand in no plan: {:#?}",
        unplanned.len(),
        unplanned.first()
    );
    assert!(run.came.len() > 100, "{} requests", run.came.len());
    let managed = run.managed();
    assert!(managed.len() >= least, "{managed:#?}");
    let off: Vec<_> = managed.iter().filter(|(_, (planned, came))| planned != came).collect();
    assert!(off.is_empty(), "planned and come differ: {off:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_direct_links_is_planned_whole() {
    is_planned(Profile::WorkatoDirectLink, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_the_api_platform_is_planned_whole() {
    is_planned(Profile::WorkatoApi, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_connected_apps_is_planned_whole() {
    is_planned(Profile::TableauConnectedApp, 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_against_connect_is_planned_whole() {
    is_planned(Profile::PositConnect, 5).await;
}

/// The plan of every case of a profile, on a target that is described otherwise.
async fn plan_of(
    profile: Profile,
    change: impl FnOnce(&mut Target),
) -> (Vec<Planned>, Vec<Planned>) {
    let mut target = of_reference(profile, "http://127.0.0.1:1");
    change(&mut target);
    let subject =
        HttpSubject::unconnected(target, public(profile).players, Duration::from_secs(1), false)
            .unwrap();
    let rehearsal = Rehearsal::of(&subject);
    let options = Options {
        jobs: 1,
        run: "plan".to_owned(),
        level: Level::Must,
        fixed: BTreeMap::new(),
        seed: Seed::PUBLIC,
    };
    let capabilities = claimproof_suite::Subject::capabilities(&subject);
    let mut all = Vec::new();
    for case in select(profile, capabilities, &Selection::default()) {
        let _ = rehearse(&case, &rehearsal, &options).await;
        all.extend(rehearsal.take());
    }
    (all, rehearsal.set_back())
}

#[tokio::test]
async fn a_clock_that_is_moved_for_everybody_is_planned_and_set_back() {
    let set = |text: &str| Method {
        method: "PUT".to_owned(),
        path: "/clock".to_owned(),
        text: Some(text.to_owned()),
        ..Method::default()
    };
    let (all, back) = plan_of(Profile::WorkatoDirectLink, |target| {
        target.clock = Some(ClockControl {
            set: Some(set("{now_rfc3339}")),
            back: Some(set("back")),
            ..ClockControl::default()
        });
    })
    .await;
    let moves: Vec<&str> =
        all.iter().filter(|one| one.url.ends_with("/clock")).map(|one| one.body.as_str()).collect();
    assert!(moves.contains(&"{now}") && moves.contains(&"{now + 31 s}"), "{moves:?}");
    assert!(all[0].url.ends_with("/clock"), "the first request comes at no time that was set");
    let [back] = back.as_slice() else { panic!("{back:?}") };
    assert_eq!((back.method.as_str(), back.body.as_str()), ("PUT", "back"));
    // Where nothing moves the clock nothing sets it back.
    assert_eq!(plan_of(Profile::WorkatoDirectLink, |_| {}).await.1, []);
}

#[tokio::test]
async fn a_login_of_two_steps_is_planned_with_both() {
    let (all, _) = plan_of(Profile::PositConnect, |target| {
        let login = target.manage.get_mut("viewer-login").unwrap();
        let form = BTreeMap::from([("answer".to_owned(), "{hidden}".to_owned())]);
        login.read = BTreeMap::from([("hidden".to_owned(), "value=\"([^\"]+)\"".to_owned())]);
        login.then = vec![Method {
            method: "POST".to_owned(),
            path: "/second".to_owned(),
            form,
            ..Method::default()
        }];
    })
    .await;
    let second: Vec<&Planned> = all.iter().filter(|one| one.url.ends_with("/second")).collect();
    assert_eq!(second.len(), 2, "one for each viewer");
    assert_eq!(second[0].body, "answer={hidden}");
    assert!(
        second[0]
            .headers
            .iter()
            .any(|(name, value)| name == "cookie" && value.starts_with("{cookies of "))
    );
}

#[tokio::test]
async fn a_fixed_token_of_management_is_named_and_spares_the_sign_in() {
    let mut players = public(Profile::TableauConnectedApp).players;
    let token = SigningKey::Secret("a token of management".to_owned().into());
    players.cast("management", Player { id: "management".to_owned(), key: Some(token) });
    let mut target = of_reference(Profile::TableauConnectedApp, "http://127.0.0.1:1");
    target.session.as_mut().unwrap().fields.insert("site_id".to_owned(), "my-site".to_owned());
    let subject = HttpSubject::unconnected(target, players, Duration::from_secs(1), false).unwrap();
    let rehearsal = Rehearsal::of(&subject);
    let mut held = claimproof_suite::Held::default();
    let call = claimproof_vectors::Manage::CreateSecret { app: "app.ok" };
    let action = claimproof_suite::Action::Manage(&call, None);
    claimproof_suite::Subject::perform(&rehearsal, &mut held, action).await.unwrap();
    let all = rehearsal.take();
    let [one] = all.as_slice() else { panic!("{all:?}") };
    let session = one.headers.iter().find(|(name, _)| name == "x-tableau-auth").unwrap();
    assert_eq!(session.1, "{secret of management}");
    assert!(one.url.contains("/sites/my-site/"), "{}", one.url);
}

/// No secret, in no spelling, and no token that was signed.
#[tokio::test]
async fn a_plan_holds_no_secret() {
    for profile in Profile::ALL {
        let cast = public(profile);
        let target = of_reference(profile, "http://127.0.0.1:1");
        let subject =
            HttpSubject::unconnected(target, cast.players.clone(), Duration::from_secs(1), false)
                .unwrap();
        let rehearsal = Rehearsal::of(&subject);
        let options = Options {
            jobs: 1,
            run: "plan".to_owned(),
            level: Level::Must,
            fixed: BTreeMap::new(),
            seed: Seed::PUBLIC,
        };
        let capabilities = claimproof_suite::Subject::capabilities(&subject);
        for case in select(profile, capabilities, &Selection::default()) {
            let _ = rehearse(&case, &rehearsal, &options).await;
        }
        let text = format!("{:?}", rehearsal.take());
        assert!(text.len() > 100_000 && !text.contains("eyJ"), "{profile}");
        for (role, player) in cast.players.iter() {
            if let Some(SigningKey::Secret(secret)) = &player.key {
                assert!(!text.contains(secret.expose_secret()), "{profile}: the secret of {role}");
            }
        }
    }
}
