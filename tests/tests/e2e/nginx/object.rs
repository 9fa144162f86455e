//! The content of the store.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use md5::{Digest, Md5};
use sha2::Sha256;

use super::sent::{Sent, sent};
use crate::setting;

/// A date other than that of the replacement: the 10th of September 2001.
const WRITTEN: Duration = Duration::from_secs(1_000_000_000);

/// A file in the store that no other test knows.
pub(super) struct Object {
    name: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Object {
    /// With so many random bytes.
    pub(super) fn random(name: &'static str, length: usize) -> Self {
        Self::new(name, noise(length))
    }

    pub(super) fn new(name: &'static str, bytes: Vec<u8>) -> Self {
        let object = Self { name, bytes };
        let written = object
            .write()
            .set_modified(SystemTime::UNIX_EPOCH + WRITTEN);
        written.expect("a file of ours");
        object
    }

    /// Puts something else in its place, as long as it was.
    pub(super) fn replace(&mut self) {
        self.bytes.reverse();
        self.write();
    }

    fn write(&self) -> File {
        let path = PathBuf::from(setting("E2E_NGINX_FILES")).join(self.name);
        let mut file = File::create(path).expect("a directory of ours");
        file.write_all(&self.bytes).expect("a file of ours");
        file
    }

    /// In the form of artifacts.
    pub(super) fn digest(&self) -> String {
        let digest = Sha256::digest(&self.bytes);
        digest.iter().fold("sha256:".to_owned(), |text, byte| {
            format!("{text}{byte:02x}")
        })
    }

    /// Its address for an hour.
    pub(super) fn url(&self) -> String {
        self.url_until(now() + 3600)
    }

    /// An address that has expired.
    pub(super) fn expired_url(&self) -> String {
        self.url_until(now() - 60)
    }

    /// An address whose signature is of another object.
    pub(super) fn forged_url(&self) -> String {
        self.url()
            .replacen(self.name, &format!("not-{}", self.name), 1)
    }

    /// Its address up to a second since the Unix epoch.
    pub(super) fn url_until(&self, expires: u64) -> String {
        let signed = format!("{expires}/{} {}", self.name, setting("E2E_NGINX_SECRET"));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(Md5::digest(signed));
        let store = setting("E2E_NGINX");
        format!("{store}/{}?md5={signature}&expires={expires}", self.name)
    }

    /// The requests to the store for it.
    pub(super) async fn sent(&self) -> Vec<Sent> {
        sent(self.name).await
    }
}

/// Seconds since the Unix epoch.
pub(super) fn now() -> u64 {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed();
    elapsed.expect("a clock that goes").as_secs()
}

/// Bytes that can't be compressed: xorshift64.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.flatten().take(length).collect()
}
