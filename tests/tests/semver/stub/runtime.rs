//! The names of the runtime that emitted code imports.

macro_rules! names {
    ($($name:ident $(<$($parameter:ident),*>)?,)*) => {
        $(#[derive(Clone, Debug)]
        pub struct $name $(<$($parameter),*>)? ($($(pub Option<$parameter>),*)?);)*
    };
}

names! {
    Answer,
    Api,
    ChunkReader,
    Chunks,
    ClientBuilder<C>,
    Conditional<T>,
    Content,
    Download,
    Error,
    Extracted,
    Items<P, T>,
    Operation,
    Pages<P>,
    Progress,
    QueryParam,
    Redirect,
    Response<T>,
    Saved,
    Session,
    UnknownValue,
}

pub fn segment() {}
pub fn within() {}
