//! The report as Markdown; the terminal shows the same.

use std::fmt::Write;

use super::{Goal, Report, Row};

/// Two tables, and between them what they were measured with.
pub fn markdown(report: &Report) -> String {
    let mut text = String::from(
        "| token | contender | ns a token, median (least) | ratio to the limit (middle half) | allocations | wrong verdicts |\n\
         |---|---|---:|---:|---:|---:|\n",
    );
    for row in &report.rows {
        text.push_str(&line(row));
    }
    let _ = write!(
        text,
        "\n{}. {}. {} rounds, thread processor time.\n\n",
        report.cpu, report.engine, report.rounds
    );
    text.push_str("| figure | found | bound | |\n|---|---:|---|---|\n");
    for Goal { figure, found, bound, held } in &report.goals {
        let _ = writeln!(
            text,
            "| {figure} | {found} | {bound} | {} |",
            if *held { "holds" } else { "MISSED" }
        );
    }
    let figures = &report.figures;
    let _ = writeln!(
        text,
        "\nTwo threads took {} (HS256) and {} (RS256) of one thread's time on the clock, and {} and {} times the processor time\n\
         a token; the limit, where nothing is shared, {} and {} times, which is taken out above. The costliest hostile token: {}.",
        figures.wall_hs256,
        figures.wall_rs256,
        figures.two_threads_hs256,
        figures.two_threads_rs256,
        figures.limit_two_threads_hs256,
        figures.limit_two_threads_rs256,
        figures.worst_hostile
    );
    for (algorithm, count) in &figures.c_heap {
        let _ = writeln!(
            text,
            "For {algorithm} the C heap is asked {count} times a token, by the signature library alone."
        );
    }
    text
}

fn line(row: &Row) -> String {
    let Row { contender, version, profile, algorithm, token_bytes, .. } = row;
    let number = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    format!(
        "| {profile}, {algorithm}, {token_bytes} bytes | {contender} ({version}) | {:.0} ({:.0}) | {:.2} ({:.2}-{:.2}) | {} | {} |\n",
        row.median_ns,
        row.min_ns,
        row.ratio_to_limit,
        row.spread[0],
        row.spread[1],
        number(row.allocations.map(|count| count.to_string())),
        number(row.wrong_verdicts.map(|count| count.to_string())),
    )
}
