//! Forms, as a mock expects them.

use constructs_client::multipart_body::files::FilesUploadBody;
use constructs_client::multipart_body::mock::{Mock, MockResponse};
use constructs_client::multipart_body::types::FilesUploadBodyPurpose as Purpose;
use constructs_client::multipart_body::{Multipart, Upload};

use crate::block_on;

fn form(file_name: &str) -> FilesUploadBody {
    let file = Upload::from("content").file_name(file_name);
    FilesUploadBody::new(file, Purpose::Backup).notes(["a", "b"].map(String::from))
}

#[test]
fn a_whole_form() {
    let mock = Mock::start();
    mock.files()
        .upload(|when| when.body(form("a.png")))
        .respond_with(MockResponse::new(201).body("{\"id\": \"1\"}"));
    let files = mock.client().files();
    block_on(files.upload(form("a.png")).send()).expect("the form is expected");
}

#[test]
#[should_panic(expected = "`body.file.file_name`: expected `a.png`, got `b.png`")]
fn another_form() {
    let mock = Mock::start();
    mock.files()
        .upload(|when| when.body(form("a.png")))
        .respond_with(MockResponse::new(201).body("{\"id\": \"1\"}"));
    let _ = block_on(mock.client().files().upload(form("b.png")).send());
}

#[test]
fn parts_of_a_form() {
    let mock = Mock::start();
    mock.files()
        .upload(|when| {
            when.body_part("file", |part| {
                part.file_name("a.png").content_contains("tent")
            })
            .body_part("notes", |part| part.content("b"))
        })
        .respond_with(MockResponse::new(201).body("{\"id\": \"1\"}"));
    let files = mock.client().files();
    block_on(files.upload(form("a.png")).send()).expect("the parts are expected");
}

#[test]
fn any_form_and_none() {
    let mock = Mock::start();
    let files = mock.files();
    files
        .anything(|when| when.body(Multipart::new().text("a", "1")))
        .respond(());
    files.anything(|when| when.body_missing()).respond(());
    let files = mock.client().files();
    let form = Multipart::new().text("a", "1");
    block_on(files.anything().body(form).send()).expect("the form is expected");
    block_on(files.anything().send()).expect("no form is expected");
}
