//! What a running server shows beside the API.

use std::net::SocketAddr;

use application::House;
use http_api::server::Stopper;

use super::App;

/// A server that answers.
pub struct Served {
    pub address: SocketAddr,
    pub metrics: Option<SocketAddr>,
    pub stopper: Stopper,
    pub house: House,
}

impl App {
    /// What this very server has in hand: what is done with it, it has seen.
    pub fn served_house(&self) -> House {
        self.served.house.clone()
    }

    /// Where Prometheus asks.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.served.metrics
    }

    /// What Prometheus is told.
    pub async fn metrics(&self) -> String {
        let url = format!("http://{}/metrics", self.metrics_address().unwrap());
        let answer = reqwest::get(url).await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    }
}
