//! `GET /api/admin/donations`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ListDonations, campaign_is_known, list_donations};
use serde::Serialize;

use crate::extract::{AdminAccount, DonationPage, encode_cursor};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::views::{DonationView, Reader, ReviewedView};

#[derive(Serialize)]
struct ListView {
    items: Vec<ReviewedView>,
    next_cursor: Option<String>,
}

/// Every filter narrows the list; `?flagged=true` lists what waits for a person.
///
/// # Errors
/// 401, 403, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let DonationPage { scope, filter, after, limit } = DonationPage::of(&request)?;
    if !campaign_is_known(&state.house, &filter).await? {
        return Err(Problem::field(FieldError::new("campaign", "unknown_campaign")));
    }
    let (donations, next) = list_donations(&state.house, ListDonations { scope, filter, after, limit }).await?;
    let view = |donation| ReviewedView::new(DonationView::new(donation, &state.site, Reader::Admin), donation);
    let items = donations.iter().map(view).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_cursor) }))
}
