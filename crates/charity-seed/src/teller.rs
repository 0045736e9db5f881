//! Tells one donation's history, step by step, by the domain's own rules: what they do not allow cannot be told.

use chrono::TimeDelta;
use diesel_store::bulk::{Certified, Story, WorkEnd};
use domain::donation::{
    Actor, Cause, Change, CheckSchedule, DonationEvent, NewDonation, OrderEvent, OrderFact, PaymentPlan, PaymentTerms,
    TimelineEntry, TimelineKind,
};
use domain::ports::{Delivery, DeliveryOutcome, GatewayMode, JobStatus};
use domain::{
    AccountId, Certificate, CertificateChange, CertificateNumber, CertificateStatus, DeliveryId, Donation, Instant,
    OrderId,
};

use crate::dice::Dice;
use crate::webhooks::Webhook;
use crate::words::TROUBLES;

/// How long an order can be paid.
pub(crate) const TTL: TimeDelta = TimeDelta::minutes(60);

/// How often a mail is tried before it is given up.
const MOST_TRIES: u32 = 12;

/// A donation as far as it is told.
pub(crate) struct Teller {
    pub(crate) dice: Dice,
    pub(crate) donation: Donation,
    /// Nothing happens later than this.
    now: Instant,
    created: Donation,
    entry: TimelineEntry,
    changes: Vec<(Change, Vec<WorkEnd>)>,
    pub(crate) certified: Vec<Certified>,
    pub(crate) deliveries: Vec<Delivery>,
}

impl Teller {
    /// A donation is made.
    pub(crate) fn begin(new: NewDonation, (at, now): (Instant, Instant), mut dice: Dice) -> Self {
        let donation = Donation::new(new, at);
        let cause = Cause { actor: donor(&donation), request_id: Some(dice.id(at).to_string()) };
        let status = donation.status();
        let kind = TimelineKind::DonationCreated;
        let entry = TimelineEntry { at, kind, cause, from: status, to: status, details: [].into() };
        Self {
            dice,
            created: donation.clone(),
            donation,
            now,
            entry,
            changes: Vec::with_capacity(4),
            certified: Vec::new(),
            deliveries: Vec::new(),
        }
    }

    /// The whole story.
    pub(crate) fn end(self) -> (Story, Vec<Certified>, Vec<Delivery>) {
        let schedule = CheckSchedule::new(TimeDelta::minutes(1));
        let open = self.donation.attempts.iter().find(|attempt| attempt.is_open());
        let refund = self.donation.refunds.iter().find(|refund| refund.is_open());
        let next_check_at = open
            .and_then(|attempt| schedule.next(attempt, self.now))
            .or_else(|| refund.map(|refund| refund.next_check(self.now)));
        let Self { created, entry, changes, .. } = self;
        (Story { created, entry, changes, next_check_at }, self.certified, self.deliveries)
    }

    /// Whether it has happened by now.
    pub(crate) fn has_come(&self, at: Instant) -> bool {
        at < self.now
    }

    /// The cause of what is done by somebody at this time.
    pub(crate) fn by(&mut self, actor: Actor, at: Instant) -> Cause {
        Cause { actor, request_id: Some(self.dice.id(at).to_string()) }
    }

    /// The donor asks to pay: the attempt is written down, and the gateway makes its order. The attempt's number; `None` if it
    /// has not come to that.
    pub(crate) fn start_payment(&mut self, at: Instant, ended: Option<u32>) -> Option<u32> {
        if !self.has_come(at) {
            return None;
        }
        let cause = self.by(donor(&self.donation), at);
        let mode = if self.donation.test_mode { GatewayMode::Test } else { GatewayMode::Real };
        let terms = PaymentTerms { ttl: TTL, mode, ended_at_gateway: ended };
        let Ok(PaymentPlan::Prepare(change)) = self.donation.plan_payment(terms, at, &cause) else { return None };
        self.take(*change);
        let attempt = self.donation.current_attempt()?.number;
        // One in a thousand times the gateway's answer is lost, and only what happens next shows that there is an order.
        if !self.dice.chance(1) {
            let order = self.dice.name("ord_");
            let url = format!("https://checkout.ioka.example/orders/{order}");
            let fact = OrderFact::Created { checkout_url: url, due_at: None };
            let event = OrderEvent { attempt, order_id: Some(OrderId::new(order)), fact };
            let answered = at + TimeDelta::milliseconds(i64::from(self.dice.between(180, 900)));
            let decision = self.donation.apply(&DonationEvent::Order(event), answered, &cause);
            self.take_all(decision.change);
        }
        Some(attempt)
    }

    /// The donor comes back to an order that can still be paid.
    pub(crate) fn come_back(&mut self, at: Instant) -> Option<()> {
        if !self.has_come(at) {
            return None;
        }
        let attempt = self.donation.current_attempt()?;
        let (number, order_id) = (attempt.number, attempt.order_id.clone());
        let checkout_url = attempt.checkout_url.clone()?;
        let fact = OrderFact::Created { checkout_url, due_at: None };
        let cause = self.by(donor(&self.donation), at);
        let decision = self.donation.reopen(&OrderEvent { attempt: number, order_id, fact }, at, &cause);
        self.take_all(decision.change);
        Some(())
    }

    /// The gateway tells of something by a webhook, which is kept as it came.
    pub(crate) fn hear(&mut self, at: Instant, attempt: u32, fact: OrderFact) -> Option<()> {
        if !self.has_come(at) {
            return None;
        }
        let order_id = self.donation.attempt(attempt)?.order_id.clone();
        let order_id = order_id.unwrap_or_else(|| OrderId::new(self.dice.name("ord_")));
        let cause = self.by(Actor::Gateway, at);
        let webhook = Webhook::of(&self.donation, (attempt, &order_id), &fact);
        let event = OrderEvent { attempt, order_id: Some(order_id), fact };
        let decision = self.donation.apply(&DonationEvent::Order(event), at, &cause);
        if let Some(webhook) = webhook {
            let applied = decision.change.is_some();
            let outcome = if applied { DeliveryOutcome::Applied } else { DeliveryOutcome::Ignored };
            self.deliver(&webhook, outcome, at, cause.request_id);
        }
        self.take_all(decision.change);
        Some(())
    }

    /// A webhook comes that means nothing to us.
    pub(crate) fn hears_of_3ds(&mut self, at: Instant, attempt: u32) -> Option<()> {
        if !self.has_come(at) {
            return None;
        }
        let order = self.donation.attempt(attempt)?.order_id.clone()?;
        let webhook = Webhook::payer_is_asked(&self.donation, (attempt, &order), self.dice.name("pay_"));
        let request = Some(self.dice.id(at).to_string());
        self.deliver(&webhook, DeliveryOutcome::Ignored, at, request);
        Some(())
    }

    fn deliver(&mut self, webhook: &Webhook, outcome: DeliveryOutcome, at: Instant, request_id: Option<String>) {
        let body = webhook.body(&self.donation, at, &mut self.dice);
        self.deliveries.push(Delivery {
            id: DeliveryId(self.dice.id(at)),
            dedup_key: webhook.dedup_key(),
            dialect: "ioka".to_owned(),
            event: webhook.event.to_owned(),
            donation: Some(self.donation.id),
            outcome,
            body,
            received_at: at,
            request_id,
            copies: if self.dice.chance(20) { self.dice.between(2, 4) } else { 1 },
        });
    }

    pub(crate) fn take_all(&mut self, change: Option<Change>) {
        if let Some(change) = change {
            self.take(change);
        }
    }

    /// Goes on from the change, as a store would.
    pub(crate) fn take(&mut self, change: Change) {
        let mut record = change.donation.clone().into_record();
        let version = record.version;
        match &change.certificate {
            Some(CertificateChange::Issue(draft) | CertificateChange::Replace(draft)) => {
                self.end_certificate(CertificateStatus::Replaced);
                let (donation, status) = (record.id, CertificateStatus::Valid);
                self.certified.push(Certified { donation, version, draft: draft.clone(), status });
                // Its number is not known yet, and nothing that is told asks for it.
                let number = CertificateNumber::new(draft.series(), draft.year(), 0);
                record.certificate = Some(Certificate { number, donation, draft: draft.clone(), status });
            }
            Some(CertificateChange::Withdraw) => {
                self.end_certificate(CertificateStatus::Withdrawn);
                if let Some(certificate) = &mut record.certificate {
                    certificate.status = CertificateStatus::Withdrawn;
                }
            }
            Some(CertificateChange::Rename(_)) | None => {}
        }
        let at = record.updated_at;
        let ends = change.work.iter().map(|_| self.work_ends(at)).collect();
        self.donation = Donation::restore(record);
        self.changes.push((change, ends));
    }

    fn end_certificate(&mut self, status: CertificateStatus) {
        if let Some(last) = self.certified.last_mut().filter(|last| last.status == CertificateStatus::Valid) {
            last.status = status;
        }
    }

    fn work_ends(&mut self, queued_at: Instant) -> WorkEnd {
        work_ends(&mut self.dice, queued_at, self.now)
    }
}

/// Who the donor is to the timeline.
pub(crate) fn donor(donation: &Donation) -> Actor {
    donation.donor.account.map_or(Actor::Guest, |account: AccountId| Actor::Account(account))
}

/// What becomes of a mail: most are sent within seconds, some never.
pub(crate) fn work_ends(dice: &mut Dice, queued_at: Instant, now: Instant) -> WorkEnd {
    let done_at = queued_at + TimeDelta::seconds(i64::from(dice.between(1, 9)));
    if dice.chance(4) {
        let given_up_at = queued_at + TimeDelta::hours(31);
        let note = Some(dice.pick(&TROUBLES).to_owned());
        if given_up_at < now {
            return WorkEnd { status: JobStatus::Parked, tries: MOST_TRIES, at: given_up_at, note };
        }
        let tries = dice.between(2, 5);
        return WorkEnd { status: JobStatus::Queued, tries, at: now + TimeDelta::minutes(40), note };
    }
    if done_at < now {
        let tries = if dice.chance(15) { 2 } else { 1 };
        WorkEnd { status: JobStatus::Done, tries, at: done_at, note: None }
    } else {
        WorkEnd { status: JobStatus::Queued, tries: 0, at: queued_at, note: None }
    }
}
