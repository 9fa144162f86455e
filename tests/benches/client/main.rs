//! The client's cost compared with hand-written use of reqwest and serde_json, in one run.
//!
//! `cargo bench -p tests --bench client` prints the table. Each measurement is a process of its own,
//! and the servers are in this one: what is measured is the client alone. Rounds alternate between the
//! two, and medians are compared, since machines are noisy.
//!
//! By hand, a download is hashed and synced as well, but written in the thread that receives it, and to
//! its destination at once.
//!
//! The goal: at most 1.1 times the processor time by hand; lists at most 1.1 times as long;
//! downloads at least 0.95 times as fast, and with at most 16 MiB more memory than before they began,
//! whatever the size. From a store that gives each connection 50 MB/s, a download by 4 of them is at
//! least 3 times as fast as by one.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod by_client;
mod by_hand;
mod servers;
mod usage;

use std::process::{Command, ExitCode};

use tests::server::Server;
use usage::Usage;

const ROUNDS: usize = 5;

/// Reads of a list in one measurement: a single one is too short for the processor's clock.
const LISTS: usize = 10;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", who, "list", url] => measure(async || {
            let items = match who {
                "client" => by_client::lists(url, LISTS).await,
                _ => by_hand::lists(url, LISTS).await,
            };
            assert_eq!(items, LISTS * servers::PAGES * servers::ITEMS);
        }),
        ["measure", who, "download", url, digest, path] => measure(async || match who {
            "client" => by_client::download(url, digest, path, 1).await,
            "hand" => by_hand::download(url, digest, path).await,
            connections => {
                let connections = connections.parse().expect("a number");
                by_client::download(url, digest, path, connections).await;
            }
        }),
        _ => report(),
    }
    ExitCode::SUCCESS
}

/// Does the work in this process, and prints its cost.
fn measure(work: impl AsyncFnOnce()) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let before = Usage::now();
    runtime.block_on(work());
    println!("{}", Usage::now().since(before));
}

fn report() {
    println!("{:28}{:>10}{:>10}{:>12}", "", "wall", "processor", "memory");
    let lists = servers::lists();
    compare("100 pages of 100 items", &["list", &lists.url()]);
    for mebibytes in [64, 1024] {
        let downloads = servers::downloads(mebibytes);
        let args = download(&downloads, mebibytes);
        compare(
            &format!("{mebibytes} MiB to a file"),
            &args.each_ref().map(String::as_str),
        );
    }
    parallel(256);
}

fn download(api: &Server, mebibytes: usize) -> [String; 4] {
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/download");
    let digest = servers::digest(mebibytes);
    ["download".to_owned(), api.url(), digest, path.to_owned()]
}

/// Measures a download by one connection to a store that limits each, and by several.
fn parallel(mebibytes: usize) {
    let (_store, api) = servers::throttled(mebibytes);
    let args = download(&api, mebibytes);
    let args = args.each_ref().map(String::as_str);
    let connections = ["1", "2", "4", "8"];
    let mut measured = connections.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (connections, measured) in connections.iter().zip(&mut measured) {
            measured.push(in_a_process(connections, &args));
        }
    }
    println!("{mebibytes} MiB from a store that gives each connection 50 MB/s");
    let [one, ..] = measured
        .each_ref()
        .map(|usages| Usage::median(usages.clone()));
    for (connections, measured) in connections.iter().zip(measured) {
        let (label, usage) = (format!("  by {connections}"), Usage::median(measured));
        println!("{label:28}{usage:#}\n{:28}{}", "  ratio", usage.ratio(one));
    }
}

/// Measures both, one after the other in each round.
fn compare(what: &str, args: &[&str]) {
    let (mut client, mut hand) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        client.push(in_a_process("client", args));
        hand.push(in_a_process("hand", args));
    }
    let (client, hand) = (Usage::median(client), Usage::median(hand));
    println!("{what}");
    println!("{:28}{client:#}", "  client");
    println!("{:28}{hand:#}", "  by hand");
    println!("{:28}{}\n", "  ratio", client.ratio(hand));
}

fn in_a_process(who: &str, args: &[&str]) -> Usage {
    // Neither of them finds the other's file, whose memory it could take over.
    if let ["download", .., path] = args {
        let _ = std::fs::remove_file(path);
    }
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .args(["measure", who])
        .args(args)
        .output()
        .expect("a process");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout)
        .parse()
        .expect("what a measurement prints")
}
