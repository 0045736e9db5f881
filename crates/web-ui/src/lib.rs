//! The donor's pages, and the administration's: server-rendered HTML in Kazakh, Russian and English. Everything works without JavaScript; with it, trees
//! and amount follow each other as they are typed, and a donation's page brings its news by itself.
//!
//! A page shows what the house knows and decides nothing: the same use cases as behind the REST API, the same domain
//! types checking what is typed. Deliberately absent: scripts that the page cannot do without, scripts or styles written
//! into a page, third-party requests, a cookie before somebody signs in. The language travels in the address; the only state
//! is the donation itself, and the session of whoever has signed in.

mod admin;
mod answer;
mod assets;
mod cookie;
mod form;
mod handlers;
mod language;
mod limits;
mod mailbox;
mod money;
mod next_page;
mod own_forms;
mod pages;
mod posted;
mod routes;
mod session;
mod texts;
mod views;

pub use pages::Pages;
pub use routes::{pages, refused};
