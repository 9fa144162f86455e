//! Positions in the document of items in Rust.

use generator::model::{Api, Namespace, Operation, Shape};
use openapi::Pointer;
use serde_json::Value;

use crate::{Change, DocumentLine, Revision, Rule};

/// The line that caused a change of an item: in the old document for removed items.
pub(crate) fn of_item(
    change: &Change,
    before: &Revision,
    after: &Revision,
) -> Option<DocumentLine> {
    let subject = change.subjects.first()?;
    match change.rule {
        Rule::TypeRemoved | Rule::FieldRemoved | Rule::VariantRemoved | Rule::MethodRemoved => {
            find(before, subject).map(|pointer| DocumentLine::Before(before.line(&pointer)))
        }
        Rule::TypeRenamed | Rule::FieldRenamed | Rule::VariantRenamed | Rule::MethodRenamed => {
            let renamed = change.after.as_deref().unwrap_or(subject);
            find(after, renamed).map(|pointer| DocumentLine::After(after.line(&pointer)))
        }
        Rule::ArgumentRemoved => argument(before, subject, change.part.as_deref()?)
            .map(|pointer| DocumentLine::Before(before.line(&pointer))),
        Rule::ArgumentAdded | Rule::ArgumentRetyped | Rule::ArgumentGeneralised => {
            argument(after, subject, change.part.as_deref()?)
                .map(|pointer| DocumentLine::After(after.line(&pointer)))
        }
        _ => find(after, subject).map(|pointer| DocumentLine::After(after.line(&pointer))),
    }
}

/// The part of the document behind an argument of a method.
fn argument(side: &Revision, path: &str, name: &str) -> Option<Pointer> {
    let (path, method) = path.rsplit_once("::")?;
    let owner = path.rsplit("::").next()?;
    match operation(&side.api, owner, method) {
        Some(operation) => Some(parameter(operation, &[name])),
        // A setter's argument is called like the setter, a constructor's like a field.
        None => find(side, &format!("{path}::{name}")),
    }
}

fn find(side: &Revision, path: &str) -> Option<Pointer> {
    let segments: Vec<_> = path.split("::").collect();
    match segments.as_slice() {
        ["types", name] => type_(side, name),
        ["types", name, member] => self::member(side, name, member).or_else(|| type_(side, name)),
        ["Client"] => Some(Pointer::root().child("info")),
        ["Client", name] => {
            Some(method(&side.api, "Client", name).unwrap_or_else(|| Pointer::root().child("info")))
        }
        [builder, _] if builder.starts_with("ClientBuilder") => {
            Some(Pointer::root().child("servers"))
        }
        [module, name, behind @ ..] => {
            let namespace = namespace(&side.api, module)?;
            match request(namespace, name) {
                Some(operation) => Some(parameter(operation, behind)),
                None => match behind {
                    [method] => self::method(&side.api, name, method),
                    _ => first(namespace),
                },
            }
        }
        _ => None,
    }
}

/// The operation of a request: of `actions::ListArtifacts`.
pub(crate) fn of_request<'a>(side: &'a Revision, path: &str) -> Option<&'a Operation> {
    let (module, name) = path.split_once("::")?;
    request(namespace(&side.api, module)?, name)
}

/// Whether a document deprecates the schema of a type, or the property of a field.
pub(crate) fn is_deprecated(side: &Revision, path: &str) -> Option<bool> {
    let segments: Vec<_> = path.split("::").collect();
    let pointer = match segments.as_slice() {
        ["types", name] => type_(side, name)?,
        ["types", name, member] => self::member(side, name, member)?,
        _ => return None,
    };
    let schema = side.value().pointer(pointer.as_str())?;
    Some(schema.get("deprecated") == Some(&Value::Bool(true)))
}

fn namespace<'a>(api: &'a Api, module: &str) -> Option<&'a Namespace> {
    api.namespaces
        .iter()
        .find(|namespace| namespace.name.as_deref().unwrap_or("operations") == module)
}

fn request<'a>(namespace: &'a Namespace, type_name: &str) -> Option<&'a Operation> {
    namespace
        .operations
        .iter()
        .find(|operation| operation.type_name == type_name)
}

/// The operation that begins with a method, or the namespace that an accessor leads to.
fn method(api: &Api, owner: &str, name: &str) -> Option<Pointer> {
    match operation(api, owner, name) {
        Some(operation) => Some(operation.pointer.child("operationId")),
        None => first(namespace(api, name)?),
    }
}

fn operation<'a>(api: &'a Api, owner: &str, name: &str) -> Option<&'a Operation> {
    let is_owner = |namespace: &&Namespace| namespace.type_name == owner;
    let mut operations = api
        .namespaces
        .iter()
        .filter(is_owner)
        .flat_map(|namespace| &namespace.operations);
    operations.find(|operation| operation.name == name)
}

fn first(namespace: &Namespace) -> Option<Pointer> {
    Some(namespace.operations.first()?.pointer.child("operationId"))
}

/// The parameter that a setter is for, or else the operation.
fn parameter(operation: &Operation, setter: &[&str]) -> Pointer {
    let [setter] = setter else {
        return operation.pointer.child("operationId");
    };
    let parameter = operation
        .parameters
        .iter()
        .find(|parameter| parameter.field == *setter);
    match parameter {
        Some(parameter) => parameter.pointer.clone(),
        None if *setter == "body" => operation.pointer.child("requestBody"),
        None => operation.pointer.child("operationId"),
    }
}

/// The schema of a type.
fn type_(side: &Revision, name: &str) -> Option<Pointer> {
    Some(side.api.types.by_name(name)?.pointer.clone())
}

/// The property or value of a field or variant.
fn member(side: &Revision, type_name: &str, name: &str) -> Option<Pointer> {
    let definition = side.api.types.by_name(type_name)?;
    match &definition.shape {
        Shape::Struct(object) => {
            let mut fields = object.fields.iter();
            Some(fields.find(|field| field.name == name)?.pointer.clone())
        }
        Shape::Enum(enumeration) => {
            let mut values = enumeration.values.iter();
            let index = values.position(|value| value.name == name)?;
            Some(definition.pointer.child("enum").child(index.to_string()))
        }
        Shape::Union(_) | Shape::Newtype(_) => None,
    }
}
