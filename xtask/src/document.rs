//! The document's text.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};

use generator::Source;
use openapi::report::{Finding, Level, Location, Position};

use crate::terminal::Paint;

/// The path for the standard input.
pub(crate) const STDIN: &str = "-";

/// A document that cannot be read as text; reported like the generator's errors.
#[derive(Debug)]
pub(crate) struct Problem {
    rule: &'static str,
    message: String,
    /// The user's name of the document.
    name: String,
    /// Where in it, if that is known.
    position: Option<Position>,
    hint: &'static str,
}

/// Reads the document at `path`, which the user knows as `name`.
///
/// A byte order mark is left out, as rustc does.
pub(crate) fn read(path: &Path, name: &str) -> Result<Source, Problem> {
    of_bytes(bytes(path).map_err(|error| unreadable(&error, name))?, name)
}

/// Reads the files that the document at `path` refers to. Beside the standard input there are none.
pub(crate) fn read_neighbours(source: &mut Source, path: &Path) {
    if path == Path::new(STDIN) {
        return;
    }
    let directory = path.parent().unwrap_or(Path::new(""));
    source.read_neighbours(|path| neighbour(directory, path));
}

/// The text of a file, or why there is none.
fn neighbour(directory: &Path, path: &str) -> Result<String, String> {
    let is_relative = |part| matches!(part, Component::Normal(_) | Component::ParentDir);
    if !Path::new(path).components().all(is_relative) {
        return Err("it is not beside the document".to_owned());
    }
    let path = directory.join(path);
    // Reading something other than a file, such as a pipe, may never end.
    let kind = fs::metadata(&path).map_err(|error| reason(&error))?;
    if !kind.is_file() {
        return Err("it is not a file".to_owned());
    }
    let bytes = fs::read(&path).map_err(|error| reason(&error))?;
    of_neighbour(bytes)
}

/// The text of a file beside the document, or why it is none.
pub(crate) fn of_neighbour(bytes: Vec<u8>) -> Result<String, String> {
    decode(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The document of these bytes, which the user knows as `name`.
pub(crate) fn of_bytes(bytes: Vec<u8>, name: &str) -> Result<Source, Problem> {
    let text = decode(bytes).map_err(|(message, position)| Problem {
        rule: "document-encoding",
        message,
        name: name.to_owned(),
        position,
        hint: "save the document as UTF-8",
    })?;
    Ok(Source::new(name, text))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new(STDIN) {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Problem {
    /// The same for programs.
    pub(crate) fn finding(&self) -> Finding {
        Finding {
            rule: self.rule.to_owned(),
            level: Level::Error,
            message: self.message.clone(),
            hint: Some(self.hint.to_owned()),
            location: Location {
                start: self.position,
                ..Location::of_file(&*self.name)
            },
        }
    }

    pub(crate) fn render(&self, paint: Paint) -> String {
        let Self {
            rule,
            message,
            name,
            position,
            hint,
        } = self;
        let place = match position {
            Some(Position { line, column }) => {
                let column = column.map(|column| format!(":{column}"));
                format!("{name}:{line}{}", column.unwrap_or_default())
            }
            None => name.clone(),
        };
        let head = format!(
            "{}{}",
            paint.error(&format!("error[{rule}]")),
            paint.strong(&format!(": {message}"))
        );
        format!(
            "{head}\n {} {place}\n{}: {hint}\n",
            paint.help("-->"),
            paint.help("help")
        )
    }
}

fn unreadable(error: &io::Error, name: &str) -> Problem {
    let is_url = name.starts_with("https://") || name.starts_with("http://");
    let (message, hint) = match error.kind() {
        _ if is_url => (
            "URLs are not fetched".to_owned(),
            "download it, and pass the path of the file: `curl --location --output FILE URL`",
        ),
        ErrorKind::NotFound => (
            "the document does not exist".to_owned(),
            "check the path, or restore the file",
        ),
        ErrorKind::IsADirectory => (
            "the document is a directory".to_owned(),
            "pass the path of a YAML or JSON file",
        ),
        ErrorKind::PermissionDenied => (
            "no permission to read the document".to_owned(),
            "check the file's permissions",
        ),
        _ => (
            format!("the document cannot be read: {error}"),
            "check the path and the disk",
        ),
    };
    Problem {
        rule: "document-unreadable",
        message,
        name: name.to_owned(),
        position: None,
        hint,
    }
}

/// The text, or the error and its position.
fn decode(bytes: Vec<u8>) -> Result<String, (String, Option<Position>)> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(("the document is UTF-16".to_owned(), None));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let (before, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        (
            format!("the document is not UTF-8: byte {:#04x}", rest[0]),
            Some(Position {
                line,
                column: Some(column),
            }),
        )
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Position, decode};

    #[test]
    fn invalid_utf8_has_a_position() {
        let wrong = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err();
        let at = |line, column| {
            Some(Position {
                line,
                column: Some(column),
            })
        };
        assert_eq!(
            wrong(b"a: 1\nb: \xe4\n"),
            ("the document is not UTF-8: byte 0xe4".into(), at(2, 4))
        );
        assert_eq!(
            wrong(
                "ö: "
                    .as_bytes()
                    .iter()
                    .chain(b"\xff")
                    .copied()
                    .collect::<Vec<_>>()
                    .as_slice()
            )
            .1,
            at(1, 4)
        );
        assert_eq!(
            wrong(b"\xff\xfea\0"),
            ("the document is UTF-16".into(), None)
        );
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(decode(b"\xef\xbb\xbfopenapi".to_vec()).unwrap(), "openapi");
    }
}
