//! Reads documents of OpenAPI 3.0 and 3.1, and finds their mistakes.
//!
//! Nothing here touches the disk, or depends on the use of a document; only the table of the rules also
//! declares those of the other packages. In the order in which one goes through it:
//!
//! 1. [`text`]: the texts of a document, their lines and spans
//! 2. [`diagnostic`]: the rules, and diagnostics as text
//! 3. [`source`]: text to values and their positions; OpenAPI 3.1 in the terms of 3.0
//! 4. [`check`]: mistakes in the document, and the rules that are denied or allowed
//! 5. [`report`]: findings for programs, from any source
//!
//! Each depends only on those before it. The rest is shared by the readers of documents.

pub mod check;
pub mod diagnostic;
mod downgrade;
pub mod glob;
pub mod media_type;
mod names;
mod objects;
mod options;
mod pointer;
mod references;
pub mod report;
pub mod source;
mod terms;
pub mod text;
pub mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Level, Rule};
pub use names::free_name;
pub use options::Options;
pub use pointer::Pointer;
pub use references::{BrokenChain, follow, follow_chain, reference};
pub use source::{Document, load};
pub use terms::{METHODS, Version, is_extension, parameter_names, split_name, template};
pub use text::{Source, Span};
