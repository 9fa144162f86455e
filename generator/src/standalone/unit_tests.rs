//! The runtime's unit tests, which are the workspace's own: a copy of the runtime is compiled and
//! tested in a third of the time without them.

use std::borrow::Cow;

use crate::File;

/// The files without those that only tests consist of, and the others without their tests.
///
/// It relies on how the runtime is laid out: tests are in a module named `tests`, of a file or
/// directory of its own or at the end of the file that it tests.
pub(super) fn without(files: &[File]) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let code = files.iter().filter(|file| !is_of_tests(&file.path));
    code.map(|file| (file.path.as_str(), without_module(&file.contents)))
}

fn is_of_tests(path: &str) -> bool {
    let parts = path.strip_suffix(".rs").unwrap_or(path).split('/');
    parts.into_iter().any(|part| part == "tests")
}

/// A text without its `mod tests`, the attributes of it, and the blank line before.
fn without_module(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(module) = lines.iter().position(|line| line.starts_with("mod tests")) else {
        return Cow::Borrowed(text);
    };
    let is_attribute = |line: &&&str| line.starts_with("#[");
    let attributes = lines[..module].iter().rev().take_while(is_attribute);
    let first = module - attributes.count();
    let is_inline = lines[module].trim_end().ends_with('{');
    let after = if is_inline {
        let length = lines[module..]
            .iter()
            .position(|line| line.trim_end() == "}");
        length.map_or(lines.len(), |length| module + length + 1)
    } else {
        module + 1
    };
    let (before, mut rest) = (&lines[..first], &lines[after..]);
    let is_blank = |line: Option<&&str>| line.is_none_or(|line| line.trim().is_empty());
    while is_blank(before.last()) && rest.first().is_some_and(|line| is_blank(Some(line))) {
        rest = &rest[1..];
    }
    if rest.is_empty() {
        Cow::Owned(format!("{}\n", before.concat().trim_end()))
    } else {
        Cow::Owned(before.concat() + &rest.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, contents: &str) -> File {
        File {
            path: path.to_owned(),
            contents: contents.to_owned(),
        }
    }

    #[test]
    fn files_of_tests_go() {
        let files = [
            file("a.rs", "fn a() {}\n"),
            file("tests.rs", ""),
            file("a/tests.rs", ""),
            file("a/tests/mod.rs", ""),
            file("a/tests/b.rs", ""),
            file("attests.rs", ""),
        ];
        let paths: Vec<_> = without(&files).map(|(path, _)| path).collect();
        assert_eq!(paths, ["a.rs", "attests.rs"]);
    }

    #[test]
    fn modules_of_tests_go() {
        let cases = [
            ("fn a() {}\n", "fn a() {}\n"),
            (
                "mod a;\n#[cfg(test)]\nmod tests;\n\nuse a::b;\n",
                "mod a;\n\nuse a::b;\n",
            ),
            (
                "mod a;\n\n#[cfg(test)]\nmod tests;\n\nuse a::b;\n",
                "mod a;\n\nuse a::b;\n",
            ),
            ("fn a() {}\n\n#[cfg(test)]\nmod tests;\n", "fn a() {}\n"),
            (
                "fn a() {}\n\n#[cfg(all(test, unix))]\n#[allow(x)]\nmod tests {\n    fn b() {\n    }\n}\n",
                "fn a() {}\n",
            ),
            (
                "#[cfg(test)]\nmod helper;\n#[cfg(test)]\nmod tests {\r\n}\r\nfn a() {}\r\n",
                "#[cfg(test)]\nmod helper;\nfn a() {}\r\n",
            ),
        ];
        for (text, expect) in cases {
            assert_eq!(without_module(text), expect);
        }
    }
}
