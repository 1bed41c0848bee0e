//! A secret that a management call makes: read from the answer as the target file says, and kept
//! out of every report.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use claimproof_cast::{Seed, seeded};
use claimproof_catalog::Profile;
use claimproof_http::{HttpSubject, Target};
use claimproof_in_process::of_reference;
use claimproof_server::reply::Reply;
use claimproof_server::{Binding, Running, serve};
use claimproof_suite::Verdict;

use crate::common::{Played, named, play, players};

const TABLEAU: Profile = Profile::TableauConnectedApp;
const DELETED: &str = "10085/deleted-secret-rest";

async fn played(
    edit: impl Fn(Reply) -> Reply + Send + Sync + 'static,
    say: impl FnOnce(&mut Target),
) -> Played {
    let mut binding = Binding::of(seeded(TABLEAU, Seed::PUBLIC)).unwrap();
    binding.edit = Some(Arc::new(edit));
    let running: Running = serve(binding, 0).await.unwrap();
    let mut target = of_reference(TABLEAU, &running.base_url());
    say(&mut target);
    let subject = HttpSubject::connect(target, players(TABLEAU), Duration::from_secs(5), false)
        .await
        .unwrap();
    play(&subject, &named(&subject, &[DELETED])).await
}

fn value_is_read_by(pattern: Option<&str>) -> impl FnOnce(&mut Target) {
    move |target| target.manage.get_mut("create-secret").unwrap().value = pattern.map(str::to_owned)
}

#[tokio::test]
async fn a_made_secret_in_an_answer_is_found_and_reaches_no_report() {
    let made = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&made);
    let edit = move |mut reply: Reply| {
        if let Some((_, rest)) = reply.body.split_once(" value=\"") {
            *kept.lock().unwrap() = rest.split('"').next().unwrap().to_owned();
        }
        let hint = kept.lock().unwrap().clone();
        reply.headers.extend(reply.refuses.then_some(("x-hint", hint)));
        reply
    };
    let played = played(edit, |_| {}).await;
    let case = played.case(&format!("{TABLEAU}/{DELETED}"));
    assert_eq!(case.verdict, Verdict::Fail, "{case:?}");
    assert!(
        case.message.contains("the answer holds the secret of `secret.made`"),
        "{}",
        case.message
    );
    let (text, made) = (played.text(), made.lock().unwrap().clone());
    assert!(
        made.len() >= 16 && !text.contains(&made) && text.contains("x-hint: [secret]"),
        "{text}"
    );
}

#[tokio::test]
async fn a_pattern_that_finds_no_secret_is_told() {
    let played = played(|reply| reply, value_is_read_by(Some("secret=(.+)"))).await;
    let told = "where `made` and `value` of [manage.create-secret] look, the answer shows no secret (status 201)";
    let case = played.case(&format!("{TABLEAU}/{DELETED}"));
    assert_eq!((case.verdict, case.message.as_str()), (Verdict::Error, told));
}

#[tokio::test]
async fn without_a_pattern_the_cases_are_skips_that_say_what_to_add() {
    let played = played(|reply| reply, value_is_read_by(None)).await;
    let case = played.case(&format!("{TABLEAU}/{DELETED}"));
    assert_eq!(case.verdict, Verdict::Skip, "{}", case.message);
    let add = case.lack.as_ref().map(|lack| lack.add.as_str());
    assert_eq!(add, Some("`made` and `value`, two patterns, under [manage.create-secret]"));
}
