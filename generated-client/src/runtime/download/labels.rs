//! Headers of the store about the content.

use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderName};

use super::file_name::file_name;

/// Media type and suggested file name.
#[derive(Clone, Debug, Default)]
pub(in crate::runtime) struct Labels {
    pub(super) content_type: Option<String>,
    pub(super) content_disposition: Option<String>,
}

impl Labels {
    pub(in crate::runtime) fn new(headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| {
            let value = headers.get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            content_type: text(CONTENT_TYPE),
            content_disposition: text(CONTENT_DISPOSITION),
        }
    }

    pub(in crate::runtime) fn file_name(&self) -> Option<String> {
        file_name(self.content_disposition.as_deref()?)
    }
}
