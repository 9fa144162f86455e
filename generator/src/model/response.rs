//! What comes back: the success that a call returns, and the errors.

use serde_json::{Value, json};

use super::resolve::{Resolver, text};
use super::{ErrorResponse, Example, Success};
use crate::source::Pointer;

/// Statuses that the client follows by itself, within the origin.
const FOLLOWED: &[&str] = &["301", "307", "308"];

pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorResponse>,
    /// Whether the success has a `Link` header.
    pub(super) has_link: bool,
}

/// One documented answer.
struct Answer<'a> {
    status: &'a str,
    value: &'a Value,
    pointer: Pointer,
    description: String,
}

pub(super) fn resolve<'a>(
    resolver: &mut Resolver<'a>,
    operation: &'a Value,
    pointer: &Pointer,
    id: &str,
) -> Responses {
    let answers = answers(resolver, operation, pointer);
    let (successes, others): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|answer| answer.status.starts_with('2'));
    let redirects: Vec<_> = others
        .iter()
        .filter(|answer| is_redirect(answer.status) && header(answer.value, "location").is_some())
        .collect();
    let success = match redirects.as_slice() {
        [first, ..] if successes.is_empty() => redirection(resolver, first, &redirects),
        _ => success(resolver, &successes, &others, pointer, id),
    };
    let has_link = successes
        .iter()
        .any(|answer| header(answer.value, "link").is_some());
    let errors = others
        .iter()
        .filter(|answer| is_error(answer.status, &success))
        .map(|answer| error(resolver, answer, id))
        .collect();
    Responses {
        success,
        errors,
        has_link,
    }
}

/// Whether a media type is JSON, as `application/json` and `application/problem+json` are.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
}

/// The success of a HEAD request, whose answer describes a body and has none.
pub(super) fn without_body(success: Success) -> Success {
    match success {
        Success::Json {
            mut statuses,
            empty,
            description,
            ..
        } => {
            statuses.extend(empty);
            Success::Empty {
                statuses,
                description,
            }
        }
        other => other,
    }
}

/// The examples of a media type object, `example` and `examples` alike.
pub(super) fn examples<'a>(resolver: &Resolver<'a>, media: &'a Value, name: &str) -> Vec<Example> {
    let example = media.get("example").map(|value| Example {
        name: name.to_owned(),
        value: value.clone(),
    });
    let named = media.get("examples").and_then(Value::as_object);
    let named = named.into_iter().flatten().filter_map(|(key, example)| {
        let (example, pointer) = resolver.follow(example, &Pointer::root());
        Some(Example {
            name: shared_name(&pointer).unwrap_or_else(|| format!("{name} {key}")),
            value: example.get("value")?.clone(),
        })
    });
    example.into_iter().chain(named).collect()
}

/// The name of an example that stands among the components.
fn shared_name(pointer: &Pointer) -> Option<String> {
    pointer.segments().last().map(|name| name.into_owned())
}

fn answers<'a>(
    resolver: &Resolver<'a>,
    operation: &'a Value,
    pointer: &Pointer,
) -> Vec<Answer<'a>> {
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut answers: Vec<_> = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| !status.starts_with("x-"))
        .map(|(status, value)| {
            let at = pointer.child("responses").child(status);
            let (value, pointer) = resolver.follow(value, &at);
            Answer {
                status,
                value,
                pointer,
                description: text(value, "description").unwrap_or_default(),
            }
        })
        .collect();
    answers.sort_by_key(|answer| answer.status);
    answers
}

fn is_redirect(status: &str) -> bool {
    status.starts_with('3') && status != "304" && !FOLLOWED.contains(&status)
}

/// A response's header, whatever the case of its name.
fn header<'a>(response: &'a Value, name: &str) -> Option<&'a Value> {
    let headers = response.get("headers")?.as_object()?;
    headers
        .iter()
        .find_map(|(key, header)| key.eq_ignore_ascii_case(name).then_some(header))
}

/// Whether an answer is neither the success nor something that the client deals with by itself.
/// A redirect beside another success is one.
fn is_error(status: &str, success: &Success) -> bool {
    match status.as_bytes().first() {
        Some(b'1') => false,
        Some(b'3') => is_redirect(status) && !matches!(success, Success::Redirect { .. }),
        _ => true,
    }
}

fn redirection<'a>(resolver: &Resolver<'a>, answer: &Answer<'a>, all: &[&Answer<'a>]) -> Success {
    let location = header(answer.value, "location").map(|header| {
        let (header, _) = resolver.follow(header, &answer.pointer);
        text(header, "description")
    });
    Success::Redirect {
        statuses: statuses(all.iter().copied()),
        description: answer.description.clone(),
        location: location.flatten(),
    }
}

fn success<'a>(
    resolver: &mut Resolver<'a>,
    successes: &[Answer<'a>],
    others: &[Answer<'a>],
    pointer: &Pointer,
    id: &str,
) -> Success {
    let empty = Success::Empty {
        statuses: statuses(successes.iter()),
        description: String::new(),
    };
    let Some(first) = successes.first() else {
        let redirect = others.iter().find(|answer| is_redirect(answer.status));
        reject_no_success(resolver, redirect, pointer, id);
        return empty;
    };
    if let Some(odd) = successes
        .iter()
        .find(|answer| json(answer).is_none() && has_content(answer))
    {
        reject_media_type(resolver, odd, id);
        return empty;
    }
    let bodies: Vec<_> = successes
        .iter()
        .filter_map(|answer| Some((answer, json(answer)?)))
        .collect();
    let Some((answer, (media_type, media))) = bodies.first() else {
        return Success::Empty {
            statuses: statuses(successes.iter()),
            description: first.description.clone(),
        };
    };
    let odd = bodies
        .iter()
        .find(|(_, (_, other))| other.get("schema") != media.get("schema"));
    if let Some((odd, _)) = odd {
        resolver.reject(
            "several-success-types",
            &odd.pointer,
            format!(
                "operation `{id}`: responses {} and {} have different bodies",
                answer.status, odd.status
            ),
            "a method returns one type; leave the answer that callers want",
        );
    }
    Success::Json {
        statuses: statuses(bodies.iter().map(|(answer, _)| *answer)),
        empty: statuses(successes.iter().filter(|answer| json(answer).is_none())),
        media_type: (*media_type).clone(),
        description: answer.description.clone(),
        schema: media.get("schema").cloned().unwrap_or_else(|| json!({})),
        examples: examples(resolver, media, &format!("{id} {}", answer.status)),
    }
}

fn statuses<'s, 'a: 's>(answers: impl Iterator<Item = &'s Answer<'a>>) -> Vec<String> {
    answers.map(|answer| answer.status.to_owned()).collect()
}

fn error<'a>(resolver: &Resolver<'a>, answer: &Answer<'a>, id: &str) -> ErrorResponse {
    let json = json(answer);
    ErrorResponse {
        status: answer.status.to_owned(),
        description: answer.description.clone(),
        schema: json.and_then(|(_, media)| media.get("schema").cloned()),
        examples: json.map_or_else(Vec::new, |(_, media)| {
            examples(resolver, media, &format!("{id} {}", answer.status))
        }),
    }
}

fn json<'a>(answer: &Answer<'a>) -> Option<(&'a String, &'a Value)> {
    let content = answer.value.get("content")?.as_object()?;
    content.iter().find(|(media_type, _)| is_json(media_type))
}

fn has_content(answer: &Answer<'_>) -> bool {
    let content = answer.value.get("content").and_then(Value::as_object);
    content.is_some_and(|content| !content.is_empty())
}

fn reject_no_success(
    resolver: &mut Resolver<'_>,
    redirect: Option<&Answer<'_>>,
    pointer: &Pointer,
    id: &str,
) {
    match redirect {
        Some(answer) => resolver.reject(
            "redirect-without-location",
            &answer.pointer,
            format!(
                "operation `{id}`: response {} declares no `Location` header",
                answer.status
            ),
            "declare it under `headers`; a redirect without one leads nowhere",
        ),
        None => resolver.reject(
            "no-success-response",
            &pointer.child("responses"),
            format!("operation `{id}`: declares no success"),
            "declare a 2XX response, or a redirect with a `Location` header",
        ),
    }
}

fn reject_media_type(resolver: &mut Resolver<'_>, answer: &Answer<'_>, id: &str) {
    resolver.reject(
        "unsupported-media-type",
        &answer.pointer.child("content"),
        format!(
            "operation `{id}`: response {} has a body that is not JSON",
            answer.status
        ),
        "give it the media type `application/json`; no other can be decoded yet",
    );
}
