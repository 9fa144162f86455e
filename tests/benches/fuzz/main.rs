//! Random changes of the tests' documents.
//!
//! ```sh
//! cargo bench -p tests --bench fuzz -- --seconds 3600 --seed 7
//! cargo bench -p tests --bench fuzz -- --seed 7 --case 1234
//! ```
//!
//! Nothing panics, errors have positions, and accepted documents give Rust with prose as docs and with every fact of
//! the document, except for reported losses. The document of a failure is kept, with the seed and number of its case,
//! which reproduce it.

mod corpus;
mod hold;
mod mutate;
mod random;

use std::any::Any;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, panic, thread};

use corpus::Corpus;
use random::Random;
use serde_json::Value;

/// As deep as the generator lets a document nest.
const STACK: usize = 256 << 20;

/// Maximum failures kept of each kind.
const SHOWN: u64 = 5;

/// The options.
struct Options {
    seed: u64,
    duration: Duration,
    /// Only this one.
    case: Option<u64>,
}

fn main() -> ExitCode {
    let options = match parse_options(env::args().skip(1)) {
        Ok(options) => options,
        Err(misused) => {
            say(&misused);
            return ExitCode::from(2);
        }
    };
    let work = thread::Builder::new().stack_size(STACK);
    let work = work.spawn(move || run(&options)).expect("a thread");
    if work.join().expect("it fails in no way of its own") {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn parse_options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        seed: 0,
        duration: Duration::from_secs(60),
        case: None,
    };
    while let Some(name) = arguments.next() {
        // Cargo passes this to every bench.
        if name == "--bench" {
            continue;
        }
        let value = arguments.next().and_then(|value| value.parse().ok());
        let value = value.ok_or_else(|| format!("`{name}` takes a number"))?;
        match name.as_str() {
            "--seed" => options.seed = value,
            "--seconds" => options.duration = Duration::from_secs(value),
            "--case" => options.case = Some(value),
            _ => {
                return Err(format!(
                    "there are `--seed`, `--seconds` and `--case`, and no `{name}`"
                ));
            }
        }
    }
    Ok(options)
}

/// Whether all cases hold.
fn run(options: &Options) -> bool {
    let corpus = Corpus::read();
    // A panic is reported with its case.
    panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let (mut cases, mut accepted) = (0_u64, 0_u64);
    let mut failures = BTreeMap::<String, u64>::new();
    let only = options.case.map(|case| case..=case);
    for case in only.unwrap_or(0..=u64::MAX) {
        if options.case.is_none() && start.elapsed() > options.duration {
            break;
        }
        cases += 1;
        let mut random = Random::of_case(options.seed, case);
        let (name, document) = mutate::document(&corpus, &mut random);
        // Were the process to be killed by it, this is the one.
        let running = keep(options.seed, "running", &document);
        match caught(&document) {
            Ok(is_accepted) => accepted += u64::from(is_accepted),
            Err(reason) => {
                let kind = reason.lines().next().unwrap_or_default().to_owned();
                let count = failures.entry(kind).or_default();
                *count += 1;
                if *count <= SHOWN {
                    let kept = keep(options.seed, &case.to_string(), &document);
                    say(&format!(
                        "seed {}, case {case}, made of {name}, kept as {kept}:\n{reason}",
                        options.seed
                    ));
                }
            }
        }
        if options.case.is_some() {
            say(&format!("the document is {running}"));
        } else if cases.is_multiple_of(10_000) {
            say(&format!("{cases} cases, {accepted} accepted, {failures:?}"));
        }
    }
    let seconds = start.elapsed().as_secs();
    say(&format!(
        "seed {}: {cases} cases in {seconds} s, {accepted} accepted, failed: {failures:?}",
        options.seed
    ));
    failures.is_empty()
}

fn caught(document: &Value) -> Result<bool, String> {
    panic::catch_unwind(|| hold::hold(document)).unwrap_or_else(|panic| Err(panic_message(&*panic)))
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("it panics: {}", text.unwrap_or_default())
}

/// Writes a document to where it can be looked at.
fn keep(seed: u64, case: &str, document: &Value) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    let path = folder.join(format!("{seed}-{case}.json"));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(&path, document.to_string()).expect("a file");
    path.display().to_string()
}

/// Prints a line, and ignores a closed output.
fn say(text: &str) {
    drop(writeln!(io::stdout(), "{text}"));
}
