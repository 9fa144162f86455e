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
    let is_module = |line: &&str| matches!(line.trim_end(), "mod tests;" | "mod tests {");
    let Some(module) = lines.iter().position(is_module) else {
        return Cow::Borrowed(text);
    };
    let before = lines[..module].iter().rev();
    let before = before.skip_while(|line| line.starts_with("#["));
    let before = before.skip_while(|line| line.trim().is_empty()).count();
    let is_last = |line: &&str| matches!(line.trim_end(), "mod tests;" | "}");
    let rest = lines[module..].iter().skip_while(|line| !is_last(line));
    let kept = lines[..before].iter().chain(rest.skip(1));
    Cow::Owned(kept.copied().collect())
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
