//! Original positions of moved values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// Original positions of moved values.
#[derive(Debug, Default)]
pub(crate) struct Moved(BTreeMap<Pointer, Pointer>);

impl Moved {
    /// Records that the value at `new` was written at `old`.
    pub(super) fn insert(&mut self, new: Pointer, old: Pointer) {
        self.0.insert(new, old);
    }

    /// Returns the original position of the value at `pointer`.
    pub(crate) fn written<'p>(&self, pointer: &'p Pointer) -> Cow<'p, Pointer> {
        let mut around = pointer.clone();
        while !self.0.is_empty() {
            if let Some(written) = self.0.get(&around) {
                let rest = &pointer.as_str()[around.as_str().len()..];
                return Cow::Owned(written.followed_by(rest));
            }
            if around.as_str().is_empty() {
                break;
            }
            around.pop();
        }
        Cow::Borrowed(pointer)
    }
}
