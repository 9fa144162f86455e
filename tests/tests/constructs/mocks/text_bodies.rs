//! Text, XML and bytes, as a mock expects them.

use constructs_client::text_bodies::mock::Mock;

use crate::block_on;

#[test]
fn whole_bodies() {
    let mock = Mock::start();
    let texts = mock.texts();
    texts.order(|when| when.body("<a/>")).respond("<b/>");
    texts.store(|when| when.body(vec![0, 255])).respond(());
    let texts = mock.client().texts();
    let order = block_on(texts.order("<a/>").send()).expect("the text is expected");
    assert_eq!(*order, "<b/>");
    block_on(texts.store("x", vec![0, 255]).send()).expect("the bytes are expected");
}

#[test]
fn parts_of_bodies() {
    let mock = Mock::start();
    let texts = mock.texts();
    texts
        .order(|when| when.body_contains("<id>7</id>"))
        .respond("<b/>");
    texts
        .store(|when| when.body_contains(vec![254, 255]))
        .respond(());
    let texts = mock.client().texts();
    block_on(texts.order("<a><id>7</id></a>").send()).expect("the text is expected");
    block_on(texts.store("x", vec![0, 254, 255]).send()).expect("the bytes are expected");
}

#[test]
#[should_panic(expected = "`body`: expected something with `<id>7</id>`, got `<a/>`")]
fn another_body() {
    let mock = Mock::start();
    mock.texts()
        .order(|when| when.body_contains("<id>7</id>"))
        .respond("<b/>");
    let _ = block_on(mock.client().texts().order("<a/>").send());
}
