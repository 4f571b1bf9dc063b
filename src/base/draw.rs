//! Keyed randomness: a draw depends on what it is for, never on how many came before it.
//!
//! Adding a container must not change the jitter of another one, or "what if I change this
//! field" would compare nothing.

/// A number in `0..bound` (0 if `bound` is 0), fixed by seed, purpose, subject and ordinal.
pub fn draw(seed: u64, purpose: &str, subject: &str, nth: u64, bound: u64) -> u64 {
    if bound == 0 {
        return 0;
    }
    let mut h = fnv(0xcbf2_9ce4_8422_2325, purpose.as_bytes());
    h = fnv(h ^ 0xff, subject.as_bytes());
    mix(h ^ mix(seed) ^ mix(nth.wrapping_add(0x9e37_79b9_7f4a_7c15))) % bound
}

fn fnv(mut h: u64, bytes: &[u8]) -> u64 {
    for b in bytes {
        h = (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h
}

fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A UUID of version 4, drawn for the `nth` object.
pub fn uuid(seed: u64, nth: u64) -> String {
    let part = |i: u64| draw(seed, "uuid", &i.to_string(), nth, u64::MAX);
    let (a, b) = (part(0), part(1));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        0x8000 | (b >> 48) & 0x3fff,
        b & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_fixed_by_its_key_alone() {
        let one = draw(1, "pull", "pod/web/app", 0, 1000);
        assert_eq!(one, draw(1, "pull", "pod/web/app", 0, 1000));
        let others = [
            draw(2, "pull", "pod/web/app", 0, 1000),
            draw(1, "jitter", "pod/web/app", 0, 1000),
            draw(1, "pull", "pod/web/db", 0, 1000),
            draw(1, "pull", "pod/web/app", 1, 1000),
        ];
        assert!(others.iter().all(|o| *o != one));
    }

    #[test]
    fn draws_spread_over_their_range() {
        let mut seen = [0u32; 10];
        for n in 0..1000 {
            seen[draw(7, "spread", "x", n, 10) as usize] += 1;
        }
        assert!(seen.iter().all(|n| (50..200).contains(n)), "{seen:?}");
    }
}
