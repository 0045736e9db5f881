//! Somebody has forgotten a password, or says so. One transaction: a mail is queued, to the account of the address or to nobody.
//!
//! Both are the same work here, so that neither the answer nor its time tells whether there is an account. The token is made when
//! the mail is written (`jobs/account_mails.rs`).

use chrono::TimeDelta;
use domain::ports::{ResetWish, StoreError};
use domain::{DonorEmail, JobId};

use crate::House;

/// One mail to an account in so much time, however often it is asked for.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Queues the mail. `None` stands for a text that is no address at all.
///
/// # Errors
/// [`StoreError`].
pub async fn forgot_password(house: &House, email: Option<&DonorEmail>) -> Result<(), StoreError> {
    tracing::info!("account.reset_asked");
    let Some(email) = email else { return Ok(()) };
    let now = house.clock.now();
    let wish = ResetWish { email: email.clone(), job: JobId(house.ids.next()), now, unless_since: now - PAUSE };
    house.accounts.queue_reset(&wish).await
}
