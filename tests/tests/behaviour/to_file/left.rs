//! The partial file of an interrupted download, and its use by the next one.

use std::future::{Future, poll_fn};
use std::path::Path;
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use generated_client::{Client, Content};
use tests::server::{Answer, Server};

use super::{destination, fail, names};
use crate::download::{CONTENT, DIGEST, ETAG, Setup, cut, part, rest, whole};
use crate::{Naps, TOKEN, operations, patient};

#[tokio::test]
async fn picked_up() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let [part] = names(directory.path()).try_into().unwrap();
    assert!(part.starts_with(".out.zip.") && part.ends_with(".part"));
    assert_eq!(fs::read(directory.path().join(part)).unwrap(), b"012345678");

    let setup = Setup::new([rest(8).cut_after(1), rest(9)]);
    let download = setup.download().verify(Content::new(Some(DIGEST), 10));
    let saved = download.to_file(&path).await.unwrap();
    assert_eq!((saved.bytes, saved.digest.as_str()), (10, DIGEST));
    let ranges = setup
        .sent("range")
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    assert_eq!(ranges, ["bytes=8-", "bytes=9-"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// The caller drops the download, without a failure.
#[tokio::test]
async fn picked_up_after_a_stall() {
    let (directory, path) = destination();
    let setup = Setup::new([whole().stalled_after(5), rest(4)]);
    let (download, there) = (setup.download(), path.clone());
    let dropped = tokio::spawn(async move { download.to_file(there).await });
    let written = || {
        let parts = names(directory.path()).into_iter();
        let mut lengths = parts.map(|part| fs::metadata(directory.path().join(part)));
        lengths
            .next()
            .is_some_and(|length| length.unwrap().len() == 5)
    };
    let start = Instant::now();
    while !written() {
        assert!(start.elapsed() < Duration::from_secs(20));
        tokio::task::yield_now().await;
    }
    dropped.abort();
    assert!(dropped.await.unwrap_err().is_cancelled());

    setup.download().to_file(&path).await.unwrap();
    assert_eq!(setup.sent("range"), [None, Some("bytes=4-".to_owned())]);
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// A process that was killed between the last byte and the new name.
#[tokio::test]
async fn picked_up_when_whole() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let [part] = names(directory.path()).try_into().unwrap();
    fs::write(directory.path().join(part), CONTENT).unwrap();

    let setup = Setup::new([rest(9)]);
    setup.download().to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(setup.store.requests().len(), 1);
}

/// A file of one byte is not resumed, since the last byte is always requested again.
#[tokio::test]
async fn one_byte() {
    let (directory, path) = destination();
    fail(&path, whole().cut_after(1)).await;
    assert_eq!(names(directory.path()).len(), 1);
    let setup = Setup::new([whole()]);
    setup.download().to_file(&path).await.unwrap();
    assert_eq!(setup.sent("range"), [None]);
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

#[tokio::test]
async fn restarted() {
    let other = || Answer::status(200).header("etag", "\"two\"").body("abc");
    let part = || Answer::status(206).header("etag", "\"two\"").body("c");
    let unnamed = Answer::status(206).header("content-range", "bytes 8-9/10");
    for answers in [
        vec![other()],
        vec![Answer::status(412), other()],
        vec![Answer::status(416), other()],
        vec![part().header("content-range", "bytes 8-8/9"), other()],
        vec![part(), other()],
        vec![unnamed.body("89"), other()],
    ] {
        let (directory, path) = destination();
        fail(&path, cut()).await;
        let count = answers.len();
        let setup = Setup::new(answers);
        setup.download().to_file(&path).await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "abc");
        assert_eq!(names(directory.path()), ["out.zip"]);
        assert_eq!(setup.store.requests().len(), count);
    }
}

/// No bytes were delivered yet.
#[tokio::test]
async fn restarted_in_the_middle() {
    let other = || Answer::status(200).header("etag", "\"two\"").body("abc");
    let part = |etag: &str, range: &str| part(etag, range, "9");
    for answer in [
        Answer::status(412),
        Answer::status(416).header("content-range", "bytes */5"),
        other(),
        part("\"two\"", "bytes 9-9/10"),
        part(ETAG, "bytes 9-9/12"),
        part(ETAG, "bytes 8-8/10"),
        part(ETAG, "none"),
        part(ETAG, "bytes 9-9/10").without("content-range"),
        Answer::status(200).body("0123X56789"),
    ] {
        let (directory, path) = destination();
        let setup = Setup::new([cut(), answer, other().cut_after(2), Answer::status(404)]);
        let error = setup.download().to_file(&path).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        let [part] = names(directory.path()).try_into().unwrap();
        assert_eq!(fs::read(directory.path().join(part)).unwrap(), b"ab");

        let rest = Answer::status(206).header("etag", "\"two\"");
        let rest = rest.header("content-range", "bytes 1-2/3").body("bc");
        let setup = Setup::new([rest]);
        setup.download().to_file(&path).await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "abc");
        assert_eq!(names(directory.path()), ["out.zip"]);
    }
}

/// As with everything else, there are four attempts.
#[tokio::test]
async fn restarted_for_ever() {
    let (directory, path) = destination();
    let answers = (0..9).flat_map(|_| [cut(), Answer::status(412)]);
    let setup = Setup::new(answers);
    let error = setup.download().to_file(&path).await.unwrap_err();
    assert!(error.is_changed());
    assert_eq!(setup.store.requests().len(), 8);
    assert_eq!(names(directory.path()), [""; 0]);
}

/// Of several versions, the newest is the one that may still be there.
#[tokio::test]
async fn left_several_times() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let old = directory.path().join(".out.zip.0123456789abcdef.part");
    fs::write(&old, "older").unwrap();
    let file = fs::File::options().write(true).open(&old).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    drop(file);

    let setup = Setup::new([rest(8)]);
    setup.download().to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// A partial file is kept until another version is known.
#[tokio::test]
async fn left_alone() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    fail(&path, Answer::status(404)).await;
    fail(&path, rest(8).cut_after(1)).await;
    assert_eq!(names(directory.path()).len(), 1);
}

#[tokio::test]
async fn nothing_is_left() {
    let plain = || Answer::status(200).body(CONTENT);
    for (answers, content) in [
        // Its version would be unknown.
        (vec![plain().cut_after(9), Answer::status(404)], None),
        (
            vec![whole(), Answer::status(404)],
            Some(Content::new(Some(DIGEST), 9)),
        ),
        (
            vec![whole()],
            Some(Content::new(Some(&DIGEST.replace(":8", ":9")), 10)),
        ),
        (vec![cut(), Answer::status(412), Answer::status(404)], None),
        // From here on, it may be of another version than the file's name has.
        (
            vec![
                whole().cut_after(5),
                plain().cut_after(9),
                Answer::status(404),
            ],
            None,
        ),
    ] {
        let (directory, path) = destination();
        let setup = Setup::new(answers);
        let mut download = setup.download();
        if let Some(content) = content {
            download = download.verify(content);
        }
        download.to_file(&path).await.unwrap_err();
        let left = names(directory.path());
        assert!(left.is_empty(), "{left:?}");
    }
}

/// The variable with the API and the path for the process that is killed.
const VICTIM: &str = "TESTS_VICTIM";

/// Kills another process in the middle of a download from a store without versions.
fn kill_on_the_way(path: &Path) {
    let setup = Setup::new([Answer::status(200).body(CONTENT).stalled_after(5)]);
    let mut victim = Command::new(env::current_exe().unwrap())
        .args(["--exact", "to_file::left::victim", "--ignored"])
        .env(VICTIM, format!("{} {}", setup.api.url(), path.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let directory = path.parent().unwrap();
    let is_half = |name: &String| fs::metadata(directory.join(name)).unwrap().len() == 5;
    let start = Instant::now();
    while !names(directory).iter().any(is_half) {
        assert!(start.elapsed() < Duration::from_secs(20));
        std::thread::yield_now();
    }
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert_eq!(names(directory).len(), 1);
}

#[tokio::test]
#[ignore = "it is run, and killed, by others"]
async fn victim() {
    let Ok(arguments) = env::var(VICTIM) else {
        return;
    };
    let (api, path) = arguments.split_once(' ').unwrap();
    let client = Client::builder().base_url(api).user_agent("tests/1.0");
    let client = client.token(TOKEN).build().unwrap();
    let request = operations::download(&client);
    request.download().to_file(path).await.unwrap();
}

/// Without a version in its name, a partial file cannot be continued, but is removed in the end.
#[tokio::test]
async fn left_by_a_killed_process() {
    let (directory, path) = destination();
    kill_on_the_way(&path);
    let left = names(directory.path());
    let setup = Setup::new([whole()]);
    let other = directory.path().join("other.zip");
    setup.download().to_file(&other).await.unwrap();
    assert_eq!(names(directory.path())[..1], left, "it is not of that path");

    let setup = Setup::new([whole()]);
    setup.download().to_file(&path).await.unwrap();
    assert_eq!(names(directory.path()), ["other.zip", "out.zip"]);

    fs::remove_file(&path).unwrap();
    fs::remove_file(&other).unwrap();
    kill_on_the_way(&path);
    let archive = Answer::status(200).body(crate::extract::archive());
    let setup = Setup::new([archive]);
    setup.download().extract_to(&path).await.unwrap();
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// Polls a future so many times at most, and drops it.
async fn is_done_after<T>(mut polls: u32, future: impl Future<Output = T>) -> bool {
    let mut future = pin!(future);
    poll_fn(|context| {
        if polls == 0 {
            return Poll::Ready(false);
        }
        polls -= 1;
        future.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// A download that is cancelled, at any moment, puts no file at the path.
#[test]
fn cancelled() {
    for answer in [whole(), Answer::status(200).body(CONTENT)] {
        for polls in 0.. {
            let (_directory, path) = destination();
            // With a single thread for files, all that was begun is done before something new is.
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().max_blocking_threads(1);
            let is_done = runtime.build().unwrap().block_on(async {
                let setup = Setup::new([answer.clone()]);
                let saved = Box::pin(setup.download().to_file(&path));
                let is_done = is_done_after(polls, saved).await;
                tokio::task::spawn_blocking(|| ()).await.unwrap();
                is_done
            });
            assert_eq!(path.exists(), is_done, "{polls}");
            if is_done {
                break;
            }
        }
    }
}

/// Tags are of one object each: another one may have the same, and even the same length.
#[tokio::test]
async fn left_of_another_object() {
    let (_directory, path) = destination();
    let setup = Setup::new([cut(), Answer::status(404)]);
    setup.download().to_file(&path).await.unwrap_err();

    let other = "ABCDEFGHIJ";
    let store = Server::answering(move |request| {
        let answer = Answer::status(206).header("etag", ETAG);
        match request.header("range") {
            Some("bytes=8-") => answer.header("content-range", "bytes 8-9/10").body("IJ"),
            _ => Answer::status(200).header("etag", ETAG).body(other),
        }
    });
    let location = format!("{}/other", store.url());
    let api = Server::answering(move |_| Answer::redirect(302, &location));
    let client = patient(&api, &Naps::default()).build().unwrap();
    let actions = client.actions();
    let request = actions.download_artifact("octo-org", "octo-docs", 4711);
    request.download().to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), other);
    assert_eq!(store.requests().len(), 2);
}
