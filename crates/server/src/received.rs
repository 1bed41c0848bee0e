//! A request read whole.

use std::borrow::Cow;
use std::cell::Cell;

use claimproof_reference::Reference;
use claimproof_token::Scratch;
use claimproof_verifier::{Rejected, Rules};
use http::{HeaderMap, Method, Uri};
use hyper::body::Bytes;

use crate::binding::TokenEdit;
use crate::reply::Reply;

/// A request read whole.
pub struct Received {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) now: i64,
    pub(crate) token: Option<TokenEdit>,
}

thread_local! {
    /// One for each thread, so that its buffers and the headers it knows are kept.
    static SCRATCH: Cell<Scratch> = Cell::default();
}

impl Received {
    /// The answer to what the reference says of a request.
    pub(crate) fn present<R: Rules>(
        &self,
        reference: &Reference<R>,
        request: R::Request<'_>,
        answer: impl FnOnce(Result<R::Grant<'_>, Rejected<R::Violation>>) -> Reply,
    ) -> Reply {
        let mut scratch = SCRATCH.take();
        let reply =
            answer(reference.present(&reference.accounts(), request, &mut scratch, self.now()));
        SCRATCH.set(scratch);
        reply
    }

    /// The token to be read in the place of the one that was sent: the same, but for a mutant.
    pub(crate) fn token<'t>(&self, sent: &'t str) -> Cow<'t, str> {
        let edited = self.token.as_ref().and_then(|edit| edit(sent));
        edited.map_or(Cow::Borrowed(sent), Cow::Owned)
    }

    /// A header as text; `None` where it is absent or no text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// The values of all `Authorization` headers; one that is no text counts as an empty one.
    pub(crate) fn authorization(&self) -> Vec<String> {
        let all = self.headers.get_all("authorization").iter();
        all.map(|value| value.to_str().unwrap_or_default().to_owned()).collect()
    }

    /// The path's segments, double slashes collapsed.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.uri.path().split('/').filter(|segment| !segment.is_empty()).collect()
    }

    pub(crate) fn query(&self) -> Vec<(String, String)> {
        let query = self.uri.query().unwrap_or_default().as_bytes();
        url::form_urlencoded::parse(query).into_owned().collect()
    }

    pub(crate) const fn now(&self) -> i64 {
        self.now
    }
}
