//! Which values there are: lists of them, and limits.

use std::collections::BTreeSet;

use super::scalars::place;
use super::value::Pair;
use super::{Comparer, Spot, Summary, listed, quoted};
use crate::rule::Facet;
use crate::view::{Bound, Fact};

impl<'a> Comparer<'a> {
    pub(super) fn values(&mut self, pair: Pair<'a>, spot: &Spot) {
        if pair.ours.is_any() || pair.theirs.is_any() {
            return;
        }
        let [ours, theirs] = [&pair.ours.values, &pair.theirs.values].map(Option::as_ref);
        let places = [place(ours), place(theirs)];
        let sides = [ours, theirs].map(|fact| {
            fact.map_or("any value".into(), |fact| {
                let all: Vec<_> = fact.value.iter().map(String::as_str).collect();
                Summary::more(listed(&unquoted(&fact.value)), &all.join(" "))
            })
        });
        match (ours, theirs) {
            (None, None) => {}
            (Some(_), None) => {
                let message = format!("{} is not limited to a list of values upstream", spot.name);
                self.at_facts(pair, spot, Facet::EnumLifted, message, places, sides);
            }
            (None, Some(_)) => {
                let message = format!("{} is limited to a list of values upstream", spot.name);
                self.at_facts(pair, spot, Facet::EnumImposed, message, places, sides);
            }
            (Some(f), Some(u)) => {
                let added: BTreeSet<_> = u.value.difference(&f.value).cloned().collect();
                if !added.is_empty() {
                    let message = format!(
                        "{} also has the values {} upstream",
                        spot.name,
                        listed(&unquoted(&added))
                    );
                    self.at_facts(
                        pair,
                        spot,
                        Facet::EnumValueAdded,
                        message,
                        places,
                        sides.clone(),
                    );
                }
                let removed: BTreeSet<_> = f.value.difference(&u.value).cloned().collect();
                if !removed.is_empty() {
                    let message = format!(
                        "{} does not have the values {} upstream",
                        spot.name,
                        listed(&unquoted(&removed))
                    );
                    self.at_facts(pair, spot, Facet::EnumValueRemoved, message, places, sides);
                }
            }
        }
    }

    pub(super) fn bounds(&mut self, pair: Pair<'a>, spot: &Spot) {
        let (ours, theirs) = (&pair.ours.bounds, &pair.theirs.bounds);
        let keywords: BTreeSet<_> = ours.keys().chain(theirs.keys()).copied().collect();
        for keyword in keywords {
            let (f, u) = (ours.get(keyword), theirs.get(keyword));
            let facet = match (f, u) {
                (Some(f), Some(u)) if f.value == u.value => continue,
                (Some(f), Some(u)) if u.value.includes(&f.value) => Facet::BoundLoosened,
                (Some(_), None) => Facet::BoundLoosened,
                _ => Facet::BoundTightened,
            };
            let sides = [f, u].map(|fact| limit(keyword, fact));
            let message = format!(
                "{} has {} upstream, but {} here",
                spot.name, sides[1], sides[0]
            );
            let places = [f, u].map(|fact| fact.map(|fact| &fact.at));
            self.at_facts(pair, &spot.keyword(keyword), facet, message, places, sides);
        }
    }
}

fn limit(keyword: &str, bound: Option<&Fact<Bound>>) -> String {
    match bound {
        Some(bound) => quoted(&format!("{keyword}: {}", bound.value)),
        None => format!("no {}", quoted(keyword)),
    }
}

/// Texts without the quotes that they have as JSON.
fn unquoted(values: &BTreeSet<String>) -> BTreeSet<String> {
    let plain = |value: &String| serde_json::from_str(value).unwrap_or_else(|_| value.clone());
    values.iter().map(plain).collect()
}
