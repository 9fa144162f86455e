//! Paths of entries: one that could lead out of the directory, on any platform, is refused rather
//! than corrected.

use crate::runtime::download::windows::is_device;

/// No real archive has deeper paths, which could hardly be deleted again.
const MAX_COMPONENTS: usize = 255;

/// The same path without components that have no effect, such as the first of `./a`. One at the end
/// of a file's path is kept, since it makes it the path of a directory.
pub(super) fn plain(path: &str, is_directory: bool) -> String {
    let mut components: Vec<_> = path.split('/').collect();
    let last = components
        .pop()
        .filter(|last| !is_directory || *last != ".");
    components.retain(|component| *component != ".");
    components.extend(last);
    components.join("/")
}

/// Returns the problem with a path, if there is one. Slashes separate its components.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("has an empty path");
    }
    if path.starts_with('/') {
        return Err("has an absolute path");
    }
    if has_drive(path) {
        return Err("has a path that begins with a drive letter");
    }
    if path.contains('\\') {
        return Err("has a path with a backslash");
    }
    if path.contains(char::is_control) {
        return Err("has a path with a control character");
    }
    if path.split('/').nth(MAX_COMPONENTS).is_some() {
        return Err("has a path that is too deep");
    }
    path.split('/').try_for_each(check_component)
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

fn check_component(component: &str) -> Result<(), &'static str> {
    match component {
        "" => Err("has a path with an empty component"),
        "." => Err("has a path with the component `.`"),
        ".." => Err("has a path with the component `..`"),
        _ if cfg!(windows) && !is_windows_name(component) => {
            Err("has a path that Windows does not allow")
        }
        _ => Ok(()),
    }
}

/// Whether Windows accepts a name for a file, and for no other file.
fn is_windows_name(name: &str) -> bool {
    !name.contains(['<', '>', ':', '"', '|', '?', '*'])
        && !name.ends_with(['.', ' '])
        && !is_device(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal() {
        for path in [
            "a",
            "a/b",
            "a..b",
            "..a",
            "a..",
            "...",
            "a/.../b",
            ".hidden",
            " ",
            "a b",
            "ü/日本語",
            "12:30.log",
            "a/C:x",
            "ab:c/d:e*?",
            "NUL",
            "-rf",
            "~",
            "%2e%2e",
        ] {
            assert!(cfg!(windows) || check(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn illegal() {
        for (paths, expected) in [
            (&[""][..], "has an empty path"),
            (&["/", "/a", "//server/share"], "has an absolute path"),
            (
                &["C:", "c:x", "C:\\x", "C:/x"],
                "has a path that begins with a drive letter",
            ),
            (
                &["..\\a", "\\a", "\\\\server\\share", "\\\\?\\C:\\a", "a\\b"],
                "has a path with a backslash",
            ),
            (
                &["a\0b", "a\nb", "\u{1b}[31m", "\u{7f}", "\u{85}"],
                "has a path with a control character",
            ),
            (&["a//b", "a/", "a//"], "has a path with an empty component"),
            (
                &[".", "./a", "a/./b", "a/."],
                "has a path with the component `.`",
            ),
            (
                &["..", "../a", "a/../b", "a/.."],
                "has a path with the component `..`",
            ),
        ] {
            for path in paths {
                assert_eq!(check(path), Err(expected), "{path:?}");
            }
        }
    }

    #[test]
    fn dot_components() {
        for (path, is_directory, expected) in [
            ("a", false, "a"),
            ("./a", false, "a"),
            ("././a/./b", false, "a/b"),
            (".", true, ""),
            ("./.", true, ""),
            ("a/.", true, "a"),
            (".", false, "."),
            ("a/.", false, "a/."),
            (".//a", false, "/a"),
            ("./../a", false, "../a"),
            ("./.a", false, ".a"),
        ] {
            assert_eq!(plain(path, is_directory), expected, "{path}");
        }
    }

    #[test]
    fn deep() {
        assert_eq!(check(&vec!["d"; 255].join("/")), Ok(()));
        let path = vec!["d"; 256].join("/");
        assert_eq!(check(&path), Err("has a path that is too deep"));
    }

    #[test]
    fn windows_names() {
        for name in [
            "a",
            "a b",
            "a..b",
            "..a",
            ".git",
            "CONSOLE",
            "nullable",
            "COM",
            "COM10",
            "LPTX",
            "a.nul",
            "com¼",
            "日本語",
        ] {
            assert!(is_windows_name(name), "{name}");
        }
        for name in [
            "a:",
            "a:stream",
            "a<b",
            "a>b",
            "a\"b",
            "a|b",
            "a?",
            "*",
            "a.",
            "a ",
            "...",
            " ",
            "nul",
            "NUL.txt",
            "aux .c",
            "Con",
            "prn.tar.gz",
            "COM1",
            "com0.x",
            "lpt9",
            "COM¹",
            "CONIN$",
            "conout$",
        ] {
            assert!(!is_windows_name(name), "{name}");
        }
    }
}
