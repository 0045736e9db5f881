//! What the templates are filled with.

pub(crate) mod account;
mod certificate;
mod donate;
mod donation;
mod layout;
mod message;

pub(crate) use certificate::CertificatePage;
pub(crate) use donate::DonatePage;
pub(crate) use donation::{DonationPage, Hint, Visit};
pub(crate) use layout::{Corner, Layout, address};
pub(crate) use message::MessagePage;
