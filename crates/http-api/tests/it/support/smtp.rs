//! A mail server (RFC 5321) that takes everything, except where it is told otherwise. What it took is decoded by something that did not
//! write it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use mail_parser::{Message, MessageParser, MimeHeaders as _};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};

/// What it does when a mail has been written out.
#[derive(Debug, Clone, Copy)]
pub enum Reaction {
    /// Keeps it and never answers.
    TakeAndHang,
    /// Keeps it and is gone.
    TakeAndCut,
    /// Says this in place of taking it.
    Say(&'static str),
}

/// A mail that it took.
#[derive(Debug, Clone)]
pub struct TakenMail {
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
}

impl TakenMail {
    fn message(&self) -> Message<'_> {
        MessageParser::default().parse(&self.bytes).unwrap()
    }

    /// Its Message-ID.
    pub fn id(&self) -> String {
        self.message().message_id().unwrap().to_owned()
    }

    pub fn plain(&self) -> String {
        self.message().body_text(0).unwrap().into_owned()
    }

    pub fn html(&self) -> String {
        self.message().body_html(0).unwrap().into_owned()
    }

    /// Name, content type and bytes of each file.
    pub fn attachments(&self) -> Vec<(String, String, Vec<u8>)> {
        let message = self.message();
        let files = message.attachments().map(|part| {
            let kind = part.content_type().unwrap();
            let kind = format!("{}/{}", kind.ctype(), kind.subtype().unwrap());
            (part.attachment_name().unwrap().to_owned(), kind, part.contents().to_vec())
        });
        files.collect()
    }
}

#[derive(Default)]
struct Books {
    taken: Vec<TakenMail>,
    next: VecDeque<Reaction>,
    down: bool,
}

/// The server; it ends with the test.
pub struct MailServer {
    pub address: SocketAddr,
    books: Arc<Mutex<Books>>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, books) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Books::default())));
        let kept = Arc::clone(&books);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(BufStream::new(stream), Arc::clone(&kept)));
            }
        });
        Self { address, books }
    }

    /// What it does with the next mail.
    pub fn next(&self, reaction: Reaction) {
        self.books.lock().unwrap().next.push_back(reaction);
    }

    /// Turns every caller away.
    pub fn go_down(&self) {
        self.books.lock().unwrap().down = true;
    }

    pub fn come_back(&self) {
        self.books.lock().unwrap().down = false;
    }

    pub fn taken(&self) -> Vec<TakenMail> {
        self.books.lock().unwrap().taken.clone()
    }
}

/// `None` when it is over.
async fn converse(mut stream: BufStream<TcpStream>, books: Arc<Mutex<Books>>) -> Option<()> {
    let down = books.lock().unwrap().down;
    say(&mut stream, if down { "421 closed for today" } else { "220 test ESMTP" }).await?;
    let mut to = Vec::new();
    loop {
        let line = String::from_utf8(line(&mut stream).await?).unwrap();
        match line.split([' ', ':']).next()?.trim_end() {
            "RCPT" => {
                to.push(line.trim_end().trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned());
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                say(&mut stream, "354 go ahead").await?;
                let taken = TakenMail { to: std::mem::take(&mut to), bytes: written_out(&mut stream).await? };
                let reaction = books.lock().unwrap().next.pop_front();
                if !matches!(reaction, Some(Reaction::Say(_))) {
                    books.lock().unwrap().taken.push(taken);
                }
                match reaction {
                    Some(Reaction::TakeAndHang) => std::future::pending().await,
                    Some(Reaction::TakeAndCut) => return None,
                    Some(Reaction::Say(line)) => say(&mut stream, line).await?,
                    None => say(&mut stream, "250 it is mine now").await?,
                }
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn say(stream: &mut BufStream<TcpStream>, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

async fn line(stream: &mut BufStream<TcpStream>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await.ok()?;
    line.ends_with(b"\r\n").then_some(line)
}

/// Up to the dot on a line of its own, without the dots that were put before others.
async fn written_out(stream: &mut BufStream<TcpStream>) -> Option<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let line = line(stream).await?;
        match line.as_slice() {
            b".\r\n" => return Some(mail),
            [b'.', rest @ ..] => mail.extend_from_slice(rest),
            line => mail.extend_from_slice(line),
        }
    }
}
