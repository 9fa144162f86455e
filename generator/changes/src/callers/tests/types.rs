//! Types, and items that are none.

use super::check;

#[test]
fn fields() {
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
        &["field-added-to-whole A::b"],
    );
    check(
        "pub struct A { pub a: u8, b: u8 }",
        "pub struct A { pub a: u8, b: u16, c: u8 }",
        &[],
    );
    check(
        "#[derive(PartialOrd)] #[non_exhaustive] pub struct A { pub a: u8, pub b: u8 }",
        "#[derive(PartialOrd)] #[non_exhaustive] pub struct A { pub b: u8, pub c: u8, pub a: u8 }",
        &["fields-reordered A", "field-added A::c"],
    );
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { a: u8 }",
        &["field-removed A::a", "private-field-added A"],
    );
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, b: u8 }",
        &["private-field-added A"],
    );
    check(
        "#[non_exhaustive] pub struct A { pub a: u8 }",
        "#[non_exhaustive] pub struct A { pub a: u8, b: u8 }",
        &[],
    );
}

#[test]
fn forms() {
    for (before, after, expect) in [
        ("pub struct A;", "pub struct A {}", &["type-reshaped A"][..]),
        ("pub struct A(u8);", "pub struct A { a: u8 }", &[]),
        (
            "pub struct A(pub u8);",
            "pub struct A { pub a: u8 }",
            &["type-reshaped A"],
        ),
        (
            "#[non_exhaustive] pub struct A;",
            "#[non_exhaustive] pub struct A { pub a: u8 }",
            &["field-added A::a"],
        ),
        ("pub struct A;", "pub enum A {}", &["type-reshaped A"]),
    ] {
        check(before, after, expect);
    }
}

#[test]
fn variants() {
    check(
        "pub enum A { B }",
        "pub enum A { B, C }",
        &["variant-added-to-whole A::C"],
    );
    check(
        "pub enum A { B { a: u8 } }",
        "pub enum A { B { b: u8 } }",
        &["variant-retyped A::B"],
    );
}

#[test]
fn numbers_of_variants() {
    check(
        "#[non_exhaustive] pub enum A { B, C }",
        "#[non_exhaustive] pub enum A { D, B, C }",
        &["variants-renumbered A", "variant-added A::D"],
    );
    check(
        "#[non_exhaustive] pub enum A { B, C(u8) }",
        "#[non_exhaustive] pub enum A { D, B, C(u8) }",
        &["variant-added A::D"],
    );
    // There is no number that is another one now.
    check(
        "#[non_exhaustive] pub enum A { B, C }",
        "#[non_exhaustive] pub enum A { B, D }",
        &["variant-renamed A::C"],
    );
}

#[test]
fn openness() {
    check(
        "pub struct A { pub a: u8 }",
        "#[non_exhaustive] pub struct A { pub a: u8 }",
        &["non-exhaustive-added A"],
    );
    check(
        "#[non_exhaustive] pub enum A { B }",
        "pub enum A { B }",
        &["non-exhaustive-removed A"],
    );
}

#[test]
fn generics() {
    check(
        "pub struct A<T>(T);",
        "pub struct A<T: Copy>(T);",
        &["generics-changed A"],
    );
    check(
        "pub struct A<T>(T); impl<T> A<T> { pub fn a(&self) {} }",
        "pub struct A<T>(T); impl<T: Copy> A<T> { pub fn a(&self) {} }",
        &["signature-changed A::a"],
    );
}

#[test]
fn deprecation() {
    let item = |mark: &str| format!("{mark} pub struct A {{ pub a: u8 }}");
    let (plain, deprecated) = (item(""), item("#[deprecated]"));
    check(&plain, &deprecated, &["deprecated A"]);
    check(&deprecated, &plain, &["deprecation-removed A"]);
}

#[test]
fn must_use() {
    let item = |mark: &str| format!("{mark} pub struct A; impl A {{ {mark} pub fn a() {{}} }}");
    let (plain, marked) = (item(""), item("#[must_use]"));
    check(
        &plain,
        &marked,
        &["must-use-added A", "must-use-added A::a"],
    );
    check(&marked, &plain, &[]);
}

#[test]
fn traits() {
    check(
        "pub struct A; impl Clone for A {}",
        "#[derive(Clone)] pub struct A;",
        &[],
    );
    check(
        "pub struct A; impl Iterator for A { type Item = u8; }",
        "pub struct A; impl Iterator for A { type Item = u16; }",
        &["trait-changed A"],
    );
    check(
        "pub struct A; impl From<A> for u8 {}",
        "pub struct A;",
        &["trait-removed A"],
    );
    check(
        "pub struct A<T>(T); impl<T> Iterator for A<T> {}",
        "pub struct A<T>(T); impl<T: Copy> Iterator for A<T> {}",
        &["trait-changed A"],
    );
    // What is derived has bounds of its own.
    check(
        "#[derive(Clone)] pub struct A<T>(T);",
        "pub struct A<T>(T); impl<T: Clone> Clone for A<T> {}",
        &[],
    );
    check(
        "#[derive(Clone, Default, PartialEq)] pub struct A;",
        "#[derive(Clone, Copy)] pub struct A;",
        &["trait-removed A", "trait-implemented A"],
    );
}

#[test]
fn other_items() {
    check(
        "pub const A: u8 = 1; pub fn b() {} pub trait C { fn c(); }",
        "pub const A: u16 = 1; pub trait C { /** Docs. */ fn c(); } pub fn d() {}",
        &["item-changed A", "item-removed b", "item-added d"],
    );
    check(
        "pub struct A; impl A { pub const B: u8 = 1; pub const C: u8 = 2; const D: u8 = 3; }",
        "pub struct A; impl A { pub const B: u16 = 1; }",
        &["item-changed A::B", "item-removed A::C"],
    );
}

#[test]
fn a_rename_is_one_change() {
    check(
        "pub struct A { pub a: u8 } pub struct B { pub a: A }",
        "pub struct C { pub a: u8 } pub struct B { pub a: C }",
        &["type-renamed A"],
    );
    // A longer name that begins with the old one is another.
    check(
        "pub struct A { pub a: u8 } pub struct Ab; pub struct B { pub a: A, pub b: Ab }",
        "pub struct C { pub a: u8 } pub struct Ab; pub struct B { pub a: C, pub b: Ab }",
        &["type-renamed A"],
    );
    // Docs tell apart what nothing else does.
    check(
        "/** One. */ pub struct A { pub a: u8 } /** Two. */ pub struct B { pub a: u8 }",
        "/** Two. */ pub struct C { pub a: u8 } /** One. */ pub struct D { pub a: u8 }",
        &["type-renamed A", "type-renamed B"],
    );
    // One of them is gone, whichever the new one is like.
    check(
        "pub struct A { pub a: u8 } pub struct B { pub a: u8 }",
        "pub struct C { pub a: u8 }",
        &["type-removed A", "type-removed B", "type-added C"],
    );
}
