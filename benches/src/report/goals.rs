//! The bounds this verifier is held to.

use claimproof_catalog::Profile::{self, TableauConnectedApp, WorkatoApi, WorkatoDirectLink};

use super::{Figures, Goal, Row, rounded};
use crate::contender::{CLAIMPROOF, RAW_LIMIT};

/// A token of the table: profile, whether it is a large one, the ratio to the limit at most, and how many
/// times as quick as the fastest peer at least.
const TOKENS: [(Profile, bool, f64, f64); 6] = [
    (WorkatoApi, false, 1.8, 2.5),
    (TableauConnectedApp, false, 1.8, 2.5),
    (WorkatoApi, true, 1.5, 1.7),
    (TableauConnectedApp, true, 1.5, 1.7),
    (WorkatoDirectLink, false, 1.05, 1.0),
    (WorkatoDirectLink, true, 1.10, 1.0),
];

pub(super) fn of(rows: &[Row], figures: &Figures, wrong: usize) -> Vec<Goal> {
    let bytes = figures
        .bytes_per_id
        .map(|bytes| at_most("bytes an id takes in the store".to_owned(), bytes, 100.0));
    let none = if wrong == 0 { 0.0 } else { f64::INFINITY };
    let own = |row: &&Row| row.is_own();
    let counted: Vec<f64> = rows.iter().filter(own).filter_map(|row| row.allocations).collect();
    let allocations = counted.into_iter().max_by(f64::total_cmp);
    of_tokens(rows)
        .chain([
            at_most(
                "two threads, HS256: processor time beside one".to_owned(),
                figures.shared_hs256,
                1.05,
            ),
            at_most(
                "two threads, RS256: processor time beside one".to_owned(),
                figures.shared_rs256,
                1.05,
            ),
            at_most(
                format!("a claim beside {} live ids, ns", figures.live),
                figures.claim_ns,
                250.0,
            ),
            at_most(
                "the costliest hostile token of 8000 bytes".to_owned(),
                figures.worst_hostile_ratio,
                5.0,
            ),
            at_most("own verdicts that are wrong".to_owned(), none, 0.0),
        ])
        .chain(bytes)
        .chain(allocations.map(|most| at_most("own allocations for a token".to_owned(), most, 0.0)))
        .collect()
}

/// What a token may cost, beside the signature alone and beside the fastest peer.
fn of_tokens(rows: &[Row]) -> impl Iterator<Item = Goal> {
    TOKENS.iter().flat_map(|(profile, large, limit, peers)| {
        let of_it = |row: &&Row| row.profile == *profile && (row.token_bytes > 2000) == *large;
        let rows: Vec<&Row> = rows.iter().filter(of_it).collect();
        let name = rows
            .first()
            .map_or_else(String::new, |row| format!("{profile}, {} bytes", row.token_bytes));
        let own = rows.iter().find(|row| row.is_own()).map(|row| row.ratio_to_limit);
        let fastest = rows
            .iter()
            .filter(|row| is_peer(row))
            .map(|row| row.ratio_to_limit)
            .min_by(f64::total_cmp);
        let first = own.map(|own| at_most(format!("{name}: ratio to the limit"), own, *limit));
        let faster = own.zip(fastest).map(|(own, fastest)| rounded(fastest / own));
        let second = faster.map(|times| {
            at_least(format!("{name}: times as fast as the fastest peer"), times, *peers)
        });
        first.into_iter().chain(second)
    })
}

fn is_peer(row: &Row) -> bool {
    ![CLAIMPROOF.name, RAW_LIMIT.name].contains(&row.contender.as_str())
}

fn at_most(figure: String, found: f64, bound: f64) -> Goal {
    Goal { figure, found, bound: format!("at most {bound}"), held: found <= bound }
}

fn at_least(figure: String, found: f64, bound: f64) -> Goal {
    Goal { figure, found, bound: format!("at least {bound}"), held: found >= bound }
}
