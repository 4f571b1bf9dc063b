//! The deflate format (RFC 1951) and the frame `gzip` puts around it (RFC 1952).

use crate::shell::limits;

/// The most bytes that are unpacked.
const MOST: usize = 4 * limits::TEXT_BYTES;
/// The order in which the lengths of code lengths come.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Packs bytes. They are stored, as the size of a file that only a simulator sees is not worth a
/// search for repetitions.
pub fn pack(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let count = data.len().div_ceil(0xffff).max(1);
    for nth in 0..count {
        let block = &data[nth * 0xffff..data.len().min((nth + 1) * 0xffff)];
        let len = block.len() as u16;
        out.push(u8::from(nth + 1 == count));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(block);
    }
    out.extend(crc(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out
}

/// Whether bytes are packed.
pub fn is_packed(data: &[u8]) -> bool {
    data.starts_with(&[0x1f, 0x8b])
}

/// Unpacks bytes. Errors: what is wrong with them.
pub fn unpack(data: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut out = Vec::new();
    let mut rest = data;
    while out.is_empty() || is_packed(rest) {
        if !is_packed(rest) || rest.get(2) != Some(&8) {
            return Err("invalid magic");
        }
        let mut bits = Bits { data: rest, at: 8 * header(rest).ok_or("short read")? };
        let from = out.len();
        inflate(&mut bits, &mut out, from).ok_or("corrupted data")?;
        let end = bits.at.div_ceil(8);
        let sum = rest.get(end..end + 4).ok_or("short read")?;
        if sum != crc(&out[from..]).to_le_bytes() {
            return Err("crc error");
        }
        rest = rest.get(end + 8..).unwrap_or(&[]);
        if out.is_empty() {
            break;
        }
    }
    Ok(out)
}

/// Where what is packed begins.
fn header(data: &[u8]) -> Option<usize> {
    let flags = *data.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(*data.get(at)?) + 256 * usize::from(*data.get(at + 1)?);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += data.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    Some(at + if flags & 2 != 0 { 2 } else { 0 })
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Option<usize> {
        let mut value = 0;
        for nth in 0..count {
            let byte = *self.data.get(self.at / 8)?;
            value |= usize::from(byte >> (self.at % 8) & 1) << nth;
            self.at += 1;
        }
        Some(value)
    }
}

/// A Huffman code: how many symbols there are of each length, and the symbols in order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    fn new(lengths: &[usize]) -> Code {
        let mut counts = [0; 16];
        lengths.iter().for_each(|len| counts[*len] += 1);
        let of = |len| (0..lengths.len()).filter(move |symbol| lengths[*symbol] == len);
        counts[0] = 0;
        Code { counts, symbols: (1..16).flat_map(of).collect() }
    }

    fn symbol(&self, bits: &mut Bits) -> Option<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(index + code - first).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

fn inflate(bits: &mut Bits, out: &mut Vec<u8>, from: usize) -> Option<()> {
    loop {
        let last = bits.take(1)?;
        match bits.take(2)? {
            0 => {
                let start = bits.at.div_ceil(8) + 4;
                let len = bits.data.get(start - 4..start - 2)?;
                let end = start + usize::from(u16::from_le_bytes([len[0], len[1]]));
                out.extend(bits.data.get(start..end)?);
                bits.at = end * 8;
            }
            1 => {
                let len = |symbol| match symbol {
                    0..144 | 280.. => 8,
                    144..256 => 9,
                    _ => 7,
                };
                let lengths: Vec<usize> = (0..288).map(len).collect();
                block(bits, out, from, &Code::new(&lengths), &Code::new(&[5; 30]))?;
            }
            2 => {
                let (lengths, distances) = codes(bits)?;
                block(bits, out, from, &lengths, &distances)?;
            }
            _ => return None,
        }
        if last == 1 || out.len() > MOST {
            return (last == 1).then_some(());
        }
    }
}

/// The two codes that stand before a block.
fn codes(bits: &mut Bits) -> Option<(Code, Code)> {
    let (literals, distances) = (bits.take(5)? + 257, bits.take(5)? + 1);
    let count = bits.take(4)? + 4;
    let mut lengths = vec![0; 19];
    for place in &ORDER[..count] {
        lengths[*place] = bits.take(3)?;
    }
    let code = Code::new(&lengths);
    let mut all: Vec<usize> = Vec::new();
    while all.len() < literals + distances {
        let (value, times) = match code.symbol(bits)? {
            16 => (*all.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            len => (len, 1),
        };
        all.extend(std::iter::repeat_n(value, times));
    }
    let tail = all.get(literals..literals + distances)?;
    Some((Code::new(&all[..literals]), Code::new(tail)))
}

fn block(
    bits: &mut Bits,
    out: &mut Vec<u8>,
    from: usize,
    literals: &Code,
    distances: &Code,
) -> Option<()> {
    loop {
        match literals.symbol(bits)? {
            byte @ 0..256 => out.push(byte as u8),
            256 => return Some(()),
            symbol => {
                let len = match symbol - 257 {
                    nth @ 0..8 => nth + 3,
                    28 => 258,
                    nth => spread(bits, nth, 4)? + 3,
                };
                let back = match distances.symbol(bits)? {
                    nth @ 0..4 => nth + 1,
                    nth => spread(bits, nth, 2)? + 1,
                };
                let start = out.len().checked_sub(back).filter(|start| *start >= from)?;
                for at in start..start + len {
                    out.push(out[at]);
                }
            }
        }
        if out.len() > MOST {
            return None;
        }
    }
}

/// A length or distance whose symbol says how many bits follow: so many symbols for each count.
fn spread(bits: &mut Bits, nth: usize, each: usize) -> Option<usize> {
    let more = (nth / each - 1) as u32;
    Some(((each + nth % each) << more) + bits.take(more)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for text in [&b""[..], b"hello", &[7; 100_000]] {
            assert_eq!(unpack(&pack(text)).unwrap(), text);
        }
        // Made by another program: with the fixed code, and with one of its own.
        let fixed = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 76, 132, 129, 164, 100, 8, 2, 0, 79, 152, 54, 137,
            18, 0, 0, 0,
        ];
        assert_eq!(unpack(&fixed).unwrap(), b"aaaaaaaaaabcabcabc");
        let own = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 109, 210, 59, 10, 195, 48, 16, 69, 209, 222, 171, 208,
            18, 52, 243, 244, 93, 142, 36, 108, 18, 82, 132, 64, 2, 89, 190, 193, 149, 139, 219,
            62, 56, 48, 12, 55, 134, 239, 99, 15, 159, 223, 115, 189, 194, 24, 35, 28, 239, 255,
            102, 183, 109, 206, 121, 109, 126, 219, 214, 90, 215, 38, 176, 9, 108, 6, 91, 192, 86,
            176, 13, 108, 167, 155, 35, 96, 51, 208, 230, 196, 69, 60, 17, 207, 196, 11, 241, 74,
            188, 17, 239, 244, 241, 8, 220, 13, 184, 59, 113, 17, 79, 196, 51, 241, 66, 188, 18,
            111, 196, 59, 245, 18, 129, 139, 106, 19, 230, 70, 189, 137, 130, 19, 21, 39, 74, 78,
            212, 156, 40, 58, 81, 117, 39, 95, 132, 4, 192, 62, 3, 0, 0,
        ];
        let line =
            |nth: usize| format!("{nth} the quick {} fox\n", "abc"[nth % 3..][..1].repeat(3));
        assert_eq!(unpack(&own).unwrap(), (0..40).map(line).collect::<String>().as_bytes());
        assert_eq!(unpack(b"junk"), Err("invalid magic"));
    }
}
