//! Base URLs, and URLs of the same origin.

use std::net::IpAddr;

use reqwest::Url;

use super::Error;

/// The URL that every path of an API is appended to, without a slash at its end.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    url: Url,
    text: String,
}

impl BaseUrl {
    /// Parses the URL of a setting with this name.
    pub(super) fn parse(setting: &str, text: &str) -> Result<Self, Error> {
        let refuse = |reason| Err(Error::setting(setting, reason));
        // Parsing would take these for slashes or for nothing.
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
        if text.contains(odd) {
            return refuse("has a space, a backslash or a control character in it");
        }
        let authority = text.split_once("://").map(|(_, rest)| rest);
        let (Some(_), Ok(url)) = (
            authority.filter(|rest| !rest.starts_with('/')),
            Url::parse(text),
        ) else {
            return refuse("is not a URL");
        };
        if !matches!(url.scheme(), "http" | "https") {
            return refuse("is neither http nor https");
        }
        if has_userinfo(&url) {
            return refuse("has a user name or a password in it");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("has a query or a fragment");
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// What another URL is here: with its path, which may lack the path of this one, and its query.
    pub(super) fn rebased(&self, other: &Url) -> Url {
        let (base, path) = (self.url.path().trim_end_matches('/'), other.path());
        let within = path.strip_prefix(base);
        let is_within = within.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut url = self.url.clone();
        if is_within {
            url.set_path(path);
        } else {
            url.set_path(&format!("{base}{path}"));
        }
        url.set_query(other.query());
        url
    }

    /// Whether scheme, host and port are those of this URL.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }

    /// Whether the scheme, the host and the port of both are the same.
    pub(super) fn has_origin_of(&self, other: &Self) -> bool {
        self.is_origin_of(&other.url)
    }

    /// Whether the scheme is https.
    pub(super) fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether the host is this machine.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// Whether a URL is one of this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Whether a URL carries credentials of its own.
pub(super) fn has_userinfo(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether the text is a host name or an address and nothing else of a URL, save for a port; and not
/// one that is read as another, as `1.2.3` is as `1.2.0.3`.
pub(super) fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    let name = text.split(':').next().unwrap_or_default();
    let same = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.eq_ignore_ascii_case(name) || text.starts_with('[')
    };
    let named = !name.split('.').any(str::is_empty) || text.starts_with('[');
    let url = Url::parse(&format!("https://{text}/"));
    named && text.chars().all(allowed) && url.is_ok_and(|url| same(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for host in [
            "ghe.example.com",
            "ghe",
            "10.0.0.1:8443",
            "[::1]",
            "[::1]:80",
            "[0:0::1]",
            "a_b.c",
            "GHE.Example.com:443",
        ] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "",
            ".",
            "..",
            "a..b",
            "a.",
            ":80",
            "a:b",
            "a:80:80",
            "::1",
            "http://a",
            "a/b",
            "a\\b",
            "a?",
            "a#",
            "u@a",
            "a b",
            "a\n",
            "%2e",
            "[",
            "ä.de",
            "1.2.3",
            "127.1",
            "0x7f.0.0.1",
            "2130706433",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn base_urls() {
        for (text, expected) in [
            ("https://api.example.com", "https://api.example.com"),
            (
                "https://ghe.example.com/api/v3/",
                "https://ghe.example.com/api/v3",
            ),
            ("HTTP://LOCALHOST:80/", "http://localhost"),
        ] {
            assert_eq!(BaseUrl::parse("base_url", text).unwrap().as_str(), expected);
        }
        for text in [
            "",
            "api.example.com",
            "ftp://a",
            "https://u@a",
            "https://:p@a",
            "https://a?b",
            "https://a#b",
            "https:a",
            "https:/a",
            "https:///a",
            " https://a",
            "https://a\n",
            "https://a/b c",
            "https://a/b\tc",
            "https:\\\\a",
            "https://a\\b",
            "https://a/\u{a0}",
            "https://a/\u{7f}",
        ] {
            assert!(
                BaseUrl::parse("base_url", text)
                    .unwrap_err()
                    .is_configuration(),
                "{text}"
            );
        }
    }

    #[test]
    fn rebased() {
        for (base, other, expected) in [
            (
                "https://a",
                "http://b:8080/c%2fd?e=%2f+'#f",
                "https://a/c%2fd?e=%2f+%27",
            ),
            ("https://a:1/", "https://b", "https://a:1/"),
            ("https://a/x/y", "https://b/c", "https://a/x/y/c"),
            ("https://a/x/y/", "https://b/x/y/c?", "https://a/x/y/c?"),
            ("https://a/x/y", "https://b/x/y", "https://a/x/y"),
            ("https://a/x/y", "https://b/x/yz", "https://a/x/y/x/yz"),
            ("https://a/x", "https://b/", "https://a/x/"),
        ] {
            let base = BaseUrl::parse("base_url", base).unwrap();
            let rebased = base.rebased(&Url::parse(other).unwrap());
            assert_eq!(rebased.as_str(), expected);
        }
    }

    #[test]
    fn loopback() {
        for url in [
            "http://localhost:1",
            "http://127.0.0.1",
            "http://127.9.9.9",
            "http://[::1]",
        ] {
            assert!(
                BaseUrl::parse("base_url", url).unwrap().is_loopback(),
                "{url}"
            );
        }
        for url in [
            "http://a",
            "http://localhost.a",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://[::2]",
        ] {
            assert!(
                !BaseUrl::parse("base_url", url).unwrap().is_loopback(),
                "{url}"
            );
        }
    }
}
