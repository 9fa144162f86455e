//! Every rule that documents are held to, declared once: its level, what it means, what is lost, and an example with its
//! mend. `cargo xtask explain RULE` and `generator/RULES.md` are made from this table. What can differ from an upstream
//! document is in `drift::Rule`, what can change in `changes::Rule`.
//!
//! An **error** is what leaves no right code: nobody can tell what is meant, or it can't be sent or read. A **warning**
//! is a mistake that right code survives, or something that the client leaves out, in which case `lost` says what.

mod example;
#[cfg(test)]
mod tests;

pub use example::Example;

/// How grave a breach of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// There is no right code: nothing is generated.
    Error,
    /// The code is right all the same, save for what the rule says is lost.
    Warning,
}

/// A rule that documents are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// In kebab case: `unknown-field`.
    pub name: &'static str,
    /// Unless callers or the document want it otherwise.
    pub level: Level,
    /// What breaks it, in one sentence.
    pub explanation: &'static str,
    /// What the client then does not have or do, in one sentence.
    pub loss: Option<&'static str>,
    /// Whether the document may well mean what it says: `warnings` does not stand for the rule.
    pub is_advice: bool,
    /// A document that breaks this rule and no other, unless no small one does.
    pub example: Option<Example>,
}

impl Rule {
    /// Every rule, in the order of the stages that hold documents to them.
    pub const ALL: &'static [Self] = RULES;

    /// The rule of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }
}

/// The level of the rule of this name; nothing is known of one that is not declared.
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

/// The example in `examples/NAME.yaml`, and the options that it needs.
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
    // What was asked for.
    "unknown-rule": Error, "There is no rule of this name.";
    "invalid-allowance": Error, "Only warnings can be allowed: an error leaves no right code.";
    "unused-allowance": Error, "A rule is allowed to be broken, and is not broken.";
    "unmatched-pattern": Error, "A pattern is that of no operation's id or tag."
        example only "cats";
    "left-out": Warning, "An operation can't be expressed, and such operations are to be left out."
        lost "The client has no method for it." example partial;

    // Files.
    "document-unreadable": Error, "A file does not exist, or cannot be read." example none;
    "document-encoding": Error, "A file is not UTF-8." example none;

    // Text.
    "empty-document": Error, "The document is empty.";
    "invalid-yaml": Error, "The document is not YAML.";
    "invalid-json": Error, "The document is not JSON.";
    "merge-conflict": Error, "A merge has left its conflict markers.";
    "multiple-documents": Error, "A file holds several documents, and nothing says which one is meant.";
    "unsupported-key": Error, "JSON has only texts for keys.";
    "unsupported-tag": Error, "A YAML tag says that a value is something that JSON has no word for.";
    "merge-key": Warning, "YAML 1.2 has no merge keys: `<<` is taken as in YAML 1.1, and other readers may take it otherwise.";
    "recursive-alias": Error, "A YAML alias stands within its own anchor.";
    "too-deep": Error, "Values or schemas are nested too deeply to be read.";
    "too-large": Error, "A text has too many values, or aliases or references stand for too many.";
    "unrepresentable-number": Warning, "A number has no exact value in 64 bits."
        lost "The nearest number is taken, and none where there is no nearest.";
    "duplicate-key": Warning, "An object has a key twice."
        lost "The last value counts, as with most readers of JSON and YAML.";

    // Fields and keys.
    "unsupported-version": Error, "The document is not an OpenAPI document of version 3.0 or 3.1.";
    "incomplete-version": Warning, "The version of OpenAPI has no patch number: it is read as any with one.";
    "unknown-field": Warning, "OpenAPI has no such field here."
        lost "The field is ignored.";
    "misspelt-extension": Warning, "An extension has nearly the name of one of ours."
        lost "The extension is ignored.";
    "missing-field": Warning, "A field is missing that OpenAPI asks for.";
    "misplaced-field": Warning, "A field says nothing where it stands.";
    "wrong-type": Warning, "A field has a value of another type than OpenAPI asks for."
        lost "The field is ignored.";
    "unknown-value": Warning, "A field has a value that is not among those it may have."
        lost "The field is ignored; a parameter that goes nowhere is not sent.";
    "conflicting-fields": Warning, "Two fields are given of which only one may be."
        lost "One of them is ignored.";
    "empty-object": Warning, "An object is empty that should say something.";
    "empty-list": Warning, "A list is empty that should name something.";
    "duplicate-value": Warning, "A list has a value twice.";
    "invalid-component-name": Warning, "The name of a component has characters that OpenAPI does not allow.";
    "invalid-status": Warning, "A response is not for a status, a range of them, or `default`."
        lost "The response is ignored.";
    "invalid-media-type": Warning, "A media type is not of the form `type/subtype`."
        lost "The client does not know what such a body holds: it is bytes.";
    "misspelt-media-type": Warning, "There is no such media type: it is taken for the one that is meant.";

    // References.
    "malformed-reference": Error, "A `$ref` is no reference into the document.";
    "external-reference": Error, "A `$ref` leads to what is neither in the document nor in a file beside it.";
    "unresolved-reference": Error, "A `$ref` leads nowhere, in a part of the document that is used.";
    "wrong-reference-kind": Error, "A `$ref` leads to a thing of another kind than is wanted.";
    "mistaken-reference": Warning, "A `$ref` misses what it means, and can mean only one thing: it is followed there.";
    "untyped-reference": Warning, "A `$ref` leads to a thing of another kind where a schema or a response is wanted."
        lost "The value may be anything, and nothing is known of the response's body.";
    "unneeded-reference": Warning, "A `$ref` leads nowhere or to a thing of another kind, and nothing comes of it: it is to an example, or to the schema of a body that is text or bytes.";
    "inline-reference": Warning, "A `$ref` leads into the middle of something rather than to a component.";
    "unsupported-reference": Warning, "OpenAPI has no `$ref` here."
        lost "What it leads to is not looked at.";
    "misplaced-reference": Warning, "OpenAPI has no `$ref` in the place of media types: it is followed all the same.";
    "ignored-sibling": Warning, "A field stands beside a `$ref`, where OpenAPI ignores it."
        lost "The field is ignored.";
    "circular-reference": Error, "A component is defined by nothing but a reference to itself.";
    "self-composition": Warning, "A schema is among the parts that it is composed of, which adds nothing.";
    "circular-composition": Error, "A schema is composed of itself, and there is no type for it yet.";

    // Paths and operations.
    "invalid-path": Error, "The braces of a path do not make parameters, so that it can't be sent.";
    "unusual-path": Warning, "A path has something that is no path: it is sent as URLs are read.";
    "equivalent-path": Warning, "Two paths match the same requests.";
    "missing-operation-id": Warning, "An operation has no `operationId`: it is named by its method and path.";
    "duplicate-operation-id": Warning, "Two operations have one `operationId`: they are told apart by number.";
    "shared-name": Warning, "Several things would have one name in Rust: they are told apart by number.";
    "unresolved-operation": Warning, "A link leads to an operation that does not exist."
        lost "The link is ignored.";
    "undeclared-path-parameter": Warning, "A path has a parameter that is not described: it is a required text.";
    "unrecognised-pages": Warning, "An operation lacks one thing only to be a list of pages."
        lost "The request has no `pages` and no `stream`." => advice;
    "unused-path-parameter": Warning, "A parameter is to go into the path, which has no place for it."
        lost "The parameter is not sent.";
    "optional-path-parameter": Warning, "A parameter of the path is optional: it is required all the same.";
    "duplicate-parameter": Warning, "A parameter is listed twice."
        lost "The last description counts.";
    "ambiguous-parameter": Warning, "A parameter goes into two places by one name: both are told apart by number.";
    "missing-schema": Warning, "Nothing says what a parameter or a body looks like: it may be anything.";
    "invalid-content": Warning, "A parameter has not exactly one media type."
        lost "The first one counts.";
    "ignored-header": Warning, "A parameter is a header that OpenAPI describes elsewhere."
        lost "The parameter is not sent; the client has its own ways to set that header.";
    "invalid-header-name": Warning, "A header has a name that can't be sent."
        lost "The header is neither sent nor read.";
    "undeclared-tag": Warning, "A tag is not among those the document lists.";
    "duplicate-tag": Warning, "A tag is listed twice.";

    // Schemas.
    "unknown-type": Warning, "OpenAPI has no such `type`."
        lost "The value may be anything.";
    "null-type": Warning, "A document of OpenAPI 3.0 has null as an alternative, as 3.1 writes it: null is allowed.";
    "misspelt-format": Warning, "A format has nearly the name of one that is known."
        lost "The value has no format.";
    "outdated-keyword": Warning, "A document of OpenAPI 3.1 says something as 3.0 does: it is taken as it is meant.";
    "misplaced-keyword": Warning, "A keyword says nothing about values of the schema's type.";
    "missing-items": Warning, "An array has no `items`: it may hold anything.";
    "unknown-required-property": Warning, "A property is required that is not described: it may be anything.";
    "invalid-pattern": Warning, "A pattern is no regular expression of ECMAScript."
        lost "Texts are not held to the pattern.";
    "impossible-bounds": Warning, "No value can keep the bounds, or they are beyond the type."
        lost "Values are not held to the bounds.";
    "enum-contradicts-type": Warning, "An enumerated value is not of the schema's type.";
    "default-contradicts-schema": Warning, "A default contradicts its schema."
        lost "The value has no default.";
    "example-contradicts-schema": Warning, "An example contradicts its schema."
        lost "No test is made of the example.";
    "unreachable-discriminator": Warning, "A value of a discriminator leads to no schema of the union."
        lost "The value chooses nothing.";
    "conflicting-schemas": Warning, "Schemas must hold at once that no value can meet together."
        lost "The type admits what any of them does.";
    "lossy-schema": Warning, "A schema says something that no type of Rust can."
        lost "The type admits more than the schema.";
    "schema-too-deep": Error, "Schemas contain each other too deeply for a Rust type." example none;

    // Servers and security.
    "invalid-server-url": Warning, "A server's URL is malformed."
        lost "The client does not know the server.";
    "relative-server": Warning, "A server's URL is relative: callers have to give the client its base URL.";
    "incomplete-server": Warning, "A variable that is empty by default leaves a server's URL without a host."
        lost "Callers have to give the variable's value; an operation's own server is not used.";
    "undeclared-server-variable": Warning, "A variable of a server's URL is not described: callers have to give its value.";
    "unused-server-variable": Warning, "A variable is described that the server's URL does not have.";
    "default-not-in-enum": Warning, "The default of a server's variable is not among the values it may have.";
    "undeclared-security-scheme": Warning, "A security requirement names a scheme that is not described."
        lost "Nothing is sent for it.";
    "unsupported-security": Warning, "The client does not know the security scheme."
        lost "Callers give the whole `Authorization` header for another scheme of `http`; for others, nothing is sent.";
    "unexpected-scopes": Warning, "Scopes are given for a security scheme that has none.";

    // What can't be expressed.
    "no-operations": Error, "The document describes neither operations nor schemas, or every operation is left out: there is nothing to generate.";
    "invalid-extension": Warning, "An extension called like one of ours says something else."
        lost "The extension is ignored.";
    "unsupported-request-body": Error, "A body can't be sent.";
    "unusual-request-body": Warning, "A body is described for GET or HEAD, whose requests have none as a rule: it is sent, and what is on its way may drop or refuse it.";
    "forbidden-request-body": Warning, "A body is described for a method that HTTP forbids one for."
        lost "The body is not sent.";
    "engine-refusal": Error, "Progenitor refuses a part of the document." example none;
    "engine-surprise": Error, "Progenitor has emitted something that the generator does not know." example none;
    "unreadable-code": Error, "What was emitted is no Rust." example none;

    // What is wrong with `spec/drift.yaml`, or with an upstream description.
    "missing-reason": Error, "A waiver gives no reason." example none;
    "stale-waiver": Error, "A word of a waiver matches nothing." example none;
    "stale-pin": Error, "A pin is of an operation that is not in both documents." example none;
    "pins-layout": Error, "The pins can't be written into the file as it is laid out." example none;
    "not-openapi": Error, "The upstream description is no OpenAPI 3 document." example none;
};
