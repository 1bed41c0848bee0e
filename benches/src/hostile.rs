//! Tokens made to cost: each of 8000 bytes, against an accepted one of that size.

use base64_simd::URL_SAFE_NO_PAD;
use claimproof_vectors::Presentation;

use crate::contender::{CLAIMPROOF, Run, Task};
use crate::rounds::{Rounds, median};
use crate::sample::TABLEAU_LARGE;

/// The bound of a connected app's token.
const BYTES: usize = 8000;

/// The costliest of the hostile tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Worst {
    /// What is in it.
    pub name: &'static str,
    /// Its cost, an accepted token of that size being 1: the median of the ratios within a round.
    pub ratio: f64,
}

/// How many are judged one after the other, so that each kind finds the caches as warm as the accepted one.
const MANY: usize = 32;

/// Every hostile token in turns with the accepted one.
pub fn worst(rounds: &Rounds) -> Worst {
    let hostile = presentations();
    let lots = hostile.iter().map(|(_, one)| vec![one.clone(); MANY]);
    let lots: Vec<_> = std::iter::once(TABLEAU_LARGE.presentations(MANY)).chain(lots).collect();
    let mut runs: Vec<Box<dyn Run + '_>> = lots
        .iter()
        .filter_map(|given| CLAIMPROOF.prepare(&Task::new(TABLEAU_LARGE, given)))
        .collect();
    let turns = rounds.alternate(&mut runs);
    let ratio = |at: usize| {
        median(turns[at].iter().zip(&turns[0]).map(|(own, typical)| own.ns / typical.ns).collect())
    };
    let ratios = hostile.iter().zip(1..).map(|((name, _), at)| Worst { name, ratio: ratio(at) });
    ratios
        .max_by(|a, b| a.ratio.total_cmp(&b.ratio))
        .unwrap_or(Worst { name: "none", ratio: f64::NAN })
}

/// What is hostile, and how it is presented.
pub fn presentations() -> Vec<(&'static str, Presentation)> {
    let accepted = TABLEAU_LARGE.presentations(1);
    let header =
        accepted[0].token.as_deref().and_then(|token| token.split('.').next()).unwrap_or_default();
    let present = |token| Presentation { token: Some(token), ..accepted[0].clone() };
    tokens(header).into_iter().map(|(name, token)| (name, present(token))).collect()
}

/// What fits of JSON into such a token, beside a header and in base64.
const ROOM: usize = 5600;

/// What is hostile, and the token.
fn tokens(header: &str) -> Vec<(&'static str, String)> {
    let many = |unit: &str| unit.repeat(ROOM / unit.len());
    let numbered = |member: fn(usize) -> String| {
        let (mut text, mut n) = (member(0), 1);
        while text.len() < ROOM {
            text = format!("{text},{}", member(n));
            n += 1;
        }
        text
    };
    let payloads = [
        ("members without end", format!("{{{}}}", numbered(|n| format!("\"{n}\":1")))),
        (
            "one name at the end again",
            format!("{{\"a\":1,{},\"a\":1}}", numbered(|n| format!("\"{n}\":1"))),
        ),
        ("names of one tail", format!("{{{}}}", numbered(|n| format!("\"{n}aaaaaaaa\":1")))),
        ("escapes", format!("{{\"a\":\"{}\"}}", many("\\u0061"))),
        ("escaped names", format!("{{{}}}", numbered(|n| format!("\"\\u0061{n}\":1")))),
        ("lists in lists", format!("{{\"a\":[{}1]}}", many("[[[[[[[[1]]]]]]]],"))),
        ("lists without end", format!("{{\"a\":{}", many("["))),
        ("objects in a list", format!("{{\"a\":[{}1]}}", many("{\"a\":1,\"b\":2},"))),
        ("digits", format!("{{\"exp\":{}}}", many("9"))),
        ("blanks", format!("{{{}}}", many(" "))),
        ("short strings", format!("{{\"scp\":[{}\"\"]}}", many("\"\","))),
    ];
    let encode = |text: &str| URL_SAFE_NO_PAD.encode_to_string(text);
    let signature = "A".repeat(43);
    let in_payload = payloads
        .iter()
        .map(|(name, text)| (*name, format!("{header}.{}.{signature}", encode(text))));
    let in_header =
        ("members of the header", format!("{}.e30.{signature}", encode(&payloads[0].1)));
    let dots = ("dots", ".".repeat(BYTES));
    in_payload.chain([in_header, dots]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_read_and_of_the_size_that_is_read() {
        for (name, token) in tokens("e30") {
            assert!(
                token.len() <= BYTES && token.len() > BYTES * 9 / 10,
                "{name}: {} bytes",
                token.len()
            );
        }
    }
}
