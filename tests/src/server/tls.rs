//! Certificates, made by an authority that lives as long as the test.

use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection};

/// The host name of a server of this machine.
const LOOPBACK: [&str; 2] = ["127.0.0.1", "localhost"];

/// Issues certificates that are trusted only on request.
pub struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A server's certificate, its demand for client certificates, and its protocol.
#[derive(Clone)]
pub struct Tls {
    config: Arc<ServerConfig>,
    /// Maximum concurrent requests of a connection, for HTTP/2.
    streams: Option<u32>,
    /// Whether clients may choose HTTP/1.1 as well.
    either: bool,
    /// The number of connections to close before a request.
    closed: usize,
}

impl Authority {
    /// A new one, unlike any other.
    #[expect(clippy::new_without_default, reason = "each is another")]
    pub fn new() -> Self {
        let mut params = params(&[], "An authority of the tests");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        Self {
            certificate,
            issuer: Issuer::new(params, key),
        }
    }

    /// Its own certificate as PEM, for those who shall trust it.
    pub fn certificate(&self) -> String {
        self.certificate.pem()
    }

    /// A client's certificate with its key, as PEM.
    pub fn identity(&self) -> String {
        let (certificate, key) = self.issue(&[], ExtendedKeyUsagePurpose::ClientAuth);
        certificate.pem() + &key.serialize_pem()
    }

    /// A server of this machine that speaks HTTP/2 with those who can, and HTTP/1.1 with the others.
    pub fn either_http(&self) -> Tls {
        let mut tls = self.http2();
        let alpn = &mut Arc::make_mut(&mut tls.config).alpn_protocols;
        alpn.push(b"http/1.1".to_vec());
        tls.either = true;
        tls
    }

    /// A server of this machine that speaks HTTP/2.
    pub fn http2(&self) -> Tls {
        self.http2_with(100)
    }

    /// The same, with a maximum of concurrent requests on a connection.
    pub fn http2_with(&self, streams: u32) -> Tls {
        let mut tls = Tls::from(self);
        Arc::make_mut(&mut tls.config).alpn_protocols = vec![b"h2".to_vec()];
        tls.streams = Some(streams);
        tls
    }

    /// A server that is another host than the one that it runs on.
    pub fn tls_of_another_host(&self) -> Tls {
        self.tls(&["other.test"], None)
    }

    /// A server of this machine that serves only those with a certificate of this authority.
    pub fn tls_for_known_clients(&self) -> Tls {
        let mut roots = RootCertStore::empty();
        roots
            .add(self.certificate.der().clone())
            .expect("a certificate that can be trusted");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .expect("there is a root");
        self.tls(&LOOPBACK, Some(verifier))
    }

    fn tls(&self, names: &[&str], clients: Option<Arc<dyn ClientCertVerifier>>) -> Tls {
        let (certificate, key) = self.issue(names, ExtendedKeyUsagePurpose::ServerAuth);
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a private key");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider can do them");
        let mut config = match clients {
            None => config.with_no_client_auth(),
            Some(verifier) => config.with_client_cert_verifier(verifier),
        }
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("the key is that of the certificate");
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Tls {
            config: Arc::new(config),
            streams: None,
            either: false,
            closed: 0,
        }
    }

    fn issue(&self, names: &[&str], usage: ExtendedKeyUsagePurpose) -> (Certificate, KeyPair) {
        let mut params = params(names, "A party of the tests");
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer);
        (certificate.expect("a certificate"), key)
    }
}

impl Tls {
    /// Closes the first connections of HTTP/2 along with the handshake, so that no request is sent there.
    pub fn closing_first(mut self, connections: usize) -> Self {
        Arc::make_mut(&mut self.config).send_half_rtt_data = true;
        self.closed = connections;
        self
    }

    pub(super) fn accept(&self) -> ServerConnection {
        ServerConnection::new(self.config.clone()).expect("a configuration that can be used")
    }

    pub(super) fn config(&self) -> Arc<ServerConfig> {
        self.config.clone()
    }

    /// Whether HTTP/2 is spoken on a connection, by the protocols that the client names at its beginning.
    pub(super) fn is_http2(&self, socket: &TcpStream) -> bool {
        if !self.either {
            return self.streams.is_some();
        }
        let mut hello = [0; 4096];
        let length = socket.peek(&mut hello).unwrap_or_default();
        let offer = b"\x02h2\x08http/1.1";
        hello[..length]
            .windows(offer.len())
            .any(|bytes| bytes == offer)
    }

    pub(super) fn closes(&self, connection: usize) -> bool {
        connection < self.closed
    }

    pub(super) fn streams(&self) -> u32 {
        self.streams.unwrap_or_default()
    }
}

/// A server of this machine, for clients of all sorts.
impl From<&Authority> for Tls {
    fn from(authority: &Authority) -> Self {
        authority.tls(&LOOPBACK, None)
    }
}

fn params(names: &[&str], common_name: &str) -> CertificateParams {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names of hosts");
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    params
}
