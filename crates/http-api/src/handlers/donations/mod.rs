//! `/api/donations` and `/api/guest-donations`.

pub mod cancel;
pub mod certificate;
pub mod create;
pub mod list;
pub mod read;
pub mod start_payment;

use actix_web::HttpResponse;
use actix_web::http::header;
use domain::Donation;

use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::{DonationView, Reader};

fn shown(donation: &Donation, state: &AppState) -> HttpResponse {
    HttpResponse::Ok().json(DonationView::new(donation, &state.site, Reader::Donor))
}

fn created(donation: &Donation, state: &AppState) -> HttpResponse {
    let kind = if donation.donor.account.is_some() { "donations" } else { "guest-donations" };
    HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/{kind}/{}", donation.id)))
        .json(DonationView::new(donation, &state.site, Reader::Donor))
}

impl From<application::ReadError> for Problem {
    fn from(error: application::ReadError) -> Self {
        match error {
            application::ReadError::NotFound => Self::new(Code::NotFound),
            application::ReadError::Store(error) => error.into(),
        }
    }
}
