//! The gateway is asked about everything of one donation: every order, whatever we believe of it, and every refund. What it says
//! is taken up by the same state machine as a webhook.
//!
//! One transaction for each answer that brings news. Asking changes nothing at the gateway, so it may be done at any time, and
//! by several at once.

use domain::donation::Cause;
use domain::{Donation, DonationId, Refund};

use crate::House;
use crate::check_payment::{CheckPaymentError, ask_about, is_the_gateways};
use crate::refunds::{Asked, OwnRefund, ask_for_refund, hear_refunds, is_known_there, order_of};

/// The donation as it stands after the gateway was asked. One that a gateway of the other kind handled is answered as it is.
///
/// # Errors
/// [`CheckPaymentError`]; what was heard by then has been taken up, and it may be asked again.
#[tracing::instrument(target = "telemetry", name = "sync_donation", skip_all, fields(donation.id = %id))]
pub async fn sync_donation(house: &House, id: DonationId, cause: &Cause) -> Result<Donation, CheckPaymentError> {
    let mut donation = house.donations.find(id).await?.ok_or(CheckPaymentError::NotFound)?;
    if !is_the_gateways(house, &donation) {
        return Ok(donation);
    }
    for attempt in donation.attempts.clone() {
        donation = ask_about(house, &donation, &attempt, cause).await?;
    }
    let charged = donation.attempts.iter().filter(|attempt| attempt.is_paid() || attempt.is_mismatched());
    let charged: Vec<u32> = charged.map(|attempt| attempt.number).collect();
    for number in charged {
        let order = order_of(house, &donation, number).await?;
        donation = hear_refunds(house, (&donation, number), &order, cause).await?;
        let unasked = |refund: &&Refund| {
            refund.attempt == number
                && refund.is_open()
                && refund.request.is_some()
                && !is_known_there(&donation, refund.id)
        };
        let unasked: Vec<Refund> = donation.refunds.iter().filter(unasked).cloned().collect();
        for refund in unasked {
            let own = OwnRefund { donation: id, refund: &refund, order: order.clone() };
            donation = match ask_for_refund(house, own, cause).await? {
                Asked::Made(donation) | Asked::Refused { donation, .. } => donation,
                Asked::Open(error) => return Err(error.into()),
            };
        }
    }
    Ok(donation)
}
