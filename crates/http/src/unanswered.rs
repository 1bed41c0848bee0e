//! Why a request got no whole answer.

use std::io;

use claimproof_suite::NoVerdict;

use crate::target::TargetFault;
use crate::wire::reason;
pub use tls::TlsFailure;

mod tls;

/// What came in the place of a whole answer. It never holds an address with its query, and nothing
/// of the request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nothing came in time.
    #[error("no {what} within {seconds} s")]
    Late {
        /// What did not come.
        what: &'static str,
        /// The deadline.
        seconds: u64,
    },
    /// There is nothing to connect to.
    #[error("`{0}` is no address")]
    NoAddress(String),
    /// No connection; what the system says.
    #[error("{0}")]
    NoConnection(String),
    /// TLS does not come about.
    #[error(transparent)]
    Tls(#[from] TlsFailure),
    /// TLS is spoken where none was expected.
    #[error("it answers in TLS; base_url must begin with https://")]
    SpeaksTls,
    /// The connection broke.
    #[error("{0}")]
    Broken(io::ErrorKind),
    /// It was closed before anything came.
    #[error("the connection was closed without an answer")]
    Closed,
    /// It was closed in the middle.
    #[error("the connection was closed before the answer was whole")]
    CutShort,
    /// Interim answers without end.
    #[error("more than {0} interim answers")]
    OnlyInterim(usize),
    /// What came is no HTTP.
    #[error("the answer is no HTTP: {0}")]
    NoHttp(httparse::Error),
    /// It is HTTP but for this.
    #[error("{0}")]
    Malformed(&'static str),
    /// A header's name that HTTP does not have.
    #[error("`{0}` is no header name")]
    HeaderName(String),
    /// A header's value that HTTP cannot carry.
    #[error("the header {0} cannot carry this value over HTTP")]
    HeaderValue(String),
}

impl Unanswered {
    /// Whether nothing was sent, for a reason that is not the target's.
    pub(crate) const fn is_ours(&self) -> bool {
        matches!(self, Self::NoAddress(_) | Self::HeaderName(_) | Self::HeaderValue(_))
    }

    /// The kind of an error; never the address.
    pub(crate) fn broken(error: &io::Error) -> Self {
        TlsFailure::of(error).map_or_else(|| Self::Broken(error.kind()), Self::Tls)
    }

    /// Why there is no connection.
    pub(crate) fn unconnected(error: &(dyn std::error::Error + 'static)) -> Self {
        TlsFailure::of(error).map_or_else(|| Self::NoConnection(reason(error)), Self::Tls)
    }
}

impl From<Unanswered> for NoVerdict {
    fn from(error: Unanswered) -> Self {
        Self::Lost(error.to_string().into())
    }
}

impl From<TargetFault> for NoVerdict {
    fn from(fault: TargetFault) -> Self {
        Self::Lost(fault.to_string().into())
    }
}
