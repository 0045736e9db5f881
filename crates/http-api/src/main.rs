//! `donations`: see [`http_api::cli`].

use std::process::ExitCode;

#[actix_web::main]
async fn main() -> ExitCode {
    http_api::cli::run().await
}
