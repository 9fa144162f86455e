//! The `Range` header, as far as stores know it: one range of bytes.

use std::ops::Range;

/// The requested part of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Requested {
    Whole,
    Part(Range<u64>),
    /// There is no such part.
    Nothing,
}

impl Requested {
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
            ("bytes=0-", Requested::Part(0..10)),
            ("bytes=3-", Requested::Part(3..10)),
            ("bytes=3-3", Requested::Part(3..4)),
            ("bytes=3-99", Requested::Part(3..10)),
            ("bytes=-4", Requested::Part(6..10)),
            ("bytes=-99", Requested::Part(0..10)),
            ("bytes=10-", Requested::Nothing),
            ("bytes=-0", Requested::Nothing),
            ("bytes=4-3", Requested::Whole),
            ("bytes=0-1,3-4", Requested::Whole),
            ("bytes=-", Requested::Whole),
            ("bytes=x-", Requested::Whole),
            ("lines=1-2", Requested::Whole),
        ] {
            assert_eq!(Requested::read(Some(header), 10), expected, "{header}");
        }
        assert_eq!(Requested::read(None, 10), Requested::Whole);
        assert_eq!(Requested::read(Some("bytes=0-"), 0), Requested::Nothing);
    }
}
