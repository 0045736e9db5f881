//! The program itself, in a process of its own, and an administrator who asks it.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

use crate::database::{EMAIL, PASSWORD};

/// So many questions are not counted: connections are made, and caches filled.
const WARM_UP: u32 = 5;

/// So many questions at most are asked before one signs in again.
const TOKEN_LASTS: Duration = Duration::from_secs(20 * 60);

pub struct Server {
    child: Child,
    _folder: TempDir,
    url: String,
    client: Client,
    token: std::cell::RefCell<(String, Instant)>,
}

impl Server {
    /// Starts it, and signs in.
    pub async fn start(database: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = Command::new(program()?);
        command.current_dir(folder.path()).env_clear();
        command.env("DATABASE_URL", database).env("PORT", "0").env("RATE_LIMIT_ENABLED", "false");
        command.env("LOG_FORMAT", "json").stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| format!("donations: {error}"))?;
        let stderr = child.stderr.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(stderr).lines();
        let url = listening(&mut lines).await?;
        // Somebody has to read on, or the server waits when the pipe is full.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let client = Client::new();
        let token = (sign_in(&client, &url).await?, Instant::now());
        Ok(Self { child, _folder: folder, url, client, token: token.into() })
    }

    /// The answer to a question, which must be a good one.
    pub async fn ask(&self, path: &str) -> Result<String, String> {
        if self.token.borrow().1.elapsed() > TOKEN_LASTS {
            let fresh = sign_in(&self.client, &self.url).await?;
            self.token.replace((fresh, Instant::now()));
        }
        let token = self.token.borrow().0.clone();
        let asked = self.client.get(format!("{}{path}", self.url)).bearer_auth(token).send().await;
        let answer = asked.map_err(|error| format!("{path}: {error}"))?;
        let status = answer.status();
        let body = answer.text().await.map_err(|error| format!("{path}: {error}"))?;
        if status.is_success() { Ok(body) } else { Err(format!("{path}: {status}: {body}")) }
    }

    pub async fn ask_json(&self, path: &str) -> Result<Value, String> {
        serde_json::from_str(&self.ask(path).await?).map_err(|error| format!("{path}: {error}"))
    }

    /// How long each of so many answers took, from the question to the answer's last byte, in microseconds.
    pub async fn measure(&self, path: &str, times: u32) -> Result<Vec<u128>, String> {
        for _ in 0..WARM_UP {
            self.ask(path).await?;
        }
        let mut taken = Vec::new();
        for _ in 0..times {
            let begun = Instant::now();
            self.ask(path).await?;
            taken.push(begun.elapsed().as_micros());
        }
        Ok(taken)
    }

    pub async fn stop(mut self) {
        // It is thrown away with its database: nothing is lost.
        let _ = self.child.kill().await;
    }
}

async fn listening(lines: &mut Lines<BufReader<ChildStderr>>) -> Result<String, String> {
    let mut seen = String::new();
    while let Some(line) = lines.next_line().await.map_err(|error| error.to_string())? {
        let event: Value = serde_json::from_str(&line).unwrap_or_default();
        if event["message"] == "server.listening" {
            let address = event["address"].as_str().ok_or("the server listens nowhere")?;
            return Ok(format!("http://{address}"));
        }
        seen = seen + &line + "\n";
    }
    Err(format!("the server ended at once:\n{seen}"))
}

async fn sign_in(client: &Client, url: &str) -> Result<String, String> {
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = client.post(format!("{url}/api/auth/login")).json(&body).send().await;
    let answer: Value = answer.map_err(|error| error.to_string())?.json().await.map_err(|error| error.to_string())?;
    answer["token"].as_str().map(str::to_owned).ok_or_else(|| "nobody can sign in".to_owned())
}

/// The server beside this program's folder, where Cargo puts it.
fn program() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = here.ancestors().nth(2).ok_or("this program lies nowhere")?;
    Ok(folder.join("donations"))
}
