//! serde attributes of types whose traits macros of the runtime implement.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Expr, Ident, ImplItemFn, ItemMacro, Lit, LitStr, Pat, Path, Stmt, Token, braced, parenthesized,
};

use super::{Implementation, Shape, TypeItem};

/// The traits that the macros implement.
const IMPLEMENTED: [&str; 2] = ["serde::Deserialize", "serde::Serialize"];

/// The call of a macro that implements serde's traits for a type.
pub(super) struct Table {
    pub(super) type_: String,
    rows: Vec<Row>,
}

/// The description of a field.
struct Row {
    field: String,
    serde: Vec<String>,
}

impl Table {
    /// None for another macro.
    pub(super) fn read(call: &ItemMacro) -> Option<Self> {
        let name = call.mac.path.get_ident()?;
        if name == "json_object" {
            call.mac.parse_body().ok()
        } else if name == "json_text" {
            let type_ = call.mac.tokens.clone().into_iter().next()?;
            Some(Self {
                type_: type_.to_string(),
                rows: Vec::new(),
            })
        } else {
            None
        }
    }

    /// Adds the equivalent serde attributes to the type.
    pub(super) fn apply(self, owner: &mut TypeItem) {
        let traits = IMPLEMENTED.map(|name| (name.to_owned(), Implementation::default()));
        owner.traits.extend(traits);
        let Shape::Struct { fields, .. } = &mut owner.shape else {
            return;
        };
        for row in self.rows {
            if let Some(field) = fields.iter_mut().find(|field| field.name == row.field) {
                field.marks.serde = row.serde;
            }
        }
    }
}

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let type_ = input.parse::<Ident>()?.to_string();
        let rows;
        braced!(rows in input);
        let rows = Punctuated::<Row, Token![,]>::parse_terminated(&rows)?;
        Ok(Self {
            type_,
            rows: rows.into_iter().collect(),
        })
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let property = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            None
        } else {
            Some(input.parse::<LitStr>()?.value())
        };
        input.parse::<Token![=>]>()?;
        let kind = input.parse::<Ident>()?.to_string();
        let field;
        parenthesized!(field in input);
        let field = field.parse::<Ident>()?.to_string();
        let spared = match kind.as_str() {
            "optional" | "items" | "nullable" => Some("default"),
            "additional" => Some("flatten"),
            _ => None,
        };
        let renamed = property.filter(|property| *property != field);
        let serde = spared.map(str::to_owned).into_iter();
        let serde = serde.chain(renamed.map(|name| rename(&name))).collect();
        Ok(Self { field, serde })
    }
}

/// Adds the strings of `as_str` to the variants of an enumeration.
pub(super) fn apply_texts(method: &ImplItemFn, owner: &mut TypeItem) {
    let Shape::Enum { variants } = &mut owner.shape else {
        return;
    };
    let [Stmt::Expr(Expr::Match(all), None)] = method.block.stmts.as_slice() else {
        return;
    };
    for arm in &all.arms {
        let (Pat::Path(path), Expr::Lit(text)) = (&arm.pat, &*arm.body) else {
            continue;
        };
        let Lit::Str(text) = &text.lit else {
            continue;
        };
        let name = last(&path.path);
        if let Some(variant) = variants
            .iter_mut()
            .find(|one| Some(&one.name) == name.as_ref())
        {
            variant.marks.serde = vec![rename(&text.value())];
        }
    }
}

fn last(path: &Path) -> Option<String> {
    path.segments
        .last()
        .map(|segment| segment.ident.to_string())
}

fn rename(name: &str) -> String {
    format!("rename = {name:?}")
}
