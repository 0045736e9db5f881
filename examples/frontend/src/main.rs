//! `cargo run -p example-frontend`: the example site on http://localhost:3000.

use std::io::{self, Write as _};
use std::net::TcpListener;

use clap::Parser;
use url::Url;

/// A small site that takes donations over the REST API.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// The address to listen on.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on.
    #[arg(long, env = "PORT", default_value_t = 3000)]
    port: u16,
    /// Where the donation server is, as browsers reach it.
    #[arg(long, env = "API_URL", default_value = "http://localhost:5000", value_parser = api)]
    api_url: Url,
}

fn api(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none());
    url.ok_or_else(|| "must be an address that begins with http:// or https://".to_owned())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind((arguments.host.as_str(), arguments.port))?;
    writeln!(io::stdout(), "http://localhost:{} → {}", listener.local_addr()?.port(), arguments.api_url)?;
    let server = example_frontend::serve(listener, &arguments.api_url)?;
    tokio::select! {
        ended = server => ended,
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}
