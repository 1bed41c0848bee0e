//! What is wrong between two ends of TLS, and what to do.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError, InvalidMessage};

use crate::wire::SelfSigned;

/// Why TLS did not come about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsFailure {
    /// Nobody but itself vouches for it.
    #[error(
        "its certificate is self-signed; name that certificate as --ca-file, or as ca_file of [tls]"
    )]
    SelfSigned,
    /// Nobody known vouches for it.
    #[error(
        "no authority known here vouches for its certificate; name the authority's certificate as --ca-file, or as \
         ca_file of [tls], and let the server send those between"
    )]
    UnknownIssuer,
    /// It is too old.
    #[error("its certificate has expired; renew it, or look at this machine's clock")]
    Expired,
    /// It is too new.
    #[error("its certificate is not valid yet; look at this machine's clock, or at its own")]
    NotYetValid,
    /// It is somebody else's.
    #[error(
        "its certificate is for {presented}, not for {expected}; base_url must name a host of the certificate"
    )]
    WrongName {
        /// Whom it is for.
        presented: String,
        /// Whom it should be for.
        expected: String,
    },
    /// There is no TLS.
    #[error(
        "what it answers is no TLS; base_url must begin with http://, or the port is another's"
    )]
    NoTls,
    /// The two have no version or method in common.
    #[error("it speaks no TLS that is spoken here, which is 1.2 and 1.3")]
    TooOld,
    /// Who asks must show a certificate.
    #[error(
        "it wants to see a certificate; give --client-certificate and --client-key, or certificate_file and key_file \
         of [tls]"
    )]
    ClientUnknown,
    /// Who asks has shown one that is not taken.
    #[error("it does not take the certificate of [tls], or that of --client-certificate: {0}")]
    ClientRefused(String),
    /// Whatever else.
    #[error("TLS: {0}")]
    Other(String),
}

impl TlsFailure {
    /// What an error says of TLS, where it does.
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        found(error).map(Self::told)
    }

    fn told(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(why) => Self::certificate(why),
            rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => Self::NoTls,
            rustls::Error::PeerIncompatible(_) => Self::TooOld,
            rustls::Error::AlertReceived(alert) => Self::alert(*alert),
            other => Self::Other(plain(&other.to_string())),
        }
    }

    fn certificate(why: &CertificateError) -> Self {
        match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::NotYetValid
            }
            CertificateError::NotValidForNameContext { expected, presented } => Self::WrongName {
                presented: plain(&named(presented)),
                expected: expected.to_str().into_owned(),
            },
            // One that bears the name of a known authority, and another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::UnknownIssuer,
            CertificateError::Other(other) if other.0.is::<SelfSigned>() => Self::SelfSigned,
            other => Self::Other(plain(&format!("its certificate: {other}"))),
        }
    }

    /// What a server says of whoever asks.
    fn alert(alert: AlertDescription) -> Self {
        match alert {
            AlertDescription::CertificateRequired => Self::ClientUnknown,
            AlertDescription::ProtocolVersion => Self::TooOld,
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::AccessDenied => Self::ClientRefused(format!("{alert:?}")),
            other => Self::Other(format!(
                "the server breaks off ({other:?}); if it wants to see a certificate, give --client-certificate and \
                 --client-key"
            )),
        }
    }
}

/// `DnsName("a.example")` is how the library has a name.
fn named(presented: &[String]) -> String {
    let bare = |name: &String| name.split('"').nth(1).unwrap_or(name).to_owned();
    let all: Vec<String> = presented.iter().map(bare).collect();
    if all.is_empty() { "nobody".to_owned() } else { all.join(", ") }
}

/// A certificate's names are the target's own words.
fn plain(text: &str) -> String {
    text.chars().take(300).flat_map(char::escape_default).collect()
}

/// The library's error is wrapped, once or twice.
fn found<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    if let Some(own) = error.downcast_ref::<rustls::Error>() {
        return Some(own);
    }
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    match wrapped {
        Some(inner) => found(inner),
        None => found(error.source()?),
    }
}
