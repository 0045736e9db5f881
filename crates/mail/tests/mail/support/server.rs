//! A mail server (RFC 5321) that takes everything, except where a script says otherwise.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Where something can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the mail, instead of the answer to it.
    End,
    Noop,
    Quit,
}

/// What happens there.
#[derive(Debug, Clone, Copy)]
pub enum Reaction {
    /// This line instead of the usual one.
    Say(&'static str),
    /// The connection ends.
    Cut,
    /// Nothing ever.
    Hang,
}

/// How much the server can.
#[derive(Clone, Default)]
pub struct Skills {
    /// Lines of the answer to EHLO, `AUTH PLAIN` for one; `STARTTLS` is added if there is a certificate.
    pub extensions: &'static [&'static str],
    pub tls: Option<TlsAcceptor>,
    pub tls_at_once: Option<()>,
}

#[derive(Debug, Clone)]
pub struct Taken {
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
}

#[derive(Default)]
pub struct Books {
    pub script: HashMap<At, Reaction>,
    /// Mails that were answered for with 250, and those whose answer was scripted away.
    pub taken: Vec<Taken>,
    /// Every line that a client sent, with `tls ` before those that came encrypted.
    pub heard: Vec<String>,
    pub connections: usize,
}

pub struct SmtpServer {
    pub address: SocketAddr,
    books: Arc<Mutex<Books>>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        Self::with(Skills::default()).await
    }

    pub async fn with(skills: Skills) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let books = Arc::new(Mutex::new(Books::default()));
        let for_clients = Arc::clone(&books);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let client = Client { books: Arc::clone(&for_clients), skills: skills.clone() };
                client.books.lock().unwrap().connections += 1;
                tokio::spawn(client.serve(stream));
            }
        });
        Self { address, books }
    }

    /// One that reacts like this, always.
    pub async fn scripted(script: &[(At, Reaction)]) -> Self {
        let server = Self::start().await;
        server.books().script.extend(script.iter().copied());
        server
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    /// The client's lines that begin like this.
    pub fn heard(&self, start: &str) -> Vec<String> {
        self.books().heard.iter().filter(|line| line.starts_with(start)).cloned().collect()
    }
}

/// One conversation.
struct Client {
    books: Arc<Mutex<Books>>,
    skills: Skills,
}

/// How a conversation, or a part of it, ended.
enum Next<S> {
    Over,
    Encrypt(S),
}

impl Client {
    async fn serve(self, stream: TcpStream) {
        let acceptor = self.skills.tls.clone();
        let stream = match (&acceptor, self.skills.tls_at_once) {
            (Some(acceptor), Some(())) => {
                if let Ok(stream) = acceptor.accept(stream).await {
                    self.converse(BufStream::new(stream), "tls ", Some(At::Greeting)).await;
                }
                return;
            }
            _ => stream,
        };
        if let Some(Next::Encrypt(stream)) = self.converse(BufStream::new(stream), "", Some(At::Greeting)).await
            && let Ok(stream) = acceptor.unwrap().accept(stream).await
        {
            self.converse(BufStream::new(stream), "tls ", None).await;
        }
    }

    async fn converse<S>(&self, mut stream: BufStream<S>, mark: &str, greeting: Option<At>) -> Option<Next<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if let Some(at) = greeting {
            self.answer(&mut stream, at, "220 test ESMTP").await?;
        }
        let mut to = Vec::new();
        loop {
            let line = String::from_utf8(read_line(&mut stream).await?).unwrap();
            let line = line.trim_end();
            self.books.lock().unwrap().heard.push(format!("{mark}{line}"));
            match line.split([' ', ':']).next()? {
                "EHLO" => self.answer(&mut stream, At::Ehlo, &self.extensions(mark)).await?,
                "STARTTLS" => {
                    self.answer(&mut stream, At::StartTls, "220 go ahead").await?;
                    return Some(Next::Encrypt(stream.into_inner()));
                }
                "AUTH" => self.answer(&mut stream, At::Auth, "235 welcome").await?,
                "MAIL" => {
                    to.clear();
                    self.answer(&mut stream, At::Mail, "250 ok").await?;
                }
                "RCPT" => {
                    to.push(line.trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned());
                    self.answer(&mut stream, At::Rcpt, "250 ok").await?;
                }
                "DATA" => {
                    self.answer(&mut stream, At::Data, "354 go ahead").await?;
                    if !self.reaction_is_a_refusal(At::Data) {
                        let bytes = read_mail(&mut stream).await?;
                        if !self.reaction_is_a_refusal(At::End) {
                            self.books.lock().unwrap().taken.push(Taken { to: to.clone(), bytes });
                        }
                        self.answer(&mut stream, At::End, "250 it is mine now").await?;
                    }
                }
                "NOOP" => self.answer(&mut stream, At::Noop, "250 ok").await?,
                "RSET" => self.answer(&mut stream, At::Noop, "250 ok").await?,
                "QUIT" => {
                    self.answer(&mut stream, At::Quit, "221 bye").await?;
                    return Some(Next::Over);
                }
                _ => write_line(&mut stream, "500 what?").await?,
            }
        }
    }

    fn extensions(&self, mark: &str) -> String {
        let mut lines = vec!["test"];
        lines.extend(self.skills.extensions);
        if self.skills.tls.is_some() && mark.is_empty() {
            lines.push("STARTTLS");
        }
        let last = lines.len() - 1;
        let lines = lines.iter().enumerate();
        let lines: Vec<_> =
            lines.map(|(at, line)| format!("250{}{line}", if at == last { ' ' } else { '-' })).collect();
        lines.join("\r\n")
    }

    fn reaction(&self, at: At) -> Option<Reaction> {
        self.books.lock().unwrap().script.get(&at).copied()
    }

    fn reaction_is_a_refusal(&self, at: At) -> bool {
        matches!(self.reaction(at), Some(Reaction::Say(line)) if line.starts_with(['4', '5']))
    }

    /// `None` if the conversation is over.
    async fn answer<S: AsyncWrite + AsyncRead + Unpin>(
        &self,
        stream: &mut BufStream<S>,
        at: At,
        usual: &str,
    ) -> Option<()> {
        match self.reaction(at) {
            None => write_line(stream, usual).await,
            Some(Reaction::Say(line)) => write_line(stream, line).await,
            Some(Reaction::Cut) => None,
            Some(Reaction::Hang) => std::future::pending().await,
        }
    }
}

async fn write_line<S: AsyncWrite + AsyncRead + Unpin>(stream: &mut BufStream<S>, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

/// With its end; `None` if the client has gone.
async fn read_line<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufStream<S>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await.ok()?;
    line.ends_with(b"\r\n").then_some(line)
}

/// Up to the dot on a line of its own, without the dots that were put before others.
async fn read_mail<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufStream<S>) -> Option<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let line = read_line(stream).await?;
        match line.as_slice() {
            b".\r\n" => return Some(mail),
            [b'.', rest @ ..] => mail.extend_from_slice(rest),
            line => mail.extend_from_slice(line),
        }
    }
}
