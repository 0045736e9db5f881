//! What the gateway knows of refunds becomes what we know of them, and the other way round. The same state machine as for a
//! webhook.

use domain::donation::{Cause, DonationEvent, OrderEvent, OrderFact, RefundReport};
use domain::ports::{GatewayError, GatewayRefund, NewRefund, RefundOutcome};
use domain::{Donation, DonationId, OrderId, Refund, RefundId, RefundStatus};

use crate::House;
use crate::check_payment::CheckPaymentError;
use crate::save::{DecideError, decide_and_save};

/// A refund of ours, and the order whose payment it gives back.
pub(crate) struct OwnRefund<'a> {
    pub(crate) donation: DonationId,
    pub(crate) refund: &'a Refund,
    pub(crate) order: OrderId,
}

/// What came of asking for a refund.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The gateway has it; the donation as it then stands.
    Made(Donation),
    /// The gateway will not do it, and has none of this name: it has failed, and what was reserved is free.
    Refused { donation: Donation, why: RefusedWhy },
    /// Nobody knows. It stays reserved, and is asked about later.
    Open(GatewayError),
}

/// Why the gateway will not do it.
#[derive(Debug)]
pub(crate) enum RefusedWhy {
    /// Less is left there than we thought: money went back without our knowing.
    ExceedsPaid,
    /// Our request, our key, or its answer.
    Gateway(GatewayError),
}

/// The order of an attempt. A payment that was heard of by our name alone is looked up by it.
pub(crate) async fn order_of(house: &House, donation: &Donation, attempt: u32) -> Result<OrderId, CheckPaymentError> {
    let attempt = donation.attempt(attempt).ok_or(CheckPaymentError::NotFound)?;
    if let Some(order) = &attempt.order_id {
        return Ok(order.clone());
    }
    let found = house.gateway.order_by_external_id(&attempt.external_id).await?;
    let unknown = || GatewayError::Refused(format!("no order is called {}", attempt.external_id));
    Ok(found.ok_or_else(unknown)?.id)
}

/// Asks for all refunds of an attempt's order, and takes them up in one transaction. Answers the donation as it then stands.
pub(crate) async fn hear_refunds(
    house: &House,
    (donation, attempt): (&Donation, u32),
    order: &OrderId,
    cause: &Cause,
) -> Result<Donation, CheckPaymentError> {
    let listed = house.gateway.refunds(order).await?;
    if listed.is_empty() {
        return Ok(donation.clone());
    }
    let events: Vec<_> = listed.iter().map(|refund| event(attempt, order, refund)).collect();
    let now = house.clock.now();
    let decide = |donation: &Donation| donation.apply_all(&events, now, cause);
    Ok(decide_and_save(house, donation.id, decide).await?.0)
}

/// Asks the gateway for a refund of ours, outside any transaction, and writes its answer down.
///
/// Its name makes a repeat harmless. Whatever the gateway refuses was not done by this call; but an earlier call, whose answer
/// was lost, may have done it. So nothing has failed before the gateway has listed the order's refunds without this one.
pub(crate) async fn ask_for_refund(
    house: &House,
    own: OwnRefund<'_>,
    cause: &Cause,
) -> Result<Asked, CheckPaymentError> {
    let OwnRefund { donation, refund, order } = own;
    let (Some(external_id), Some(request)) = (refund.external_id(), &refund.request) else {
        return Err(CheckPaymentError::NotFound);
    };
    let wanted = NewRefund {
        order: order.clone(),
        external_id,
        amount: refund.amount,
        reason: Some(request.reason.to_string()),
    };
    let why = match house.gateway.create_refund(&wanted).await {
        Ok(RefundOutcome::Made(made)) => {
            let event = event(refund.attempt, &order, &made);
            let now = house.clock.now();
            let decide = |donation: &Donation| donation.apply(&event, now, cause);
            return Ok(Asked::Made(decide_and_save(house, donation, decide).await?.0));
        }
        Ok(RefundOutcome::AlreadyExists) => None,
        Ok(RefundOutcome::ExceedsPaid) => Some(RefusedWhy::ExceedsPaid),
        Err(error @ GatewayError::Refused(_)) => Some(RefusedWhy::Gateway(error)),
        Err(error @ (GatewayError::Unavailable(_) | GatewayError::OutcomeUnknown(_))) => {
            return Ok(Asked::Open(error));
        }
    };
    let known = house.donations.find(donation).await?.ok_or(CheckPaymentError::NotFound)?;
    let heard = match hear_refunds(house, (&known, refund.attempt), &order, cause).await {
        Ok(heard) => heard,
        Err(CheckPaymentError::Gateway(error)) => return Ok(Asked::Open(error)),
        Err(error) => return Err(error),
    };
    if is_known_there(&heard, refund.id) {
        return Ok(Asked::Made(heard));
    }
    let Some(why) = why else {
        let error = GatewayError::OutcomeUnknown("the refund exists, but is not listed yet".to_owned());
        return Ok(Asked::Open(error));
    };
    let donation = refuse(house, (donation, refund.id), &why, cause).await?;
    Ok(Asked::Refused { donation, why })
}

async fn refuse(
    house: &House,
    (donation, refund): (DonationId, RefundId),
    why: &RefusedWhy,
    cause: &Cause,
) -> Result<Donation, DecideError> {
    let text = match why {
        RefusedWhy::ExceedsPaid => "the gateway has less left of the payment".to_owned(),
        RefusedWhy::Gateway(error) => error.to_string(),
    };
    let now = house.clock.now();
    let decide = |donation: &Donation| donation.refund_refused(refund, &text, (now, cause));
    Ok(decide_and_save(house, donation, decide).await?.0)
}

/// Whether the gateway has the refund.
pub(crate) fn is_known_there(donation: &Donation, refund: RefundId) -> bool {
    donation.refund(refund).is_some_and(|refund| refund.gateway_id.is_some())
}

fn event(attempt: u32, order: &OrderId, refund: &GatewayRefund) -> DonationEvent {
    let report =
        RefundReport { id: refund.id.clone(), external_id: refund.external_id.clone(), amount: refund.amount.clone() };
    let fact = match refund.status {
        RefundStatus::Pending => OrderFact::RefundPending(report),
        RefundStatus::Succeeded => OrderFact::Refunded(report),
        RefundStatus::Failed => OrderFact::RefundDeclined(report),
    };
    DonationEvent::Order(OrderEvent { attempt, order_id: Some(order.clone()), fact })
}
