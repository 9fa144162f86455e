//! The table of the rules for documents: level, explanation, loss, and an example with its fix. `cargo xtask explain RULE`
//! and `generator/RULES.md` are made from it. Rules of drift are in `drift::Rule`, rules of changes in `changes::Rule`.
//!
//! An **error** leaves no right code: the meaning is ambiguous, or the request can't be sent, or the response can't be
//! read. A **warning** is a mistake with right code all the same, or with a loss in the client, stated in `lost`.

mod example;
#[cfg(test)]
mod tests;

pub use example::Example;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No right code is possible; nothing is generated.
    Error,
    /// The code is right, except for the rule's loss.
    Warning,
}

/// A rule for documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Name in kebab case: `unknown-field`.
    pub name: &'static str,
    /// Default level; callers and the document can change it.
    pub level: Level,
    /// The mistake, in one sentence.
    pub explanation: &'static str,
    /// The loss in the client, in one sentence.
    pub loss: Option<&'static str>,
    /// Whether the rule is only advice, which `--deny warnings` leaves out.
    pub is_advice: bool,
    /// A document that breaks only this rule; `None` if no small one does.
    pub example: Option<Example>,
}

impl Rule {
    /// Every rule, in the order of the stages that check them.
    pub const ALL: &'static [Self] = RULES;

    /// Returns the rule of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }
}

/// The level of the rule of this name; an error for an unknown one.
pub(super) fn level(name: &str) -> Level {
    Rule::named(name).map_or(Level::Error, |rule| rule.level)
}

macro_rules! rules {
    ($($name:literal: $level:ident, $explanation:literal
        $(lost $loss:literal)? $(example $how:ident $($pattern:literal)?)? $(=> $advice:ident)?;)*) => {
        &[$(Rule {
            name: $name,
            level: Level::$level,
            explanation: $explanation,
            loss: lost!($($loss)?),
            is_advice: advice!($($advice)?),
            example: example!($name $($how $($pattern)?)?),
        },)*]
    };
}

macro_rules! lost {
    () => {
        None
    };
    ($loss:literal) => {
        Some($loss)
    };
}

macro_rules! advice {
    () => {
        false
    };
    (advice) => {
        true
    };
}

/// The example in `examples/NAME.yaml`, with the options that it needs.
macro_rules! example {
    ($name:literal none) => {
        None
    };
    ($name:literal) => {
        Some(Example::new(text!($name)))
    };
    ($name:literal partial) => {
        Some(Example::new(text!($name)).partial())
    };
    ($name:literal only $pattern:literal) => {
        Some(Example::new(text!($name)).only($pattern))
    };
}

macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("examples/", $name, ".yaml"))
    };
}

const RULES: &[Rule] = rules! {
    // Options.
    "unknown-rule": Error, "There is no rule of this name.";
    "invalid-allowance": Error, "Only warnings can be allowed: an error leaves no right code.";
    "unused-allowance": Error, "The document allows a rule that nothing in it breaks.";
    "unmatched-pattern": Error, "A pattern matches no operation's id or tag."
        example only "cats";
    "left-out": Warning, "An operation can't be generated, and `--partial` leaves it out."
        lost "The client has no method for it." example partial;

    // Files.
    "document-unreadable": Error, "A file does not exist or cannot be read." example none;
    "document-encoding": Error, "A file is not UTF-8." example none;

    // Text.
    "empty-document": Error, "The document is empty.";
    "invalid-yaml": Error, "The document is not valid YAML.";
    "invalid-json": Error, "The document is not valid JSON.";
    "merge-conflict": Error, "The document has conflict markers of a merge.";
    "multiple-documents": Error, "A file has several documents; only one is allowed.";
    "unsupported-key": Error, "A key is not a scalar; JSON has only strings as keys.";
    "unsupported-tag": Error, "A YAML tag names a type that JSON does not have.";
    "merge-key": Warning, "YAML 1.2 has no merge keys: `<<` is read as in YAML 1.1, but other parsers may ignore it.";
    "recursive-alias": Error, "A YAML alias is inside its own anchor.";
    "too-deep": Error, "Values or schemas are nested too deeply.";
    "too-large": Error, "A file has too many values, or its aliases or references expand to too many.";
    "unrepresentable-number": Warning, "A number can't be represented exactly in 64 bits."
        lost "The nearest number is used, or none if it is out of range.";
    "duplicate-key": Warning, "An object has the same key twice."
        lost "The last value is used, as in most parsers of JSON and YAML.";

    // Fields and keys.
    "unsupported-version": Error, "The document is not an OpenAPI document of version 3.0 or 3.1.";
    "incomplete-version": Warning, "The version of OpenAPI has no patch number; the document is read as usual.";
    "unknown-field": Warning, "OpenAPI has no such field here."
        lost "The field is ignored.";
    "misspelt-extension": Warning, "The name of an extension is almost that of one of ours."
        lost "The extension is ignored.";
    "missing-field": Warning, "A field that OpenAPI requires is missing.";
    "misplaced-field": Warning, "A field has no effect here.";
    "wrong-type": Warning, "The value of a field does not have the type that OpenAPI requires."
        lost "The field is ignored.";
    "unknown-value": Warning, "The value of a field is not one of the allowed values."
        lost "The field is ignored; a parameter with an unknown `in` is not sent.";
    "conflicting-fields": Warning, "Two fields exclude each other."
        lost "One of them is ignored.";
    "empty-object": Warning, "An object is empty but needs content.";
    "empty-list": Warning, "A list is empty but needs entries.";
    "duplicate-value": Warning, "A list has the same value twice.";
    "invalid-component-name": Warning, "The name of a component has characters that OpenAPI does not allow.";
    "invalid-status": Warning, "The key of a response is not a status, a range of statuses, or `default`."
        lost "The response is ignored.";
    "invalid-media-type": Warning, "A media type does not have the form `type/subtype`."
        lost "The client treats the body as bytes.";
    "misspelt-media-type": Warning, "A media type is misspelt; the intended one is used.";

    // References.
    "malformed-reference": Error, "A `$ref` is not a valid reference.";
    "external-reference": Error, "The target of a `$ref` is neither in the document nor in a file beside it.";
    "unresolved-reference": Error, "The target of a `$ref` does not exist, and an operation or schema needs it.";
    "wrong-reference-kind": Error, "The target of a `$ref` is of the wrong kind.";
    "mistaken-reference": Warning, "A `$ref` is wrong, but only one target is possible; that one is used.";
    "untyped-reference": Warning, "The target of a `$ref` is not a schema or response, but one is expected here."
        lost "The value is any JSON; the body of the response is unknown.";
    "unneeded-reference": Warning, "A `$ref` is broken, but the client does not need its target: an example, or the schema of a text or binary body.";
    "inline-reference": Warning, "The target of a `$ref` is a part of something, not a component.";
    "unsupported-reference": Warning, "OpenAPI allows no `$ref` here."
        lost "Its target is ignored.";
    "misplaced-reference": Warning, "OpenAPI allows no `$ref` in place of media types; its target is used all the same.";
    "ignored-sibling": Warning, "OpenAPI ignores fields beside a `$ref`."
        lost "The field is ignored.";
    "circular-reference": Error, "A component is only a reference to itself.";
    "self-composition": Warning, "A schema is listed in its own `allOf`, which has no effect.";
    "circular-composition": Error, "A schema is composed of itself; the generator has no type for that.";

    // Paths and operations.
    "invalid-path": Error, "The braces of a path do not form parameters, so no URL can be built.";
    "unusual-path": Warning, "A path has something that does not belong in a path; it is sent as a URL parser reads it.";
    "equivalent-path": Warning, "Two paths match the same requests.";
    "missing-operation-id": Warning, "An operation has no `operationId`; it is named after its method and path.";
    "duplicate-operation-id": Warning, "Several operations have the same `operationId`; all but the first get a number.";
    "shared-name": Warning, "Several names map to the same Rust name; all but the first get a number, or the location of a parameter.";
    "unresolved-operation": Warning, "The operation of a link does not exist."
        lost "The link is ignored.";
    "undeclared-path-parameter": Warning, "A parameter of the path is not declared; it becomes a required string.";
    "unrecognised-pages": Warning, "An operation lacks only one thing to be a paginated list."
        lost "The request has no `pages` and no `stream`." => advice;
    "unused-path-parameter": Warning, "A parameter has `in: path`, but the path does not name it."
        lost "The parameter is not sent.";
    "optional-path-parameter": Warning, "A parameter of the path is declared optional; it is required all the same.";
    "duplicate-parameter": Warning, "A parameter is listed twice."
        lost "The last declaration is used.";
    "ambiguous-parameter": Warning, "Two parameters with different `in` have the same name; one of them gets its location in its Rust name.";
    "missing-schema": Warning, "A parameter or body has no schema; it may be any value.";
    "invalid-content": Warning, "A parameter must have exactly one media type."
        lost "The first one is used.";
    "ignored-header": Warning, "A parameter is a header that OpenAPI declares elsewhere."
        lost "The parameter is not sent; the client sets that header in other ways.";
    "invalid-header-name": Warning, "The name of a header is not valid in HTTP."
        lost "The header is neither sent nor read.";
    "undeclared-tag": Warning, "A tag is not in the document's list of tags.";
    "duplicate-tag": Warning, "A tag is listed twice.";

    // Schemas.
    "unknown-type": Warning, "OpenAPI has no such `type`."
        lost "The value may be anything.";
    "null-type": Warning, "A document of OpenAPI 3.0 uses the type `null` of 3.1; null is allowed.";
    "misspelt-format": Warning, "The name of a format is almost that of a known one."
        lost "The value has no format.";
    "outdated-keyword": Warning, "A document of OpenAPI 3.1 uses a keyword of 3.0; it is read as in 3.0.";
    "misplaced-keyword": Warning, "A keyword has no effect on the schema's type.";
    "missing-items": Warning, "An array has no `items`; its items may be any value.";
    "unknown-required-property": Warning, "A required property is not declared; it may be any value.";
    "invalid-pattern": Warning, "A pattern is not a valid regular expression of ECMAScript."
        lost "The pattern is not checked.";
    "impossible-bounds": Warning, "No value can satisfy the bounds, or they exceed the type."
        lost "The bounds are not checked.";
    "enum-contradicts-type": Warning, "A value of `enum` does not have the schema's type.";
    "default-contradicts-schema": Warning, "A default contradicts its schema."
        lost "The value has no default.";
    "example-contradicts-schema": Warning, "An example contradicts its schema."
        lost "The example gets no test.";
    "unreachable-discriminator": Warning, "A value of a discriminator maps to no schema of the union."
        lost "The value selects no variant.";
    "conflicting-schemas": Warning, "A value must match several schemas that exclude each other."
        lost "The type accepts values of any of them.";
    "lossy-schema": Warning, "A schema has a constraint that a Rust type can't express."
        lost "The type accepts more than the schema.";
    "schema-too-deep": Error, "Schemas are nested too deeply for a Rust type." example none;

    // Servers and security.
    "invalid-server-url": Warning, "A server's URL is malformed."
        lost "The client does not know the server.";
    "relative-server": Warning, "A server's URL is relative; callers must set the client's base URL.";
    "incomplete-server": Warning, "A server's URL has no host, because the default of a variable is empty."
        lost "Callers must set the variable; a server of a single operation is not used.";
    "undeclared-server-variable": Warning, "A variable of a server's URL is not declared; callers must set it.";
    "unused-server-variable": Warning, "A variable is declared, but the server's URL does not name it.";
    "default-not-in-enum": Warning, "The default of a server's variable is not in its `enum`.";
    "undeclared-security-scheme": Warning, "A security requirement names a scheme that is not declared."
        lost "No credentials are sent for it.";
    "unsupported-security": Warning, "The client does not support the security scheme."
        lost "For an unknown `http` scheme, callers must supply the whole `Authorization` header; for other types, no credentials are sent.";
    "unexpected-scopes": Warning, "A security requirement lists scopes for a scheme without scopes.";

    // Generation.
    "no-operations": Error, "There is nothing to generate: the document has neither operations nor schemas, or every operation is left out.";
    "invalid-extension": Warning, "The value of one of our extensions is malformed."
        lost "The extension is ignored.";
    "unsupported-request-body": Error, "The client can't send the body.";
    "unusual-request-body": Warning, "A GET or HEAD request has a body, which is unusual; it is sent, but proxies and servers may drop or refuse it.";
    "forbidden-request-body": Warning, "A request has a body, but HTTP forbids one for its method."
        lost "The body is not sent.";
    "engine-refusal": Error, "Progenitor refuses a part of the document." example none;
    "engine-surprise": Error, "Progenitor emitted code in a form that the generator does not know." example none;
    "unreadable-code": Error, "The emitted code is not valid Rust." example none;

    // `spec/drift.yaml` and upstream descriptions.
    "missing-reason": Error, "A waiver has no reason." example none;
    "stale-waiver": Error, "A waiver, or a rule, operation, pointer or upstream of it, matches nothing." example none;
    "stale-pin": Error, "The operation of a pin is not in both documents." example none;
    "pins-layout": Error, "The layout of the file leaves no place to write the pins." example none;
    "not-openapi": Error, "The upstream description is not an OpenAPI 3 document." example none;
};
