//! Where a request comes from.

use std::net::IpAddr;

use actix_web::{HttpRequest, web};
use domain::ClientNet;
use ipnet::IpNet;

use crate::state::AppState;

/// The client's address: the connection's own, or, if that is a trusted proxy's, the last one in `X-Forwarded-For` that
/// is not. What stands before it is the client's own word and counts for nothing. `unknown` if there is none.
pub fn client_address(request: &HttpRequest) -> String {
    address(request).map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

/// The same, as finely as limits tell clients apart.
pub fn client_net(request: &HttpRequest) -> ClientNet {
    ClientNet::of(address(request))
}

fn address(request: &HttpRequest) -> Option<IpAddr> {
    let trusted = request.app_data::<web::Data<AppState>>().map(|state| state.site.trusted_proxies.clone());
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let forwarded: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    let peer = request.peer_addr().map(|address| address.ip());
    resolve(peer, &forwarded, &trusted.unwrap_or_default())
}

fn resolve(peer: Option<IpAddr>, forwarded: &[&str], trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(&address.to_canonical()));
    let mut address = peer?.to_canonical();
    for hop in forwarded.iter().rev() {
        if !is_trusted(&address) {
            break;
        }
        let Ok(before) = hop.parse::<IpAddr>() else { break };
        address = before.to_canonical();
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        resolve(Some(peer.parse().unwrap()), forwarded, &trusted).unwrap().to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(resolved("203.0.113.5", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.5");
    }

    #[test]
    fn a_trusted_proxy_tells_the_address_that_it_saw() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(resolved("10.0.0.1", &["198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(resolved("10.0.0.1", &["1.2.3.4", "198.51.100.1", "10.0.0.2"], &trusted), "198.51.100.1");
        assert_eq!(resolved("::ffff:10.0.0.1", &["198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(resolved("10.0.0.1", &["nonsense"], &trusted), "10.0.0.1");
    }
}
