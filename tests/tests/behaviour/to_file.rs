//! Downloads that end as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use generated_client::{Content, Error};
use tempfile::TempDir;
use tests::server::{Answer, Server};

use crate::download::{CONTENT, DIGEST, ETAG, Setup, cut, rest, whole};
use crate::{Naps, patient};

/// Everything in a directory.
fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A directory, and a path in it.
fn destination() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out.zip");
    (directory, path)
}

#[track_caller]
fn check_file(error: &Error, expected: &str, path: &Path) {
    assert!(error.is_file(), "{error:?}");
    let expected = format!(
        "GET /repos/octo-org/octo-docs/actions/artifacts/11/zip: {expected}: `{}`",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
    let source = std::error::Error::source(error).unwrap();
    assert!(source.is::<std::io::Error>());
}

#[tokio::test]
async fn a_whole_answer() {
    let (directory, path) = destination();
    let answer = whole()
        .header("content-type", "zip")
        .header("content-disposition", "attachment; filename=\"Rails.zip\"");
    let setup = Setup::new([answer]);
    let saved = setup
        .download()
        .expect_digest(DIGEST)
        .to_file(&path)
        .await
        .unwrap();
    assert_eq!(saved.path, path);
    assert_eq!((saved.bytes, saved.digest.as_str()), (10, DIGEST));
    assert_eq!(saved.content_type.as_deref(), Some("zip"));
    assert_eq!(
        saved.content_disposition.as_deref(),
        Some("attachment; filename=\"Rails.zip\"")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// Downloads can be left to other threads.
#[tokio::test]
async fn in_the_background() {
    let (_directory, path) = destination();
    let setup = Setup::new([cut(), rest(9)]);
    let download = setup.download();
    let saved = tokio::spawn(async move { download.to_file(path).await });
    assert_eq!(saved.await.unwrap().unwrap().bytes, 10);
}

/// A new file is as readable as any other.
#[cfg(unix)]
#[tokio::test]
async fn permissions() {
    use std::os::unix::fs::PermissionsExt;

    let (directory, path) = destination();
    let other = directory.path().join("other");
    fs::write(&other, "").unwrap();
    let expected = fs::metadata(&other).unwrap().permissions().mode();
    for answer in [whole(), Answer::status(200).body(CONTENT)] {
        let setup = Setup::new([answer]);
        setup.download().overwrite().to_file(&path).await.unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode, expected);
    }
}

#[tokio::test]
async fn nothing_is_replaced_unasked() {
    let (directory, path) = destination();
    fs::write(&path, "kept").unwrap();
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(&path).await.unwrap_err();
    check_file(&error, "there is something at the path already", &path);
    assert!(setup.api.requests().is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");

    setup.download().overwrite().to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// What has come to the path while the download was under way.
#[tokio::test]
async fn nothing_is_replaced_at_the_end() {
    let (directory, path) = destination();
    let setup = Setup::new([whole()]);
    let there = path.clone();
    let download = setup.download();
    let download = download.on_progress(move |_| fs::write(&there, "kept").unwrap());
    let error = download.to_file(&path).await.unwrap_err();
    check_file(&error, "there is something at the path already", &path);
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    assert_eq!(names(directory.path()), ["out.zip"]);
}

#[tokio::test]
async fn paths_of_no_file() {
    let (directory, path) = destination();
    let setup = Setup::new([]);
    let nameless = "the path has no file name";
    for (path, expected) in [
        (directory.path().join("out/"), nameless),
        (directory.path().join("out/."), nameless),
        (directory.path().join(".."), nameless),
        (path.join("out.zip"), "the parent cannot be used"),
        (
            directory.path().to_owned(),
            "there is something at the path already",
        ),
    ] {
        let error = setup.download().to_file(&path).await.unwrap_err();
        check_file(&error, expected, &path);
    }
    fs::create_dir(&path).unwrap();
    let error = setup
        .download()
        .overwrite()
        .to_file(&path)
        .await
        .unwrap_err();
    check_file(&error, "what is there is no file", &path);
    assert!(setup.api.requests().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed() {
    let (directory, path) = destination();
    let other = directory.path().join("other");
    std::os::unix::fs::symlink(&other, &path).unwrap();
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(&path).await.unwrap_err();
    check_file(&error, "there is something at the path already", &path);
    setup.download().overwrite().to_file(&path).await.unwrap();
    assert_eq!(names(directory.path()), ["out.zip"]);
    assert!(path.symlink_metadata().unwrap().is_file());
}

/// Fails, and leaves what it has got so far.
async fn fail(path: &Path, answer: Answer) {
    let gone = || Answer::status(404);
    let setup = Setup::new([answer, gone()]);
    let error = setup.download().to_file(path).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert!(!path.exists());
}

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

/// Nobody waits for the download any more, and nothing has gone wrong with it.
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

#[tokio::test]
async fn begun_anew() {
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

/// Nobody has been given anything yet.
#[tokio::test]
async fn begun_anew_in_the_middle() {
    let other = || Answer::status(200).header("etag", "\"two\"").body("abc");
    let part = |etag: &str, range: &str| {
        let answer = Answer::status(206).header("etag", etag);
        answer.header("content-range", range).body("9")
    };
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
async fn begun_anew_for_ever() {
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

/// What was left stays as long as nobody knows better.
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
        // Nobody could tell which version it is of.
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
        // From here on, it may be of another version than the file's name tells.
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

#[tokio::test]
async fn one_download_at_a_time() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let setup = Setup::new([rest(8)]);
    let second = Setup::new([]);
    let (there, tried) = (path.clone(), std::sync::Mutex::new(Some(second.download())));
    let (tell, told) = std::sync::mpsc::channel();
    let download = setup.download().on_progress(move |_| {
        let Some(download) = tried.lock().unwrap().take() else {
            return;
        };
        let there = there.clone();
        let runtime = || {
            tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap()
        };
        let tried = move || runtime().block_on(download.to_file(&there));
        let tried = std::thread::spawn(tried).join().unwrap();
        tell.send(tried.unwrap_err()).unwrap();
    });
    download.to_file(&path).await.unwrap();
    let error = told.recv().unwrap();
    check_file(&error, "another download to the path is under way", &path);
    assert!(second.api.requests().is_empty());
    assert_eq!(names(directory.path()), ["out.zip"]);
}

#[cfg(unix)]
#[tokio::test]
async fn somebody_elses() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let [part] = names(directory.path()).try_into().unwrap();
    let part = directory.path().join(part);
    let other = directory.path().join("other");
    fs::rename(&part, &other).unwrap();
    for link in [
        |from: &Path, to: &Path| std::os::unix::fs::symlink(from, to).unwrap(),
        |from: &Path, to: &Path| fs::hard_link(from, to).unwrap(),
        |_: &Path, to: &Path| fs::create_dir(to).unwrap(),
    ] {
        link(&other, &part);
        let setup = Setup::new([whole()]);
        setup.download().to_file(&path).await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
        assert_eq!(fs::read(&other).unwrap(), b"012345678");
        assert_eq!(setup.sent("range"), [None]);
        fs::remove_file(&path).unwrap();
        let _ = fs::remove_file(&part);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_directory_that_takes_nothing() {
    let path = Path::new("/proc/self/out.zip");
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(path).await.unwrap_err();
    check_file(&error, "the file cannot be written", path);
}

/// Tags are of one object each: another one may have the same, and even the same length.
#[tokio::test]
async fn what_is_left_of_another_object() {
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
    let download = actions.download_artifact("octo-org", "octo-docs", 4711);
    download.to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), other);
    assert_eq!(store.requests().len(), 2);
}
