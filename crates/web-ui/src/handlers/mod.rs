//! One page, one file.

use actix_web::{HttpRequest, HttpResponse};
use domain::{DonationId, Language};
use uuid::Uuid;

use crate::views::MessagePage;

pub(crate) mod donate;
pub(crate) mod donation;
pub(crate) mod pay;
pub(crate) mod stylesheet;
pub(crate) mod widget;

/// The donation that the path names. What is no UUID names none.
fn donation_in_path(request: &HttpRequest) -> Option<DonationId> {
    let text = request.match_info().get("id").filter(|text| text.len() == 36)?;
    Uuid::try_parse(text).ok().map(DonationId)
}

/// The store failed: that is our fault, and the donor may try again.
pub(crate) fn broken(error: &dyn std::fmt::Display, language: Language) -> HttpResponse {
    tracing::error!(%error, "the store failed");
    MessagePage::broken(language).answer()
}
