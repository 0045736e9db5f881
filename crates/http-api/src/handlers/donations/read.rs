//! `GET /api/donations/{id}`, `GET /api/guest-donations/{id}`.

use actix_web::{HttpResponse, web};
use application::{Access, read_donation};
use domain::Role;

use super::shown;
use crate::extract::{PathDonation, SignedInAccount};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::{DonationView, Reader};

/// # Errors
/// 401, 404.
pub async fn by_account(
    state: web::Data<AppState>,
    SignedInAccount(account): SignedInAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let donation = read_donation(&state.house, id, &Access::to_read(&account)).await?;
    let reader = match account.role {
        Role::Donor | Role::Viewer => Reader::Donor,
        Role::Admin => Reader::Admin,
    };
    Ok(HttpResponse::Ok().json(DonationView::new(&donation, &state.site, reader)))
}

/// # Errors
/// 404.
pub async fn by_guest(state: web::Data<AppState>, PathDonation(id): PathDonation) -> Result<HttpResponse, Problem> {
    let donation = read_donation(&state.house, id, &Access::Guest).await?;
    Ok(shown(&donation, &state))
}
