//! Donations, their stories, work and certificates.

use std::collections::{BTreeMap, BTreeSet};

use charity_seed::{ADMIN, FillError, VIEWER, fill};
use domain::donation::{AttemptState, DeclineReason, TimelineKind};
use domain::ports::{
    AccountStore as _, CampaignStore, CertificateStore, DonationFilter, DonationQuery, DonationScope, DonationStore,
    GatewayMode, JobQuery, JobStatus, JobStore, StoreFigures as _, Task,
};
use domain::{
    Campaign, CertificateStatus, DonationStatus, DonorEmail, Language, RefundStatus, Review, Role, SearchText, Tenge,
};

use crate::support::{DONATIONS, all, both, filled, now, plan};

#[tokio::test(flavor = "multi_thread")]
async fn every_state_language_decline_review_and_kind_of_donor_is_there() {
    for database in both().await {
        assert_eq!(filled(&database).await.donations, DONATIONS);
        let donations = all(database.store()).await;
        assert_eq!(donations.len(), DONATIONS as usize);
        let states: BTreeSet<_> = donations.iter().map(|donation| donation.status()).collect();
        assert_eq!(states, DonationStatus::ALL.into());
        let languages: BTreeSet<_> = donations.iter().map(|donation| donation.language).collect();
        assert_eq!(languages, Language::ALL.into());
        let reasons: BTreeSet<_> =
            donations.iter().filter_map(|donation| donation.state.decline()).map(|decline| decline.reason).collect();
        assert!(reasons.len() >= DeclineReason::ALL.len() - 1, "{reasons:?}");
        let reviews: BTreeSet<_> =
            donations.iter().flat_map(|donation| &donation.reviews).map(|item| item.review).collect();
        assert_eq!(reviews, Review::ALL.into());
        let refunds: BTreeSet<_> =
            donations.iter().flat_map(|donation| &donation.refunds).map(|refund| refund.status).collect();
        assert_eq!(refunds, RefundStatus::ALL.into());
        let of_accounts = donations.iter().filter(|donation| donation.donor.account.is_some()).count();
        assert!((400..1_000).contains(&of_accounts), "{of_accounts}");
        assert!(donations.iter().any(|donation| donation.donor.is_erased()));
        assert!(donations.iter().any(|donation| donation.test_mode));
        let orders: BTreeSet<_> = donations
            .iter()
            .flat_map(|donation| &donation.attempts)
            .filter_map(|attempt| attempt.order_id.clone())
            .collect();
        assert!(orders.len() > 1_500);
        let first = donations.last().unwrap().created_at;
        assert!((now() - first).num_days() > 380 && donations[0].created_at <= now());
        assert_eq!(donations.iter().map(|donation| &donation.campaign).collect::<BTreeSet<_>>().len(), 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_story_leads_from_pending_to_the_state_that_it_tells_of() {
    for database in both().await {
        filled(&database).await;
        for donation in all(database.store()).await {
            let story = database.store().timeline(donation.id).await.unwrap();
            assert_eq!(story[0].kind, TimelineKind::DonationCreated);
            assert!(
                story.iter().zip(&story[1..]).all(|(one, next)| one.at <= next.at && one.to == next.from),
                "{story:?}"
            );
            let last = story.last().unwrap();
            assert_eq!((last.to, last.at), (donation.status(), donation.updated_at), "{story:?}");
            assert!(donation.updated_at <= now());
            let paid = donation.attempts.iter().any(|attempt| matches!(attempt.state, AttemptState::Paid(_)));
            assert_eq!(paid, donation.status().was_paid());
            let given_back = donation.refunds.iter().filter(|refund| refund.status == RefundStatus::Succeeded);
            let sum = given_back.fold(Tenge::ZERO, |sum, refund| sum.saturating_add(refund.amount));
            assert!(donation.payments_held() > 1 || sum >= donation.refunded());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_numbered_without_gaps_in_the_order_of_their_dates() {
    for database in both().await {
        let filled = filled(&database).await;
        let mut dates: BTreeMap<String, Vec<_>> = BTreeMap::new();
        let mut found = 0;
        let numbers = (1..=filled.certificates).flat_map(|sequence| {
            ["TREE-2025", "TREE-2026", "TEST-2025", "TEST-2026"]
                .map(|series| (series, format!("{series}-{sequence:06}")))
        });
        for (series, number) in numbers {
            let number = domain::CertificateNumber::from_text(number);
            let Some(filed) = CertificateStore::find(database.store(), &number).await.unwrap() else { continue };
            found += 1;
            dates.entry(series.to_owned()).or_default().push(filed.certificate.draft.issued_at);
        }
        // Those that were sent again are the same ones.
        assert_eq!(found, filled.certificates);
        assert!(dates.values().all(|dates| dates.is_sorted()));
        let donations = all(database.store()).await;
        for donation in donations.iter().filter(|donation| !donation.donor.is_erased()) {
            let valid = donation.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid);
            let deserved = matches!(donation.status(), DonationStatus::Completed | DonationStatus::PartiallyRefunded);
            assert_eq!(valid.is_some(), deserved, "{donation:?}");
            let trees = donation.gift.trees_after_refund(donation.refunded());
            assert!(
                valid.is_none_or(
                    |valid| valid.draft.trees == trees && valid.draft.name == donation.name_on_certificate()
                )
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_adds_up() {
    for database in both().await {
        filled(&database).await;
        let donations = all(database.store()).await;
        let counted = |campaign: &Campaign| {
            let paid = donations.iter().filter(|donation| donation.campaign == campaign.slug && !donation.test_mode);
            let left = paid
                .filter(|donation| donation.status().was_paid())
                .map(|donation| donation.gift.amount.saturating_sub(donation.refunded()));
            left.fold(Tenge::ZERO, Tenge::saturating_add)
        };
        for campaign in CampaignStore::list(database.store()).await.unwrap() {
            let progress = database.store().progress_of(&campaign.slug, GatewayMode::Real).await.unwrap();
            assert_eq!(progress.raised, counted(&campaign), "{}", campaign.slug.as_str());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_done_waits_or_was_given_up() {
    for database in both().await {
        filled(&database).await;
        let list = |status| JobQuery { donation: None, status: Some(status), after: None, limit: 5_000 };
        for status in JobStatus::ALL {
            let jobs = JobStore::list(database.store(), &list(status)).await.unwrap();
            assert!(!jobs.is_empty(), "{status:?}");
            assert!(jobs.iter().all(|job| (job.status == JobStatus::Parked) <= job.note.is_some()));
            assert!(jobs.iter().all(|job| status == JobStatus::Queued || (job.tries > 0 && job.due_at <= now())));
        }
        let done = JobStore::list(database.store(), &list(JobStatus::Done)).await.unwrap();
        assert!(done.iter().any(|job| matches!(job.task, Task::Account(..))));
        assert_eq!(
            database.store().tallies().await.unwrap().donations.iter().map(|(_, _, count)| count).sum::<u64>(),
            u64::from(DONATIONS)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_are_there_and_a_database_in_use_is_left_alone() {
    for database in both().await {
        filled(&database).await;
        for (email, role) in [(ADMIN, Role::Admin), (VIEWER, Role::Viewer)] {
            let email = DonorEmail::parse(email).unwrap();
            assert_eq!(database.store().find_by_email(&email).await.unwrap().unwrap().role, role);
        }
        let before = database.everything();
        let again = fill(database.store(), &plan(2), |_| {}).await;
        assert!(matches!(again, Err(FillError::NotEmpty)), "{again:?}");
        assert_eq!(database.everything(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_seed_makes_one_charity() {
    let mut made = Vec::new();
    for database in both().await {
        filled(&database).await;
        made.push(all(database.store()).await);
    }
    assert!(made[0] == made[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_donation_is_found_by_what_stands_on_it() {
    for database in both().await {
        filled(&database).await;
        for donation in all(database.store()).await.iter().step_by(97) {
            let order =
                donation.current_attempt().and_then(|attempt| attempt.order_id.as_ref()).map(ToString::to_string);
            let number = donation.certificate.as_ref().map(|certificate| certificate.number.to_string());
            let name = (!donation.donor.is_erased()).then(|| donation.donor.name.to_string());
            let email = (!donation.donor.is_erased()).then(|| donation.donor.email.as_str().to_owned());
            for text in [Some(donation.id.to_string()), order, number, name, email].into_iter().flatten() {
                let filter = DonationFilter { text: SearchText::parse(&text), ..DonationFilter::default() };
                let query = DonationQuery { scope: DonationScope::All, filter, after: None, limit: 2_000 };
                let found = DonationStore::list(database.store(), &query).await.unwrap();
                assert!(found.iter().any(|found| found.id == donation.id), "{text}");
            }
        }
    }
}
