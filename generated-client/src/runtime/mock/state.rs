//! What a mock expects, and what it has been asked.

use std::cmp::Reverse;
use std::collections::VecDeque;

use reqwest::header::IF_NONE_MATCH;

use super::operation::MockOperation;
use super::report;
use super::request::Received;
use super::response::MockResponse;
use super::store::MockContent;
use super::times::Times;
use super::when::When;
use crate::runtime::api::Api;

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) expectations: Vec<Expected>,
    /// What the store has; each is served by its number.
    pub(super) contents: Vec<MockContent>,
    /// The failures, each with its message.
    pub(super) failures: Vec<String>,
}

/// An expectation.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) operation: &'static MockOperation,
    pub(super) when: When,
    pub(super) times: Times,
    /// What is answered: the first one is for the next request, and the last one for all that follow.
    pub(super) answers: VecDeque<Answer>,
    pub(super) requests: usize,
}

/// What is answered to one request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    One(MockResponse),
    /// The page that is asked for.
    Pages(Vec<MockResponse>),
}

impl State {
    /// Answers a request to the API at `origin`.
    pub(super) fn answer(
        &mut self,
        api: &Api,
        request: &Received,
        line: &str,
        origin: &str,
    ) -> MockResponse {
        let Some(index) = self.fitting(request) else {
            return self.fail(api, line, &report::unexpected(request, &self.expectations));
        };
        let expected = &mut self.expectations[index];
        expected.requests += 1;
        match expected.next_answer(request, origin) {
            Ok(response) => response.unless_known(request.header(IF_NONE_MATCH.as_str())),
            Err(reason) => {
                let id = expected.operation.id;
                self.fail(api, line, &format!("{id}: {reason}"))
            }
        }
    }

    /// The expectation that a request fits, by its index.
    fn fitting(&self, request: &Received) -> Option<usize> {
        let expectations = self.expectations.iter().enumerate();
        let usable = expectations.filter(|(_, expected)| !expected.is_used_up());
        let fitting = usable.filter(|(_, expected)| {
            let found = expected.when.compare(expected.operation, request);
            found.is_some_and(|differences| differences.is_empty())
        });
        let best = fitting.min_by_key(|(_, expected)| Reverse(expected.operation.literal_length()));
        best.map(|(index, _)| index)
    }

    fn fail(&mut self, api: &Api, line: &str, reason: &str) -> MockResponse {
        self.failures.push(format!("{line}: {reason}"));
        let lines: Vec<_> = reason.lines().map(str::trim).collect();
        // No client tries this again.
        MockResponse::error(api, 501, &lines.join("; "))
    }
}

impl Expected {
    pub(super) fn is_used_up(&self) -> bool {
        self.times.is_used_up(self.requests)
    }

    pub(super) fn is_met(&self) -> bool {
        self.times.is_met(self.requests)
    }

    fn next_answer(&mut self, request: &Received, origin: &str) -> Result<MockResponse, String> {
        let next = if self.answers.len() > 1 {
            self.answers.pop_front()
        } else {
            self.answers.front().cloned()
        };
        match next {
            None => Err("the expectation has no answer".to_owned()),
            Some(Answer::One(response)) => Ok(response),
            Some(Answer::Pages(pages)) => page(&pages, request, origin),
        }
    }
}

/// The page that is asked for, with links to the others.
fn page(pages: &[MockResponse], request: &Received, origin: &str) -> Result<MockResponse, String> {
    let requested = request.parameter("page");
    let number: usize = requested.and_then(|page| page.parse().ok()).unwrap_or(1);
    let page = number.checked_sub(1).and_then(|index| pages.get(index));
    let Some(page) = page else {
        return Err(format!("there is no page {number} of {}", pages.len()));
    };
    let last = pages.len();
    let mut relations = Vec::new();
    if number > 1 {
        relations.extend([("prev", number - 1), ("first", 1)]);
    }
    if number < last {
        relations.extend([("next", number + 1), ("last", last)]);
    }
    if relations.is_empty() {
        return Ok(page.clone());
    }
    let links = relations.into_iter().map(|(relation, number)| {
        let others = request.query().split('&');
        let others = others.filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
        let others: String = others.map(|pair| format!("{pair}&")).collect();
        let path = request.path();
        format!("<{origin}{path}?{others}page={number}>; rel=\"{relation}\"")
    });
    let links = links.collect::<Vec<_>>().join(", ");
    Ok(page.clone().header("link", &links))
}
