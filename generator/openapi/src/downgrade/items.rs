//! Lists whose first items have schemas of their own.

use serde_json::Value;

use super::Downgrader;
use super::schema::{Schema, Term};

impl<'v> Downgrader<'v> {
    /// Makes one schema of those of the first items and of the others.
    pub(super) fn join_items(&mut self, schema: &mut Schema<'v>) {
        let Some(Value::Array(first)) = schema.get("prefixItems") else {
            return;
        };
        let at = schema.place("prefixItems");
        let mut terms = Vec::new();
        let mut seen = Vec::new();
        let mut add = |term: Term<'v>| {
            if let Term::Written(value, _) = &term
                && !seen.contains(value)
                && !value.is_boolean()
            {
                seen.push(*value);
                terms.push(term);
            }
        };
        for term in Term::items(schema.get("prefixItems").unwrap_or(&Value::Null), &at) {
            add(term);
        }
        let others = schema.get("items").filter(|others| others.is_object());
        if let Some(others) = others {
            add(Term::Written(others, schema.place("items")));
        }
        let admits_any = first.contains(&Value::Bool(true));
        schema.remove("items");
        match Term::any_of(terms, at.clone()) {
            Some(items) if !admits_any => schema.replace("prefixItems", "items", items),
            _ => drop(schema.remove("prefixItems")),
        }
        if first.len() > 1 {
            self.lose(at, "no type expresses items by position: `prefixItems`");
        }
    }
}
