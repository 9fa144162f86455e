//! The documents that others are made of.

use generator::Source;
use serde_json::Value;

/// The documents that the tests have, and all that stands in them.
pub(crate) struct Corpus {
    pub(crate) documents: Vec<(String, Value)>,
    /// Every value with the key that it stands under.
    pub(crate) parts: Vec<(String, Value)>,
    pub(crate) keys: Vec<String>,
}

const FOLDERS: &[&str] = &[
    "tests/tests/constructs/documents",
    "tests/tests/generation",
    "tests/tests/diagnostics",
    "spec",
];

impl Corpus {
    pub(crate) fn read() -> Self {
        let mut documents = Vec::new();
        for folder in FOLDERS {
            for (name, text) in tests::files(&tests::workspace().join(folder)) {
                let is_document = text.contains("\nopenapi: ") || text.starts_with("openapi: ");
                if is_document && name.ends_with(".yaml") {
                    let loaded = openapi::load(&Source::new(&name, text));
                    let value = loaded.expect("the tests' documents can be read").value;
                    documents.push((name, value));
                }
            }
        }
        let mut corpus = Self {
            parts: Vec::new(),
            keys: Vec::new(),
            documents,
        };
        for (_, document) in &corpus.documents {
            let mut waiting = vec![document];
            while let Some(value) = waiting.pop() {
                match value {
                    Value::Object(fields) => {
                        for (key, value) in fields {
                            corpus.parts.push((key.clone(), value.clone()));
                            waiting.push(value);
                        }
                    }
                    Value::Array(items) => waiting.extend(items),
                    _ => {}
                }
            }
        }
        corpus.keys = corpus.parts.iter().map(|(key, _)| key.clone()).collect();
        corpus.keys.sort();
        corpus.keys.dedup();
        corpus
    }
}
