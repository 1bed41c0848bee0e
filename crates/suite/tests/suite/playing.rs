//! What a run makes of answers: verdicts, levels, skips, readings, and scripts that stop half-way.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, Player, Players, Seed, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Action, Capabilities, CaseReport, Evidence, Held, NoVerdict, Observation, Options, Outcome,
    ReadingReport, Selection, Subject, Text, Verdict, prove, run, select,
};
use claimproof_token::Key;
use claimproof_vectors::{Act, Answer, Case, Expect};

use super::make::{Twisted, accepted, refused};

const LINK: Profile = Profile::WorkatoDirectLink;

fn options(level: Level, fixed: &[(&str, &str)]) -> Options {
    let fixed = fixed
        .iter()
        .map(|(family, reading)| ((*family).to_owned(), (*reading).to_owned()))
        .collect();
    Options { jobs: 2, run: "test".to_owned(), level, fixed, seed: Seed(0) }
}

fn named(subject: &impl Subject, ids: &[&str]) -> Vec<Case> {
    let filters = ids.iter().map(|id| format!("{}/{id}", subject.profile())).collect();
    let cases = select(
        subject.profile(),
        subject.capabilities(),
        &Selection { filters, exact: true, ..Selection::default() },
    );
    assert_eq!(cases.len(), ids.len());
    cases
}

async fn play(
    subject: &impl Subject,
    ids: &[&str],
    options: &Options,
) -> (Vec<CaseReport>, Vec<ReadingReport>) {
    run(&named(subject, ids), subject, options, &|_| {}).await
}

/// What never answers, or answers what can be sent nowhere.
struct Mute {
    inner: InProcess,
    capabilities: Capabilities,
    players: Players,
    error: NoVerdict,
    /// Tag and time of what each action was handed.
    stages: Mutex<Vec<(String, i64)>>,
}

impl Mute {
    fn new(error: NoVerdict) -> Self {
        let inner = InProcess::new(public(LINK)).unwrap();
        Self {
            capabilities: inner.capabilities().clone(),
            players: inner.players().clone(),
            inner,
            error,
            stages: Mutex::default(),
        }
    }
}

impl Subject for Mute {
    fn profile(&self) -> Profile {
        LINK
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.players
    }

    fn now(&self) -> i64 {
        self.inner.now()
    }

    fn reach(&self, now: i64) {
        self.inner.reach(now);
    }

    async fn perform(&self, held: &mut Held, _: Action<'_>) -> Result<Observation, NoVerdict> {
        self.stages.lock().unwrap().push((held.tag.clone(), held.now));
        Err(self.error.clone())
    }
}

#[tokio::test]
async fn what_does_not_answer_is_an_error_and_what_cannot_be_sent_a_skip() {
    let lost = Mute::new(NoVerdict::Lost("nobody there".into()));
    let (reports, _) = play(&lost, &["accepted/team"], &options(Level::Must, &[])).await;
    assert_eq!((reports[0].verdict, reports[0].message.as_str()), (Verdict::Error, "nobody there"));
    let held = ("test/workato-direct-link/accepted/team".to_owned(), lost.now());
    assert_eq!(*lost.stages.lock().unwrap(), [held]);
    let unsendable = Mute::new(NoVerdict::Unsendable("no such header".into()));
    let (reports, _) = play(&unsendable, &["accepted/team"], &options(Level::Must, &[])).await;
    assert_eq!(
        (reports[0].verdict, reports[0].message.as_str()),
        (Verdict::Skip, "no such header")
    );
    let told = prove(&lost, "test").await.unwrap_err().to_string();
    assert!(
        told.starts_with(
            "the good token of workato-direct-link/accepted/team, played by vendor.ok `"
        ),
        "{told}"
    );
    assert!(told.ends_with(", got no answer: nobody there"), "{told}");
}

/// A probe that got no answer contradicts nothing, and confirms nothing.
#[tokio::test]
async fn a_probe_without_an_answer_is_no_verdict_either() {
    let lost = Mute::new(NoVerdict::Lost("nobody there".into()));
    let selection = Selection { probes: Some(Seed(0)), ..Selection::default() };
    let cases = select(LINK, lost.capabilities(), &selection);
    let (reports, _) = run(&cases, &lost, &options(Level::Must, &[]), &|_| {}).await;
    let probes: Vec<_> = reports.iter().filter(|case| case.repeats.is_some()).collect();
    assert!(
        probes.len() > 10 && probes.iter().all(|probe| probe.verdict == Verdict::Error),
        "{probes:?}"
    );
}

/// An id without letters has no upper case, so there is nothing to try.
#[tokio::test]
async fn a_change_that_changes_nothing_is_a_skip() {
    let mut subject = Mute::new(NoVerdict::Lost("asked".into()));
    let key = subject.players.get("vendor.ok").and_then(|vendor| vendor.key.clone());
    for (id, due) in [("4711", Verdict::Skip), ("a4711", Verdict::Error)] {
        subject.players.cast("vendor.ok", Player { id: id.to_owned(), key: key.clone() });
        let (reports, _) =
            play(&subject, &["vendor_missing/case-variant"], &options(Level::Must, &[])).await;
        assert_eq!(reports[0].verdict, due, "{id}: {}", reports[0].message);
    }
}

#[tokio::test]
async fn a_role_nobody_plays_and_a_need_that_is_not_met_are_skips() {
    let mut subject = Mute::new(NoVerdict::Lost(Text::default()));
    subject.players = Players::default();
    let (reports, _) = play(&subject, &["accepted/team"], &options(Level::Must, &[])).await;
    assert_eq!(
        (reports[0].verdict, reports[0].message.as_str()),
        (Verdict::Skip, "nobody plays the role `vendor.ok`")
    );
    let told = prove(&subject, "test").await.unwrap_err().to_string();
    let due = "no accepted case can be played: the target file gives too few roles an account; the plainest one lacks \
               vendor.ok, team.ok";
    assert_eq!(told, due);
    let mut subject = Mute::new(NoVerdict::Lost(Text::default()));
    subject.capabilities = Capabilities::default();
    let (reports, _) =
        play(&subject, &["jti_reused/last-second"], &options(Level::Must, &[])).await;
    let told = "the target does not declare a clock the suite can set";
    assert_eq!((reports[0].verdict, reports[0].message.as_str()), (Verdict::Skip, told));
}

#[tokio::test]
async fn a_deviation_fails_from_the_level_asked_for_and_is_advice_below() {
    let strict = Twisted::new(LINK, |_, _| refused("token_invalid"));
    for (id, level, due) in [
        ("accepted/team", Level::Must, Verdict::Fail),
        ("accepted/kid", Level::Must, Verdict::Advice),
        ("accepted/team", Level::Should, Verdict::Fail),
        ("accepted/kid", Level::Should, Verdict::Fail),
    ] {
        let (reports, _) = play(&strict, &[id], &options(level, &[])).await;
        assert_eq!(reports[0].verdict, due, "{id}");
    }
}

#[tokio::test]
async fn a_report_says_what_was_due_what_came_and_what_clears_it() {
    let wrong = Twisted::new(LINK, |_, _| refused("jti_missing"));
    let (reports, _) = play(&wrong, &["iat_missing/absent"], &options(Level::Must, &[])).await;
    let case = &reports[0];
    assert_eq!(
        (case.expected.as_str(), case.observed.as_str(), case.at),
        ("refuse iat_missing", "refuse jti_missing", 1)
    );
    assert_eq!(case.message, "expected refuse iat_missing, observed refuse jti_missing");
    assert!(case.remedy.is_some() && !case.opaque && case.reading.is_none());
    let right = Twisted::new(LINK, |_, seen| seen);
    let (reports, _) = play(&right, &["iat_missing/absent"], &options(Level::Must, &[])).await;
    assert_eq!(
        (reports[0].verdict, reports[0].message.as_str(), reports[0].remedy),
        (Verdict::Pass, "", None)
    );
}

#[tokio::test]
async fn a_refusal_whose_code_cannot_be_seen_passes_and_is_counted() {
    let hidden = Twisted::new(LINK, |_, _| Observation {
        opaque: true,
        ..Observation::of(Outcome::Refused(None))
    });
    for (id, due) in
        [("accepted/team", (Verdict::Fail, false)), ("iat_missing/absent", (Verdict::Pass, true))]
    {
        let (reports, _) = play(&hidden, &[id], &options(Level::Must, &[])).await;
        assert_eq!((reports[0].verdict, reports[0].opaque), due);
    }
    let open = "x-frame-options/foreign-member";
    let (reports, readings) = play(&hidden, &[open], &options(Level::Must, &[])).await;
    assert_eq!((reports[0].verdict, reports[0].opaque), (Verdict::Pass, true));
    assert_eq!((readings[0].state, readings[0].fits.len()), ("undetermined", 3));
}

#[tokio::test]
async fn a_script_stops_at_the_act_that_fails() {
    let open = Twisted::new(LINK, |_, _| accepted());
    let (reports, _) = play(&open, &["jti_reused/three-times"], &options(Level::Must, &[])).await;
    assert_eq!((reports[0].verdict, reports[0].at), (Verdict::Fail, 2));
    assert_eq!(reports[0].step, "2 of 3: token `first` is presented again");
    assert_eq!(reports[0].message, "expected refuse jti_reused, observed accept");
}

#[tokio::test]
async fn what_a_script_switched_off_is_switched_on_again_when_it_fails_half_way() {
    let first = AtomicUsize::new(0);
    let subject = Twisted::new(LINK, |_, seen| {
        // The token presented while the store is down is let in.
        if first.fetch_add(1, Ordering::SeqCst) == 0 { accepted() } else { seen }
    });
    let (reports, _) = play(&subject, &["jti_reused/store-down"], &options(Level::Must, &[])).await;
    assert_eq!((reports[0].verdict, reports[0].at), (Verdict::Fail, 2));
    let (reports, _) = play(&subject, &["accepted/team"], &options(Level::Must, &[])).await;
    assert_eq!(reports[0].verdict, Verdict::Pass, "the store is still down");
}

/// What failed is not done again; what it would have set back is.
#[tokio::test]
async fn a_call_that_fails_is_not_repeated() {
    let lost = Mute::new(NoVerdict::Lost("nobody there".into()));
    let cases = named(&lost, &["jti_reused/store-down"]);
    let calls = cases[0].script.iter().filter(|turn| matches!(turn.act, Act::Manage(_))).count();
    assert!(calls > 1 && matches!(cases[0].script[0].act, Act::Manage(_)));
    let (reports, _) = run(&cases, &lost, &options(Level::Must, &[]), &|_| {}).await;
    assert_eq!((reports[0].verdict, reports[0].at), (Verdict::Error, 1));
    assert_eq!(lost.stages.lock().unwrap().len(), calls);
}

#[tokio::test]
async fn a_set_up_that_does_not_succeed_is_no_verdict() {
    let subject = Twisted::new(LINK, |_, _| refused("token_invalid"));
    let mut cases = named(&subject, &["accepted/team"]);
    cases[0].script[0].expect = Expect::Done;
    let (reports, _) = run(&cases, &subject, &options(Level::Must, &[]), &|_| {}).await;
    let told = "the set-up did not succeed: expected accept, observed refuse token_invalid";
    assert_eq!((reports[0].verdict, reports[0].message.as_str()), (Verdict::Error, told));
}

#[tokio::test]
async fn the_claims_an_application_received_are_those_that_were_sent() {
    let right = Twisted::new(Profile::WorkatoApi, |_, seen| seen);
    let other = Twisted::new(Profile::WorkatoApi, |_, seen| Observation {
        claims: Some("{}".to_owned()),
        ..seen
    });
    let cases = select(Profile::WorkatoApi, right.capabilities(), &Selection::default());
    let echoed = |case: &Case| case.script.iter().all(|turn| turn.expect == Expect::ECHO);
    let cases: Vec<Case> = cases.into_iter().filter(echoed).collect();
    assert!(!cases.is_empty());
    let (reports, _) = run(&cases, &right, &options(Level::Should, &[]), &|_| {}).await;
    assert!(reports.iter().all(|case| case.verdict == Verdict::Pass), "{reports:?}");
    let (reports, _) = run(&cases, &other, &options(Level::Should, &[]), &|_| {}).await;
    let told = "accepted, but not with the claims that were sent: `";
    let is_told =
        |case: &CaseReport| case.verdict == Verdict::Fail && case.message.starts_with(told);
    assert!(reports.iter().all(is_told), "{reports:?}");
}

/// Evidence is shown where something is to be looked into, and only a pass can be opaque.
#[tokio::test]
async fn a_pass_shows_no_exchange_and_a_failure_does() {
    let evidence = Evidence { request: "GET".into(), response: "200".into() };
    let told =
        Twisted::new(LINK, |_, seen| Observation { exchange: Some(evidence.clone()), ..seen });
    let ids = ["accepted/team", "iat_missing/absent"];
    let (reports, _) = play(&told, &ids, &options(Level::Must, &[])).await;
    assert!(
        reports
            .iter()
            .all(|case| case.verdict == Verdict::Pass && case.exchange.is_none() && !case.opaque)
    );
    let wrong = Twisted::new(LINK, |_, _| Observation {
        exchange: Some(evidence.clone()),
        ..refused("jti_invalid")
    });
    for id in ids {
        let (reports, _) = play(&wrong, &[id], &options(Level::Must, &[])).await;
        assert_eq!(
            (reports[0].verdict, reports[0].exchange.as_ref()),
            (Verdict::Fail, Some(&evidence))
        );
    }
}

/// Where the documents leave an answer open, what comes behind it is judged all the same.
#[tokio::test]
async fn a_script_goes_on_behind_an_open_answer_that_fits() {
    let open = Twisted::new(LINK, |_, _| accepted());
    for (answer, at) in [(Answer::ACCEPT, 2), (Answer::REFUSE, 1)] {
        let mut cases = named(&open, &["jti_reused/three-times"]);
        cases[0].script[0].expect = Expect::open("WDL-R-alg-fault", vec![("alg_invalid", answer)]);
        let (reports, _) = run(&cases, &open, &options(Level::Must, &[]), &|_| {}).await;
        assert_eq!((reports[0].verdict, reports[0].at), (Verdict::Fail, at), "{reports:?}");
    }
}

const NUMBER_FORM: [&str; 2] = ["iat_invalid/point-zero", "iat_invalid/exponent"];

#[tokio::test]
async fn one_reading_throughout_is_chosen() {
    let value = Twisted::new(LINK, |_, _| refused("token_expired"));
    let (reports, readings) = play(&value, &NUMBER_FORM, &options(Level::Must, &[])).await;
    assert!(reports.iter().all(|case| case.verdict == Verdict::Pass));
    let due = ReadingReport {
        id: "WDL-R-iat-form",
        chosen: Some("value"),
        state: "chosen",
        fits: vec!["value"],
    };
    assert_eq!(readings, [due]);
}

#[tokio::test]
async fn a_mixture_fails_where_fewer_cases_are_and_names_the_others() {
    let asked = AtomicUsize::new(0);
    let mixed = Twisted::new(LINK, |_, _| {
        if asked.fetch_add(1, Ordering::SeqCst) == 0 {
            refused("token_expired")
        } else {
            refused("iat_invalid")
        }
    });
    let (reports, readings) =
        play(&mixed, &NUMBER_FORM, &Options { jobs: 1, ..options(Level::Must, &[]) }).await;
    assert_eq!(
        (readings[0].state, readings[0].chosen, readings[0].fits.len()),
        ("mixture", None, 0)
    );
    let (fail, pass): (Vec<_>, Vec<_>) =
        reports.iter().partition(|case| case.verdict == Verdict::Fail);
    // Of two readings with one case each the first one stands.
    assert_eq!((fail.len(), pass.len(), fail[0].observed.as_str()), (1, 1, "refuse token_expired"));
    let told = format!(
        "WDL-R-iat-form: this answer follows `value`, while {} follow `literal`, which asks for refuse iat_invalid here",
        pass[0].id
    );
    assert_eq!(fail[0].message, told);
}

/// A closed set is judged case by case: each answer fits some reading, and they need not agree.
#[tokio::test]
async fn answers_within_a_set_need_not_agree() {
    let asked = AtomicUsize::new(0);
    let mixed = Twisted::new(LINK, |_, _| {
        refused(["alg_invalid", "token_invalid"][asked.fetch_add(1, Ordering::SeqCst) % 2])
    });
    let mut cases = named(&mixed, &NUMBER_FORM);
    let answers = [
        ("alg_invalid", Answer::refuse(&["alg_invalid"])),
        ("token_invalid", Answer::refuse(&["token_invalid"])),
    ];
    for turn in cases.iter_mut().flat_map(|case| &mut case.script) {
        turn.expect = Expect::open("WDL-R-alg-fault", answers.to_vec());
    }
    let (reports, readings) =
        run(&cases, &mixed, &Options { jobs: 1, ..options(Level::Must, &[]) }, &|_| {}).await;
    assert_eq!((readings[0].chosen, readings[0].state), (None, "recorded"));
    assert!(reports.iter().all(|case| case.verdict == Verdict::Pass), "{reports:?}");
    assert_ne!(reports[0].observed, reports[1].observed);
}

#[tokio::test]
async fn an_answer_that_fits_no_reading_fails_alone() {
    let strange = Twisted::new(LINK, |_, _| refused("path_invalid"));
    let (reports, _) = play(&strange, &NUMBER_FORM, &options(Level::Must, &[])).await;
    for case in &reports {
        assert_eq!(
            (case.verdict, case.message.as_str()),
            (
                Verdict::Fail,
                "WDL-R-iat-form: the answer `refuse path_invalid` fits no reading: `literal` asks for refuse iat_invalid, \
                 `value` asks for refuse token_expired"
            )
        );
    }
}

#[tokio::test]
async fn a_fixed_reading_is_the_only_one_that_passes() {
    let value = Twisted::new(LINK, |_, _| refused("token_expired"));
    for (fixed, due) in [("value", Verdict::Pass), ("literal", Verdict::Fail)] {
        let (reports, _) =
            play(&value, &NUMBER_FORM, &options(Level::Must, &[("WDL-R-iat-form", fixed)])).await;
        assert!(reports.iter().all(|case| case.verdict == due), "{fixed}");
        if due == Verdict::Fail {
            let told = "WDL-R-iat-form: the target file fixes reading `literal`, which asks for refuse iat_invalid here, \
                        this answer follows `value`";
            assert_eq!(reports[0].message, told);
        }
    }
}

#[tokio::test]
async fn each_case_is_told_of_as_it_ends() {
    let subject = Twisted::new(LINK, |_, seen| seen);
    let cases = named(&subject, &["accepted/team", "accepted/member", "iat_missing/absent"]);
    let heard = AtomicUsize::new(0);
    let (reports, _) = run(&cases, &subject, &options(Level::Must, &[]), &|_| {
        heard.fetch_add(1, Ordering::SeqCst);
    })
    .await;
    assert_eq!((reports.len(), heard.load(Ordering::SeqCst)), (3, 3));
}

/// Whoever verifies must refuse it, however leniently he decodes.
#[tokio::test]
async fn the_broken_token_of_the_proof_differs_in_the_middle_of_its_signature_alone() {
    let tokens = Mutex::new(Vec::new());
    let target = Twisted::new(Profile::WorkatoApi, |presentation, seen| {
        tokens.lock().unwrap().push(presentation.token.clone());
        seen
    });
    prove(&target, "test").await.unwrap();
    let tokens = tokens.lock().unwrap().clone();
    let [Some(good), None, Some(broken), Some(again), ..] = tokens.as_slice() else {
        panic!("{tokens:?}")
    };
    assert_eq!(tokens.len(), 9, "three rounds");
    let fresh: std::collections::BTreeSet<_> = tokens.iter().flatten().collect();
    assert_eq!(fresh.len(), 6, "no token is presented twice");
    let secret = match &target.players().get("profile.hmac").unwrap().key {
        Some(SigningKey::Secret(secret)) => secret.expose_secret(),
        _ => panic!("no secret"),
    };
    // Where the signature is another one than the key's.
    let differs = |token: &str| {
        let (input, signature) = token.rsplit_once('.').unwrap();
        let due = Key::hmac(secret).unwrap().sign(input.as_bytes()).unwrap();
        let due = URL_SAFE_NO_PAD.encode(due);
        assert_eq!(signature.len(), due.len());
        due.bytes()
            .zip(signature.bytes())
            .enumerate()
            .filter(|(_, (due, own))| due != own)
            .map(|(at, _)| at)
            .collect()
    };
    let nowhere: Vec<usize> = Vec::new();
    assert_eq!((differs(good), differs(again)), (nowhere.clone(), nowhere));
    assert_eq!(differs(broken), [43 / 2]);
}
