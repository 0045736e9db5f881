//! Embedded files: the one style sheet, under an address that changes with its text, so that browsers may keep it for good;
//! and the widget, under one that never changes.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// A file that every page loads.
pub(crate) struct Asset {
    /// Its address, with a part of its hash in it.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: &'static str,
}

pub(crate) static STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("../assets/pages.css");
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    Asset { path: format!("/static/pages-{}.css", &hash[..16]), text }
});

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
