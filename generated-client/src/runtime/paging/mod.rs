//! Lists that come in pages.

mod ahead;
mod items;
mod link;
mod pages;
mod reading;

pub use items::Items;
pub use pages::Pages;
