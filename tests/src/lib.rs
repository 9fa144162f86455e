//! Helpers of the workspace's tests.

pub mod api;
pub mod crates;
pub mod server;
pub mod store;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::Mutex;
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

/// Maps items on all processors, and keeps their order. A panic fails the test.
pub fn map_in_parallel<T: Sync, R: Send>(items: &[T], map: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let mapped = Mutex::new(Vec::with_capacity(items.len()));
    thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = map(item);
                    mapped
                        .lock()
                        .expect("no thread panicked")
                        .push((index, result));
                }
            });
        }
    });
    let mut mapped = mapped.into_inner().expect("no thread panicked");
    mapped.sort_unstable_by_key(|(index, _)| *index);
    mapped.into_iter().map(|(_, result)| result).collect()
}

/// Counts the items for which a check holds, on all processors.
pub fn count_in_parallel<T: Sync>(items: &[T], holds: impl Fn(&T) -> bool + Sync) -> usize {
    let held = map_in_parallel(items, holds).into_iter();
    held.filter(|holds| *holds).count()
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
