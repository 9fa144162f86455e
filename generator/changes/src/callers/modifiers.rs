//! Modifiers of functions: `const`, `async`, `unsafe` and the like.

/// Words that say how a function can be called, beside the name of an ABI.
const WORDS: &[&str] = &["const", "async", "unsafe", "extern"];

/// Whether of two signatures the new one differs in that it can be called in more places: it is
/// `const` now, or no longer `unsafe`.
pub(super) fn is_looser(old: &str, new: &str) -> bool {
    let (Some((before, old)), Some((after, new))) = (split(old), split(new)) else {
        return false;
    };
    let without = |words: &[&str], others: &[&str], word: &str| -> Vec<String> {
        let rest = words
            .iter()
            .filter(|one| **one != word || others.contains(&word));
        rest.map(|one| (*one).to_owned()).collect()
    };
    let (kept, left) = (
        without(&before, &after, "unsafe"),
        without(&after, &before, "const"),
    );
    old == new && kept == left
}

/// The same of two items, of which only functions bear a name behind `fn`.
pub(super) fn is_looser_function(old: &str, new: &str) -> bool {
    let is_named = |text: &str| split(text).is_some_and(|(_, rest)| rest.starts_with(' '));
    is_named(old) && is_named(new) && is_looser(old, new)
}

/// The modifiers before `fn` and the text after it; `None` for other items.
fn split(text: &str) -> Option<(Vec<&str>, &str)> {
    let (front, behind) = text.split_once("fn")?;
    let words: Vec<_> = front.split_whitespace().collect();
    let is_known = |word: &&str| WORDS.contains(word) || word.starts_with('"');
    words.iter().all(is_known).then_some((words, behind))
}
