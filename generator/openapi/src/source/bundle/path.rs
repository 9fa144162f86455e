//! The paths of references, as RFC 3986 resolves them.

/// The file that a reference's path means in the file at `base`; both are relative to the document's directory.
///
/// `None` for paths that are not relative to that directory: a URL, an absolute path.
pub(super) fn resolve(base: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || has_scheme(path) {
        return None;
    }
    let (directory, _) = base.rsplit_once('/').unwrap_or_default();
    let mut segments: Vec<_> = directory.split('/').filter(|one| !one.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    (!segments.is_empty()).then(|| segments.join("/"))
}

/// Whether a reference begins like a URL, or like a path with a drive.
pub(in crate::source) fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else {
        return false;
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(allowed)
}

/// The name of a file without its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    if stem.is_empty() { name } else { stem }
}

#[cfg(test)]
mod tests {
    use super::{resolve, stem};

    #[track_caller]
    fn check(base: &str, path: &str, expect: Option<&str>) {
        assert_eq!(resolve(base, path).as_deref(), expect, "{path} in {base}");
    }

    #[test]
    fn paths_are_resolved() {
        check("api.yaml", "pet.yaml", Some("pet.yaml"));
        check("api.yaml", "./schemas//pet.yaml", Some("schemas/pet.yaml"));
        check("schemas/pet.yaml", "cat.yaml", Some("schemas/cat.yaml"));
        check("schemas/pet.yaml", "../api.yaml", Some("api.yaml"));
        check("schemas/pet.yaml", "../../x/y.json", Some("../x/y.json"));
        check("../x/y.json", "../z.json", Some("../z.json"));
        check("../x/y.json", "../../z.json", Some("../../z.json"));
        check("a/b.yaml", "..", None);
    }

    #[test]
    fn absolute_paths_and_urls_are_refused() {
        for path in [
            "/etc/pet.yaml",
            "//host/pet.yaml",
            "https://host/a",
            "file:a",
            "C:/a",
        ] {
            check("api.yaml", path, None);
        }
        check("api.yaml", "./a:b.yaml", Some("a:b.yaml"));
    }

    #[test]
    fn stems_lack_the_format() {
        assert_eq!(stem("schemas/pet.yaml"), "pet");
        assert_eq!(stem("pet.v1.json"), "pet.v1");
        assert_eq!(stem(".pet"), ".pet");
    }
}
