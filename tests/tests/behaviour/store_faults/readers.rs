//! Readers of a download do not depend on its connections.

use std::path::Path;

use tests::store::{Fault, Store};
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

use super::{KINDS, Setup, body};
use crate::extract::archive;

/// In the body, in the head, before either, and in the body again.
fn breaks() -> [Fault; 4] {
    let status = Fault::status(503);
    [Fault::Cut(60), Fault::CutAnswer(40), status, Fault::Cut(80)]
}

#[tokio::test]
async fn a_reader() {
    for kind in KINDS {
        let setup = Setup::new(kind(Store::new(body(1000)))).faults(breaks());
        let download = setup.download().verify(setup.content());
        let mut bytes = Vec::new();
        let mut reader = download.into_async_read();
        reader.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(bytes, setup.store.body().to_vec());
        assert_eq!(setup.store.requests().len(), 5);
    }
}

#[tokio::test]
async fn lines() {
    let text = (0..100).map(|number| format!("line {number}\n"));
    let text: String = text.collect();
    for kind in KINDS {
        let setup = Setup::new(kind(Store::new(text.as_bytes()))).faults(breaks());
        let mut lines = setup.download().into_async_read().lines();
        for expected in text.lines() {
            let line = lines.next_line().await.unwrap();
            assert_eq!(line.as_deref(), Some(expected));
        }
        assert_eq!(lines.next_line().await.unwrap(), None);
        assert_eq!(setup.store.requests().len(), 5);
    }
}

#[tokio::test]
async fn an_archive() {
    for kind in KINDS {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out");
        let setup = Setup::new(kind(Store::new(archive()))).faults(breaks());
        let download = setup.download().verify(setup.content());
        let extracted = download.extract_to(&path).await.unwrap();
        assert_eq!(extracted.files, [Path::new("a.txt"), Path::new("b/c.txt")]);
        let read = |name| std::fs::read_to_string(path.join(name)).unwrap();
        assert_eq!(
            (read("a.txt"), read("b/c.txt")),
            ("one".into(), "two".into())
        );
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
        assert_eq!(setup.store.requests().len(), 5);
    }
}
