//! progenitor's method for one operation, read as what is sent and how the answer is read.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Arm, Expr, ExprCall, ExprMethodCall, FnArg, ImplItemFn, Lit, LitStr, Local, Macro, Pat, Stmt,
    Token, Type,
};

use super::Failure;

/// What an operation sends, and how its answer is read.
#[derive(Clone)]
pub struct Wire {
    /// The method of `reqwest::Client` that starts the request.
    pub method: String,
    /// The URL behind the base, with `{}` for each segment.
    pub path: String,
    /// Which parameter is which segment.
    pub segments: Vec<usize>,
    /// The parameters in the query, in the order in which they are written.
    pub query: Vec<usize>,
    /// The parameters in headers.
    pub headers: Vec<HeaderArgument>,
    /// What is sent as the body.
    pub body: Option<BodyArgument>,
    /// The types of the parameters as a request owns them, by index.
    pub parameters: Vec<Type>,
    /// The type that the answer is read as.
    pub success: Type,
    /// How answers are read, by status.
    pub arms: Vec<(String, Decode)>,
}

/// A parameter in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderArgument {
    /// Which parameter.
    pub parameter: usize,
    /// Whether it is always sent.
    pub required: bool,
}

/// A body.
#[derive(Clone)]
pub struct BodyArgument {
    /// The type as a request owns it.
    pub type_: Type,
}

/// How an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decode {
    /// As JSON.
    Json,
    /// Its body is of no interest.
    Empty,
    /// As bytes, which is what progenitor does where no success is declared.
    Stream,
    /// It is an error.
    Unexpected,
}

/// Reads a method of progenitor's.
pub(super) fn read(method: &ImplItemFn) -> Result<Wire, Failure> {
    let reader = Reader {
        method: method.sig.ident.to_string(),
    };
    reader.read(method)
}

struct Reader {
    method: String,
}

impl Reader {
    fn read(&self, method: &ImplItemFn) -> Result<Wire, Failure> {
        let signature = Signature::read(self, method)?;
        let mut wire = Wire {
            method: String::new(),
            path: String::new(),
            segments: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            parameters: signature.parameters,
            success: signature.success,
            arms: Vec::new(),
        };
        for statement in &method.block.stmts {
            self.statement(statement, signature.body.as_ref(), &mut wire)?;
        }
        if wire.method.is_empty() || wire.path.is_empty() || wire.arms.is_empty() {
            return Err(self.surprise("not all of a request in", &method.block));
        }
        Ok(wire)
    }

    fn statement(
        &self,
        statement: &Stmt,
        body: Option<&Type>,
        wire: &mut Wire,
    ) -> Result<(), Failure> {
        match statement {
            Stmt::Local(local) => match name(&local.pat).as_deref() {
                Some("url") => self.url(local, wire),
                Some("request") => self.request(local, body, wire),
                // Hooks and the call itself are the session's business.
                Some("header_map" | "info" | "result" | "response") => Ok(()),
                _ => Err(self.surprise("local", local)),
            },
            Stmt::Expr(Expr::If(optional), _) => {
                let Some(Stmt::Expr(Expr::MethodCall(append), _)) =
                    optional.then_branch.stmts.first()
                else {
                    return Err(self.surprise("condition", optional));
                };
                let Expr::Let(binding) = &*optional.cond else {
                    return Err(self.surprise("condition", optional));
                };
                self.header(append, Some(&binding.expr), wire)
            }
            Stmt::Expr(Expr::MethodCall(append), _) if append.method == "append" => {
                self.header(append, None, wire)
            }
            Stmt::Expr(Expr::Try(hook), _) if is_hook(&hook.expr) => Ok(()),
            Stmt::Expr(Expr::Match(decode), _) => {
                for arm in &decode.arms {
                    wire.arms.push(self.arm(arm)?);
                }
                Ok(())
            }
            other => Err(self.surprise("statement", other)),
        }
    }

    /// `let url = format!("{}/a/{}", self.baseurl, encode_path(&p00.to_string()));`
    fn url(&self, local: &Local, wire: &mut Wire) -> Result<(), Failure> {
        let Some(Expr::Macro(call)) = value(local) else {
            return Err(self.surprise("URL", local));
        };
        let call = self.format_call(&call.mac)?;
        let mut arguments = call.arguments.iter();
        let base = arguments.next().map(tokens);
        if base.as_deref() != Some("self . baseurl") {
            return Err(self.surprise("URL", local));
        }
        let format = call.format.value();
        let Some(path) = format.strip_prefix("{}") else {
            return Err(self.surprise("URL", local));
        };
        wire.path = path.to_owned();
        for argument in arguments {
            let text = tokens(argument);
            let parameter = text
                .strip_prefix("encode_path (& ")
                .and_then(|text| text.strip_suffix(" . to_string ())"))
                .ok_or_else(|| self.surprise("URL", local))?;
            wire.segments.push(self.index(parameter, argument)?);
        }
        Ok(())
    }

    fn format_call(&self, call: &Macro) -> Result<FormatCall, Failure> {
        call.parse_body().map_err(|_| self.surprise("URL", call))
    }

    /// `let mut request = self.client.get(url)…​.build()?;`
    fn request(&self, local: &Local, body: Option<&Type>, wire: &mut Wire) -> Result<(), Failure> {
        let Some(Expr::Try(built)) = value(local) else {
            return Err(self.surprise("request", local));
        };
        let (receiver, calls) = chain(&built.expr);
        if tokens(receiver) != "self . client" {
            return Err(self.surprise("request", local));
        }
        for call in calls {
            match call.method.to_string().as_str() {
                "query" => {
                    let parameter = self.query(call)?;
                    wire.query.push(parameter);
                }
                "json" => {
                    let type_ = body.cloned();
                    let type_ = type_.ok_or_else(|| self.surprise("body", call))?;
                    wire.body = Some(BodyArgument { type_ });
                }
                // `Accept` and what every request has in common are the session's business.
                "header" if tokens(&call.args).contains("ACCEPT") => {}
                "headers" | "build" => {}
                method if wire.method.is_empty() && tokens(&call.args) == "url" => {
                    wire.method = method.to_owned();
                }
                _ => return Err(self.surprise("request", call)),
            }
        }
        Ok(())
    }

    /// `.query(&progenitor_client::QueryParam::new("p00", &p00))`
    fn query(&self, call: &ExprMethodCall) -> Result<usize, Failure> {
        if let Some(Expr::Reference(reference)) = call.args.first()
            && let Expr::Call(ExprCall { func, args, .. }) = &*reference.expr
            && tokens(func) == "progenitor_client :: QueryParam :: new"
            && let Some(Expr::Lit(name)) = args.first()
            && let Lit::Str(name) = &name.lit
        {
            return self.index(&name.value(), call);
        }
        Err(self.surprise("query", call))
    }

    /// `header_map.append("p00", p00.to_string().try_into()?);`
    fn header(
        &self,
        append: &ExprMethodCall,
        optional: Option<&Expr>,
        wire: &mut Wire,
    ) -> Result<(), Failure> {
        match append.args.first() {
            Some(Expr::Lit(name)) if let Lit::Str(name) = &name.lit => {
                wire.headers.push(HeaderArgument {
                    parameter: self.index(&name.value(), append)?,
                    required: optional.is_none(),
                });
                Ok(())
            }
            // The version header has another name and is the session's business.
            Some(Expr::Call(_)) if tokens(append).contains("api-version") => Ok(()),
            _ => Err(self.surprise("header", append)),
        }
    }

    fn arm(&self, arm: &Arm) -> Result<(String, Decode), Failure> {
        let body = tokens(&arm.body);
        let body = body.trim_start_matches("{ ").trim_end_matches(" }");
        let decode = match body {
            "ResponseValue :: from_response (response) . await" => Decode::Json,
            "Ok (ResponseValue :: empty (response))" => Decode::Empty,
            "Ok (ResponseValue :: stream (response))" => Decode::Stream,
            "Err (Error :: UnexpectedResponse (response))" => Decode::Unexpected,
            _ => return Err(self.surprise("arm", arm)),
        };
        let pattern = tokens(&arm.pat).replace("u16", "").replace(' ', "");
        Ok((pattern, decode))
    }

    /// The index in a parameter's name: 7 in `p07`.
    fn index(&self, name: &str, place: &impl ToTokens) -> Result<usize, Failure> {
        name.strip_prefix('p')
            .and_then(|index| index.parse().ok())
            .ok_or_else(|| self.surprise("parameter", place))
    }

    fn surprise(&self, what: &str, tokens: &impl ToTokens) -> Failure {
        let text = tokens.to_token_stream().to_string();
        let start: String = text.chars().take(120).collect();
        Failure::Surprise(format!("{what} of `{}`: `{start}`", self.method))
    }
}

/// A method's parameters and what it returns.
struct Signature {
    parameters: Vec<Type>,
    body: Option<Type>,
    success: Type,
}

impl Signature {
    fn read(reader: &Reader, method: &ImplItemFn) -> Result<Self, Failure> {
        let mut parameters = Vec::new();
        let mut body = None;
        for argument in &method.sig.inputs {
            let FnArg::Typed(argument) = argument else {
                continue;
            };
            let type_ = owned(&argument.ty);
            match name(&argument.pat).as_deref() {
                Some("body") => body = Some(type_),
                Some(name) => parameters.push((reader.index(name, argument)?, type_)),
                None => return Err(reader.surprise("argument", argument)),
            }
        }
        parameters.sort_by_key(|(index, _)| *index);
        let success = match &method.sig.output {
            syn::ReturnType::Type(_, type_) => first_argument(type_).and_then(first_argument),
            syn::ReturnType::Default => None,
        };
        Ok(Self {
            parameters: parameters.into_iter().map(|(_, type_)| type_).collect(),
            body,
            success: success
                .cloned()
                .ok_or_else(|| reader.surprise("result", &method.sig))?,
        })
    }
}

/// The arguments of `format!`.
struct FormatCall {
    format: LitStr,
    arguments: Punctuated<Expr, Token![,]>,
}

impl Parse for FormatCall {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let format = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(Self {
            format,
            arguments: Punctuated::parse_terminated(input)?,
        })
    }
}

/// A parameter's type without borrows and without the `Option` of an optional one.
fn owned(type_: &Type) -> Type {
    match type_ {
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
            inner => owned(inner),
        },
        Type::Path(path) if path.path.segments[0].ident == "Option" => {
            first_argument(type_).map_or_else(|| type_.clone(), owned)
        }
        _ => type_.clone(),
    }
}

/// `T` of `Option<T>`.
fn first_argument(type_: &Type) -> Option<&Type> {
    let Type::Path(path) = type_ else {
        return None;
    };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(type_) => Some(type_),
        _ => None,
    })
}

/// A chain of method calls from its receiver on, which is a field of `self`.
fn chain(expression: &Expr) -> (&Expr, Vec<&ExprMethodCall>) {
    let mut calls = Vec::new();
    let mut receiver = expression;
    while let Expr::MethodCall(call) = receiver {
        calls.push(call);
        receiver = &call.receiver;
    }
    calls.reverse();
    (receiver, calls)
}

/// `self.pre(..).await` and `self.post(..).await`.
fn is_hook(expression: &Expr) -> bool {
    let text = tokens(expression);
    text.starts_with("self . pre (") || text.starts_with("self . post (")
}

fn value(local: &Local) -> Option<&Expr> {
    local.init.as_ref().map(|init| &*init.expr)
}

fn name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(pattern) => Some(pattern.ident.to_string()),
        _ => None,
    }
}

fn tokens(part: &impl ToTokens) -> String {
    part.to_token_stream().to_string()
}

#[cfg(test)]
mod tests;
