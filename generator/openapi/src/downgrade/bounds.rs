//! Exclusive bounds, which are flags in 3.0.

use super::schema::{Schema, Term};

/// Makes flags of exclusive bounds, beside the bounds that they are.
pub(super) fn close(schema: &mut Schema<'_>) {
    close_one(schema, "minimum", "exclusiveMinimum", |inner, outer| {
        inner < outer
    });
    close_one(schema, "maximum", "exclusiveMaximum", |inner, outer| {
        inner > outer
    });
}

fn close_one(
    schema: &mut Schema<'_>,
    bound: &'static str,
    exclusive: &'static str,
    is_wider: fn(f64, f64) -> bool,
) {
    let Some(value) = schema.get(exclusive).filter(|value| value.is_number()) else {
        return;
    };
    let at = schema.place(exclusive);
    let inclusive = schema.get(bound).and_then(serde_json::Value::as_f64);
    let is_implied = inclusive
        .zip(value.as_f64())
        .is_some_and(|(inclusive, exclusive)| is_wider(exclusive, inclusive));
    if is_implied {
        schema.remove(exclusive);
        return;
    }
    schema.set(bound, Term::Written(value, at.clone()));
    schema.set(exclusive, Term::made(true, at));
}
