//! A donation as an administrator sees it, with everything that belongs to it.

use std::collections::BTreeMap;

use application::DonationStory;
use domain::donation::{Attempt, AttemptState, TimelineEntry};
use domain::{Donation, ReviewItem};
use serde::Serialize;

use super::{DeliveryView, DonationView, JobView, Reader, RefundView, timestamp};
use crate::state::Site;

/// A donation, and what a person must look at.
#[derive(Debug, Serialize)]
pub struct ReviewedView {
    #[serde(flatten)]
    donation: DonationView,
    review: Vec<ReviewView>,
}

/// A donation with its orders, refunds, jobs, timeline and deliveries.
#[derive(Debug, Serialize)]
pub struct DonationStoryView {
    #[serde(flatten)]
    donation: ReviewedView,
    orders: Vec<OrderView>,
    refunds: Vec<RefundView>,
    jobs: Vec<JobView>,
    timeline: Vec<EntryView>,
    deliveries: Vec<DeliveryView>,
}

#[derive(Debug, Serialize)]
struct ReviewView {
    review: &'static str,
    subject: String,
    raised_at: String,
    resolved_at: Option<String>,
    resolved_by: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct OrderView {
    attempt: u32,
    external_id: String,
    order_id: Option<String>,
    state: &'static str,
    payment_id: Option<String>,
    paid_at: Option<String>,
    started_at: String,
    due_at: String,
}

#[derive(Debug, Serialize)]
struct EntryView {
    at: String,
    kind: &'static str,
    actor: String,
    request_id: Option<String>,
    from: &'static str,
    to: &'static str,
    details: BTreeMap<String, String>,
}

impl ReviewedView {
    /// The donation's view, and what there is to look at, what has been looked at included.
    pub fn new(view: DonationView, donation: &Donation) -> Self {
        Self { donation: view, review: donation.reviews.iter().map(ReviewView::new).collect() }
    }
}

impl DonationStoryView {
    /// All of it.
    pub fn new(donation: &Donation, story: &DonationStory, site: &Site) -> Self {
        Self {
            donation: ReviewedView::new(DonationView::new(donation, site, Reader::Admin), donation),
            orders: donation.attempts.iter().map(OrderView::new).collect(),
            refunds: donation.refunds.iter().map(RefundView::new).collect(),
            jobs: story.jobs.iter().map(JobView::new).collect(),
            timeline: story.timeline.iter().map(EntryView::new).collect(),
            deliveries: story.deliveries.iter().map(DeliveryView::new).collect(),
        }
    }
}

impl ReviewView {
    fn new(item: &ReviewItem) -> Self {
        let resolution = item.resolution.as_ref();
        Self {
            review: item.review.word(),
            subject: item.subject.clone(),
            raised_at: timestamp(item.raised_at),
            resolved_at: resolution.map(|resolution| timestamp(resolution.at)),
            resolved_by: resolution.map(|resolution| resolution.by.word()),
            note: resolution.map(|resolution| resolution.note.to_string()),
        }
    }
}

impl OrderView {
    fn new(attempt: &Attempt) -> Self {
        let capture = match &attempt.state {
            AttemptState::Paid(capture) | AttemptState::Mismatched(capture) => Some(capture),
            AttemptState::Prepared | AttemptState::Open | AttemptState::Ended => None,
        };
        Self {
            attempt: attempt.number,
            external_id: attempt.external_id.to_string(),
            order_id: attempt.order_id.as_ref().map(ToString::to_string),
            state: attempt.state.word(),
            payment_id: capture.and_then(|capture| capture.payment_id.as_ref()).map(ToString::to_string),
            paid_at: capture.map(|capture| timestamp(capture.paid_at)),
            started_at: timestamp(attempt.started_at),
            due_at: timestamp(attempt.due_at),
        }
    }
}

impl EntryView {
    fn new(entry: &TimelineEntry) -> Self {
        Self {
            at: timestamp(entry.at),
            kind: entry.kind.word(),
            actor: entry.cause.actor.word(),
            request_id: entry.cause.request_id.clone(),
            from: entry.from.word(),
            to: entry.to.word(),
            details: entry.details.clone(),
        }
    }
}
