//! The `Range` header, as far as stores know it: one range of bytes.

use std::ops::Range;

/// The requested part of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Whole,
    Part(Range<u64>),
    /// There is no such part.
    Nothing,
}

impl Asked {
    /// A malformed range counts as none.
    pub(super) fn read(header: Option<&str>, len: u64) -> Self {
        let spec = header.and_then(|header| header.strip_prefix("bytes="));
        let Some((first, last)) = spec.and_then(|spec| spec.split_once('-')) else {
            return Self::Whole;
        };
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if last < first => Self::Whole,
            (Ok(first), Ok(last)) => Self::part(first..len.min(last.saturating_add(1))),
            (Ok(first), Err(_)) if last.is_empty() => Self::part(first..len),
            (Err(_), Ok(suffix)) if first.is_empty() => Self::part(len.saturating_sub(suffix)..len),
            _ => Self::Whole,
        }
    }

    fn part(range: Range<u64>) -> Self {
        if range.is_empty() {
            Self::Nothing
        } else {
            Self::Part(range)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (header, expected) in [
            ("bytes=0-", Asked::Part(0..10)),
            ("bytes=3-", Asked::Part(3..10)),
            ("bytes=3-3", Asked::Part(3..4)),
            ("bytes=3-99", Asked::Part(3..10)),
            ("bytes=-4", Asked::Part(6..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=4-3", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=x-", Asked::Whole),
            ("lines=1-2", Asked::Whole),
        ] {
            assert_eq!(Asked::read(Some(header), 10), expected, "{header}");
        }
        assert_eq!(Asked::read(None, 10), Asked::Whole);
        assert_eq!(Asked::read(Some("bytes=0-"), 0), Asked::Nothing);
    }
}
