//! What is held here against what the gateway says of it.

use crate::donation::{Attempt, AttemptState};
use crate::ports::{GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, ListedStatus, OrderStatus};
use crate::reconciliation::{Difference, DifferenceKind};
use crate::{Donation, DonationId, GatewayRefundId, Instant, OrderId, Refund, RefundStatus, ReportedAmount};

/// An order as far as the gateway has told of it: in its list, or when it was asked for this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderThere {
    /// The gateway's name for it.
    pub id: OrderId,
    /// What it was made for.
    pub amount: ReportedAmount,
    /// What was taken, if it is paid and the gateway was asked for this one.
    pub captured: Option<ReportedAmount>,
    /// Where it stands.
    pub status: ListedStatus,
    /// When it was made, if the gateway says so.
    pub made_at: Option<Instant>,
}

impl From<&ListedOrder> for OrderThere {
    fn from(order: &ListedOrder) -> Self {
        Self {
            id: order.id.clone(),
            amount: order.amount.clone(),
            captured: None,
            status: order.status,
            made_at: order.made_at,
        }
    }
}

impl From<&GatewayOrder> for OrderThere {
    fn from(order: &GatewayOrder) -> Self {
        let (status, captured) = match &order.status {
            OrderStatus::Payable => (ListedStatus::Payable, None),
            OrderStatus::Paid(report) => (ListedStatus::Paid, Some(report.captured.clone())),
            OrderStatus::Ended => (ListedStatus::Ended, None),
        };
        Self { id: order.id.clone(), amount: order.amount.clone(), captured, status, made_at: None }
    }
}

/// Compares an order of the gateway's with the attempt that its name is of. That it is still open on one side and has
/// ended on the other is no difference: no money depends on it, and the open one is asked about anyway.
pub fn compare_order(donation: Option<&Donation>, name: (DonationId, u32), there: &OrderThere) -> Vec<Difference> {
    let differs = |kind, ours| Difference {
        kind,
        donation: Some(name.0),
        order: there.id.clone(),
        refund: None,
        ours,
        gateway: Some(order_in_words(there)),
        settled: false,
    };
    let here = donation.and_then(|donation| Some((donation, donation.attempt(name.1)?)));
    let Some((donation, attempt)) = here else {
        return vec![differs(DifferenceKind::MissingHere, None)];
    };
    let mut found = Vec::new();
    let ours = || Some(attempt_in_words(donation, attempt));
    let taken_here = matches!(attempt.state, AttemptState::Paid(_) | AttemptState::Mismatched(_));
    match there.status {
        ListedStatus::Paid if !taken_here => found.push(differs(DifferenceKind::PaidThereOnly, ours())),
        ListedStatus::Payable | ListedStatus::Ended if taken_here => {
            found.push(differs(DifferenceKind::PaidHereOnly, ours()));
        }
        ListedStatus::Paid | ListedStatus::Payable | ListedStatus::Ended => {}
    }
    let amount = donation.gift.amount;
    let another_was_taken = there.captured.as_ref().is_some_and(|captured| !captured.is(amount));
    let mismatched = matches!(attempt.state, AttemptState::Mismatched(_));
    if !there.amount.is(amount) || another_was_taken || mismatched {
        found.push(differs(DifferenceKind::AmountDiffers, ours()));
    }
    found
}

/// Compares a refund of the gateway's with ours of the same name; `None` if they agree. One that the bank declined and
/// that we never heard of is no difference: no money moved.
pub fn compare_refund(donation: Option<&Donation>, there: &ListedRefund) -> Option<Difference> {
    let differs = |kind, ours| Difference {
        kind,
        donation: donation.map(|donation| donation.id),
        order: there.order.clone(),
        refund: Some(there.refund.id.clone()),
        ours,
        gateway: Some(refund_in_words(&there.refund.amount, there.refund.status)),
        settled: false,
    };
    let Some(ours) = donation.and_then(|donation| refund_here(donation, &there.refund)) else {
        return (there.refund.status != RefundStatus::Failed).then(|| differs(DifferenceKind::RefundMissingHere, None));
    };
    let words = || Some(refund_in_words(&ReportedAmount::Tenge(ours.amount), ours.status));
    if !there.refund.amount.is(ours.amount) {
        return Some(differs(DifferenceKind::RefundAmountDiffers, words()));
    }
    (there.refund.status != ours.status).then(|| differs(DifferenceKind::RefundStatusDiffers, words()))
}

/// What we hold of a refund of the gateway's: by its own name, or by ours if we asked for it and never had an answer.
pub fn refund_here<'a>(donation: &'a Donation, there: &GatewayRefund) -> Option<&'a Refund> {
    let by_ours = |refund: &&Refund| there.external_id.is_some() && refund.external_id() == there.external_id;
    let by_its_own = donation.refunds.iter().find(|refund| refund.gateway_id.as_ref() == Some(&there.id));
    by_its_own.or_else(|| donation.refunds.iter().find(by_ours))
}

impl Difference {
    /// We hold the order of this attempt, and the gateway knows nothing of it.
    pub fn missing_there(donation: &Donation, attempt: &Attempt, order: &OrderId) -> Self {
        Self {
            kind: DifferenceKind::MissingThere,
            donation: Some(donation.id),
            order: order.clone(),
            refund: None,
            ours: Some(attempt_in_words(donation, attempt)),
            gateway: None,
            settled: false,
        }
    }

    /// We hold a refund of this name, and the gateway knows nothing of it.
    pub fn refund_missing_there(
        donation: &Donation,
        refund: &Refund,
        (order, id): (&OrderId, &GatewayRefundId),
    ) -> Self {
        Self {
            kind: DifferenceKind::RefundMissingThere,
            donation: Some(donation.id),
            order: order.clone(),
            refund: Some(id.clone()),
            ours: Some(refund_in_words(&ReportedAmount::Tenge(refund.amount), refund.status)),
            gateway: None,
            settled: false,
        }
    }
}

fn attempt_in_words(donation: &Donation, attempt: &Attempt) -> String {
    format!("{}, {}", attempt.state.word(), donation.gift.amount)
}

fn order_in_words(there: &OrderThere) -> String {
    let status = match there.status {
        ListedStatus::Payable => "open",
        ListedStatus::Paid => "paid",
        ListedStatus::Ended => "ended",
    };
    match &there.captured {
        Some(captured) if *captured != there.amount => {
            format!("{status}, {captured} taken for an order of {}", there.amount)
        }
        _ => format!("{status}, {}", there.amount),
    }
}

fn refund_in_words(amount: &ReportedAmount, status: RefundStatus) -> String {
    format!("{}, {amount}", status.word())
}
