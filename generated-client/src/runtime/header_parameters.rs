//! The parameters of headers such as `Content-Disposition`.

/// The parameters behind the first `;`, with the quotes taken off their values.
pub(super) fn header_parameters(header: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let (_, mut rest) = header.split_once(';').unwrap_or(("", ""));
    while let Some((name, behind)) = rest.split_once('=') {
        let (value, behind) = value(behind.trim_start());
        found.push((name.trim(), value));
        rest = behind.split_once(';').map_or("", |(_, rest)| rest);
    }
    found
}

/// A value, and what is behind it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find(';').unwrap_or(text.len()));
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[index + 1..]),
            // Many a server sends the path of a Windows file as it is.
            '\\' => match characters.clone().next() {
                Some((_, next @ ('"' | '\\'))) => {
                    characters.next();
                    value.push(next);
                }
                _ => value.push('\\'),
            },
            character => value.push(character),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters() {
        for (header, expected) in [
            ("a", &[][..]),
            ("a; b", &[]),
            (
                "a;b=1; c = \"2; d=3\" ;e=\"\"",
                &[("b", "1"), ("c", "2; d=3"), ("e", "")],
            ),
            (r#"a; b="\"c\\d\e""#, &[("b", r#""c\d\e"#)]),
            ("a; b=\"c", &[("b", "c")]),
        ] {
            let found = header_parameters(header);
            let found: Vec<_> = found
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            assert_eq!(found, expected, "{header}");
        }
    }
}
