//! An operator gives money back.
//!
//! 1. Transaction: the refund is written down, under the name that it will have at the gateway. From here on its amount is
//!    spoken for: of two refunds at once that do not fit together, one is refused here.
//! 2. The gateway is asked for it, outside any transaction.
//! 3. Transaction: its answer is written down.
//!
//! Whatever dies between these, the refund is pending, and `settle_pending_refunds` asks again under the same name: there
//! never are two, and none is forgotten. The operator, who has got no answer, asks again as well: a request with a key finds
//! the refund that it made the first time.

use domain::donation::{Cause, RefundRefused, RefundWish};
use domain::ports::{GatewayError, Save, StoreError};
use domain::{Donation, DonationId, Refund, RefundId, RefundReason, Tenge};

use crate::House;
use crate::check_payment::{CheckPaymentError, is_the_gateways};
use crate::payment_log::log_steps;
use crate::refunds::{Asked, OwnRefund, RefusedWhy, ask_for_refund, order_of};
use crate::save::ROUNDS;

/// What the operator wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundDonation {
    /// Of which donation.
    pub donation: DonationId,
    /// How much; all that is left of the payment if it is not said.
    pub amount: Option<Tenge>,
    /// Why.
    pub reason: RefundReason,
}

/// Why no money is given back.
#[derive(Debug, thiserror::Error)]
pub enum RefundDonationError {
    /// There is no such donation.
    #[error("not found")]
    NotFound,
    /// It was never paid, or not by the gateway in use.
    #[error("the donation was never paid here")]
    NeverPaid,
    /// More than is left, or nothing is left.
    #[error("more than is left of the payment")]
    ExceedsPaid,
    /// The gateway will not do it. The refund is on record as failed; it may be asked for anew.
    #[error(transparent)]
    Gateway(GatewayError),
    /// A request with this key has asked for something else.
    #[error("the key was another request's")]
    KeyReused,
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed. If it did so after the gateway had been asked, the refund is on record as pending.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refund as it stands after the gateway was asked: succeeded, failed (the bank refused), or pending, when the bank or the
/// gateway has not answered; then it is settled later by itself.
///
/// # Errors
/// [`RefundDonationError`].
#[tracing::instrument(target = "telemetry", name = "refund_donation", skip_all)]
pub async fn refund_donation(
    house: &House,
    wanted: RefundDonation,
    cause: &Cause,
) -> Result<Refund, RefundDonationError> {
    let id = RefundId(house.ids.next());
    let donation = reserve(house, &wanted, &|_| id, cause).await?;
    carry_out(house, &donation, id, cause).await
}

/// [`refund_donation`] for a request that the operator may send again under the same key, whatever was heard of the first: it
/// gives money back once. Only after a refund has failed is another one made.
///
/// # Errors
/// [`RefundDonationError`].
#[tracing::instrument(target = "telemetry", name = "refund_donation", skip_all)]
pub async fn refund_donation_once(
    house: &House,
    wanted: RefundDonation,
    key: &str,
    cause: &Cause,
) -> Result<Refund, RefundDonationError> {
    let operator = cause.actor;
    let name = |donation: &Donation| RefundId::of_next_try(donation, operator, key);
    let donation = reserve(house, &wanted, &name, cause).await?;
    let id = name(&donation);
    match donation.refund(id) {
        Some(known) if !known.is_open() => Ok(known.clone()),
        _ => carry_out(house, &donation, id, cause).await,
    }
}

/// The donation with the refund written down, now or earlier. Which refund it is, `name` says.
async fn reserve(
    house: &House,
    wanted: &RefundDonation,
    name: &(dyn Fn(&Donation) -> RefundId + Sync),
    cause: &Cause,
) -> Result<Donation, RefundDonationError> {
    for _ in 0..ROUNDS {
        let donation = house.donations.find(wanted.donation).await?.ok_or(RefundDonationError::NotFound)?;
        if !is_the_gateways(house, &donation) {
            return Err(RefundDonationError::NeverPaid);
        }
        let id = name(&donation);
        if let Some(known) = donation.refund(id) {
            return if is_for(known, wanted) { Ok(donation) } else { Err(RefundDonationError::KeyReused) };
        }
        let wish = RefundWish { id, amount: wanted.amount, reason: wanted.reason.clone() };
        let change = donation.plan_refund(&wish, house.clock.now(), cause)?;
        if let Save::Saved(saved) = house.donations.save(&change).await? {
            log_steps(Some(&donation), &saved, &change.entries);
            return Ok(*saved);
        }
    }
    Err(RefundDonationError::Busy)
}

/// Whether the refund is what is wanted.
fn is_for(refund: &Refund, wanted: &RefundDonation) -> bool {
    let same_reason = refund.request.as_ref().is_some_and(|request| request.reason == wanted.reason);
    same_reason && wanted.amount.is_none_or(|amount| amount == refund.amount)
}

/// Turns to the gateway with a refund that has just been written down.
pub(crate) async fn carry_out(
    house: &House,
    donation: &Donation,
    id: RefundId,
    cause: &Cause,
) -> Result<Refund, RefundDonationError> {
    let refund = donation.refund(id).ok_or(RefundDonationError::NotFound)?;
    let asked = match order_of(house, donation, refund.attempt).await {
        Ok(order) => ask_for_refund(house, OwnRefund { donation: donation.id, refund, order }, cause).await,
        Err(CheckPaymentError::Gateway(error)) => Ok(Asked::Open(error)),
        Err(error) => Err(error),
    };
    let donation = match asked.map_err(RefundDonationError::of)? {
        Asked::Made(donation) => donation,
        Asked::Open(error) => {
            tracing::warn!({ donation.id = %donation.id, refund.id = %id, error = %error }, "refund.not_told");
            return Ok(refund.clone());
        }
        Asked::Refused { why: RefusedWhy::ExceedsPaid, .. } => return Err(RefundDonationError::ExceedsPaid),
        Asked::Refused { why: RefusedWhy::Gateway(error), .. } => return Err(RefundDonationError::Gateway(error)),
    };
    donation.refund(id).cloned().ok_or(RefundDonationError::NotFound)
}

impl RefundDonationError {
    fn of(error: CheckPaymentError) -> Self {
        match error {
            CheckPaymentError::NotFound => Self::NotFound,
            CheckPaymentError::Gateway(error) => Self::Gateway(error),
            CheckPaymentError::Busy => Self::Busy,
            CheckPaymentError::Store(error) => Self::Store(error),
        }
    }
}

impl From<RefundRefused> for RefundDonationError {
    fn from(refused: RefundRefused) -> Self {
        match refused {
            RefundRefused::NeverPaid => Self::NeverPaid,
            RefundRefused::ExceedsPaid { .. } => Self::ExceedsPaid,
        }
    }
}
