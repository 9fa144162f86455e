//! The client of the base.

use generator::{File, Source};

use super::git::Git;
use crate::document::{self, Problem};
use crate::workspace;

/// The client's sources, relative to the workspace's root.
pub(super) const SOURCES: &str = "generated-client/src";
/// The part of them that codegen writes.
pub(super) const GENERATED: &str = "generated/";

/// The base's files, as git has them.
#[derive(Debug)]
pub(super) struct Before {
    /// The document with the files beside it, if there is one.
    pub(super) document: Option<Result<Source, Problem>>,
    pub(super) manifest: Option<String>,
    pub(super) changelog: Option<String>,
    pub(super) code: Vec<File>,
}

impl Before {
    /// # Errors
    ///
    /// When git fails.
    pub(super) fn read(git: &Git, commit: &str) -> anyhow::Result<Self> {
        let sources = git.list(commit, SOURCES)?;
        let sources = sources.iter().filter(|path| path.ends_with(".rs"));
        let sources: Vec<_> = sources.map(String::as_str).collect();
        let others = [
            workspace::DOCUMENT,
            workspace::MANIFEST,
            workspace::CHANGELOG,
        ];
        let paths = [&others[..], &sources].concat();
        let mut found = git.read(commit, &paths)?.into_iter();
        let mut next = || found.next().flatten();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let document = next().map(|bytes| {
            let mut source = document::of_bytes(bytes, workspace::DOCUMENT)?;
            source.read_neighbours(|path| neighbour(git, commit, path));
            Ok(source)
        });
        let (manifest, changelog) = (next().map(text), next().map(text));
        let mut code: Vec<_> = sources
            .iter()
            .filter_map(|path| file(path, text(next()?)))
            .collect();
        if !code.is_empty() {
            code.extend(manifest.clone().map(manifest_file));
        }
        Ok(Self {
            document,
            manifest,
            changelog,
            code,
        })
    }

    /// Whether there is code that codegen has written.
    pub(super) fn has_emitted(&self) -> bool {
        let mut paths = self.code.iter().map(|file| file.path.as_str());
        paths.any(|path| path.starts_with(GENERATED))
    }
}

/// The text of a file beside the document, or why there is none.
fn neighbour(git: &Git, commit: &str, path: &str) -> Result<String, String> {
    let missing = || "it does not exist".to_owned();
    let path = workspace::beside_document(path).ok_or_else(missing)?;
    let found = git
        .read(commit, &[&path])
        .map_err(|error| error.to_string())?;
    let bytes = found.into_iter().next().flatten().ok_or_else(missing)?;
    document::of_neighbour(bytes)
}

/// The manifest, as a file of the crate's code.
pub(super) fn manifest_file(contents: String) -> File {
    let path = "Cargo.toml".to_owned();
    File { path, contents }
}

fn file(path: &str, contents: String) -> Option<File> {
    let path = path.strip_prefix(SOURCES)?.strip_prefix('/')?.to_owned();
    Some(File { path, contents })
}
