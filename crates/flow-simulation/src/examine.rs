//! The invariants: what the house believes in the end, against the gateway's own books.

use std::collections::BTreeMap;

use application::Duplicates;
use domain::donation::{DonationStatus, TimelineEntry};
use domain::ports::{DeliveryStore, DonationStore, JobQuery, JobStatus, JobStore, Mail};
use domain::{CertificateStatus, Donation, DonationId, Refund, RefundStatus, RefundedPayment, Review, Tenge};

use crate::agree::{
    attempts_agree, certificate_agrees, is_paid_rightly, orders_are_known, refunds_agree, reviews_agree, state_agrees,
    timeline_explains,
};
use crate::clients::stored;
use crate::coverage::Seen;
use crate::gateway::{Order, Standing};
use crate::letters::REFUND_SUBJECT;
use crate::play::Play;

impl Play {
    /// Looks at everything that must hold at the end of a history.
    pub fn examine(&self) {
        let ids: Vec<_> = self.world.state().donations.iter().copied().flatten().collect();
        for id in ids.iter().copied() {
            let story = self.stage.wait(self.stage.store.timeline(id));
            match (stored(self, id), story) {
                (Ok(Some(donation)), Ok(story)) => self.examine_one(&donation, &story),
                (Ok(None), _) => self.violated(id, "a client was told of it, and it is gone"),
                (Err(error), _) | (_, Err(error)) => self.violated(id, &format!("cannot be read: {error}")),
            }
        }
        self.webhooks_are_on_record();
        self.every_order_is_known(&ids);
    }

    fn violated(&self, id: DonationId, what: &str) {
        self.world.state().violated(format!("donation {id}: {what}"));
    }

    fn examine_one(&self, donation: &Donation, story: &[TimelineEntry]) {
        let orders: Vec<_> = self.world.state().books.orders_of(donation.id).cloned().collect();
        let mut wrong = Vec::new();
        wrong.extend(state_agrees(donation, &orders));
        wrong.extend(attempts_agree(donation, &orders));
        wrong.extend(orders_are_known(donation, &orders));
        wrong.extend(refunds_agree(donation, &orders));
        wrong.extend(reviews_agree(donation, &orders));
        wrong.extend(certificate_agrees(donation));
        wrong.extend(timeline_explains(donation, story));
        wrong.extend(self.duplicates_agree(donation, &orders));
        wrong.extend(self.answers_agree(donation));
        wrong.extend(self.mails_agree(donation));
        for what in wrong {
            self.violated(donation.id, &what);
        }
        let mut state = self.world.state();
        if orders.len() > 1 {
            state.saw(Seen::SecondAttempt);
        }
        state.saw(match donation.status() {
            DonationStatus::Completed => Seen::Completed,
            DonationStatus::PartiallyRefunded => Seen::PartlyRefunded,
            DonationStatus::Refunded => Seen::Refunded,
            _ => Seen::Unpaid,
        });
    }

    /// A webhook that the house took must be on record.
    fn webhooks_are_on_record(&self) {
        let answered: Vec<_> = {
            let state = self.world.state();
            let messages = state.messages.0.iter();
            messages
                .filter(|message| message.standing == Standing::Answered)
                .map(|message| message.key.clone())
                .collect()
        };
        for key in answered {
            let found = self.stage.wait(DeliveryStore::find(&self.stage.store, &key));
            if !matches!(found, Ok(Some(_))) {
                self.world.state().violated(format!("webhook {key} was answered and is not on record: {found:?}"));
            }
        }
    }

    /// There must be no order that belongs to nobody. Those of the donations that were looked at have been.
    fn every_order_is_known(&self, examined: &[DonationId]) {
        let orders: Vec<_> = self.world.state().books.orders.clone();
        for order in orders {
            let donation = order.donation().filter(|id| !examined.contains(id));
            if donation.is_none() && order.donation().is_some() {
                continue;
            }
            let donation = donation.and_then(|id| stored(self, id).ok().flatten());
            let known = donation.is_some_and(|it| it.attempts.iter().any(|one| one.external_id == order.external_id));
            if !known {
                self.world.state().violated(format!("no attempt stands for order {}", order.external_id));
            }
        }
    }
}

impl Play {
    /// Of two payments one goes back by itself if the charity wants that, unless somebody refuses; and as long as more than
    /// one is held, somebody has to look.
    fn duplicates_agree(&self, donation: &Donation, orders: &[Order]) -> Option<String> {
        let paid: Vec<_> = orders.iter().filter(|order| is_paid_rightly(order, donation)).collect();
        let held = paid.iter().filter(|order| order.given_back() < donation.gift.amount).count();
        let superfluous = |refund: &Refund| {
            refund.request.as_ref().is_some_and(|request| request.payment == RefundedPayment::Superfluous)
        };
        let tried = donation.refunds.iter().any(superfluous);
        if tried {
            self.world.state().saw(Seen::DuplicateRefunded);
        }
        if held <= 1 {
            return None;
        }
        if !donation.is_flagged(Review::PaidTwice) {
            return Some(format!("{held} payments are held, and nobody is told"));
        }
        let wanted = self.plan.setting.duplicates == Duplicates::Refund;
        let missing = wanted && !tried && self.jobs(donation.id, JobStatus::Parked) == 0;
        missing.then(|| format!("{held} payments are held, and none was asked back"))
    }

    fn jobs(&self, id: DonationId, status: JobStatus) -> usize {
        let query = JobQuery { donation: Some(id), status: Some(status), after: None, limit: 100 };
        self.stage.wait(JobStore::list(&self.stage.store, &query)).map_or(usize::MAX, |jobs| jobs.len())
    }

    /// What an operator was told will be given back is on record, and is not more than was paid.
    fn answers_agree(&self, donation: &Donation) -> Vec<String> {
        let told: Vec<_> = {
            let state = self.world.state();
            state.refunds_told.iter().filter(|(id, _)| *id == donation.id).map(|(_, refund)| *refund).collect()
        };
        let mut wrong = Vec::new();
        let mut sum = Tenge::ZERO;
        for id in told {
            match donation.refund(id) {
                None => wrong.push(format!("refund {id} was acknowledged and is not on record")),
                Some(refund) if refund.status == RefundStatus::Failed => {}
                Some(refund) => sum = sum.saturating_add(refund.amount),
            }
        }
        let paid = donation.attempts.iter().filter(|attempt| attempt.is_paid()).count();
        let paid = donation.gift.amount.checked_mul(u32::try_from(paid).unwrap_or(u32::MAX)).unwrap_or(Tenge::ZERO);
        if sum > paid {
            wrong.push(format!("refunds of {sum} were acknowledged of {paid} that were paid"));
        }
        wrong
    }

    /// Whoever holds a valid certificate got its mail, once; and nobody got two mails that differ about one.
    fn mails_agree(&self, donation: &Donation) -> Vec<String> {
        let mut wrong = Vec::new();
        let page = donation.id.to_string();
        let mails: Vec<Mail> = {
            let state = self.world.state();
            state.mails.iter().filter(|mail| mail.text.contains(&page)).cloned().collect()
        };
        let mut by_id = BTreeMap::new();
        for mail in &mails {
            if *by_id.entry(mail.id).or_insert(mail) != mail {
                wrong.push(format!("mail {} was written twice, and differently", mail.id));
            }
        }
        let mut by_certificate = BTreeMap::new();
        for mail in by_id.values() {
            let Some((_, number)) = mail.subject.split_once("TREE-") else { continue };
            if mail.attachments.len() != 1 {
                wrong.push("a mail for a certificate came without it".to_owned());
            }
            if by_certificate.insert(number, mail.id).is_some() {
                wrong.push("two mails were sent for one certificate".to_owned());
            }
        }
        let valid = donation.certificate.as_ref().filter(|certificate| certificate.status == CertificateStatus::Valid);
        let number = valid.and_then(|certificate| certificate.number.as_str().strip_prefix("TREE-"));
        if number.is_some_and(|number| !by_certificate.contains_key(number)) {
            wrong.push("no mail was sent for its certificate".to_owned());
        }
        let refunds = by_id.values().filter(|mail| mail.subject == REFUND_SUBJECT).count();
        let succeeded = donation.refunds.iter().filter(|refund| refund.status == RefundStatus::Succeeded).count();
        if refunds != succeeded {
            wrong.push(format!("{refunds} mails tell of {succeeded} refunds"));
        }
        wrong
    }
}
