//! Patches of JSON: merge patches (RFC 7386), which are objects, and JSON patches (RFC 6902), which are
//! lists of steps. A step that has nothing to work on is passed over.

use serde_json::{Map, Value};

pub(super) fn patch(target: &mut Value, patch: &Value) {
    match patch {
        Value::Array(steps) => {
            for step in steps {
                apply(target, step);
            }
        }
        patch => merge(target, patch),
    }
}

fn merge(target: &mut Value, patch: &Value) {
    let Some(changes) = patch.as_object() else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    for (field, change) in changes {
        let Some(fields) = target.as_object_mut() else {
            return;
        };
        if change.is_null() {
            fields.shift_remove(field);
        } else {
            merge(fields.entry(field.as_str()).or_insert(Value::Null), change);
        }
    }
}

fn apply(target: &mut Value, step: &Value) -> Option<()> {
    let text = |field: &str| step.get(field)?.as_str();
    let path = text("path")?;
    match text("op")? {
        "add" => add(target, path, step.get("value")?.clone()),
        "remove" => remove(target, path).map(drop),
        "replace" => {
            *target.pointer_mut(path)? = step.get("value")?.clone();
            Some(())
        }
        "move" => {
            let value = remove(target, text("from")?)?;
            add(target, path, value)
        }
        "copy" => {
            let value = target.pointer(text("from")?)?.clone();
            add(target, path, value)
        }
        _ => None,
    }
}

fn add(target: &mut Value, path: &str, value: Value) -> Option<()> {
    let Some((parent, last)) = split(path) else {
        *target = value;
        return Some(());
    };
    match target.pointer_mut(parent)? {
        Value::Object(fields) => drop(fields.insert(last, value)),
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => {
            let at = last.parse().ok().filter(|at| *at <= items.len())?;
            items.insert(at, value);
        }
        _ => return None,
    }
    Some(())
}

fn remove(target: &mut Value, path: &str) -> Option<Value> {
    let (parent, last) = split(path)?;
    match target.pointer_mut(parent)? {
        Value::Object(fields) => fields.shift_remove(&last),
        Value::Array(items) => {
            let at = last.parse().ok().filter(|at| *at < items.len())?;
            Some(items.remove(at))
        }
        _ => None,
    }
}

/// A pointer to the container of the value, and the value's name or index in it.
fn split(path: &str) -> Option<(&str, String)> {
    let (parent, last) = path.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::patch;

    #[track_caller]
    fn check(mut target: Value, change: Value, expect: Value) {
        patch(&mut target, &change);
        assert_eq!(target, expect, "{change}");
    }

    #[test]
    fn merge_patches_go_into_objects() {
        let target = || json!({ "a": { "b": 1, "c": [1, 2] }, "d": 2 });
        check(
            target(),
            json!({ "a": { "b": null } }),
            json!({ "a": { "c": [1, 2] }, "d": 2 }),
        );
        check(
            target(),
            json!({ "a": { "c": [3] }, "d": null }),
            json!({ "a": { "b": 1, "c": [3] } }),
        );
        check(
            target(),
            json!({ "d": { "e": 1, "f": null } }),
            json!({ "a": { "b": 1, "c": [1, 2] }, "d": { "e": 1 } }),
        );
        check(target(), json!({ "g": null }), target());
    }

    #[test]
    fn steps_are_taken_in_their_order() {
        let target = || json!({ "a": [1, 2, 3], "b/c": { "d": 1 } });
        let step = |op: &str, path: &str, more: Value| {
            let mut step = json!([{ "op": op, "path": path }]);
            for (field, value) in more.as_object().into_iter().flatten() {
                step[0][field] = value.clone();
            }
            step
        };
        check(
            target(),
            step("remove", "/a/1", json!({})),
            json!({ "a": [1, 3], "b/c": { "d": 1 } }),
        );
        check(
            target(),
            step("remove", "/b~1c/d", json!({})),
            json!({ "a": [1, 2, 3], "b/c": {} }),
        );
        check(
            target(),
            step("replace", "/a", json!({ "value": 0 })),
            json!({ "a": 0, "b/c": { "d": 1 } }),
        );
        check(
            target(),
            step("add", "/a/0", json!({ "value": 0 })),
            json!({ "a": [0, 1, 2, 3], "b/c": { "d": 1 } }),
        );
        check(
            target(),
            step("add", "/a/-", json!({ "value": 4 })),
            json!({ "a": [1, 2, 3, 4], "b/c": { "d": 1 } }),
        );
        check(
            target(),
            step("move", "/e", json!({ "from": "/b~1c/d" })),
            json!({ "a": [1, 2, 3], "b/c": {}, "e": 1 }),
        );
        check(
            target(),
            step("copy", "/e", json!({ "from": "/a/2" })),
            json!({ "a": [1, 2, 3], "b/c": { "d": 1 }, "e": 3 }),
        );
        check(target(), step("add", "", json!({ "value": 0 })), json!(0));
    }

    #[test]
    fn inapplicable_steps_are_skipped() {
        let target = || json!({ "a": [1] });
        for step in [
            json!({ "op": "remove", "path": "/b" }),
            json!({ "op": "remove", "path": "/a/1" }),
            json!({ "op": "remove", "path": "" }),
            json!({ "op": "add", "path": "/a/2", "value": 1 }),
            json!({ "op": "add", "path": "/b/c", "value": 1 }),
            json!({ "op": "replace", "path": "/b", "value": 1 }),
            json!({ "op": "move", "path": "/b", "from": "/c" }),
            json!({ "op": "test", "path": "/a", "value": 1 }),
            json!({ "op": "jump", "path": "/a" }),
            json!({ "path": "/a" }),
            json!(null),
        ] {
            check(target(), json!([step]), target());
        }
    }
}
