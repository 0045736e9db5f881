//! One page, one file.

use actix_web::{HttpRequest, HttpResponse};
use application::{Access, ReadError, read_donation};
use domain::{Donation, DonationId, Language};
use uuid::Uuid;

use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::MessagePage;

pub(crate) mod account;
pub(crate) mod asset;
pub(crate) mod campaigns;
pub(crate) mod certificate;
pub(crate) mod donate;
pub(crate) mod donation;
mod once;
pub(crate) mod pay;
pub(crate) mod public_certificate;
pub(crate) mod widget;

/// The donation that the path names. What is no UUID names none.
fn donation_in_path(request: &HttpRequest) -> Option<DonationId> {
    let text = request.match_info().get("id").filter(|text| text.len() == 36)?;
    Uuid::try_parse(text).ok().map(DonationId)
}

/// The donation, and how the visitor comes to it: as its owner, or like anybody who knows the id of a guest's. An administrator is
/// no exception here.
async fn donation_of(pages: &Pages, visitor: &Visitor, id: DonationId) -> Result<(Donation, Access), ReadError> {
    let own = visitor.access();
    match read_donation(&pages.house, id, &own).await {
        Err(ReadError::NotFound) if own != Access::Guest => {
            let donation = read_donation(&pages.house, id, &Access::Guest).await?;
            Ok((donation, Access::Guest))
        }
        found => Ok((found?, own)),
    }
}

/// One answer for unknown ids and for donations of accounts that the visitor is not signed in to; signing in is offered for both.
fn no_donation(visitor: &Visitor, request: &HttpRequest, language: Language) -> HttpResponse {
    let path = match donation_in_path(request) {
        Some(id) => format!("/donations/{id}"),
        None => "/my-donations".to_owned(),
    };
    MessagePage::no_donation(language).seen_by(visitor, &path).answer()
}

/// The store failed: that is our fault, and the donor may try again.
pub(crate) fn broken(error: &dyn std::fmt::Display, language: Language) -> HttpResponse {
    tracing::error!(%error, "the store failed");
    MessagePage::broken(language).answer()
}
