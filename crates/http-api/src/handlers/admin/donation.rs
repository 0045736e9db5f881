//! `GET /api/admin/donations/{id}`.

use actix_web::{HttpResponse, web};
use application::{Access, donation_story, read_donation};
use domain::Donation;

use crate::extract::{AdminAccount, PathDonation};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::DonationStoryView;

/// # Errors
/// 401, 403, 404.
pub async fn read(
    state: web::Data<AppState>,
    AdminAccount(_): AdminAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let donation = read_donation(&state.house, id, &Access::Admin).await?;
    shown(&state, &donation).await
}

/// The donation with everything that belongs to it.
pub(super) async fn shown(state: &AppState, donation: &Donation) -> Result<HttpResponse, Problem> {
    let story = donation_story(&state.house, donation.id).await?;
    Ok(HttpResponse::Ok().json(DonationStoryView::new(donation, &story, &state.site)))
}
