//! A receiver of webhooks that keeps what it gets and answers what it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

/// A webhook as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Inbox {
    received: Vec<Received>,
    answers: VecDeque<u16>,
}

/// A running receiver.
pub struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
    _server: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn take(inbox: web::Data<Mutex<Inbox>>, request: HttpRequest, body: String) -> HttpResponse {
    let headers =
        request.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let mut inbox = inbox.lock().unwrap();
    inbox.received.push(Received { headers, body });
    let status = inbox.answers.pop_front().unwrap_or(200);
    HttpResponse::build(StatusCode::from_u16(status).unwrap()).finish()
}

impl Receiver {
    /// Answers 200 to everything.
    pub async fn start() -> Self {
        Self::answering(&[]).await
    }

    /// Answers these statuses first, then 200.
    pub async fn answering(statuses: &[u16]) -> Self {
        let inbox = Arc::new(Mutex::new(Inbox { received: Vec::new(), answers: statuses.iter().copied().collect() }));
        let data = web::Data::from(Arc::clone(&inbox));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hooks/ioka", listener.local_addr().unwrap());
        let server =
            HttpServer::new(move || App::new().app_data(data.clone()).route("/hooks/ioka", web::post().to(take)))
                .workers(1)
                .disable_signals()
                .listen(listener)
                .unwrap()
                .run();
        Self { url, inbox, _server: tokio::spawn(server) }
    }

    pub fn received(&self) -> Vec<Received> {
        self.inbox.lock().unwrap().received.clone()
    }

    /// Waits for this many webhooks.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut pause = tokio::time::interval(Duration::from_millis(10));
        for _ in 0..1_000 {
            pause.tick().await;
            let received = self.received();
            if received.len() >= count {
                return received;
            }
        }
        panic!("{count} webhooks did not come: {:?}", self.received());
    }

    /// The events so far, in the order they came.
    pub fn events(&self) -> Vec<String> {
        self.received().iter().map(|one| one.json()["event"].as_str().unwrap().to_owned()).collect()
    }
}
