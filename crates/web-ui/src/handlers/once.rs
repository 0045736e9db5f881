//! One form, one donation, however often it is sent: by a double click, a reload, or a browser that repeats.
//!
//! The form carries a name that was made for it. The first time it comes, the name and everything that was typed are kept
//! with the donation's id; the same again leads to the same donation. What was typed otherwise (the donor went back and
//! changed the amount) is another donation.

use std::time::Duration;

use actix_web::rt::{spawn, time::sleep};
use application::{CreateDonation, CreateDonationError, create_donation};
use chrono::TimeDelta;
use domain::ports::{Begin, Counted, IdempotencyKey, StoreError, StoredAnswer, TooMany};
use domain::{ClientNet, DonationId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::pages::Pages;

/// How long a form is remembered.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// After this long without a donation the server that took the form must have died: a donation is one transaction.
const STALE_AFTER: TimeDelta = TimeDelta::minutes(1);
/// How often, and how far apart, a repeat looks whether the first one is done.
const LOOKS: u32 = 50;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
/// Forms' names are made here: 16 random bytes in hexadecimal digits.
const NAME_LENGTH: usize = 32;

/// Why there is no donation.
pub(crate) enum OnceError {
    /// The house refused it.
    Refused(CreateDonationError),
    /// The same form is still being worked on.
    Busy,
    /// The client has made too many of late.
    TooMany(TooMany),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for OnceError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The donation of this form; it is made if this is the first time. A form without a name makes one each time.
pub(crate) async fn create_once(
    pages: &Pages,
    name: &str,
    body: &[u8],
    (command, client): (CreateDonation, ClientNet),
) -> Result<DonationId, OnceError> {
    if name.len() != NAME_LENGTH || !name.bytes().all(|b| b.is_ascii_hexdigit()) {
        return created(pages, command, client).await;
    }
    let fingerprint: [u8; 32] = Sha256::digest(body).into();
    let key = IdempotencyKey { caller: "pages".to_owned(), key: hex::encode(fingerprint), fingerprint };
    for _ in 0..LOOKS {
        let now = pages.house.clock.now();
        match pages.idempotency.begin(&key, now, now - STALE_AFTER).await? {
            Begin::Fresh => return first_time(pages.clone(), key, (command, client)).await,
            Begin::Replay(answer) => return donation_of(&answer).ok_or(OnceError::Busy),
            Begin::InProgress | Begin::Reused => sleep(BETWEEN_LOOKS).await,
        }
    }
    Err(OnceError::Busy)
}

/// On its own, so that a browser that goes away half-way (the second click cuts off the first one's answer) leaves neither
/// half a donation nor a taken name behind.
async fn first_time(
    pages: Pages,
    key: IdempotencyKey,
    (command, client): (CreateDonation, ClientNet),
) -> Result<DonationId, OnceError> {
    let work = spawn(async move {
        let made = created(&pages, command, client).await;
        let kept = match &made {
            Ok(id) => {
                let answer = StoredAnswer { status: 201, headers: Vec::new(), body: id.to_string().into_bytes() };
                pages.idempotency.finish(&key, &answer, pages.house.clock.now() + KEPT_FOR).await
            }
            Err(_) => pages.idempotency.abandon(&key).await,
        };
        if let Err(error) = kept {
            tracing::error!(%error, "a form's donation could not be kept for its repeat");
        }
        made
    });
    work.await.unwrap_or(Err(OnceError::Busy))
}

/// A form that is sent again does not get here, and so does not count.
async fn created(pages: &Pages, command: CreateDonation, client: ClientNet) -> Result<DonationId, OnceError> {
    pages.house.guard.limits.count(Counted::NewDonation(client)).map_err(OnceError::TooMany)?;
    match create_donation(&pages.house, command).await {
        Ok(donation) => Ok(donation.id),
        Err(CreateDonationError::Store(error)) => Err(OnceError::Store(error)),
        Err(error) => Err(OnceError::Refused(error)),
    }
}

fn donation_of(answer: &StoredAnswer) -> Option<DonationId> {
    let text = std::str::from_utf8(&answer.body).ok()?;
    Uuid::try_parse(text).ok().map(DonationId)
}
