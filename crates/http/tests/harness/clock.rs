//! What a subject takes for the present time.

use std::time::Duration;

use claimproof_http::HttpSubject;
use claimproof_suite::Subject;
use wiremock::ResponseTemplate;

use crate::common::reference::{API_CODES, always, api_target};
use crate::common::subject;

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
