//! Copies of one token at once: one of them is accepted (H02).

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use claimproof_reference::{FromCast, Reference};
use claimproof_token::Scratch;
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

use super::make::{
    DIRECT_LINK, NOW, TABLEAU, claim, link, link_request, reference, sign_in, sign_in_request,
    token,
};

const COPIES: usize = 16;
const ROUNDS: usize = 50;

/// How many of the copies of each token are accepted, all of them presented together.
fn accepted<R: FromCast>(
    reference: &Reference<R>,
    tokens: &[String],
    request: impl Fn(&str) -> R::Request<'_> + Sync,
) -> Vec<usize> {
    let counts: Vec<AtomicUsize> = tokens.iter().map(|_| AtomicUsize::new(0)).collect();
    let round = Barrier::new(COPIES);
    thread::scope(|scope| {
        for _ in 0..COPIES {
            scope.spawn(|| {
                for (token, count) in tokens.iter().zip(&counts) {
                    round.wait();
                    if reference
                        .present(&reference.accounts(), request(token), &mut Scratch::new(), NOW)
                        .is_ok()
                    {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    counts.into_iter().map(AtomicUsize::into_inner).collect()
}

#[test]
fn one_of_many_links_opens() {
    let tokens: Vec<_> =
        (0..ROUNDS).map(|n| token(&link(), &[claim("jti", n.to_string())])).collect();
    assert_eq!(
        accepted(&reference::<WorkatoDirectLink>(&DIRECT_LINK), &tokens, link_request),
        [1; ROUNDS]
    );
}

#[test]
fn one_of_many_sign_ins_succeeds() {
    let tokens: Vec<_> =
        (0..ROUNDS).map(|n| token(&sign_in(), &[claim("jti", format!("\"{n}\""))])).collect();
    assert_eq!(
        accepted(&reference::<TableauConnectedApp>(&TABLEAU), &tokens, sign_in_request),
        [1; ROUNDS]
    );
}
