//! How the database answers an operator's lists, of each as the store asks for it.

use chrono::{DateTime, TimeDelta};
use domain::audit::AuditAction;
use domain::ports::{
    AuditQuery, DeliveryOutcome, DeliveryQuery, DonationFilter, DonationQuery, DonationScope, JobQuery, JobStatus,
    PageCursor,
};
use domain::{AccountId, CampaignSlug, DeliveryId, DonationId, DonationStatus, Instant, JobId, Tenge};
use uuid::Uuid;

use super::super::Planner;
use super::donation_page::{among, page};
use super::search::{Prefix, having, not_indexed};
use crate::types::Id;

const ID: Uuid = Uuid::from_u128(0x5_0000);

/// In the middle of all of them.
fn middle() -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_782_000_000)
}

/// From one index, and nothing is sorted.
fn assert_in_order(plan: &str, index: &str) {
    assert!(plan.contains(index), "not from {index}:\n{plan}");
    assert_no_walk(plan);
    assert!(!plan.contains("Sort") && !plan.contains("TEMP B-TREE"), "sorted:\n{plan}");
}

/// No table is read from end to end. An index may be walked through in its order, since that ends when the page is full.
fn assert_no_walk(plan: &str) {
    let walks = |line: &str| line.contains("Seq Scan") || (line.contains("SCAN") && !line.contains("USING"));
    assert!(!plan.lines().any(walks), "a table is read from end to end:\n{plan}");
}

fn filters() -> Vec<(&'static str, DonationFilter, &'static str)> {
    let all = DonationFilter::default();
    let tenge = |amount| Some(Tenge::new(amount));
    let rare = Some(DonationStatus::Cancelled);
    let (status, campaign) = (Some(DonationStatus::Completed), CampaignSlug::parse("saxaul"));
    vec![
        ("all", all.clone(), "donations_by_age"),
        ("a state", DonationFilter { status, ..all.clone() }, "donations_by_"),
        ("a rare state", DonationFilter { status: rare, ..all.clone() }, "donations_by_status"),
        ("a campaign", DonationFilter { campaign: campaign.clone(), ..all.clone() }, "donations_by_campaign"),
        (
            "a span",
            DonationFilter { from: Some(middle()), to: Some(middle() + TimeDelta::days(3)), ..all.clone() },
            "donations_by_age",
        ),
        (
            "amounts",
            DonationFilter { min_amount: tenge(500), max_amount: tenge(500), ..all.clone() },
            "donations_by_age",
        ),
        (
            "amounts in a span",
            DonationFilter { max_amount: tenge(500), from: Some(middle()), ..all.clone() },
            "donations_by_age",
        ),
        ("a campaign's paid", DonationFilter { status, campaign, ..all.clone() }, "donations_by_"),
        ("paid and small", DonationFilter { status, max_amount: tenge(500), ..all }, "donations_by_"),
    ]
}

/// All of them in one test, since filling the database takes longer than asking it.
#[tokio::test]
async fn every_list_comes_from_an_index() {
    let mut planner = Planner::new().await;
    donations_in_their_order(&mut planner);
    what_waits_for_a_person(&mut planner);
    what_is_searched_for(&mut planner);
    deliveries(&mut planner);
    jobs(&mut planner);
    the_record(&mut planner);
    how_payments_ended(&mut planner);
}

fn donations_in_their_order(planner: &mut Planner) {
    let after = Some(PageCursor { created_at: middle(), id: DonationId(ID) });
    for (name, filter, index) in filters() {
        for after in [None, after] {
            let query = DonationQuery { scope: DonationScope::All, filter: filter.clone(), after, limit: 20 };
            let plan = planner.plan_of(page(&query, &[]));
            assert_in_order(&format!("{name}\n{plan}"), index);
        }
    }
    let scope = DonationScope::Account(AccountId(ID));
    let query = DonationQuery { scope, filter: DonationFilter::default(), after: None, limit: 20 };
    assert_in_order(&planner.plan_of(page(&query, &[])), "donations_by_account");
}

/// Sorted is only what waits.
fn what_waits_for_a_person(planner: &mut Planner) {
    let filter = DonationFilter::default();
    let query = DonationQuery { scope: DonationScope::Flagged, filter, after: None, limit: 20 };
    let plan = planner.plan_of(page(&query, &[]));
    assert!(plan.contains("donation_reviews_open"), "{plan}");
    assert_no_walk(&plan);
}

fn what_is_searched_for(planner: &mut Planner) {
    let (ivan, example) = (Prefix::of("ivan"), Prefix::of("example"));
    for prefix in [Prefix::of("surname77"), ivan.clone(), example.clone()] {
        let plan = planner.plan_of(having(&prefix));
        assert_in_order(&plan, "donation_terms_by_term");
        assert!(!plan.contains("donations"), "{plan}");
    }
    assert_in_order(&planner.plan_of(not_indexed()), "donations_to_index");

    let few: Vec<Id> = (1..=30).map(|number| Id(Uuid::from_u128(number))).collect();
    for (name, filter, _) in filters() {
        let query = DonationQuery { scope: DonationScope::All, filter, after: None, limit: 20 };
        for others in [vec![], vec![ivan.clone()]] {
            let plan = format!("{name}\n{}", planner.plan_of(among(few.clone(), &query, &others)));
            let indexes = ["donations_pkey", "sqlite_autoindex_donations_1", "donations_by_age"];
            assert!(indexes.iter().any(|index| plan.contains(index)), "{plan}");
            assert_no_walk(&plan);
        }
        let plan = format!("{name}\n{}", planner.plan_of(page(&query, &[ivan.clone(), example.clone()])));
        assert_in_order(&plan, "donations_by_");
        assert!(plan.contains("donation_terms"), "{plan}");
    }
}

fn deliveries(planner: &mut Planner) {
    let all = DeliveryQuery { limit: 20, ..DeliveryQuery::default() };
    let after = Some((middle(), DeliveryId(ID)));
    for (query, index) in [
        (all, "deliveries_by_age"),
        (DeliveryQuery { outcome: Some(DeliveryOutcome::Ignored), ..all }, "deliveries_by_outcome"),
        (DeliveryQuery { donation: Some(DonationId(ID)), ..all }, "deliveries_by_donation"),
    ] {
        for query in [query, DeliveryQuery { after, ..query }] {
            assert_in_order(&planner.plan_of(super::deliveries::page(&query)), index);
        }
    }
}

fn jobs(planner: &mut Planner) {
    let all = JobQuery { donation: None, status: None, after: None, limit: 20 };
    let after = Some((middle(), JobId(ID)));
    for (query, index) in [
        (all, "jobs_by_age"),
        (JobQuery { status: Some(JobStatus::Parked), ..all }, "jobs_parked_by_age"),
        (JobQuery { status: Some(JobStatus::Queued), ..all }, "jobs_queued_by_age"),
        // Nearly all of them are done.
        (JobQuery { status: Some(JobStatus::Done), ..all }, "_by_age"),
    ] {
        for query in [query, JobQuery { after, ..query }] {
            assert_in_order(&planner.plan_of(super::jobs::page(&query)), index);
        }
    }
    let of_one = planner.plan_of(super::jobs::page(&JobQuery { donation: Some(DonationId(ID)), ..all }));
    assert!(of_one.contains("jobs_by_donation"), "{of_one}");
    assert_no_walk(&of_one);
}

fn the_record(planner: &mut Planner) {
    let all = AuditQuery { account: None, action: None, from: None, to: None, after: None, limit: 20 };
    let refunds = Some(AuditAction::Refund);
    for (query, index) in [
        (all, "audit_entries_by_age"),
        (AuditQuery { from: Some(middle()), to: Some(middle() + TimeDelta::days(3)), ..all }, "audit_entries_by_age"),
        (AuditQuery { account: Some(AccountId(Uuid::from_u128(7))), ..all }, "audit_entries_by_account"),
        (AuditQuery { action: refunds, ..all }, "audit_entries_by_action"),
        (AuditQuery { action: refunds, from: Some(middle()), ..all }, "audit_entries_by_"),
    ] {
        assert_in_order(&planner.plan_of(super::audit::page(&query)), index);
    }
}

fn how_payments_ended(planner: &mut Planner) {
    for (plan, index) in super::payment_guard::plans(planner) {
        assert!(plan.contains(&format!("payment_{index}")), "{plan}");
        assert_no_walk(&plan);
    }
}
