//! Features of requests that are recognised from the document.

use generator::{File, Output, Source};
use insta::assert_snapshot;

/// The methods of the request of an operation that are no setters, save for `send`.
#[track_caller]
fn check(method: &str, operation: &str, expected: &[&str]) {
    let outline = generator::outline(&generate(method, operation, "{}"));
    let methods: Vec<_> = outline
        .lines()
        .filter(|line| !line.ends_with(" -> Self"))
        .filter_map(|line| line.split_once("X::")?.1.split_once("(self"))
        .map(|(method, _)| method)
        .filter(|method| *method != "send")
        .collect();
    assert_eq!(methods, expected);
}

const SELECTORS: &str = "parameters:\n\
    - { name: page, in: query, schema: { type: integer } }\n\
    - { name: per_page, in: query, schema: { type: integer } }\n";

const STRINGS: &str = "{ type: array, items: { type: string } }";

/// An answer 200 with a `Link` header and a body.
fn linked(schema: &str) -> String {
    format!(
        "responses:\n  '200':\n    description: One page\n    headers: {{ link: {{ schema: {{ type: string }} }} }}\n    \
         content: {{ application/json: {{ schema: {schema} }} }}\n"
    )
}

#[test]
fn lists() {
    let all = ["send_if_changed", "pages", "stream"];
    for schema in [
        STRINGS,
        &format!(
            "{{ type: object, properties: {{ count: {{ type: integer }}, list: {STRINGS} }} }}"
        ),
        &format!("{{ type: object, properties: {{ list: {{ allOf: [{STRINGS}] }} }} }}"),
        &format!("{{ oneOf: [{STRINGS}] }}"),
    ] {
        check("get", &format!("{SELECTORS}{}", linked(schema)), &all);
    }
}

#[test]
fn no_lists() {
    let once = ["send_if_changed"];
    let list = linked(STRINGS);
    check("get", &list, &once);
    check(
        "get",
        &format!("{}{list}", SELECTORS.replace("per_page", "size")),
        &once,
    );
    check(
        "get",
        &format!("{}{list}", SELECTORS.replace("query", "header")),
        &once,
    );
    check(
        "get",
        &format!("{SELECTORS}{}", list.replace("link", "x-link")),
        &once,
    );
    check(
        "get",
        &format!("{SELECTORS}{}", linked("{ type: string }")),
        &once,
    );
    let two = format!("{{ type: object, properties: {{ a: {STRINGS}, b: {STRINGS} }} }}");
    check("get", &format!("{SELECTORS}{}", linked(&two)), &once);
    check("post", &format!("{SELECTORS}{list}"), &[]);
    check("head", &format!("{SELECTORS}{list}"), &[]);
}

#[test]
fn near_lists_are_reported() {
    let reported = |operation: &str| {
        let warnings = output("get", operation, "{}").warnings;
        let messages = warnings.into_iter().map(|warning| warning.message);
        messages.collect::<String>()
    };
    let list = linked(STRINGS);
    assert_eq!(reported(&format!("{SELECTORS}{list}")), "");
    assert_eq!(reported(&list), "");
    let lacks = "almost a paginated list: it lacks ";
    for (operation, lack) in [
        (
            format!("{}{list}", SELECTORS.replace("per_page", "size")),
            "the query parameter `per_page`",
        ),
        (
            format!("{SELECTORS}{}", list.replace("link", "x-link")),
            "a `Link` header in its response",
        ),
        (
            format!("{SELECTORS}{}", linked("{ type: string }")),
            "a response that is an array, or an object with exactly one array",
        ),
    ] {
        assert_eq!(reported(&operation), format!("{lacks}{lack}"));
    }
}

/// The items of several forms of pages.
#[test]
fn items() {
    let taken = |schema: &str, more: &str| {
        let operation = format!("{SELECTORS}{}{more}", linked(schema));
        let text = contents_of("a/x.rs", &generate("get", &operation, "{}"));
        text.split_once("\nfn items")
            .map_or_else(String::new, |(_, items)| format!("fn items{items}"))
    };
    let object = format!("{{ type: object, properties: {{ list: {STRINGS} }} }}");
    let required = object.replace("object,", "object, required: [list],");
    let nullable = object.replace("array,", "array, nullable: true,");
    let or_nothing = "  '204': { description: None }\n";
    assert_eq!(taken(STRINGS, ""), "");
    assert_snapshot!(taken(&required, ""), @r"
    fn items(page: &mut types::AxResponse) -> Vec<String> {
        std::mem::take(&mut page.list)
    }
    ");
    assert_eq!(taken(&object, ""), taken(&required, ""));
    assert_snapshot!(taken(STRINGS, or_nothing), @r"
    fn items(page: &mut Option<Vec<String>>) -> Vec<String> {
        let Some(items) = page else {
            return Vec::new();
        };
        std::mem::take(items)
    }
    ");
    assert_snapshot!(taken(&nullable, or_nothing), @r"
    fn items(page: &mut Option<types::AxResponse>) -> Vec<String> {
        let Some(page) = page else {
            return Vec::new();
        };
        let Some(items) = &mut page.list else {
            return Vec::new();
        };
        std::mem::take(items)
    }
    ");
}

#[test]
fn conditions() {
    let json = linked("{ type: string }");
    check("get", &json, &["send_if_changed"]);
    check(
        "get",
        &format!("{json}  '204': {{ description: None }}\n"),
        &["send_if_changed"],
    );
    check("put", &json, &[]);
    check("get", "responses: { '204': { description: Done } }", &[]);
}

#[test]
fn downloads() {
    let redirect = "responses: { '302': { description: Elsewhere, headers: { Location: { schema: { type: string } } } } }";
    check("get", redirect, &["download"]);
    check("post", redirect, &[]);
}

#[test]
fn deletions() {
    let decode = |method: &str, responses: &str| {
        let files = generate(method, &format!("responses: {responses}"), "{}");
        let text = contents_of("a/x.rs", &files);
        let arm = text.lines().find(|line| line.contains("404 if "));
        arm.map(|arm| arm.trim().to_owned())
    };
    let json = "{ description: Told, content: { application/json: { schema: { type: string } } } }";
    let empty = Some("404 if answer.follows_lost_one() => Ok(answer.empty()),".to_owned());
    assert_eq!(decode("delete", "{ '204': { description: Done } }"), empty);
    assert_eq!(decode("delete", "{ 2XX: { description: Done } }"), empty);
    let none = Some("404 if answer.follows_lost_one() => Ok(answer.without_value()),".to_owned());
    let either = format!("{{ '200': {json}, '204': {{ description: Done }} }}");
    assert_eq!(decode("delete", &either), none);
    assert_eq!(decode("delete", &format!("{{ '200': {json} }}")), None);
    assert_eq!(decode("put", "{ '204': { description: Done } }"), None);
}

/// The properties of an object that describes content, and of others.
#[test]
fn contents() {
    let conversion = |required: &str, properties: &str| {
        let schema =
            format!("{{ type: object, required: [{required}], properties: {{ {properties} }} }}");
        let files = generate(
            "get",
            &linked("{ $ref: '#/components/schemas/Thing' }"),
            &format!("{{ Thing: {schema} }}"),
        );
        let text = contents_of("types/thing.rs", &files);
        let made = text.lines().find(|line| line.contains("Self::new("));
        made.map(|made| made.trim().to_owned())
    };
    let text = "digest: { type: string }";
    let size = "size: { type: integer }";
    let both = format!("{text}, {size}");
    let optional = "Self::new(value.digest.as_deref(), value.size)";
    assert_eq!(conversion("size", &both).as_deref(), Some(optional));
    let nullable = both.replace("string", "string, nullable: true");
    assert_eq!(
        conversion("size, digest", &nullable).as_deref(),
        Some(optional)
    );
    let required = "Self::new(Some(&value.digest), value.size)";
    assert_eq!(conversion("size, digest", &both).as_deref(), Some(required));
    let bytes = "Self::new(value.digest.as_deref(), value.size_in_bytes)";
    let more = format!("{both}, size_in_bytes: {{ type: integer }}");
    assert_eq!(
        conversion("size, size_in_bytes", &more).as_deref(),
        Some(bytes)
    );
    assert_eq!(conversion("size", &more).as_deref(), Some(optional));

    assert_eq!(conversion("digest", &both), None);
    assert_eq!(conversion("size", size), None);
    assert_eq!(conversion("digest", text), None);
    assert_eq!(
        conversion("size", &both.replace("integer", "integer, nullable: true")),
        None
    );
    assert_eq!(conversion("size", &both.replace("integer", "number")), None);
    assert_eq!(
        conversion("size", &both.replace("string", "string, format: date")),
        None
    );
    assert_eq!(conversion("size", &both.replace("string", "integer")), None);
}

/// The example of a download verifies it by the description at a path above, if there is one.
#[test]
fn examples_of_downloads() {
    let operation = |path: &str, id: &str, response: &str| {
        format!(
            "  {path}:\n    get: {{ operationId: {id}, parameters: [{{ name: id, in: path, required: true, schema: {{ type: integer }} }}], responses: {response} }}\n"
        )
    };
    let redirect = "{ '302': { description: R, headers: { Location: { required: true, schema: { type: string } } } } }";
    let thing = "{ '200': { description: R, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nservers: [{{ url: https://things.example }}]\npaths:\n{}{}{}\
         components:\n  schemas:\n    Thing: {{ type: object, required: [size], properties: {{ size: {{ type: integer }}, digest: {{ type: string }} }} }}\n",
        operation("/things/{id}", "a/thing", thing),
        operation("/things/{id}/content", "a/content", redirect),
        operation("/runs/{id}/logs", "a/logs", redirect),
    );
    let source = Source::new("api.yaml", text);
    let output = generator::generate(&source, &generator::Options::strict())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let shows = |path| contents_of(path, &output.files).contains("verify(thing)");
    assert!(shows("a/content.rs"));
    assert!(!shows("a/logs.rs"));
}

fn contents_of(path: &str, files: &[File]) -> String {
    let file = files.iter().find(|file| file.path == path);
    file.expect("the file is emitted").contents.clone()
}

/// The emitted files of a document with one operation, `a/x`.
#[track_caller]
fn generate(method: &str, operation: &str, schemas: &str) -> Vec<File> {
    output(method, operation, schemas).files
}

/// The output, whose warnings are only about near lists.
#[track_caller]
fn output(method: &str, operation: &str, schemas: &str) -> Output {
    let operation = operation.trim().replace('\n', "\n      ");
    let text = format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, version: '1' }}\n\
         paths:\n  /x:\n    {method}:\n      operationId: a/x\n      {operation}\n\
         components:\n  schemas: {schemas}\n"
    );
    let name = "api.yaml".to_owned();
    let source = Source::new(name, text);
    let output = generator::generate(&source, &generator::Options::default())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let mut rules = output.warnings.iter().map(|warning| warning.rule);
    assert!(rules.all(|rule| rule == "unrecognised-pages"));
    output
}
