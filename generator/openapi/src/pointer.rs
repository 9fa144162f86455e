//! JSON pointers (RFC 6901).

use std::borrow::Cow;
use std::fmt;

/// The path from a document's root to one of its values: `/paths/~1repos/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the fragment of a reference within the document: `#/components/schemas/Artifact`.
    ///
    /// `None` if `reference` leads elsewhere or is malformed.
    pub fn from_reference(reference: &str) -> Option<Self> {
        let fragment = percent_decoded(reference.strip_prefix('#')?)?;
        let well_formed = fragment.is_empty() || fragment.starts_with('/');
        let escapes = fragment.split('~').skip(1);
        let well_escaped = escapes.into_iter().all(|rest| rest.starts_with(['0', '1']));
        (well_formed && well_escaped).then_some(Self(fragment))
    }

    /// The reference that leads to it within the document.
    pub(crate) fn to_reference(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// The same pointer, one step further.
    #[must_use]
    pub fn child(&self, segment: impl AsRef<str>) -> Self {
        let mut child = self.clone();
        child.push(segment);
        child
    }

    /// Goes one step further: to a field, or to an item by its index in decimal digits.
    pub fn push(&mut self, segment: impl AsRef<str>) {
        self.0.push('/');
        self.0.push_str(&escaped(segment.as_ref()));
    }

    /// Goes one step back; does nothing at the root.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or(0));
    }

    /// The same pointer, further by the steps of another one.
    pub(crate) fn followed_by(&self, rest: &str) -> Self {
        Self(format!("{}{rest}", self.0))
    }

    /// The steps, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescaped)
    }

    /// The section and the name of the component that it leads to.
    pub fn component(&self) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
        let mut segments = self.segments();
        (segments.next()? == "components").then_some(())?;
        let component = (segments.next()?, segments.next()?);
        segments.next().is_none().then_some(component)
    }

    /// The pointer as [`serde_json::Value::pointer`] takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn escaped(segment: &str) -> Cow<'_, str> {
    if segment.contains(['~', '/']) {
        Cow::Owned(segment.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(segment)
    }
}

fn unescaped(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte != b'%' {
            decoded.push(byte);
            rest = tail;
            continue;
        }
        let (digits, tail) = tail.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        decoded.push(u8::from_str_radix(digits, 16).ok()?);
        rest = tail;
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn segments_are_escaped() {
        let pointer = Pointer::root().child("paths").child("/a~b").child("get");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b/get");
        let segments: Vec<_> = pointer.segments().collect();
        assert_eq!(segments, ["paths", "/a~b", "get"]);
    }

    #[test]
    fn components_have_a_section_and_a_name() {
        let component = |text| {
            let pointer = Pointer::from_reference(text).unwrap();
            let (section, name) = pointer.component()?;
            Some(format!("{section} {name}"))
        };
        let found = component("#/components/schemas/a~1b");
        assert_eq!(found.as_deref(), Some("schemas a/b"));
        for other in [
            "#",
            "#/components",
            "#/components/schemas",
            "#/components/schemas/a/properties",
            "#/paths/schemas/a",
        ] {
            assert_eq!(component(other), None, "{other}");
        }
    }

    #[test]
    fn references_are_decoded() {
        let read = |text| Pointer::from_reference(text).map(|pointer| pointer.to_string());
        assert_eq!(read("#").as_deref(), Some(""));
        assert_eq!(read("#/a%7Bb%7D").as_deref(), Some("/a{b}"));
        let written = Pointer::root().child("100%").child("a~b").to_reference();
        assert_eq!(written, "#/100%25/a~0b");
        assert_eq!(read(&written).as_deref(), Some("/100%/a~0b"));
        for malformed in ["", "a", "#a", "#/~2", "#/~", "#/%", "#/%zz", "#/%ff"] {
            assert_eq!(read(malformed), None, "{malformed}");
        }
    }
}
