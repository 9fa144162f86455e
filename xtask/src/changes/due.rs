//! Which version the manifest must have.

use changes::Verdict;

use super::version::Version;

/// The client's versions.
#[derive(Debug)]
pub(super) struct Versions {
    /// The one that callers have: the last that was released.
    pub(super) released: Version,
    /// The base's.
    pub(super) before: Version,
    /// The manifest's.
    pub(super) now: Version,
}

/// The required version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) required: Version,
    /// Whether the manifest's goes that far.
    pub(super) is_met: bool,
    /// Whether it is the base's, to which the manifest's has to return.
    pub(super) is_return: bool,
}

impl Versions {
    /// Returns the required version after a verdict; it is never lower than the present one.
    pub(super) fn due(&self, verdict: Verdict) -> Option<Due> {
        let next = self.released.next(verdict);
        let reaches = |next: &Version| !next.is_older_than(&self.before);
        if self.now.is_older_than(&self.before) && !next.as_ref().is_some_and(reaches) {
            return Some(Due {
                required: self.before.clone(),
                is_met: false,
                is_return: true,
            });
        }
        next.map(|required| Due {
            is_met: self.now.satisfies(&required),
            required,
            is_return: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use changes::Verdict::{self, Breaking, Compatible, None as Same};

    use super::{Due, Versions};
    use crate::changes::version::Version;

    fn due([released, before, now]: [&str; 3], verdict: Verdict) -> Option<Due> {
        let version = |text| Version::parse(text).unwrap();
        let versions = Versions {
            released: version(released),
            before: version(before),
            now: version(now),
        };
        versions.due(verdict)
    }

    #[test]
    fn required_versions() {
        for (versions, verdict, required, is_met, is_return) in [
            (["0.1.0", "0.1.0", "0.1.0"], Breaking, "0.2.0", false, false),
            (["0.1.0", "0.1.0", "0.2.0"], Breaking, "0.2.0", true, false),
            (["0.1.0", "0.1.1", "0.1.0"], Same, "0.1.1", false, true),
            (
                ["0.1.0", "0.1.1", "0.1.0"],
                Compatible,
                "0.1.1",
                false,
                false,
            ),
            (["0.1.0", "0.1.1", "0.1.0"], Breaking, "0.2.0", false, false),
            (["0.1.0", "0.3.0", "0.2.0"], Breaking, "0.3.0", false, true),
        ] {
            let found = due(versions, verdict);
            let required = Version::parse(required).unwrap();
            let expected = Due {
                required,
                is_met,
                is_return,
            };
            assert_eq!(found, Some(expected), "{versions:?} {verdict:?}");
        }
        assert_eq!(due(["0.1.0", "0.1.1", "0.1.1"], Same), None);
    }
}
