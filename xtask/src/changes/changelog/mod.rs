//! The client's changelog, in the form of <https://keepachangelog.com>.
//!
//! This command writes between two comments under `Unreleased`; all other text is hand-written and stays.
//! It replaces only its text that the base's changelog does not have: the rest is history.

mod entry;
mod lines;

use std::ops::Range;

use super::version::Version;
pub(super) use entry::entry;
use lines::{LINE_ENDS, joined, lines};

const BEGIN: &str = "<!-- cargo xtask changes -->";
const END: &str = "<!-- end of cargo xtask changes -->";
const UNRELEASED: &str = "## [Unreleased]";

/// The newest version that has a date.
pub(super) fn released(changelog: &str) -> Option<Version> {
    headings(changelog).find_map(|(name, rest)| {
        let has_date = rest.contains(|character: char| character.is_ascii_digit());
        has_date.then(|| Version::parse(name))?
    })
}

/// The changelog with this entry, and without earlier ones under `Unreleased` that the base's does
/// not have. An empty entry removes those alone; so does one that is history or under a release
/// already. Line ends stay as they are.
pub(super) fn with_entry(changelog: &str, base: &str, entry: &str) -> String {
    let line_end = lines::end(changelog);
    let block = format!("{BEGIN}\n{entry}{END}").replace('\n', line_end);
    let (mut ours, others) = blocks_to_replace(changelog, base);
    let is_wanted = !entry.is_empty() && !others.iter().any(|other| is_same(other, &block));
    let first = if is_wanted && !ours.is_empty() {
        Some(ours.remove(0))
    } else {
        None
    };
    let mut text = changelog.to_owned();
    for range in ours.into_iter().rev() {
        text = without(&text, range, line_end);
    }
    match first {
        Some(first) if is_same(&changelog[first.clone()], &block) => text,
        Some(first) => {
            text.replace_range(first, &block);
            text
        }
        None if is_wanted => {
            let (before, behind) = split_at_unreleased(&text, line_end);
            joined(&[&before, &block, behind], line_end)
        }
        None => text,
    }
}

/// The text with a part replaced by one blank line.
fn without(text: &str, part: Range<usize>, line_end: &str) -> String {
    let before = text[..part.start].trim_end_matches(LINE_ENDS);
    let behind = text[part.end..].trim_start_matches(LINE_ENDS);
    let gap = line_end.repeat(if behind.is_empty() { 1 } else { 2 });
    format!("{before}{gap}{behind}")
}

/// The range of this command's text to replace, and the rest of its text.
fn blocks_to_replace<'c>(changelog: &'c str, base: &str) -> (Vec<Range<usize>>, Vec<&'c str>) {
    let unreleased = unreleased(changelog);
    let history: Vec<_> = blocks(base).into_iter().map(|range| &base[range]).collect();
    let (ours, others): (Vec<_>, Vec<_>) = blocks(changelog).into_iter().partition(|range| {
        let block = &changelog[range.clone()];
        unreleased.contains(&range.start) && !history.iter().any(|old| is_same(old, block))
    });
    let others = others.into_iter().map(|range| &changelog[range]).collect();
    (ours, others)
}

/// What this command has written, from comment to comment, each on a line of its own. Where another
/// begins before the end, the first has none, and is not ours.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut opened = None;
    let blocks = lines(text).filter_map(|(start, line)| match line.trim_end() {
        BEGIN => {
            opened = Some(start);
            None
        }
        END => Some(opened.take()?..start + END.len()),
        _ => None,
    });
    blocks.collect()
}

/// Whether two blocks say the same, whatever their lines end with.
fn is_same(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines())
}

/// The range of the text under the heading of unreleased changes.
fn unreleased(text: &str) -> Range<usize> {
    let Some(start) = heading_of_unreleased(text) else {
        return 0..0;
    };
    let mut behind = lines(text).skip_while(|(at, _)| *at < start);
    let next = behind.find(|(_, line)| line.starts_with("## "));
    start..next.map_or(text.len(), |(at, _)| at)
}

/// The text up to the heading of unreleased changes, which is added if missing; and the text after it.
fn split_at_unreleased<'t>(text: &'t str, line_end: &str) -> (String, &'t str) {
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
    (joined(&[title, UNRELEASED], line_end), behind)
}

/// The end of the heading of unreleased changes.
fn heading_of_unreleased(text: &str) -> Option<usize> {
    let (start, line) = lines(text).find(|(_, line)| {
        heading(line).is_some_and(|(name, _)| name.eq_ignore_ascii_case("unreleased"))
    })?;
    Some(start + line.len())
}

fn headings(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(heading)
}

/// The name and the date of a heading, as in `0.1.0 - 2026-01-02`. The name may be a link.
fn heading(line: &str) -> Option<(&str, &str)> {
    let text = line.strip_prefix("## ")?.trim();
    let Some((name, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else {
        return Some(text.split_once(' ').unwrap_or((text, "")));
    };
    let target = rest
        .strip_prefix('(')
        .and_then(|target| target.split_once(')'));
    Some((name, target.map_or(rest, |(_, rest)| rest)))
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
        let link = "## [0.1.0](https://things.example/2) - 2026-01-01\n";
        assert_eq!(of(link).as_deref(), Some("0.1.0"));
        let soon = "## [0.1.0](https://things.example/2) - soon\n";
        assert_eq!(of(soon), None);
        assert_eq!(of("# Changelog\n\n### [0.1.0] - 2026-01-01\n"), None);
    }

    #[track_caller]
    fn check(changelog: &str, expect: &str) {
        let once = with_entry(changelog, "", "- New.\n");
        let block = "<!-- cargo xtask changes -->\n- New.\n<!-- end of cargo xtask changes -->";
        assert_eq!(once, expect.replace("NEW", block));
        assert_eq!(with_entry(&once, "", "- New.\n"), once);
        assert_eq!(with_entry(&once, &once, "- New.\n"), once);
        let windows = |text: &str| text.replace('\n', "\r\n");
        if changelog.contains('\n') {
            assert_eq!(
                with_entry(&windows(changelog), "", "- New.\n"),
                windows(&once)
            );
            assert_eq!(with_entry(&windows(&once), "", "- New.\n"), windows(&once));
            assert_eq!(
                with_entry(&windows(&once), &once, "- New.\n"),
                windows(&once)
            );
        }
    }

    #[test]
    fn an_entry_is_added_under_unreleased() {
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
        let url = "https://things.example/v0.1.0...main";
        check(
            &format!("# Log\n\n## [Unreleased]({url})\n"),
            &format!("# Log\n\n## [Unreleased]({url})\n\nNEW\n"),
        );
    }

    #[test]
    fn released_sections_stay() {
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
    fn an_open_comment_is_kept() {
        let text = "# Log\n\n## [Unreleased]\n\n<!-- cargo xtask changes -->\n- By hand.\n";
        assert!(with_entry(text, "", "").ends_with("- By hand.\n"));
    }

    #[test]
    fn an_open_comment_before_a_closed_one() {
        let opened = "# Log\n\n## [Unreleased]\n\n<!-- cargo xtask changes -->\n- By hand.\n";
        let block = "<!-- cargo xtask changes -->\n- Old.\n<!-- end of cargo xtask changes -->\n";
        let text = format!("{opened}\n{block}");
        assert_eq!(with_entry(&text, "", ""), opened);
        let expected = text.replace("- Old.", "- New.");
        assert_eq!(with_entry(&text, "", "- New.\n"), expected);
    }

    #[test]
    fn blank_lines_stay() {
        let block = "<!-- cargo xtask changes -->\n- New.\n<!-- end of cargo xtask changes -->";
        let text = format!("# Log\n\n## Unreleased\n{block}\n\n\n\n- By hand.\n\n\n");
        assert_eq!(with_entry(&text, "", "- New.\n"), text);
        let newer = with_entry(&text, "", "- Newer.\n");
        assert_eq!(newer, text.replace("- New.", "- Newer."));
        let twice = format!("\n\n{text}{block}\n");
        assert_eq!(with_entry(&twice, "", "- New.\n").trim(), text.trim());
    }
}
