//! IPv4 addresses and ports.

use std::fmt;

/// An IPv4 address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Ip(pub u32);

impl Ip {
    /// `0.0.0.0`: any address of the namespace.
    pub const ANY: Ip = Ip(0);
    /// `127.0.0.1`
    pub const LOCALHOST: Ip = Ip(0x7f00_0001);

    /// Reads `10.244.0.5`.
    pub fn parse(text: &str) -> Option<Ip> {
        let mut parts = text.split('.');
        let mut value = 0_u32;
        for _ in 0..4 {
            let part = parts.next().filter(|p| !p.starts_with('+'))?;
            value = value << 8 | u32::from(part.parse::<u8>().ok()?);
        }
        parts.next().is_none().then_some(Ip(value))
    }

    /// Whether it is in `127.0.0.0/8`.
    pub fn is_loopback(self) -> bool {
        self.0 >> 24 == 127
    }

    /// Whether its first `bits` bits are those of `of`.
    pub fn is_in(self, of: Ip, bits: u32) -> bool {
        (self.0 ^ of.0) >> (32 - bits) == 0
    }
}

impl fmt::Display for Ip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0.to_be_bytes();
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

/// An address and a port.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Addr {
    /// The address.
    pub ip: Ip,
    /// The port.
    pub port: u16,
}

impl Addr {
    /// This address and this port.
    pub const fn new(ip: Ip, port: u16) -> Addr {
        Addr { ip, port }
    }
}

impl fmt::Display for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.ip, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        assert_eq!(Ip::parse("10.244.0.5").map(|ip| ip.to_string()).as_deref(), Some("10.244.0.5"));
        for text in ["", "10.0.0", "10.0.0.256", "1.2.3.4.5", "a.b.c.d", "1.2.3.+4"] {
            assert_eq!(Ip::parse(text), None, "{text}");
        }
        assert!(Ip::LOCALHOST.is_loopback() && Ip(0x0af4_0005).is_in(Ip(0x0af4_0000), 16));
    }
}
