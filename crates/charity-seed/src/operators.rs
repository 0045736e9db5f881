//! What the charity's own people do, and what the record says of it.

use chrono::{Datelike as _, TimeDelta, Weekday};
use domain::audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
use domain::donation::{Actor, Cause};
use domain::{Account, AuditId, Donation, DonationId, Instant, Role};

use crate::calendar::days;
use crate::dice::Dice;

/// Where operators sit, and where a stranger tries passwords from (RFC 5737).
const OFFICE: &str = "203.0.113.7";
const STRANGER: &str = "198.51.100.23";

/// The desk where donations are dealt with.
pub(crate) struct Desk {
    admin: Account,
    viewer: Account,
    /// What was done, in no order.
    pub(crate) entries: Vec<AuditEntry>,
}

impl Desk {
    pub(crate) fn of(admin: &Account, viewer: &Account) -> Self {
        Self { admin: admin.clone(), viewer: viewer.clone(), entries: Vec::new() }
    }

    /// An operator gives money back: the cause of what follows, with its entries.
    pub(crate) fn refunds(&mut self, donation: &Donation, at: Instant, dice: &mut Dice) -> Cause {
        self.acts(AuditAction::Refund, (donation.id, 201), at, dice)
    }

    /// An operator has looked into something.
    pub(crate) fn resolves(&mut self, donation: &Donation, at: Instant, dice: &mut Dice) -> Cause {
        self.acts(AuditAction::ResolveReview, (donation.id, 200), at, dice)
    }

    fn acts(&mut self, action: AuditAction, (id, status): (DonationId, u16), at: Instant, dice: &mut Dice) -> Cause {
        let request = dice.id(at).to_string();
        let begun = AuditEntry {
            id: AuditId(dice.id(at)),
            at,
            actor: AuditActor::Account(self.admin.id, Role::Admin),
            action,
            target: Some(id.to_string()),
            outcome: AuditOutcome::Begun,
            status: None,
            address: Some(OFFICE.to_owned()),
            request_id: Some(request.clone()),
            details: [].into(),
        };
        let done_at = at + TimeDelta::milliseconds(800);
        let (id, outcome, status) = (AuditId(dice.id(done_at)), AuditOutcome::Done, Some(status));
        self.entries.push(AuditEntry { id, at: done_at, outcome, status, ..begun.clone() });
        self.entries.push(begun);
        Cause { actor: Actor::Account(self.admin.id), request_id: Some(request) }
    }

    /// Every working day somebody signs in and looks around, at these donations among others.
    pub(crate) fn looks_around(&mut self, now: Instant, donations: &[(Instant, DonationId)], dice: &mut Dice) {
        const LOOKS: [(u32, AuditAction); 6] = [
            (8, AuditAction::ReadDonation),
            (5, AuditAction::ListDonations),
            (2, AuditAction::ListJobs),
            (2, AuditAction::ListDeliveries),
            (2, AuditAction::ReadReconciliation),
            (1, AuditAction::ListAudit),
        ];
        let many = u32::try_from(donations.len() / 4_000).unwrap_or(u32::MAX).max(4);
        for day in days(now) {
            let mut at = day.span().from + TimeDelta::minutes(i64::from(dice.between(540, 620)));
            if dice.chance(60) {
                self.note((AuditActor::Nobody, AuditAction::SignIn), (AuditOutcome::Refused, 401), at, dice);
            }
            if matches!((at + TimeDelta::hours(5)).weekday(), Weekday::Sat | Weekday::Sun) {
                continue;
            }
            let who = if dice.chance(700) { &self.admin } else { &self.viewer };
            let actor = AuditActor::Account(who.id, who.role);
            self.note((actor, AuditAction::SignIn), (AuditOutcome::Done, 200), at, dice);
            for _ in 0..dice.between(many / 2, many) {
                at += TimeDelta::seconds(i64::from(dice.between(5, 900)));
                let action = dice.weighted(&LOOKS);
                self.note((actor, action), (AuditOutcome::Done, 200), at, dice);
                if action == AuditAction::ReadDonation {
                    let by_then = donations.partition_point(|(made_at, _)| *made_at < at);
                    let index = dice.below(u32::try_from(by_then).unwrap_or(0)) as usize;
                    if let (Some(entry), Some((_, id))) = (self.entries.last_mut(), donations.get(index)) {
                        entry.target = Some(id.to_string());
                    }
                }
            }
        }
        self.entries.retain(|entry| entry.at < now);
        self.entries.sort_unstable_by_key(|entry| (entry.at, entry.id));
    }

    fn note(
        &mut self,
        (actor, action): (AuditActor, AuditAction),
        (outcome, status): (AuditOutcome, u16),
        at: Instant,
        dice: &mut Dice,
    ) {
        let address = if actor == AuditActor::Nobody { STRANGER } else { OFFICE };
        let means = ("means".to_owned(), "browser".to_owned());
        self.entries.push(AuditEntry {
            id: AuditId(dice.id(at)),
            at,
            actor,
            action,
            target: None,
            outcome,
            status: Some(status),
            address: Some(address.to_owned()),
            request_id: Some(dice.id(at).to_string()),
            details: if action == AuditAction::SignIn { [means].into() } else { [].into() },
        });
    }
}
