//! Other libraries, each set up by its own means and then asked about the same claims.
//!
//! Every one verifies the signature under one configured key and algorithm and decodes the claims its
//! profile names. Its own clock is switched off: the claims are judged by one function for all, at the
//! instant of the vectors. Keys are prepared as far as the library lets its user.

mod biscuit;
mod claims;
mod josekit;
mod jsonwebtoken;
mod jwt;
mod jwt_compact;
mod jwt_simple;

use std::marker::PhantomData;

use claimproof_cast::SigningKey;
use claimproof_catalog::Profile;

use self::claims::{Claims, Expected, Registered};
use super::{Contender, Run, Task};

/// All of them.
pub(super) const ALL: [Contender; 8] = [
    jsonwebtoken::version_12::CONTENDER,
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
    fn claims<C: Claims>(&self, token: &str) -> Option<C>;
}

fn prepare<'p, P: Peer + 'static>(task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
    match task.sample.profile {
        Profile::WorkatoApi => Judged::<P, claims::WorkatoApi>::prepare(task),
        Profile::TableauConnectedApp => Judged::<P, claims::TableauConnectedApp>::prepare(task),
        Profile::WorkatoDirectLink => Judged::<P, claims::WorkatoDirectLink>::prepare(task),
        Profile::PositConnect => None,
    }
}

/// A library that reads the claims of one profile.
struct Judged<'p, P, C> {
    peer: P,
    expected: Expected,
    tokens: Vec<&'p str>,
    claims: PhantomData<C>,
}

impl<'p, P: Peer + 'static, C: Claims> Judged<'p, P, C> {
    fn prepare(task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
        let tokens =
            task.given.iter().map(|given| given.token.as_deref()).collect::<Option<_>>()?;
        let (peer, expected) = (P::new(&task.key)?, Expected::of(task));
        Some(Box::new(Self { peer, expected, tokens, claims: PhantomData }))
    }
}

impl<P: Peer, C: Claims> Run for Judged<'_, P, C> {
    fn pass(&mut self, tell: &mut dyn FnMut(bool)) {
        let Self { peer, expected, tokens, .. } = self;
        for token in tokens {
            let claims =
                |token| peer.claims::<C>(token).is_some_and(|claims| claims.fit(&expected.signer));
            tell(expected.fits(token) && claims(token));
        }
    }
}
