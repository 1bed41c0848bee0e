//! A server follows one reading of what the documents leave open; a mixture fails.

use claimproof_http::Target;
use claimproof_suite::Verdict;
use claimproof_vectors::{Answer, Case, Expect, Refusal};
use wiremock::{Request, ResponseTemplate};

use crate::common::reference::{API_CODES, ApiDecision, api, api_target, documented, refused};
use crate::common::{named, plain_cases, play, play_fixing, prove_and_play, subject};

const FAMILY: &str = "WAP-R-status";

/// 403 for what comes without a token, 401 for the rest: neither one status nor those of HTTP.
fn mixed(request: &Request, decision: &ApiDecision) -> ResponseTemplate {
    let bare = request.headers.get("authorization").is_none();
    match decision {
        Err(rejection) => refused(rejection, if bare { 403 } else { 401 }),
        Ok(_) => documented(decision),
    }
}

/// The cases, with the status of every plain refusal asked for.
fn asking(mut cases: Vec<Case>) -> Vec<Case> {
    const REFUSED: &[&str] = &["access_refused"];
    let open = || {
        let with =
            |reading, status| (reading, Answer::Refuse(Refusal::with(REFUSED).status(status)));
        Expect::open(FAMILY, vec![with("403", 403), with("401", 401)])
    };
    for turn in cases.iter_mut().flat_map(|case| &mut case.script) {
        if turn.expect == Expect::REFUSE || turn.expect.question() == Some(FAMILY) {
            turn.expect = open();
        }
    }
    cases
}

/// 401 without credentials and 403 for a key that is not good, as HTTP has it.
#[tokio::test]
async fn the_statuses_of_http_conform() {
    let server = api(|request, decision| match &decision {
        Err(rejection) => refused(
            rejection,
            if request.headers.get("authorization").is_none() { 401 } else { 403 },
        ),
        Ok(_) => documented(&decision),
    })
    .await;
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    played.assert_all_pass();
    let family = played.readings.iter().find(|reading| reading.id == FAMILY).unwrap();
    assert_eq!(family.chosen, Some("401-then-403"));
}

#[tokio::test]
async fn a_mixture_of_two_readings_fails_and_names_the_cases_that_disagree() {
    let server = api(|request, decision| mixed(request, &decision)).await;
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    let family = played.readings.iter().find(|reading| reading.id == FAMILY).unwrap();
    assert_eq!((family.state, family.chosen), ("mixture", None));
    let bare = played.case("workato-api/access_refused/token-absent");
    assert_eq!(bare.verdict, Verdict::Fail);
    assert!(
        bare.message.starts_with("WAP-R-status: this answer follows `403`, while workato-api/"),
        "{}",
        bare.message
    );
    assert!(bare.message.contains(" follow `401`, which asks for "), "{}", bare.message);
    // Only the smaller side fails.
    let with_token = played.case("workato-api/access_refused/secret-foreign");
    assert_eq!(with_token.verdict, Verdict::Pass, "{}", with_token.message);
    let failed = played.cases.iter().filter(|case| case.verdict == Verdict::Fail);
    assert!(
        failed.clone().all(|case| case.message.contains(FAMILY)),
        "{:?}",
        played.of(Verdict::Fail)
    );
    assert!(failed.count() < 10, "{:?}", played.of(Verdict::Fail));
}

#[tokio::test]
async fn a_contradiction_among_hundreds_is_told_in_a_few_words() {
    let server = api(|request, decision| mixed(request, &decision)).await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    let played = play(&subject, &asking(plain_cases(&subject))).await;
    let bare = played.case("workato-api/access_refused/token-absent");
    assert!(bare.message.len() < 1000, "{} characters", bare.message.len());
    assert!(bare.message.contains(" more follow `401`"), "{}", bare.message);
}

#[tokio::test]
async fn a_contradiction_between_two_names_the_other() {
    let server = api(|request, decision| mixed(request, &decision)).await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    let ids = [
        "access_refused/token-absent",
        "access_refused/secret-foreign",
        "access_refused/token-word",
    ];
    let played = play(&subject, &asking(named(&subject, &ids))).await;
    let bare = played.case("workato-api/access_refused/token-absent");
    assert!(bare.message.contains("workato-api/access_refused/secret-foreign"), "{}", bare.message);
    assert!(bare.message.contains("workato-api/access_refused/token-word"), "{}", bare.message);
}

#[tokio::test]
async fn the_other_reading_throughout_conforms() {
    let server = api(|_, decision| match &decision {
        Err(rejection) => refused(rejection, 401),
        Ok(_) => documented(&decision),
    })
    .await;
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    played.assert_all_pass();
    let family = played.readings.iter().find(|reading| reading.id == FAMILY).unwrap();
    assert_eq!(family.chosen, Some("401"));
}

#[tokio::test]
async fn a_target_file_that_fixes_a_reading_fails_where_the_target_follows_the_other() {
    let server = api(|_, decision| documented(&decision)).await;
    for (fixed, verdict) in [("403", Verdict::Pass), ("401", Verdict::Fail)] {
        let text = format!(
            "{}\n[readings]\n{FAMILY} = \"{fixed}\"\n",
            api_target(&server.uri(), API_CODES)
        );
        let readings = Target::parse(&text, "canned.toml").unwrap().readings;
        let readings: Vec<_> =
            readings.iter().map(|(family, reading)| (family.as_str(), reading.as_str())).collect();
        let subject = subject(&text).await;
        let cases =
            named(&subject, &["access_refused/secret-foreign", "access_refused/token-absent"]);
        let played = play_fixing(&subject, &cases, &readings).await;
        for case in &played.cases {
            assert_eq!(case.verdict, verdict, "{} under {fixed}: {}", case.id, case.message);
            if verdict == Verdict::Fail {
                let message = "WAP-R-status: the target file fixes reading `401`, which asks for ";
                assert!(case.message.starts_with(message), "{}", case.message);
                assert!(
                    case.message.contains(" here, this answer follows `403"),
                    "{}",
                    case.message
                );
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_fits_no_reading_fails() {
    let server = api(|_, decision| match &decision {
        Err(rejection) => refused(rejection, 404),
        Ok(_) => documented(&decision),
    })
    .await;
    let codes = API_CODES.replace("status = 403", "status = 404");
    let subject = subject(&api_target(&server.uri(), &codes)).await;
    let played = play(&subject, &named(&subject, &["access_refused/secret-foreign"])).await;
    let message =
        "WAP-R-status: the answer `refuse access_refused` fits no reading: `403` asks for ";
    assert!(played.cases[0].message.starts_with(message), "{}", played.cases[0].message);
    assert_eq!(played.cases[0].verdict, Verdict::Fail);
}
