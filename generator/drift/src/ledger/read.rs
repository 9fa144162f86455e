//! From the file's text to waivers and pins.

use std::collections::BTreeMap;

use openapi::{Diagnostic, Document, Pointer, words};
use serde_json::Value;

use super::{Accepted, Pin, Waiver, Word};
use crate::Fingerprint;
use crate::rule::Rule;

/// Reads the file, and collects diagnostics.
pub(super) struct Reader<'d> {
    document: &'d Document,
    pub(super) found: Vec<Diagnostic>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            found: Vec::new(),
        }
    }

    pub(super) fn ledger(&mut self) -> (Vec<Waiver>, BTreeMap<String, Pin>) {
        let root = Pointer::root();
        self.fields(&root, &["waivers", "pins"], &[]);
        let waivers = root.child("waivers");
        let count = match self.value(&waivers) {
            None | Some(Value::Null) => 0,
            Some(Value::Array(waivers)) => waivers.len(),
            Some(_) => {
                self.report(
                    "wrong-type",
                    &waivers,
                    "`waivers` must be a list".to_owned(),
                    "start each with `- rule:`",
                );
                0
            }
        };
        let read = (0..count).filter_map(|index| self.waiver(&waivers.child(index.to_string())));
        let waivers: Vec<_> = read.collect();
        let pins = root.child("pins");
        let names = self.fields(&pins, &[], &[]);
        let pins = names
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.pin(&pins.child(name))?)));
        (waivers, pins.collect())
    }

    fn waiver(&mut self, at: &Pointer) -> Option<Waiver> {
        let known = ["rule", "operation", "pointer", "upstream", "reason"];
        self.fields(at, &known, &["rule", "operation", "reason"]);
        let reason = at.child("reason");
        let text = self
            .value(&reason)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim();
        if self.value(&reason).is_some() && text.is_empty() {
            self.report(
                "missing-reason",
                &reason,
                "waiver has no reason".to_owned(),
                "say why the difference is intended",
            );
        }
        let waiver = Waiver {
            rules: self.words(&at.child("rule")),
            operations: self.words(&at.child("operation")),
            pointers: self.words(&at.child("pointer")),
            upstreams: self.words(&at.child("upstream")),
            reason: text.to_owned(),
            span: self.document.span(at),
        };
        waiver.rules.iter().for_each(|rule| self.rule(rule));
        self.value(at)?.is_object().then_some(waiver)
    }

    fn rule(&mut self, rule: &Word) {
        let known: Vec<_> = Rule::all()
            .filter(|rule| rule.is_waivable())
            .map(Rule::id)
            .collect();
        if known.contains(&rule.text) {
            return;
        }
        let is_pinned = Rule::all().any(|known| known.id() == rule.text);
        let hint = match words::closest(&rule.text, known.iter().map(String::as_str)) {
            _ if is_pinned => {
                "run with `--accept` instead: it pins the present upstream description".to_owned()
            }
            Some(closest) => format!("did you mean `{closest}`?"),
            None => "copy the rule from the report".to_owned(),
        };
        let problem = if is_pinned {
            "rule can't be waived"
        } else {
            "unknown rule"
        };
        let message = format!("{problem}: `{}`", words::shown(&rule.text));
        self.found
            .push(Diagnostic::new("unknown-rule", rule.span, message).with_hint(hint));
    }

    /// A string, or a list of strings.
    fn words(&mut self, at: &Pointer) -> Vec<Word> {
        let places = match self.value(at) {
            None => return Vec::new(),
            Some(Value::Array(words)) if !words.is_empty() => (0..words.len())
                .map(|index| at.child(index.to_string()))
                .collect(),
            Some(_) => vec![at.clone()],
        };
        places.iter().filter_map(|place| self.word(place)).collect()
    }

    fn word(&mut self, at: &Pointer) -> Option<Word> {
        let text = self.value(at).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            self.report(
                "wrong-type",
                at,
                "expected a string, or a list of strings".to_owned(),
                "put it in quotes",
            );
        }
        Some(Word {
            text: text?.to_owned(),
            span: self.document.span(at),
        })
    }

    fn pin(&mut self, at: &Pointer) -> Option<Pin> {
        self.fields(at, &["version", "operations"], &["version", "operations"]);
        let version = at.child("version");
        // A description may have no version, and then an empty one is pinned.
        let version = match self.value(&version).and_then(Value::as_str) {
            Some(version) => version.to_owned(),
            None => self.word(&version)?.text,
        };
        let operations = at.child("operations");
        let mut pinned = BTreeMap::new();
        for name in self.fields(&operations, &[], &[]) {
            let operation = operations.child(&name);
            self.fields(
                &operation,
                &["structure", "docs", "waived"],
                &["structure", "docs"],
            );
            let structure = self.hash(&operation.child("structure"));
            let docs = self.hash(&operation.child("docs"));
            let waived = self.hash(&operation.child("waived"));
            if let (Some(structure), Some(docs)) = (structure, docs) {
                let upstream = Fingerprint { structure, docs };
                pinned.insert(name, Accepted { upstream, waived });
            }
        }
        Some(Pin {
            version,
            operations: pinned,
        })
    }

    fn hash(&mut self, at: &Pointer) -> Option<u64> {
        let text = self.value(at)?.as_str();
        let hash = text
            .filter(|text| text.len() == 16)
            .and_then(|text| u64::from_str_radix(text, 16).ok());
        if hash.is_none() {
            self.report(
                "wrong-type",
                at,
                "expected 16 hexadecimal digits in quotes".to_owned(),
                RUN,
            );
        }
        hash
    }

    /// Checks an object's fields, and gives their names. Nothing, and null, are objects without any.
    fn fields(&mut self, at: &Pointer, known: &[&str], required: &[&str]) -> Vec<String> {
        let fields = match self.value(at) {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Object(fields)) => fields,
            Some(_) => {
                self.report(
                    "wrong-type",
                    at,
                    "expected an object".to_owned(),
                    "write `field: value` on lines of their own",
                );
                return Vec::new();
            }
        };
        for name in fields
            .keys()
            .filter(|name| !known.is_empty() && !known.contains(&name.as_str()))
        {
            let message = format!("unknown field: `{}`", words::shown(name));
            let hint = words::suggestion(name, known.iter().copied());
            let span = self.document.key_span(&at.child(name));
            self.found
                .push(Diagnostic::new("unknown-field", span, message).with_hint(hint));
        }
        for name in required.iter().filter(|name| !fields.contains_key(**name)) {
            let message = format!("missing field: `{name}`");
            let hint = if at.as_str().starts_with("/pins") {
                RUN
            } else {
                "add it"
            };
            self.report("missing-field", at, message, hint);
        }
        fields.keys().cloned().collect()
    }

    fn value(&self, at: &Pointer) -> Option<&'d Value> {
        self.document.value.pointer(at.as_str())
    }

    fn report(&mut self, rule: &'static str, at: &Pointer, message: String, hint: &str) {
        let span = self.document.span(at);
        self.found
            .push(Diagnostic::new(rule, span, message).with_hint(hint));
    }
}

const RUN: &str = "`cargo xtask drift --accept` writes the pins";
