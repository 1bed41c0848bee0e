//! Other libraries, each set up by its own means and then asked about the same claims.
//!
//! Every one verifies the signature under one configured key and algorithm and decodes the claims. Its own
//! clock is switched off: the claims are judged by one function for all, at the instant of the vectors.
//! Keys are prepared as far as the library lets its user.

mod biscuit;
mod claims;
mod josekit;
mod jsonwebtoken;
mod jwt;
mod jwt_compact;
mod jwt_simple;

use claimproof_cast::SigningKey;

use self::claims::Claims;
use super::{Contender, Run, Task};

/// All of them.
pub(super) const ALL: [Contender; 7] = [
    jsonwebtoken::version_11::CONTENDER,
    jsonwebtoken::version_9::CONTENDER,
    jwt_simple::CONTENDER,
    josekit::CONTENDER,
    biscuit::CONTENDER,
    jwt_compact::CONTENDER,
    jwt::CONTENDER,
];

/// One library.
trait Peer: Sized {
    /// Set up with one key; nothing where it takes none like this.
    fn new(key: &SigningKey) -> Option<Self>;

    /// The claims of a token whose signature holds.
    fn claims(&self, token: &str) -> Option<Claims>;
}

fn prepare<'p, P: Peer + 'static>(task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
    let tokens = task.given.iter().map(|given| given.token.as_deref()).collect::<Option<Vec<_>>>()?;
    Some(Box::new(Judged { peer: P::new(&task.key)?, expected: claims::Expected::of(task), tokens }))
}

struct Judged<'p, P> {
    peer: P,
    expected: claims::Expected,
    tokens: Vec<&'p str>,
}

impl<P: Peer> Run for Judged<'_, P> {
    fn pass(&mut self, tell: &mut dyn FnMut(bool)) {
        let Self { peer, expected, tokens } = self;
        for token in tokens {
            tell(expected.fits(token) && peer.claims(token).is_some_and(|claims| expected.holds(&claims)));
        }
    }
}
