//! The table of rules is complete, and its examples are right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use generator::{Source, generate};
use openapi::diagnostic::Example;
use openapi::{Level, Rule};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, ExprTuple, ItemConst, Lit, Token};

/// Names that stand where rules do.
const OTHERS: &[&str] = &["content-type"];

/// Rules that are never broken alone: a body that can't be sent is of no media type either.
const TOGETHER: [(&str, &str); 2] = [
    ("left-out", "invalid-media-type"),
    ("unsupported-request-body", "invalid-media-type"),
];

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
        if text.contains('-') && text.split('-').all(is_word) && !OTHERS.contains(&text.as_str()) {
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
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn used_rules_are_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("../xtask/src/document.rs")];
    for package in ["", "changes", "drift", "openapi"] {
        sources(&root.join(package).join("src"), &mut files);
    }
    let mut used = Used::default();
    let mut texts = String::new();
    for file in files {
        // The table itself, and its tests.
        if !file.ends_with("diagnostic/rules.rs") && !file.ends_with("rules/tests.rs") {
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

/// The rules that a document breaks, each once.
fn broken(example: &Example, source: &Source) -> BTreeSet<(&'static str, Level)> {
    let found = match generate(source, &example.options()) {
        Ok(output) => output.warnings,
        Err(found) => found.into_iter().collect(),
    };
    found.iter().map(|one| (one.rule, one.level)).collect()
}

/// The rules whose example, or its fix, breaks other rules than it should.
#[track_caller]
fn check(source: fn(&Example) -> Source, expect: fn(&Rule) -> BTreeSet<(&'static str, Level)>) {
    let mut wrong = BTreeMap::new();
    for rule in Rule::ALL {
        if let Some(example) = &rule.example {
            let found = broken(example, &source(example));
            if found != expect(rule) {
                wrong.insert(rule.name, found);
            }
        }
    }
    assert_eq!(wrong, BTreeMap::new());
}

#[test]
fn an_example_breaks_its_rule_and_no_other() {
    check(Example::source, |rule| {
        let others = TOGETHER.iter().filter(|(name, _)| *name == rule.name);
        let others = others.map(|(_, other)| (*other, Rule::named(other).unwrap().level));
        others.chain([(rule.name, rule.level)]).collect()
    });
}

#[test]
fn a_fixed_example_breaks_no_rule() {
    check(Example::fixed_source, |_| BTreeSet::new());
}
