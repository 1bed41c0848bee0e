//! What a case expects, as the files say it.

use claimproof_vectors::texts;
use claimproof_vectors::{Answer, Expect, Numbers};

use super::Expected;

impl From<&Expect> for Expected {
    fn from(expect: &Expect) -> Self {
        match expect {
            Expect::Done | Expect::Accept | Expect::AcceptEcho | Expect::AcceptFramedBy(_) => {
                Self::Accept
            }
            Expect::Refuse(codes) => Self::from(&Answer::Refuse(codes)),
            Expect::RefuseAny => Self::from(&Answer::RefuseAny),
            Expect::Either(..) => Refusal::of(&expect.codes()).into(),
            Expect::RefuseSaying(code, text) => {
                Refusal { says: Some(text.clone()), ..Refusal::of(&[code]) }.into()
            }
            Expect::AtMostOne => Self::AtMostOne,
            Expect::AtLeastOne => Self::AtLeastOne,
            Expect::Only(answer) => Self::from(answer),
            Expect::Open(family, answers) => {
                let answer = |(reading, answer): &(&str, Answer)| {
                    ((*reading).to_owned(), Self::from(answer))
                };
                Self::Open {
                    family: (*family).to_owned(),
                    readings: answers.iter().map(answer).collect(),
                }
            }
        }
    }
}

impl From<&Answer> for Expected {
    fn from(answer: &Answer) -> Self {
        let plain = Refusal::of(answer.codes());
        let refusal = match answer {
            Answer::Accept => return Self::Accept,
            Answer::Either(codes) => {
                return Self::Either { codes: codes.iter().map(|&code| code.to_owned()).collect() };
            }
            Answer::Refuse(_) | Answer::RefuseAny | Answer::RefuseOr4xx => plain,
            Answer::RefuseWith(_, status) => Refusal { status: Some(*status), ..plain },
            Answer::RefuseSaying(_, says) => Refusal { says: Some((*says).to_owned()), ..plain },
            Answer::RefuseNumbered(_, Numbers::Among(numbers)) => Refusal { numbers, ..plain },
            Answer::RefuseNumbered(_, Numbers::NotAmong(numbers)) => {
                Refusal { other_numbers_than: numbers, ..plain }
            }
            Answer::RefuseVerbatim(_) => Refusal { verbatim: true, ..plain },
            Answer::RefuseIn(_, form) => Refusal { form: Some(form.describe()), ..plain },
        };
        refusal.into()
    }
}

/// A refusal in the making.
#[derive(Default)]
struct Refusal<'a> {
    codes: Vec<String>,
    says: Option<String>,
    status: Option<u16>,
    numbers: &'a [i64],
    other_numbers_than: &'a [i64],
    verbatim: bool,
    form: Option<&'static str>,
}

impl Refusal<'_> {
    /// With one of these codes; where Connect has a sentence of its own for it, with that.
    fn of(codes: &[&str]) -> Self {
        let says = codes.first().and_then(|code| texts::sentence(code)).map(str::to_owned);
        Self { codes: codes.iter().map(|&code| code.to_owned()).collect(), says, ..Self::default() }
    }
}

impl From<Refusal<'_>> for Expected {
    fn from(of: Refusal<'_>) -> Self {
        Self::Refuse {
            codes: of.codes,
            says: of.says,
            status: of.status,
            numbers: of.numbers.to_vec(),
            other_numbers_than: of.other_numbers_than.to_vec(),
            verbatim: of.verbatim,
            form: of.form.map(str::to_owned),
        }
    }
}
