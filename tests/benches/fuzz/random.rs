//! Numbers that are the same again for the same seed.

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of one case, which are the same whatever cases were before it.
    pub(crate) fn of_case(seed: u64, case: u64) -> Self {
        let mut random = Self(seed);
        random.0 = random.next().wrapping_add(case);
        Self(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, and 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("it fits 64 bits");
        usize::try_from(self.next() % end).expect("it is below one that fits")
    }

    pub(crate) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
