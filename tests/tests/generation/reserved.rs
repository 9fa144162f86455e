//! Names that a document can't take, since emitted code and the runtime have them.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::LazyLock;

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
    let parameters = methods.iter();
    let parameters =
        parameters.map(|method| format!("{{ name: {method}, in: query, schema: {{}} }},"));
    let parameters = format!("parameters: [{}]", parameters.collect::<String>());
    let outline = outline_of(["a/x"], &parameters, "");
    for method in methods {
        let setter = format!("X::{method}_(self, ");
        assert!(outline.contains(&setter), "{method}: {outline}");
    }
}

/// An operation called like a type that the file of an operation may name has another type.
#[test]
fn types_in_files_of_operations() {
    let files = everything().filter(|file| is_of_operation(file));
    let named = names(files);
    assert!(named.len() > 30, "{named:?}");
    let outline = outline_of(named.iter().map(|name| format!("a/{name}")), "", "");
    for name in named {
        let request = format!("struct {name}Request");
        assert!(outline.contains(&request), "{name}: {outline}");
    }
}

/// A schema called like a type that the file of a type may name has another type.
#[test]
fn types_in_files_of_types() {
    let files = everything().filter(|file| file.path.starts_with("types/"));
    let named = names(files);
    assert!(named.len() > 15, "{named:?}");
    let parameter = |name| {
        format!(
            "{{ name: x{name}, in: query, schema: {{ $ref: '#/components/schemas/{name}' }} }},"
        )
    };
    let parameters: String = named.iter().map(parameter).collect();
    let schemas: String = named
        .iter()
        .map(|name| format!("{name}: {{ type: string }},"))
        .collect();
    let outline = outline_of(
        ["a/x"],
        &format!("parameters: [{parameters}]"),
        &format!("components: {{ schemas: {{ {schemas} }} }}\n"),
    );
    for name in named {
        let definition = format!("struct {name}Type");
        assert!(outline.contains(&definition), "{name}: {outline}");
    }
}

/// A namespace called like a type that the file of the client may name has another type.
#[test]
fn types_in_the_file_of_the_client() {
    let files = everything().filter(|file| file.path == "client.rs");
    let named = names(files);
    assert!(named.len() > 5, "{named:?}");
    let outline = outline_of(named.iter().map(|name| format!("{name}/x")), "", "");
    for name in named {
        let namespace = format!("struct {name}Operations");
        assert!(outline.contains(&namespace), "{name}: {outline}");
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
    let of_each = |text: &str| -> String {
        let texts = methods.iter().map(|method| text.replace("NAME", method));
        texts.collect()
    };
    let outline = outline_of(
        ["a/x"],
        "",
        &format!(
            "servers:\n- url: https://example.com{}\n  variables: {{ {} }}\n\
             components: {{ securitySchemes: {{ {} }} }}\n",
            of_each("/{NAME}"),
            of_each("NAME: { default: x },"),
            of_each("NAME: { type: apiKey, in: header, name: X-NAME },"),
        ),
    );
    let lines = outline.lines().map(str::trim);
    let setters = lines.filter_map(|line| line.strip_prefix("ClientBuilder<Client>::"));
    let setters: Vec<_> = setters.filter_map(|line| line.split('(').next()).collect();
    assert_eq!(setters.len(), 2 * methods.len(), "{outline}");
    assert!(
        !setters.iter().any(|setter| methods.contains(setter)),
        "{outline}"
    );
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
            let Ok(output) = generate([&id], "", "") else {
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
    let files = super::output().files.iter();
    files
        .filter(|file| file.path.starts_with("actions/"))
        .cloned()
        .collect()
}

/// The files of the workspace's own document, and of all that show a construct.
fn everything() -> impl Iterator<Item = &'static File> {
    static CONSTRUCTS: LazyLock<Vec<Output>> = LazyLock::new(|| {
        let directory = "tests/tests/constructs/documents";
        let documents = tests::files(&tests::workspace().join(directory));
        let documents: Vec<_> = documents.into_iter().collect();
        tests::map_in_parallel(&documents, |(name, text)| {
            let source = Source::new(name, text);
            let output = generator::generate(&source, &generator::Options::default());
            output.expect("the document is right")
        })
    });
    let outputs = CONSTRUCTS.iter().chain([super::output()]);
    outputs.flat_map(|output| &output.files)
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

/// The outline of a right document with these operations.
#[track_caller]
fn outline_of(
    ids: impl IntoIterator<Item = impl Display>,
    operation: &str,
    fields: &str,
) -> String {
    let output = generate(ids, operation, fields).expect("the document is right");
    generator::outline(&output.files)
}

/// The emitted code of a document with operations that are alike but for their ids.
fn generate(
    ids: impl IntoIterator<Item = impl Display>,
    operation: &str,
    fields: &str,
) -> Result<Output, Diagnostics> {
    let paths = ids.into_iter().enumerate().map(|(index, id)| {
        format!(
            "  /x{index}:\n    get:\n      operationId: {id}\n      {operation}\n      \
             responses: {{ '204': {{ description: Done }} }}\n"
        )
    });
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\n{fields}paths:\n{}",
        paths.collect::<String>()
    );
    generator::generate(
        &Source::new("api.yaml", text),
        &generator::Options::strict(),
    )
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
