//! The gateway is asked how an order stands, for its webhook may never come.
//!
//! 1. The donation is read.
//! 2. The gateway is asked, outside any transaction. Asking changes nothing there, and never makes an order.
//! 3. Transaction: its answer is written down, by the same state machine as a webhook.
//!
//! Whatever dies between these, nothing has happened, and the next question gets the answer. A webhook that comes
//! meanwhile is no harm: whichever is second finds the work done.

use domain::donation::{Actor, Attempt, Cause, Decision, DonationEvent, OrderEvent, OrderFact, Verdict};
use domain::ports::{GatewayError, GatewayMode, StoreError};
use domain::{Donation, DonationId, Instant};

use crate::House;
use crate::save::{DecideError, decide_and_save};
use crate::take_up_order::{AskedOrder, Why, refuse_other_amount, take_up_order};

/// Why it is not known how the order stands.
#[derive(Debug, thiserror::Error)]
pub enum CheckPaymentError {
    /// There is no such donation, or it has no such attempt.
    #[error("not found")]
    NotFound,
    /// The gateway did not tell, or not what can be believed.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The attempt as it stands after the gateway was asked about its order. One that is settled is answered as it is, and
/// so is one of the other kind of money: a gateway that pretends knows nothing of real orders, nor the other way round.
///
/// An order that the gateway does not know stays as it is until it has lapsed: the call that makes it may be on its way.
///
/// # Errors
/// [`CheckPaymentError`]; then nothing has changed, and it may be asked again.
#[tracing::instrument(target = "telemetry", name = "check_payment", skip_all, fields(donation.id = %id))]
pub async fn check_payment(house: &House, id: DonationId, attempt: u32) -> Result<Attempt, CheckPaymentError> {
    let donation = house.donations.find(id).await?.ok_or(CheckPaymentError::NotFound)?;
    let known = donation.attempt(attempt).ok_or(CheckPaymentError::NotFound)?;
    if !known.is_open() || !is_the_gateways(house, &donation) {
        return Ok(known.clone());
    }
    let cause = Cause { actor: Actor::System, request_id: None };
    let donation = ask_about(house, &donation, known, &cause).await?;
    donation.attempt(attempt).cloned().ok_or(CheckPaymentError::NotFound)
}

/// Whether the gateway in use is of the kind that handled the donation.
pub(crate) fn is_the_gateways(house: &House, donation: &Donation) -> bool {
    donation.test_mode == (house.gateway.mode() == GatewayMode::Test)
}

/// Asks about the order of an attempt, in whatever state it is, and takes the answer up. Answers the donation as it then
/// stands.
pub(crate) async fn ask_about(
    house: &House,
    donation: &Donation,
    known: &Attempt,
    cause: &Cause,
) -> Result<Donation, CheckPaymentError> {
    let found = match &known.order_id {
        Some(order) => house.gateway.order(order).await?,
        None => house.gateway.order_by_external_id(&known.external_id).await?,
    };
    if let Some(order) = found {
        refuse_other_amount(&order, donation)?;
        let asked = AskedOrder { donation: donation.id, attempt: known.number, order: &order, why: Why::NothingHeard };
        return Ok(take_up_order(house, asked, cause).await?);
    }
    let now = house.clock.now();
    let decide = |donation: &Donation| end_if_lapsed(donation, known, (now, cause));
    Ok(decide_and_save(house, donation.id, decide).await?.0)
}

/// The gateway did not know the order of `asked`. If the attempt still is what was asked about, and is past its time,
/// there never was such an order.
fn end_if_lapsed(donation: &Donation, asked: &Attempt, (now, cause): (Instant, &Cause)) -> Decision {
    let same = |attempt: &&Attempt| attempt.order_id == asked.order_id && attempt.has_lapsed(now);
    if donation.attempt(asked.number).filter(same).is_none() {
        return Decision { verdict: Verdict::Stays, change: None };
    }
    let event = OrderEvent { attempt: asked.number, order_id: None, fact: OrderFact::Ended };
    donation.apply(&DonationEvent::Order(event), now, cause)
}

impl From<DecideError> for CheckPaymentError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Gone => Self::NotFound,
            DecideError::Busy => Self::Busy,
            DecideError::Store(error) => Self::Store(error),
        }
    }
}
