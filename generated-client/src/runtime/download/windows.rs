//! Names that Windows does not have for files.

/// The names of Windows' devices, which they have in every directory and with any extension.
pub(super) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_uppercase();
    if let Some(port) = stem.strip_prefix("COM").or(stem.strip_prefix("LPT")) {
        let mut number = port.chars();
        return matches!(number.next(), Some('0'..='9' | '¹' | '²' | '³'))
            && number.next().is_none();
    }
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}
