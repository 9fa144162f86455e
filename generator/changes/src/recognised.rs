//! Methods that depend on a recognised feature of an operation.

use generator::model::Operation;

use super::{Change, Revision, Rule, places};

/// The reason why a request in both documents gains or loses a method other than a setter.
pub(super) fn cause(change: &Change, before: &Revision, after: &Revision) -> Option<&'static str> {
    let is_gained = match change.rule {
        Rule::MethodAdded => true,
        Rule::MethodRemoved => false,
        _ => return None,
    };
    let (request, method) = change.subjects.first()?.rsplit_once("::")?;
    let [old, new] = [before, after].map(|side| places::of_request(side, request));
    let (old, new) = (old?, new?);
    let turns = |is: fn(&Operation) -> bool| is(old) != is(new) && is(new) == is_gained;
    match method {
        "pages" | "stream" if turns(|operation| operation.paging.is_some()) => Some(if is_gained {
            "it is a list of pages now"
        } else {
            "it is no longer a list of pages"
        }),
        "send_if_changed" if turns(Operation::is_conditional) => Some(if is_gained {
            "its response is JSON now"
        } else {
            "its response is no longer JSON"
        }),
        _ if turns(Operation::is_download) => Some(if is_gained {
            "it is a download now"
        } else {
            "it is no longer a download"
        }),
        _ => None,
    }
}
