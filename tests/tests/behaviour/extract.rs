//! Downloads that end as directories.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use generated_client::{ExtractLimits, Symlinks};
use tempfile::TempDir;
use tests::server::Answer;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::download::Setup;

pub(crate) fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("a.txt", "one"), ("b/c.txt", "two")] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn answer() -> Answer {
    Answer::status(200)
        .header("etag", "\"one\"")
        .body(archive())
}

fn destination() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out");
    (directory, path)
}

fn count(directory: &Path) -> usize {
    fs::read_dir(directory).unwrap().count()
}

#[tokio::test]
async fn an_archive() {
    let (directory, path) = destination();
    for make_empty in [false, true] {
        if make_empty {
            fs::create_dir(&path).unwrap();
        }
        let setup = Setup::new([answer()]);
        let extracted = setup.download().extract_to(&path).await.unwrap();
        assert_eq!(extracted.directory, path);
        assert_eq!(extracted.files, [Path::new("a.txt"), Path::new("b/c.txt")]);
        assert_eq!(extracted.bytes, 6);
        assert!(extracted.digest.starts_with("sha256:"));
        assert_eq!(fs::read_to_string(path.join("b/c.txt")).unwrap(), "two");
        assert_eq!(count(directory.path()), 1);
        fs::remove_dir_all(&path).unwrap();
    }
}

#[tokio::test]
async fn symlinks() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.start_file("./a.txt", options).unwrap();
    writer.write_all(b"one").unwrap();
    writer.add_symlink("b/c", "../a.txt", options).unwrap();
    let archive = writer.finish().unwrap().into_inner();
    let answer = || Answer::status(200).body(archive.clone());

    let (_directory, path) = destination();
    let setup = Setup::new([answer()]);
    let extracted = setup.download().extract_to(&path).await.unwrap();
    assert_eq!(extracted.files, [Path::new("a.txt")]);
    assert_eq!(extracted.skipped_symlinks, [Path::new("b/c")]);
    assert!(extracted.symlinks.is_empty() && !path.join("b/c").is_symlink());

    let (_directory, path) = destination();
    let setup = Setup::new([answer()]);
    let download = setup.download().extract_symlinks(Symlinks::Make);
    let extracted = download.extract_to(&path).await.unwrap();
    assert_eq!(extracted.files, [Path::new("a.txt")]);
    let (made, skipped) = (&extracted.symlinks, &extracted.skipped_symlinks);
    if cfg!(unix) {
        assert!(skipped.is_empty());
        assert_eq!(*made, [Path::new("b/c")]);
        assert_eq!(fs::read_to_string(path.join("b/c")).unwrap(), "one");
    } else {
        assert_eq!((made.len(), skipped.len()), (0, 1));
    }
}

#[tokio::test]
async fn restarted_in_the_middle() {
    let (directory, path) = destination();
    let first = Answer::status(200)
        .header("etag", "\"zero\"")
        .body("0".repeat(1_000_000));
    let changes = [first.cut_after(900_000), Answer::status(412)];
    let setup = Setup::new([&changes[..], &[answer()]].concat());
    let extracted = setup.download().extract_to(&path).await.unwrap();
    assert_eq!(extracted.files, [Path::new("a.txt"), Path::new("b/c.txt")]);

    fs::remove_dir_all(&path).unwrap();
    let setup = Setup::new(changes.iter().cycle().take(20).cloned());
    let error = setup.download().extract_to(&path).await.unwrap_err();
    assert!(error.is_changed());
    assert_eq!(setup.store.requests().len(), 8);
    assert_eq!(count(directory.path()), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn permissions() {
    use std::os::unix::fs::PermissionsExt;

    let (directory, path) = destination();
    let other = directory.path().join("other");
    fs::create_dir(&other).unwrap();
    let setup = Setup::new([answer()]);
    setup.download().extract_to(&path).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&other));
}

#[cfg(unix)]
#[tokio::test]
async fn permissions_when_overwriting() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    for expected in [0o700, 0o500, 0o777, 0o1770] {
        let (directory, path) = destination();
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(expected)).unwrap();
        let setup = Setup::new([answer()]);
        setup.download().extract_to(&path).await.unwrap();
        assert_eq!(mode(&path), expected);
        assert_eq!(fs::read_to_string(path.join("b/c.txt")).unwrap(), "two");
        assert_eq!(count(directory.path()), 1);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[tokio::test]
async fn an_existing_path() {
    let (directory, path) = destination();
    let setup = Setup::new([]);
    fs::write(&path, "kept").unwrap();
    for path in [&path, directory.path()] {
        let error = setup.download().extract_to(path).await.unwrap_err();
        assert!(error.is_file());
        let expected = format!("the path exists already: `{}`", path.display());
        assert!(error.to_string().ends_with(&expected), "{error}");
    }
    assert!(setup.api.requests().is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
}

/// A file that appeared at the path during the download.
#[tokio::test]
async fn a_path_created_meanwhile() {
    let (directory, path) = destination();
    let setup = Setup::new([answer()]);
    let there = path.clone();
    let download = setup.download().on_progress(move |_| {
        fs::create_dir_all(&there).unwrap();
        fs::write(there.join("kept"), "").unwrap();
    });
    let error = download.extract_to(&path).await.unwrap_err();
    assert!(error.is_file(), "{error:?}");
    assert_eq!((count(&path), count(directory.path())), (1, 1));
}

#[tokio::test]
async fn nothing_is_left() {
    let (directory, path) = destination();
    let digest = format!("sha256:{}", "0".repeat(64));

    let setup = Setup::new([answer()]);
    let download = setup.download().expect_digest(&digest);
    assert!(download.extract_to(&path).await.unwrap_err().is_mismatch());

    let setup = Setup::new([Answer::status(200).body("raw")]);
    let error = setup.download().extract_to(&path).await.unwrap_err();
    assert!(error.is_archive());
    assert_eq!(
        error.to_string(),
        "GET /repos/octo-org/octo-docs/actions/artifacts/11/zip: the download is no zip archive; `to_file` saves it as it is"
    );

    let setup = Setup::new([answer()]);
    let limits = ExtractLimits::default().total_bytes(5);
    let download = setup.download().extract_limits(limits);
    assert!(download.extract_to(&path).await.unwrap_err().is_archive());
    assert_eq!(count(directory.path()), 0);
}
