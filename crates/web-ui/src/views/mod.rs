//! What the templates are filled with.

pub(crate) mod account;
mod campaign;
mod campaigns;
mod certificate;
mod donate_form;
mod donation;
mod latest;
mod layout;
mod message;
mod picture;
mod progress;

pub(crate) use campaign::{CampaignPage, CampaignVisit};
pub(crate) use campaigns::CampaignsPage;
pub(crate) use certificate::CertificatePage;
pub(crate) use donation::{DonationPage, Hint, NewsPage, Visit};
pub(crate) use layout::{Corner, LanguageLink, Layout, address, name_of};
pub(crate) use message::MessagePage;
