//! `claimproof conform --plan`: every request a run would send, and what its management would do.
//! Nothing is sent.

use std::collections::BTreeMap;
use std::fmt::Write;

use claimproof_cast::Seed;
use claimproof_http::{Consequence, Planned, Rehearsal};
use claimproof_suite::{Exit, Options, TargetReport, controls, rehearse, staffed};
use serde::Serialize;

use super::Part;
use crate::failed::Outcome;
use crate::flags::{Conform, ListFormat};
use crate::say;

/// What a run would do to one target.
#[derive(Serialize)]
struct Plan<'p> {
    target: &'p TargetReport,
    before: Vec<Planned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    cases: Vec<OfCase>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    after: Vec<Planned>,
    management: Vec<Managed>,
}

/// What a run would send for one case, in order; why it would end early or not be played.
#[derive(Serialize)]
struct OfCase {
    id: String,
    title: String,
    /// How many answers are meant to be a refusal.
    refused: usize,
    requests: Vec<Planned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
}

/// What management would do so many times.
#[derive(Serialize)]
struct Managed {
    #[serde(flatten)]
    effect: Consequence,
    times: usize,
}

impl Plan<'_> {
    /// How many requests leave in all.
    fn sent(&self) -> usize {
        let of_cases = self.cases.iter().flat_map(|case| &case.requests);
        let all = self.before.iter().chain(of_cases).chain(&self.after);
        all.map(|request| request.times).sum()
    }
}

impl Managed {
    const fn verb(&self) -> &'static str {
        match self.effect {
            Consequence::Creates(_) => "create",
            Consequence::Changes(_) => "change",
            Consequence::Deletes(_) => "delete",
        }
    }

    fn what(&self) -> &str {
        let (Consequence::Creates(what) | Consequence::Changes(what) | Consequence::Deletes(what)) =
            &self.effect;
        what
    }
}

pub(super) async fn show(flags: &Conform, parts: &[Part]) -> Outcome {
    let mut plans = Vec::new();
    for part in parts.iter().filter(|part| !part.cases.is_empty()) {
        plans.push(plan(flags, part).await);
    }
    match flags.format {
        ListFormat::Text => say::result(&plans.iter().map(text).collect::<String>())?,
        ListFormat::Json => say::json(&plans)?,
    }
    Ok(Exit::Conforms)
}

/// What a run costs its target, in a line.
pub(super) async fn budget(flags: &Conform, part: &Part) -> String {
    let plan = plan(flags, part).await;
    let (sent, refused) = (plan.sent(), plan.cases.iter().map(|case| case.refused).sum::<usize>());
    let address = plan.target.base_url.as_deref().unwrap_or_default();
    let does =
        plan.management.iter().map(|one| format!("{} {} x {}", one.verb(), one.times, one.what()));
    let does: Vec<String> = does.collect();
    let does =
        if does.is_empty() { "creates and deletes nothing".to_owned() } else { does.join(", ") };
    let time = match part.subject.rate() {
        Some(rate) => format!(
            "; at {rate} a second {} s",
            sent.div_ceil(usize::try_from(rate.get()).unwrap_or(1))
        ),
        None => String::new(),
    };
    format!(
        "budget: {sent} requests to {address}, more where one is tried again{time}; {refused} of them are meant to be \
         refused; management: {does}; --plan shows each"
    )
}

async fn plan<'p>(flags: &Conform, part: &'p Part) -> Plan<'p> {
    let rehearsal = Rehearsal::of(&part.subject);
    let (before, ends) = rehearsal.prove(&part.cases, flags.trust_accounts).await;
    let (run, seed) = ("plan".to_owned(), Seed(flags.seed));
    let options = Options { jobs: 1, run, level: flags.level.into(), fixed: BTreeMap::new(), seed };
    let mut cases = Vec::new();
    for case in staffed(
        &[part.cases.as_slice(), &controls(&part.cases, &part.subject)].concat(),
        &part.subject,
    ) {
        let ends = rehearse(&case, &rehearsal, &options).await;
        let requests = rehearsal.take();
        let refused = case.script.iter().filter(|turn| turn.expect.refuses()).count();
        let refused = refused.min(requests.len());
        cases.push(OfCase { id: case.id, title: case.title, refused, requests, ends });
    }
    let after = rehearsal.set_back();
    let management =
        managed(before.iter().chain(cases.iter().flat_map(|case| &case.requests)).chain(&after));
    Plan { target: &part.target, before, ends, cases, after, management }
}

fn managed<'r>(requests: impl Iterator<Item = &'r Planned>) -> Vec<Managed> {
    let mut counts: BTreeMap<&Consequence, usize> = BTreeMap::new();
    for request in requests {
        if let Some(effect) = &request.effect {
            *counts.entry(effect).or_default() += request.times;
        }
    }
    counts.into_iter().map(|(effect, times)| Managed { effect: effect.clone(), times }).collect()
}

/// The width that terminals and pages have.
const COLUMNS: usize = 100;

fn text(plan: &Plan<'_>) -> String {
    let mut out = head(plan);
    out.push_str("\nBefore anything is graded\n");
    requests(&mut out, &plan.before);
    if let Some(why) = &plan.ends {
        paragraph(&mut out, 4, &format!("The run ends here: {why}"));
    }
    for case in &plan.cases {
        let _ = writeln!(out, "\n{}", case.id);
        paragraph(&mut out, 4, &case.title);
        requests(&mut out, &case.requests);
        if let Some(why) = &case.ends {
            paragraph(
                &mut out,
                4,
                &format!(
                    "{}: {why}",
                    if case.requests.is_empty() { "Not played" } else { "Ends here" }
                ),
            );
        }
    }
    if !plan.after.is_empty() {
        out.push_str("\nWhen the run is over\n");
        requests(&mut out, &plan.after);
    }
    management(&mut out, plan);
    out
}

fn head(plan: &Plan<'_>) -> String {
    let mut out = String::new();
    let address = plan.target.base_url.as_deref().unwrap_or_default();
    let sent = plan.sent();
    let own = plan.target.profile.is_some_and(|profile| profile.sheet().is_flow);
    let first = format!(
        "Plan of a run against {} at {address}: {sent} requests; none was sent.",
        plan.target.name
    );
    paragraph(&mut out, 0, &first);
    let told = "{...} stands for what is secret or known only in a run: a token by its name, a key, the time, what the \
                server makes. Every request has Host, with a body Content-Length, and user-agent: claimproof.";
    paragraph(&mut out, 0, told);
    let more = "At first GET / is sent, five times at most, to read the clock. A case is played again, with fresh tokens, \
                where an answer is lost, asks for a later try or is a 5xx; a browser follows where the server sends it.";
    paragraph(&mut out, 0, more);
    if own {
        let listens = "The suite listens on 127.0.0.1, at a free port, where the server asks the providers of its \
                       integrations.";
        paragraph(&mut out, 0, listens);
    }
    out
}

fn requests(out: &mut String, requests: &[Planned]) {
    for same in requests.chunk_by(|a, b| a == b) {
        request(out, &same[0]);
        match same.len() {
            1 => {}
            2 => out.push_str("    the same again\n"),
            more => drop(writeln!(out, "    the same again, {} times", more - 1)),
        }
    }
}

fn request(out: &mut String, request: &Planned) {
    if !request.about.is_empty() {
        paragraph(out, 4, &format!("({})", request.about));
    }
    paragraph(out, 4, &format!("{} {}", request.method, request.url));
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "user-agent") {
        paragraph(out, 8, &format!("{name}: {value}"));
    }
    if !request.body.is_empty() {
        paragraph(out, 8, &request.body);
    }
}

fn management(out: &mut String, plan: &Plan<'_>) {
    if plan.management.is_empty() {
        out.push_str("\nManagement would do nothing.\n");
        return;
    }
    let _ = writeln!(out, "\nWhat management would do, where no call is refused");
    for one in &plan.management {
        paragraph(out, 4, &format!("{} {:>4} x {}", one.verb(), one.times, one.what()));
    }
    let stays = |one: &&Managed| {
        let Consequence::Creates(what) = &one.effect else { return false };
        let gone = plan
            .management
            .iter()
            .find(|other| matches!(&other.effect, Consequence::Deletes(own) if own == what));
        gone.is_none_or(|gone| gone.times < one.times)
    };
    let stays: Vec<&str> =
        plan.management.iter().filter(stays).filter_map(|one| one.effect.created()).collect();
    if !stays.is_empty() {
        paragraph(out, 4, &format!("What stays, where it is made: {}", stays.join("; ")));
    }
    paragraph(
        out,
        4,
        "An accepted token leaves what a sign-in leaves there: a session, and its id as used.",
    );
}

/// Lines no wider than the page, broken behind a blank or what separates parts, the later ones
/// further in.
fn paragraph(out: &mut String, indent: usize, text: &str) {
    let (mut rest, mut indent, further) = (text, indent, if indent == 0 { 0 } else { indent + 4 });
    loop {
        let width = COLUMNS - indent;
        let end = rest.char_indices().nth(width).map(|(end, _)| end);
        let Some(end) = end else { break };
        let breaks = |c: char| matches!(c, ' ' | '&' | ',' | '>' | '?' | '/');
        let at = rest[..end].rfind(breaks).map_or(end, |at| at + 1);
        let at = if at * 3 < end { end } else { at };
        let _ = writeln!(out, "{:indent$}{}", "", rest[..at].trim_end());
        (rest, indent) = (&rest[at..], further);
    }
    let _ = writeln!(out, "{:indent$}{rest}", "");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_keeps_to_the_page_and_loses_nothing() {
        let text = format!("{} {}", "word ".repeat(40).trim(), "y".repeat(230));
        let mut out = String::new();
        paragraph(&mut out, 4, &text);
        assert!(out.lines().all(|line| line.chars().count() <= COLUMNS), "{out}");
        let plain: String = out.split_whitespace().collect();
        assert_eq!(plain, text.split_whitespace().collect::<String>());
    }
}
