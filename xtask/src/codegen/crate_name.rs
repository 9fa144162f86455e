//! Names of crates.

use std::path::Path;

/// A name that cargo accepts for a package, and rustc for a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CrateName(String);

/// Names that cargo refuses, or that would hide common crates.
const TAKEN: &[&str] = &[
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc_macro",
    "std",
    "test",
];

/// Rust's words, which cargo refuses too.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

impl CrateName {
    /// # Errors
    ///
    /// Why it is not a valid crate name.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("invalid crate name: `{name}`: {why}"));
        if !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            return wrong("only ASCII letters, digits, `-` and `_` are allowed");
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return wrong("it must start with a letter");
        }
        if name.len() > 64 {
            return wrong("at most 64 characters are allowed");
        }
        let word = name.replace('-', "_");
        if KEYWORDS.contains(&word.as_str()) || TAKEN.contains(&word.as_str()) {
            return wrong("the word is reserved");
        }
        Ok(Self(name.to_owned()))
    }

    /// The name of a directory as the name of a crate: in lower case, anything that no name may hold turned into `-`.
    ///
    /// # Errors
    ///
    /// Why no name can be made of it.
    pub(crate) fn of_directory(directory: &Path) -> Result<Self, String> {
        let name = directory
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words: Vec<_> = name
            .split(|c| !allowed(c))
            .filter(|word| !word.is_empty())
            .collect();
        Self::parse(&words.join("-"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::CrateName;

    #[track_caller]
    fn check(directory: &str, expect: Option<&str>) {
        let name = CrateName::of_directory(Path::new(directory)).ok();
        assert_eq!(name.as_ref().map(CrateName::as_str), expect, "{directory}");
    }

    #[test]
    fn a_directory_gives_a_name() {
        check("/tmp/petstore", Some("petstore"));
        check("pet_store-2", Some("pet_store-2"));
        check("My API (v2)", Some("my-api-v2"));
        check("pet.store/", Some("pet-store"));
        check("3d", None);
        check("...", None);
        check("/", None);
        check("async", None);
        check("proc-macro", None);
        check("größe", Some("gr-e"));
    }
}
