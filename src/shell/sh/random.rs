//! `$RANDOM`: another number from 0 to 32767 each time.

/// Where the numbers come from: three weak generators, added up.
/// Source: busybox shell/random.c
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Random {
    linear: u32,
    shifted: u32,
    x: u32,
    y: u32,
}

impl Random {
    /// From what differs between processes (not 0) and between moments.
    pub fn new(process: u32, moment: u32) -> Self {
        Random { linear: moment, shifted: process, x: process, y: process }
    }

    /// As `RANDOM=seed` sets it.
    pub fn seeded(seed: u32) -> Self {
        Random::new(seed.max(1), seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u32 {
        self.linear = self.linear.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let carry = if self.shifted >> 31 == 1 { 0x8000_000b } else { 0 };
        self.shifted = (self.shifted << 1) ^ carry;
        let mixed = self.x ^ (self.x << 2);
        self.x = self.y;
        self.y ^= (self.y >> 3) ^ mixed ^ (mixed >> 7);
        self.shifted.wrapping_add(self.y).wrapping_sub(self.linear) & 0x7fff
    }
}
