//! Helpers of the workspace's tests.

pub mod api;
pub mod crates;
pub mod server;
pub mod store;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

/// The workspace's root.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package is in the workspace")
}

/// A file of the workspace.
pub fn read(name: &str) -> String {
    std::fs::read_to_string(workspace().join(name)).expect("a file of the workspace")
}

/// Pointers to all values of a document, the whole included.
pub fn pointers(whole: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), whole)];
    while let Some((pointer, value)) = waiting.pop() {
        let inner = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Object(fields) => {
                waiting.extend(fields.iter().map(|(key, value)| (inner(key), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                waiting.extend(items.map(|(index, value)| (inner(&index.to_string()), value)));
            }
            _ => {}
        }
        found.push(pointer);
    }
    found
}

/// Counts the items for which a check holds. It runs on all processors, and its panics fail the test.
pub fn count_in_parallel<T: Sync>(items: &[T], holds: impl Fn(&T) -> bool + Sync) -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    count.fetch_add(usize::from(holds(item)), Ordering::Relaxed);
                }
            });
        }
    });
    count.into_inner()
}

/// The text of every file below a directory, by its relative path with `/` between its parts.
pub fn files(directory: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(directory, "", &mut files);
    files
}

fn collect(directory: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            let text = std::fs::read_to_string(entry.path()).expect("text");
            files.insert(path, text);
        }
    }
}

/// The code in the workspace's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
