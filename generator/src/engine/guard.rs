//! A panic of progenitor's is an error of ours.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::Failure;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work` and turns a panic into an error, without the panic's report on standard error.
pub(super) fn run<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    silence_guarded_threads();
    GUARDED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    outcome.map_err(|panic| Failure::Refused(message(panic.as_ref())))
}

/// Other threads' panics are reported as before.
fn silence_guarded_threads() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                report(panic);
            }
        }));
    });
}

/// The first line of a panic's message.
fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked");
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_reported() {
        let outcome: Result<(), _> = run(|| panic!("no\nway"));
        assert_eq!(outcome, Err(Failure::Refused("no".to_owned())));
        assert_eq!(run(|| 1), Ok(1));
    }
}
