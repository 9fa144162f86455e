//! Names: what they stand for, and who can reach it.

use generator::File;

use super::{check, found};
use crate::compare_code;

#[test]
fn an_import_is_no_change() {
    let other = ("other.rs", "pub struct B;");
    let ways = [
        "mod other; pub use other::B; pub struct A { pub b: B }",
        "mod other; pub use other::*; pub struct A { pub b: B }",
        "mod other; pub use crate::other::{B}; pub struct A { pub b: crate::other::B }",
        "mod other; pub use self::other::B as B; pub struct A { pub b: self::B }",
    ];
    for (before, after) in ways.iter().zip(&ways[1..]) {
        let found = found(&[("lib.rs", before), other], &[("lib.rs", after), other]);
        assert!(found.is_empty(), "{before}\n{after}\n{found:?}");
    }
}

#[test]
fn the_same_name_for_another_type_is_a_change() {
    check(
        "use std::fmt::Error; pub struct A { pub a: Error }",
        "use std::io::Error; pub struct A { pub a: Error }",
        &["field-retyped A::a"],
    );
    let file = |import: &str| File {
        path: "lib.rs".to_owned(),
        contents: format!("{import} pub struct A {{ pub a: Error }}"),
    };
    let (before, after) = (file("use std::fmt::Error;"), file("use std::io::Error;"));
    let changes = compare_code(&[before], &[after]).expect("it is Rust");
    assert_eq!(changes[0].before.as_deref(), Some("std::fmt::Error"));
    assert_eq!(changes[0].after.as_deref(), Some("std::io::Error"));
}

#[test]
fn a_move_between_private_modules_is_no_change() {
    let before = [
        ("lib.rs", "mod a; pub use a::A;"),
        ("a.rs", "pub struct A;"),
    ];
    let after = [
        ("lib.rs", "mod b; pub use b::c::A;"),
        ("b/mod.rs", "pub mod c;"),
        ("b/c.rs", "pub struct A;"),
    ];
    assert!(found(&before, &after).is_empty());
    let hidden = [("lib.rs", "mod a;"), ("a.rs", "pub struct A;")];
    assert_eq!(found(&before, &hidden), ["type-removed A"]);
}

#[test]
fn names_of_other_crates() {
    check(
        "pub use {bytes, chrono::DateTime as Time};",
        "pub use bytes;",
        &["item-removed Time"],
    );
    check("use bytes;", "pub use bytes;", &["item-added bytes"]);
}

#[test]
fn further_names_of_the_same_item() {
    let module = "pub mod a { pub struct A { pub a: u8 } }";
    let (one, both) = (module.to_owned(), format!("{module} pub use a::A;"));
    let moved = "mod a { pub struct A { pub a: u8 } } pub use a::A;";
    check(&one, &both, &["item-added A"]);
    check(&both, &one, &["type-renamed A"]);
    check(&both, moved, &["item-removed a::A"]);
    check(&one, moved, &["type-removed a::A", "type-added A"]);
}

#[test]
fn modules_in_a_file() {
    check(
        "pub mod a { pub struct A; pub mod b { pub fn c() {} } }",
        "pub mod a { pub struct A { pub a: u8 } }",
        &["type-reshaped a::A", "item-removed a::b::c"],
    );
}

#[test]
fn tests_are_no_api() {
    check(
        "pub struct A; #[cfg(test)] mod tests { pub struct B; }",
        "pub struct A; #[cfg(test)] impl A { pub fn a() {} }",
        &[],
    );
    let before = [
        ("lib.rs", "#[cfg(test)] pub mod a;"),
        ("a.rs", "pub struct A;"),
    ];
    assert!(found(&before, &[("lib.rs", "")]).is_empty());
}

#[test]
fn invalid_rust_is_reported() {
    let file = File {
        path: "lib.rs".to_owned(),
        contents: "pub struct".to_owned(),
    };
    assert_eq!(compare_code(&[file], &[]), Err("lib.rs".to_owned()));
}

#[test]
fn cycles_of_imports_end() {
    check(
        "pub use crate::A as B; pub use crate::B as A;",
        "pub use self as a;",
        &[],
    );
}
