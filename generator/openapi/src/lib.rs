//! Reads documents of OpenAPI 3.0 and 3.1, and finds their mistakes.
//!
//! Nothing here touches the disk, and nothing knows what becomes of a document. In the order in which one goes
//! through it:
//!
//! 1. [`source`]: text to values and their positions; OpenAPI 3.1 in the terms of 3.0
//! 2. [`check`]: what is wrong with the document
//! 3. [`diagnostic`]: the rules, who denies or allows them, and diagnostics as text
//! 4. [`report`]: findings for programs, whoever has found them
//!
//! The rest is what those who read documents have in common.

pub mod check;
pub mod diagnostic;
mod downgrade;
pub mod glob;
pub mod media_type;
mod names;
mod objects;
mod options;
pub mod report;
pub mod source;
mod terms;
pub mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Level, Rule, Span};
pub use names::free_name;
pub use options::Options;
pub use source::{Document, Pointer, Source, load};
pub use terms::{
    METHODS, Version, follow, is_extension, parameter_names, reference, split_name, template,
};
