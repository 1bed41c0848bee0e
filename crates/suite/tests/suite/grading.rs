//! One expectation against one observation, in every combination that means something.

use claimproof_suite::{
    CaseReport, Judgement, Lack, LackKind, Mismatch, Observation, Outcome, Probes, Summary,
    Verdict, judge,
};
use claimproof_vectors::{Answer, Expect, Form, Refusal};
use rstest::rstest;

use super::make::{accepted, refused, report};

const A: &[&str] = &["a", "b"];
const C: &[&str] = &["c"];

fn bare() -> Observation {
    Observation::of(Outcome::Refused(None))
}

fn opaque() -> Observation {
    Observation { opaque: true, ..bare() }
}

fn neither() -> Observation {
    Observation::of(Outcome::Neither("status 500".into()))
}

/// What is said of another outcome begins with the one that is due; the outcome is the one
/// observed.
fn fail(told: &str) -> Judgement {
    let outcomes =
        [accepted(), refused("a"), refused("b"), refused("c"), refused("d"), bare(), neither()];
    let other = told.strip_prefix("expected ").and_then(|rest| rest.split_once(", observed "));
    let observed = |text: &str| {
        let seen = outcomes.iter().find(|seen| seen.outcome.to_string() == text)?;
        Some(seen.outcome.clone())
    };
    Judgement::Fail(match other.and_then(|(due, text)| Some((due.to_owned(), observed(text)?))) {
        Some((expected, observed)) => Mismatch::Outcome { expected, observed },
        None => Mismatch::Beside(told.into()),
    })
}

#[rstest]
#[case::accepted(accepted(), Judgement::Pass)]
#[case::refused(refused("a"), fail("expected accept, observed refuse a"))]
#[case::bare(bare(), fail("expected accept, observed refused, code not carried"))]
#[case::opaque(opaque(), fail("expected accept, observed refused, code not carried"))]
#[case::neither(
    neither(),
    fail("expected accept, observed neither accepted nor refused: status 500")
)]
fn acceptance(#[case] seen: Observation, #[case] due: Judgement) {
    assert_eq!(judge(&Expect::ACCEPT, &seen), due);
    assert_eq!(judge(&Expect::Done, &seen), due);
}

#[rstest]
#[case::first(refused("a"), Judgement::Pass)]
#[case::second(refused("b"), Judgement::Pass)]
#[case::other(refused("c"), fail("expected refuse a|b, observed refuse c"))]
#[case::bare(bare(), fail("expected refuse a|b, observed refused, code not carried"))]
#[case::opaque(opaque(), Judgement::PassOpaque)]
#[case::accepted(accepted(), fail("expected refuse a|b, observed accept"))]
#[case::neither(
    neither(),
    fail("expected refuse a|b, observed neither accepted nor refused: status 500")
)]
fn refusal_with_a_code(#[case] seen: Observation, #[case] due: Judgement) {
    assert_eq!(judge(&Expect::refuse(A), &seen), due);
}

#[rstest]
#[case::coded(refused("c"), Judgement::Pass)]
#[case::bare(bare(), Judgement::Pass)]
#[case::opaque(opaque(), Judgement::Pass)]
#[case::accepted(accepted(), fail("expected refuse, observed accept"))]
#[case::neither(
    neither(),
    fail("expected refuse, observed neither accepted nor refused: status 500")
)]
fn refusal_of_any_code(#[case] seen: Observation, #[case] due: Judgement) {
    assert_eq!(judge(&Expect::REFUSE, &seen), due);
}

/// A server in front may turn down what it does not let through, with any 4xx and no other status.
#[rstest]
#[case::coded(refused("c"), Judgement::Pass)]
#[case::front(Observation { status: Some(431), ..neither() }, Judgement::Pass)]
#[case::crashed(
    Observation { status: Some(500), ..neither() },
    fail("expected refuse, observed neither accepted nor refused: status 500")
)]
#[case::accepted(accepted(), fail("expected refuse, observed accept"))]
fn refusal_by_a_server_in_front(#[case] seen: Observation, #[case] due: Judgement) {
    assert_eq!(judge(&Expect::from(Refusal::with(&[]).or_4xx()), &seen), due);
}

/// A page that is not framed is all the document asks there, whatever code stands beside.
#[rstest]
#[case::unframed(true, Judgement::Pass)]
#[case::framed(false, fail("expected refuse x-frame-options, observed refuse a"))]
fn a_page_that_is_not_framed(#[case] unframed: bool, #[case] due: Judgement) {
    assert_eq!(
        judge(&Expect::refuse(&["x-frame-options"]), &Observation { unframed, ..refused("a") }),
        due
    );
}

#[rstest]
#[case::first(refused("b"), Judgement::Pass)]
#[case::second(refused("c"), Judgement::Pass)]
#[case::other(refused("d"), fail("expected refuse a|b|c, observed refuse d"))]
#[case::bare(bare(), fail("expected refuse a|b|c, observed refused, code not carried"))]
#[case::opaque(opaque(), Judgement::PassOpaque)]
#[case::accepted(accepted(), fail("expected refuse a|b|c, observed accept"))]
fn refusal_for_either_fault(#[case] seen: Observation, #[case] due: Judgement) {
    assert_eq!(judge(&Refusal::of_either(A, C).into(), &seen), due);
}

#[rstest]
#[case::shown(Some("{}"), Judgement::Pass)]
#[case::hidden(
    None,
    fail(
        "accepted, but not with the claims that were sent: they are not shown at the place `claims` of the target file"
    )
)]
fn the_claims_that_arrive(#[case] claims: Option<&str>, #[case] due: Judgement) {
    let seen = Observation { claims: claims.map(str::to_owned), ..accepted() };
    assert_eq!(judge(&Expect::ECHO, &seen), due);
    let seen = Observation { claims: claims.map(str::to_owned), ..refused("a") };
    assert_eq!(judge(&Expect::ECHO, &seen), fail("expected accept, observed refuse a"));
}

#[rstest]
#[case::alone(Some("https://a.example"), Judgement::Pass)]
#[case::among_others(Some("https://b.example https://a.example"), Judgement::Pass)]
#[case::other(
    Some("https://a.example.b.example"),
    fail("accepted, but framed by https://a.example.b.example in place of https://a.example")
)]
#[case::nobody(None, fail("accepted, but framed by nobody it names in place of https://a.example"))]
fn who_may_frame(#[case] by: Option<&str>, #[case] due: Judgement) {
    let seen = Observation { framed_by: by.map(str::to_owned), ..accepted() };
    assert_eq!(judge(&Expect::framed_by("https://a.example"), &seen), due);
    let seen = Observation { framed_by: by.map(str::to_owned), ..refused("a") };
    assert_eq!(
        judge(&Expect::framed_by("https://a.example"), &seen),
        fail("expected accept, observed refuse a")
    );
}

fn fits(readings: &[&'static str], opaque: bool) -> Judgement {
    Judgement::Fits { family: "F", readings: readings.to_vec(), opaque }
}

#[rstest]
#[case::one(refused("c"), fits(&["other"], false))]
#[case::several(refused("a"), fits(&["either", "first"], false))]
#[case::accepted(accepted(), fits(&["open"], false))]
#[case::none(refused("d"), fits(&[], false))]
#[case::opaque(opaque(), fits(&["either", "first", "other"], true))]
#[case::neither(neither(), fits(&[], false))]
fn what_is_open_fits_the_readings_whose_answer_it_is(
    #[case] seen: Observation,
    #[case] due: Judgement,
) {
    let answers = vec![
        ("either", Answer::refuse(A)),
        ("first", Answer::refuse(&["a"])),
        ("other", Answer::refuse(C)),
        ("open", Answer::ACCEPT),
    ];
    assert_eq!(judge(&Expect::open("F", answers), &seen), due);
}

#[rstest]
#[case::same(refused("a"), Some(403), fits(&["403"], false))]
#[case::other_status(refused("a"), Some(401), fits(&["401"], false))]
#[case::no_status(refused("a"), None, fits(&["403", "401"], false))]
#[case::neither_status(refused("a"), Some(404), fits(&[], false))]
#[case::other_code(refused("c"), Some(403), fits(&[], false))]
#[case::opaque(opaque(), Some(404), fits(&["403", "401"], true))]
#[case::accepted(accepted(), Some(403), fits(&[], false))]
fn a_reading_may_fix_the_status(
    #[case] seen: Observation,
    #[case] status: Option<u16>,
    #[case] due: Judgement,
) {
    let seen = Observation { status, ..seen };
    let answers = vec![
        ("403", Answer::Refuse(Refusal::with(A).status(403))),
        ("401", Answer::Refuse(Refusal::with(A).status(401))),
    ];
    assert_eq!(judge(&Expect::open("F", answers), &seen), due);
}

fn only(answer: Answer, seen: &Observation) -> Judgement {
    judge(&answer.into(), seen)
}

#[rstest]
#[case::coded(refused("c"), Some(400), Judgement::Pass)]
#[case::bare(bare(), Some(400), Judgement::Pass)]
#[case::opaque(opaque(), Some(400), Judgement::Pass)]
#[case::other_status(bare(), Some(401), fail("expected status 400, observed 401"))]
#[case::no_status(bare(), None, Judgement::Pass)]
fn an_empty_list_stands_for_any_code(
    #[case] seen: Observation,
    #[case] status: Option<u16>,
    #[case] due: Judgement,
) {
    assert_eq!(
        only(Answer::Refuse(Refusal::with(&[]).status(400)), &Observation { status, ..seen }),
        due
    );
}

#[rstest]
#[case::said(refused("a"), Some("it says: too long"), Judgement::Pass)]
#[case::other_text(
    refused("a"),
    Some("too short"),
    fail("the text `too long` is due, and it is `too short`")
)]
#[case::no_text(refused("b"), Some(""), fail("the text `too long` is due, and there is none"))]
#[case::unseen(refused("b"), None, Judgement::Pass)]
#[case::other_code(
    refused("c"),
    Some("too long"),
    fail("expected refuse a|b with the text `too long`, observed refuse c")
)]
#[case::bare(
    bare(),
    Some("too long"),
    fail("expected refuse a|b with the text `too long`, observed refused, code not carried")
)]
#[case::opaque(opaque(), None, Judgement::PassOpaque)]
#[case::accepted(
    accepted(),
    Some("too long"),
    fail("expected refuse a|b with the text `too long`, observed accept")
)]
fn a_reading_may_fix_the_text(
    #[case] seen: Observation,
    #[case] text: Option<&str>,
    #[case] due: Judgement,
) {
    let seen = Observation { text: text.map(str::to_owned), ..seen };
    assert_eq!(only(Answer::Refuse(Refusal::with(A).saying("too long")), &seen), due);
}

#[rstest]
#[case::verbatim(Some("no such client"), Some("Connect says: no such client."), Judgement::Pass)]
#[case::paraphrased(
    Some("no such client"),
    Some("unknown client"),
    fail("the text `no such client` is due, and it is `unknown client`")
)]
#[case::silent(
    Some("no such client"),
    Some(""),
    fail("the text `no such client` is due, and there is none")
)]
#[case::nothing_to_say(
    None,
    Some("unknown client"),
    fail("the provider said nothing that could be passed on")
)]
fn what_the_provider_said_is_passed_on(
    #[case] said: Option<&str>,
    #[case] text: Option<&str>,
    #[case] due: Judgement,
) {
    let [said_by_provider, text] = [said, text].map(|text| text.map(str::to_owned));
    assert_eq!(
        only(
            Answer::Refuse(Refusal::with(A).verbatim()),
            &Observation { said_by_provider, text, ..refused("a") }
        ),
        due
    );
}

const AMONG: Refusal = Refusal::with(A).numbered(&[7, 8]);
const ONE: Refusal = Refusal::with(A).numbered(&[7]);
const NOT_AMONG: Refusal = Refusal::with(A).not_numbered(&[7, 8]);

#[rstest]
#[case::among(AMONG, Some(8), "")]
#[case::another(AMONG, Some(9), "the envelope's code is 9, expected 7, 8")]
#[case::none(ONE, None, "the envelope's code is none, expected 7")]
#[case::not_among(NOT_AMONG, Some(9), "")]
#[case::no_number(NOT_AMONG, None, "")]
#[case::among_those_that_are_not(
    NOT_AMONG,
    Some(7),
    "the envelope's code is 7, expected any but 7, 8"
)]
fn the_number_of_an_envelope(
    #[case] refusal: Refusal,
    #[case] number: Option<i64>,
    #[case] wrong: &str,
) {
    let due = if wrong.is_empty() { Judgement::Pass } else { fail(wrong) };
    assert_eq!(judge(&refusal.into(), &Observation { number, ..refused("a") }), due);
}

#[rstest]
#[case::nothing(&[], Judgement::Pass)]
#[case::of_another_form(&[(Form::Readable, "no header")], Judgement::Pass)]
#[case::of_this_form(&[(Form::Vendors, "no namespace")], fail("refused, but not in the vendor's form: no namespace"))]
fn a_refusal_has_the_form_that_is_due(#[case] lacks: &[(Form, &str)], #[case] due: Judgement) {
    let ill_formed = lacks.iter().map(|(form, what)| (*form, (*what).into())).collect();
    assert_eq!(
        only(
            Answer::Refuse(Refusal::with(A).formed(Form::Vendors)),
            &Observation { ill_formed, ..refused("a") }
        ),
        due
    );
}

#[test]
fn a_summary_counts_each_verdict_and_what_was_opaque() {
    let verdicts = [
        (Verdict::Pass, 1),
        (Verdict::Fail, 2),
        (Verdict::Advice, 3),
        (Verdict::Skip, 4),
        (Verdict::Error, 5),
        (Verdict::KnownFailure, 6),
        (Verdict::UnexpectedPass, 7),
    ];
    let mut cases = Vec::new();
    for (verdict, count) in verdicts {
        cases.extend((0..count).map(|_| report("workato-api/a", verdict, "accept")));
    }
    cases[0].opaque = true;
    cases[3].opaque = true;
    // Of two that cannot be played one is of a level the target does not declare, and so out of
    // reach.
    let beyond = cases.iter_mut().find(|case| case.verdict == Verdict::Skip).unwrap();
    beyond.lack =
        Some(Lack { add: String::new(), kind: LackKind::Declaration, undeclared_level: true });
    for (verdict, count) in [(Verdict::Pass, 3), (Verdict::Fail, 2), (Verdict::Skip, 1)] {
        let probe = CaseReport {
            repeats: Some("workato-api/a".to_owned()),
            ..report("workato-api/b", verdict, "accept")
        };
        cases.extend((0..count).map(|_| probe.clone()));
    }
    let due = Summary {
        pass: 1,
        fail: 2,
        advice: 3,
        skip: 4,
        error: 5,
        known_failure: 6,
        unexpected_pass: 7,
        opaque: 2,
        tried: 24,
        of: 27,
        probes: Probes { asked: 6, alike: 3, otherwise: 2 },
    };
    assert_eq!(Summary::of(&cases), due);
    assert!(due.tries(88) && !due.tries(89));
}

/// A number that a target names as a second place for codes stands for no sentence.
#[rstest]
#[case::to_the_letter(NO_SESSION, Some(220), true)]
#[case::another_number(NO_SESSION, Some(7), true)]
#[case::one_sentence(&NO_SESSION[..23], Some(220), false)]
#[case::reworded("There is no session.", Some(220), false)]
#[case::with_its_number_before(
    "220: No OAuth session found. Log in to the OAuth Integration before requesting credentials.",
    Some(220),
    false
)]
#[case::on_a_page(
    "Error: No OAuth session found. Log in to the OAuth Integration before requesting credentials. Sorry.",
    None,
    true
)]
#[case::not_on_a_page("Error: no session. Sorry.", None, false)]
fn a_documented_sentence_is_compared_beside_its_code(
    #[case] text: &str,
    #[case] number: Option<i64>,
    #[case] passes: bool,
) {
    let seen = Observation { number, text: Some(text.to_owned()), ..refused("220") };
    let judged = judge(&Expect::refuse(&["220"]), &seen);
    assert_eq!(judged == Judgement::Pass, passes, "{judged:?}");
    let opaque = Observation { opaque: true, text: Some(text.to_owned()), ..bare() };
    assert_eq!(judge(&Expect::refuse(&["220"]), &opaque), Judgement::PassOpaque);
}

const NO_SESSION: &str =
    "No OAuth session found. Log in to the OAuth Integration before requesting credentials.";
