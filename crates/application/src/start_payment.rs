//! The donor wants to pay. A start that may make an order passes the guard first (`payment_guard`); one that only gives the open
//! order again does not.
//!
//! 1. Transaction: the attempt is written down, under the name that its order will have at the gateway.
//! 2. The gateway is asked for that order, outside any transaction.
//! 3. Transaction: its answer is written down.
//!
//! Whatever dies between these, the next call asks for the same name again. The gateway keeps names unique, so an order
//! that it made without our hearing of it is found and used, and there never is a second one that can be paid. That
//! holds for any number of callers and servers at once: they all ask for the same name.

use domain::donation::{Attempt, Cause, DonationEvent, OrderEvent, OrderFact, PaymentPlan, PaymentTerms};
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, NewOrder, OrderStatus, Save, StoreError, TooMany,
};
use domain::{ClientNet, Donation, DonationId, DonationStatus, OrderId};

use crate::House;
use crate::access::{Access, visible};
use crate::payment_guard::{NotNow, admit};
use crate::payment_log::log_steps;
use crate::read_donations::ReadError;
use crate::save::{DecideError, ROUNDS, decide_and_save};
use crate::take_up_order::{AskedOrder, Why, refuse_other_amount, take_up_order};

/// Where the donor pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentStarted {
    /// The donation.
    pub donation: DonationId,
    /// The order at the gateway.
    pub order: OrderId,
    /// Where the donor's browser goes next.
    pub checkout_url: String,
    /// Where the donation stands.
    pub status: DonationStatus,
}

/// Why the donor cannot pay now.
#[derive(Debug, thiserror::Error)]
pub enum StartPaymentError {
    /// There is none, or it is not the caller's to pay.
    #[error("not found")]
    NotFound,
    /// The money has been taken.
    #[error("the donation has been paid")]
    AlreadyPaid,
    /// The gateway did not do it. The same call may be repeated.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Too many were begun, or too many have failed. Which of it is nobody's business but the operators'.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// An operator has stopped new payments.
    #[error("new payments are stopped")]
    Paused,
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed. The same call may be repeated.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether the start has passed the guard.
#[derive(PartialEq, Eq)]
enum Admitted {
    NotYet,
    Already,
}

/// The one order that the donor can pay, made if there is none. Asking again gives the same one.
///
/// # Errors
/// [`StartPaymentError`]; then the donation is as it was, and the same call may be repeated.
#[tracing::instrument(target = "telemetry", name = "start_payment", skip_all, fields(donation.id = %id))]
pub async fn start_payment(
    house: &House,
    id: DonationId,
    access: &Access,
    (cause, client): (&Cause, ClientNet),
) -> Result<PaymentStarted, StartPaymentError> {
    let mut ended_at_gateway = None;
    let stay = house.guard.under_way.enter(id);
    let mut admitted = Admitted::NotYet;
    for _ in 0..ROUNDS {
        let donation = visible(house, id, access).await?;
        let terms = PaymentTerms { ttl: house.settings.payment_ttl, mode: house.gateway.mode(), ended_at_gateway };
        let plan = donation.plan_payment(terms, house.clock.now(), cause);
        let plan = plan.map_err(|_| StartPaymentError::AlreadyPaid)?;
        if admitted == Admitted::NotYet && !matches!(plan, PaymentPlan::Use { .. }) {
            admit(house, &donation, client, &stay).await??;
            admitted = Admitted::Already;
        }
        let (attempt, order, why) = match plan {
            PaymentPlan::Use { order_id, checkout_url } => {
                return Ok(PaymentStarted { donation: id, order: order_id, checkout_url, status: donation.status() });
            }
            PaymentPlan::Prepare(change) => {
                if let Save::Saved(saved) = house.donations.save(&change).await? {
                    log_steps(Some(&donation), &saved, &change.entries);
                }
                continue;
            }
            PaymentPlan::Create(attempt) => {
                let order = create_or_find(house, &donation, &attempt).await?;
                (attempt.number, order, Why::ToMakeIt)
            }
            PaymentPlan::Ask { attempt, order_id } => match house.gateway.order(&order_id).await? {
                Some(order) => (attempt, order, Why::ToPayIt),
                None => {
                    end_attempt(house, id, OrderEvent { attempt, order_id: None, fact: OrderFact::Ended }, cause)
                        .await?;
                    ended_at_gateway = Some(attempt);
                    continue;
                }
            },
        };
        refuse_other_amount(&order, &donation)?;
        let asked = AskedOrder { donation: id, attempt, order: &order, why };
        let donation = take_up_order(house, asked, cause).await?;
        match order.status {
            OrderStatus::Ended => ended_at_gateway = Some(attempt),
            OrderStatus::Paid(_) if house.gateway.mode() == GatewayMode::Real => {
                return Err(StartPaymentError::AlreadyPaid);
            }
            OrderStatus::Paid(_) | OrderStatus::Payable => return Ok(started(&donation, attempt, order)),
        }
    }
    Err(StartPaymentError::Busy)
}

/// What every caller is told of the attempt's order: what is on record of it, which for all of them is the same.
fn started(donation: &Donation, number: u32, order: GatewayOrder) -> PaymentStarted {
    let known = donation.attempts.iter().find(|attempt| attempt.number == number);
    let on_record = known.and_then(|attempt| attempt.order_id.clone().zip(attempt.checkout_url.clone()));
    let (order, checkout_url) = on_record.unwrap_or((order.id, order.checkout_url));
    PaymentStarted { donation: donation.id, order, checkout_url, status: donation.status() }
}

async fn create_or_find(house: &House, donation: &Donation, attempt: &Attempt) -> Result<GatewayOrder, GatewayError> {
    let order = NewOrder {
        external_id: attempt.external_id.clone(),
        amount: donation.gift.amount,
        description: donation.campaign_title.to_string(),
        due_at: attempt.due_at,
        return_urls: house.settings.return_to.of(donation.id),
    };
    match house.gateway.create_order(&order).await? {
        CreateOrder::Created(order) => Ok(order),
        CreateOrder::AlreadyExists => house
            .gateway
            .order_by_external_id(&order.external_id)
            .await?
            .ok_or_else(|| GatewayError::OutcomeUnknown("the order exists, but is not listed yet".to_owned())),
    }
}

async fn end_attempt(house: &House, id: DonationId, event: OrderEvent, cause: &Cause) -> Result<(), DecideError> {
    let now = house.clock.now();
    let event = DonationEvent::Order(event);
    decide_and_save(house, id, |donation| donation.apply(&event, now, cause)).await.map(|_| ())
}

impl From<NotNow> for StartPaymentError {
    fn from(refused: NotNow) -> Self {
        match refused {
            NotNow::TooMany(many) => Self::TooMany(many),
            NotNow::Paused => Self::Paused,
        }
    }
}

impl From<ReadError> for StartPaymentError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

impl From<DecideError> for StartPaymentError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Gone => Self::NotFound,
            DecideError::Busy => Self::Busy,
            DecideError::Store(error) => Self::Store(error),
        }
    }
}
