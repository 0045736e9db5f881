//! The administration's pages, for the people who answer for the money. Everything works without scripts; there are none.
//!
//! A page shows what the use cases know, and its buttons are those that the domain allows. Nobody comes to a page but through
//! [`guard`], which leaves the same entries in the record of who did what as the API does. A form that does something carries its
//! session's token ([`signed_form`]), is answered by a redirect to the page with a notice, and, where it fails, by the page with
//! all that was typed.

mod campaign_typed;
mod guard;
mod handlers;
mod layout;
mod operator;
mod parts;
mod people;
mod routes;
mod signed_form;
mod views;
mod words;

pub(crate) use routes::routes;
