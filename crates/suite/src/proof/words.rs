//! What the proof found, in words a server's author can act on.

use std::fmt::{self, Write};

use claimproof_catalog::elsewhere;

use super::Finding;
use super::rounds::{Answer, Rounds};
use super::scenes::Candidate;
use crate::observation::Evidence;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenUnneeded { status } => {
                let status = status.map(|status| format!(" (status {status})")).unwrap_or_default();
                write!(
                    f,
                    "the request without a token is accepted{status}: this path asks for none, or the target file names a \
                     public one, or `accept` of the target file also fits what the server refuses"
                )
            }
            Self::SignatureUnchecked { scene } => {
                write!(
                    f,
                    "the signature is not checked: {scene} is accepted with its signature altered too"
                )
            }
            Self::FreshRefused { scene, seen } => {
                write!(
                    f,
                    "{scene} is accepted at first, and a fresh token of it later is not: {seen}"
                )
            }
            Self::PlainRefused { scene, seen, accepted } => {
                write!(f, "{scene} is not accepted: {seen}; the run grades by {accepted}, which is")
            }
            Self::Witnessed(what) => f.write_str(what),
        }
    }
}

/// Nothing came back for a good token.
pub(super) fn lost(candidate: &Candidate, why: &str) -> String {
    format!(
        "the good token of {}, played by {}, got no answer: {why}",
        candidate.name, candidate.played_by
    )
}

/// One kind of token was answered differently.
pub(super) fn by_chance(candidate: &Candidate, rounds: &Rounds) -> String {
    let list = |word: &str, all: &[Answer]| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        format!("\n    {word}: {}", all.join(", then "))
    };
    let mut text = format!(
        "tokens that differ in nothing that counts are answered differently, so no answer can be judged. {}, played by {}:{}",
        candidate.name,
        candidate.played_by,
        list("good", &rounds.good)
    );
    for (word, all) in [("no token", &rounds.absent), ("signature altered", &rounds.broken)] {
        if !all.is_empty() {
            text.push_str(&list(word, all));
        }
    }
    text
}

/// No plain scene was accepted: what was sent and what came back, scene by scene.
pub(super) fn none_accepted(refused: &[(Candidate, Rounds)]) -> String {
    let plain: Vec<_> =
        refused.iter().filter(|(candidate, _)| candidate.name == candidate.case.id).collect();
    let more = refused.len() - plain.len();
    let mut text = format!(
        "accept and reject cannot be told apart: none of the {} plain tokens is accepted. A wrong id or key in the target \
         file looks the same, and so does an `accept` that fits no answer. Sent and seen:",
        plain.len()
    );
    for (candidate, rounds) in plain {
        let seen = rounds.good.first();
        let answer = seen.map(ToString::to_string).unwrap_or_default();
        let _ =
            write!(text, "\n    {}, played by {}: {answer}", candidate.name, candidate.played_by);
        if let Some(Answer::Seen(seen)) = seen
            && let Some(exchange) = &seen.exchange
        {
            let _ = write!(
                text,
                "\n        sent {}\n        came {}",
                request(exchange),
                response(exchange)
            );
            if let Some(message) =
                elsewhere::find(candidate.case.profile, exchange.response.as_str())
            {
                let _ = write!(text, "\n        {}", message.belongs);
            }
        }
    }
    if more > 0 {
        let _ = write!(
            text,
            "\n    nor is one of them with or without typ, with exp, or on another surface ({more} tried)"
        );
    }
    text
}

/// How much of a request or an answer is shown.
const MAX_SHOWN: usize = 300;

fn request(exchange: &Evidence) -> String {
    one_line(exchange.request.as_str())
}

/// Status and the first bytes; of the headers the type alone says something here.
fn response(exchange: &Evidence) -> String {
    let whole = exchange.response.as_str();
    let (head, body) = whole.split_once("\n\n").unwrap_or((whole, ""));
    let telling = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        !line.contains(':')
            || ["content-type", "location", "www-authenticate"].contains(&name.as_str())
    };
    one_line(&format!("{}\n{body}", head.lines().filter(telling).collect::<Vec<_>>().join("\n")))
}

fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let line = lines.join(" | ");
    match line.char_indices().nth(MAX_SHOWN) {
        Some((place, _)) => format!("{}...", &line[..place]),
        None => line,
    }
}
