//! The formats of texts and integers that generated types rely on.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use serde_json::Number;

/// Whether a text is none of the format; formats that are not known admit everything.
pub(super) fn contradicts_text(format: &str, text: &str) -> bool {
    match format {
        "date" => !is_date(text.as_bytes()),
        "date-time" => !is_date_time(text),
        "uuid" => !is_uuid(text),
        "ip" => text.parse::<IpAddr>().is_err(),
        "ipv4" => text.parse::<Ipv4Addr>().is_err(),
        "ipv6" => text.parse::<Ipv6Addr>().is_err(),
        _ => false,
    }
}

/// Whether an integer does not fit the format.
pub(super) fn contradicts_integer(format: &str, number: &Number) -> bool {
    let Some(value) = number.as_i128() else {
        return false;
    };
    integers(format).is_some_and(|range| !range.contains(&value))
}

/// The integers that a format admits, if it is one of theirs.
pub(super) fn integers(format: &str) -> Option<RangeInclusive<i128>> {
    Some(match format {
        "int8" => i8::MIN.into()..=i8::MAX.into(),
        "uint8" => 0..=u8::MAX.into(),
        "int16" => i16::MIN.into()..=i16::MAX.into(),
        "uint16" => 0..=u16::MAX.into(),
        "int32" => i32::MIN.into()..=i32::MAX.into(),
        "uint32" | "uint" => 0..=u32::MAX.into(),
        "int64" => i64::MIN.into()..=i64::MAX.into(),
        "uint64" => 0..=u64::MAX.into(),
        _ => return None,
    })
}

/// RFC 3339's `date-time`.
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((date, rest)) = bytes.split_at_checked(10) else {
        return false;
    };
    let Some((b'T' | b't' | b' ', rest)) = rest.split_first() else {
        return false;
    };
    let Some((time, rest)) = rest.split_at_checked(8) else {
        return false;
    };
    let offset = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            let (digits, offset) = fraction.split_at(digits.count());
            if digits.is_empty() {
                return false;
            }
            offset
        }
        _ => rest,
    };
    is_date(date) && is_time(time) && is_offset(offset)
}

fn is_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return false;
    };
    let (Some(century), Some(years)) = (two(*y1, *y2), two(*y3, *y4)) else {
        return false;
    };
    let (Some(month), Some(day)) = (two(*m1, *m2), two(*d1, *d2)) else {
        return false;
    };
    let year = u32::from(century) * 100 + u32::from(years);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = text else {
        return false;
    };
    let within = |a, b, most| two(a, b).is_some_and(|value| value <= most);
    within(*h1, *h2, 23) && within(*m1, *m2, 59) && within(*s1, *s2, 60)
}

fn is_offset(text: &[u8]) -> bool {
    match text {
        b"Z" | b"z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            two(*h1, *h2).is_some_and(|hours| hours <= 23)
                && two(*m1, *m2).is_some_and(|minutes| minutes <= 59)
        }
        _ => false,
    }
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
    is_number.then(|| (tens - b'0') * 10 + (ones - b'0'))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    lengths.eq([8, 4, 4, 4, 12]) && groups.iter().all(|group| group.bytes().all(is_hex))
}

#[cfg(test)]
mod tests {
    use super::contradicts_text;

    #[track_caller]
    fn check(format: &str, text: &str, fits: bool) {
        assert_eq!(!contradicts_text(format, text), fits, "{format}: {text}");
    }

    #[test]
    fn dates_are_days_that_exist() {
        check("date", "2024-02-29", true);
        check("date", "2023-02-29", false);
        check("date", "2023-13-01", false);
        check("date", "2023-1-1", false);
    }

    #[test]
    fn date_times_have_an_offset() {
        check("date-time", "2020-01-10T14:59:22Z", true);
        check("date-time", "2020-01-10T14:59:22.123+02:00", true);
        check("date-time", "2020-01-10T14:59:22", false);
        check("date-time", "2020-01-10", false);
        check("date-time", "2020-01-10T14:59:22.Z", false);
    }

    #[test]
    fn uuids_have_five_groups() {
        check("uuid", "123e4567-e89b-12d3-a456-426614174000", true);
        check("uuid", "123e4567e89b12d3a456426614174000", false);
    }
}
