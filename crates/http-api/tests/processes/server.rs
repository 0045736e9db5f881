//! A running `donations serve`.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_donations");

/// Longer than any step takes on the slowest machine; only a broken program makes a test wait for it.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct ServerProcess {
    child: Child,
    pub url: String,
    /// Where its metrics are, if anywhere.
    pub metrics: Option<String>,
    /// Its log lines so far.
    pub log: Arc<Mutex<Vec<String>>>,
    /// Made when it is first used: a server that others call needs none, and making one takes longer than its start.
    client: OnceLock<reqwest::Client>,
    _folder: tempfile::TempDir,
}

/// The program with these settings and no others.
pub fn program(folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(PROGRAM);
    // All calls come from one address.
    command
        .current_dir(folder)
        .env_clear()
        .env("RATE_LIMIT_ENABLED", "false")
        .envs(settings.iter().copied())
        .kill_on_drop(true);
    command
}

impl ServerProcess {
    /// Starts the program and waits until it says where it listens.
    pub async fn start(settings: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program(folder.path(), settings);
        command.args(arguments).env("PORT", "0").env("LOG_FORMAT", "json").stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut seen, mut metrics) = (Vec::new(), None);
        let address = loop {
            let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
            let Some(line) = line else { panic!("the server ended: {seen:#?}") };
            let event: Value = serde_json::from_str(&line).unwrap_or_default();
            if event["message"] == "server.listening" {
                break event["address"].as_str().unwrap().to_owned();
            }
            if event["message"] == "metrics.listening" {
                metrics = event["address"].as_str().map(|address| format!("http://{address}/metrics"));
            }
            seen.push(line);
        };
        // Somebody has to read on, or the server blocks when the pipe is full.
        let log = Arc::new(Mutex::new(seen));
        let kept = log.clone();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                kept.lock().unwrap().push(line);
            }
        });
        Self { child, url: format!("http://{address}"), metrics, log, client: OnceLock::new(), _folder: folder }
    }

    fn client(&self) -> &reqwest::Client {
        self.client.get_or_init(reqwest::Client::new)
    }

    pub async fn post(&self, path: &str, body: Value) -> reqwest::Result<(u16, Value)> {
        let answer = self.client().post(format!("{}{path}", self.url)).json(&body).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    pub async fn get(&self, path: &str) -> Value {
        self.client().get(format!("{}{path}", self.url)).send().await.unwrap().json().await.unwrap()
    }

    /// A guest's new donation of 5 000 ₸: its id.
    pub async fn donate(&self) -> String {
        let body = json!({ "amount": 5000, "donor_name": "Айгүл", "donor_email": "aigul@example.com" });
        let (status, donation) = self.post("/api/guest-donations", body).await.unwrap();
        assert_eq!(status, 201, "{donation}");
        donation["id"].as_str().unwrap().to_owned()
    }

    pub async fn pay(&self, donation: &str) -> (u16, Value) {
        self.post(&format!("/api/guest-donations/{donation}/payment"), json!({})).await.unwrap()
    }

    /// Asks until the donation is in this state.
    pub async fn wait_for(&self, donation: &str, status: &str) -> Value {
        let path = format!("/api/guest-donations/{donation}");
        let asked = async {
            let mut pause = tokio::time::interval(Duration::from_millis(50));
            loop {
                pause.tick().await;
                let donation = self.get(&path).await;
                if donation["status"] == status {
                    return donation;
                }
            }
        };
        tokio::time::timeout(PATIENCE, asked).await.unwrap()
    }

    /// `kill -9`.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// `kill -TERM`, and how it ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap()
    }
}
