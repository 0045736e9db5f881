//! One address in front of servers that come and go, as a load balancer is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Default)]
struct Servers {
    addresses: Arc<Mutex<Vec<String>>>,
    turn: Arc<AtomicUsize>,
}

pub struct WayIn {
    address: String,
    servers: Servers,
}

impl WayIn {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let servers = Servers::default();
        let behind = servers.clone();
        tokio::spawn(async move {
            while let Ok((mut outer, _)) = listener.accept().await {
                let behind = behind.clone();
                tokio::spawn(async move {
                    // Whom nobody serves is hung up on.
                    let Some(mut inner) = behind.connect().await else { return };
                    let _ = tokio::io::copy_bidirectional(&mut outer, &mut inner).await;
                });
            }
        });
        Self { address, servers }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// One more server.
    pub fn lead_to(&self, url: &str) {
        self.servers.addresses.lock().unwrap().push(url.trim_start_matches("http://").to_owned());
    }

    /// One server less.
    pub fn forget(&self, url: &str) {
        self.servers.addresses.lock().unwrap().retain(|address| !url.ends_with(address.as_str()));
    }
}

impl Servers {
    /// The servers in turn; the next one, if one does not answer.
    async fn connect(&self) -> Option<TcpStream> {
        let mut addresses = self.addresses.lock().unwrap().clone();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let count = addresses.len().max(1);
        addresses.rotate_left(turn % count);
        for address in addresses {
            if let Ok(stream) = TcpStream::connect(&address).await {
                return Some(stream);
            }
        }
        None
    }
}
