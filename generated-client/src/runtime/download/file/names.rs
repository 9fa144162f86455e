//! What the file of a download that is not whole is called.

use std::ffi::OsStr;

use sha2::{Digest as _, Sha256};

use crate::runtime::download::version::digits;

/// The most bytes that a file's name may have, on most file systems.
const NAME_LIMIT: usize = 255;

/// How many bytes [`digits`] are.
const DIGITS: usize = 16;

/// The name beside a destination of what there is so far of a version.
pub(super) fn part_name(file_name: &OsStr, key: &str) -> String {
    format!(".{}.{key}.part", stem(file_name))
}

/// Which version it is of, if the name is one for this destination.
pub(super) fn key_of<'a>(name: &'a OsStr, file_name: &OsStr) -> Option<&'a str> {
    let rest = name.to_str()?.strip_prefix('.')?;
    let rest = rest.strip_prefix(&stem(file_name))?.strip_prefix('.')?;
    let key = rest.strip_suffix(".part")?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (key.len() == DIGITS && key.bytes().all(is_digit)).then_some(key)
}

/// The name beside a destination of what is removed if it does not become whole; the number makes it
/// one that nothing has.
pub(super) fn temporary_name(file_name: &OsStr, number: u32) -> String {
    let mut hasher = Sha256::new();
    hasher.update(number.to_le_bytes());
    hasher.update(file_name.as_encoded_bytes());
    format!(".download-{number:08x}-{}", digits(hasher))
}

/// Whether a name is one of these for this destination, whatever its number.
pub(super) fn is_temporary(name: &OsStr, file_name: &OsStr) -> bool {
    let number = || {
        let digits = name.to_str()?.strip_prefix(".download-")?.get(..8)?;
        u32::from_str_radix(digits, 16).ok()
    };
    number().is_some_and(|number| *name == *temporary_name(file_name, number))
}

/// The destination's name; a part of it and a hash of it where it is too long, or no Unicode.
fn stem(file_name: &OsStr) -> String {
    let limit = NAME_LIMIT - "..part.".len() - DIGITS;
    if let Some(name) = file_name.to_str().filter(|name| name.len() <= limit) {
        return name.to_owned();
    }
    let mut name = file_name.to_string_lossy().into_owned();
    let mut length = name.len().min(limit - "~".len() - DIGITS);
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    name.truncate(length);
    let mut hasher = Sha256::new();
    hasher.update(file_name.as_encoded_bytes());
    format!("{name}~{}", digits(hasher))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef";

    #[track_caller]
    fn check(file_name: &OsStr) -> String {
        let name = part_name(file_name, KEY);
        assert!(name.len() <= NAME_LIMIT, "{name}");
        assert_eq!(key_of(OsStr::new(&name), file_name), Some(KEY));
        name
    }

    #[test]
    fn part_names() {
        assert_eq!(check(OsStr::new("a.zip")), ".a.zip.0123456789abcdef.part");
        let name = "é".repeat(116);
        assert_eq!(check(OsStr::new(&name)), format!(".{name}.{KEY}.part"));
    }

    #[test]
    fn long_names() {
        let name = |end: &str| format!("{}{end}", "é".repeat(126));
        let (one, other) = (name("a"), name("b"));
        let (one, other) = (OsStr::new(&one), OsStr::new(&other));
        assert!(check(one).starts_with(".éé"));
        assert_eq!(check(one).len(), NAME_LIMIT - 1);
        assert_ne!(check(one), check(other));
        assert_eq!(key_of(OsStr::new(&check(one)), other), None);
    }

    #[cfg(unix)]
    #[test]
    fn non_unicode_names() {
        use std::os::unix::ffi::OsStrExt;

        let (one, other) = (OsStr::from_bytes(b"a\xff"), OsStr::from_bytes(b"a\xfe"));
        assert_ne!(check(one), check(other));
        assert_eq!(key_of(OsStr::new(&check(one)), other), None);
    }

    #[test]
    fn temporary_names() {
        let (long, other) = ("é".repeat(126), OsStr::new("other"));
        for file_name in ["a.zip", "", &long].map(OsStr::new) {
            for number in [0, 7, u32::MAX] {
                let name = temporary_name(file_name, number);
                assert!(name.len() < 40, "{name}");
                assert!(is_temporary(OsStr::new(&name), file_name));
                assert!(!is_temporary(OsStr::new(&name), other));
                assert_ne!(name, temporary_name(file_name, number - number / 2 + 1));
            }
        }
        for name in [
            "",
            ".download-",
            ".download-000000",
            ".download-00000007-0123456789abcdef",
            ".download-+0000007-0123456789abcdef",
            ".download-é0000007",
        ] {
            assert!(!is_temporary(OsStr::new(name), other), "{name}");
        }
    }

    #[test]
    fn other_names() {
        for name in [
            "a.zip",
            ".a.zip.part",
            ".a.zip.0123456789abcde.part",
            ".a.zip.0123456789abcdeg.part",
            ".a.zip.0123456789ABCDEF.part",
            ".a.zip.0123456789abcdef",
            ".b.zip.0123456789abcdef.part",
            "a.zip.0123456789abcdef.part",
        ] {
            assert_eq!(
                key_of(OsStr::new(name), OsStr::new("a.zip")),
                None,
                "{name}"
            );
        }
    }
}
