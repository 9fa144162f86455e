//! Methods, and the conditions under which items are there.

use super::{check, found};

#[test]
fn signatures() {
    let method = |signature: &str| format!("pub struct A; impl A {{ {signature} {{ todo!() }} }}");
    for (before, after, expect) in [
        (
            "pub fn a(&self)",
            "pub async fn a(&self)",
            "signature-changed A::a",
        ),
        (
            "pub fn a(&self)",
            "pub fn a(&mut self)",
            "signature-changed A::a",
        ),
        ("pub fn a(self)", "pub fn a()", "signature-changed A::a"),
        ("pub fn a(&self)", "fn a(&self)", "method-removed A::a"),
        (
            "pub fn a() -> u8",
            "pub fn a() -> u16",
            "result-retyped A::a",
        ),
        (
            "pub fn a(b: u8, c: u8)",
            "pub fn a(c: u8, b: u8)",
            "arguments-reordered A::a",
        ),
        (
            "pub fn a(b: u8, c: u8)",
            "pub fn a(d: u8, c: u8)",
            "argument-renamed A::a",
        ),
        (
            "pub fn a(b: u8)",
            "pub fn a(b: impl Into<u8>)",
            "argument-generalised A::a",
        ),
        (
            "pub fn a(b: impl Into<u8>)",
            "pub fn a(b: u8)",
            "argument-retyped A::a",
        ),
        ("pub fn a(b: u8)", "pub fn c(b: u8)", "method-renamed A::a"),
    ] {
        check(&method(before), &method(after), &[expect]);
    }
    check(
        &method("pub fn a(self)"),
        &method("pub fn a(mut self)"),
        &[],
    );
}

/// What a function asks of its callers beside arguments, and what it lets them do.
#[test]
fn modifiers() {
    for (before, after, expect) in [
        ("pub fn a()", "pub unsafe fn a()", "changed"),
        ("pub unsafe fn a()", "pub fn a()", "loosened"),
        ("pub fn a()", "pub const fn a()", "loosened"),
        ("pub const fn a()", "pub fn a()", "changed"),
        ("pub fn a()", "pub const unsafe fn a()", "changed"),
        ("pub fn a()", "pub extern \"C\" fn a()", "changed"),
        (
            "pub extern \"C\" fn a()",
            "pub extern \"system\" fn a()",
            "changed",
        ),
    ] {
        let method = |signature: &str| format!("pub struct A; impl A {{ {signature} {{}} }}");
        let expected = format!("signature-{expect} A::a");
        check(&method(before), &method(after), &[&expected]);
        let function = |signature: &str| format!("{signature} {{}}");
        let expected = match expect {
            "changed" => "item-changed a",
            _ => "signature-loosened a",
        };
        check(&function(before), &function(after), &[expected]);
    }
    check(
        "pub const A: unsafe fn() = b; pub trait C { unsafe fn c(); }",
        "pub const A: fn() = b; pub trait C { fn c(); }",
        &["item-changed A", "item-changed C"],
    );
}

#[test]
fn conditions() {
    let method =
        |condition: &str| format!("pub struct A; impl A {{ {condition} pub fn a() {{}} }}");
    let (plain, conditional) = (method(""), method("#[cfg(feature = \"b\")]"));
    check(&plain, &conditional, &["condition-added A::a"]);
    check(&conditional, &plain, &["condition-removed A::a"]);
    check(&plain, &method("#[cfg(test)]"), &["method-removed A::a"]);
    let (narrow, wide) = (
        method("#[cfg(unix)] #[cfg(feature = \"b\")]"),
        method("#[cfg(unix)]"),
    );
    check(&narrow, &wide, &["condition-removed A::a"]);
    check(&wide, &narrow, &["condition-added A::a"]);
    check(&conditional, &wide, &["condition-added A::a"]);
}

/// Wherever on the way to an item the condition is.
#[test]
fn conditions_of_enclosing_items() {
    let below = ("a.rs", "pub struct A; impl A { pub fn a() {} }");
    let plain = [("lib.rs", "mod a; pub use a::A;"), below];
    for root in [
        "mod a; #[cfg(unix)] pub use a::A;",
        "mod a; #[cfg(unix)] mod b { pub use crate::a::A; } #[cfg(unix)] pub use b::*;",
    ] {
        let conditional = [("lib.rs", root), below];
        assert_eq!(found(&plain, &conditional), ["condition-added A"]);
        assert_eq!(found(&conditional, &plain), ["condition-removed A"]);
    }
    // All that is in a module is there under the same condition.
    let below = (
        "a.rs",
        "pub struct A; impl A { pub fn a() {} } impl Clone for A {}",
    );
    let conditional = [
        ("lib.rs", "#[cfg(unix)] mod a; #[cfg(unix)] pub use a::A;"),
        below,
    ];
    let plain = [("lib.rs", "mod a; pub use a::A;"), below];
    assert_eq!(found(&plain, &conditional), ["condition-added A"]);
    let method = |condition: &str| {
        format!("pub struct A; {condition} mod b {{ impl super::A {{ pub fn a() {{}} }} }}")
    };
    check(
        &method(""),
        &method("#[cfg(unix)]"),
        &["condition-added A::a"],
    );
    check(
        "pub fn a() {}",
        "#[cfg(unix)] pub fn a() {}",
        &["item-changed a"],
    );
}
