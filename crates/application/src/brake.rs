//! The brake: an operator stops new payments on every server, and lets them go on. One transaction each. Servers look at it
//! before each new payment, so it works at once; what is under way, webhooks and refunds are not stopped by it.

use domain::LineText;
use domain::donation::{Actor, Cause};
use domain::ports::{Brake, BrakePosition, StoreError};

use crate::House;

/// The brake as it stands; `None` if nobody ever set it, which is released.
///
/// # Errors
/// [`StoreError`].
pub async fn read_brake(house: &House) -> Result<Option<Brake>, StoreError> {
    house.guard.records.brake().await
}

/// Pulls or releases it.
///
/// # Errors
/// [`StoreError`]; then it stands as it did.
pub async fn set_brake(
    house: &House,
    position: BrakePosition,
    reason: Option<LineText<500>>,
    cause: &Cause,
) -> Result<Brake, StoreError> {
    let brake = Brake { position, reason, changed_at: house.clock.now(), changed_by: cause.actor };
    house.guard.records.set_brake(&brake).await?;
    tracing::warn!(
        pulled = brake.is_pulled(),
        actor = Actor::word(cause.actor),
        request_id = cause.request_id,
        "payments.brake_set"
    );
    Ok(brake)
}
