//! The output of `--check` for files that are out of date.

use std::fs;
use std::time::Duration;

use anyhow::Context;
use similar::TextDiff;

use super::job::Job;
use super::report::{count, described, label};
use crate::disk::{Change, Entry, Kind, Plan};
use crate::terminal::Paint;

/// Lines of one file's difference that are shown.
const OF_A_FILE: usize = 60;
/// Lines of all differences together that are shown.
const OF_ALL: usize = 400;
/// After this time a difference need no longer be the shortest one.
const PATIENCE: Duration = Duration::from_secs(1);

/// Each outdated file with its diff, from the disk's content to the wanted one, and the command that updates it.
///
/// # Errors
///
/// When a file cannot be read.
pub(super) fn show(plan: &Plan<'_>, job: &Job, paint: Paint) -> anyhow::Result<String> {
    let mut text = format!(
        "{}: out of date with {}: {}\n",
        job.heading,
        job.document_name,
        counts(plan)
    );
    let mut left = OF_ALL;
    for change in plan.changes() {
        text.push_str(&format!("\n{}\n", paint.strong(&headline(change, job))));
        if left == 0 {
            text.push_str("… difference not shown\n");
            continue;
        }
        let lines = difference(change, job)?;
        let shown = lines.len().min(OF_A_FILE).min(left);
        left -= shown;
        text.extend(
            lines
                .iter()
                .take(shown)
                .map(|line| painted(line, paint) + "\n"),
        );
        if shown < lines.len() {
            text.push_str(&format!("… {}\n", count(lines.len() - shown, "more line")));
        }
    }
    text.push_str(&format!(
        "\nto bring it up to date, run:\n{}\n",
        paint.strong(&job.command)
    ));
    Ok(text)
}

fn counts(plan: &Plan<'_>) -> String {
    let [mut changed, mut missing, mut extra] = [0; 3];
    for change in plan.changes() {
        match change.kind {
            Kind::Changed { .. } => changed += 1,
            Kind::Missing { .. } => missing += 1,
            Kind::Extra { .. } => extra += 1,
        }
    }
    format!(
        "{changed} changed, {missing} missing, {extra} extra, {} up to date",
        plan.unchanged()
    )
}

fn headline(change: &Change<'_>, job: &Job) -> String {
    let path = format!("{}/{}", job.heading, label(&change.label));
    match change.kind {
        Kind::Missing { .. } => format!("missing: {path}"),
        Kind::Changed { before, .. } => format!("changed: {}", described(path, before)),
        Kind::Extra { before } => format!("extra: {}", described(path, before)),
    }
}

/// The lines of a unified difference, or a sentence where there is none to show. `git apply` understands the lines where
/// none are cut off; the path of a directory that was given as an absolute one is relative to the root then.
fn difference(change: &Change<'_>, job: &Job) -> anyhow::Result<Vec<String>> {
    let read =
        || fs::read(&change.at).with_context(|| format!("cannot read `{}`", change.at.display()));
    let (before, after) = match change.kind {
        Kind::Missing { after } => (None, Some(after)),
        Kind::Changed {
            before: Entry::File,
            after,
        } => (Some(read()?), Some(after)),
        Kind::Extra {
            before: Entry::File,
        } => (Some(read()?), None),
        Kind::Changed { .. } | Kind::Extra { .. } => return Ok(Vec::new()),
    };
    let path = format!("{}/{}", job.heading, label(&change.label));
    let path = path.trim_start_matches('/');
    let names = (
        before
            .as_ref()
            .map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{path}")),
        after.map_or_else(|| "/dev/null".to_owned(), |_| format!("b/{path}")),
    );
    let Ok(before) = String::from_utf8(before.unwrap_or_default()) else {
        return Ok(vec!["the file on disk is not UTF-8".to_owned()]);
    };
    Ok(unified(&before, after.unwrap_or_default(), &names))
}

fn unified(before: &str, after: &str, names: &(String, String)) -> Vec<String> {
    if before.replace("\r\n", "\n") == after {
        return vec!["the line endings are CRLF, not LF".to_owned()];
    }
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header(&names.0, &names.1)
        .to_string();
    text.split_terminator('\n').map(visible).collect()
}

/// Control characters would be obeyed by the terminal.
fn visible(line: &str) -> String {
    line.chars()
        .map(|c| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

fn painted(line: &str, paint: Paint) -> String {
    match line.as_bytes().first() {
        _ if line.starts_with("+++") || line.starts_with("---") => paint.strong(line),
        Some(b'+') => paint.added(line),
        Some(b'-') => paint.removed(line),
        Some(b'@') => paint.place(line),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{Job, Paint, Plan, show};
    use crate::disk::{Contents, Files, Target};

    /// The diff from `before` to `after`.
    fn shown(before: &[(&str, &[u8])], after: &[(&str, &str)]) -> String {
        let place = TempDir::new().unwrap();
        for (path, contents) in before {
            fs::write(place.path().join(path), contents).unwrap();
        }
        let files: Files = after
            .iter()
            .map(|(path, text)| ((*path).into(), (*text).into()))
            .collect();
        let at = place.path().to_owned();
        let targets = [Target {
            at,
            label: String::new(),
            contents: Contents::Tree(files),
        }];
        let plan = Plan::new(&targets).unwrap();
        show(
            &plan,
            &Job::of_workspace(Path::new("")),
            Paint { colours: false },
        )
        .unwrap()
    }

    #[test]
    fn changed_missing_extra() {
        let before: &[(&str, &[u8])] = &[
            ("kept.rs", b"kept\n"),
            ("mod.rs", b"mod a;\nmod old;\n"),
            ("old.rs", b"old"),
        ];
        let after = &[
            ("kept.rs", "kept\n"),
            ("mod.rs", "mod a;\nmod new;\n"),
            ("new.rs", "new\n"),
        ];
        insta::assert_snapshot!(shown(before, after));
    }

    #[test]
    fn binary_and_control_characters() {
        let before: &[(&str, &[u8])] = &[
            ("bytes", b"\xff"),
            ("crlf.rs", b"a\r\nb\r\n"),
            ("escape", b"\x1b[2Ja\n"),
        ];
        let after = &[
            ("bytes", "text\n"),
            ("crlf.rs", "a\nb\n"),
            ("escape", "a\n"),
        ];
        insta::assert_snapshot!(shown(before, after));
    }

    #[test]
    fn long_differences() {
        let long: String = (0..200).map(|line| format!("{line}\n")).collect();
        let names: Vec<_> = (0..10).map(|file| format!("{file}.rs")).collect();
        let after: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), long.as_str()))
            .collect();
        let text = shown(&[], &after);
        assert!(
            text.contains("\n+56\n… 143 more lines\n\nmissing: "),
            "{text}"
        );
        assert!(
            text.contains("9.rs\n… difference not shown\n\nto bring it up to date"),
            "{text}"
        );
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with('+') && !line.starts_with("+++"))
                .count(),
            379
        );
    }
}
