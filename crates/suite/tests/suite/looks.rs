//! What the tokens a Connect case keeps say of a look.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_idp::MARKUP;
use claimproof_suite::{Granted, Holdings};
use claimproof_vectors::flow::{Content, Look};
use rstest::rstest;

/// What the tokens say, a mismatch in its words.
fn holds(flow: &Holdings, look: &Look) -> Option<Result<(), String>> {
    flow.holds(look).map(|seen| seen.map_err(|mismatch| mismatch.to_string()))
}

fn flow() -> Holdings {
    let granted =
        |token: &str, expires_in| Granted { token: token.to_owned(), expires_in, is_typed: true };
    let jwt = |exp: &str| format!("h.{}.s", URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{exp}}}")));
    Holdings {
        subjects: BTreeMap::from([
            ("early", jwt("10")),
            ("late", jwt("11")),
            ("late again", jwt("11")),
            ("in between", jwt("1.05e1")),
            ("opaque", "x".to_owned()),
            ("wordy", jwt("\"11\"")),
        ]),
        access: BTreeMap::from([
            ("a", granted("1", Some(5))),
            ("b", granted("1", None)),
            ("c", granted("2", Some(-1))),
        ]),
        ..Holdings::default()
    }
}

const THE_SAME: &str = "the two access tokens are the same";
const THEY_DIFFER: &str = "the two access tokens differ";
const NO_JWT: &str = "the subject token is no JWT with a number in exp, as the target declares";

#[rstest]
#[case(Look::SameAccess("a", "b"), "")]
#[case(Look::SameAccess("a", "c"), THEY_DIFFER)]
#[case(Look::SameAccess("a", "none"), "no access token `none` was granted")]
#[case(Look::SameAccess("none", "a"), "no access token `none` was granted")]
#[case(Look::OtherAccess("a", "c"), "")]
#[case(Look::OtherAccess("a", "b"), THE_SAME)]
#[case(Look::OtherSubject("early", "late"), "")]
#[case(Look::OtherSubject("late", "late again"), "the two subject tokens are the same")]
#[case(Look::OtherSubject("late", "none"), "no subject token `none` was received")]
#[case(Look::LaterExpiry("early", "late"), "")]
#[case(Look::LaterExpiry("early", "in between"), "")]
#[case(Look::LaterExpiry("late", "in between"), "`late` expires at 11, `in between` at 10.5")]
#[case(Look::LaterExpiry("late", "early"), "`late` expires at 11, `early` at 10")]
#[case(Look::LaterExpiry("late", "late again"), "`late` expires at 11, `late again` at 11")]
#[case(Look::LaterExpiry("early", "opaque"), NO_JWT)]
#[case(Look::LaterExpiry("early", "wordy"), NO_JWT)]
#[case(Look::ExpiresWithin("a", 5), "")]
#[case(Look::ExpiresWithin("a", 4), "expires_in is 5, expected 0 to 4")]
#[case(Look::ExpiresWithin("c", 5), "expires_in is -1, expected 0 to 5")]
#[case(Look::ExpiresWithin("b", 4), "no expires_in, although the provider named an expiry")]
#[case(Look::NoExpiry("b"), "")]
#[case(Look::NoExpiry("a"), "the exchange names an expiry, in 5 s, that nobody told Connect")]
#[case(Look::SuccessMembers("a"), "")]
#[case(Look::SuccessMembers("none"), "no access token `none` was granted")]
fn kept_tokens_are_compared(#[case] look: Look, #[case] wrong: &str) {
    let due = if wrong.is_empty() { Ok(()) } else { Err(wrong.to_owned()) };
    assert_eq!(holds(&flow(), &look), Some(due));
}

/// A token that was granted while the clock ran ahead seems to live longer once it is set again.
#[test]
fn a_clock_that_went_back_leaves_a_token_longer() {
    let flow = Holdings { gone_back: 1, ..flow() };
    assert_eq!(holds(&flow, &Look::ExpiresWithin("a", 4)), Some(Ok(())));
    let late = "expires_in is 5, expected 0 to 3".to_owned();
    assert_eq!(holds(&flow, &Look::ExpiresWithin("a", 3)), Some(Err(late)));
}

#[test]
fn a_success_names_its_types() {
    let mut flow = flow();
    flow.access.get_mut("a").unwrap().is_typed = false;
    let lacks = "the success lacks issued_token_type or token_type".to_owned();
    assert_eq!(holds(&flow, &Look::SuccessMembers("a")), Some(Err(lacks)));
}

#[test]
fn the_first_fault_of_the_envelopes_is_told() {
    let mut flow = flow();
    assert_eq!(holds(&flow, &Look::Envelopes), Some(Ok(())));
    flow.misshapen = vec!["no JSON".to_owned(), "no code".to_owned()];
    assert_eq!(holds(&flow, &Look::Envelopes), Some(Err("no JSON".to_owned())));
}

#[test]
fn a_header_is_compared_whole_under_any_spelling_of_its_name() {
    let mut flow = flow();
    let look = Look::Answered("Cache-Control", "no-store");
    assert_eq!(holds(&flow, &look), Some(Err("the answer has no header Cache-Control".to_owned())));
    flow.headers = vec![
        ("pragma".to_owned(), "no-store".to_owned()),
        ("cache-control".to_owned(), "no-store".to_owned()),
    ];
    assert_eq!(holds(&flow, &look), Some(Ok(())));
    flow.headers[1].1 = "no-store, private".to_owned();
    let other = "the header Cache-Control is `no-store, private`, expected `no-store`".to_owned();
    assert_eq!(holds(&flow, &look), Some(Err(other)));
}

#[test]
fn markup_of_a_provider_is_on_no_page() {
    let mut flow = flow();
    flow.pages = vec!["<p>a page</p>".to_owned(), MARKUP.replace('<', "&lt;")];
    assert_eq!(holds(&flow, &Look::NoMarkup), Some(Ok(())));
    flow.pages.push(format!("<p>{MARKUP}</p>"));
    assert_eq!(
        holds(&flow, &Look::NoMarkup),
        Some(Err("the page carries the provider's text as markup".to_owned()))
    );
}

/// What only the target can show is not for the kept tokens to say.
#[test]
fn a_look_at_the_target_is_not_answered_here() {
    for look in [
        Look::NothingLeaked,
        Look::SecretWithheld,
        Look::Sessions("viewer.a", 1),
        Look::Associations(Content::Own, true),
    ] {
        assert_eq!(holds(&flow(), &look), None, "{look:?}");
    }
}

#[test]
fn contents_are_those_lent_in_their_order() {
    let mut flow = Holdings::default();
    assert_eq!((flow.content(Content::Own), flow.content(Content::Second)), (None, None));
    flow.contents = vec!["one".to_owned(), "two".to_owned()];
    assert_eq!(
        (flow.content(Content::Own), flow.content(Content::Second)),
        (Some("one"), Some("two"))
    );
}
