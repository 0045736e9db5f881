//! The site's files, built into the program.

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use url::Url;

/// Stands in the pages where the API's address belongs.
const API_URL: &str = "{{API_URL}}";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file under the address that it is served at.
macro_rules! files {
    ($($path:literal is $file:literal as $kind:expr),+ $(,)?) => {
        &[$(($path, $kind, include_str!(concat!("../site/", $file)))),+]
    };
}

const FILES: &[(&str, &str, &str)] = files!(
    "/" is "index.html" as HTML,
    "/widget" is "widget.html" as HTML,
    "/donations" is "donations.html" as HTML,
    "/reset-password" is "reset-password.html" as HTML,
    "/confirm-email" is "confirm-email.html" as HTML,
    "/site.css" is "site.css" as "text/css; charset=utf-8",
    "/config.js" is "config.js" as SCRIPT,
    "/js/api.js" is "js/api.js" as SCRIPT,
    "/js/dom.js" is "js/dom.js" as SCRIPT,
    "/js/session.js" is "js/session.js" as SCRIPT,
    "/js/sign-in.js" is "js/sign-in.js" as SCRIPT,
    "/js/texts.js" is "js/texts.js" as SCRIPT,
    "/js/frame.js" is "js/frame.js" as SCRIPT,
    "/js/home.js" is "js/home.js" as SCRIPT,
    "/js/donation.js" is "js/donation.js" as SCRIPT,
    "/js/donations.js" is "js/donations.js" as SCRIPT,
    "/js/reset-password.js" is "js/reset-password.js" as SCRIPT,
    "/js/confirm-email.js" is "js/confirm-email.js" as SCRIPT,
    "/js/token.js" is "js/token.js" as SCRIPT,
    "/js/plain.js" is "js/plain.js" as SCRIPT,
);

/// `/donations/{id}`, where the gateway sends donors back to.
const DONATION_PAGE: &str = include_str!("../site/donation.html");
const NO_PAGE: &str = include_str!("../site/no-page.html");

/// What the files are filled with.
pub(crate) struct Site {
    api: String,
}

impl Site {
    /// Pages that call the API at `api`.
    pub(crate) fn new(api: &Url) -> Self {
        Self { api: api.as_str().trim_end_matches('/').to_owned() }
    }

    fn find(&self, path: &str) -> (StatusCode, &'static str, String) {
        let known = FILES.iter().find(|(known, ..)| *known == path);
        let (status, kind, text) = match (known, path.strip_prefix("/donations/")) {
            (Some((_, kind, text)), _) => (StatusCode::OK, *kind, *text),
            (None, Some(id)) if !id.is_empty() && !id.contains('/') => (StatusCode::OK, HTML, DONATION_PAGE),
            (None, _) => (StatusCode::NOT_FOUND, HTML, NO_PAGE),
        };
        // A parsed address has no quotes or angle brackets in it: it is the same in HTML and in a script.
        (status, kind, text.replace(API_URL, &self.api))
    }
}

/// Any path of the site.
pub(crate) async fn file(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header(("Allow", "GET, HEAD")).finish();
    }
    let (status, kind, text) = site.find(request.path());
    HttpResponse::build(status).content_type(kind).body(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_its_page() {
        let site = Site::new(&Url::parse("https://donate.charity.kz/").unwrap());
        let (status, kind, text) = site.find("/config.js");
        assert_eq!((status, kind), (StatusCode::OK, SCRIPT));
        assert!(text.contains("\"https://donate.charity.kz\"") && !text.contains("{{"), "{text}");
        assert!(site.find("/widget").2.contains("src=\"https://donate.charity.kz/widget.js\""));
        assert_eq!(site.find("/donations/0193").2, DONATION_PAGE);
        for path in ["/donations/", "/donations/a/b", "/nowhere", "/../Cargo.toml"] {
            assert_eq!(site.find(path).0, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn the_pages_need_nothing_that_their_policy_forbids() {
        for (path, _, text) in FILES {
            for forbidden in
                ["innerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=", " onclick=", "<style"]
            {
                assert!(!text.contains(forbidden), "{path} has {forbidden}");
            }
            assert!(!text.replace("src=", "").contains("<script>"), "{path} has an inline script");
        }
    }
}
