//! Names that a document can't take, since emitted code and the runtime have them.

use std::collections::BTreeSet;

use generator::{Diagnostics, File, Output, Source};

/// A parameter called like a method of a request has another setter.
#[test]
fn methods_of_requests() {
    let outline = generator::outline(&operations());
    let methods: BTreeSet<_> = outline
        .lines()
        .filter(|line| !line.ends_with(" -> Self"))
        .filter_map(|line| line.split_once("(self"))
        .filter_map(|(start, _)| start.rsplit("::").next())
        .collect();
    assert!(methods.len() > 8, "{methods:?}");
    for method in methods {
        let parameter = format!("parameters: [{{ name: {method}, in: query, schema: {{}} }}]");
        let output = generate("a/x", &parameter, "").expect("the document is right");
        let setter = format!("X::{method}_(self, ");
        let outline = generator::outline(&output.files);
        assert!(outline.contains(&setter), "{outline}");
    }
}

/// An operation called like a type that its file may import has another type.
#[test]
fn imported_types() {
    let imported: BTreeSet<_> = operations()
        .iter()
        .flat_map(|file| imports(&file.contents))
        .filter(|name| name != "Actions")
        .collect();
    assert!(imported.len() > 15, "{imported:?}");
    for name in imported {
        let output = generate(&format!("a/{name}"), "", "").expect("the document is right");
        let outline = generator::outline(&output.files);
        assert!(
            outline.contains(&format!("struct {name}Request")),
            "{outline}"
        );
    }
}

/// A server's variable becomes a method of the client's builder, beside those that it has.
#[test]
fn methods_of_the_builder() {
    let runtime = tests::files(&tests::workspace().join("generated-client/src/runtime"));
    let mut methods = BTreeSet::new();
    for text in runtime.values() {
        let blocks = text.split("impl<C> ClientBuilder<C> {").skip(1);
        for block in blocks.filter_map(|block| block.split("\n}").next()) {
            methods.extend(block.lines().filter_map(method));
        }
    }
    assert!(methods.len() > 10, "{methods:?}");
    for method in methods {
        let servers = format!(
            "servers:\n- url: https://{{{method}}}\n  variables: {{ {method}: {{ default: x }} }}\n"
        );
        let found = generate("a/x", "", &servers).expect_err("the name is taken");
        assert!(
            found.iter().any(|found| found.rule == "reserved-name"),
            "{method}"
        );
    }
}

/// The files of the workspace's own operations.
fn operations() -> Vec<File> {
    let output = generator::generate(&super::spec()).expect("the document is right");
    let files = output.files.into_iter();
    files
        .filter(|file| file.path.starts_with("actions/"))
        .collect()
}

/// What comes of a document with one operation.
fn generate(id: &str, operation: &str, servers: &str) -> Result<Output, Diagnostics> {
    let text = format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, version: '1' }}\n\
         {servers}\
         paths:\n  /x:\n    get:\n      operationId: {id}\n      {operation}\n      \
         responses: {{ '204': {{ description: Done }} }}\n"
    );
    let name = "api.yaml".to_owned();
    generator::generate(&Source { name, text })
}

/// The types that a file imports.
fn imports(text: &str) -> BTreeSet<String> {
    let declarations = text
        .split(";\n")
        .filter_map(|item| item.trim().strip_prefix("use "));
    let names = declarations.flat_map(|declaration| declaration.split(['{', '}', ',', ':']));
    names
        .map(|name| name.trim().to_owned())
        .filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
        .collect()
}

/// The name of the method that begins in a line.
fn method(line: &str) -> Option<&str> {
    let line = line.strip_prefix("    pub")?;
    let (_, signature) = line.split_once("fn ")?;
    signature.split(['(', '<']).next()
}
