//! A network between the server and Ioka that holds answers back on request.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

pub struct Proxy {
    address: SocketAddr,
    open: watch::Sender<bool>,
    held: Arc<Notify>,
}

impl Proxy {
    /// Hands everything on to `upstream`.
    pub async fn start(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, gate) = watch::channel(true);
        let held = Arc::new(Notify::new());
        let noticed = held.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(upstream).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                let (_always, free) = watch::channel(true);
                tokio::spawn(hand_on(from_client, to_server, free, Arc::default()));
                tokio::spawn(hand_on(from_server, to_client, gate.clone(), noticed.clone()));
            }
        });
        Self { address, open, held }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on no answer comes through.
    pub fn hold_answers(&self) {
        self.open.send_replace(false);
    }

    /// Waits until an answer is being held: what it answers has been done.
    pub async fn answer_held(&self) {
        self.held.notified().await;
    }

    pub fn let_go(&self) {
        self.open.send_replace(true);
    }
}

async fn hand_on(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut gate: watch::Receiver<bool>, held: Arc<Notify>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if !*gate.borrow() {
            held.notify_one();
        }
        if gate.wait_for(|open| *open).await.is_err() && !*gate.borrow() {
            return;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
