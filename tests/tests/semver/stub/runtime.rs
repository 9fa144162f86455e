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
    ByteStream,
    ChunkReader,
    Chunks,
    ClientBuilder<C>,
    Conditional<T>,
    Content,
    Download,
    Error,
    Extracted,
    Items<P, T>,
    Multipart,
    Operation,
    Pages<P>,
    Progress,
    Query,
    Redirect,
    Response<T>,
    Saved,
    Server,
    Session,
    UnknownValue,
    Upload,
    Variable,
}

macro_rules! values {
    ($($name:ident)*) => {
        $(pub fn $name() {})*
    };
}

values! {
    closest
    cookie
    decode_value
    encode_tagged
    form
    header
    multipart
    segment
    send
    send_if_changed
    styled_segment
    text
    union_tag
    upload
    within
}

pub enum Delimiter {}
pub enum FieldStyle {}
pub enum PathStyle {}
pub enum Scheme {}
pub enum Security {}

pub(crate) trait Request {
    type Output;
    const OPERATION: &'static Operation;
    fn session(&self) -> &Session;
    fn request(&self) -> Result<crate::reqwest::RequestBuilder, Error>;
    fn decode(answer: Answer) -> impl Future<Output = Result<Response<Self::Output>, Error>>;
}

macro_rules! json_object {
    ($type:ident { $($row:tt)* }) => {
        crate::runtime::json_text!($type as From);
    };
}

macro_rules! json_text {
    ($type:ident as $trait:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                unreachable!()
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
                unreachable!()
            }
        }
    };
}

pub(crate) use {json_object, json_text};
