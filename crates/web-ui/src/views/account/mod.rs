//! The pages of people who sign in.

mod form;
mod mine;
mod own;

pub(crate) use form::{AccountForm, Field, Kind};
pub(crate) use mine::MyDonationsPage;
pub(crate) use own::{AccountPage, Wrong};
