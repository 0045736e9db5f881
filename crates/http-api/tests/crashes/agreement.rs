//! What donors were told, what the twin's books say and what ours say: after the load all three have to come to agree,
//! with nobody's help.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use diesel_store::Store;
use domain::donation::{AttemptState, TimelineEntry, TimelineKind};
use domain::ports::DonationStore;
use domain::{CertificateStatus, Donation, DonationId, Refund, RefundStatus, Review};

use crate::books::{self, BookedDonation, BookedRefund, Books};
use crate::certificates;
use crate::outbox;
use crate::site::{Site, pause};
use crate::told::{ToldDonation, ToldRefund};

/// A refund that nobody answered for is asked for again after a minute; if the server that does so is killed in the middle, its
/// lease ends ten minutes later. Nothing takes longer.
const HEALS_WITHIN: Duration = Duration::from_secs(12 * 60);

/// The load has stopped. What can still be paid expires, as it would in the end; then everything has to agree.
pub async fn comes_about(site: &Site, store: &Store) {
    none(site, one_payable_order_each(site).await);
    books::expire_open_orders(&site.twin).await;
    let told: BTreeMap<DonationId, ToldDonation> =
        site.told.all().into_iter().map(|(id, told)| (DonationId(id.parse().unwrap()), told)).collect();
    let begun = Instant::now();
    let mut settled = Vec::new();
    let mut open: BTreeSet<DonationId> = books::read(&site.twin).await.keys().chain(told.keys()).copied().collect();
    loop {
        // They are written on: refunds that nobody answered for are asked for again.
        let books = books::read(&site.twin).await;
        let mut complaints = Vec::new();
        for id in open.clone() {
            let seen = Seen::of(store, id, (&books, &told)).await;
            match (seen.complaints(), seen.ours) {
                (found, Some(ours)) if found.is_empty() => {
                    open.remove(&id);
                    settled.push(ours);
                }
                (found, _) => complaints.push(format!("{id}: {}\n{}", found.join("; "), seen.story)),
            }
        }
        if open.is_empty() {
            break;
        }
        if begun.elapsed() > HEALS_WITHIN {
            none(site, complaints);
        }
        pause(Duration::from_millis(500)).await;
    }
    none(site, certificates::complaints(store, &settled, &told).await);
    none(site, outbox::complaints(store, &settled).await);
    none(site, site.told.wrongs());
    let paid = settled.iter().filter(|donation| donation.status().was_paid()).count();
    let refunds = settled.iter().map(|donation| donation.refunds.len()).sum::<usize>();
    println!(
        "{} donations, {paid} paid, {refunds} refunds, at one {:?} after the load; answers: {:?}",
        settled.len(),
        begun.elapsed(),
        site.told.answers()
    );
    assert!(paid > 20 && settled.len() > paid, "a load worth the name: {} donations, {paid} paid", settled.len());
}

/// Donations that could be paid twice at this moment.
pub async fn one_payable_order_each(site: &Site) -> Vec<String> {
    let books = books::read(&site.twin).await;
    let payable = |booked: &BookedDonation| booked.orders.iter().filter(|order| order.is_payable()).count();
    books.iter().filter(|(_, booked)| payable(booked) > 1).map(|(id, booked)| format!("{id}: {booked:?}")).collect()
}

/// Fails with all complaints and the seed.
pub fn none(site: &Site, complaints: Vec<String>) {
    let shown = complaints.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(complaints.is_empty(), "{} complaints with CRASH_SEED={}\n\n{shown}\n", complaints.len(), site.seed);
}

/// One donation from all three sides.
struct Seen<'a> {
    ours: Option<Donation>,
    timeline: Vec<TimelineEntry>,
    booked: Option<&'a BookedDonation>,
    told: Option<&'a ToldDonation>,
    /// For a person who has to find out.
    story: String,
}

impl<'a> Seen<'a> {
    async fn of(
        store: &Store,
        id: DonationId,
        (books, told): (&'a Books, &'a BTreeMap<DonationId, ToldDonation>),
    ) -> Self {
        let ours = DonationStore::find(store, id).await.unwrap();
        let timeline = store.timeline(id).await.unwrap();
        let booked = books.get(&id);
        let lines = timeline.iter().map(|entry| format!("  {entry:?}\n"));
        let state = ours.as_ref().map(|ours| (&ours.state, &ours.attempts, &ours.refunds));
        let story = format!("{}  here: {state:?}\n  there: {booked:?}", lines.collect::<String>());
        Self { ours, timeline, booked, told: told.get(&id), story }
    }

    fn complaints(&self) -> Vec<&'static str> {
        let Some(ours) = &self.ours else { return vec!["is lost, and somebody knows of it"] };
        let nothing = BookedDonation::default();
        let booked = self.booked.unwrap_or(&nothing);
        let checks = [
            (self.was_told_the_truth(ours, booked), "a donor was told otherwise"),
            (self.is_paid_as_often(ours, booked), "payments differ"),
            (is_given_back_alike(ours, booked), "refunds differ"),
            (self.was_refunded_as_told(ours), "an operator was told otherwise, or one wish became two refunds"),
            (has_its_certificate(ours), "its latest certificate is not what it should be"),
            (is_settled(ours, booked), "is still open"),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, complaint)| complaint).collect()
    }

    fn was_told_the_truth(&self, ours: &Donation, booked: &BookedDonation) -> bool {
        let Some(told) = self.told else { return true };
        told.amount == ours.gift.amount.get()
            && (!told.was_paid || ours.status().was_paid())
            && told.orders.iter().all(|told| booked.orders.iter().any(|order| order.id == *told))
    }

    fn was_refunded_as_told(&self, ours: &Donation) -> bool {
        let wishes: Vec<_> =
            ours.refunds.iter().filter_map(|refund| Some(refund.request.as_ref()?.reason.as_str())).collect();
        let told = self.told.map(|told| told.refunds.as_slice()).unwrap_or_default();
        let is_kept = |told: &ToldRefund| {
            let refund = ours.refunds.iter().find(|refund| refund.id.to_string() == told.id);
            refund.is_some_and(|refund| {
                let wish = refund.request.as_ref().map(|request| request.reason.as_str());
                let succeeded = refund.status == RefundStatus::Succeeded;
                wish == Some(&*told.wish) && refund.amount.get() == told.amount && (succeeded || !told.has_succeeded)
            })
        };
        wishes.iter().collect::<BTreeSet<_>>().len() == wishes.len() && told.iter().all(is_kept)
    }

    /// Paid there, completed here, each payment once; more than one is flagged.
    fn is_paid_as_often(&self, ours: &Donation, booked: &BookedDonation) -> bool {
        let paid_there: BTreeSet<_> = booked.orders.iter().filter(|order| order.is_paid()).map(|o| &*o.id).collect();
        let paid_here: Vec<_> = ours.attempts.iter().filter(|attempt| attempt.is_paid()).collect();
        let paid_here: BTreeSet<_> =
            paid_here.iter().map(|attempt| attempt.order_id.as_ref().map_or("", |id| id.as_str())).collect();
        let heard = self.timeline.iter().filter(|entry| entry.kind == TimelineKind::PaymentCaptured).count();
        let price = ours.gift.amount.get() * 100;
        paid_there == paid_here
            && heard == paid_there.len()
            && ours.status().was_paid() != paid_there.is_empty()
            && ours.reviews.iter().any(|item| item.review == Review::PaidTwice) == (paid_there.len() > 1)
            && booked.orders.iter().all(|order| order.amount_tiyn == price)
            && booked.orders.iter().all(|order| order.captures == usize::from(order.is_paid()))
            && booked.orders.iter().all(|order| order.captured_tiyn == price * i64::from(order.is_paid()))
    }
}

/// Each refund there is one here, with our name if we asked for it and the same amount; and no more was given back than
/// was paid. One that Ioka refused to make is here alone.
fn is_given_back_alike(ours: &Donation, booked: &BookedDonation) -> bool {
    let there: BTreeSet<_> = booked.refunds.iter().map(BookedRefund::facts).collect();
    let refused = |refund: &&Refund| refund.gateway_id.is_none() && refund.status == RefundStatus::Failed;
    let here: BTreeSet<_> = ours.refunds.iter().filter(|refund| !refused(refund)).map(facts).collect();
    let given_back: i64 = booked.refunds.iter().filter(|refund| refund.is_approved).map(|r| r.amount_tiyn).sum();
    let paid: i64 = booked.orders.iter().map(|order| order.captured_tiyn).sum();
    let paid_once = ours.attempts.iter().filter(|attempt| attempt.is_paid()).count() == 1;
    there == here && given_back <= paid && (!paid_once || ours.refunded().get() * 100 == given_back)
}

/// As [`BookedRefund::facts`].
fn facts(refund: &Refund) -> (String, Option<String>, i64, bool) {
    let id = refund.gateway_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = refund.external_id().map(|name| name.to_string());
    (id, name, refund.amount.get() * 100, refund.status == RefundStatus::Succeeded)
}

fn has_its_certificate(ours: &Donation) -> bool {
    let status = ours.certificate.as_ref().map(|certificate| certificate.status);
    match (ours.status().was_paid(), ours.refunded() == ours.gift.amount) {
        (false, _) => status.is_none(),
        (true, false) => status == Some(CertificateStatus::Valid),
        (true, true) => status != Some(CertificateStatus::Valid),
    }
}

/// No order is waited for that has ended; an attempt may be left whose order was never made.
fn is_settled(ours: &Donation, booked: &BookedDonation) -> bool {
    ours.attempts.iter().all(|attempt| {
        let exists = booked.orders.iter().any(|order| order.external_id == attempt.external_id.as_str());
        let never_made = attempt.state == AttemptState::Prepared && !exists;
        !attempt.is_open() || never_made
    }) && booked.orders.iter().all(|order| ours.attempts.iter().any(|a| a.external_id.as_str() == order.external_id))
}
