//! A store's handling of requests.

use std::collections::{BTreeSet, VecDeque};

use super::object::Object;
use super::range::Requested;
use super::refusal::{Refusal, azure};
use super::{Fault, SIGNATURE, foreign};
use crate::server::{Answer, Body, Request};

pub(super) struct State {
    pub(super) object: Object,
    /// Whether the store supports ranges.
    pub(super) ranges: bool,
    /// Whether `If-Match` has an effect.
    pub(super) if_match: bool,
    pub(super) faults: VecDeque<Fault>,
    /// Those of requests for a range from a byte on.
    pub(super) ranged: Vec<(u64, Fault)>,
    pub(super) watch: Box<dyn FnMut(&Request) + Send>,
    /// The targets of the signed URLs that are good.
    valid: BTreeSet<String>,
    signed: u32,
    /// The refusal of other targets.
    refusal: Refusal,
}

impl State {
    pub(super) fn new(body: Body) -> Self {
        Self {
            object: Object::new(body),
            ranges: true,
            if_match: true,
            faults: VecDeque::new(),
            ranged: Vec::new(),
            watch: Box::new(|_| {}),
            valid: BTreeSet::new(),
            signed: 0,
            refusal: Refusal::Azure,
        }
    }

    /// The target of a new URL, with escapes in it as various servers write them.
    pub(super) fn sign(&mut self) -> String {
        self.signed += 1;
        let target = format!(
            "/actions-results/8f2c%2fA%2F/Rails%20(1).zip?se=2020-01-10T15%3A00%3A22Z&\
             sig={SIGNATURE}%2B%2f{}%3D%3d&rscd=attachment%3B+filename%3D%22Rails.zip%22&sp=r&n={0}",
            self.signed
        );
        self.valid.insert(target.clone());
        target
    }

    pub(super) fn expire(&mut self, refusal: Refusal) {
        self.valid.clear();
        self.refusal = refusal;
    }

    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        (self.watch)(request);
        if let Some(name) = foreign(request) {
            return azure(
                400,
                "InvalidAuthenticationInfo",
                "Authentication information is not given in the correct format.",
                &format!(
                    "<HeaderName>{name}</HeaderName><HeaderValue>sig={SIGNATURE}</HeaderValue>"
                ),
            );
        }
        if !self.valid.contains(&request.target) {
            return self.refusal.answer(&request.target);
        }
        let fault = self.fault(request);
        match &fault {
            Fault::Instead(answer) => return answer.clone(),
            Fault::Expired(refusal) => {
                self.expire(*refusal);
                return refusal.answer(&request.target);
            }
            Fault::Replaced(body) => self.object.replace(body.clone()),
            _ => {}
        }
        let answer = self.right(request, &fault);
        fault.spoil(answer)
    }

    fn fault(&mut self, request: &Request) -> Fault {
        let requested = Requested::read(request.header("range"), self.object.body.len());
        let begins_at =
            |from: u64| matches!(&requested, Requested::Part(range) if range.start == from);
        let mut ranged = self.ranged.iter();
        match ranged.position(|(from, _)| begins_at(*from)) {
            Some(index) => self.ranged.remove(index).1,
            None => self.faults.pop_front().unwrap_or(Fault::None),
        }
    }

    fn right(&self, request: &Request, fault: &Fault) -> Answer {
        let object = &self.object;
        if self.if_match && !self.matches(request.header("if-match")) {
            return azure(
                412,
                "ConditionNotMet",
                "The condition specified using HTTP conditional header(s) is not met.",
                "",
            );
        }
        let len = object.body.len();
        let requested = match fault {
            Fault::Whole => Requested::Whole,
            Fault::Part(first, last) => Requested::Part(*first..last + 1),
            _ if !self.ranges => Requested::Whole,
            _ => Requested::read(request.header("range"), len),
        };
        let answer = match requested {
            Requested::Whole => object.answer(200, object.body.clone()),
            Requested::Part(range) => {
                let value = format!("bytes {}-{}/{len}", range.start, range.end - 1);
                let part = object.body.slice(range);
                object.answer(206, part).header("content-range", &value)
            }
            Requested::Nothing => azure(
                416,
                "InvalidRange",
                "The range specified is invalid for the current size of the resource.",
                "",
            )
            .header("content-range", &format!("bytes */{len}")),
        };
        if self.ranges {
            answer.header("accept-ranges", "bytes")
        } else {
            answer
        }
    }

    /// By the strong comparison: a weak tag is like no other, itself included.
    fn matches(&self, if_match: Option<&str>) -> bool {
        match if_match {
            None | Some("*") => true,
            Some(tags) => self.object.etag_header().is_some_and(|etag| {
                !etag.starts_with("W/") && tags.split(", ").any(|tag| tag == etag)
            }),
        }
    }
}
