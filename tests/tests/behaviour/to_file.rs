//! Downloads that end as files.

mod left;

use std::fs;
use std::path::{Path, PathBuf};

use generated_client::Error;
use tempfile::TempDir;
use tests::server::Answer;

use crate::download::{CONTENT, DIGEST, Setup, cut, rest, whole};

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
    let answer = whole().header("content-type", "zip").header(
        "content-disposition",
        "attachment; filename=\"../Rails.zip\"",
    );
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
        Some("attachment; filename=\"../Rails.zip\"")
    );
    assert_eq!(saved.file_name().as_deref(), Some("Rails.zip"));
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

/// The new file has the permissions of the old one from its creation.
#[cfg(unix)]
#[tokio::test]
async fn permissions_when_overwriting() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    for (before, expected) in [
        (0o600, 0o600),
        (0o400, 0o400),
        (0o666, 0o666),
        (0o750, 0o750),
        (0o4755, 0o755),
    ] {
        for (left, answer) in [
            (false, whole()),
            (false, Answer::status(200).body(CONTENT)),
            (true, rest(8)),
        ] {
            let (directory, path) = destination();
            if left {
                fail(&path, cut()).await;
            }
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(before)).unwrap();
            let setup = Setup::new([answer]);
            let inside = directory.path().to_owned();
            let download = setup.download().overwrite().on_progress(move |_| {
                for name in names(&inside) {
                    let added = mode(&inside.join(&name)) & !(expected | 0o600);
                    assert!(added == 0 || name == "out.zip", "{name}: {added:o}");
                }
            });
            download.to_file(&path).await.unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
            assert_eq!(mode(&path), expected, "{before:o}");
        }
    }
}

#[tokio::test]
async fn nothing_is_overwritten_by_default() {
    let (directory, path) = destination();
    fs::write(&path, "kept").unwrap();
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(&path).await.unwrap_err();
    check_file(&error, "the path exists already", &path);
    assert!(setup.api.requests().is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");

    setup.download().overwrite().to_file(&path).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), CONTENT);
    assert_eq!(names(directory.path()), ["out.zip"]);
}

/// A file that appeared at the path during the download.
#[tokio::test]
async fn nothing_is_replaced_at_the_end() {
    let (directory, path) = destination();
    let setup = Setup::new([whole()]);
    let there = path.clone();
    let download = setup.download();
    let download = download.on_progress(move |_| fs::write(&there, "kept").unwrap());
    let error = download.to_file(&path).await.unwrap_err();
    check_file(&error, "the path exists already", &path);
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    assert_eq!(names(directory.path()), ["out.zip"]);
}

#[tokio::test]
async fn paths_without_a_file_name() {
    let (directory, path) = destination();
    let setup = Setup::new([]);
    let nameless = "the path has no file name";
    for (path, expected) in [
        (directory.path().join("out/"), nameless),
        (directory.path().join("out/."), nameless),
        (directory.path().join(".."), nameless),
        (path.join("out.zip"), "the parent cannot be used"),
        (directory.path().to_owned(), "the path exists already"),
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
    check_file(&error, "the path is no file", &path);
    assert!(setup.api.requests().is_empty());
}

/// The error comes before anything is sent.
#[cfg(unix)]
#[tokio::test]
async fn impossible_file_names() {
    let setup = Setup::new([]);
    let directory = tempfile::tempdir().unwrap();
    for name in ["x".repeat(256), "a\0b".to_owned(), "é".repeat(128)] {
        let path = directory.path().join(name);
        let reason = "the path cannot be used";
        for download in [setup.download(), setup.download().overwrite()] {
            let error = download.to_file(&path).await.unwrap_err();
            assert!(error.is_file() && error.to_string().contains(reason));
        }
        let error = setup.download().extract_to(&path).await.unwrap_err();
        assert!(error.is_file() && error.to_string().contains(reason));
    }
    assert!(setup.api.requests().is_empty());
    assert_eq!(names(directory.path()), [""; 0]);
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed() {
    let (directory, path) = destination();
    let other = directory.path().join("other");
    std::os::unix::fs::symlink(&other, &path).unwrap();
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(&path).await.unwrap_err();
    check_file(&error, "the path exists already", &path);
    setup.download().overwrite().to_file(&path).await.unwrap();
    assert_eq!(names(directory.path()), ["out.zip"]);
    assert!(path.symlink_metadata().unwrap().is_file());
}

/// Fails, and leaves the bytes received so far.
async fn fail(path: &Path, answer: Answer) {
    let gone = || Answer::status(404);
    let setup = Setup::new([answer, gone()]);
    let error = setup.download().to_file(path).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert!(!path.exists());
}

#[tokio::test]
async fn one_download_at_a_time() {
    let (directory, path) = destination();
    fail(&path, cut()).await;
    let setup = Setup::new([rest(8)]);
    let second = Setup::new([]);
    let (there, tried) = (path.clone(), std::sync::Mutex::new(Some(second.download())));
    let (sender, receiver) = std::sync::mpsc::channel();
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
        sender.send(tried.unwrap_err()).unwrap();
    });
    download.to_file(&path).await.unwrap();
    let error = receiver.recv().unwrap();
    check_file(&error, "another download to the path is under way", &path);
    assert!(second.api.requests().is_empty());
    assert_eq!(names(directory.path()), ["out.zip"]);
}

#[cfg(unix)]
#[tokio::test]
async fn foreign_part_files() {
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
async fn an_unwritable_directory() {
    let path = Path::new("/proc/self/out.zip");
    let setup = Setup::new([whole()]);
    let error = setup.download().to_file(path).await.unwrap_err();
    check_file(&error, "the file cannot be written", path);
}
