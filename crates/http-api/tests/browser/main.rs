//! A donor in a real browser: headless Chromium against `donations serve --sandbox`, on both databases. Screenshots stay
//! in `target/screenshots`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

#[path = "../processes/server.rs"]
#[allow(dead_code, reason = "the other test binary uses the rest")]
mod server;

mod accessible;
mod admin;
mod checkout;
mod donor;
mod form;
mod frontend;
mod keyboard;
mod mailbox;
mod news;
mod whole_way;
mod widget;
