//! The methods that download what a redirect leads to.

use quote::format_ident;
use syn::{Item, parse_quote};

use super::subject::Subject;

/// What the methods import.
const IMPORTS: &[&str] = &[
    "std::path::Path",
    "crate::runtime::ChunkReader",
    "crate::runtime::Chunks",
    "crate::runtime::Content",
    "crate::runtime::Download",
    "crate::runtime::Progress",
    "crate::runtime::Saved",
];

impl Subject<'_> {
    pub(super) fn download_imports(&self) -> &'static [&'static str] {
        if self.operation.is_download() {
            IMPORTS
        } else {
            &[]
        }
    }

    pub(super) fn expand_download(&self) -> Option<Item> {
        if !self.operation.is_download() {
            return None;
        }
        let type_ = format_ident!("{}", self.operation.type_name);
        Some(parse_quote! {
            /// Downloading what the redirect leads to: most of this is short for methods of [`Download`].
            impl #type_ {
                /// The download, on which more can be set than here. Nothing is sent yet.
                pub fn download(self) -> Download {
                    Download::new(self)
                }

                /// Has the content compared with a digest, as [`Download::expect_digest`] does.
                pub fn expect_digest(self, digest: impl AsRef<str>) -> Download {
                    self.download().expect_digest(digest)
                }

                /// Has the content compared with what the API tells of it, as [`Download::verify`] does.
                pub fn verify(self, content: impl Into<Content>) -> Download {
                    self.download().verify(content)
                }

                /// Tells how far the download has come, as [`Download::on_progress`] does.
                pub fn on_progress(self, on_progress: impl FnMut(Progress) + Send + 'static) -> Download {
                    self.download().on_progress(on_progress)
                }

                /// Gives the content piece by piece, as [`Download::stream`] does.
                pub fn stream(self) -> Chunks {
                    self.download().stream()
                }

                /// Gives the content as something to read from, as [`Download::into_async_read`] does.
                pub fn into_async_read(self) -> ChunkReader {
                    self.download().into_async_read()
                }

                /// Saves the content to a file, as [`Download::to_file`] does.
                ///
                /// # Errors
                ///
                /// Those of [`Download::to_file`].
                pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Saved, Error> {
                    self.download().to_file(path).await
                }

                /// Extracts the content, a zip archive, as [`Download::extract_to`] does.
                ///
                /// # Errors
                ///
                /// Those of [`Download::extract_to`].
                #[cfg(feature = "unzip")]
                pub async fn extract_to(
                    self,
                    directory: impl AsRef<Path>,
                ) -> Result<crate::Extracted, Error> {
                    self.download().extract_to(directory).await
                }
            }
        })
    }
}
