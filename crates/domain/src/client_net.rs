//! Where a caller is, as finely as limits tell callers apart.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// A client's address: an IPv4 address, or the /64 that an IPv6 address is of. Whoever has one IPv6 address has all of its
/// /64, which is the least that providers hand out (RFC 6177), so a finer distinction would limit nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientNet(Option<IpAddr>);

impl ClientNet {
    /// The net of an address. Clients without one (a connection that ended, a Unix socket) are all one.
    pub fn of(address: Option<IpAddr>) -> Self {
        Self(address.map(|address| match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }))
    }
}

impl fmt::Display for ClientNet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(IpAddr::V4(address)) => address.fmt(f),
            Some(IpAddr::V6(net)) => write!(f, "{net}/64"),
            None => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ClientNet;

    fn net(address: &str) -> String {
        ClientNet::of(Some(address.parse().unwrap())).to_string()
    }

    #[test]
    fn an_ipv6_client_is_its_slash_64_and_an_ipv4_client_its_address() {
        assert_eq!(net("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(net("2001:db8:1:2:ffff::1"), net("2001:db8:1:2::"));
        assert_ne!(net("2001:db8:1:3::1"), net("2001:db8:1:2::1"));
        assert_eq!(net("203.0.113.5"), "203.0.113.5");
        assert_eq!(net("::ffff:203.0.113.5"), "203.0.113.5");
        assert_eq!(ClientNet::of(None).to_string(), "unknown");
    }
}
