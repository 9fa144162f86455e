//! The report for a terminal.

use changes::{Change, Verdict};

use super::due::Versions;
use super::phrase;
use super::report::{Report, Section};
use crate::terminal::{Paint, plain};
use crate::workspace;

pub(super) fn show(report: &Report, paint: Paint) -> String {
    let verdict = painted(report.difference.worst(), &report.headline(), paint);
    let mut text = format!(
        "{}: {verdict}, compared with {}\n",
        workspace::CLIENT,
        report.base.describe(plain)
    );
    for section in report.sections() {
        text.push_str(&self::section(&section, paint));
    }
    text.push_str(&documented(report, paint));
    for note in &report.difference.notes {
        text.push_str(&format!("\n{}: {note}\n", paint.help("note")));
    }
    text + &version(report)
}

fn documented(report: &Report, paint: Paint) -> String {
    let (items, more) = report.documented();
    if items.is_empty() {
        return String::new();
    }
    let lines: String = items.iter().map(|item| format!("  {item}\n")).collect();
    let title = paint.strong("Only docs changed");
    let more = match more {
        0 => String::new(),
        more => format!("  and {more} more\n"),
    };
    format!("\n{title}\n{lines}{more}")
}

fn section(section: &Section<'_>, paint: Paint) -> String {
    let lines: String = section
        .listed
        .iter()
        .map(|change| line(change, section.is_silent, paint))
        .collect();
    let more = match section.more.as_str() {
        "" => String::new(),
        more => format!("  {more}\n"),
    };
    format!("\n{}\n{lines}{more}", paint.strong(section.title))
}

fn line(change: &Change, is_silent: bool, paint: Paint) -> String {
    let verdict = change.rule.verdict();
    let mark = painted(verdict, &format!("{:<10}", verdict.name()), paint);
    let subjects = paint.strong(&phrase::subjects(change, plain));
    let what = phrase::what(change, plain);
    let place = change.place.map(|place| {
        let place = phrase::place(place);
        format!("\n             {}", paint.place(&place))
    });
    let reason = if is_silent && verdict == Verdict::Breaking {
        format!("\n             {}", change.rule.why())
    } else {
        String::new()
    };
    format!(
        "  {mark} {subjects} {what}{reason}{}\n",
        place.unwrap_or_default()
    )
}

fn version(report: &Report) -> String {
    let Some(versions) = &report.versions else {
        return String::new();
    };
    let Versions {
        released,
        before,
        now,
    } = versions;
    match report.due() {
        Some(due) if due.is_return => {
            format!("\nversion: must stay {before} or later, is {now}\n")
        }
        Some(due) => format!(
            "\nversion: must be {} or later after {released}{}, is {now}\n",
            due.required,
            report.in_doubt()
        ),
        None => format!("\nversion: {now} can stay\n"),
    }
}

/// The error about the version, for the standard error.
pub(super) fn complaint(report: &Report, paint: Paint) -> Option<String> {
    let (error, hint) = advice(report)?;
    let is_return = report.due().is_some_and(|due| due.is_return);
    let note = match report.difference.doubt() {
        Some(why) if !is_return => format!(
            "{}: {why}, so the change counts as breaking\n",
            paint.help("note")
        ),
        _ => String::new(),
    };
    let (label, help) = (paint.error("error"), paint.help("help"));
    Some(format!("{label}: {error}\n{note}{help}: {hint}\n"))
}

/// The error about the version, and its hint.
pub(super) fn advice(report: &Report) -> Option<(String, String)> {
    let Versions { released, now, .. } = report.versions.as_ref()?;
    let due = report.due().filter(|due| !due.is_met)?;
    let (required, manifest) = (&due.required, workspace::MANIFEST);
    let error = if due.is_return {
        format!("`{manifest}` lowers the version from {required} to {now}")
    } else {
        format!("version {required} is due after {released}, but `{manifest}` has {now}")
    };
    Some((error, format!("set `version = \"{required}\"` there")))
}

fn painted(verdict: Verdict, text: &str, paint: Paint) -> String {
    match verdict {
        Verdict::Breaking => paint.error(text),
        Verdict::Compatible => paint.added(text),
        Verdict::Docs | Verdict::None => text.to_owned(),
    }
}
