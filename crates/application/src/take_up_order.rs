//! What the gateway says of an order becomes what we know of it. The same state machine as for a webhook.

use domain::donation::{Cause, DonationEvent, OrderEvent, OrderFact};
use domain::ports::{GatewayError, GatewayOrder, OrderStatus};
use domain::{Donation, DonationId};

use crate::House;
use crate::save::{DecideError, decide_and_save};

/// An order that was asked about, and for whom.
pub(crate) struct AskedOrder<'a> {
    pub(crate) donation: DonationId,
    pub(crate) attempt: u32,
    pub(crate) order: &'a GatewayOrder,
    pub(crate) why: Why,
}

/// Why the gateway was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// To have the order made. News of it that overtook the answer count more than the answer.
    ToMakeIt,
    /// Because the donor wants to pay it, again perhaps: if it can be paid, it awaits payment.
    ToPayIt,
    /// Because no webhook tells how it ended. Nobody has asked to pay, so news that came before count more than the answer.
    NothingHeard,
}

/// An order that waits for another amount than the donation's must not be paid: a person has to look at it.
///
/// # Errors
/// [`GatewayError::Refused`].
pub(crate) fn refuse_other_amount(order: &GatewayOrder, donation: &Donation) -> Result<(), GatewayError> {
    if order.status == OrderStatus::Payable && !order.amount.is(donation.gift.amount) {
        return Err(GatewayError::Refused(format!("order {} is for {}", order.id, order.amount)));
    }
    Ok(())
}

/// Stores what the gateway said, one transaction a round, and answers the donation as it then stands.
pub(crate) async fn take_up_order(
    house: &House,
    asked: AskedOrder<'_>,
    cause: &Cause,
) -> Result<Donation, DecideError> {
    let AskedOrder { donation, attempt, order, why } = asked;
    let now = house.clock.now();
    let event = |fact| OrderEvent { attempt, order_id: Some(order.id.clone()), fact };
    let created = event(OrderFact::Created { checkout_url: order.checkout_url.clone(), due_at: order.due_at });
    let outcome = match &order.status {
        OrderStatus::Payable => None,
        OrderStatus::Paid(report) => Some(event(OrderFact::Captured(report.clone()))),
        OrderStatus::Ended => Some(event(OrderFact::Ended)),
    };
    let (donation, _) = decide_and_save(house, donation, |donation| match (&outcome, why) {
        (None, Why::ToPayIt) => donation.reopen(&created, now, cause),
        (_, Why::ToMakeIt | Why::ToPayIt | Why::NothingHeard) => {
            let events: Vec<_> =
                std::iter::once(created.clone()).chain(outcome.clone()).map(DonationEvent::Order).collect();
            donation.apply_all(&events, now, cause)
        }
    })
    .await?;
    Ok(donation)
}
