//! The HTTP client for requests within the machine.

use std::sync::{Mutex, OnceLock, PoisonError};

use reqwest::{Client, ClientBuilder};

use super::Error;

/// The HTTP client for stores of this machine that are asked over plain http: a proxy would have their
/// signed URLs leave the machine. It is built when there is one.
pub(super) struct LocalHttp {
    client: OnceLock<Client>,
    settings: Mutex<Option<ClientBuilder>>,
}

impl LocalHttp {
    pub(super) fn new(settings: ClientBuilder) -> Self {
        Self {
            client: OnceLock::new(),
            settings: Mutex::new(Some(settings.no_proxy())),
        }
    }

    pub(super) fn client(&self) -> Result<&Client, Error> {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = settings.take() {
            let client = settings.build().map_err(Error::http_client)?;
            let _ = self.client.set(client);
        }
        let missing = || Error::setting("configure_http", "gives no HTTP client for this machine");
        self.client.get().ok_or_else(missing)
    }
}
