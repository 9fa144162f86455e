//! Responses: the successes that a call returns, and the errors.

use std::collections::BTreeSet;

use openapi::Pointer;
use openapi::media_type::{self, MediaKind};
use serde_json::Value;

use super::body::{self, Media};
use super::operation::DescribedOperation;
use super::{Resolver, entries, examples, security, text};
use crate::model::{
    Case, CaseKind, ErrorResponse, Parameter, Representation, ResponseHeader, Success, Type,
    TypeRef,
};
use crate::names;

/// Statuses that the client follows by itself, within the origin.
const FOLLOWED: &[&str] = &["301", "307", "308"];

/// Headers that the runtime reads for every operation.
const READ_BY_RUNTIME: &[&str] = &["content-type", "etag", "link", "location", "retry-after"];

pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorResponse>,
    /// Whether a success has a `Link` header.
    pub(super) has_link: bool,
}

/// A JSON media type that is not requested by default.
struct AlternativeFormat {
    media_type: String,
    pointer: Pointer,
    status: String,
    type_: TypeRef,
}

/// One documented response.
struct DocumentedResponse<'a> {
    status: String,
    value: &'a Value,
    pointer: Pointer,
    description: String,
}

pub(super) fn resolve<'a>(
    resolver: &mut Resolver<'a>,
    described: &DescribedOperation<'a>,
    pointer: &Pointer,
    id: &str,
    wish: &str,
    parameters: &[Parameter],
) -> Responses {
    let answers = answers(resolver, described.value, pointer);
    let is_success = |answer: &DocumentedResponse<'_>| answer.status.starts_with('2');
    let is_address = |answer: &DocumentedResponse<'_>| {
        is_redirect(&answer.status) && header(answer.value, "location").is_some()
    };
    let has_success = answers.iter().any(is_success);
    let has_redirect = answers.iter().any(is_redirect_answer);
    let has_address = answers.iter().any(is_address);
    let is_default_success = |answer: &DocumentedResponse<'_>| {
        answer.status == "default" && !has_success && !has_redirect
    };
    let (successes, others): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| {
        is_success(answer)
            || is_default_success(answer)
            || (!has_success
                && if has_address {
                    is_address(answer)
                } else {
                    is_redirect_answer(answer)
                })
    });
    let has_link = successes
        .iter()
        .any(|answer| header(answer.value, "link").is_some());
    let (cases, forms) = cases(resolver, &successes, described.method, id, wish);
    let methods = parameters.iter().map(|parameter| parameter.field.clone());
    let mut success = Success {
        representations: representations(resolver, &cases, forms, (id, wish), methods.collect()),
        cases,
        choice: format!("{wish}Response"),
        headers: headers(resolver, &successes, wish),
        headers_name: format!("{wish}Headers"),
    };
    if success.cases.is_empty() {
        success.cases.push(undescribed());
    }
    let errors = others
        .iter()
        .filter(|answer| is_error(&answer.status))
        .map(|answer| error(resolver, answer, id, wish))
        .collect();
    Responses {
        success,
        errors,
        has_link,
    }
}

fn is_redirect_answer(answer: &DocumentedResponse<'_>) -> bool {
    is_redirect(&answer.status)
}

/// The result if the document describes no success: any success, without its body.
fn undescribed() -> Case {
    Case {
        statuses: vec!["2XX".to_owned()],
        description: String::new(),
        kind: CaseKind::Empty,
        media_type: None,
        others: Vec::new(),
        variant: "Empty".to_owned(),
    }
}

fn answers<'a>(
    resolver: &Resolver<'a>,
    operation: &'a Value,
    pointer: &Pointer,
) -> Vec<DocumentedResponse<'a>> {
    let mut answers: Vec<_> = entries(operation, "responses")
        .filter_map(|(status, value)| {
            let at = pointer.child("responses").child(status);
            let (value, pointer) = resolver.follow(value, &at);
            Some(DocumentedResponse {
                status: known_status(status)?,
                value,
                pointer,
                description: text(value, "description").unwrap_or_default(),
            })
        })
        .collect();
    answers.sort_by(|a, b| a.status.cmp(&b.status));
    answers.dedup_by(|a, b| a.status == b.status);
    answers
}

/// A status, a range of them as `2XX`, or `default`.
fn known_status(status: &str) -> Option<String> {
    if status == "default" {
        return Some(status.to_owned());
    }
    let upper = status.to_ascii_uppercase();
    let digits = upper.as_bytes();
    let is_status = digits.len() == 3
        && (b'1'..=b'5').contains(&digits[0])
        && (digits[1..].iter().all(u8::is_ascii_digit) || &digits[1..] == b"XX");
    is_status.then_some(upper)
}

fn is_redirect(status: &str) -> bool {
    status.starts_with('3') && status != "304" && !FOLLOWED.contains(&status)
}

/// A response's header, whatever the case of its name.
fn header<'a>(response: &'a Value, name: &str) -> Option<&'a Value> {
    entries(response, "headers")
        .find_map(|(key, header)| key.eq_ignore_ascii_case(name).then_some(header))
}

/// Whether the client leaves a response to the caller.
fn is_error(status: &str) -> bool {
    match status.as_bytes().first() {
        Some(b'1') => false,
        Some(b'3') => is_redirect(status),
        _ => true,
    }
}

/// The cases of success, merged by the kind of body.
fn cases<'a>(
    resolver: &mut Resolver<'a>,
    successes: &[DocumentedResponse<'a>],
    method: &str,
    id: &str,
    wish: &str,
) -> (Vec<Case>, Vec<AlternativeFormat>) {
    let mut cases = Vec::<Case>::new();
    let mut forms = Vec::new();
    let distinct = distinct_bodies(successes);
    for answer in successes {
        let suffix = if distinct > 1 {
            answer.status.as_str()
        } else {
            ""
        };
        let wish = if suffix.is_empty() {
            format!("{wish}Response")
        } else {
            format!("{wish}Response{}", names::type_name(suffix))
        };
        let (kind, chosen, others) = if method == "head" {
            (CaseKind::Empty, None, Vec::new())
        } else {
            case(resolver, answer, id, &wish, &mut forms)
        };
        match cases.iter_mut().find(|case| case.kind == kind) {
            Some(case) => {
                case.statuses.push(statuses(answer));
                let more = chosen.into_iter().chain(others);
                let more = more.filter(|name| case.media_type.as_ref() != Some(name));
                let more: Vec<_> = more.filter(|name| !case.others.contains(name)).collect();
                case.others.extend(more);
            }
            None => cases.push(Case {
                statuses: vec![statuses(answer)],
                description: answer.description.clone(),
                kind,
                media_type: chosen,
                others,
                variant: variant(&answer.status),
            }),
        }
    }
    cases.sort_by_key(Case::is_empty);
    let mut taken = BTreeSet::new();
    for case in &mut cases {
        case.variant = names::free_name(&case.variant, "", &mut taken);
    }
    (cases, forms)
}

/// The other representations of the only body, by media type. If there are several bodies, or a media type covers several
/// types, the rest is reported as left out.
fn representations(
    resolver: &mut Resolver<'_>,
    cases: &[Case],
    forms: Vec<AlternativeFormat>,
    (id, wish): (&str, &str),
    mut methods: BTreeSet<String>,
) -> Vec<Representation> {
    let is_single = cases.iter().filter(|case| !case.is_empty()).count() == 1;
    let mut found = Vec::<Representation>::new();
    for form in forms {
        let mut known = found.iter_mut();
        let known = known.find(|known| known.media_type == form.media_type);
        let kind = CaseKind::Json(form.type_.clone());
        match known.map(|known| &mut known.success.cases) {
            Some(cases) if cases[0].kind == kind => cases[0].statuses.push(form.status),
            None if is_single && media_type::is_askable(&form.media_type) => {
                let name = media_type::name(&form.media_type);
                let mut cases = cases.to_vec();
                cases[0] = Case {
                    statuses: vec![form.status],
                    kind,
                    media_type: Some(form.media_type.clone()),
                    others: Vec::new(),
                    ..cases[0].clone()
                };
                let method = names::value_name(&format!("send_as_{name}"));
                found.push(Representation {
                    media_type: form.media_type,
                    method: names::free_name(&method, "_", &mut methods),
                    type_name: format!("{wish}As{}", names::type_name(&name)),
                    success: Success {
                        cases,
                        ..Success::default()
                    },
                });
            }
            _ => {
                resolver.report.add(
                    "lossy-schema",
                    &form.pointer,
                    format!(
                        "operation `{id}`: response {} is never requested as `{}`",
                        form.status, form.media_type
                    ),
                    "list first the media type that callers need",
                );
                continue;
            }
        }
        resolver.received.push(form.type_);
    }
    found
}

/// How many different bodies the successes have.
fn distinct_bodies(successes: &[DocumentedResponse<'_>]) -> usize {
    let mut bodies = Vec::new();
    for answer in successes {
        if let Some(content) = answer.value.get("content")
            && !bodies.contains(&content)
        {
            bodies.push(content);
        }
    }
    bodies.len()
}

/// A `default` that covers all successes is any of them.
fn statuses(answer: &DocumentedResponse<'_>) -> String {
    match answer.status.as_str() {
        "default" => "2XX".to_owned(),
        status => status.to_owned(),
    }
}

/// The content of a response, the requested media type, and the other media types.
fn case<'a>(
    resolver: &mut Resolver<'a>,
    answer: &DocumentedResponse<'a>,
    id: &str,
    wish: &str,
    forms: &mut Vec<AlternativeFormat>,
) -> (CaseKind, Option<String>, Vec<String>) {
    let media = body::media(resolver, answer.value, &answer.pointer);
    if is_redirect(&answer.status) {
        report_undecoded(resolver, answer, &media, id, "a URL");
        let location = header(answer.value, "location").and_then(|header| {
            let (header, _) = resolver.follow(header, &answer.pointer);
            text(header, "description")
        });
        return (CaseKind::Redirect(location), None, Vec::new());
    }
    let Some(chosen) = chosen(&media) else {
        return (CaseKind::Empty, None, Vec::new());
    };
    let others = media
        .iter()
        .filter(|media| media.name != chosen.name)
        .map(|media| media.name.to_owned())
        .collect();
    let kind = match media_type::kind(chosen.name, chosen.schema()) {
        MediaKind::Json => {
            let type_ = chosen.type_(resolver, wish);
            resolver.received.push(type_.clone());
            let name = format!("{id} {}", answer.status);
            examples::of_media(resolver, chosen, &name, &type_);
            for other in other_forms(chosen, &media) {
                let wish = format!("{wish}{}", names::type_name(&media_type::name(other.name)));
                let type_ = other.type_(resolver, &wish);
                let name = format!("{name} {}", other.name);
                examples::of_media(resolver, other, &name, &type_);
                forms.push(AlternativeFormat {
                    media_type: other.name.to_owned(),
                    pointer: other.pointer.clone(),
                    status: statuses(answer),
                    type_,
                });
            }
            CaseKind::Json(type_)
        }
        MediaKind::Form => {
            report_undecoded(resolver, answer, &media, id, "text");
            CaseKind::Text
        }
        MediaKind::Multipart => {
            report_undecoded(resolver, answer, &media, id, "bytes");
            CaseKind::Stream
        }
        MediaKind::Text => CaseKind::Text,
        MediaKind::Bytes => CaseKind::Stream,
    };
    let requested = media_type::is_askable(chosen.name).then(|| chosen.name.to_owned());
    (kind, requested, others)
}

/// The forms of JSON that have other schemas.
fn other_forms<'m, 'a>(chosen: &'m Media<'a>, media: &'m [Media<'a>]) -> Vec<&'m Media<'a>> {
    let mut found = Vec::<&Media<'_>>::new();
    for other in media {
        let is_json = media_type::kind(other.name, other.schema()) == MediaKind::Json;
        if is_json && other.schema().is_some() && other.schema() != chosen.schema() {
            found.push(other);
        }
    }
    found
}

/// Reports the schema of a body without a structure.
fn report_undecoded(
    resolver: &mut Resolver<'_>,
    answer: &DocumentedResponse<'_>,
    media: &[Media<'_>],
    id: &str,
    what: &str,
) {
    if let Some(first) = media.iter().find(|media| media.schema().is_some()) {
        let mut content = first.pointer.clone();
        content.pop();
        resolver.report.add(
            "lossy-schema",
            &content,
            format!(
                "operation `{id}`: response {} is {what}: its body is not decoded",
                answer.status
            ),
            "describe it as `application/json` if it is",
        );
    }
}

/// The requested media type: JSON before text before anything else.
fn chosen<'m, 'a>(media: &'m [Media<'a>]) -> Option<&'m Media<'a>> {
    media.iter().min_by_key(|media| {
        match media_type::kind(media.name, media.schema()) {
            // Media types that are JSON by name come first.
            MediaKind::Json if media_type::is_json(media.name) => 0,
            MediaKind::Json => 1,
            MediaKind::Text => 2,
            MediaKind::Form => 3,
            MediaKind::Bytes => 4,
            MediaKind::Multipart => 5,
        }
    })
}

/// The variant's name for a status: its reason, where it is a common one.
fn variant(status: &str) -> String {
    match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritative",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "2XX" | "default" => "Success",
        status => return format!("Status{}", names::type_name(status).trim_start_matches('_')),
    }
    .to_owned()
}

/// The headers that the successes have, but for those that the runtime reads itself.
fn headers<'a>(
    resolver: &mut Resolver<'a>,
    successes: &[DocumentedResponse<'a>],
    wish: &str,
) -> Vec<ResponseHeader> {
    let mut found = Vec::<ResponseHeader>::new();
    let mut fields = BTreeSet::new();
    for answer in successes {
        let at = answer.pointer.child("headers");
        for (name, header) in entries(answer.value, "headers") {
            let is_known = |known: &ResponseHeader| known.name.eq_ignore_ascii_case(name);
            if is_read_by_runtime(resolver, name)
                || !security::is_token(name)
                || found.iter().any(is_known)
            {
                continue;
            }
            let (header, pointer) = resolver.follow(header, &at.child(name));
            let wish = format!("{wish}{}Header", names::type_name(name));
            let type_ = match header.get("schema").filter(|schema| schema.is_object()) {
                Some(schema) => {
                    let at = pointer.child("schema");
                    resolver.report_values(schema, &at);
                    let type_ = resolver.types.type_of(schema, &at, &wish);
                    TypeRef::new(type_.type_)
                }
                None => TypeRef::new(Type::Text),
            };
            resolver.received.push(type_.clone());
            let field = names::value_name(name);
            found.push(ResponseHeader {
                name: name.clone(),
                field: names::free_name(&field, "_", &mut fields),
                type_,
                description: text(header, "description"),
            });
        }
    }
    found
}

/// Whether the runtime has its own methods for a header.
fn is_read_by_runtime(resolver: &Resolver<'_>, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    READ_BY_RUNTIME.contains(&name.as_str())
        || name.starts_with("x-ratelimit-")
        || name == resolver.request_id_header
}

fn error<'a>(
    resolver: &mut Resolver<'a>,
    answer: &DocumentedResponse<'a>,
    id: &str,
    wish: &str,
) -> ErrorResponse {
    let media = body::media(resolver, answer.value, &answer.pointer);
    let json = media.iter().find(|media| {
        media_type::kind(media.name, media.schema()) == MediaKind::Json && media.schema().is_some()
    });
    let mut bodies = Vec::new();
    if let Some(json) = json {
        let wish = format!("{wish}Error{}", names::type_name(&answer.status));
        let name = format!("{id} {}", answer.status);
        for form in std::iter::once(json).chain(other_forms(json, &media)) {
            let form_name = names::type_name(&media_type::name(form.name));
            let wish = if bodies.is_empty() {
                wish.clone()
            } else {
                format!("{wish}{form_name}")
            };
            let type_ = form.type_(resolver, &wish);
            resolver.received.push(type_.clone());
            examples::of_media(resolver, form, &name, &type_);
            if !bodies.contains(&type_) {
                bodies.push(type_);
            }
        }
    }
    ErrorResponse {
        status: answer.status.clone(),
        description: answer.description.clone(),
        media_types: match json {
            Some(_) => Vec::new(),
            None => media.iter().map(|media| media.name.to_owned()).collect(),
        },
        bodies,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_numbers_ranges_or_the_default() {
        for (status, known) in [
            ("200", "200"),
            ("2xx", "2XX"),
            ("5XX", "5XX"),
            ("default", "default"),
        ] {
            assert_eq!(known_status(status).as_deref(), Some(known));
        }
        for status in ["", "20", "2000", "2X0", "20X", "0XX", "600", "ok"] {
            assert_eq!(known_status(status), None, "of {status}");
        }
    }

    #[test]
    fn news_and_followed_redirects_are_no_errors() {
        for (status, expected) in [
            ("100", false),
            ("1XX", false),
            ("304", false),
            ("302", true),
            ("404", true),
            ("default", true),
        ] {
            assert_eq!(is_error(status), expected, "of {status}");
        }
    }
}
