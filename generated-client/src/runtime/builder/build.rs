//! How the settings become a client.

use std::collections::BTreeMap;
use std::iter;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;

use super::ClientBuilder;
use super::server::{ApiVersion, operation_servers};
use super::tls;
use crate::runtime::api::Api;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::credentials::{Credential, Credentials, TokenSource};
use crate::runtime::lazy_http::LazyHttp;
use crate::runtime::limits::{Gate, Limits};
use crate::runtime::session::{OperationServer, Settings};
use crate::runtime::{Error, Session};

impl<C> ClientBuilder<C> {
    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_configuration`](Error::is_configuration): if a setting is invalid, if
    /// credentials would go to another machine over plain http, or if the base URL needs TLS and no
    /// feature brings it.
    pub fn build(self) -> Result<C, Error> {
        let base_url = self.server.into_url()?;
        if base_url.is_encrypted() && !tls::is_available() {
            let reason = "needs TLS: enable one of the features `rustls`, `rustls-no-provider` \
                          and `native-tls`";
            return Err(Error::setting("base_url", reason));
        }
        let replaced = all(self.replaced)?;
        let trusted = all(self.trusted)?;
        let servers = operation_servers(self.api, &base_url, &replaced, &trusted)?;
        let credentials = credentials(self.api, self.token?, self.credentials)?;
        self.roots?;
        if self.retrying.max_attempts == 0 {
            let reason = "is 0: with 1, each request is sent once";
            return Err(Error::setting("max_attempts", reason));
        }
        if self.max_concurrent_requests == Some(0) {
            let reason = "is 0: no request could be sent";
            return Err(Error::setting("max_concurrent_requests", reason));
        }
        let gate = || {
            self.max_concurrent_requests
                .map_or_else(Gate::default, Gate::new)
        };
        let mut http = self.http;
        if !self.insecure_http && sends_plainly(&credentials, &base_url, &servers)? {
            // A proxy would take them off the machine.
            http = http.no_proxy();
        }
        // Another crate may enable more of reqwest's features than this one does.
        let gzip_only = |http: reqwest::ClientBuilder| http.no_brotli().no_zstd().no_deflate();
        http = gzip_only(http);
        if !cfg!(feature = "gzip") {
            http = http.no_gzip();
        }
        // A digest is one of the bytes as they are stored.
        let as_stored = |http| gzip_only(http).no_gzip();

        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(self.api.accept));
        headers.insert(USER_AGENT, self.user_agent?);
        headers.extend(version_header(self.api, self.api_version)?);

        Ok((self.finish)(Session::new(Settings {
            api: self.api,
            http: restrained(http).build().map_err(Error::http_client)?,
            store: LazyHttp::new(restrained(as_stored(self.store))),
            local: LazyHttp::new(tls::without_certificates(
                restrained(as_stored(self.local)).no_proxy(),
            )),
            separate: LazyHttp::new(restrained(as_stored(self.separate)).http1_only()),
            base_url,
            servers,
            headers,
            credentials,
            insecure_http: self.insecure_http,
            is_behind_gateway: self.is_behind_gateway,
            idle_timeout: self.idle_timeout,
            retries: self.retrying,
            limits: Limits::default(),
            gate: gate(),
            store_gate: gate(),
            clock: self.clock,
            sleeper: self.sleeper,
            listener: self.listener,
        })))
    }
}

/// Whether there are credentials that are sent over plain http, which may be within the machine only.
fn sends_plainly(
    credentials: &Credentials,
    base_url: &BaseUrl,
    servers: &BTreeMap<&'static str, OperationServer>,
) -> Result<bool, Error> {
    let Some(secret) = credentials.kind() else {
        return Ok(false);
    };
    let trusted = servers.values().filter(|server| server.is_trusted);
    let trusted = trusted.map(|server| ("trust_server", &server.url));
    let seeing = iter::once(("base_url", base_url)).chain(trusted);
    let plain = Vec::from_iter(seeing.filter(|(_, url)| !url.is_encrypted()));
    if let Some((setting, _)) = plain.iter().find(|(_, url)| !url.is_loopback()) {
        let reason = format!(
            "would have {secret} sent over plain http to another machine: \
             use https, or allow it with `allow_insecure_http`"
        );
        return Err(Error::setting(setting, reason));
    }
    Ok(!plain.is_empty())
}

/// The values of several calls; the first that cannot be used is an error.
fn all<T>(values: Vec<Result<T, Error>>) -> Result<Vec<T>, Error> {
    values.into_iter().collect()
}

/// All credentials that are set; the first that cannot be used is an error.
fn credentials(
    api: &Api,
    token: Option<TokenSource>,
    own: BTreeMap<&'static str, Result<Credential, Error>>,
) -> Result<Credentials, Error> {
    let own = own.into_iter();
    let own = own.map(|(scheme, credential)| Ok((scheme, credential?)));
    Ok(Credentials {
        schemes: api.schemes,
        token,
        own: own.collect::<Result<_, Error>>()?,
    })
}

/// An HTTP client that goes nowhere by itself.
fn restrained(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    // What it logs when it is verbose has all headers in it.
    http.redirect(Policy::none())
        .referer(false)
        .connection_verbose(false)
}

/// The header with the API's version: the caller's choice, or else the one of the document.
fn version_header(
    api: &Api,
    version: ApiVersion,
) -> Result<Option<(HeaderName, HeaderValue)>, Error> {
    let version = match version {
        ApiVersion::Documented => HeaderValue::from_static(api.version),
        ApiVersion::Chosen(_) if api.version_header.is_none() => {
            let reason = "is of no use: this API has no header for it";
            return Err(Error::setting("api_version", reason));
        }
        ApiVersion::Chosen(version) => version?,
        ApiVersion::Unsent => return Ok(None),
    };
    let name = api.version_header.map(HeaderName::from_static);
    Ok(name.map(|name| (name, version)))
}

pub(super) fn header_value(
    setting: &str,
    text: &str,
    allowed: impl Fn(char) -> bool,
) -> Result<HeaderValue, Error> {
    if text.trim().is_empty() {
        return Err(Error::setting(setting, "is empty"));
    }
    if text != text.trim() {
        return Err(Error::setting(setting, "begins or ends with a space"));
    }
    let value = HeaderValue::from_str(text).ok();
    value
        .filter(|_| text.chars().all(allowed))
        .ok_or_else(|| Error::setting(setting, "has characters that no such header may have"))
}
