//! How far the codes of a profile are tried: due, or one of several answers.

use std::collections::BTreeSet;

use claimproof_catalog::{Profile, codes as catalog};
use claimproof_vectors::{Answer, Case, Expect};
use serde::Serialize;

/// The codes of one profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Codes {
    /// The system.
    pub profile: String,
    /// How many the documents name.
    pub documented: usize,
    /// Those that some case must be refused with, and with nothing else.
    pub due: Vec<&'static str>,
    /// Those that are only one of several answers a case may have.
    pub may_be: Vec<&'static str>,
    /// Those no case expects.
    pub never: Vec<&'static str>,
}

/// The codes of each profile, by the cases that ran.
pub fn codes(all: &[Case], ran: &BTreeSet<String>) -> Vec<Codes> {
    let live: Vec<&Case> = all.iter().filter(|case| ran.contains(&case.id)).collect();
    Profile::ALL.into_iter().map(|profile| of(profile, &live)).collect()
}

fn of(profile: Profile, live: &[&Case]) -> Codes {
    let expected = live.iter().filter(|case| case.profile == profile).flat_map(|case| &case.script);
    let expected: Vec<&Expect> = expected.map(|turn| &turn.expect).collect();
    let due: BTreeSet<&str> = expected.iter().filter_map(|expect| due(expect)).collect();
    let any: BTreeSet<&str> = expected.iter().flat_map(|expect| expect.codes()).collect();
    let rows = catalog::of(profile);
    let those = |hit: &dyn Fn(&str) -> bool| {
        rows.iter().map(|row| row.as_str()).filter(|code| hit(code)).collect()
    };
    Codes {
        profile: profile.to_string(),
        documented: rows.len(),
        due: those(&|code| due.contains(code)),
        may_be: those(&|code| !due.contains(code) && any.contains(code)),
        never: those(&|code| !any.contains(code)),
    }
}

/// The one code that must be answered, if there is one.
fn due(expect: &Expect) -> Option<&str> {
    match expect {
        Expect::Holds(answer) => the_one(answer),
        Expect::Open { answers, .. } => due_under_all(answers),
        Expect::Done | Expect::AtMostOne | Expect::AtLeastOne => None,
    }
}

fn the_one(answer: &Answer) -> Option<&'static str> {
    if let [one] = answer.codes() { Some(*one) } else { None }
}

/// Where every reading demands the same code, that one is due.
fn due_under_all(answers: &[(&'static str, Answer)]) -> Option<&'static str> {
    let mut codes = answers.iter().map(|(_, answer)| the_one(answer));
    let first = codes.next()??;
    codes.all(|code| code == Some(first)).then_some(first)
}
