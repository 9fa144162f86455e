//! A workspace with a fragment, waivers, and a description to compare with.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::{Run, program};

/// Prose of upstream, which must not be copied.
pub(crate) const WORDS: &str = "A sentence of theirs";

const FRAGMENT: &str = "\
openapi: 3.0.3
info: { title: Things, version: '1' }
servers: [{ url: https://things.example }]
paths:
  /things/{thing_id}:
    get:
      operationId: things/get-thing
      parameters:
        - { name: thing_id, in: path, required: true, schema: { type: integer } }
        - { name: part, in: query, schema: { type: string } }
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties:
                  id: { type: integer }
                  name: { type: string }
        '404': { description: No such thing }
";

const UPSTREAM: &str = "\
openapi: 3.0.3
info: { title: A sentence of theirs, version: 1.2.3, description: A sentence of theirs }
servers: [{ url: https://things.example }]
paths:
  /things/{thing_id}:
    get:
      operationId: things/get-thing
      summary: A sentence of theirs
      description: A sentence of theirs
      parameters:
        - { name: thing_id, in: path, required: true, schema: { type: integer }, description: A sentence of theirs }
        - { name: part, in: query, required: true, schema: { type: string, enum: [a, b] } }
      responses:
        '200':
          description: A sentence of theirs
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/thing'
components:
  schemas:
    thing:
      type: object
      title: A sentence of theirs
      description: A sentence of theirs
      required: [id]
      properties:
        id: { type: integer, description: A sentence of theirs }
        name: { type: string, nullable: true }
        size: { type: integer, example: A sentence of theirs }
";

/// Waives all that differs.
const WAIVERS: &str = "\
# Ours.
waivers:
  - rule: [parameter-became-required, parameter-enum-imposed]
    operation: things/get-thing
    pointer: [/parameters/query/part, /parameters/query/part/schema]
    reason: the client always sends it
  - rule: [response-became-nullable, response-property-added]
    operation: things/*
    pointer: [/responses/200/**/name, /responses/200/**/size]
    reason: nobody needs them
  - { rule: error-status-removed, operation: '*', pointer: /responses/404, reason: it happens }
";

pub(crate) struct Workspace {
    place: TempDir,
}

impl Workspace {
    /// With all three files, and no drift but that nothing is accepted yet.
    pub(crate) fn waived() -> Self {
        let workspace = Self::new();
        workspace.write("workspace/spec/drift.yaml", WAIVERS);
        workspace
    }

    /// With all three files, and no drift.
    pub(crate) fn accepted() -> Self {
        let workspace = Self::waived();
        workspace.drift(&["--accept"]).ends(0);
        workspace
    }

    /// Without a file of waivers.
    pub(crate) fn new() -> Self {
        let workspace = Self {
            place: TempDir::new().unwrap(),
        };
        workspace.write("workspace/spec/artifacts.yaml", FRAGMENT);
        workspace.write("workspace/generated-client/src/lib.rs", "");
        workspace.write("things.yaml", UPSTREAM);
        workspace
    }

    /// The temporary directory; the workspace is the directory `workspace` in it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces a part of a file, which must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{text}");
        self.write(path, text.replace(from, to));
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program(&self.path("workspace"), args);
        command.current_dir(&self.place);
        command
    }

    /// Compares with `things.yaml`.
    pub(crate) fn drift(&self, args: &[&str]) -> Run {
        self.run(&[&["drift", "--upstream", "things.yaml"], args].concat())
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// Runs with a text on the standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input reports why.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(child.wait_with_output().unwrap())
    }
}

impl Run {
    /// Ends with this exit code and a report; returns the report.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> String {
        assert_eq!(
            (self.code, self.stderr.as_str()),
            (Some(code), ""),
            "{}",
            self.stdout
        );
        self.stdout
    }
}
