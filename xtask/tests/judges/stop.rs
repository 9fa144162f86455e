//! No process is left after any end of a run.

use std::process::Command;

use crate::machine::{LIVE_ON, Machine, PRISM};

#[test]
fn when_the_tests_have_ended() {
    let machine = Machine::new();
    let alive = machine.alive();
    machine.run(&["--only", "prism"]).succeeds();
    alive.wait_for_nobody();
}

#[test]
fn when_one_of_the_servers_does_not_start() {
    let machine = Machine::new();
    let alive = machine.alive();
    let second = r#"mkdir "$MACHINE/first" || exit 3"#;
    machine.script("prism", &format!("{second}{PRISM}{LIVE_ON}"));
    machine.run(&["--only", "prism"]).fails(1);
    alive.wait_for_nobody();
}

#[test]
fn when_it_is_killed() {
    let signals = ["-INT", "-TERM", "-KILL"].into_iter();
    for signal in signals.skip(usize::from(is_interrupt_ignored())) {
        let machine = Machine::new();
        let mut alive = machine.alive();
        machine.program("cargo", LIVE_ON);
        let mut run = machine.start(&["--only", "prism"]);
        // A server announces that it is ready before it writes its name.
        alive.wait_for(vec!["prism", "prism", "cargo"]);
        let kill = Command::new("kill")
            .arg(signal)
            .arg(run.id().to_string())
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(run.wait().unwrap().code(), None);
        alive.wait_for_nobody();
    }
}

/// Whether this process and its children ignore SIGINT, as jobs in the background of a script do.
fn is_interrupt_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 0b10 != 0)
}
