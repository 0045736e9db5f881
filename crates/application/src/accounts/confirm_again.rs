//! Somebody has lost the mail that asks to confirm an address. One transaction: it is queued once more. Its token is another one;
//! the earlier ones count as well.

use chrono::TimeDelta;
use domain::ports::{ConfirmWish, StoreError};
use domain::{Account, JobId};

use crate::House;

/// One mail to an account in so much time, however often it is asked for.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Queues the mail, unless the address was proved or one was queued a moment ago.
///
/// # Errors
/// [`StoreError`].
pub async fn confirm_again(house: &House, account: &Account) -> Result<(), StoreError> {
    let now = house.clock.now();
    let job = JobId(house.ids.next());
    tracing::info!({ account.id = %account.id }, "account.confirmation_asked");
    house.accounts.queue_confirm(&ConfirmWish { account: account.id, job, now, unless_since: now - PAUSE }).await
}
