//! A finding as an annotation of a GitHub workflow.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use super::Finding;

impl Finding {
    /// A line that a workflow prints: `::error file=spec/artifacts.yaml,line=3,…,title=unknown-field::message`.
    pub fn annotation(&self) -> String {
        let location = &self.location;
        let mut properties = vec![format!("file={}", property(&location.file))];
        if let Some(start) = location.start {
            properties.push(format!("line={}", start.line));
            let end = location.end.unwrap_or(start);
            properties.push(format!("endLine={}", end.line));
            // Columns are of one line.
            if let (Some(column), true) = (start.column, end.line == start.line) {
                properties.push(format!("col={column}"));
                let end = end.column.unwrap_or(column);
                properties.push(format!("endColumn={end}"));
            }
        }
        properties.push(format!("title={}", property(&self.rule)));
        let mut message = self.message.clone();
        if let Some(hint) = &self.hint {
            message.push_str(&format!("\nhelp: {hint}"));
        }
        let (level, properties) = (self.level.name(), properties.join(","));
        format!("::{level} {properties}::{}\n", data(&message))
    }
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::report::{Finding, Level, Location, Position};

    #[test]
    fn nothing_ends_a_command_early() {
        let position = |line, column| Some(Position { line, column });
        let mut finding = Finding {
            rule: "a:b".into(),
            level: Level::Error,
            message: "100%\r\n::error::x".into(),
            hint: Some("a, b".into()),
            location: Location {
                file: "C:\\a,b%\n.yaml".into(),
                start: position(3, Some(5)),
                end: position(3, Some(8)),
                pointer: None,
            },
        };
        assert_eq!(
            finding.annotation(),
            "::error file=C%3A\\a%2Cb%25%0A.yaml,line=3,endLine=3,col=5,endColumn=8,title=a%3Ab\
             ::100%25%0D%0A::error::x%0Ahelp: a, b\n"
        );
        finding.location.end = position(4, Some(1));
        finding.level = Level::Notice;
        assert!(
            finding
                .annotation()
                .contains(".yaml,line=3,endLine=4,title=a%3Ab::")
        );
        finding.location = Location::of_file("a");
        assert!(finding.annotation().starts_with("::notice file=a,title="));
    }
}
