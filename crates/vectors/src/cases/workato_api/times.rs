//! Times in every spelling of a JSON number. No document asks for `exp` or `nbf` here, so whether they are looked at
//! is open; that one instant is one instant, however it is written, is not.

use claimproof_catalog::Profile;

use super::{REFUSED, case, hmac_kid};
use crate::case::{Act, Case, Turn};
use crate::cases::common::times::{FRACTIONS, Spelling, WHOLE, edges, edit};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};

pub(super) fn cases() -> Vec<Case> {
    [ahead(), late(), past(), early(), leeway()].concat()
}

fn spellings() -> impl Iterator<Item = Spelling> {
    WHOLE.into_iter().chain(FRACTIONS)
}

fn accepted(slug: &str, title: &str, cites: &[&'static str], change: Change) -> Case {
    case(&format!("accepted/{slug}"), title, &hmac_kid(), cites, change, Expect::ACCEPT)
}

/// Whoever looks at them finds them good.
fn ahead() -> Vec<Case> {
    let mut cases = Vec::new();
    for spelling in spellings() {
        let (slug, words, _) = spelling;
        for (claim, by, when) in
            [("exp", 300, "five minutes ahead"), ("nbf", -60, "a minute past"), ("iat", 0, "now")]
        {
            let title = format!("{claim} {when}, {words}");
            let change = Change::Claim(claim, edit(by, spelling));
            cases.push(accepted(
                &format!("{claim}-{slug}"),
                &title,
                &["RFC7519-2", "WCL-10"],
                change,
            ));
        }
    }
    cases
}

/// Instants that 32 bits do not hold (RFC 7519 section 2 sets no end).
fn late() -> Vec<Case> {
    let rows = [
        ("2039", "2177452800"),
        ("2100", "4102444800"),
        ("2107", "4323283200"),
        ("9999", "253402300799"),
    ];
    rows.map(|(year, json)| {
        let title = format!("exp in the year {year}");
        accepted(
            &format!("exp-year-{year}"),
            &title,
            &["RFC7519-2", "WCL-10"],
            Change::claim("exp", json),
        )
    })
    .to_vec()
}

/// First the plain integer, then the other spelling: whatever is answered, it is one answer.
fn alike(slug: &str, title: &str, claim: &'static str, plain: Edit, other: Edit) -> Case {
    both(slug, title, claim, (plain, Answer::ACCEPT), (other, Answer::ACCEPT))
}

/// First an hour past or ahead, then a value at the end of what is counted: whoever looks at the claim refuses both. To
/// whoever does not, the second may be no number any more (RFC 8259 section 6 lets a parser bound them).
fn at_the_end(slug: &str, title: &str, claim: &'static str, plain: Edit, json: String) -> Case {
    both(
        slug,
        title,
        claim,
        (plain, Answer::ACCEPT),
        (Edit::Json(json.into()), Answer::either(REFUSED)),
    )
}

/// Two tokens, each with what is answered where the claim is not looked at.
fn both(
    slug: &str,
    title: &str,
    claim: &'static str,
    plain: (Edit, Answer),
    other: (Edit, Answer),
) -> Case {
    let (family, rule) = match claim {
        "exp" => ("WAP-R-exp", "RFC7519-4.1.4"),
        _ => ("WAP-R-nbf", "RFC7519-4.1.5"),
    };
    let turn = |token, (edit, not_looked_at)| {
        let changes = vec![Change::Claim(claim, edit)];
        let answers = vec![("not-looked-at", not_looked_at), ("honoured", Answer::refuse(REFUSED))];
        Turn::new(Act::Present { token, scene: hmac_kid(), changes }, Expect::open(family, answers))
    };
    let turns = vec![turn("plain", plain), turn("other", other)];
    let id = format!("access_refused/{claim}-{slug}");
    Case::script(Profile::WorkatoApi, &id, title, &[rule, "RFC7519-2"], turns)
        .controlled_by(&hmac_kid())
}

fn past() -> Vec<Case> {
    let hour = || Edit::FromNow(-3600);
    let spelled = spellings().map(|spelling| {
        let title = format!("exp an hour past as an integer, then {}", spelling.1);
        alike(&format!("past-{}", spelling.0), &title, "exp", hour(), edit(-3600, spelling))
    });
    let fixed = [
        ("minus-one", "-1"),
        ("minus-a-half", "-0.5"),
        ("minus-exponent", "-1e9"),
        ("zero-exponent", "0e0"),
    ];
    let fixed = fixed.map(|(slug, json)| {
        let title = format!("exp an hour past as an integer, then {json}");
        at_the_end(&format!("past-{slug}"), &title, "exp", hour(), json.to_owned())
    });
    spelled.chain(fixed).collect()
}

/// A start that lies ahead lies ahead in every spelling, and no counter turns it into the past.
fn early() -> Vec<Case> {
    let hour = || Edit::FromNow(3600);
    let answers = vec![("not-looked-at", Answer::ACCEPT), ("honoured", Answer::refuse(REFUSED))];
    let plain = case(
        "access_refused/nbf-an-hour-ahead",
        "nbf an hour ahead",
        &hmac_kid(),
        &["RFC7519-4.1.5"],
        Change::Claim("nbf", hour()),
        Expect::open("WAP-R-nbf", answers),
    );
    let spelled = spellings().map(|spelling| {
        let title = format!("nbf an hour ahead as an integer, then {}", spelling.1);
        alike(&format!("ahead-{}", spelling.0), &title, "nbf", hour(), edit(3600, spelling))
    });
    let far = edges(2000).into_iter().map(|(slug, words, json)| {
        let title = format!("nbf an hour ahead, then nbf {words}");
        at_the_end(&format!("ahead-{slug}"), &title, "nbf", hour(), json)
    });
    [plain.hardening("Looking at nbf is advice, since the document asks for no start.")]
        .into_iter()
        .chain(spelled)
        .chain(far)
        .collect()
}

/// RFC 7519 sections 4.1.4 and 4.1.5 allow a leeway "usually no more than a few minutes" long. Whoever refuses a day of it
/// looks at the claim: more than five minutes are advice then, and more than ten are no small leeway any more.
fn leeway() -> Vec<Case> {
    let case = |slug: &str, words: &str, claim: &'static str, sign: i64, seconds: i64| {
        let title = format!("{claim} a day {words}, then {} minutes", seconds / 60);
        let (plain, other) = (Edit::FromNow(sign * 86_400), Edit::FromNow(sign * seconds));
        alike(slug, &title, claim, plain, other)
    };
    let advice = |mut case: Case| {
        case.requirements = vec!["CPX-small-leeway"];
        case.hardening("RFC 7519 allows a leeway of usually no more than a few minutes, so more than five are advice and more than ten fail.")
    };
    vec![
        case("eleven-minutes-past", "past", "exp", -1, 660),
        advice(case("six-minutes-past", "past", "exp", -1, 360)),
        case("eleven-minutes-ahead", "ahead", "nbf", 1, 660),
        advice(case("six-minutes-ahead", "ahead", "nbf", 1, 360)),
    ]
}
