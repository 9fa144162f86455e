//! The name that a store suggests for a file, made safe.

use super::windows::is_device;
use crate::runtime::header_parameters::header_parameters;
use crate::runtime::parameter::decoded_triple;

/// Maximum bytes of a file name, on most file systems.
const MAX_BYTES: usize = 255;

/// The longest extension that is kept when a name is cut, in bytes.
const LONGEST_EXTENSION: usize = 16;

/// The name of a file in a `Content-Disposition` header (RFC 6266), as one that any platform can hold
/// and that leads nowhere; none if there is none, or nothing is left of it.
pub(super) fn file_name(content_disposition: &str) -> Option<String> {
    let parameters = header_parameters(content_disposition);
    let find = |wanted: &str| {
        let mut found = parameters.iter();
        let found = found.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    };
    let extended = find("filename*").and_then(extended);
    sanitized(&extended.or_else(|| find("filename").map(str::to_owned))?)
}

/// Decodes a value with its character set (RFC 8187): `UTF-8''na%C3%AFve`.
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    let bytes = decoded(encoded)?;
    if charset.eq_ignore_ascii_case("iso-8859-1") {
        return Some(bytes.into_iter().map(char::from).collect());
    }
    let is_utf8 = charset.eq_ignore_ascii_case("utf-8");
    String::from_utf8(bytes).ok().filter(|_| is_utf8)
}

fn decoded(encoded: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, behind) = match first {
            b'%' => decoded_triple(rest)?,
            byte => (*byte, behind),
        };
        bytes.push(byte);
        rest = behind;
    }
    Some(bytes)
}

fn sanitized(suggested: &str) -> Option<String> {
    // It may be a path on either kind of system: only its end is a name.
    let name = suggested.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .map(|c| if is_legal(c) { c } else { '_' })
        .collect();
    // A dot at the beginning hides a file.
    let name = shortened(name.trim_start_matches(['.', ' ']));
    if name.is_empty() {
        return None;
    }
    // Commands take what begins with a dash for an option.
    if name.starts_with('-') || is_device(&name) {
        return Some(shortened(&format!("_{name}")));
    }
    Some(name)
}

/// Whether a name may have the character on any system, and shows it as what it is.
fn is_legal(character: char) -> bool {
    let is_invisible = matches!(
        character,
        '\u{AD}'
            | '\u{61C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFFD}'
    );
    !character.is_control() && !is_invisible && !"<>:\"|?*".contains(character)
}

/// As much of the name as there may be, with its extension, and without the dots and spaces at its end,
/// which Windows drops.
fn shortened(name: &str) -> String {
    let name = name.trim_end_matches(['.', ' ']);
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let extension = name.rfind('.').map_or("", |dot| &name[dot..]);
    let extension = if extension.len() > LONGEST_EXTENSION {
        ""
    } else {
        extension
    };
    let mut end = MAX_BYTES - extension.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let name = format!("{}{extension}", &name[..end]);
    name.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: Option<&str>) {
        assert_eq!(file_name(header).as_deref(), expected, "{header}");
    }

    #[test]
    fn names() {
        check("attachment; filename=\"report.zip\"", Some("report.zip"));
        check("attachment; filename=report.zip", Some("report.zip"));
        check("attachment;FileName = report.zip ; x=y", Some("report.zip"));
        check("inline; x=\"a;filename=b\"; filename=\"c d\"", Some("c d"));
        check("attachment; filename=\"a\\\"b\\\\c.txt\"", Some("c.txt"));
        check("attachment; filename=\"cut", Some("cut"));
        check(
            "attachment; filename=\"naive.txt\"; filename*=UTF-8''na%C3%AFve%20file.txt",
            Some("na\u{ef}ve file.txt"),
        );
        check(
            "attachment; filename*=iso-8859-1'en'%A3.txt",
            Some("\u{a3}.txt"),
        );
        // One that cannot be read leaves the other.
        for bad in ["utf-8''%", "utf-8''%zz", "utf-8''%ff", "x''a", "a"] {
            let header = format!("attachment; filename*={bad}; filename=a.txt");
            check(&header, Some("a.txt"));
        }
    }

    #[test]
    fn none() {
        for header in [
            "",
            "attachment",
            "filename=a",
            "attachment; filename=\"\"",
            "a;b",
            ";=;=",
        ] {
            check(header, None);
        }
        for name in [".", "..", "...", "/", "a/", "\\\\", " . "] {
            check(&format!("attachment; filename=\"{name}\""), None);
        }
    }

    #[test]
    fn made_safe() {
        for (name, expected) in [
            ("../../etc/passwd", "passwd"),
            ("/etc/passwd", "passwd"),
            ("..\\..\\x.exe", "x.exe"),
            ("C:\\Users\\x.txt", "x.txt"),
            ("C:x.txt", "C_x.txt"),
            (".bashrc", "bashrc"),
            ("x.txt. . ", "x.txt"),
            ("-rf", "_-rf"),
            ("a\u{0}b\nc\u{7f}d\u{85}e", "a_b_c_d_e"),
            ("gpj.\u{202e}exe", "gpj._exe"),
            ("a<b>c:d|e?f*g", "a_b_c_d_e_f_g"),
            ("CON", "_CON"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("Com1.txt", "_Com1.txt"),
            ("lpt\u{b9}", "_lpt\u{b9}"),
            ("console.txt", "console.txt"),
            ("~", "~"),
            ("%2e%2e%2fx", "%2e%2e%2fx"),
        ] {
            assert_eq!(sanitized(name).as_deref(), Some(expected), "{name:?}");
        }
        check("attachment; filename*=utf-8''..%2F..%2Fx%00", Some("x_"));
    }

    #[test]
    fn lengths() {
        let long = format!("{}.zip", "a".repeat(300));
        let name = sanitized(&long).unwrap();
        assert_eq!(name.len(), MAX_BYTES);
        assert!(name.ends_with("a.zip"));
        let extension = format!("{}.{}", "a".repeat(300), "b".repeat(15));
        let name = sanitized(&extension).unwrap();
        assert!(name.len() == MAX_BYTES && name.ends_with(&extension[300..]));
        let wide = sanitized(&"\u{1f600}".repeat(100)).unwrap();
        assert_eq!(wide.len(), 252);
        let device = sanitized(&format!("nul.{}", "a".repeat(251))).unwrap();
        assert_eq!(device.len(), MAX_BYTES);
        let option = sanitized(&format!("-{} x", "a".repeat(252))).unwrap();
        assert_eq!(option, format!("_-{}", "a".repeat(252)));
        let dots = format!("a{}{}", ".".repeat(300), "b".repeat(20));
        let dots = sanitized(&dots).unwrap();
        assert_eq!(dots, "a");
    }
}
