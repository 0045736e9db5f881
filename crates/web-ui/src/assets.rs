//! Embedded files: what our pages load, each under an address that changes with its bytes, so that browsers may keep it for
//! good; and the widget, under one that never changes.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// A file that pages load.
pub(crate) struct Asset {
    /// Its address, with a part of its hash in it.
    pub(crate) path: String,
    /// What it is.
    pub(crate) content_type: &'static str,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

impl Asset {
    fn new(name: &str, extension: &str, content_type: &'static str, bytes: &[u8]) -> Self {
        let hash = hex::encode(Sha256::digest(bytes));
        let path = format!("/static/{name}-{}.{extension}", &hash[..16]);
        Self { path, content_type, bytes: bytes.to_owned() }
    }
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The typeface of a page's largest heading.
pub(crate) static HEADINGS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("headings", "woff2", "font/woff2", include_bytes!("../assets/fonts/headings.woff2")));

/// The typeface of the other headings.
pub(crate) static SUBHEADINGS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("subheadings", "woff2", "font/woff2", include_bytes!("../assets/fonts/subheadings.woff2"))
});

/// The one style sheet of the donor's pages. It names the typefaces by their addresses.
pub(crate) static STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("../assets/pages.css");
    let text = text.replace("\"headings.woff2", &format!("\"{}", HEADINGS.path));
    let text = text.replace("\"subheadings.woff2", &format!("\"{}", SUBHEADINGS.path));
    Asset::new("pages", "css", "text/css; charset=utf-8", text.as_bytes())
});

/// The administration's style sheet, on top of the general one.
pub(crate) static ADMIN_STYLESHEET: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("admin", "css", "text/css; charset=utf-8", include_bytes!("../assets/admin.css")));

/// What asks for news of a donation.
pub(crate) static HTMX: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("htmx", "js", SCRIPT, include_bytes!("../assets/htmx/htmx.min.js")));

/// What keeps trees and amount in step while they are typed.
pub(crate) static DONATE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("donate", "js", SCRIPT, include_bytes!("../assets/donate.js")));

/// All of them.
pub(crate) fn all() -> [&'static Asset; 6] {
    [&STYLESHEET, &ADMIN_STYLESHEET, &HEADINGS, &SUBHEADINGS, &HTMX, &DONATE]
}

/// A file that other people's pages load.
pub(crate) struct Widget {
    /// Its hash.
    pub(crate) hash: String,
    /// What is in it.
    pub(crate) text: &'static str,
}

pub(crate) static WIDGET: LazyLock<Widget> = LazyLock::new(|| {
    let text = include_str!("../assets/widget.js");
    Widget { hash: hex::encode(&Sha256::digest(text.as_bytes())[..16]), text }
});
