//! References within a document, followed to where they lead.

use serde_json::Value;

use crate::pointer::Pointer;

/// References that lead to references are followed this far; longer chains are circles.
const MAX_HOPS: usize = 1000;

/// A chain of references that ends with none.
#[derive(Clone, Debug)]
pub struct BrokenChain<'v> {
    /// The last value of the chain that there is, and where it is.
    pub last: (Pointer, &'v Value),
    /// What it refers to.
    pub reference: &'v str,
    /// Whether that leads on and on, rather than nowhere.
    pub is_circle: bool,
}

/// Where a reference object leads to.
pub fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// Returns the final target of a reference within the document `root`, and its pointer.
pub fn follow<'v>(root: &'v Value, first: &str) -> Option<(Pointer, &'v Value)> {
    let pointer = Pointer::from_reference(first)?;
    let value = root.pointer(pointer.as_str())?;
    follow_chain(root, (pointer, value), reference).ok()
}

/// What a value that may be a reference means in the end. `next` gives the reference of a value that is followed.
///
/// # Errors
///
/// When a reference leads nowhere, or the chain has no end.
pub fn follow_chain<'v>(
    root: &'v Value,
    start: (Pointer, &'v Value),
    next: impl Fn(&'v Value) -> Option<&'v str>,
) -> Result<(Pointer, &'v Value), BrokenChain<'v>> {
    let mut found = start;
    let mut hops = 0;
    while let Some(reference) = next(found.1) {
        let target = Pointer::from_reference(reference);
        let target = target.and_then(|at| Some((root.pointer(at.as_str())?, at)));
        hops += 1;
        match target {
            Some((value, at)) if hops <= MAX_HOPS => found = (at, value),
            _ => {
                return Err(BrokenChain {
                    last: found,
                    reference,
                    is_circle: target.is_some(),
                });
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_chain_is_followed_to_its_end() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": 1});
        let (pointer, value) = follow(&root, "#/a").unwrap();
        assert_eq!((pointer.as_str(), value), ("/c", &json!(1)));
    }

    #[test]
    fn a_broken_chain_has_its_last_value() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}});
        let start = (Pointer::root().child("a"), &root["a"]);
        let broken = follow_chain(&root, start, reference).unwrap_err();
        assert_eq!(broken.last.0.as_str(), "/b");
        assert_eq!((broken.reference, broken.is_circle), ("#/c", false));
    }

    #[test]
    fn a_cycle_ends() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}});
        let start = (Pointer::root().child("a"), &root["a"]);
        assert!(follow_chain(&root, start, reference).unwrap_err().is_circle);
    }
}
