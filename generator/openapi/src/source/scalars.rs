//! The values of YAML's plain scalars, by its core schema.

use serde_json::{Number, Value};

/// The value of a scalar without quotes and tag.
///
/// Integers may be hexadecimal, octal or binary as well. One that does not fit 64 bits is the nearest number. Digits
/// after a leading zero are text, and infinity and not-a-number are null.
pub(super) fn value(plain: &str) -> Value {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_infinite_or_nan(plain) => Value::Null,
        _ => number(plain).map_or_else(|| plain.into(), Value::Number),
    }
}

/// Whether a scalar is a number that JSON readers can't hold.
pub(super) fn is_unrepresentable(plain: &str) -> bool {
    if is_infinite_or_nan(plain) {
        return true;
    }
    let unsigned = without_sign(plain);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || is_zero_padded(plain) {
        return false;
    }
    if is_integer(plain) {
        return plain.parse::<i64>().is_err() && plain.parse::<u64>().is_err();
    }
    plain.parse::<f64>().is_ok_and(f64::is_infinite)
}

fn number(plain: &str) -> Option<Number> {
    if is_zero_padded(plain) {
        return None;
    }
    if let Some(number) = integer(plain) {
        return Some(number);
    }
    // Rust reads words as well, none of which is finite.
    Number::from_f64(plain.parse().ok()?)
}

fn integer(plain: &str) -> Option<Number> {
    let unsigned = without_sign(plain);
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            if digits.starts_with(['+', '-']) {
                return None;
            }
            return match plain.strip_prefix('-') {
                Some(_) => i64::from_str_radix(&format!("-{digits}"), radix)
                    .ok()
                    .map(Number::from),
                None => u64::from_str_radix(digits, radix).ok().map(Number::from),
            };
        }
    }
    let signed = || plain.parse::<i64>().ok().map(Number::from);
    plain.parse::<u64>().ok().map(Number::from).or_else(signed)
}

fn is_infinite_or_nan(plain: &str) -> bool {
    let is_infinite = matches!(without_sign(plain), ".inf" | ".Inf" | ".INF");
    is_infinite || matches!(plain, ".nan" | ".NaN" | ".NAN")
}

fn is_integer(plain: &str) -> bool {
    without_sign(plain)
        .bytes()
        .all(|byte| byte.is_ascii_digit())
}

/// Whether there are digits after a leading zero.
fn is_zero_padded(plain: &str) -> bool {
    is_integer(plain) && without_sign(plain).len() > 1 && without_sign(plain).starts_with('0')
}

fn without_sign(plain: &str) -> &str {
    plain.strip_prefix(['+', '-']).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_scalars_are_values_of_the_core_schema() {
        for (plain, expected) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("NULL", json!(null)),
            ("nUll", json!("nUll")),
            ("True", json!(true)),
            ("yes", json!("yes")),
            ("0", json!(0)),
            ("-0", json!(0)),
            ("+12", json!(12)),
            ("+-12", json!("+-12")),
            ("012", json!("012")),
            ("-00", json!("-00")),
            ("0x1F", json!(31)),
            ("-0x1F", json!(-31)),
            ("0x-1F", json!("0x-1F")),
            ("0o17", json!(15)),
            ("0b101", json!(5)),
            ("1_000", json!("1_000")),
            ("9223372036854775807", json!(i64::MAX)),
            ("18446744073709551615", json!(u64::MAX)),
            ("18446744073709551616", json!(18446744073709551616.0)),
            ("-9223372036854776000", json!(-9223372036854776000.0)),
            ("1.50", json!(1.5)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("-1e3", json!(-1000.0)),
            ("1e999", json!("1e999")),
            (".inf", json!(null)),
            ("-.INF", json!(null)),
            (".nan", json!(null)),
            ("inf", json!("inf")),
            ("NaN", json!("NaN")),
            ("infinity", json!("infinity")),
            ("1.2.3", json!("1.2.3")),
            ("2020-01-01", json!("2020-01-01")),
            (".", json!(".")),
            ("-", json!("-")),
            ("+", json!("+")),
            ("e5", json!("e5")),
        ] {
            assert_eq!(value(plain), expected, "{plain}");
        }
    }

    #[test]
    fn unrepresentable_numbers_are_found() {
        for plain in [
            ".inf",
            "+.Inf",
            "-.INF",
            ".nan",
            "1e999",
            "18446744073709551616",
        ] {
            assert!(is_unrepresentable(plain), "{plain}");
        }
        for plain in [
            "1",
            "-1.5e300",
            "018446744073709551616",
            "-.nan",
            "inf",
            "v1",
            "",
            "-",
        ] {
            assert!(!is_unrepresentable(plain), "{plain}");
        }
    }
}
