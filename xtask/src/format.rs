//! The forms in which commands report: `--format`.

use std::ffi::OsString;

use openapi::report::Finding;

use crate::terminal::plain;
use crate::usage::Usage;

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For an issue or the summary of a job.
    Markdown,
    /// For programs.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
}

impl Format {
    /// All but Markdown.
    pub(crate) const WITHOUT_MARKDOWN: &[Self] = &[Self::Text, Self::Json, Self::Github];
    pub(crate) const ALL: &[Self] = &[Self::Text, Self::Markdown, Self::Json, Self::Github];

    /// The format of this name, among those that a command has.
    pub(crate) fn parse(value: Option<OsString>, known: &[Self]) -> Result<Self, Usage> {
        let Some(value) = value else {
            return Ok(Self::default());
        };
        let value = value.to_string_lossy();
        if let Some(format) = known.iter().find(|format| format.name() == value) {
            return Ok(*format);
        }
        let names: Vec<_> = known
            .iter()
            .map(|format| format!("`{}`", format.name()))
            .collect();
        Err(Usage {
            message: format!("unknown format: `{}`", plain(&value)),
            hint: format!("expected one of: {}", names.join(", ")),
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Github => "github",
        }
    }
}

/// A line for each finding.
pub(crate) fn annotations(findings: &[Finding]) -> String {
    findings.iter().map(Finding::annotation).collect()
}
