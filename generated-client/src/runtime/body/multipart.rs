//! Forms of several parts: `multipart/form-data` (RFC 7578).

use std::fmt;

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::form::scalar_or_json;
use super::outgoing::body;
use super::source::Source;
use super::upload::Upload;
use crate::runtime::Error;
use crate::runtime::media_type::is_json;
use crate::runtime::parameter::json_value;
use crate::runtime::text::OneLine;

/// The parts of a form, in the order in which they are sent.
///
/// Several parts may have the same name. `Debug` shows the names only.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Error, Multipart, Upload};")]
/// # async fn example() -> Result<(), Error> {
/// let parts = Multipart::new()
///     .text("title", "A photo")
///     .json("tags", &["sea", "sky"])?
///     .upload("photo", Upload::file("photo.jpg").await?.content_type("image/jpeg"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    source: Source,
}

impl Multipart {
    /// A form without any parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text.
    pub fn text(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.part(name, None, text.into())
    }

    /// Adds a value as JSON.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_invalid_request`](Error::is_invalid_request), if the value cannot be written
    /// as JSON.
    pub fn json(
        self,
        name: impl Into<String>,
        value: &(impl Serialize + ?Sized),
    ) -> Result<Self, Error> {
        let name = name.into();
        let text = json_value(&OneLine(&name).to_string(), &value)?.to_string();
        Ok(self.part(name, Some("application/json"), text))
    }

    /// Adds content as a file. Without a [name](Upload::file_name), the file has that of the part.
    pub fn upload(self, name: impl Into<String>, content: impl Into<Upload>) -> Self {
        self.file(name.into(), None, &content.into())
    }

    fn part(
        mut self,
        name: impl Into<String>,
        content_type: Option<&str>,
        text: impl Into<String>,
    ) -> Self {
        self.parts.push(Part {
            name: name.into(),
            file_name: None,
            content_type: content_type.map(str::to_owned),
            source: Source::Bytes(text.into().into()),
        });
        self
    }

    fn file(mut self, name: String, documented: Option<&'static str>, content: &Upload) -> Self {
        self.parts.push(Part {
            file_name: Some(content.name().unwrap_or(&name).to_owned()),
            content_type: Some(content.media_type(documented).into_owned()),
            source: content.source(),
            name,
        });
        self
    }
}

/// What emitted types with a field for each part are made of.
#[allow(dead_code, reason = "a document may have no such types")]
impl Multipart {
    /// Adds a value as OpenAPI has it for forms: a scalar is text, an object is JSON, an array is a
    /// part for each item, and an absent one is none. A media type from the document is sent with the
    /// part; if it is one of JSON, any value is JSON.
    pub(crate) fn value(
        mut self,
        name: &'static str,
        content_type: Option<&'static str>,
        value: &impl Serialize,
    ) -> Result<Self, Error> {
        let values = match json_value(name, value)? {
            Value::Null => return Ok(self),
            value if content_type.is_some_and(is_json) => {
                return Ok(self.part(name, content_type, value.to_string()));
            }
            Value::Array(items) => items,
            value => vec![value],
        };
        for value in values.into_iter().filter(|value| !value.is_null()) {
            let implied = (value.is_object() || value.is_array()).then_some("application/json");
            let text = scalar_or_json(name, value)?;
            self = self.part(name, content_type.or(implied), text);
        }
        Ok(self)
    }

    /// Adds any number of files, of the media type that the document names.
    pub(crate) fn files<'a>(
        self,
        name: &'static str,
        content_type: Option<&'static str>,
        files: impl IntoIterator<Item = &'a Upload>,
    ) -> Self {
        files.into_iter().fold(self, |parts, content| {
            parts.file(name.to_owned(), content_type, content)
        })
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.parts.iter().map(|part| &part.name);
        f.debug_list().entries(names).finish()
    }
}

/// Sends the parts of a form as the body of a request.
#[allow(dead_code, reason = "a document may have no such forms")]
pub(crate) fn multipart(request: RequestBuilder, form: Multipart) -> Result<RequestBuilder, Error> {
    // Nobody who knows what is in a part knows what ends it.
    let boundary = format!("{:032x}{:032x}", fastrand::u128(..), fastrand::u128(..));
    let mut sources = Vec::new();
    for part in form.parts {
        sources.push(Source::from(format!(
            "--{boundary}\r\n{}\r\n",
            head(&part)?
        )));
        sources.push(part.source);
        sources.push(Source::from("\r\n".to_owned()));
    }
    sources.push(Source::from(format!("--{boundary}--\r\n")));
    let content_type = format!("multipart/form-data; boundary={boundary}");
    Ok(request
        .header(CONTENT_TYPE, content_type)
        .body(body(sources)?))
}

/// The headers of a part.
fn head(part: &Part) -> Result<String, Error> {
    let mut head = format!(
        "Content-Disposition: form-data; name=\"{}\"",
        escape(&part.name)
    );
    if let Some(file_name) = &part.file_name {
        head.push_str(&format!("; filename=\"{}\"", escape(file_name)));
    }
    head.push_str("\r\n");
    if let Some(content_type) = &part.content_type {
        if HeaderValue::from_str(content_type).is_err() {
            let name = OneLine(&part.name).to_string();
            let reason = "has a content type that no header can hold";
            return Err(Error::argument(&name, reason));
        }
        head.push_str(&format!("Content-Type: {content_type}\r\n"));
    }
    Ok(head)
}

/// Escapes a name so that it stays within its quotes, as browsers do.
pub(in crate::runtime) fn escape(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is sent, with `B` for what ends a part.
    #[track_caller]
    fn sent(form: Multipart) -> String {
        let request = reqwest::Client::new().post("http://localhost/");
        let request = multipart(request, form).unwrap().build().unwrap();
        let content_type = request.headers()[CONTENT_TYPE].to_str().unwrap();
        let boundary = content_type
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        assert!(boundary.len() <= 70, "RFC 2046, 5.1.1");
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap();
        let body = std::str::from_utf8(body).unwrap();
        body.replace(boundary, "B").replace("\r\n", "\n")
    }

    #[test]
    fn parts() {
        let form = Multipart::new()
            .text("title", "ü\r\nx")
            .json("tags", &["a", "b"])
            .unwrap()
            .upload(
                "file",
                Upload::from("1,2")
                    .file_name("t.csv")
                    .content_type("text/csv"),
            )
            .upload("raw", vec![65_u8]);
        assert_eq!(format!("{form:?}"), r#"["title", "tags", "file", "raw"]"#);
        assert_eq!(
            sent(form),
            "--B\nContent-Disposition: form-data; name=\"title\"\n\nü\nx\n\
             --B\nContent-Disposition: form-data; name=\"tags\"\nContent-Type: application/json\n\n\
             [\"a\",\"b\"]\n\
             --B\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\n\
             Content-Type: text/csv\n\n1,2\n\
             --B\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw\"\n\
             Content-Type: application/octet-stream\n\nA\n\
             --B--\n"
        );
        assert_eq!(sent(Multipart::new()), "--B--\n");
    }

    /// The declared type and the text of each value.
    #[track_caller]
    fn values(content_type: Option<&'static str>, value: Value) -> Vec<(Option<String>, String)> {
        let form = Multipart::new().value("n", content_type, &value).unwrap();
        let part = |part: Part| {
            assert_eq!((part.name.as_str(), part.file_name), ("n", None));
            let Source::Bytes(bytes) = part.source else {
                panic!("a value is in memory");
            };
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            (part.content_type, text)
        };
        form.parts.into_iter().map(part).collect()
    }

    #[test]
    fn values_by_their_type() {
        let json = Some("application/json".to_owned());
        let text = |text: &str| (None, text.to_owned());
        assert_eq!(values(None, json!(null)), []);
        assert_eq!(values(Some("application/json"), json!(null)), []);
        assert_eq!(values(None, json!(1.5)), [text("1.5")]);
        assert_eq!(values(None, json!(["a", null, 2])), [text("a"), text("2")]);
        assert_eq!(values(None, json!([])), []);
        for value in [json!({"a": null}), json!([{"a": null}])] {
            let expected = (json.clone(), r#"{"a":null}"#.to_owned());
            assert_eq!(values(None, value), [expected]);
        }
        assert_eq!(
            values(Some("text/csv"), json!(["a", "b"])),
            ["a", "b"].map(|text| (Some("text/csv".to_owned()), text.to_owned()))
        );
        for media_type in [
            "application/json",
            "Application/Problem+JSON; charset=utf-8",
        ] {
            let expected = (Some(media_type.to_owned()), r#"["a",1]"#.to_owned());
            assert_eq!(values(Some(media_type), json!(["a", 1])), [expected]);
        }
        assert_eq!(values(Some("application/json"), json!("a"))[0].1, "\"a\"");
    }

    #[test]
    fn documented_types_of_files() {
        let chosen = Upload::from("").content_type("image/png");
        let open = Upload::from("");
        let of = |documented, file: &Upload| {
            let form = Multipart::new().files("n", documented, [file]);
            form.parts[0].content_type.clone().unwrap()
        };
        for (documented, expected) in [
            (None, "application/octet-stream"),
            (Some("image/jpeg"), "image/jpeg"),
            (Some("image/*"), "application/octet-stream"),
        ] {
            assert_eq!(of(documented, &open), expected);
            assert_eq!(of(documented, &chosen), "image/png");
        }
        let form =
            Multipart::new()
                .files("none", None, &None)
                .files("many", None, &vec![open, chosen]);
        assert_eq!(format!("{form:?}"), r#"["many", "many"]"#);
    }

    #[test]
    fn names_with_line_breaks_and_quotes() {
        let hostile = "a\"; x=\"\r\nX-Other: b\r\n\r\n%22";
        let form = Multipart::new().upload(hostile, Upload::from("").file_name(hostile));
        let escaped = "a%22; x=%22%0D%0AX-Other: b%0D%0A%0D%0A%22";
        let sent = sent(form);
        assert_eq!(
            sent.lines().nth(1),
            Some(
                format!(
                    "Content-Disposition: form-data; name=\"{escaped}\"; filename=\"{escaped}\""
                )
                .as_str()
            )
        );
        assert_eq!(sent.lines().count(), 6, "{sent}");
    }

    #[test]
    fn types_with_line_breaks() {
        let file = Upload::from("").content_type("a/b\r\nX-Other: c");
        let request = || reqwest::Client::new().post("http://localhost/");
        let error = multipart(request(), Multipart::new().upload("f\n", file.clone())).unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(
            error.to_string(),
            "argument `f\\n` has a content type that no header can hold"
        );
        let error = super::super::upload(request(), "a/b", &file).unwrap_err();
        assert!(error.is_invalid_request());
    }

    #[test]
    fn boundaries_differ() {
        let boundary = || {
            let request = reqwest::Client::new().post("http://localhost/");
            let request = multipart(request, Multipart::new()).unwrap();
            request.build().unwrap().headers()[CONTENT_TYPE].clone()
        };
        assert_ne!(boundary(), boundary());
    }
}
