//! Panics of the generator, which are reported only in the table.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// The message of this thread's last panic, while one is expected.
    static REPORT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls `work`; if that panics, returns the place and the first line of its message.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    keep_reports();
    REPORT.set(Some("it panicked".to_owned()));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    let report = REPORT.take().unwrap_or_default();
    outcome.map_err(|_| report)
}

/// Other threads' panics are reported as before.
fn keep_reports() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let awaited = REPORT
                .with_borrow_mut(|last| last.as_mut().map(|last| *last = text(panic)).is_some());
            if !awaited {
                report(panic);
            }
        }));
    });
}

fn text(panic: &panic::PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked");
    let message = message.lines().next().unwrap_or_default();
    match panic.location() {
        Some(location) => format!("{}:{}: {message}", location.file(), location.line()),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_reported_with_its_place() {
        let outcome: Result<(), _> = caught(|| panic!("no\nway"));
        let message = outcome.unwrap_err();
        assert!(
            message.contains("crash.rs:") && message.ends_with(": no"),
            "{message}"
        );
        assert_eq!(caught(|| 1), Ok(1));
    }
}
