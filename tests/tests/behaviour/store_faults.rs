//! Downloads from stores that fail: the bytes are right in the end, or there is an error.

mod bounded;
mod cuts;
mod lies;
mod origins;
mod readers;
mod stalls;

use generated_client::{Client, Content, Download, Error};
use tests::api::Api;
use tests::server::{Authority, Body};
use tests::store::{Etag, Fault, SIGNATURE, Store};

use crate::{Naps, TOKEN, operations, patient, trusting};

/// Kinds of stores: with ranges, and without.
const KINDS: [fn(Store) -> Store; 6] = [
    |store| store,
    Store::chunked,
    Store::without_ranges,
    |store| store.without_ranges().chunked(),
    |store| store.etag(Etag::Weak),
    |store| store.etag(Etag::None),
];

/// A store, and a client of the API that leads to it.
pub(crate) struct Setup {
    pub(crate) store: Store,
    pub(crate) api: Api,
    pub(crate) client: Client,
}

impl Setup {
    pub(crate) fn new(store: Store) -> Self {
        let api = Api::downloading(&store);
        let client = patient(&api, &Naps::default()).build().unwrap();
        Self { store, api, client }
    }

    /// The same, for a store over TLS.
    pub(crate) fn trusting(store: Store, authority: &Authority) -> Self {
        let api = Api::downloading(&store);
        let client = patient(&api, &Naps::default()).configure_http(trusting(authority));
        let client = client.build().unwrap();
        Self { store, api, client }
    }

    pub(crate) fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.store = self.store.faults(faults);
        self
    }

    /// The same for requests of content from a byte on.
    pub(crate) fn faults_from(
        mut self,
        start: u64,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Self {
        self.store = self.store.faults_from(start, faults);
        self
    }

    pub(crate) fn download(&self) -> Download {
        download(&self.client)
    }

    /// The API's description of the content.
    pub(crate) fn content(&self) -> Content {
        let body = self.store.body();
        Content::new(Some(&body.digest()), body.len())
    }

    /// Downloads, and fails where the bytes are not the store's.
    pub(crate) async fn check_streamed(&self) {
        let (bytes, error) = streamed(self.download()).await;
        assert!(error.is_none(), "{error:?}");
        assert!(bytes == self.store.body().to_vec());
    }

    /// The same, to a file.
    pub(crate) async fn check_saved(&self) {
        let bytes = saved(self.download()).await.unwrap();
        assert!(bytes == self.store.body().to_vec());
    }
}

pub(crate) fn download(client: &Client) -> Download {
    operations::download(client).download()
}

/// Some bytes, none of which is easily taken for another.
pub(crate) fn body(len: u64) -> Body {
    Body::generated(11, len)
}

/// The bytes received, and the error in place of their end.
pub(crate) async fn streamed(download: Download) -> (Vec<u8>, Option<Error>) {
    let mut chunks = download.stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(error) => {
                check_secrets(&error);
                return (bytes, Some(error));
            }
        }
    }
    (bytes, None)
}

/// The bytes of the file; where there is an error, there is no file.
pub(crate) async fn saved(download: Download) -> Result<Vec<u8>, Error> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out.zip");
    let saved = match download.to_file(&path).await {
        Ok(saved) => saved,
        Err(error) => {
            check_secrets(&error);
            assert!(!path.exists());
            return Err(error);
        }
    };
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(saved.digest.as_str(), Body::from(bytes.clone()).digest());
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
    Ok(bytes)
}

pub(crate) fn check_secrets(error: &Error) {
    let mut text = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text += &format!("\n{error}\n{error:?}");
        source = error.source();
    }
    assert!(!text.contains(SIGNATURE) && !text.contains(TOKEN), "{text}");
}
