//! What a browser may do with the site's pages.

use actix_web::middleware::DefaultHeaders;
use url::Url;

/// Scripts come from the site and, for the widget, from the API; only the API is called. Nothing stands inline, so nothing
/// that somebody smuggles into a page runs. A donation's id opens its page: no other site may learn it from `Referer`.
pub(crate) fn security_headers(api: &Url) -> DefaultHeaders {
    let api = api.origin().ascii_serialization();
    let policy = format!(
        "default-src 'none'; script-src 'self' {api}; connect-src {api}; style-src 'self'; img-src 'self' data:; \
         form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    );
    DefaultHeaders::new()
        .add(("Content-Security-Policy", policy))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Cache-Control", "no-cache"))
}
