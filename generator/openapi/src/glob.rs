//! Patterns of names and pointers.

/// Whether a pattern describes the whole text: `*` is any part of a segment, `**` any text.
///
/// The caller chooses the separator of segments; without one, both stars mean the same.
pub fn matches(pattern: &str, text: &str, end: Option<char>) -> bool {
    let pattern: Vec<_> = tokens(pattern);
    let mut reached = vec![false; pattern.len() + 1];
    reached[0] = true;
    skip_stars(&pattern, &mut reached);
    for c in text.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (at, token) in pattern.iter().enumerate().filter(|(at, _)| reached[*at]) {
            match token {
                Token::Char(wanted) => next[at + 1] |= *wanted == c,
                Token::Star => next[at] |= Some(c) != end,
                Token::Stars => next[at] = true,
            }
        }
        skip_stars(&pattern, &mut next);
        reached = next;
    }
    reached[pattern.len()]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Char(char),
    Star,
    Stars,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for c in pattern.chars() {
        match (c, tokens.last()) {
            ('*', Some(Token::Star | Token::Stars)) => {
                tokens.pop();
                tokens.push(Token::Stars);
            }
            ('*', _) => tokens.push(Token::Star),
            (c, _) => tokens.push(Token::Char(c)),
        }
    }
    tokens
}

/// A star can match nothing.
fn skip_stars(pattern: &[Token], reached: &mut [bool]) {
    for (at, token) in pattern.iter().enumerate() {
        if reached[at] && !matches!(token, Token::Char(_)) {
            reached[at + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[track_caller]
    fn check(pattern: &str, text: &str, expect: bool) {
        assert_eq!(
            matches(pattern, text, Some('/')),
            expect,
            "{pattern} {text}"
        );
    }

    #[test]
    fn a_star_ends_with_its_segment() {
        check("/a/b", "/a/b", true);
        check("/a/b", "/a/bc", false);
        check("/a/*", "/a/b", true);
        check("/a/*", "/a/b/c", false);
        check("/a/*/c", "/a/b/c", true);
        check("/a/x-*", "/a/x-b", true);
        check("/a/x-*", "/a/y-b", false);
        check("", "", true);
        check("*", "", true);
        check("", "/a", false);
    }

    #[test]
    fn two_stars_go_on() {
        check("/a/**", "/a/b/c", true);
        check("**/c", "/a/b/c", true);
        check("/a/**/c", "/a/b/b/c", true);
        check("/a/**/d", "/a/b/b/c", false);
        check("**", "/a", true);
    }

    #[test]
    fn without_a_separator_one_star_is_enough() {
        assert!(matches("actions/*", "actions/a/b", None));
        assert!(matches("*", "a/b", None));
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        let pattern = "*a".repeat(200) + "!";
        check(&pattern, &"a".repeat(5000), false);
    }
}
