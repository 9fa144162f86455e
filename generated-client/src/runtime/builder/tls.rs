//! TLS, which depends on the features of crates.

use std::any::Any;

use reqwest::ClientBuilder;

/// What is called where the HTTP client's builder has no such method of its own, as without TLS.
#[allow(dead_code, reason = "with TLS, the builder's own method is called")]
trait WithoutTls: Sized {
    fn tls_info(self, _is_kept: bool) -> Option<Self> {
        None
    }
}

impl WithoutTls for ClientBuilder {}

/// Whether the HTTP client speaks TLS: by a feature of this crate, or by one of its own that another
/// crate has enabled.
pub(super) fn is_available() -> bool {
    let builder: &dyn Any = &reqwest::Client::builder().tls_info(false);
    builder.is::<ClientBuilder>()
}

/// Has an HTTP client that is for plain http alone load no certificates, which takes milliseconds. It
/// trusts nobody.
pub(super) fn without_certificates(http: ClientBuilder) -> ClientBuilder {
    #[cfg(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ))]
    let http = http.tls_certs_only([]);
    http
}
