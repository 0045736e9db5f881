//! The donor's pages: server-rendered HTML in Kazakh, Russian and English, without a line of JavaScript.
//!
//! A page shows what the house knows and decides nothing: the same use cases as behind the REST API, the same domain
//! types checking what is typed. Deliberately absent: cookies, scripts, third-party requests. The language travels in
//! the address; the only state is the donation itself.

mod answer;
mod assets;
mod form;
mod handlers;
mod language;
mod mailbox;
mod money;
mod pages;
mod routes;
mod texts;
mod views;

pub use pages::Pages;
pub use routes::{no_page, pages};
