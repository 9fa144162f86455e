//! The report of a run: as text at once, or at its end in a format for programs.

use generator::Source;
use openapi::report::{Finding, Level, Location};
use openapi::{Diagnostic, diagnostic};
use serde_json::json;

use super::Options;
use super::job::Job;
use super::report::Size;
use crate::disk::{Kind, Plan};
use crate::document::Problem;
use crate::format::{Format, annotations};
use crate::terminal::{self, Paint};

/// The report of a run.
#[derive(Debug)]
pub(super) struct Account<'o> {
    options: &'o Options,
    job: &'o Job,
    ending: Ending,
    size: Option<Size>,
    findings: Vec<Finding>,
    /// The state and path of each file that was out of date.
    files: Vec<(&'static str, String)>,
}

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Rejected,
    OutOfDate,
    UpToDate,
    Written,
}

impl<'o> Account<'o> {
    pub(super) fn new(options: &'o Options, job: &'o Job) -> Self {
        Self {
            options,
            job,
            ending: Ending::Rejected,
            size: None,
            findings: Vec::new(),
            files: Vec::new(),
        }
    }

    pub(super) fn is_text(&self) -> bool {
        self.options.format == Format::Text
    }

    /// The document cannot be read.
    pub(super) fn unreadable(&mut self, problem: &Problem) {
        if self.is_text() {
            terminal::warn(&problem.render(Paint::stderr()));
        }
        self.findings.push(problem.finding());
    }

    /// The document is rejected.
    pub(super) fn rejected(&mut self, found: &[Diagnostic], source: &Source) {
        self.found(found, source);
        if self.is_text() {
            terminal::warn("nothing is written\n");
        }
    }

    /// This was found in the document.
    pub(super) fn found(&mut self, found: &[Diagnostic], source: &Source) {
        if self.is_text() {
            terminal::warn(&text(found, source, self.options));
        } else {
            self.findings = Finding::of_diagnostics(found, source);
        }
    }

    /// The document gives this, and these files are not as they shall be.
    pub(super) fn planned(&mut self, size: Size, plan: &Plan<'_>) {
        self.size = Some(size);
        let changes = plan.changes().map(|change| {
            let what = match change.kind {
                Kind::Missing { .. } => "missing",
                Kind::Changed { .. } => "changed",
                Kind::Extra { .. } => "extra",
            };
            (what, format!("{}/{}", self.job.heading, change.label))
        });
        self.files = changes.collect();
        self.ending = match (plan.is_done(), self.options.check) {
            (true, _) => Ending::UpToDate,
            (false, true) => Ending::OutOfDate,
            (false, false) => Ending::Written,
        };
    }

    /// The whole run, for programs. Text has been printed already.
    pub(super) fn print(&self) -> anyhow::Result<()> {
        match self.options.format {
            Format::Text | Format::Markdown => Ok(()),
            Format::Json => terminal::print(&self.json()),
            Format::Github => terminal::print(&(annotations(&self.findings) + &self.outdated())),
        }
    }

    fn json(&self) -> String {
        let files = self.files.iter();
        let files: Vec<_> = files
            .map(|(what, path)| json!({ "path": path, "state": what }))
            .collect();
        let account = json!({
            "document": self.job.document_name,
            "result": self.ending.name(),
            "operations": self.size.map(|size| size.operations),
            "types": self.size.map(|size| size.types),
            "findings": self.findings.iter().map(Finding::json).collect::<Vec<_>>(),
            "files": files,
        });
        format!("{account:#}\n")
    }

    /// An annotation for each file that is out of date.
    fn outdated(&self) -> String {
        if self.ending != Ending::OutOfDate {
            return String::new();
        }
        let files = self.files.iter().map(|(what, path)| {
            let message = match *what {
                "missing" => "the file is missing",
                "extra" => "the file is not generated any more",
                _ => "the file is out of date",
            };
            let finding = Finding {
                rule: "out-of-date".to_owned(),
                level: Level::Error,
                message: message.to_owned(),
                hint: Some(format!("run `{}`", self.job.command)),
                location: Location::of_file(path),
            };
            finding.annotation()
        });
        files.collect()
    }
}

impl Ending {
    fn name(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::OutOfDate => "out-of-date",
            Self::UpToDate => "up-to-date",
            Self::Written => "written",
        }
    }
}

/// Nothing, or lines with how to see more.
fn text(found: &[Diagnostic], source: &Source, options: &Options) -> String {
    let colours = Paint::stderr().colours;
    if found.is_empty() {
        return String::new();
    }
    if options.all_warnings {
        return diagnostic::render(found, source, colours);
    }
    let mut text = diagnostic::digest(found, source, colours);
    if found.iter().any(|one| !one.is_error()) {
        text.push_str("`--warnings all` shows each warning; `cargo xtask explain RULE` explains\n");
    }
    text
}
