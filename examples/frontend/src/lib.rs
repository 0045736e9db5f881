//! The example site's server: static files and their security headers. Everything that a donor sees happens in the browser,
//! over the REST API; any other web server could stand here.

mod files;
mod headers;

use std::io;
use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::{App, HttpServer, web};
use url::Url;

use crate::headers::security_headers;

/// Answers with the site's pages on `listener`; they call the API at `api`.
///
/// # Errors
/// If the listener cannot be used.
pub fn serve(listener: TcpListener, api: &Url) -> io::Result<Server> {
    let api = api.clone();
    let server = HttpServer::new(move || {
        App::new()
            .wrap(security_headers(&api))
            .app_data(web::Data::new(files::Site::new(&api)))
            .default_service(web::to(files::file))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}
