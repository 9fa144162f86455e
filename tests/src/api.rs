//! An API as GitHub's, as far as tests need it: downloads that lead to a store, and lists in pages.

mod pages;

use std::collections::VecDeque;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

pub use pages::Page;
use pages::Pages;

use crate::server::{Answer, Request, Server, Tls};
use crate::store::Store;

/// An API with one task. It is a [`Server`], which records its requests.
pub struct Api {
    server: Server,
    instead: Arc<Mutex<VecDeque<Option<Answer>>>>,
}

impl Api {
    /// Redirects each request for a download to a new signed URL of the store, and answers any other
    /// with the store's artifact. Uses TLS if the store does.
    pub fn downloading(store: &Store) -> Self {
        let (signer, body) = (store.signer(), store.body());
        Self::start(store.transport(), move |request| {
            if request.target.ends_with("/zip") {
                signer.redirect()
            } else {
                Answer::json(200, &artifact(11, body.len(), &body.digest()))
            }
        })
    }

    /// Responds to requests for a list with the requested page.
    pub fn paging<P: Into<Page>>(pages: impl IntoIterator<Item = P>) -> Self {
        Self::start_paging(None, pages)
    }

    /// The same, over TLS.
    pub fn paging_over<P: Into<Page>>(
        tls: impl Into<Tls>,
        pages: impl IntoIterator<Item = P>,
    ) -> Self {
        Self::start_paging(Some(tls.into()), pages)
    }

    /// Sends these responses to the next requests, one each; afterwards, the normal ones.
    pub fn instead(self, answers: impl IntoIterator<Item = Option<Answer>>) -> Self {
        let lock = self.instead.lock();
        lock.unwrap_or_else(PoisonError::into_inner).extend(answers);
        self
    }

    fn start_paging<P: Into<Page>>(tls: Option<Tls>, pages: impl IntoIterator<Item = P>) -> Self {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let mut pages = Pages::new(scheme, pages.into_iter().map(Into::into).collect());
        Self::start(tls, move |request| pages.answer(request))
    }

    fn start(tls: Option<Tls>, mut right: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        let instead = Arc::new(Mutex::new(VecDeque::<Option<Answer>>::new()));
        let script = instead.clone();
        let server = Server::start(tls, move |request| {
            let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
            let next = script.pop_front().flatten();
            next.unwrap_or_else(|| right(request))
        });
        Self { server, instead }
    }
}

impl Deref for Api {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// An artifact in GitHub's JSON.
fn artifact(id: i64, size: u64, digest: &str) -> String {
    format!(
        r#"{{
            "id": {id}, "node_id": "MDg6QXJ0aWZhY3Q{id}", "name": "Rails {id}", "size_in_bytes": {size},
            "url": "https://api.test/repos/octo-org/octo-docs/actions/artifacts/{id}",
            "archive_download_url": "https://api.test/repos/octo-org/octo-docs/actions/artifacts/{id}/zip",
            "expired": false, "digest": "{digest}", "created_at": "2020-01-10T14:59:22Z",
            "expires_at": "2020-01-21T14:59:22Z", "updated_at": "2020-01-21T14:59:22Z",
            "workflow_run": {{
                "id": 2332938, "repository_id": 1296269, "head_repository_id": 1296269,
                "head_branch": "main", "head_sha": "328faa0536e6fef19753d9d91dc96a9931694ce3"
            }}
        }}"#
    )
}

#[cfg(test)]
mod tests;
