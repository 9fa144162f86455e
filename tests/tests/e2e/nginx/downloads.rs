//! Downloads from the store.

use std::future::ready;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use std::{env, fs, thread};

use futures_util::TryStreamExt;
use generated_client::bytes::Bytes;
use generated_client::types::Artifact;
use generated_client::{Client, Download, Error, Saved};
use serde_json::json;
use tempfile::TempDir;
use tests::server::{Answer, Server};

use super::object::{Object, now};
use super::sent::Sent;
use super::way::Way;
use crate::operations;

/// Some 20 MB, and no round number.
const LENGTH: usize = 20_000_003;
/// The number of bytes after which a connection breaks.
const BREAK: u64 = 5_000_000;
/// Names the API and the destination to the process that will be killed.
const VICTIM: &str = "E2E_VICTIM";

/// An API that sends its callers to one address after the other.
fn api<const N: usize>(urls: [String; N]) -> Server {
    Server::scripted(urls.map(|url| Answer::redirect(302, &url)))
}

fn download(api: &str) -> Download {
    let client = Client::builder()
        .base_url(api)
        .token("SECRET-TOKEN")
        .sleeper(|_| ready(()))
        .build()
        .expect("settings that can be used");
    operations::download(&client).download()
}

async fn save(api: &Server, object: &Object, place: &TempDir) -> Result<Saved, Error> {
    let download = download(&api.url()).expect_digest(object.digest());
    download.to_file(place.path().join("a.zip")).await
}

#[track_caller]
fn check_saved(saved: &Saved, object: &Object) {
    assert_eq!(saved.bytes, object.bytes.len() as u64);
    let bytes = fs::read(&saved.path).expect("a file");
    assert!(bytes == object.bytes, "the bytes are others");
    assert_eq!(names(&saved.path), ["a.zip"]);
}

/// The names in the directory of a file.
fn names(file: &Path) -> Vec<String> {
    let directory = fs::read_dir(file.parent().expect("a directory")).expect("a directory");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("Unicode");
    directory
        .map(|entry| name(entry.expect("an entry")))
        .collect()
}

/// Checks that no request has credentials or accepts encodings. Returns the statuses.
#[track_caller]
fn check_clean(requests: &[Sent]) -> Vec<u64> {
    for request in requests {
        let mut names: Vec<_> = request.headers.keys().map(String::as_str).collect();
        names.retain(|name| !["range", "if-match"].contains(name));
        assert_eq!(names, ["accept", "accept-encoding", "host"]);
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        assert!(request.is_accounted_for(), "{request:?}");
    }
    requests.iter().map(|request| request.status).collect()
}

/// The first byte of the requested range.
fn start(request: &Sent) -> u64 {
    let range = request.header("range").expect("a range");
    let start = range
        .strip_prefix("bytes=")
        .and_then(|range| range.strip_suffix('-'));
    start
        .and_then(|start| start.parse().ok())
        .expect("an open range")
}

#[tokio::test]
async fn whole() {
    let object = Object::random("whole.zip", LENGTH);
    let artifact: Artifact = serde_json::from_value(json!({
        "id": 11, "node_id": "", "name": "Rails", "size_in_bytes": LENGTH, "url": "",
        "archive_download_url": "", "expired": false, "created_at": null, "expires_at": null,
        "updated_at": null, "digest": object.digest(),
    }))
    .expect("an artifact");
    let place = TempDir::new().expect("a directory");
    let (api, url) = (api([object.url()]), object.url());
    let download = download(&api.url()).verify(&artifact);
    let saved = download.to_file(place.path().join("a.zip")).await;
    check_saved(&saved.expect("a download"), &object);

    let requests = object.sent().await;
    assert_eq!(check_clean(&requests), [200]);
    // The URL is sent unchanged.
    let target = &url[url.find("/whole.zip").expect("a path")..];
    assert_eq!(requests[0].line, format!("GET {target} HTTP/1.1"));
}

/// A file that the store would compress for clients that accept it.
#[tokio::test]
async fn stored_bytes_are_not_compressed() {
    let object = Object::new("log.txt", b"all the same ".repeat(100_000));
    let api = api([object.url()]);
    let chunks = download(&api.url()).expect_digest(object.digest()).stream();
    let chunks: Vec<Bytes> = chunks.try_collect().await.expect("a download");
    assert!(chunks.concat() == object.bytes, "the bytes are others");
    assert_eq!(check_clean(&object.sent().await), [200]);
}

#[tokio::test]
async fn an_expired_url_is_renewed() {
    let object = Object::random("expired.zip", 1000);
    let place = TempDir::new().expect("a directory");
    let api = api([object.expired_url(), object.url()]);
    let saved = save(&api, &object, &place).await;
    check_saved(&saved.expect("a download"), &object);
    assert_eq!(check_clean(&object.sent().await), [410, 200]);
    assert_eq!(api.requests().len(), 2);
}

#[tokio::test]
async fn a_forged_url_is_an_error() {
    let object = Object::random("forged.zip", 1000);
    let place = TempDir::new().expect("a directory");
    let api = api([object.forged_url(), object.forged_url()]);
    let error = save(&api, &object, &place).await.expect_err("no download");
    assert!(error.is_store() && !error.is_forbidden(), "{error}");
    assert_eq!(error.status().expect("an answer"), 403);
    assert!(!format!("{error} {error:?}").contains("md5"), "{error:?}");
    assert!(names(&place.path().join("a.zip")).is_empty());
}

#[tokio::test]
async fn a_broken_connection_is_replaced() {
    let object = Object::random("broken.zip", LENGTH);
    let place = TempDir::new().expect("a directory");
    let way = Way::broken_after(BREAK, || {});
    let api = api([way.url(&object.url())]);
    let saved = save(&api, &object, &place).await;
    check_saved(&saved.expect("a download"), &object);

    let requests = object.sent().await;
    assert_eq!(check_clean(&requests), [200, 206]);
    let etag = format!("\"3b9aca00-{LENGTH:x}\"");
    assert_eq!(requests[1].header("if-match"), Some(etag.as_str()));
    let start = start(&requests[1]);
    // The head of the answer is in the way's bytes too.
    assert!((BREAK - 1000..BREAK).contains(&start), "{start}");
    assert_eq!(api.requests().len(), 1);
}

#[tokio::test]
async fn a_url_that_expires_midway_is_renewed() {
    let object = Arc::new(Object::random("expiring.zip", LENGTH));
    let place = TempDir::new().expect("a directory");
    let (sender, receiver) = mpsc::channel();
    let way = Way::broken_after(BREAK, move || {
        let expires = receiver.recv().expect("what the API has sent");
        // nginx has no clock that could be set.
        while now() <= expires {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let (stored, mut lives) = (object.clone(), [3, 3600].into_iter());
    let api = Server::answering(move |_| {
        let expires = now() + lives.next().expect("one that has expired");
        let _ = sender.send(expires);
        Answer::redirect(302, &way.url(&stored.url_until(expires)))
    });
    let saved = save(&api, &object, &place).await;
    check_saved(&saved.expect("a download"), &object);
    let requests = object.sent().await;
    assert_eq!(check_clean(&requests), [200, 410, 206]);
    assert_eq!(start(&requests[1]), start(&requests[2]));
}

#[tokio::test]
async fn versions_are_not_mixed() {
    let mut object = Object::random("replaced.zip", LENGTH);
    let place = TempDir::new().expect("a directory");
    let (url, digest) = (object.url(), object.digest());
    let way = Way::broken_after(BREAK, move || object.replace());
    let api = api([way.url(&url)]);
    let download = download(&api.url()).expect_digest(digest);
    let error = download.to_file(place.path().join("a.zip")).await;
    let error = error.expect_err("another version");
    assert!(error.is_mismatch(), "{error}");
    assert!(names(&place.path().join("a.zip")).is_empty());
    let requests = super::sent::sent("replaced.zip").await;
    assert_eq!(check_clean(&requests), [200, 412, 200]);
}

#[tokio::test]
async fn a_killed_download_is_resumed() {
    let object = Object::random("killed.zip", LENGTH);
    let place = TempDir::new().expect("a directory");
    kill_on_the_way(&object, &place);

    let saved = save(&api([object.url()]), &object, &place).await;
    check_saved(&saved.expect("a download"), &object);
    let requests = object.sent().await;
    assert_eq!(check_clean(&requests), [200, 206]);
    assert!(start(&requests[1]) > 0);
}

#[tokio::test]
async fn a_killed_download_of_another_version_is_not() {
    let mut object = Object::random("killed-and-replaced.zip", LENGTH);
    let place = TempDir::new().expect("a directory");
    kill_on_the_way(&object, &place);

    object.replace();
    let saved = save(&api([object.url()]), &object, &place).await;
    check_saved(&saved.expect("a download"), &object);
    assert_eq!(check_clean(&object.sent().await), [200, 206, 200]);
}

/// Has another process download the object, and kills it in the middle of that.
fn kill_on_the_way(object: &Object, place: &TempDir) {
    let (release, wait) = mpsc::channel::<()>();
    let way = Way::broken_after(BREAK, move || wait.recv().unwrap_or_default());
    let api = api([way.url(&object.url())]);
    let destination = place.path().join("a.zip");
    let mut victim = Command::new(env::current_exe().expect("this program"))
        .args([
            "--exact",
            "nginx::downloads::victim",
            "--ignored",
            "--nocapture",
        ])
        .env(VICTIM, format!("{} {}", api.url(), destination.display()))
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program");
    let output = BufReader::new(victim.stdout.take().expect("a pipe"));
    let enough = output.lines().any(|line| line.expect("text") == "enough");
    victim.kill().expect("a process of ours");
    victim.wait().expect("a process of ours");
    drop(release);
    way.wait_for_break();
    assert!(enough, "the other process has failed");
    assert!(!destination.exists());
}

#[tokio::test]
#[ignore = "it is run, and killed, by others"]
#[expect(clippy::print_stdout, reason = "the others read it")]
async fn victim() {
    let arguments = env::var(VICTIM).expect("set by another test");
    let (api, destination) = arguments.split_once(' ').expect("a URL and a path");
    let download = download(api).on_progress(|progress| {
        if progress.bytes > BREAK / 2 {
            println!("\nenough");
        }
    });
    download
        .to_file(destination)
        .await
        .expect("to be killed before");
}
