//! The dashboard's buttons. Each is a plain form that leads back to the dashboard.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use serde::Deserialize;

use crate::api::{Answer, Caller};
use crate::cards::{TEST_CARDS, TestCard};
use crate::checkout::found;
use crate::engine::{CardPayment, Payable};
use crate::error::Refusal;
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/orders/{id}/{action:pay|decline|expire}", web::post().to(act))
        .route("/dashboard/clock", web::post().to(advance))
        .route("/dashboard/reset", web::post().to(reset))
        .route("/dashboard/faults", web::post().to(clear_faults));
}

fn back_to_dashboard() -> HttpResponse {
    found(StatusCode::SEE_OTHER, "/")
}

/// 303; 404 for an unknown order, 409 for one that cannot be paid.
async fn act(caller: Caller, path: web::Path<(String, String)>) -> Answer {
    let (order_id, action) = path.into_inner();
    caller.run(|world| match action.as_str() {
        "pay" => world.pay_by_hand(&order_id, PAYING_CARD),
        "decline" => world.pay_by_hand(&order_id, DECLINED_CARD),
        _ => world.order(&order_id).map(|order| world.expire_order(&order)),
    })?;
    Ok(back_to_dashboard())
}

/// The guide's card that pays and the one that is declined; they take any CVC.
const PAYING_CARD: &TestCard = &TEST_CARDS[4];
const DECLINED_CARD: &TestCard = &TEST_CARDS[5];

impl World {
    /// Pays an order with a test card in the payer's stead; a payment that runs already gets that card's outcome.
    fn pay_by_hand(&mut self, order_id: &str, card: &TestCard) -> Result<(), Refusal> {
        let order = self.order(order_id)?;
        if let Payable::Running(payment) = self.payable(&order) {
            self.answer_of_bank((*payment).clone(), card.verdict.reason(), None);
            return Ok(());
        }
        let body = CardPayment {
            pan: Some(card.pan.to_owned()),
            exp: Some("12/99".to_owned()),
            cvc: Some("123".to_owned()),
            ..CardPayment::default()
        };
        self.pay(order_id, &body).map(drop)
    }
}

#[derive(Deserialize)]
struct AdvanceFields {
    advance_seconds: u32,
}

async fn advance(caller: Caller, fields: web::Form<AdvanceFields>) -> Answer {
    caller.sim.advance_clock(fields.advance_seconds);
    Ok(back_to_dashboard())
}

async fn reset(caller: Caller) -> Answer {
    reset_all(&caller)?;
    Ok(back_to_dashboard())
}

/// Puts everything back to the start.
///
/// # Errors
/// 500 if the data file cannot be emptied.
pub(super) fn reset_all(caller: &Caller) -> Result<(), Refusal> {
    caller.sim.reset().map_err(|error| {
        tracing::error!(%error, "the reset did not reach the data file");
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "Файл данных не удалось очистить.")
    })
}

async fn clear_faults(caller: Caller) -> Answer {
    caller.run(|world| world.faults.clear());
    Ok(back_to_dashboard())
}
