//! Installation of the servers.

use crate::machine::{LIVE_ON, Machine, NPM};

/// A fake of Debian's nginx, which has signed URLs and does not start.
const NGINX: &str = r#"[ "$1" = -V ] && echo --with-http_secure_link_module >&2; exit 1"#;

#[test]
fn prism_is_installed_once() {
    let machine = Machine::new();
    let (first, second) = (
        machine.run(&["--only", "prism"]),
        machine.run(&["--only", "prism"]),
    );
    assert_eq!(first.succeeds(), second.succeeds());
    let [call] = machine.calls().try_into().unwrap();
    assert!(call.contains(" --ignore-scripts "), "{call}");
    assert!(
        call.contains("/workspace/target/e2e/part @stoplight/prism-cli@5."),
        "{call}"
    );
}

#[test]
fn a_killed_installation_is_repeated() {
    let machine = Machine::new();
    let mut alive = machine.alive();
    machine.program("npm", &format!("{NPM}\n{LIVE_ON}"));
    let mut killed = machine.start(&["--only", "prism"]);
    alive.wait_for(vec!["npm"]);
    killed.kill().unwrap();
    killed.wait().unwrap();
    alive.wait_for_nobody();

    machine.program("npm", NPM);
    machine.run(&["--only", "prism"]).succeeds();
    assert_eq!(machine.calls().len(), 2);
    assert!(!machine.path("workspace/target/e2e/part").exists());
}

#[test]
fn failed_installs_are_reported_with_a_hint() {
    let machine = Machine::new();
    machine.program("npm", "echo npm error: no way to the registry; exit 1");
    let prism = machine.run(&[]).fails(2);
    let nginx = machine.run(&["--only", "nginx"]).fails(2);
    insta::assert_snapshot!("not-installed", format!("{prism}\n{nginx}"));
    assert!(!machine.path("workspace/target/e2e/run").exists());
}

#[test]
fn without_node_nothing_is_tried() {
    let machine = Machine::new();
    let mut command = machine.command(&["--only", "prism"]);
    let output = command.env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with(
            "error: Prism can't be installed: `node` is not installed on this machine\n"
        ),
        "{stderr}"
    );
}

#[test]
fn an_nginx_without_signed_urls_is_replaced() {
    let machine = Machine::new();
    machine.program("nginx", "echo --with-http_ssl_module >&2");
    machine.program(
        "apt-get",
        r#"
        echo apt-get "$@" >>"$MACHINE/calls"
        touch "$MACHINE/workspace/target/e2e/part/apt/cache/archives/nginx_1_all.deb"
    "#,
    );
    machine.script("nginx.deb", NGINX);
    machine.program(
        "dpkg-deb",
        r#"
        mkdir -p "$3/usr/sbin"
        cp "$MACHINE/nginx.deb" "$3/usr/sbin/nginx"
    "#,
    );
    for _ in 0..2 {
        let output = machine.run(&["--only", "nginx"]).fails(1);
        assert!(output.contains("error: nginx did not start"), "{output}");
    }
    let calls = machine.calls();
    let last = |call: &String| call.rsplit(' ').next().unwrap().to_owned();
    assert_eq!(
        calls.iter().map(last).collect::<Vec<_>>(),
        ["update", "nginx"]
    );
    assert!(!machine.path("workspace/target/e2e/nginx/apt").exists());
}
