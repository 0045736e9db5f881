//! A certificate that nobody vouches for.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

pub struct SelfSigned {
    pub acceptor: TlsAcceptor,
    /// For whoever wants to trust it.
    pub der: Vec<u8>,
}

/// For a server of this name.
pub fn self_signed(name: &str) -> SelfSigned {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    SelfSigned { acceptor: TlsAcceptor::from(Arc::new(config)), der: made.cert.der().to_vec() }
}
