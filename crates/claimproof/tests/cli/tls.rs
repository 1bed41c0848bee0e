//! Certificates, and servers that speak TLS before a server of HTTP.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
};

/// A certificate and its key.
pub(crate) struct Own {
    pub(crate) pem: String,
    pub(crate) key_pem: String,
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

/// Who vouches for others.
pub(crate) struct Authority {
    pub(crate) pem: String,
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate of this machine, changed.
fn params(change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, "gateway");
    change(&mut params);
    params
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let (pem, der) = (certificate.pem(), certificate.der().clone());
        Self { pem, certificate: der, issuer: Issuer::new(params, key) }
    }

    pub(crate) fn vouches(&self, change: impl FnOnce(&mut CertificateParams)) -> Own {
        let key = KeyPair::generate().unwrap();
        let certificate = params(change).signed_by(&key, &self.issuer).unwrap();
        Own::of(&certificate, &key)
    }
}

impl Own {
    fn of(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        Self {
            pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            certificate: certificate.der().clone(),
            key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        }
    }

    /// Nobody but itself vouches for it.
    pub(crate) fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Self {
        let key = KeyPair::generate().unwrap();
        Self::of(&params(change).self_signed(&key).unwrap(), &key)
    }

    /// What `openssl req -x509` writes says that it is an authority.
    pub(crate) fn of_openssl() -> Self {
        Self::self_signed(|params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained))
    }
}

/// How a server speaks TLS.
pub(crate) fn config(
    own: &Own,
    clients: Option<&Authority>,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.certificate.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let chain = vec![own.certificate.clone()];
    Arc::new(builder.with_single_cert(chain, own.key.clone_key()).unwrap())
}

/// Speaks TLS before a server; returns where. Its threads end with the process of the tests.
pub(crate) fn before(server: &str, config: Arc<ServerConfig>) -> String {
    let server = server.replace("http://", "");
    let url = listening(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        pass_on(StreamOwned::new(connection, stream), &server);
    });
    url.replace("http://", "https://")
}

/// Does this with each connection; returns where, as http.
pub(crate) fn listening(each: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let each = Arc::new(each);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let each = Arc::clone(&each);
            std::thread::spawn(move || each(stream));
        }
    });
    url
}

/// One request and its answer.
fn pass_on(mut client: StreamOwned<ServerConnection, TcpStream>, server: &str) {
    let (mut head, mut chunk, mut answer) = (Vec::new(), [0; 4096], Vec::new());
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match client.read(&mut chunk) {
            Ok(count @ 1..) => head.extend_from_slice(&chunk[..count]),
            Ok(0) | Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).replacen("\r\n", "\r\nconnection: close\r\n", 1);
    let mut upstream = TcpStream::connect(server).unwrap();
    upstream.write_all(head.as_bytes()).unwrap();
    let _ = upstream.read_to_end(&mut answer);
    let _ = client.write_all(&answer);
    client.conn.send_close_notify();
    let _ = client.flush();
}
