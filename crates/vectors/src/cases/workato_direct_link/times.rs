//! `exp` and `nbf` beside a fresh `iat`, which the document names nowhere: whether they are looked at is open, that
//! one instant is one instant, however it is written, is not.

use claimproof_catalog::Profile;

use super::{case, team};
use crate::case::{Act, Case, Turn};
use crate::cases::common::times::{FRACTIONS, Spelling, WHOLE, edges, edit};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};

pub(super) fn cases() -> Vec<Case> {
    [good(), past(), early(), later()].concat()
}

fn spellings() -> impl Iterator<Item = Spelling> {
    WHOLE.into_iter().chain(FRACTIONS)
}

/// Whoever looks at them finds them good.
fn good() -> Vec<Case> {
    let accepted = |slug: &str, title: &str, claim: &str, change| {
        let id = format!("accepted/{claim}-{slug}");
        case(&id, title, &team(), &["RFC7519-2", "WDL-JWT-16"], change, Expect::ACCEPT)
    };
    let mut cases = Vec::new();
    for spelling in spellings() {
        let (slug, words, _) = spelling;
        for (claim, by, when) in [("exp", 300, "five minutes ahead"), ("nbf", -60, "a minute past")]
        {
            let title = format!("{claim} {when}, {words}");
            cases.push(accepted(slug, &title, claim, Change::Claim(claim, edit(by, spelling))));
        }
    }
    for (year, json) in [("2039", "2177452800"), ("2107", "4323283200")] {
        let title = format!("exp in the year {year}");
        cases.push(accepted(&format!("year-{year}"), &title, "exp", Change::claim("exp", json)));
    }
    cases
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
        (Edit::Json(json.into()), Answer::either(&[])),
    )
}

/// Two tokens, each with what is answered where the claim is ignored.
fn both(
    slug: &str,
    title: &str,
    claim: &'static str,
    plain: (Edit, Answer),
    other: (Edit, Answer),
) -> Case {
    let (family, rule) = match claim {
        "exp" => ("WDL-R-exp", "RFC7519-4.1.4"),
        _ => ("WDL-R-nbf", "RFC7519-4.1.5"),
    };
    let turn = |token, (edit, ignored)| {
        let changes = vec![Change::Claim(claim, edit)];
        let answers = vec![("ignored", ignored), ("honoured", Answer::REFUSE)];
        Turn::new(Act::Present { token, scene: team(), changes }, Expect::open(family, answers))
    };
    let turns = vec![turn("plain", plain), turn("other", other)];
    let id = format!("undocumented/{claim}-{slug}");
    Case::script(Profile::WorkatoDirectLink, &id, title, &[rule, "RFC7519-2"], turns)
        .controlled_by(&team())
}

fn past() -> Vec<Case> {
    let hour = || Edit::FromNow(-3600);
    let spelled = spellings().map(|spelling| {
        let title = format!("exp an hour past as an integer, then {}", spelling.1);
        alike(&format!("past-{}", spelling.0), &title, "exp", hour(), edit(-3600, spelling))
    });
    let minus = at_the_end(
        "past-minus-exponent",
        "exp an hour past, then -1e9",
        "exp",
        hour(),
        "-1e9".to_owned(),
    );
    spelled.chain([minus]).collect()
}

fn early() -> Vec<Case> {
    let hour = || Edit::FromNow(3600);
    let spelled = spellings().map(|spelling| {
        let title = format!("nbf an hour ahead as an integer, then {}", spelling.1);
        alike(&format!("ahead-{}", spelling.0), &title, "nbf", hour(), edit(3600, spelling))
    });
    let far = edges(5000).into_iter().map(|(slug, words, json)| {
        let title = format!("nbf an hour ahead, then nbf {words}");
        at_the_end(&format!("ahead-{slug}"), &title, "nbf", hour(), json)
    });
    spelled.chain(far).collect()
}

/// The clock beyond what 32 bits hold, with and without a sign.
fn later() -> Vec<Case> {
    let after = |seconds| Turn::new(Act::Advance(seconds), Expect::Done);
    let at = |slug: &str, title: &str, seconds| {
        let token = Act::Present { token: "later", scene: team(), changes: vec![] };
        let turns = vec![after(seconds), Turn::new(token, Expect::ACCEPT)];
        let id = format!("accepted/{slug}");
        Case::script(Profile::WorkatoDirectLink, &id, title, &["WDL-JWT-16", "RFC7519-2"], turns)
            .controlled_by(&team())
    };
    vec![
        at("clock-past-2038", "A link of the time after 2038-01-19", 500_000_000),
        at("clock-past-2106", "A link of the time after 2106-02-07", 2_700_000_000),
    ]
}
