//! Whom a target is believed to be, and who asks: certificates, keys and their files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use claimproof_files::Unreadable;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore,
    SignatureScheme,
};

use super::certificate::Certificate;
use crate::target::Tls;

/// No file of certificates is longer: all public authorities together have a quarter of it.
const AT_MOST: u64 = 1024 * 1024;

/// Why TLS cannot be spoken as it is asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsFault {
    /// A file cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What stands in the way.
        error: Unreadable,
    },
    /// It has not what it is read for.
    #[error("{path}: found no {what} in PEM; expected `-----BEGIN {label}-----`")]
    Missing {
        /// The file.
        path: PathBuf,
        /// What it is read for.
        what: &'static str,
        /// How that begins.
        label: &'static str,
    },
    /// It has, but it cannot be used.
    #[error("{path}: {error}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the library says.
        error: Error,
    },
    /// The library has no means for TLS.
    #[error("no TLS: {0}")]
    None(#[from] Error),
}

/// A certificate that nobody vouches for but itself.
#[derive(Debug, thiserror::Error)]
#[error("self-signed")]
pub(crate) struct SelfSigned;

/// How TLS is spoken to a target.
pub(super) fn config(tls: &Tls) -> Result<ClientConfig, TlsFault> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions()?;
    let verifier = Arc::new(Verifier::of(tls.ca_file.as_deref(), provider)?);
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    match (&tls.certificate_file, &tls.key_file) {
        (Some(certificate), Some(key)) => {
            let (chain, private) = (certificates(certificate)?, private_key(key)?);
            let unusable = |error| TlsFault::Unusable { path: key.clone(), error };
            builder.with_client_auth_cert(chain, private).map_err(unusable)
        }
        _ => Ok(builder.with_no_client_auth()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, TlsFault> {
    let fault = |error| TlsFault::Read { path: path.to_owned(), error };
    claimproof_files::read(path, AT_MOST).map_err(fault)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    let bytes = read(path)?;
    let all = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
    let missing =
        || TlsFault::Missing { path: path.to_owned(), what: "certificate", label: "CERTIFICATE" };
    all.ok().filter(|all| !all.is_empty()).ok_or_else(missing)
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsFault> {
    let missing =
        |_| TlsFault::Missing { path: path.to_owned(), what: "private key", label: "PRIVATE KEY" };
    PrivateKeyDer::from_pem_slice(&read(path)?).map_err(missing)
}

/// Believes whom the library believes, and a self-signed certificate that was named.
#[derive(Debug)]
struct Verifier {
    inner: Arc<WebPkiServerVerifier>,
    named: Vec<CertificateDer<'static>>,
}

impl Verifier {
    /// The public authorities, or those of a file alone.
    fn of(ca_file: Option<&Path>, provider: Arc<CryptoProvider>) -> Result<Self, TlsFault> {
        let (mut roots, mut named) = (RootCertStore::empty(), Vec::new());
        match ca_file {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(path) => {
                named = certificates(path)?;
                let unusable = |error| TlsFault::Unusable { path: path.to_owned(), error };
                for one in &named {
                    roots.add(one.clone()).map_err(unusable)?;
                }
            }
        }
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        let inner = inner.map_err(|error| Error::General(error.to_string()))?;
        Ok(Self { inner, named })
    }

    /// A certificate that was named itself is believed for its names and while it is valid, though
    /// it also says that it is an authority, as what `openssl req -x509` writes does.
    fn believe(
        &self,
        own: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
        why: Error,
    ) -> Result<ServerCertVerified, Error> {
        let unknown = matches!(
            why,
            Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::Other(_))
        );
        if !unknown || !is_self_signed(own) {
            return Err(why);
        }
        if !self.named.contains(own) {
            let why = OtherError(Arc::new(SelfSigned));
            return Err(CertificateError::Other(why).into());
        }
        rustls::client::verify_server_name(&ParsedCertificate::try_from(own)?, name)?;
        valid_at(own, now)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.inner
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .or_else(|why| self.believe(end_entity, server_name, now, why))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn is_self_signed(der: &CertificateDer<'_>) -> bool {
    Certificate::read(der).is_ok_and(|own| own.self_issued)
}

fn valid_at(der: &CertificateDer<'_>, now: UnixTime) -> Result<ServerCertVerified, Error> {
    let own = Certificate::read(der).map_err(|_| CertificateError::BadEncoding)?;
    if now.as_secs() < own.not_before.as_secs() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now.as_secs() > own.not_after.as_secs() {
        return Err(CertificateError::Expired.into());
    }
    Ok(ServerCertVerified::assertion())
}
