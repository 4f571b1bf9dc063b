//! Base64 with the alphabet of RFC 4648, as the API carries bytes in.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text, padded.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i > chunk.len() { b'=' } else { letter });
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Text back to bytes; line ends are skipped. `None` if it is no base64.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for letter in text.bytes().filter(|b| !matches!(b, b'\n' | b'\r')) {
        if letter == b'=' {
            break;
        }
        let value = LETTERS.iter().position(|l| *l == letter)?;
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

/// Bytes as text that can stand in an address: unpadded, with `-` and `_`.
pub fn encode_url(bytes: &[u8]) -> String {
    encode(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// Such a text back to bytes. `None` if it is none.
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    let strange = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
    (!text.contains(strange))
        .then(|| text.replace('-', "+").replace('_', "/"))
        .and_then(|text| decode(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for (bytes, text) in [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text), Some(bytes.as_bytes().to_vec()));
        }
        assert_eq!(decode("YW\nJj"), Some(b"abc".to_vec()));
        assert_eq!(decode("a*"), None);
    }

    #[test]
    fn bytes_can_stand_in_an_address() {
        let bytes = [0xfb, 0xff, 0xfe, 1];
        assert_eq!(encode_url(&bytes), "-__-AQ");
        assert_eq!(decode_url("-__-AQ"), Some(bytes.to_vec()));
        assert_eq!((decode_url("a+b="), decode_url("a b")), (None, None));
    }
}
