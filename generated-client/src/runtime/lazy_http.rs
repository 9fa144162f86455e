//! An HTTP client that not every program needs.

use std::sync::{Mutex, OnceLock, PoisonError};

use reqwest::{Client, ClientBuilder};

use super::Error;

/// An HTTP client that is built on first use, since loading certificates takes time.
pub(super) struct LazyHttp {
    client: OnceLock<Client>,
    settings: Mutex<Option<ClientBuilder>>,
}

impl LazyHttp {
    pub(super) fn new(settings: ClientBuilder) -> Self {
        Self {
            client: OnceLock::new(),
            settings: Mutex::new(Some(settings)),
        }
    }

    pub(super) fn client(&self) -> Result<&Client, Error> {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = settings.take() {
            let client = settings.build().map_err(Error::http_client)?;
            let _ = self.client.set(client);
        }
        let missing = || Error::setting("configure_http", "gives no HTTP client for stores");
        self.client.get().ok_or_else(missing)
    }
}
