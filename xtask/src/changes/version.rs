//! Versions, and which one follows from a verdict: cargo's rules.

use std::fmt;

use changes::Verdict;

/// The version of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// Major, minor, patch.
    numbers: [u64; 3],
    /// The part after a `-`: `rc.1`.
    preview: Option<String>,
}

impl Version {
    /// Reads `1.2.3`, `1.2.3-rc.1` or `1.2.3+build`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.split('+').next()?;
        let (numbers, preview) = match text.split_once('-') {
            Some((numbers, preview)) => (numbers, Some(preview.to_owned())),
            None => (text, None),
        };
        let numbers: Option<Vec<_>> = numbers.split('.').map(number).collect();
        let numbers = numbers?.try_into().ok()?;
        Some(Self { numbers, preview })
    }

    /// The version of a package by its manifest.
    pub(super) fn of_manifest(manifest: &str) -> Option<Self> {
        let mut lines = manifest.lines().map(str::trim);
        lines.find(|line| *line == "[package]")?;
        let mut fields = lines.take_while(|line| !line.starts_with('['));
        fields.find_map(|line| {
            let value = line.strip_prefix("version")?.trim_start();
            let value = value.strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            Self::parse(value[1..].split(quote).next()?)
        })
    }

    /// The least version that may follow this one; none if it can stay.
    pub(super) fn next(&self, verdict: Verdict) -> Option<Self> {
        if verdict == Verdict::None {
            return None;
        }
        let [major, minor, patch] = self.numbers;
        let numbers = match (verdict, self.numbers) {
            // The first release without `-rc.1` may be anything.
            _ if self.preview.is_some() => self.numbers,
            (_, [0, 0, _]) => [0, 0, patch.saturating_add(1)],
            (Verdict::Breaking, [0, ..]) => [0, minor.saturating_add(1), 0],
            (_, [0, ..]) => [0, minor, patch.saturating_add(1)],
            (Verdict::Breaking, _) => [major.saturating_add(1), 0, 0],
            (Verdict::Compatible, _) => [major, minor.saturating_add(1), 0],
            _ => [major, minor, patch.saturating_add(1)],
        };
        Some(Self {
            numbers,
            preview: None,
        })
    }

    /// Whether this version is at least `least`. A preview counts as its release.
    pub(super) fn satisfies(&self, minimum: &Self) -> bool {
        self.numbers >= minimum.numbers
    }

    pub(super) fn is_older_than(&self, other: &Self) -> bool {
        self.numbers < other.numbers
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        match &self.preview {
            Some(preview) => write!(f, "-{preview}"),
            None => Ok(()),
        }
    }
}

fn number(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use changes::Verdict::{self, Breaking, Compatible, Docs};

    use super::Version;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn next_versions() {
        let cases: &[(&str, Verdict, &str)] = &[
            ("0.1.2", Breaking, "0.2.0"),
            ("0.1.2", Compatible, "0.1.3"),
            ("0.1.2", Docs, "0.1.3"),
            ("0.0.2", Breaking, "0.0.3"),
            ("0.0.2", Compatible, "0.0.3"),
            ("1.2.3", Breaking, "2.0.0"),
            ("1.2.3", Compatible, "1.3.0"),
            ("1.2.3", Docs, "1.2.4"),
            ("2.0.0-rc.1", Breaking, "2.0.0"),
        ];
        for (before, verdict, after) in cases {
            let next = version(before).next(*verdict);
            assert_eq!(next, Some(version(after)), "{before} {verdict:?}");
        }
        assert!(version("1.2.3").next(Verdict::None).is_none());
    }

    #[test]
    fn sufficient_versions() {
        for (now, minimum, satisfies) in [
            ("0.2.0", "0.2.0", true),
            ("0.2.0-rc.1", "0.2.0", true),
            ("0.10.0", "0.2.0", true),
            ("1.0.0", "0.2.0", true),
            ("0.1.9", "0.2.0", false),
        ] {
            let found = version(now).satisfies(&version(minimum));
            assert_eq!(found, satisfies, "{now} {minimum}");
        }
    }

    #[test]
    fn invalid_versions() {
        for text in [
            "", "1", "1.2", "1.2.3.4", "1.2.x", "+1.2.3", "1.2.-3", "v1.2.3",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        assert_eq!(version("1.2.3-rc.1+linux").to_string(), "1.2.3-rc.1");
    }

    #[test]
    fn versions_of_manifests() {
        let of = |text| Version::of_manifest(text).map(|version| version.to_string());
        let plain = "[package]\nname = \"a\"\nversion = \"1.2.3\" # the third\n";
        assert_eq!(of(plain).as_deref(), Some("1.2.3"));
        assert_eq!(
            of("[package]\r\nversion=\"1.2.3\"\r\n").as_deref(),
            Some("1.2.3")
        );
        let literal = "[package]\nversion = '1.2.3' # it's the third\n";
        assert_eq!(of(literal).as_deref(), Some("1.2.3"));
        assert_eq!(of("[package]\nversion = 1.2.3\n"), None);
        // That of something else is not the package's.
        assert_eq!(
            of("version = \"1.0.0\"\n[package]\n[dependencies.a]\nversion = \"2.0.0\"\n"),
            None
        );
        assert_eq!(
            of("[package]\nversion.workspace = true\nversion_x = \"1.0.0\"\n"),
            None
        );
    }
}
