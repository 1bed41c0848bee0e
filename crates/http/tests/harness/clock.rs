//! What a subject takes for the present time.

use std::time::Duration;

use claimproof_http::HttpSubject;
use claimproof_suite::{Subject, Verdict};
use rstest::rstest;
use wiremock::ResponseTemplate;

use crate::common::reference::{API_CODES, always, api_target, dated_link, link_target};
use crate::common::{Played, plain_cases, play, proof, subject};

const SETTABLE: &str = "\n[capabilities]\nclock_header = \"x-now\"\n";

async fn of(rest: &str) -> HttpSubject {
    let server = always(ResponseTemplate::new(200)).await;
    subject(&format!("{}{rest}", api_target(&server.uri(), API_CODES))).await
}

/// Waits for a second to be over on the target's own clock.
async fn outlast(subject: &HttpSubject, second: i64) {
    while subject.target_time() <= second {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_clock_that_can_be_set_stands_still_until_a_case_moves_it() {
    let subject = of(SETTABLE).await;
    let begun = subject.now();
    outlast(&subject, begun).await;
    assert_eq!(subject.now(), begun, "a token of the last acceptable second would come too late");
    subject.reach(begun + 31);
    subject.reach(begun);
    assert_eq!(subject.now(), begun + 31);
}

#[tokio::test]
async fn a_clock_that_cannot_be_set_goes_on() {
    let subject = of("").await;
    let begun = subject.now();
    outlast(&subject, begun).await;
    assert!(subject.now() > begun, "the target's time is not ours to hold");
}

const LINK: &str =
    "accept = { status = [\"204\"] }\ncode = [{ from = \"header\", name = \"x-code\" }]";

/// A conforming server whose `Date` is so far from its clock: what is said of it, and how it fares.
async fn dated(ahead: i64, clock_offset: &str) -> (Option<String>, Played) {
    let server = dated_link(ahead).await;
    let text = link_target(&server.uri(), LINK);
    let subject = subject(&format!("{clock_offset}\n{text}")).await;
    let told = subject.settle_clock("test").await;
    proof(&subject).await.unwrap();
    (told, play(&subject, &plain_cases(&subject)).await)
}

#[rstest]
#[tokio::test]
async fn a_date_that_is_off_a_little_makes_edges_inconclusive_and_fails_nothing(
    #[values(10, -10)] ahead: i64,
) {
    let (told, played) = dated(ahead, "").await;
    let told = told.unwrap();
    assert!(
        told.contains("accepted by several clocks") && told.contains("`clock_offset`"),
        "{told}"
    );
    assert_eq!(played.of(Verdict::Fail), Vec::<String>::new());
    let skipped = played.of(Verdict::Skip);
    assert!((1..10).contains(&skipped.len()), "{skipped:?}");
    assert!(
        skipped.iter().all(|skip| skip.contains("inconclusive: ") && skip.contains("clock_offset")),
        "{skipped:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_date_by_which_no_token_is_accepted_is_not_believed(
    #[values(3600, -86_400, 45)] ahead: i64,
) {
    let (told, played) = dated(ahead, "").await;
    let told = told.unwrap();
    assert!(
        told.ends_with("accepted by one clock alone, so the one of this machine is believed"),
        "{told}"
    );
    played.assert_all_pass();
}

#[tokio::test]
async fn what_the_target_file_says_of_the_clock_is_believed() {
    let (told, played) = dated(3600, "clock_offset = 0").await;
    assert_eq!(told, None);
    played.assert_all_pass();
}
