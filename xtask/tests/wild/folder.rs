//! A folder of documents, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::{Run, program};

/// A temporary directory with a folder `documents` in it.
pub(crate) struct Folder {
    place: TempDir,
}

impl Folder {
    /// With these documents, by their files' names.
    pub(crate) fn with(documents: &[(&str, &str)]) -> Self {
        let folder = Self {
            place: TempDir::new().unwrap(),
        };
        fs::create_dir(folder.path("documents")).unwrap();
        for (name, text) in documents {
            fs::write(folder.path("documents").join(name), text).unwrap();
        }
        folder
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    /// `cargo xtask wild`, started beside the folder. It takes what it needs from this workspace.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let args: Vec<_> = [&["wild"], args].concat();
        let mut command = program(package.parent().unwrap(), &args);
        command.current_dir(self.path(""));
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }
}

/// A document with one operation, of which `responses` is the body.
pub(crate) fn document(responses: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{ title: Things, version: '1' }}
servers: [{{ url: https://things.example }}]
paths:
  /things/{{id}}:
    get:
      operationId: things/get
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: integer }} }}]
      responses: {responses}
components:
  schemas:
    Thing: {{ type: object, properties: {{ name: {{ type: string }} }} }}
"
    )
}

/// One that is accepted.
pub(crate) fn right() -> String {
    document(
        "{ '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }",
    )
}
