//! Each example of the client, run as a program.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::process::{Command, Output};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use generated_client::chrono::DateTime;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use pem::Pem;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::api::Api;
use tests::server::{Answer, Authority, Request, Server};
use tests::store::Store;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIST: &str = env!("CARGO_BIN_EXE_list");
const LATEST: &str = env!("CARGO_BIN_EXE_latest");
const DOWNLOAD: &str = env!("CARGO_BIN_EXE_download");
const PRUNE: &str = env!("CARGO_BIN_EXE_prune");
const MIRROR: &str = env!("CARGO_BIN_EXE_mirror");
const ENTERPRISE: &str = env!("CARGO_BIN_EXE_enterprise");
const APP: &str = env!("CARGO_BIN_EXE_app");

/// Runs an example against a server, as in a workflow.
fn run(example: &str, url: &str, arguments: &[&str]) -> Output {
    Command::new(example)
        .args(arguments)
        .env("GITHUB_API_URL", url)
        .env("GITHUB_TOKEN", "SECRET-TOKEN")
        // Messages end with no backtrace.
        .env("RUST_LIB_BACKTRACE", "0")
        .output()
        .expect("the example runs")
}

/// The standard output of an example that succeeds.
#[track_caller]
fn succeed(example: &str, url: &str, arguments: &[&str]) -> String {
    let output = run(example, url, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The standard error of an example that fails, and prints nothing else.
#[track_caller]
fn fail(example: &str, url: &str, arguments: &[&str]) -> String {
    let output = run(example, url, arguments);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!message.contains("SECRET"), "{message}");
    message
}

/// A server whose only list has these artifacts, with an answer for all other requests.
fn listing(
    artifacts: Vec<Value>,
    mut other: impl FnMut(&Request) -> Answer + Send + 'static,
) -> Server {
    let page = json!({ "total_count": artifacts.len(), "artifacts": artifacts }).to_string();
    Server::answering(move |request| {
        let (path, _) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        if path == "/repos/octo-org/octo-docs/actions/artifacts" {
            Answer::json(200, &page)
        } else {
            other(request)
        }
    })
}

/// An artifact that was created by a run on the branch `main` of the repository itself.
fn artifact(id: i64, created_at: &str) -> Value {
    json!({
        "id": id, "node_id": "MDg6QXJ0aWZhY3Q", "name": "Rails", "size_in_bytes": 556,
        "url": "https://api.test/1", "archive_download_url": "https://api.test/1/zip",
        "expired": false, "created_at": created_at, "expires_at": null, "updated_at": null,
        "workflow_run": { "repository_id": 1, "head_repository_id": 1, "head_branch": "main" }
    })
}

fn unexpected(request: &Request) -> Answer {
    panic!("nobody asks for this: {request}")
}

fn not_found() -> Server {
    Server::answering(|_| Answer::json(404, r#"{"message": "Not Found"}"#))
}

fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("a.txt", "one"), ("b/c.txt", "two")] {
        let options = SimpleFileOptions::default();
        writer.start_file(name, options).expect("an entry");
        writer.write_all(content.as_bytes()).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn directory() -> (TempDir, String) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("out").display().to_string();
    (directory, path)
}

#[test]
fn usage() {
    for example in [LIST, LATEST, DOWNLOAD, PRUNE, MIRROR, ENTERPRISE, APP] {
        let output = run(example, "https://api.test", &["octo-org"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stderr.starts_with(b"usage: "), "{output:?}");
    }
    let unknown = ["--remove", "octo-org", "octo-docs", "30"];
    let output = run(PRUNE, "https://api.test", &unknown);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

/// An error begins with the request that failed.
#[test]
fn errors() {
    let (_directory, out) = directory();
    let server = not_found();
    for (example, argument) in [
        (LIST, None),
        (LATEST, Some("main")),
        (PRUNE, Some("30")),
        (MIRROR, Some(out.as_str())),
    ] {
        let arguments: Vec<_> = ["octo-org", "octo-docs"]
            .into_iter()
            .chain(argument)
            .collect();
        let message = fail(example, &server.url(), &arguments);
        let request = "Error: GET /repos/octo-org/octo-docs/actions/artifacts: 404 Not Found";
        assert!(message.starts_with(request), "{message}");
    }
}

#[test]
fn list() {
    let api = Api::paging([vec![1, 2], vec![3]]);
    assert_eq!(
        succeed(LIST, &api.url(), &["octo-org", "octo-docs"]),
        "1\t556\tavailable\tRails 1\n2\t556\tavailable\tRails 2\n3\t556\tavailable\tRails 3\n"
    );
    for request in api.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer SECRET-TOKEN"));
    }
}

#[test]
fn latest() {
    let mut expired = artifact(4, "2024-01-01T00:00:00Z");
    expired["expired"] = json!(true);
    let mut of_another_branch = artifact(5, "2024-01-01T00:00:00Z");
    of_another_branch["workflow_run"]["head_branch"] = json!("next");
    let mut of_a_fork = artifact(6, "2024-01-01T00:00:00Z");
    of_a_fork["workflow_run"]["head_repository_id"] = json!(2);
    let mut of_no_run = artifact(7, "2024-01-01T00:00:00Z");
    of_no_run["workflow_run"] = Value::Null;
    let artifacts = vec![
        artifact(1, "2022-01-01T00:00:00Z"),
        artifact(2, "2023-01-01T00:00:00Z"),
        artifact(3, "2021-01-01T00:00:00Z"),
        expired,
        of_another_branch,
        of_a_fork,
        of_no_run,
    ];
    let server = listing(artifacts, unexpected);
    let latest = |branch| ["octo-org", "octo-docs", branch];
    assert_eq!(succeed(LATEST, &server.url(), &latest("main")), "2\n");
    assert_eq!(succeed(LATEST, &server.url(), &latest("next")), "5\n");
    assert_eq!(
        fail(LATEST, &server.url(), &latest("none")),
        "Error: no artifact of branch `none` can be downloaded\n"
    );
}

#[test]
fn download() {
    let store = Store::new(archive());
    let api = Api::downloading(&store);
    let (_directory, out) = directory();
    let arguments = ["octo-org", "octo-docs", "11", &out];
    let output = run(DOWNLOAD, &api.url(), &arguments);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.ends_with(b"\r100 %\n"), "{output:?}");
    let files = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(files.replace('\\', "/"), "a.txt\nb/c.txt\n");
    for (file, content) in [("a.txt", "one"), ("b/c.txt", "two")] {
        assert_eq!(
            fs::read_to_string(format!("{out}/{file}")).expect("a file"),
            content
        );
    }
    store.assert_clean();

    let message = fail(DOWNLOAD, &api.url(), &arguments);
    assert!(message.contains(&out), "{message}");
    let message = fail(
        DOWNLOAD,
        &api.url(),
        &["octo-org", "octo-docs", "Rails", &out],
    );
    assert!(
        message.starts_with("Error: `Rails` is no artifact's id\n"),
        "{message}"
    );
}

#[test]
fn prune() {
    let mut expired = artifact(4, "2020-01-01T00:00:00Z");
    expired["expired"] = json!(true);
    let artifacts = vec![
        artifact(1, "2020-01-01T00:00:00Z"),
        artifact(2, "9000-01-01T00:00:00Z"),
        artifact(3, "2020-01-01T00:00:00Z"),
        expired,
    ];
    let server = listing(artifacts, |request| {
        assert_eq!(request.method, "DELETE");
        Answer::status(204)
    });
    let deleted = || -> Vec<String> {
        let requests = server.requests().into_iter();
        let deletions = requests.filter(|request| request.method == "DELETE");
        deletions.map(|request| request.target).collect()
    };
    assert_eq!(
        succeed(
            PRUNE,
            &server.url(),
            &["octo-org", "octo-docs", "30", "Rails"]
        ),
        "would delete 1: Rails\nwould delete 3: Rails\n"
    );
    assert!(server.request().target.contains("name=Rails"));
    // That many days ago there was nothing.
    let ages = ["octo-org", "octo-docs", "4294967295"];
    assert_eq!(succeed(PRUNE, &server.url(), &ages), "");
    assert!(deleted().is_empty());

    assert_eq!(
        succeed(
            PRUNE,
            &server.url(),
            &["octo-org", "octo-docs", "30", "--delete"]
        ),
        "deleted 1: Rails\ndeleted 3: Rails\n"
    );
    let path = "/repos/octo-org/octo-docs/actions/artifacts";
    assert_eq!(deleted(), [format!("{path}/1"), format!("{path}/3")]);
}

/// A file has the name that the store suggests, whatever kind of file it is.
#[test]
fn mirror() {
    let (_directory, out) = directory();
    let mut expired = artifact(7, "2020-01-01T00:00:00Z");
    expired["expired"] = json!(true);
    let artifacts = (1..=3).map(|id| artifact(id, "2020-01-01T00:00:00Z"));
    let store = Store::new("content").header(
        "content-disposition",
        "attachment; filename=\"../report.html\"",
    );
    let signer = store.signer();
    let mut is_gone = true;
    let server = listing(artifacts.chain([expired]).collect(), move |request| {
        if request.target.ends_with("/3/zip") && std::mem::take(&mut is_gone) {
            Answer::json(410, r#"{"message": "Gone"}"#)
        } else {
            signer.redirect()
        }
    });
    let arguments = ["octo-org", "octo-docs", out.as_str()];
    let path = |id| format!("{out}/{id}-report.html").replace('/', std::path::MAIN_SEPARATOR_STR);
    let saved = |id| format!("{}: 7 bytes", path(id));
    // Left by a run that was killed before it could give the file its name.
    fs::create_dir(&out).expect("a directory");
    fs::write(format!("{out}/2"), "other").expect("a file");

    let output = run(MIRROR, &server.url(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: BTreeSet<_> = lines.lines().map(str::to_owned).collect();
    assert_eq!(lines, [1, 2].map(saved).into());
    assert_eq!(
        String::from_utf8(output.stderr).expect("UTF-8"),
        "error: GET /repos/octo-org/octo-docs/actions/artifacts/3/zip: 410 Gone: Gone\n"
    );

    // Existing files are kept.
    assert_eq!(succeed(MIRROR, &server.url(), &arguments), saved(3) + "\n");
    assert_eq!(store.requests().len(), 3);
    for id in 1..=3 {
        assert_eq!(fs::read(path(id)).expect("a file"), b"content");
    }
    assert_eq!(fs::read_dir(&out).expect("a directory").count(), 3);
}

/// At most four downloads run at a time.
#[test]
fn mirror_is_bounded() {
    /// The time in which a fifth download could start.
    const CHANCE: Duration = Duration::from_millis(100);
    let (_directory, out) = directory();
    let begun = Arc::new((Mutex::new(0), Condvar::new()));
    let counted = begun.clone();
    let mut waits = true;
    let store = Server::answering(move |_| {
        if std::mem::take(&mut waits) {
            let (count, changed) = &*counted;
            let count = count.lock().expect("a count");
            let (count, late) = changed
                .wait_timeout_while(count, Duration::from_secs(60), |count| *count < 4)
                .expect("a count");
            assert!(!late.timed_out(), "{count} at a time");
            let (count, _) = changed
                .wait_timeout_while(count, CHANCE, |count| *count == 4)
                .expect("a count");
            assert_eq!(*count, 4);
        }
        Answer::status(200).body("content")
    });
    let url = store.url();
    let artifacts = (1..=6).map(|id| artifact(id, "2020-01-01T00:00:00Z"));
    let server = listing(artifacts.collect(), move |_| {
        let (count, changed) = &*begun;
        *count.lock().expect("a count") += 1;
        changed.notify_all();
        Answer::redirect(302, &url)
    });
    let lines = succeed(MIRROR, &server.url(), &["octo-org", "octo-docs", &out]);
    assert_eq!(lines.lines().count(), 6, "{lines}");
    assert_eq!(
        fs::read(format!("{out}/6-artifact")).expect("a file"),
        b"content"
    );
}

/// The host is that of the argument, whatever the environment says.
#[test]
fn enterprise() {
    let authority = Authority::new();
    let page = json!({ "total_count": 1, "artifacts": [artifact(1, "2020-01-01T00:00:00Z")] });
    let server = Server::tls(&authority, move |_| Answer::json(200, &page.to_string()));
    let host = server.url().replace("https://", "");
    let directory = tempfile::tempdir().expect("a directory");
    let certificate = directory.path().join("root.pem").display().to_string();
    let arguments = [&host, &certificate, "octo-org", "octo-docs"];

    let message = fail(ENTERPRISE, "https://api.test", &arguments);
    assert!(
        message.starts_with("Error: cannot read file `"),
        "{message}"
    );
    fs::write(&certificate, authority.certificate()).expect("a file");
    assert_eq!(
        succeed(ENTERPRISE, "https://api.test", &arguments),
        "1\tRails\n"
    );
    let request = server.request();
    assert!(
        request
            .target
            .starts_with("/api/v3/repos/octo-org/octo-docs/actions/artifacts?"),
        "{request}"
    );
    assert_eq!(request.header("authorization"), Some("Bearer SECRET-TOKEN"));
}

/// The app's own token is signed with its key, and one that is about to expire is renewed.
#[test]
fn app() {
    let key = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("key.pem").display().to_string();
    let arguments = ["Iv1.8a61f9b3a7aba766", &path, "7", "octo-org", "octo-docs"];
    let message = fail(APP, "https://api.test", &arguments);
    assert!(
        message.starts_with("Error: cannot read file `"),
        "{message}"
    );
    fs::write(&path, "SECRET").expect("a file");
    let message = fail(APP, "https://api.test", &arguments);
    assert!(message.contains("is no RSA private key"), "{message}");
    fs::write(&path, pkcs1(&key)).expect("a file");

    let mut expiries = [30, 3600].into_iter().enumerate();
    let server = Server::answering(move |request| {
        let page = |artifact| json!({ "total_count": 2, "artifacts": [artifact] }).to_string();
        let first = Answer::json(200, &page(artifact(1, "2020-01-01T00:00:00Z")));
        let second = Answer::json(200, &page(artifact(2, "2020-01-01T00:00:00Z")));
        if request.target == "/app/installations/7/access_tokens" {
            let (number, expiry) = expiries.next().expect("a renewal too many");
            let expiry = DateTime::from_timestamp(now() + expiry, 0).expect("a time");
            let token = json!({ "token": format!("SECRET-{number}"), "expires_at": expiry });
            Answer::json(201, &token.to_string())
        } else if request.target.ends_with("page=2") {
            second
        } else {
            let host = request.header("host").expect("a host");
            first.header(
                "link",
                &format!("<http://{host}/artifacts?page=2>; rel=\"next\""),
            )
        }
    });
    assert_eq!(
        succeed(APP, &server.url(), &arguments),
        "1\tRails\n2\tRails\n"
    );
    let requests = server.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| request.header("authorization").expect("a token"))
        .collect();
    let [app, "Bearer SECRET-0", again, "Bearer SECRET-1"] = tokens.as_slice() else {
        panic!("{tokens:?}")
    };
    assert_eq!(app, again);
    let token = app.strip_prefix("Bearer ").expect("a bearer token");
    let public = DecodingKey::from_rsa_der(key.public_key().as_ref());
    let signed = jsonwebtoken::decode::<Value>(token, &public, &Validation::new(Algorithm::RS256));
    let claims = signed.expect("a signature").claims;
    assert_eq!(claims["iss"], "Iv1.8a61f9b3a7aba766");
    let times = ["iat", "exp"].map(|name| claims[name].as_i64().expect("a time"));
    assert!(times[0] <= now() && times[1] - times[0] <= 600, "{claims}");
}

/// The key as GitHub gives it: what is in PKCS #8 behind its heading.
fn pkcs1(key: &KeyPair) -> String {
    /// The length of the header of an RSA key of 2048 bits.
    const HEADING: usize = 26;
    let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(key).expect("a key");
    pem::encode(&Pem::new("RSA PRIVATE KEY", &pkcs8.as_ref()[HEADING..]))
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("a time").as_secs() as i64
}
