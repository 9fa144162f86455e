//! The methods that send a request: once, on a condition, for page after page, or for a download.

use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, parse_quote};

use super::subject::Subject;

impl Subject<'_> {
    pub(super) fn expand_sending(&self) -> Vec<ImplItemFn> {
        let mut methods = vec![expand_with_options(), self.expand_send()];
        if self.operation.is_conditional() {
            methods.push(self.expand_send_if_changed());
        }
        let others = self.operation.success.representations.iter();
        methods.extend(others.map(|other| self.expand_send_as(other)));
        methods.extend(self.expand_pages_and_stream().into_iter().flatten());
        if self.operation.is_download() {
            methods.push(expand_download());
        }
        methods
    }

    /// The imports of the methods.
    pub(super) fn sending_imports(&self) -> Vec<&'static str> {
        let mut imports = vec![
            "crate::runtime::RequestOptions",
            "crate::runtime::Sending",
            "crate::runtime::send",
        ];
        if self.operation.is_conditional() {
            imports.extend([
                "crate::runtime::Conditional",
                "crate::runtime::send_if_changed",
            ]);
        }
        if self.items.is_some() {
            imports.extend(["crate::runtime::Items", "crate::runtime::Pages"]);
        }
        if self.operation.is_download() {
            imports.push("crate::runtime::Download");
        }
        imports
    }

    /// The `IntoFuture` of a request.
    pub(super) fn expand_into_future(&self) -> Item {
        let type_ = format_ident!("{}", self.operation.type_name);
        let success = &self.success;
        parse_quote! {
            /// Awaiting the request sends it, as [`send`](Self::send) does.
            impl IntoFuture for #type_ {
                type Output = Result<Response<#success>, Error>;
                type IntoFuture = Sending<#success>;

                fn into_future(self) -> Self::IntoFuture {
                    Sending::new(self)
                }
            }
        }
    }

    fn expand_send(&self) -> ImplItemFn {
        let success = &self.success;
        let mut send: ImplItemFn = parse_quote! {
            pub async fn send(self) -> Result<Response<#success>, Error> {
                send(self).await
            }
        };
        self.send_docs().describe(&mut send.attrs);
        send
    }

    fn expand_send_if_changed(&self) -> ImplItemFn {
        let success = &self.success;
        parse_quote! {
            /// Sends a conditional request (`If-None-Match`).
            ///
            /// [`Response::etag`] is the ETag of an earlier response. If it is still the same, the result is
            /// [`Conditional::NotModified`], which need not count against a rate limit.
            ///
            /// # Errors
            ///
            /// Those of [`send`](Self::send).
            pub async fn send_if_changed(
                self,
                etag: impl AsRef<str>,
            ) -> Result<Conditional<#success>, Error> {
                send_if_changed(self, etag.as_ref()).await
            }
        }
    }

    fn expand_pages_and_stream(&self) -> Option<[ImplItemFn; 2]> {
        let items = self.items.as_ref()?;
        let (page, item) = (&self.success, &items.type_);
        let taking = match &items.taking {
            Some(_) => quote!(items),
            None => quote!(std::mem::take),
        };
        let pages = parse_quote! {
            /// Fetches the list page by page, from the requested page on.
            pub fn pages(self) -> Pages<#page> {
                Pages::new(self)
            }
        };
        let stream = parse_quote! {
            /// Fetches the items of these [`pages`](Self::pages) one by one.
            ///
            /// [`Items::page`] is the page of the latest item.
            pub fn stream(self) -> Items<#page, #item> {
                Items::new(self.pages(), #taking)
            }
        };
        Some([pages, stream])
    }

    /// The function that takes the items out of a page.
    pub(super) fn expand_items(&self) -> Option<Item> {
        let items = self.items.as_ref()?;
        let (page, item, taking) = (&self.success, &items.type_, items.taking.as_ref()?);
        Some(parse_quote! {
            fn items(page: &mut #page) -> Vec<#item> {
                #taking
            }
        })
    }
}

fn expand_download() -> ImplItemFn {
    parse_quote! {
        /// Prepares the download of the content that the redirect leads to. Nothing is sent yet.
        pub fn download(self) -> Download {
            Download::new(self)
        }
    }
}

fn expand_with_options() -> ImplItemFn {
    parse_quote! {
        /// Sets options of this request, such as a header or a timeout.
        pub fn with_options(mut self, options: RequestOptions) -> Self {
            self.session = self.session.with_options(options);
            self
        }
    }
}
