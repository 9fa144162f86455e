//! Servers whose URLs have variables.

use std::collections::BTreeMap;

use super::Error;
use super::api::{Server, Variable};
use super::base_url::{BaseUrl, is_host};

/// Where in a URL a variable stands.
#[derive(Clone, Copy)]
enum VariablePosition {
    /// All that is before the path.
    Origin,
    Scheme,
    /// The host, which may have a port.
    Host,
    PartOfHost,
    Port,
    Path,
    /// The path with the slash that it begins with.
    WholePath,
}

impl Server {
    /// The URL with some of the variables set, and the others at their defaults.
    ///
    /// A value stays within its place in the URL. One that does not is an error of the setting that is
    /// called like the variable.
    pub(super) fn url(&self, values: &BTreeMap<&'static str, String>) -> Result<BaseUrl, Error> {
        let mut url = String::new();
        let mut set = Vec::new();
        let mut rest = self.url;
        while let Some((before, variable, after)) = self.split(rest) {
            url.push_str(before);
            rest = after;
            let value = values.get(variable.name).map(String::as_str);
            match value.filter(|value| !variable.is_documented(value)) {
                None => url.push_str(value.unwrap_or(variable.default)),
                Some(value) => {
                    let place = VariablePosition::of(variable, &url, after);
                    place.check(variable, value)?;
                    url.push_str(value.trim_end_matches('/'));
                    set.push((variable.name, place));
                }
            }
        }
        url.push_str(rest);
        for (name, place) in &set {
            place.check_in(&url, name)?;
        }
        BaseUrl::parse(set.last().map_or("base_url", |(name, _)| name), &url)
    }

    /// Splits a piece of the URL at its first variable.
    fn split<'a>(&self, url: &'a str) -> Option<(&'a str, &'static Variable, &'a str)> {
        let (before, rest) = url.split_once('{')?;
        let (name, after) = rest.split_once('}')?;
        let mut variables = self.variables.iter();
        let variable = variables.find(|variable| variable.name == name)?;
        Some((before, variable, after))
    }
}

impl Variable {
    /// Whether the value is one that the document has for it.
    fn is_documented(&self, value: &str) -> bool {
        value == self.default || self.values.contains(&value)
    }
}

impl VariablePosition {
    /// Finds out by what is around the variable. Before it, all variables have their values.
    fn of(variable: &Variable, before: &str, after: &str) -> Self {
        let is_last = after.is_empty() || after.starts_with('/');
        let Some((_, before)) = before.split_once("://") else {
            let has_host = is_last || variable.default.contains("://");
            return if has_host { Self::Origin } else { Self::Scheme };
        };
        if before.contains('/') {
            Self::Path
        } else if variable.default.starts_with('/') {
            Self::WholePath
        } else if before.ends_with(':') {
            Self::Port
        } else if before.is_empty() && is_last {
            Self::Host
        } else {
            Self::PartOfHost
        }
    }

    /// Refuses a value that could stand there in no URL. What it is instead may hold a password.
    fn check(self, variable: &Variable, value: &str) -> Result<(), Error> {
        if !variable.values.is_empty() {
            let values = variable.values.iter().map(|value| format!("`{value}`"));
            let values = Vec::from_iter(values).join(", ");
            return Err(Error::setting(
                variable.name,
                format!("is none of {values}"),
            ));
        }
        let fits = match self {
            Self::Origin => return BaseUrl::parse(variable.name, value).map(drop),
            Self::Scheme => value.bytes().all(|byte| byte.is_ascii_alphabetic()),
            Self::Host | Self::PartOfHost => !value.contains('/'),
            Self::Port => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Path => !value.contains(['\\', '?', '#']),
            Self::WholePath => {
                let begins = value.is_empty() || value.starts_with('/');
                begins && !value.contains(['\\', '?', '#'])
            }
        };
        self.require(fits, variable.name)
    }

    /// Refuses a value that reaches beyond its place in this URL.
    fn check_in(self, url: &str, name: &str) -> Result<(), Error> {
        let (_, rest) = url.split_once("://").unwrap_or_default();
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let fits = match self {
            Self::Origin | Self::Scheme => true,
            Self::Host | Self::PartOfHost | Self::Port => is_host(authority),
            Self::Path | Self::WholePath => {
                // Parsing takes steps up, and would take an odd character for something else.
                let path = path.trim_end_matches('/');
                let parsed = BaseUrl::parse(name, url)?;
                parsed.as_str().ends_with(path) && !path.contains("//")
            }
        };
        self.require(fits, name)
    }

    fn require(self, fits: bool, name: &str) -> Result<(), Error> {
        let reason = match self {
            _ if fits => return Ok(()),
            Self::Origin => "is not a URL",
            Self::Scheme => "is neither http nor https",
            Self::Host => "is not a host name, with or without a port",
            Self::PartOfHost => "is not a part of a host name",
            Self::Port => "is not a port",
            Self::Path => "is not a part of a path",
            Self::WholePath => "is not a path",
        };
        Err(Error::setting(name, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIONS: Variable = Variable {
        name: "region",
        default: "us",
        values: &["us", "eu", ""],
    };

    const fn free(name: &'static str, default: &'static str) -> Variable {
        Variable {
            name,
            default,
            values: &[],
        }
    }

    fn url(
        url: &'static str,
        variables: &'static [Variable],
        values: &[(&'static str, &str)],
    ) -> Result<String, String> {
        let values = values.iter().map(|&(name, value)| (name, value.to_owned()));
        let url = Server { url, variables }.url(&values.collect());
        url.map(|url| url.as_str().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn all_parts() {
        const URL: &str = "{scheme}://{tenant}.{region}.example.com:{port}/{base}/v{version}";
        const VARIABLES: &[Variable] = &[
            free("scheme", "https"),
            free("tenant", "demo"),
            REGIONS,
            free("port", "443"),
            free("base", "api"),
            free("version", "1"),
        ];
        for (values, expected) in [
            (&[][..], "https://demo.us.example.com/api/v1"),
            (&[("region", "eu")], "https://demo.eu.example.com/api/v1"),
            (
                &[("version", "2.1"), ("tenant", "a.b-c_d")],
                "https://a.b-c_d.us.example.com/api/v2.1",
            ),
            (
                &[("base", "x/y~z/"), ("port", "8443")],
                "https://demo.us.example.com:8443/x/y~z/v1",
            ),
            (
                &[("scheme", "http")],
                "http://demo.us.example.com:443/api/v1",
            ),
        ] {
            assert_eq!(url(URL, VARIABLES, values).unwrap(), expected);
        }
        for (name, value, reason) in [
            ("scheme", "ftp", "is neither http nor https"),
            ("scheme", "https://SECRET/", "is neither http nor https"),
            ("scheme", "", "is not a URL"),
            ("tenant", "SECRET/", "is not a part of a host name"),
            ("tenant", "SECRET@a", "is not a part of a host name"),
            ("tenant", "SECRET:443", "is not a part of a host name"),
            ("tenant", "SECRET?", "is not a part of a host name"),
            ("tenant", "SECRET#", "is not a part of a host name"),
            ("tenant", "SECRET\\", "is not a part of a host name"),
            ("tenant", "", "is not a part of a host name"),
            ("region", "SECRET", "is none of `us`, `eu`, ``"),
            ("port", "", "is not a port"),
            ("port", "https", "is not a port"),
            ("port", "65536", "is not a port"),
            ("port", "1@a", "is not a port"),
            ("port", "1/SECRET", "is not a port"),
            ("base", "..", "is not a part of a path"),
            ("base", "a/%2E%2e", "is not a part of a path"),
            ("base", "a//b", "is not a part of a path"),
            ("base", "/a", "is not a part of a path"),
            ("base", "", "is not a part of a path"),
            ("base", "a?SECRET", "is not a part of a path"),
            ("base", "a#SECRET", "is not a part of a path"),
            ("base", "\\SECRET", "is not a part of a path"),
            ("base", "\u{fc}", "is not a part of a path"),
            ("version", "/../SECRET", "is not a part of a path"),
        ] {
            let error = url(URL, VARIABLES, &[(name, value)]).unwrap_err();
            assert_eq!(error, format!("setting `{name}` {reason}"), "{value}");
        }
    }

    #[test]
    fn hosts() {
        const HOST: &[Variable] = &[free("host", "example.com"), free("base", "/v1")];
        for (value, expected) in [
            ("ghe", "https://ghe/v1"),
            ("ghe.test:8443", "https://ghe.test:8443/v1"),
            ("[::1]:80", "https://[::1]:80/v1"),
        ] {
            assert_eq!(
                url("https://{host}/v1", HOST, &[("host", value)]).unwrap(),
                expected
            );
        }
        let error = url("https://{host}/v1", HOST, &[("host", "1.2.3")]).unwrap_err();
        assert!(
            error.ends_with("is not a host name, with or without a port"),
            "{error}"
        );

        // Here the path begins within the variable.
        for (values, expected) in [
            (&[][..], "https://example.com/v1"),
            (&[("base", "")], "https://example.com"),
            (&[("base", "/v2/"), ("host", "a:1")], "https://a:1/v2"),
        ] {
            assert_eq!(url("https://{host}{base}", HOST, values).unwrap(), expected);
        }
        for base in [
            ".evil.test",
            ":80",
            "/v2?SECRET",
            "/v2#SECRET",
            "/..",
            "/\\SECRET",
        ] {
            let error = url("https://{host}{base}", HOST, &[("base", base)]).unwrap_err();
            assert_eq!(error, "setting `base` is not a path");
        }
        let error = url("https://api.{host}", HOST, &[("host", "")]).unwrap_err();
        assert_eq!(error, "setting `host` is not a part of a host name");
    }

    #[test]
    fn origins() {
        const ORIGIN: &[Variable] = &[free("server", "https://example.com"), free("base", "/v1")];
        for (template, value, expected) in [
            ("{server}", "http://a:1", "http://a:1"),
            ("{server}/v1", "https://a/b/", "https://a/b/v1"),
            ("{server}{base}", "https://a", "https://a/v1"),
        ] {
            assert_eq!(
                url(template, ORIGIN, &[("server", value)]).unwrap(),
                expected
            );
        }
        for (value, reason) in [
            ("a", "is not a URL"),
            ("https://u:SECRET@a", "has a user name or a password in it"),
            ("https://a?SECRET", "has a query or a fragment"),
        ] {
            let error = url("{server}/v1", ORIGIN, &[("server", value)]).unwrap_err();
            assert_eq!(error, format!("setting `server` {reason}"));
        }
    }

    /// The document's own values are taken as they are.
    #[test]
    fn documented_values() {
        const STAGES: &[Variable] = &[
            free("stage", ""),
            Variable {
                name: "s",
                default: "s",
                values: &["", "s"],
            },
        ];
        let template = "http{s}://example.com/{stage}";
        assert_eq!(url(template, STAGES, &[]).unwrap(), "https://example.com");
        let odd = "https://example.com/{stage}/v1";
        let default = url(odd, STAGES, &[("stage", "")]);
        assert_eq!(default.unwrap(), "https://example.com//v1");
        let plain = url(template, STAGES, &[("s", ""), ("stage", "dev")]);
        assert_eq!(plain.unwrap(), "http://example.com/dev");
    }
}
