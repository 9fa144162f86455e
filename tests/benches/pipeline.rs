//! How long each stage of the generator takes on `spec/artifacts.yaml`, and all of them together,
//! beside what progenitor and prettyplease take for the same text.
//!
//! `cargo bench -p tests` prints the table. The numbers are those of the generator's documentation;
//! each stage starts from what the one before it made. `together` takes about twice as long as `bare
//! progenitor`, and is meant to take 1.5 times as long: compare the medians, or the fastest runs where
//! the machine is busy.
//!
//! progenitor accepts the fragment as it is. It has less to do than the generator: no positions are
//! kept, little is checked, and its output is one file without examples.

use divan::{Bencher, black_box};
use generator::emit::{self, Emitted};
use generator::engine::{self, Engine};
use generator::lower::{self, Lowered};
use generator::model::Api;
use generator::source::{self, Document};
use generator::{Source, check, render, resolve};
use openapiv3::OpenAPI;
use progenitor::Generator;

fn main() {
    divan::main();
}

#[divan::bench(name = "1 load")]
fn load(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| source::load(&stages.source));
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
    bencher.bench_local(|| emit::emit(&stages.api, &stages.engine, CRATE));
}

#[divan::bench(name = "7 render")]
fn render(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher
        .with_inputs(|| stages.emitted.clone())
        .bench_local_values(|emitted| render::render(emitted, &stages.source.name));
}

#[divan::bench]
fn together(bencher: Bencher<'_, '_>) {
    let stages = Stages::new();
    bencher.bench_local(|| generator::generate(&stages.source, &generator::Options::strict()));
}

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

/// What each stage makes of the fragment.
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
        let document = source::load(&source).expect("the fragment is YAML");
        let resolved = resolve::resolve(&document, &generator::Options::strict());
        assert!(resolved.found.is_empty(), "the fragment is right");
        let api = resolved.api;
        let lowered = lower::lower(&api.types).expect("the fragment is OpenAPI");
        let engine = engine::run(&lowered).expect("progenitor accepts the fragment");
        let emitted = emit::emit(&api, &engine, CRATE).expect("its output is as expected");
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
