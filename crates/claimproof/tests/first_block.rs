//! What a user sees first of a server that lets strangers in: `conform` against servers nobody here
//! wrote, each with one fault. They are those of the tests of `http`, and share no crate of ours.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::{Command, Stdio};

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_http::target::{ClockControl, Offers, write};
use claimproof_in_process::of_reference;
use rstest::rstest;

#[path = "../../http/tests/outsiders"]
#[expect(dead_code, reason = "what other tests ask of these servers")]
mod outsiders {
    pub(crate) mod json;
    pub(crate) mod jwt;
    pub(crate) mod posit_connect;
    pub(crate) mod tableau_connected_app;
    pub(crate) mod wire;
    pub(crate) mod workato_api;
    pub(crate) mod workato_direct_link;
}

use outsiders::wire::{CLOCK, Handler, Way, bind, run};
use outsiders::{posit_connect, tableau_connected_app, workato_api, workato_direct_link};

/// A server with this fault, and how it is reached.
fn handler(profile: Profile, way: Way, url: &str) -> (Handler, Target) {
    let directory = serde_json::to_value(public(profile).directory).unwrap();
    let capabilities =
        Offers { token_internals: profile == Profile::PositConnect, ..Offers::default() };
    let clock = Some(ClockControl { header: Some(CLOCK.to_owned()), ..ClockControl::default() });
    let vendors = || {
        let mut target = Target { capabilities, clock, ..of_reference(profile, url) };
        target.manage.remove("store");
        target
    };
    let parsed = |text: String| Target::parse(&text, "outsider.toml").unwrap();
    match profile {
        Profile::WorkatoApi => {
            (workato_api::handler(way, &directory), parsed(workato_api::target(way, url)))
        }
        Profile::WorkatoDirectLink => {
            (workato_direct_link::handler(way, directory), parsed(workato_direct_link::target(url)))
        }
        Profile::TableauConnectedApp => (tableau_connected_app::handler(way, directory), vendors()),
        Profile::PositConnect => (posit_connect::handler(way, url, directory), vendors()),
    }
}

/// Exit code and screen of the built program.
async fn conform(profile: Profile, fault: &'static str) -> (Option<i32>, String) {
    let (listener, url) = bind().await;
    let (handler, target) = handler(profile, Way(fault), &url);
    let _server = run(listener, handler, None);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("target.toml");
    write(&target, &public(profile).players, &file, false).unwrap();
    let ran = tokio::task::spawn_blocking(move || {
        let mut conform = Command::new(env!("CARGO_BIN_EXE_claimproof"));
        conform.args(["conform", "--progress", "never", "--color", "never", "--target"]).arg(file);
        conform.stdin(Stdio::null()).output().unwrap()
    });
    let ran = ran.await.unwrap();
    (
        ran.status.code(),
        String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap(),
    )
}

#[rstest]
#[case::no_signature_check(Profile::WorkatoApi, "no-signature-check", &["the signature is not checked"])]
#[case::no_api_key(Profile::PositConnect, "no-api-key", &["accepted where a refusal is due", "without one that is known nothing is handed out", "An exchange without API key"])]
#[case::memory_per_surface(Profile::TableauConnectedApp, "ids-per-surface", &["A token already used", "A token used to embed, then on REST", "observed accept"])]
#[case::race_of_20_ms(Profile::WorkatoDirectLink, "race-of-20-ms", &["at most one succeeds", "accepted 12 of 12 uses at the same moment"])]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_block_names_what_is_wrong(
    #[case] profile: Profile,
    #[case] fault: &'static str,
    #[case] words: &[&str],
) {
    let (code, screen) = conform(profile, fault).await;
    assert_eq!(code, Some(1), "{screen}");
    let block = screen.split("\n\n").next().unwrap_or_default();
    assert!(words.iter().all(|word| block.contains(word)), "{screen}");
}
