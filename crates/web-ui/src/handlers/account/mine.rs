//! `GET /my-donations`

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ListDonations, list_donations};
use domain::ports::{DonationFilter, DonationScope, PageCursor};
use domain::{DonationId, Instant};
use uuid::Uuid;

use super::to_sign_in;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::next_page::MY_DONATIONS;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::account::MyDonationsPage;

/// How many stand on a page.
const ON_A_PAGE: u32 = 20;

/// The visitor's own, newest first.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let Some(account) = &visitor.account else { return to_sign_in(MY_DONATIONS, language) };
    let after = query_value(&request, "after").and_then(|text| place(&text));
    let list = ListDonations {
        scope: DonationScope::Account(account.id),
        filter: DonationFilter::default(),
        after,
        limit: ON_A_PAGE,
    };
    let confirmed = query_value(&request, "notice").as_deref() == Some("confirmed");
    match list_donations(&pages.house, list).await {
        Ok((donations, next)) => MyDonationsPage::new((&visitor, account), &donations, (after, next), language)
            .notice(confirmed.then_some("notice-confirmed"))
            .answer(),
        Err(error) => broken(&error, language),
    }
}

/// The place in the list that an address names; the beginning if it names none.
fn place(text: &str) -> Option<PageCursor> {
    let (micros, id) = text.split_once('.')?;
    // Beyond this PostgreSQL has no timestamps.
    let micros = micros.parse().ok().filter(|micros| (0..=9_000_000_000_000_000).contains(micros))?;
    let created_at = Instant::from_timestamp_micros(micros)?;
    Some(PageCursor { created_at, id: DonationId(Uuid::try_parse(id).ok()?) })
}
