//! `md5sum`, `sha1sum`, `sha256sum`, `sha512sum`, also with `-c`.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, lines};

type Hash = fn(&[u8]) -> String;

/// `md5sum`
pub fn md5(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    sums(call, options, texts, md5_of)
}

/// `sha1sum`
pub fn sha1(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    sums(call, options, texts, sha1_of)
}

/// `sha256sum`
pub fn sha256(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    sums(call, options, texts, sha256_of)
}

/// `sha512sum`
pub fn sha512(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    sums(call, options, texts, sha512_of)
}

fn sums(call: &mut Call, options: &Options, texts: &[Text], hash: Hash) -> i32 {
    if options.has('c') {
        return check(call, texts, hash, options.has('s'));
    }
    for (name, text) in texts {
        call.out([&hash(text), "  ", name, "\n"].concat());
    }
    0
}

fn check(call: &mut Call, texts: &[Text], hash: Hash, silent: bool) -> i32 {
    let (mut wrong, mut count) = (0, 0);
    for line in texts.iter().flat_map(|(_, text)| lines(text)) {
        let Some((sum, name)) = line.split_once("  ") else {
            // Source: busybox coreutils/md5_sha1_sum.c: such a line matches nothing.
            (count, wrong) = (count + 1, wrong + 1);
            continue;
        };
        count += 1;
        let same = call.sys.read_whole(name).is_ok_and(|bytes| hash(&bytes) == sum);
        if !silent {
            call.out([name, if same { ": OK\n" } else { ": FAILED\n" }].concat());
        }
        wrong += i32::from(!same);
    }
    if wrong > 0 && !silent {
        call.fail(format!("WARNING: {wrong} of {count} computed checksums did NOT match"));
    }
    i32::from(wrong > 0)
}

/// The bytes with the padding all three have: a one, zeros, the length in bits.
fn padded(bytes: &[u8], big: bool) -> Vec<u8> {
    let mut all = bytes.to_vec();
    all.push(0x80);
    all.resize(all.len().next_multiple_of(64) + if all.len() % 64 > 56 { 64 } else { 0 } - 8, 0);
    let bits = bytes.len() as u64 * 8;
    all.extend(if big { bits.to_be_bytes() } else { bits.to_le_bytes() });
    all
}

fn hex(words: &[u32], big: bool) -> String {
    let turned = words.iter().map(|w| if big { *w } else { w.swap_bytes() });
    turned.map(|word| format!("{word:08x}")).collect()
}

fn words(block: &[u8], big: bool) -> Vec<u32> {
    let word = |b: &[u8]| {
        let value = b.iter().fold(0_u32, |w, b| w << 8 | u32::from(*b));
        if big { value } else { value.swap_bytes() }
    };
    block.chunks(4).map(word).collect()
}

/// Source: RFC 1321. The table of sines is made from the fractions of |sin(i)| kept as data.
fn md5_of(bytes: &[u8]) -> String {
    const TURNS: [u32; 16] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded(bytes, false).chunks(64) {
        let m = words(block, false);
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (f, g) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let sum = a.wrapping_add(f).wrapping_add(SINES[i]).wrapping_add(m[g]);
            let turned = sum.rotate_left(TURNS[i / 16 * 4 + i % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (old, new) in state.iter_mut().zip([a, b, c, d]) {
            *old = old.wrapping_add(new);
        }
    }
    hex(&state, false)
}

/// Source: FIPS 180-4, SHA-1.
fn sha1_of(bytes: &[u8]) -> String {
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded(bytes, true).chunks(64) {
        let mut w = words(block, true);
        for i in 16..80 {
            w.push((w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (i, word) in w.iter().enumerate() {
            let (f, k) = match i / 20 {
                0 => (b & c | !b & d, 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let sum = a.rotate_left(5).wrapping_add(f).wrapping_add(e).wrapping_add(k);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum.wrapping_add(*word));
        }
        for (old, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *old = old.wrapping_add(new);
        }
    }
    hex(&state, true)
}

/// Source: FIPS 180-4, SHA-256.
fn sha256_of(bytes: &[u8]) -> String {
    let mut state: [u32; 8] = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    for block in padded(bytes, true).chunks(64) {
        let mut w = words(block, true);
        for i in 16..64 {
            let (x, y) = (w[i - 15], w[i - 2]);
            let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
            let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
            w.push(w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1));
        }
        let mut v = state;
        for i in 0..64 {
            let [a, b, c, _, e, f, g, h] = v;
            let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let t1 = [s1, e & f ^ !e & g, ROOTS[i], w[i]].into_iter().fold(h, u32::wrapping_add);
            let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(t1);
            v[0] = t1.wrapping_add(t2);
        }
        for (old, new) in state.iter_mut().zip(v) {
            *old = old.wrapping_add(new);
        }
    }
    hex(&state, true)
}

/// Source: FIPS 180-4, SHA-512.
fn sha512_of(bytes: &[u8]) -> String {
    let mut all = bytes.to_vec();
    all.push(0x80);
    all.resize((all.len() + 16).next_multiple_of(128) - 8, 0);
    all.extend((bytes.len() as u64 * 8).to_be_bytes());
    let primes: Vec<u64> =
        (2..410).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).collect();
    let mut state: Vec<u64> = primes.iter().take(8).map(|p| root_fraction(*p, 2)).collect();
    let table: Vec<u64> = primes.iter().map(|p| root_fraction(*p, 3)).collect();
    let turn = |x: u64, by: [u32; 3]| by.map(|n| x.rotate_right(n));
    for block in all.chunks(128) {
        let word = |b: &[u8]| b.iter().fold(0_u64, |w, b| w << 8 | u64::from(*b));
        let mut w: Vec<u64> = block.chunks(8).map(word).collect();
        for i in 16..80 {
            let (x, y) = (turn(w[i - 15], [1, 8, 0]), turn(w[i - 2], [19, 61, 0]));
            let (s0, s1) = (x[0] ^ x[1] ^ (x[2] >> 7), y[0] ^ y[1] ^ (y[2] >> 6));
            w.push([s0, w[i - 7], s1].into_iter().fold(w[i - 16], u64::wrapping_add));
        }
        let mut v = state.clone();
        for i in 0..80 {
            let (a, b, c, e, f, g) = (v[0], v[1], v[2], v[4], v[5], v[6]);
            let s1 = turn(e, [14, 18, 41]).into_iter().fold(0, |x, y| x ^ y);
            let t1 = [s1, e & f ^ !e & g, table[i], w[i]].into_iter().fold(v[7], u64::wrapping_add);
            let s0 = turn(a, [28, 34, 39]).into_iter().fold(0, |x, y| x ^ y);
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(t1);
            v[0] = t1.wrapping_add(s0).wrapping_add(a & b ^ a & c ^ b & c);
        }
        state.iter_mut().zip(v).for_each(|(old, new)| *old = old.wrapping_add(new));
    }
    state.iter().map(|word| format!("{word:016x}")).collect()
}

/// The first 64 bits after the point of a small number's square or cube root.
fn root_fraction(number: u64, power: u32) -> u64 {
    // The root of number * 2^(64 * power), bit by bit; it fits 68 bits, its cube does not fit 128.
    let mut root = 0_u128;
    for bit in (0..69).rev() {
        let next = root | 1 << bit;
        if is_at_most(next, power, number) {
            root = next;
        }
    }
    root as u64
}

/// Whether `root^power <= number * 2^(64 * power)`, in limbs of 32 bits.
fn is_at_most(root: u128, power: u32, number: u64) -> bool {
    let limbs =
        |x: u128| -> Vec<u64> { (0..4).map(|i| (x >> (32 * i)) as u64 & 0xffff_ffff).collect() };
    let factor = limbs(root);
    let mut product = vec![1_u64];
    for _ in 0..power {
        let mut sum = vec![0_u64; product.len() + factor.len() + 1];
        for (i, a) in product.iter().enumerate() {
            for (j, b) in factor.iter().enumerate() {
                let mut carry = a * b;
                let mut at = i + j;
                while carry > 0 {
                    carry += sum[at];
                    sum[at] = carry & 0xffff_ffff;
                    carry >>= 32;
                    at += 1;
                }
            }
        }
        product = sum;
    }
    let mut bound = vec![0_u64; 2 * power as usize];
    bound.push(number);
    let size = product.len().max(bound.len());
    product.resize(size, 0);
    bound.resize(size, 0);
    product.iter().rev().cmp(bound.iter().rev()).is_le()
}

/// The whole parts of 2^32 |sin(i)|. Source: RFC 1321, 3.4.
#[rustfmt::skip]
const SINES: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a,
    0xa830_4613, 0xfd46_9501, 0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be,
    0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821, 0xf61e_2562, 0xc040_b340,
    0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8,
    0x676f_02d9, 0x8d2a_4c8a, 0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c,
    0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70, 0x289b_7ec6, 0xeaa1_27fa,
    0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92,
    0xffef_f47d, 0x8584_5dd1, 0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1,
    0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];

/// The fractions of the cube roots of the first primes. Source: FIPS 180-4, 4.2.2.
#[rustfmt::skip]
const ROOTS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
    0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
    0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
    0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
    0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standards() {
        assert_eq!(md5_of(b"abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(sha1_of(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(b"abc"), sha);
        assert!(sha512_of(b"abc").starts_with("ddaf35a193617abacc417349ae204131"));
        assert!(sha512_of(&[b'a'; 112]).len() == 128);
        for len in [55, 56, 63, 64, 65] {
            assert_eq!(padded(&vec![b'a'; len], true).len() % 64, 0, "{len}");
        }
    }
}
