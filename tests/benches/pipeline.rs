//! How long each stage of the generator takes on `spec/artifacts.yaml`, and all of them together,
//! beside what progenitor and prettyplease take for the same text.
//!
//! `cargo bench -p tests` prints the table. The numbers are those of the generator's documentation;
//! each stage starts from what the one before it made. `together` takes about twice as long as `bare
//! progenitor`, and is meant to take 1.5 times as long: compare the medians, or the fastest runs where
//! the machine is busy.
//!
//! `operations` does all of it for documents of several sizes: `item/s` are operations.
//!
//! progenitor accepts the fragment as it is. It has less to do than the generator: no positions are
//! kept, little is checked, and its output is one file without examples.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use generator::emit::{self, Emitted};
use generator::engine::{self, Engine};
use generator::lower::{self, Lowered};
use generator::model::Api;
use generator::{Source, render, resolve};
use openapi::{Document, check};
use openapiv3::OpenAPI;
use progenitor::Generator;

/// As xtask has it.
#[cfg(any(unix, target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

#[divan::bench(name = "1 load")]
fn load(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| openapi::load(&stages.source));
}

#[divan::bench(name = "2 check")]
fn check(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| check::check(&stages.document));
}

#[divan::bench(name = "3 resolve")]
fn resolution(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| resolve::resolve(&stages.document, &generator::Options::strict()));
}

#[divan::bench(name = "4 lower")]
fn lowering(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| lower::lower(&stages.api.types));
}

#[divan::bench(name = "5 engine")]
fn engine(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| engine::run(&stages.lowered));
}

/// Without taking progenitor's output apart.
#[divan::bench(name = "5 engine, progenitor only")]
fn progenitor(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| engine::generate(&stages.lowered));
}

#[divan::bench(name = "6 emit")]
fn emit(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| emitted(&stages.api, &stages.engine));
}

#[divan::bench(name = "7 render")]
fn render(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher
        .with_inputs(|| stages.emitted.clone())
        .bench_local_values(|emitted| {
            let files = emitted.into_iter();
            files
                .map(|file| render::render(file, &stages.source.name))
                .collect::<Vec<_>>()
        });
}

#[divan::bench]
fn together(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| generator::generate(&stages.source, &generator::Options::strict()));
}

/// Generated documents of several sizes. An operation of a large one may take at most 1.3 times as long as
/// one of a small one. Ten runs of the large one take half a minute.
#[divan::bench(args = [100, 1223], sample_count = 10)]
fn operations(bencher: Bencher<'_, '_>, number: usize) {
    let source = Source::new("large.yaml", document(number));
    bencher
        .counter(ItemsCount::new(number))
        .bench_local(|| generator::generate(&source, &generator::Options::default()));
}

/// A document in which each operation has parameters, a body and an answer of its own, and shares others.
fn document(operations: usize) -> String {
    let mut text = String::from(DOCUMENT);
    for number in 0..operations {
        let namespace = number / 25;
        text.push_str(&format!(
            "
  /area-{namespace}/{{owner}}/things-{number}:
    post:
      operationId: area-{namespace}/make-thing-{number}
      description: Makes a thing, and `tells` of it.
      parameters:
      - {{ $ref: '#/components/parameters/owner' }}
      - {{ name: page, in: query, schema: {{ type: integer, minimum: 1 }} }}
      - {{ name: order, in: query, schema: {{ type: string, enum: [up, down, n{number}] }} }}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {{ type: string, maxLength: 100 }}
                tags: {{ type: array, items: {{ type: string }} }}
                kind: {{ type: string, enum: [a, b, n{number}] }}
            example: {{ name: n, tags: [t] }}
      responses:
        '201':
          description: The thing.
          content:
            application/json:
              schema:
                type: object
                required: [id, owner, made]
                properties:
                  id: {{ type: integer, format: int64 }}
                  owner: {{ $ref: '#/components/schemas/Owner' }}
                  made: {{ type: string, format: date-time }}
                  note: {{ type: string, nullable: true, description: What is said of it. }}
                  parts:
                    type: array
                    items: {{ type: object, properties: {{ number: {{ type: integer }} }} }}
        '404': {{ $ref: '#/components/responses/missing' }}
"
        ));
    }
    text
}

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Large, version: '1' }
servers: [{ url: https://api.example.com }]
components:
  parameters:
    owner: { name: owner, in: path, required: true, schema: { type: string } }
  responses:
    missing:
      description: There is none.
      content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
  schemas:
    Owner: { type: object, required: [name], properties: { name: { type: string } } }
    Problem: { type: object, properties: { message: { type: string } } }
paths:
";

#[divan::bench(name = "bare progenitor")]
fn bare_progenitor() -> String {
    let document: OpenAPI =
        serde_yaml::from_str(black_box(FRAGMENT)).expect("the fragment is OpenAPI");
    let tokens = Generator::default().generate_tokens(&document);
    let file = syn::parse2(tokens.expect("progenitor accepts the fragment"));
    prettyplease::unparse(&file.expect("progenitor writes Rust"))
}

const FRAGMENT: &str = include_str!("../../spec/artifacts.yaml");
const CRATE: &str = "generated_client";

/// The result of each stage for the fragment.
struct Stages {
    source: Source,
    document: Document,
    api: Api,
    lowered: Lowered,
    engine: Engine,
    emitted: Vec<Emitted>,
}

impl Stages {
    fn new() -> Self {
        let source = Source::new("spec/artifacts.yaml", FRAGMENT);
        let document = openapi::load(&source).expect("the fragment is YAML");
        let resolved = resolve::resolve(&document, &generator::Options::strict());
        assert!(resolved.found.is_empty(), "the fragment is right");
        let api = resolved.api;
        let lowered = lower::lower(&api.types).expect("the fragment is OpenAPI");
        let engine = engine::run(&lowered).expect("progenitor accepts the fragment");
        let emitted = emitted(&api, &engine);
        Self {
            source,
            document,
            api,
            lowered,
            engine,
            emitted,
        }
    }
}

fn emitted(api: &Api, engine: &Engine) -> Vec<Emitted> {
    let mut files = Vec::new();
    let kept = emit::emit(api, engine, CRATE, |file| {
        files.push(file);
        Ok(())
    });
    kept.expect("its output is as expected");
    files
}
