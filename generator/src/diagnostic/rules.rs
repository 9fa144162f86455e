//! Every rule that documents are held to, declared once: its level, and what it means. The rules of the ledger that
//! [`drift`](crate::drift) reads are its own, and all errors.
//!
//! An **error** is what leaves no right code: nobody can tell what is meant, or it can't be sent or read. A **warning**
//! is a mistake that right code survives, or something that the client leaves out, in which case `loss` says what.

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

const fn error(name: &'static str, explanation: &'static str) -> Rule {
    Rule {
        name,
        level: Level::Error,
        explanation,
        loss: None,
    }
}

const fn warning(name: &'static str, explanation: &'static str) -> Rule {
    Rule {
        name,
        level: Level::Warning,
        explanation,
        loss: None,
    }
}

const fn lossy(name: &'static str, explanation: &'static str, loss: &'static str) -> Rule {
    Rule {
        name,
        level: Level::Warning,
        explanation,
        loss: Some(loss),
    }
}

const RULES: &[Rule] = &[
    // What was asked for.
    error("unknown-rule", "There is no rule of this name."),
    error(
        "invalid-allowance",
        "Only warnings can be allowed: an error leaves no right code.",
    ),
    error(
        "unused-allowance",
        "A rule is allowed to be broken, and is not broken.",
    ),
    error(
        "unmatched-pattern",
        "A pattern is that of no operation's id or tag.",
    ),
    lossy(
        "left-out",
        "An operation can't be expressed, and such operations are to be left out.",
        "The client has no method for it.",
    ),
    // Text.
    error("empty-document", "The document is empty."),
    error("invalid-yaml", "The document is not YAML."),
    error("invalid-json", "The document is not JSON."),
    error("merge-conflict", "A merge has left its conflict markers."),
    error(
        "multiple-documents",
        "A file holds several documents, and nothing says which one is meant.",
    ),
    error("unsupported-key", "JSON has only texts for keys."),
    error(
        "unsupported-tag",
        "A YAML tag says that a value is something that JSON has no word for.",
    ),
    warning(
        "merge-key",
        "YAML 1.2 has no merge keys: `<<` is taken as in YAML 1.1, and other readers may take it otherwise.",
    ),
    error(
        "recursive-alias",
        "A YAML alias stands within its own anchor.",
    ),
    error(
        "too-deep",
        "Values or schemas are nested too deeply to be read.",
    ),
    error(
        "too-large",
        "YAML aliases or references stand for too many values.",
    ),
    lossy(
        "unrepresentable-number",
        "A number has no exact value in 64 bits.",
        "The nearest number is taken, and none where there is no nearest.",
    ),
    lossy(
        "duplicate-key",
        "An object has a key twice.",
        "The last value counts, as with most readers of JSON and YAML.",
    ),
    // Fields and keys.
    error(
        "unsupported-version",
        "The document is not an OpenAPI document of version 3.0 or 3.1.",
    ),
    lossy(
        "unknown-field",
        "OpenAPI has no such field here.",
        "The field is ignored.",
    ),
    lossy(
        "misspelt-extension",
        "An extension has nearly the name of one of ours.",
        "The extension is ignored.",
    ),
    warning("missing-field", "A field is missing that OpenAPI asks for."),
    warning("misplaced-field", "A field says nothing where it stands."),
    lossy(
        "wrong-type",
        "A field has a value of another type than OpenAPI asks for.",
        "The field is ignored.",
    ),
    lossy(
        "unknown-value",
        "A field has a value that is not among those it may have.",
        "The field is ignored; a parameter that goes nowhere is not sent.",
    ),
    lossy(
        "conflicting-fields",
        "Two fields are given of which only one may be.",
        "One of them is ignored.",
    ),
    warning(
        "empty-object",
        "An object is empty that should say something.",
    ),
    warning("empty-list", "A list is empty that should name something."),
    warning("duplicate-value", "A list has a value twice."),
    warning(
        "invalid-component-name",
        "The name of a component has characters that OpenAPI does not allow.",
    ),
    lossy(
        "invalid-status",
        "A response is not for a status, a range of them, or `default`.",
        "The response is ignored.",
    ),
    lossy(
        "invalid-media-type",
        "A media type is not of the form `type/subtype`.",
        "The client does not know what such a body holds: it is bytes.",
    ),
    // References.
    error(
        "malformed-reference",
        "A `$ref` is no reference into the document.",
    ),
    error(
        "external-reference",
        "A `$ref` leads to what is neither in the document nor in a file beside it.",
    ),
    error(
        "unresolved-reference",
        "A `$ref` leads nowhere, in a part of the document that is used.",
    ),
    error(
        "wrong-reference-kind",
        "A `$ref` leads to a thing of another kind than is wanted.",
    ),
    warning(
        "unneeded-reference",
        "A `$ref` leads to no schema, and nothing comes of it: the body is text or bytes, whatever its schema says.",
    ),
    warning(
        "inline-reference",
        "A `$ref` leads into the middle of something rather than to a component.",
    ),
    lossy(
        "unsupported-reference",
        "OpenAPI has no `$ref` here.",
        "What it leads to is not looked at.",
    ),
    lossy(
        "ignored-sibling",
        "A field stands beside a `$ref`, where OpenAPI ignores it.",
        "The field is ignored.",
    ),
    error(
        "circular-reference",
        "A component is defined by nothing but a reference to itself.",
    ),
    error(
        "circular-composition",
        "A schema is composed of itself, and there is no type for it yet.",
    ),
    // Paths and operations.
    error(
        "invalid-path",
        "The braces of a path do not make parameters, so that it can't be sent.",
    ),
    warning(
        "unusual-path",
        "A path has something that is no path: it is sent as URLs are read.",
    ),
    warning("equivalent-path", "Two paths match the same requests."),
    warning(
        "missing-operation-id",
        "An operation has no `operationId`: it is named by its method and path.",
    ),
    warning(
        "duplicate-operation-id",
        "Two operations have one `operationId`: they are told apart by number.",
    ),
    warning(
        "shared-name",
        "Several things would have one name in Rust: they are told apart by number.",
    ),
    lossy(
        "unresolved-operation",
        "A link leads to an operation that does not exist.",
        "The link is ignored.",
    ),
    warning(
        "undeclared-path-parameter",
        "A path has a parameter that is not described: it is a required text.",
    ),
    lossy(
        "unused-path-parameter",
        "A parameter is to go into the path, which has no place for it.",
        "The parameter is not sent.",
    ),
    warning(
        "optional-path-parameter",
        "A parameter of the path is optional: it is required all the same.",
    ),
    lossy(
        "duplicate-parameter",
        "A parameter is listed twice.",
        "The last description counts.",
    ),
    warning(
        "ambiguous-parameter",
        "A parameter goes into two places by one name: both are told apart by number.",
    ),
    warning(
        "missing-schema",
        "Nothing says what a parameter or a body looks like: it may be anything.",
    ),
    lossy(
        "invalid-content",
        "A parameter has not exactly one media type.",
        "The first one counts.",
    ),
    lossy(
        "ignored-header",
        "A parameter is a header that OpenAPI describes elsewhere.",
        "The parameter is not sent; the client has its own ways to set that header.",
    ),
    lossy(
        "invalid-header-name",
        "A header has a name that can't be sent.",
        "The header is neither sent nor read.",
    ),
    warning(
        "undeclared-tag",
        "A tag is not among those the document lists.",
    ),
    warning("duplicate-tag", "A tag is listed twice."),
    // Schemas.
    lossy(
        "unknown-type",
        "OpenAPI has no such `type`.",
        "The value may be anything.",
    ),
    lossy(
        "misspelt-format",
        "A format has nearly the name of one that is known.",
        "The value has no format.",
    ),
    warning(
        "outdated-keyword",
        "A document of OpenAPI 3.1 says something as 3.0 does: it is taken as it is meant.",
    ),
    warning(
        "misplaced-keyword",
        "A keyword says nothing about values of the schema's type.",
    ),
    warning(
        "missing-items",
        "An array has no `items`: it may hold anything.",
    ),
    warning(
        "unknown-required-property",
        "A property is required that is not described: it may be anything.",
    ),
    lossy(
        "invalid-pattern",
        "A pattern is no regular expression of ECMAScript.",
        "Texts are not held to the pattern.",
    ),
    lossy(
        "impossible-bounds",
        "No value can keep the bounds, or they are beyond the type.",
        "Values are not held to the bounds.",
    ),
    warning(
        "enum-contradicts-type",
        "An enumerated value is not of the schema's type.",
    ),
    lossy(
        "default-contradicts-schema",
        "A default contradicts its schema.",
        "The value has no default.",
    ),
    lossy(
        "example-contradicts-schema",
        "An example contradicts its schema.",
        "No test is made of the example.",
    ),
    lossy(
        "unreachable-discriminator",
        "A value of a discriminator leads to no schema of the union.",
        "The value chooses nothing.",
    ),
    lossy(
        "conflicting-schemas",
        "Schemas must hold at once that no value can meet together.",
        "The type admits what any of them does.",
    ),
    lossy(
        "lossy-schema",
        "A schema says something that no type of Rust can.",
        "The type admits more than the schema.",
    ),
    error(
        "schema-too-deep",
        "Schemas contain each other too deeply for a Rust type.",
    ),
    // Servers and security.
    lossy(
        "invalid-server-url",
        "A server's URL is malformed.",
        "The client does not know the server.",
    ),
    warning(
        "relative-server",
        "A server's URL is relative: callers have to give the client its base URL.",
    ),
    lossy(
        "incomplete-server",
        "A variable that is empty by default leaves a server's URL without a host.",
        "Callers have to give the variable's value; an operation's own server is not used.",
    ),
    warning(
        "undeclared-server-variable",
        "A variable of a server's URL is not described: callers have to give its value.",
    ),
    warning(
        "unused-server-variable",
        "A variable is described that the server's URL does not have.",
    ),
    warning(
        "default-not-in-enum",
        "The default of a server's variable is not among the values it may have.",
    ),
    lossy(
        "undeclared-security-scheme",
        "A security requirement names a scheme that is not described.",
        "Nothing is sent for it.",
    ),
    lossy(
        "unsupported-security",
        "The client does not know the security scheme.",
        "Callers give the whole `Authorization` header for another scheme of `http`; for others, nothing is sent.",
    ),
    warning(
        "unexpected-scopes",
        "Scopes are given for a security scheme that has none.",
    ),
    // What can't be expressed.
    error(
        "no-operations",
        "The document describes no operation: there is nothing to generate.",
    ),
    lossy(
        "invalid-extension",
        "An extension called like one of ours says something else.",
        "The extension is ignored.",
    ),
    error("unsupported-request-body", "A body can't be sent."),
    warning(
        "unusual-request-body",
        "A body is described for a method that HTTP has no use of one for: it is sent, and servers may ignore it.",
    ),
    lossy(
        "forbidden-request-body",
        "A body is described for a method that HTTP forbids one for.",
        "The body is not sent.",
    ),
    error(
        "engine-refusal",
        "Progenitor refuses a part of the document.",
    ),
    error(
        "engine-surprise",
        "Progenitor has emitted something that the generator does not know.",
    ),
    error("unreadable-code", "What was emitted is no Rust."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use syn::punctuated::Punctuated;
    use syn::visit_mut::{self, VisitMut};
    use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, ExprTuple, ItemConst, Lit, Token};

    use super::{Level, Rule};

    /// Names that stand where rules do.
    const OTHERS: &[&str] = &["content-type"];

    /// The names of rules in a source: kebab-case literals that come first in a call or a tuple, and `const RULE`.
    #[derive(Default)]
    struct Used(BTreeSet<String>);

    impl Used {
        fn first(&mut self, list: &Punctuated<Expr, Token![,]>) {
            if let (Some(first), true) = (list.first(), list.len() > 1) {
                self.literal(first);
            }
        }

        fn literal(&mut self, expr: &Expr) {
            let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = expr
            else {
                return;
            };
            let text = text.value();
            let is_word = |word: &str| {
                let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.';
                !word.is_empty() && word.chars().all(is_plain)
            };
            if text.contains('-')
                && text.split('-').all(is_word)
                && !OTHERS.contains(&text.as_str())
            {
                self.0.insert(text);
            }
        }
    }

    impl VisitMut for Used {
        fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
            self.first(&call.args);
            visit_mut::visit_expr_call_mut(self, call);
        }

        fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
            self.first(&call.args);
            visit_mut::visit_expr_method_call_mut(self, call);
        }

        fn visit_expr_tuple_mut(&mut self, tuple: &mut ExprTuple) {
            self.first(&tuple.elems);
            visit_mut::visit_expr_tuple_mut(self, tuple);
        }

        fn visit_item_const_mut(&mut self, item: &mut ItemConst) {
            if item.ident == "RULE" {
                self.literal(&item.expr);
            }
        }

        /// Tests invent names.
        fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
            if item.ident != "tests" {
                visit_mut::visit_item_mod_mut(self, item);
            }
        }
    }

    fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("drift") {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn the_rules_in_use_are_those_that_are_declared() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        sources(&root, &mut files);
        let mut used = Used::default();
        let mut texts = String::new();
        for file in files {
            // The table itself.
            if !file.ends_with("diagnostic/rules.rs") {
                let text = std::fs::read_to_string(&file).unwrap();
                used.visit_file_mut(&mut syn::parse_file(&text).unwrap());
                texts.push_str(&text);
            }
        }
        let known = |name: &String| Rule::named(name).is_some();
        let undeclared: Vec<_> = used.0.iter().filter(|name| !known(name)).collect();
        assert_eq!(undeclared, [""; 0]);
        let is_unused = |name: &&str| !texts.contains(&format!("\"{name}\""));
        let names = Rule::ALL.iter().map(|rule| rule.name);
        let unused: Vec<_> = names.filter(is_unused).collect();
        assert_eq!(unused, [""; 0]);
    }

    #[test]
    fn rules_are_declared_once_and_explained() {
        let names: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            for text in [Some(rule.explanation), rule.loss].into_iter().flatten() {
                assert!(
                    text.ends_with('.') && !text.contains('\n'),
                    "{}: {text}",
                    rule.name
                );
            }
        }
    }

    #[test]
    fn what_is_not_declared_is_an_error() {
        assert_eq!(super::level("no-such-rule"), Level::Error);
        assert_eq!(super::level("undeclared-tag"), Level::Warning);
    }
}
