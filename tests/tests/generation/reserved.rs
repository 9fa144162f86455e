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
        .chain(["with_options"])
        .collect();
    assert!(methods.len() > 5, "{methods:?}");
    for method in methods {
        let parameter = format!("parameters: [{{ name: {method}, in: query, schema: {{}} }}]");
        let output = generate("a/x", &parameter, "").expect("the document is right");
        let setter = format!("X::{method}_(self, ");
        let outline = generator::outline(&output.files);
        assert!(outline.contains(&setter), "{outline}");
    }
}

/// An operation called like a type that the file of an operation may name has another type.
#[test]
fn types_in_files_of_operations() {
    let files = everything();
    let files = files.iter().filter(|file| is_of_operation(file));
    let named = names(files);
    assert!(named.len() > 30, "{named:?}");
    for name in named {
        let output = generate(&format!("a/{name}"), "", "").expect("the document is right");
        let outline = generator::outline(&output.files);
        assert!(
            outline.contains(&format!("struct {name}Request")),
            "{outline}"
        );
    }
}

/// A schema called like a type that the file of a type may name has another type.
#[test]
fn types_in_files_of_types() {
    let files = everything();
    let files = files.iter().filter(|file| file.path.starts_with("types/"));
    let named = names(files);
    assert!(named.len() > 15, "{named:?}");
    for name in named {
        let operation = format!(
            "parameters: [{{ name: x, in: query, schema: {{ $ref: '#/components/schemas/{name}' }} }}]"
        );
        let schema = format!("components: {{ schemas: {{ {name}: {{ type: string }} }} }}\n");
        let output = generate("a/x", &operation, &schema).expect("the document is right");
        let outline = generator::outline(&output.files);
        assert!(outline.contains(&format!("struct {name}Type")), "{outline}");
    }
}

/// A namespace called like a type that the file of the client may name has another type.
#[test]
fn types_in_the_file_of_the_client() {
    let files = everything();
    let files = files.iter().filter(|file| file.path == "client.rs");
    let named = names(files);
    assert!(named.len() > 5, "{named:?}");
    for name in named {
        let output = generate(&format!("{name}/x"), "", "").expect("the document is right");
        let outline = generator::outline(&output.files);
        assert!(
            outline.contains(&format!("struct {name}Operations")),
            "{outline}"
        );
    }
}

/// Variables of servers and security schemes become methods of the client's builder, beside those that it has.
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
    for method in &methods {
        let fields = format!(
            "servers:\n- url: https://{{{method}}}\n  variables: {{ {method}: {{ default: x }} }}\n\
             components: {{ securitySchemes: {{ {method}: {{ type: apiKey, in: header, name: X }} }} }}\n"
        );
        let output = generate("a/x", "", &fields).expect("the document is right");
        let outline = generator::outline(&output.files);
        let lines = outline.lines().map(str::trim);
        let setters = lines.filter_map(|line| line.strip_prefix("ClientBuilder<Client>::"));
        let setters: Vec<_> = setters.filter_map(|line| line.split('(').next()).collect();
        assert_eq!(setters.len(), 2, "{outline}");
        assert!(
            !setters.iter().any(|setter| methods.contains(setter)),
            "{outline}"
        );
    }
}

/// Namespaces and operations become methods of the mock, beside those that it has.
#[test]
fn methods_of_the_mock() {
    let server = tests::read("generated-client/src/runtime/mock/server.rs");
    let blocks = server.split("impl<C> MockServer<C> {").skip(1);
    let blocks = blocks.filter_map(|block| block.split("\n}").next());
    let mut methods: BTreeSet<_> = blocks
        .flat_map(|block| block.lines().filter_map(method))
        .collect();
    methods.insert("start");
    assert!(methods.len() > 5, "{methods:?}");
    for method in methods {
        for id in [format!("{method}/x"), method.to_owned()] {
            // The client has some of these itself.
            let Ok(output) = generate(&id, "", "") else {
                continue;
            };
            let outline = generator::outline(&output.files);
            let taken = format!("MockServer<Client>::{method}(&self");
            assert!(!outline.contains(&taken), "{outline}");
            assert_eq!(outline.matches("MockServer<Client>::").count(), 2);
        }
    }
}

/// The files of the workspace's own operations.
fn operations() -> Vec<File> {
    let output = generator::generate(&super::spec(), &generator::Options::strict())
        .expect("the document is right");
    let files = output.files.into_iter();
    files
        .filter(|file| file.path.starts_with("actions/"))
        .collect()
}

/// The files of the workspace's own document, and of all that show a construct.
fn everything() -> Vec<File> {
    let directory = "tests/tests/constructs/documents";
    let documents = tests::files(&tests::workspace().join(directory));
    let documents = documents
        .into_iter()
        .map(|(name, text)| Source::new(name, text));
    let documents = documents.chain([super::spec()]);
    let outputs =
        documents.map(|source| generator::generate(&source, &generator::Options::default()));
    outputs
        .flat_map(|output| output.expect("the document is right").files)
        .collect()
}

fn is_of_operation(file: &File) -> bool {
    let is_elsewhere =
        ["types/", "client.rs", "examples", "mock/"].map(|start| file.path.starts_with(start));
    !is_elsewhere.contains(&true) && !file.path.ends_with("mod.rs")
}

/// Types and traits of the prelude that emitted code may name.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Default",
    "FnMut",
    "From",
    "Into",
    "IntoFuture",
    "Iterator",
    "Option",
    "Result",
    "Send",
    "String",
    "Sync",
    "TryFrom",
    "Vec",
];

/// The types that files import from elsewhere or have from the prelude.
fn names<'f>(files: impl Iterator<Item = &'f File>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        found.extend(imports(&file.contents));
        let lines = file.contents.lines().map(str::trim_start);
        let code = lines.filter(|line| !line.starts_with("//") && !line.starts_with('#'));
        let words = code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
        found.extend(
            words
                .filter(|word| PRELUDE.contains(word))
                .map(str::to_owned),
        );
    }
    found
}

/// The emitted code of a document with one operation.
fn generate(id: &str, operation: &str, fields: &str) -> Result<Output, Diagnostics> {
    let text = format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, version: '1' }}\n\
         {fields}\
         paths:\n  /x:\n    get:\n      operationId: {id}\n      {operation}\n      \
         responses: {{ '204': {{ description: Done }} }}\n"
    );
    let name = "api.yaml".to_owned();
    generator::generate(&Source::new(name, text), &generator::Options::strict())
}

/// The types that a file imports, but for those of the document.
fn imports(text: &str) -> BTreeSet<String> {
    let text = text.replace("\nuse ", ";\nuse ");
    let declarations = text
        .split(";\n")
        .filter_map(|item| item.strip_prefix("use "))
        .filter(|declaration| !declaration.starts_with("super::"));
    let names = declarations.flat_map(|declaration| declaration.split(['{', '}', ',', ':', ';']));
    names
        .map(|name| name.trim().to_owned())
        .filter(|name| {
            name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.contains(|c: char| c.is_ascii_lowercase())
        })
        .collect()
}

/// The name of the method that begins in a line.
fn method(line: &str) -> Option<&str> {
    let line = line.strip_prefix("    pub")?;
    let (_, signature) = line.split_once("fn ")?;
    signature.split(['(', '<']).next()
}
