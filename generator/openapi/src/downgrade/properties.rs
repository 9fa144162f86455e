//! Properties without a name.

use serde_json::Value;

use super::Downgrader;
use super::schema::{Schema, Term};

/// Keywords that may add properties.
const APPLICATORS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

impl<'v> Downgrader<'v> {
    /// Merges the schemas of properties without a name.
    pub(super) fn join_properties(&mut self, schema: &mut Schema<'v>) {
        self.name_unevaluated(schema);
        self.join_patterns(schema);
        if let Some(Value::Object(properties)) = schema.get("properties")
            && properties.values().any(|property| *property == false)
        {
            let at = schema.place("properties");
            let admitted = properties
                .iter()
                .filter(|(_, property)| **property != false);
            let admitted = admitted
                .map(|(name, property)| (name.as_str(), Term::Written(property, at.child(name))));
            schema.set("properties", Term::Map(admitted.collect(), at.clone()));
        }
    }

    /// Properties that no keyword has spoken of are the additional ones, where nothing else brings some.
    fn name_unevaluated(&mut self, schema: &mut Schema<'v>) {
        let Some(others) = schema.get("unevaluatedProperties") else {
            return;
        };
        let at = schema.place("unevaluatedProperties");
        let is_alone = !APPLICATORS.iter().any(|key| schema.has(key));
        if is_alone && !schema.has("additionalProperties") {
            let term = Term::Written(others, at);
            schema.replace("unevaluatedProperties", "additionalProperties", term);
            return;
        }
        schema.remove("unevaluatedProperties");
        if *others != true {
            self.lose(at, "no type expresses this: `unevaluatedProperties`");
        }
    }

    fn join_patterns(&mut self, schema: &mut Schema<'v>) {
        let Some(Value::Object(patterns)) = schema.get("patternProperties") else {
            return;
        };
        let at = schema.place("patternProperties");
        let others = schema.get("additionalProperties");
        let admits_any = match others {
            None => schema.has("properties"),
            Some(others) => *others == true,
        };
        let mut terms: Vec<Term<'v>> = Vec::new();
        let mut seen = Vec::new();
        let patterns = patterns.iter().map(|(name, value)| (value, at.child(name)));
        let others = others.map(|others| (others, schema.place("additionalProperties")));
        for (value, place) in patterns.chain(others) {
            if !value.is_boolean() && !seen.contains(&value) {
                seen.push(value);
                terms.push(Term::Written(value, place));
            }
        }
        let is_any = |value: &&Value| value.as_object().is_some_and(serde_json::Map::is_empty);
        let admits_any = admits_any || seen.iter().any(is_any);
        schema.remove("additionalProperties");
        let joined = match Term::any_of(terms, at.clone()) {
            Some(joined) if !admits_any => joined,
            _ => Term::made(true, at.clone()),
        };
        schema.replace("patternProperties", "additionalProperties", joined);
        self.lose(
            at,
            "no type expresses property names by pattern: `patternProperties`",
        );
    }
}
