//! Lists in pages, and the links between these.

use std::collections::BTreeMap;

use super::artifact;
use crate::server::{Answer, Request};

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    ids: Vec<i64>,
    link: Option<String>,
}

impl Page {
    /// A page of the artifacts with these ids, linked to the pages around it.
    pub fn of(ids: impl IntoIterator<Item = i64>) -> Self {
        Self {
            ids: ids.into_iter().collect(),
            link: None,
        }
    }

    /// Sets the `Link` header, or leaves it out when it is empty.
    pub fn link(mut self, link: &str) -> Self {
        self.link = Some(link.to_owned());
        self
    }
}

impl From<Vec<i64>> for Page {
    fn from(ids: Vec<i64>) -> Self {
        Self::of(ids)
    }
}

pub(super) struct Pages {
    scheme: &'static str,
    all: Vec<Page>,
    /// The numbers of the pages that links led to, by their targets.
    linked: BTreeMap<String, usize>,
}

impl Pages {
    pub(super) fn new(scheme: &'static str, pages: Vec<Page>) -> Self {
        Self {
            scheme,
            all: pages,
            linked: BTreeMap::new(),
        }
    }

    /// A link must be followed exactly; other requests name a page by its number.
    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let linked = self.linked.get(&request.target).copied();
        let number = linked.unwrap_or_else(|| requested_page(&request.target));
        let missing = || Answer::json(404, r#"{"message": "Not Found"}"#);
        let Some(page) = number.checked_sub(1).and_then(|index| self.all.get(index)) else {
            return missing();
        };
        let digest = format!("sha256:{}", "0".repeat(64));
        let artifacts: Vec<_> = page
            .ids
            .iter()
            .map(|id| artifact(*id, 556, &digest))
            .collect();
        let total: usize = self.all.iter().map(|page| page.ids.len()).sum();
        let body = format!(
            r#"{{"total_count": {total}, "artifacts": [{}]}}"#,
            artifacts.join(", ")
        );
        let link = page.link.clone();
        let link = link.unwrap_or_else(|| self.links(request, number));
        let answer = Answer::json(200, &body);
        if link.is_empty() {
            answer
        } else {
            answer.header("link", &link)
        }
    }

    /// As GitHub writes them: by the repository's id, whatever its name, and with all filters.
    fn links(&mut self, request: &Request, number: usize) -> String {
        let host = request.header("host").expect("a host");
        let last = self.all.len();
        let mut links = Vec::new();
        for (rel, to, there) in [
            ("prev", number - 1, number > 1),
            ("next", number + 1, number < last),
            ("last", last, number < last),
            ("first", 1, number > 1),
        ] {
            if there {
                let target = target(&request.target, to);
                links.push(format!("<{}://{host}{target}>; rel=\"{rel}\"", self.scheme));
                self.linked.insert(target, to);
            }
        }
        links.join(", ")
    }
}

/// The number of the requested page, by its query; 0 for a path that only links have.
fn requested_page(target: &str) -> usize {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let number = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    match number {
        _ if !path.contains("/repos/") => 0,
        None => 1,
        Some(number) => number.parse().unwrap_or(0),
    }
}

/// The target of a link, in which there is more than who builds it again would know.
fn target(requested: &str, number: usize) -> String {
    let (path, query) = requested.split_once('?').unwrap_or((requested, ""));
    let path = match path.split_once("/repos/") {
        None => path.to_owned(),
        Some((before, after)) => {
            let list = after.splitn(3, '/').nth(2).unwrap_or_default();
            format!("{before}/repositories/1296269/{list}")
        }
    };
    let ours = |pair: &&str| pair.starts_with("page=") || pair.starts_with("after=");
    let pairs = query.split('&');
    let filters: String = pairs
        .filter(|pair| !pair.is_empty() && !ours(pair))
        .map(|pair| format!("{pair}&"))
        .collect();
    format!("{path}?{filters}page={number}&after=Y3Vyc29yOnYyOpHO%2f{number}%3D%3d")
}
