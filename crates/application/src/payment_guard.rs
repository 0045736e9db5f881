//! Who may begin a payment now.
//!
//! A payment start that may make an order passes three gates, in this order: the brake that an operator may have pulled, the
//! limits of clients and donations, and the waits that follow declined payments. All of them are asked before anything is
//! written down or the gateway is called; a start that only gives the open order again passes none of them.
//!
//! What declines are counted by is remembered when a payment begins, under pseudonyms, and counted when the gateway tells how it
//! ended, each in a transaction of its own. A server that dies between a webhook and its count loses that one count, and nothing
//! else: no money depends on it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use domain::donation::OrderFact;
use domain::ports::{
    Counted, Delivery, DeliveryOutcome, Forgetful, Payer, PaymentEnded, PaymentGuardStore, PaymentOutcome, Pseudonym,
    RateLimits, StoreError, TooMany, Unlimited,
};
use domain::{ClientNet, DeclinePolicy, Donation, DonationId, Instant};
use sha2::{Digest as _, Sha256};

use crate::House;

/// Waits are told in whole steps of this, whichever rule asks for them, so that they tell no rule from another.
const STEP: TimeDelta = TimeDelta::minutes(1);

/// A start that has passed the gates takes along those that come for the same donation while it is under way, but not for longer.
const TAKES_ALONG_FOR: TimeDelta = TimeDelta::seconds(30);

/// How long it is remembered who began a payment, and how it ended.
const REMEMBERED_FOR: TimeDelta = TimeDelta::days(7);

/// What stands between a client and a new order.
#[derive(Clone)]
pub struct PaymentGuard {
    /// How often who may ask.
    pub limits: Arc<dyn RateLimits>,
    /// How payments ended lately, and the brake.
    pub records: Arc<dyn PaymentGuardStore>,
    /// What may fail before somebody has to wait.
    pub declines: DeclinePolicy,
    /// What pseudonyms are made with.
    pub secret: PseudonymSecret,
    /// Starts that are under way in this process.
    pub under_way: UnderWay,
}

impl PaymentGuard {
    /// Lets everybody pass, and remembers nothing.
    pub fn open() -> Self {
        Self {
            limits: Arc::new(Unlimited),
            records: Arc::new(Forgetful),
            declines: DeclinePolicy::OFF,
            secret: PseudonymSecret::new(b""),
            under_way: UnderWay::default(),
        }
    }
}

/// Why a payment may not begin now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// Too many of them, or too many have failed.
    TooMany(TooMany),
    /// An operator has stopped new payments.
    Paused,
}

/// Turns addresses into what can be counted, but not read.
#[derive(Clone)]
pub struct PseudonymSecret([u8; 32]);

impl PseudonymSecret {
    /// From the server's own secret. Servers with the same one make the same pseudonyms.
    pub fn new(secret: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"pseudonyms of payers\0");
        hash.update(secret);
        Self(hash.finalize().into())
    }

    /// Half of a SHA-256 over a key of fixed length and the text: what was cut off keeps anybody from going on from it.
    fn of(&self, kind: &str, text: &str) -> Pseudonym {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(kind.as_bytes());
        hash.update(b"\0");
        hash.update(text.as_bytes());
        let whole: [u8; 32] = hash.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        Pseudonym(half)
    }

    fn payer(&self, donation: &Donation, client: ClientNet) -> Payer {
        Payer {
            donation: donation.id,
            client: self.of("client", &client.to_string()),
            email: self.of("email", &donation.donor.email.key()),
        }
    }
}

/// Which donations' payments are being started in this process, by how many callers, and since when they may. Callers who ask at
/// once for the same order are one start: the others wait for nothing and make nothing.
#[derive(Debug, Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<DonationId, Group>>>);

#[derive(Debug, Default)]
struct Group {
    callers: usize,
    admitted_at: Option<Instant>,
}

/// How a start came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passed {
    First,
    WithAnother,
}

/// One caller's stay.
pub(crate) struct Stay {
    all: UnderWay,
    donation: DonationId,
}

impl UnderWay {
    /// For as long as the answer is held.
    pub(crate) fn enter(&self, donation: DonationId) -> Stay {
        self.with(|groups| groups.entry(donation).or_default().callers += 1);
        Stay { all: self.clone(), donation }
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<DonationId, Group>) -> T) -> T {
        // Counts of callers are right at every step, so a panic elsewhere has broken nothing.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Stay {
    /// Comes with another one that was let pass, or asks `may_pass` and takes along those who come beside it. Of any number at once
    /// one asks.
    fn pass<E>(&self, now: Instant, may_pass: impl FnOnce() -> Result<(), E>) -> Result<Passed, E> {
        self.all.with(|groups| {
            let group = groups.entry(self.donation).or_default();
            if group.admitted_at.is_some_and(|at| now - at < TAKES_ALONG_FOR) {
                return Ok(Passed::WithAnother);
            }
            may_pass()?;
            group.admitted_at = Some(now);
            Ok(Passed::First)
        })
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        self.all.with(|groups| {
            if let Some(group) = groups.get_mut(&self.donation) {
                group.callers -= 1;
                if group.callers == 0 {
                    groups.remove(&self.donation);
                }
            }
        });
    }
}

/// Lets a start pass that may make an order, or says why not.
pub(crate) async fn admit(
    house: &House,
    donation: &Donation,
    client: ClientNet,
    stay: &Stay,
) -> Result<Result<(), NotNow>, StoreError> {
    let (guard, now) = (&house.guard, house.clock.now());
    let payer = guard.secret.payer(donation, client);
    let (record, brake) = guard.records.record(&payer, now - guard.declines.window).await?;
    if brake.is_some_and(|brake| brake.is_pulled()) {
        return Ok(Err(NotNow::Paused));
    }
    let may_pass = || {
        // The log may know which rule it was; the caller may not.
        for (rule, what) in [("client", Counted::Payment(client)), ("donation", Counted::PaymentOf(donation.id))] {
            guard.limits.count(what).map_err(|many| (rule, many.retry_after))?;
        }
        guard.declines.not_before(&record, now).map_or(Ok(()), |until| Err(("declines", until - now)))
    };
    match stay.pass(now, may_pass) {
        Ok(Passed::First) if guard.declines != DeclinePolicy::OFF => guard.records.remember(&payer, now).await?,
        Ok(Passed::First | Passed::WithAnother) => {}
        Err((rule, wait)) => {
            tracing::warn!(donation.id = %donation.id, rule, "payment.start_refused");
            return Ok(Err(NotNow::TooMany(TooMany { retry_after: in_steps(wait) })));
        }
    }
    Ok(Ok(()))
}

/// Rounded up.
fn in_steps(wait: TimeDelta) -> TimeDelta {
    let step = STEP.num_milliseconds();
    let steps = (wait.num_milliseconds().max(1) + step - 1) / step;
    TimeDelta::milliseconds(steps * step)
}

/// Counts what a new delivery says of how a payment ended. A count that fails is no reason to refuse the delivery.
pub(crate) async fn count_outcome(house: &House, delivery: &Delivery, fact: Option<&OrderFact>) {
    let outcome = match fact {
        Some(OrderFact::Declined(_)) => PaymentOutcome::Declined,
        Some(OrderFact::Captured(_)) if delivery.outcome == DeliveryOutcome::Applied => PaymentOutcome::Captured,
        _ => return,
    };
    let Some(donation) = delivery.donation else { return };
    let ended = PaymentEnded { delivery: delivery.id, donation, outcome, heard_at: delivery.received_at };
    if let Err(error) = house.guard.records.count(&ended).await {
        tracing::error!(%error, delivery.id = %delivery.id, "how a payment ended could not be counted");
    }
}

/// Forgets who began to pay, and how it ended, when it is some days old. The answer is how many rows went.
///
/// # Errors
/// [`StoreError`].
pub async fn forget_old_payers(house: &House) -> Result<u64, StoreError> {
    house.guard.records.forget(house.clock.now() - REMEMBERED_FOR).await
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::ports::Pseudonym;

    use super::*;

    fn at(second: i64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    #[test]
    fn those_who_ask_at_once_come_with_the_first_and_those_who_come_later_do_not() {
        let (all, id) = (UnderWay::default(), DonationId(uuid::Uuid::from_u128(1)));
        let other = all.enter(DonationId(uuid::Uuid::from_u128(2)));
        let (first, second) = (all.enter(id), all.enter(id));
        let (yes, no) = (|| Ok::<(), &str>(()), || Err::<(), &str>("no"));
        assert_eq!(first.pass(at(0), no), Err("no"));
        assert_eq!(second.pass(at(0), no), Err("no"), "who was refused takes nobody along");
        assert_eq!(first.pass(at(0), yes), Ok(Passed::First));
        assert_eq!(second.pass(at(1), no), Ok(Passed::WithAnother));
        assert_eq!(other.pass(at(1), no), Err("no"), "that is another donation");
        drop(first);
        assert_eq!(second.pass(at(29), no), Ok(Passed::WithAnother));
        assert_eq!(second.pass(at(30), no), Err("no"), "nobody is taken along for ever");
        drop(second);
        assert_eq!(all.enter(id).pass(at(2), no), Err("no"));
        drop(other);
        assert!(all.with(|groups| groups.is_empty()), "nothing is left behind");
    }

    #[test]
    fn waits_are_told_in_whole_minutes() {
        let told = |ms| in_steps(TimeDelta::milliseconds(ms)).num_seconds();
        assert_eq!([told(0), told(1), told(6_000), told(60_000), told(60_001)], [60, 60, 60, 60, 120]);
    }

    #[test]
    fn pseudonyms_go_by_the_secret_the_kind_and_the_text() {
        let (ours, theirs) = (PseudonymSecret::new(b"ours"), PseudonymSecret::new(b"theirs"));
        let marks: Vec<Pseudonym> = [ours.of("client", "a"), ours.of("client", "b"), ours.of("email", "a")].into();
        assert_eq!(ours.of("client", "a"), marks[0]);
        assert!(marks[0] != marks[1] && marks[0] != marks[2]);
        assert_ne!(theirs.of("client", "a"), marks[0]);
    }
}
