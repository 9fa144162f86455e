//! Levels of the rules for one run: by their table, by the document, and by the options.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Level, Rule};
use crate::options::{Options, WARNINGS};
use crate::pointer::Pointer;
use crate::source::Document;
use crate::text::Span;
use crate::words;

/// The document's own choice of rules: `x-diagnostics: {deny: [warnings]}`.
const EXTENSION: &str = "x-diagnostics";

/// Denied and allowed rules.
#[derive(Debug, Default)]
pub struct Policy {
    deny: Vec<NamedRule>,
    allow: Vec<NamedRule>,
    problems: Vec<Diagnostic>,
}

/// A rule that is named in the document, or to us.
#[derive(Debug)]
struct NamedRule {
    name: String,
    place: Span,
}

impl Policy {
    /// Combines the options with the document's own choice.
    pub fn new(options: &Options, document: &Document) -> Self {
        let mut policy = Self::default();
        for (names, is_denial) in [(&options.deny, true), (&options.allow, false)] {
            for name in names {
                policy.add(name, Span::NOWHERE, is_denial);
            }
        }
        if let Some(value) = document.value.get(EXTENSION) {
            policy.read(document, value);
        }
        policy
    }

    /// Sorts diagnostics into warnings and errors.
    ///
    /// # Errors
    ///
    /// When there is an error in it, or in the policy itself.
    pub fn judge(mut self, found: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Diagnostics> {
        let mut seen = BTreeSet::new();
        let mut judged = Vec::new();
        for mut diagnostic in found {
            if !diagnostic.is_error() {
                if self.denies(diagnostic.rule) {
                    diagnostic.level = Level::Error;
                } else if self.allows(diagnostic.rule) {
                    seen.insert(diagnostic.rule);
                    continue;
                }
            }
            judged.push(diagnostic);
        }
        judged.append(&mut self.problems);
        // Where there are errors, not everything may have been found that is allowed.
        if !judged.iter().any(Diagnostic::is_error) {
            let unused = self
                .allow
                .iter()
                .filter(|entry| !seen.contains(entry.name.as_str()));
            judged.extend(unused.map(unused_allowance));
        }
        Diagnostics::from_judged(judged)
    }

    fn denies(&self, rule: &str) -> bool {
        let names = |name: &str| self.deny.iter().any(|entry| entry.name == name);
        let is_advice = Rule::named(rule).is_some_and(|rule| rule.is_advice);
        names(rule) || (names(WARNINGS) && !is_advice && !self.allows(rule))
    }

    fn allows(&self, rule: &str) -> bool {
        self.allow.iter().any(|entry| entry.name == rule)
    }

    fn read(&mut self, document: &Document, value: &Value) {
        let pointer = Pointer::root().child(EXTENSION);
        let Some(fields) = value.as_object() else {
            return self.problems.push(malformed(document.span(&pointer)));
        };
        for (field, names) in fields {
            let at = pointer.child(field);
            let is_denial = match field.as_str() {
                "deny" => true,
                "allow" => false,
                _ => {
                    self.problems.push(malformed(document.key_span(&at)));
                    continue;
                }
            };
            let Some(names) = names.as_array() else {
                self.problems.push(malformed(document.span(&at)));
                continue;
            };
            for (index, name) in names.iter().enumerate() {
                let place = document.span(&at.child(index.to_string()));
                match name.as_str() {
                    Some(name) => self.add(name, place, is_denial),
                    None => self.problems.push(malformed(place)),
                }
            }
        }
    }

    fn add(&mut self, name: &str, place: Span, is_denial: bool) {
        let problem = match Rule::named(name) {
            None if is_denial && name == WARNINGS => None,
            None => Some(unknown_rule(name, place, is_denial)),
            Some(rule) if !is_denial && rule.level == Level::Error => {
                Some(invalid_allowance(name, place))
            }
            Some(_) => None,
        };
        if let Some(problem) = problem {
            return self.problems.push(problem);
        }
        let list = if is_denial {
            &mut self.deny
        } else {
            &mut self.allow
        };
        list.push(NamedRule {
            name: name.to_owned(),
            place,
        });
    }
}

fn unknown_rule(name: &str, place: Span, is_denial: bool) -> Diagnostic {
    let warnings = Rule::ALL.iter().filter(|rule| rule.level == Level::Warning);
    let known = warnings
        .map(|rule| rule.name)
        .chain(is_denial.then_some(WARNINGS));
    let message = format!("unknown rule: `{}`", words::shown(name));
    let hint = match words::closest(name, known) {
        Some(other) => format!("did you mean `{other}`?"),
        None => "see `cargo xtask help rules`".to_owned(),
    };
    Diagnostic::new("unknown-rule", place, message).with_hint(hint)
}

fn invalid_allowance(name: &str, place: Span) -> Diagnostic {
    let message = format!("an error can't be allowed: `{name}`");
    Diagnostic::new("invalid-allowance", place, message)
        .with_hint("fix the document: an error leaves no right code")
}

fn unused_allowance(entry: &NamedRule) -> Diagnostic {
    let message = format!("allowed rule is not broken: `{}`", entry.name);
    Diagnostic::new("unused-allowance", entry.place, message)
        .with_hint("remove it: the document follows the rule, or the rule is denied by name")
}

fn malformed(place: Span) -> Diagnostic {
    let message = format!("extension is malformed: `{EXTENSION}`");
    Diagnostic::new("invalid-extension", place, message)
        .with_level(Level::Error)
        .with_hint(
            "write `{ deny: [RULE], allow: [RULE] }`; `deny: [warnings]` denies all but advice",
        )
}
