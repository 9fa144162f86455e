//! Starting the servers, and its errors.

use crate::machine::Machine;

#[test]
fn the_tests_get_the_urls_of_the_servers() {
    let machine = Machine::new();
    let output = machine.run(&["--only", "prism"]).succeeds();
    let address = machine.address();
    assert_eq!(
        output,
        format!(
            "cargo test --workspace --test e2e -- prism::\n\
             E2E_PRISM=http://{address}\n\
             E2E_PRISM_STRICT=http://{address}\n"
        )
    );
    let strict = std::fs::read_to_string(machine.path("workspace/target/e2e/run/strict.yaml"));
    assert_eq!(strict.unwrap(), "      in: query\n      required: true\n");
}

#[test]
fn a_failing_test_is_a_failure() {
    let machine = Machine::new();
    machine.program("cargo", "exit 101");
    let output = machine.run(&["--only", "prism"]).fails(1);
    assert!(
        output.ends_with("the logs of the servers are in target/e2e/run\n"),
        "{output}"
    );
}

#[test]
fn a_server_that_does_not_start_is_reported_with_its_log() {
    let machine = Machine::new();
    machine.script("prism", "seq 1 22; echo no such document >&2; exit 3");
    let output = machine.run(&["--only", "prism"]).fails(1);
    insta::assert_snapshot!("not-started", output);
}

#[test]
fn a_busy_port_is_replaced() {
    let machine = Machine::new();
    machine.program(
        "nginx",
        r#"
        [ "$1" = -V ] && echo --with-http_secure_link_module >&2 && exit
        grep listen "$4" >>"$MACHINE/calls"
        echo "bind() to 127.0.0.1 failed (98: Address already in use)" >&2
        exit 1
    "#,
    );
    let output = machine.run(&["--only", "nginx"]).fails(1);
    assert!(output.contains("Address already in use"), "{output}");
    let ports = machine.calls();
    assert_eq!(ports.len(), 5);
    assert!(
        ports.iter().all(|line| line.contains("listen 127.0.0.1:")),
        "{ports:?}"
    );
}
