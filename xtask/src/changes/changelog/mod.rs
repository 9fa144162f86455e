//! The client's changelog, in the form of <https://keepachangelog.com>.
//!
//! What this command writes stands between two comments under `Unreleased`; everything else is
//! written by hand and stays. Of its own it replaces what the base's changelog does not have: the
//! rest is history.

mod entry;

use super::version::Version;
pub(super) use entry::entry;

const BEGIN: &str = "<!-- cargo xtask changes -->";
const END: &str = "<!-- end of cargo xtask changes -->";
const UNRELEASED: &str = "## [Unreleased]";

/// The newest version that has a date.
pub(super) fn released(changelog: &str) -> Option<Version> {
    headings(changelog).find_map(|heading| {
        let (name, rest) = heading.split_once(' ')?;
        let has_date = rest.contains(|character: char| character.is_ascii_digit());
        let name = name.trim_start_matches('[').trim_end_matches(']');
        has_date.then(|| Version::parse(name))?
    })
}

/// The changelog with this entry, and without earlier ones under `Unreleased` that the base's does
/// not have. An empty entry removes those alone; so does one that is under a release already.
pub(super) fn with_entry(changelog: &str, base: &str, entry: &str) -> String {
    let history = blocks(base);
    let mut text = changelog.to_owned();
    for block in blocks(unreleased(changelog)) {
        if !history.contains(&block) {
            text = without(&text, block);
        }
    }
    let block = format!("{BEGIN}\n{entry}{END}");
    if entry.is_empty() || blocks(&text).contains(&block.as_str()) {
        return text;
    }
    let (before, behind) = split_at_unreleased(&text);
    joined(&[&before, &block, behind])
}

/// What this command has written, from comment to comment, each on a line of its own.
fn blocks(text: &str) -> Vec<&str> {
    let starts = text.match_indices(BEGIN).map(|(start, _)| start);
    starts
        .filter(|start| text[..*start].is_empty() || text[..*start].ends_with('\n'))
        .filter_map(|start| {
            let end = text[start..].find(&format!("\n{END}"))? + 1 + END.len();
            Some(&text[start..start + end])
        })
        .collect()
}

/// What is under the heading of what is not released.
fn unreleased(text: &str) -> &str {
    let Some(start) = heading_of_unreleased(text) else {
        return "";
    };
    let behind = &text[start..];
    let end = behind.find("\n## ").unwrap_or(behind.len());
    &behind[..end]
}

fn without(text: &str, block: &str) -> String {
    match text.split_once(block) {
        Some((before, behind)) => joined(&[before, behind]),
        None => text.to_owned(),
    }
}

/// The text up to the heading of what is not released, which is added where it is missing; and the
/// text behind it.
fn split_at_unreleased(text: &str) -> (String, &str) {
    if let Some(end) = heading_of_unreleased(text) {
        return (text[..end].to_owned(), &text[end..]);
    }
    let first = lines(text).find(|(_, line)| line.starts_with("## "));
    let (before, behind) = text.split_at(first.map_or(text.len(), |(start, _)| start));
    let title = if before.trim().is_empty() {
        "# Changelog"
    } else {
        before
    };
    (joined(&[title, UNRELEASED]), behind)
}

/// Where the heading of what is not released ends.
fn heading_of_unreleased(text: &str) -> Option<usize> {
    let is_it = |line: &str| {
        line.strip_prefix("## ").is_some_and(|heading| {
            let name = heading.trim().trim_matches(['[', ']']);
            name.eq_ignore_ascii_case("unreleased")
        })
    };
    let (start, line) = lines(text).find(|(_, line)| is_it(line))?;
    Some(start + line.len())
}

/// The lines of a text and where they start.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |start, line| {
        let here = *start;
        *start += line.len();
        Some((here, line))
    })
}

fn headings(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("## "))
}

/// Parts with a blank line between them and a line's end behind the last.
fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| part.trim_matches('\n'));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::{released, with_entry};

    #[test]
    fn the_newest_version_with_a_date_is_released() {
        let of = |text| released(text).map(|version| version.to_string());
        let text = "# Changelog\n\n## [Unreleased]\n\n## [0.3.0] - soon\n\n## [0.2.0] - 2026-01-02\n\n## 0.1.0 - 2026-01-01\n";
        assert_eq!(of(text).as_deref(), Some("0.2.0"));
        assert_eq!(of("## 0.1.0 (2026-01-01)\n").as_deref(), Some("0.1.0"));
        assert_eq!(of("# Changelog\n\n### [0.1.0] - 2026-01-01\n"), None);
    }

    #[track_caller]
    fn check(changelog: &str, expect: &str) {
        let once = with_entry(changelog, "", "- New.\n");
        let block = "<!-- cargo xtask changes -->\n- New.\n<!-- end of cargo xtask changes -->";
        assert_eq!(once, expect.replace("NEW", block));
        assert_eq!(with_entry(&once, "", "- New.\n"), once);
        assert_eq!(with_entry(&once, &once, "- New.\n"), once);
    }

    #[test]
    fn an_entry_stands_under_unreleased() {
        check("", "# Changelog\n\n## [Unreleased]\n\nNEW\n");
        check("# Log\n", "# Log\n\n## [Unreleased]\n\nNEW\n");
        check("# Log\n\n## Unreleased", "# Log\n\n## Unreleased\n\nNEW\n");
        check(
            "# Log\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n",
            "# Log\n\n## [Unreleased]\n\nNEW\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n",
        );
        check(
            "# Log\n\n## [unreleased]\n- By hand.\n",
            "# Log\n\n## [unreleased]\n\nNEW\n\n- By hand.\n",
        );
    }

    #[test]
    fn what_is_released_stays() {
        let released =
            with_entry("", "", "- New.\n").replace("[Unreleased]", "[0.2.0] - 2026-02-03");
        assert_eq!(with_entry(&released, "", "- New.\n"), released);
        let later = with_entry(&released, "", "- Newer.\n");
        assert!(later.starts_with("# Changelog\n\n## [Unreleased]\n\n<!--"));
        assert_eq!(
            with_entry(&later, "", ""),
            later.replace(
                "<!-- cargo xtask changes -->\n- Newer.\n<!-- end of cargo xtask changes -->\n\n",
                ""
            )
        );
    }

    /// A name from the document may say anything.
    #[test]
    fn an_entry_cannot_end_itself() {
        let entry = "- `<!-- end of cargo xtask changes -->` `<!-- cargo xtask changes -->`\n";
        let once = with_entry("", "", entry);
        assert_eq!(with_entry(&once, "", entry), once);
        assert_eq!(
            with_entry(&once, "", ""),
            "# Changelog\n\n## [Unreleased]\n"
        );
    }

    #[test]
    fn a_comment_that_does_not_end_is_not_ours() {
        let text = "# Log\n\n## [Unreleased]\n\n<!-- cargo xtask changes -->\n- By hand.\n";
        assert!(with_entry(text, "", "").ends_with("- By hand.\n"));
    }
}
