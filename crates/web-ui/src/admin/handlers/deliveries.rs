//! `GET /admin/deliveries`

use actix_web::{HttpResponse, web};
use application::list_deliveries;
use domain::DeliveryId;
use domain::ports::{DeliveryOutcome, DeliveryQuery};

use super::{ON_A_PAGE, chosen};
use crate::admin::operator::Operator;
use crate::admin::parts::place;
use crate::admin::views::deliveries_page;
use crate::handlers::broken;
use crate::pages::Pages;

/// Webhooks as they came, newest first.
pub(crate) async fn list(pages: web::Data<Pages>, operator: Operator) -> HttpResponse {
    let outcome = match chosen(&operator, "outcome", DeliveryOutcome::from_word) {
        Ok(outcome) => outcome,
        Err(error) => return deliveries_page(&operator, Err(error)).answer(),
    };
    let after = place(&operator).map(|(at, id)| (at, DeliveryId(id)));
    match list_deliveries(&pages.house, DeliveryQuery { donation: None, outcome, after, limit: ON_A_PAGE }).await {
        Ok((deliveries, next)) => deliveries_page(&operator, Ok((&deliveries, next))).answer(),
        Err(error) => broken(&error, operator.language),
    }
}
