//! What a mock sets. These are no methods, since a document may have settings of any name.

use std::future;

use super::{ClientBuilder, tls};
use crate::runtime::Error;
use crate::runtime::api::Api;

/// Has a client talk to a mock at an origin of this machine, and not wait.
pub(in crate::runtime) fn mocked<C>(builder: ClientBuilder<C>, url: &str) -> ClientBuilder<C> {
    let servers = builder.api.operation_servers.iter();
    let replaced = servers.fold(builder, |builder, server| {
        builder.replace_server(server, url)
    });
    replaced
        .base_url(url)
        // A proxy of the environment's would not come back to this machine.
        .configure_http(reqwest::ClientBuilder::no_proxy)
        .sleeper(|_| future::ready(()))
}

/// The API that a client is for, and an HTTP client that encodes requests to it and sends none.
pub(in crate::runtime) fn parts_of<C>(
    builder: ClientBuilder<C>,
) -> (&'static Api, Result<reqwest::Client, Error>) {
    // It has no use for the proxies of the environment.
    let http = tls::without_certificates(builder.http.no_proxy()).build();
    (builder.api, http.map_err(Error::http_client))
}
