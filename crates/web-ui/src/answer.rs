//! Pages on the wire.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use domain::Language;

/// What every page may load: its own files, and pictures written into it. No script but our own files, nothing written
/// into the page, nothing evaluated; requests from scripts to us alone.
macro_rules! policy {
    ($forms:literal) => {
        concat!(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; ",
            "img-src 'self' data:; form-action ",
            $forms,
            "; frame-ancestors 'none'; base-uri 'none'"
        )
    };
}

/// Where a page's forms may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// The page has none.
    None,
    /// To us, and nowhere else.
    ToUs,
    /// To us, and by our redirect on to the gateway's checkout. Browsers hold a form's redirects to `form-action` too
    /// (CSP 3, 6.4.1.1 and its note), and only the gateway knows which host its checkout is on; so every host over
    /// HTTPS is allowed, and plain HTTP on the donor's own machine, where a developer's gateway runs.
    ToCheckout,
}

impl Forms {
    const fn policy(self) -> &'static str {
        match self {
            Self::None => policy!("'none'"),
            Self::ToUs => policy!("'self'"),
            Self::ToCheckout => policy!("'self' https: http://localhost:* http://127.0.0.1:*"),
        }
    }
}

/// The page, kept by nobody on the way: it may be about one donor.
pub(crate) fn html(page: &impl Template, status: StatusCode, language: Language, forms: Forms) -> HttpResponse {
    let body = page.render().unwrap_or_else(|error| {
        // Our templates write into memory and cannot fail.
        tracing::error!(%error, "a page could not be written");
        String::new()
    });
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .insert_header((header::CONTENT_SECURITY_POLICY, forms.policy()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept-Language"))
        // A donation's id opens its page: no other site may learn it. (With `no-referrer` a browser that knows no
        // `Sec-Fetch-Site` would not say either where our own forms come from.)
        .insert_header((header::REFERRER_POLICY, "same-origin"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .body(body)
}

/// On to another page, by GET.
pub(crate) fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}
