//! `GET /admin/donations/{id}`, and that page as the answer to a form on it that was not carried out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, DonationStory, ReadError, donation_story, operator_acts, read_donation};
use domain::ports::{GatewayError, StoreError};
use domain::{Donation, DonationId};

use super::id_in_path;
use crate::admin::layout::Section;
use crate::admin::operator::{Operator, notice};
use crate::admin::people::{People, account_of};
use crate::admin::views::{DonationPage, Failed, TroublePage};
use crate::answer::see_other;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::views::address;

const NOTICES: [(&str, &str); 7] = [
    ("asked", "admin-notice-asked"),
    ("receipt", "admin-notice-receipt"),
    ("resolved", "admin-notice-resolved"),
    ("renamed", "admin-notice-renamed"),
    ("refund-succeeded", "admin-notice-refund-succeeded"),
    ("refund-pending", "admin-notice-refund-pending"),
    ("refund-failed", "admin-notice-refund-failed"),
];

/// Everything that is on record about one donation, and what may be done with it.
pub(crate) async fn show(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    let Some(id) = donation_in_path(&request) else { return not_found(&operator) };
    match page_of(&pages, &operator, id).await {
        Ok(page) => page.notice(notice(&request, &NOTICES)).answer(),
        Err(error) => error.answer(&operator),
    }
}

/// Somebody opened a form's own address.
pub(crate) async fn back(request: HttpRequest) -> HttpResponse {
    let page = request.path().rsplit_once('/').map_or("/admin", |(page, _)| page);
    see_other(&address(page.trim_end_matches("/refund"), &[]))
}

/// The donation that the path names.
pub(super) fn donation_in_path(request: &HttpRequest) -> Option<DonationId> {
    id_in_path(request).map(DonationId)
}

pub(super) fn not_found(operator: &Operator) -> HttpResponse {
    TroublePage::not_found(operator, Section::Donations).answer()
}

/// On to the donation's page, which tells what was done.
pub(super) fn done(operator: &Operator, id: DonationId, notice: &str) -> HttpResponse {
    let query = [("lang", operator.language.code()), ("notice", notice)];
    see_other(&address(&format!("/admin/donations/{id}"), &query))
}

/// The donation's page with what was typed, and why it was not done.
pub(super) async fn not_done(pages: &Pages, operator: &Operator, id: DonationId, failed: Failed) -> HttpResponse {
    match page_of(pages, operator, id).await {
        Ok(page) => page.failed(failed).answer(),
        Err(error) => error.answer(operator),
    }
}

/// The gateway did not do it: which text says so, and the status that the API has for it.
pub(super) fn gateway_trouble<'a>(error: &GatewayError, keys: [&'a str; 3]) -> (&'a str, StatusCode) {
    tracing::warn!(error = %error, "the gateway did not do it");
    let [refused, unavailable, unknown] = keys;
    match error {
        GatewayError::Refused(_) => (refused, StatusCode::BAD_GATEWAY),
        GatewayError::Unavailable(_) => (unavailable, StatusCode::BAD_GATEWAY),
        GatewayError::OutcomeUnknown(_) => (unknown, StatusCode::GATEWAY_TIMEOUT),
    }
}

/// Why there is no page.
enum NoPage {
    NotFound,
    Store(StoreError),
}

impl From<StoreError> for NoPage {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl NoPage {
    fn answer(self, operator: &Operator) -> HttpResponse {
        match self {
            Self::NotFound => not_found(operator),
            Self::Store(error) => broken(&error, operator.language),
        }
    }
}

async fn page_of(pages: &Pages, operator: &Operator, id: DonationId) -> Result<DonationPage, NoPage> {
    let donation = read_donation(&pages.house, id, &Access::Admin).await.map_err(|error| match error {
        ReadError::NotFound => NoPage::NotFound,
        ReadError::Store(error) => NoPage::Store(error),
    })?;
    let story = donation_story(&pages.house, id).await?;
    let people = people_of(pages, &donation, &story).await?;
    let acts = operator_acts(&pages.house, &donation);
    Ok(DonationPage::new(operator, &donation, (&story, &people), &acts))
}

/// Whoever has had a hand in it.
async fn people_of(pages: &Pages, donation: &Donation, story: &DonationStory) -> Result<People, StoreError> {
    let steps = story.timeline.iter().filter_map(|entry| account_of(entry.cause.actor));
    let resolved = donation.reviews.iter().filter_map(|item| account_of(item.resolution.as_ref()?.by));
    People::of(&pages.house, steps.chain(resolved).chain(donation.donor.account)).await
}
