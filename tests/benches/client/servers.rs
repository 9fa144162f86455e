//! Servers of a list with many pages, and of a large download.

use sha2::{Digest, Sha256};
use tests::api::Api;
use tests::server::{Answer, Body, Server};
use tests::store::Store;

pub(crate) const PAGES: usize = 100;
pub(crate) const ITEMS: usize = 100;

/// Bytes per second of a connection to a throttled store.
const RATE: u32 = 50_000_000;

/// Bytes that the server sends in one piece.
const PIECE: usize = 64 * 1024;

const ITEM: &str = r#"{"id": 8847996998, "node_id": "MDg6QXJ0aWZhY3QxMQ==", "name": "Rails",
    "size_in_bytes": 556, "url": "https://HOST/repos/octo-org/octo-docs/actions/artifacts/11",
    "archive_download_url": "https://HOST/repos/octo-org/octo-docs/actions/artifacts/11/zip",
    "expired": false, "digest": "sha256:cfc3236bdad15b5898bca8408945c9e19e1917da8704adc20eaa618444290a8c",
    "created_at": "2020-01-10T14:59:22Z", "expires_at": "2020-03-21T14:59:22Z",
    "updated_at": "2020-02-21T14:59:22Z", "workflow_run": {"id": 2332938, "repository_id": 1296269,
    "head_repository_id": 1296269, "head_branch": "main",
    "head_sha": "328faa0536e6fef19753d9d91dc96a9931694ce3"}}"#;

/// An API whose list leads from page to page.
pub(crate) fn lists() -> Server {
    let items = vec![ITEM; ITEMS].join(",");
    let body = format!(
        r#"{{"total_count": {}, "artifacts": [{items}]}}"#,
        PAGES * ITEMS
    );
    Server::answering(move |request| {
        let page = request.target.rsplit_once("page=");
        let page: usize = page.map_or(1, |(_, page)| page.parse().expect("a number"));
        let answer = Answer::json(200, &body);
        if page == PAGES {
            return answer;
        }
        let host = request.header("host").expect("a host");
        let next = format!(
            r#"<http://{host}/repositories/1?page={}>; rel="next""#,
            page + 1
        );
        answer.header("link", &next)
    })
}

/// An API that redirects all downloads to its own origin, with the content.
pub(crate) fn downloads(mebibytes: usize) -> Server {
    Server::answering(move |request| {
        if request.target.starts_with("/repos/") {
            let host = request.header("host").expect("a host");
            return Answer::redirect(302, &format!("http://{host}/zip?sig=SIGNED"));
        }
        Answer::status(200)
            .header("etag", r#""v1""#)
            .body(piece())
            .times(mebibytes * 1024 * 1024 / PIECE)
    })
}

/// A store that gives each connection a limited rate, and an API that leads to it.
pub(crate) fn throttled(mebibytes: usize) -> (Store, Api) {
    let length = (mebibytes * 1024 * 1024) as u64;
    let store = Store::new(Body::repeating(piece(), length)).throttled(RATE);
    let api = Api::downloading(&store);
    (store, api)
}

/// The digest of such a download.
pub(crate) fn digest(mebibytes: usize) -> String {
    let piece = piece();
    let mut hash = Sha256::new();
    for _ in 0..mebibytes * 1024 * 1024 / PIECE {
        hash.update(&piece);
    }
    let hex = |byte: &u8| format!("{byte:02x}");
    hash.finalize().iter().map(hex).collect()
}

fn piece() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(PIECE).collect()
}
