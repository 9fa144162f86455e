//! One of several bodies, as a mock expects it.

use constructs_client::body_choice::contacts::{ContactsCreateContent, ContactsCreateMultipartBody};
use constructs_client::body_choice::mock::{Mock, MockResponse};

use crate::block_on;

#[test]
fn by_media_type() {
    let form = || ContactsCreateMultipartBody::new("BEGIN:VCARD");
    let text = || ContactsCreateContent::Vcard("BEGIN:VCARD".to_owned());
    let mock = Mock::start();
    let contacts = mock.contacts();
    let forms = contacts.create(|when| when.body(form()));
    let texts = contacts.create(|when| when.body(text()));
    for contact in [forms, texts] {
        contact
            .respond_with(MockResponse::new(200).body("{\"name\": \"A\"}"))
            .times(1);
    }
    let contacts = mock.client().contacts();
    block_on(contacts.create(form()).send()).expect("the form is expected");
    block_on(contacts.create(text()).send()).expect("the text is expected");
}
