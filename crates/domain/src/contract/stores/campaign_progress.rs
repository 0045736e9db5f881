//! What was given for campaigns.

use super::Stores;
use super::samples::{
    AMOUNT, at, capture, cause, completed, donation, edited, email, found, kept, news, refund, saved, started, text,
};
use crate::donation::{Decline, DeclineReason, DonationEvent, OrderFact};
use crate::ports::{CampaignProgress, GatewayMode, LatestDonations, PublicDonation};
use crate::{CampaignSlug, Donation, DonationRecord, Gift, Tenge};

const REAL: GatewayMode = GatewayMode::Real;
const TEST: GatewayMode = GatewayMode::Test;

fn slug(text: &str) -> CampaignSlug {
    CampaignSlug::parse(text).expect("a sample is a slug")
}

fn progress(raised: u32, trees: u64, donors: u64, donations: u64) -> CampaignProgress {
    CampaignProgress { raised: Tenge::new(raised), trees, donors, donations }
}

/// A donation that `change` makes different before it is kept.
fn changed(number: u128, change: impl FnOnce(&mut DonationRecord)) -> Donation {
    let mut record = donation(number).into_record();
    change(&mut record);
    Donation::restore(record)
}

/// What every way of asking says of the one campaign that there is.
async fn asked(stores: Stores<'_>, mode: GatewayMode) -> CampaignProgress {
    let all = stores.campaigns.progress(mode).await.unwrap();
    let one = stores.campaigns.progress_of(&slug("trees"), mode).await.unwrap();
    assert_eq!(stores.campaigns.total(mode).await, Ok(one));
    assert_eq!(all.get(&slug("trees")).copied().unwrap_or_default(), one);
    assert_eq!(all.len(), usize::from(one != CampaignProgress::default()));
    one
}

async fn latest(stores: Stores<'_>, mode: GatewayMode) -> Vec<PublicDonation> {
    let query = LatestDonations { campaign: slug("trees"), mode, limit: 10 };
    stores.campaigns.latest(&query).await.unwrap()
}

/// In every state that a donation can be in: pending, waiting, failed and cancelled ones count for nothing.
pub async fn only_what_is_paid_counts_net_of_refunds(stores: Stores<'_>) {
    assert_eq!(asked(stores, REAL).await, CampaignProgress::default());
    kept(stores, donation(1)).await;
    started(stores, donation(2)).await;
    let declined = Decline { declined_at: at(2), reason: DeclineReason::Unknown, gateway_code: None };
    let failing = started(stores, donation(3)).await;
    let failing = saved(stores, &news(&failing, OrderFact::Declined(declined))).await;
    let cancelled = kept(stores, donation(4)).await;
    let cancelled = cancelled.apply(&DonationEvent::DonorCancelled, at(2), &cause());
    saved(stores, &cancelled.change.expect("a pending donation can be cancelled")).await;
    assert_eq!(asked(stores, REAL).await, CampaignProgress::default());
    assert_eq!(latest(stores, REAL).await, []);

    // Paid in the end: it counts from now on.
    saved(stores, &capture(&failing)).await;
    assert_eq!(asked(stores, REAL).await, progress(AMOUNT, 10, 1, 1));
    let partly = completed(stores, donation(5)).await;
    saved(stores, &refund(&partly, "refund-1", 1_200)).await;
    assert_eq!(asked(stores, REAL).await, progress(AMOUNT + 3_800, 17, 1, 2));
    let whole = completed(stores, donation(6)).await;
    assert_eq!(asked(stores, REAL).await, progress(2 * AMOUNT + 3_800, 27, 1, 3));
    saved(stores, &refund(&whole, "refund-2", AMOUNT)).await;
    assert_eq!(asked(stores, REAL).await, progress(AMOUNT + 3_800, 17, 1, 2));
    assert_eq!(latest(stores, REAL).await.len(), 2);
    assert_eq!(asked(stores, TEST).await, CampaignProgress::default());
}

/// As the domain counts the trees of each.
pub async fn trees_are_counted_donation_by_donation(stores: Stores<'_>) {
    let gifts = [(5_000, 10, 500), (1_499, 2, 500), (499, 0, 500), (7_777, 11, 700), (600, 6, 100)];
    let mut expected = (Tenge::ZERO, 0);
    for (number, (amount, trees, price)) in (1..).zip(gifts) {
        let gift = Gift { amount: Tenge::new(amount), trees, price_per_tree: Tenge::new(price) };
        let paid = completed(stores, changed(number, |record| record.gift = gift)).await;
        let refunded = [0, 1, 100, 777, 599][usize::try_from(number).expect("a small number") - 1];
        if refunded > 0 {
            saved(stores, &refund(&paid, &format!("refund-{number}"), refunded)).await;
        }
        let refunded = Tenge::new(refunded);
        expected.0 = expected.0.saturating_add(gift.amount.saturating_sub(refunded));
        expected.1 += u64::from(gift.trees_after_refund(refunded));
    }
    let counted = asked(stores, REAL).await;
    assert_eq!((counted.raised, counted.trees), expected);
    let shown: u64 = latest(stores, REAL).await.iter().map(|shown| u64::from(shown.trees)).sum();
    assert_eq!(shown, expected.1);
}

/// By address, however it is written; of those who were forgotten each donation is one.
pub async fn a_donor_is_counted_once(stores: Stores<'_>) {
    for (number, address) in [(1, "ivan@example.com"), (2, "IVAN@Example.com"), (3, "asem@example.com")] {
        completed(stores, changed(number, |record| record.donor.email = email(address))).await;
    }
    assert_eq!(asked(stores, REAL).await, progress(3 * AMOUNT, 30, 2, 3));
    for number in [1, 2] {
        let known = found(stores, crate::DonationId(uuid::Uuid::from_u128(number))).await;
        saved(stores, &known.erase_donor((at(9), &cause())).expect("the donor is known")).await;
    }
    assert_eq!(asked(stores, REAL).await, progress(3 * AMOUNT, 30, 3, 3));
}

/// Each is as if the other were not there.
pub async fn test_mode_and_real_money_are_counted_apart(stores: Stores<'_>) {
    for number in 1..=3 {
        completed(stores, changed(number, |record| record.test_mode = number == 3)).await;
    }
    assert_eq!(asked(stores, REAL).await, progress(2 * AMOUNT, 20, 1, 2));
    assert_eq!(asked(stores, TEST).await, progress(AMOUNT, 10, 1, 1));
    assert_eq!((latest(stores, REAL).await.len(), latest(stores, TEST).await.len()), (2, 1));
}

/// Whoever gave for two is one donor of both, and one in all.
pub async fn every_campaign_has_its_own_progress(stores: Stores<'_>) {
    for (number, name) in [(1, "trees"), (2, "saxaul"), (3, "saxaul")] {
        completed(stores, changed(number, |record| record.campaign = slug(name))).await;
    }
    let all = stores.campaigns.progress(REAL).await.unwrap();
    let (trees, saxaul) = (progress(AMOUNT, 10, 1, 1), progress(2 * AMOUNT, 20, 1, 2));
    assert_eq!(all, [(slug("trees"), trees), (slug("saxaul"), saxaul)].into());
    assert_eq!(stores.campaigns.progress_of(&slug("saxaul"), REAL).await, Ok(saxaul));
    assert_eq!(stores.campaigns.progress_of(&slug("forest"), REAL).await, Ok(CampaignProgress::default()));
    assert_eq!(stores.campaigns.total(REAL).await, Ok(progress(3 * AMOUNT, 30, 1, 3)));
    assert_eq!(latest(stores, REAL).await.len(), 1);
}

/// By when they were paid, whenever they were made; no more than are wanted.
pub async fn the_latest_donations_come_first(stores: Stores<'_>) {
    for number in 1..=4 {
        let paid = completed(stores, changed(number, |record| record.message = Some(text("x")))).await;
        let minutes = [3, 1, 4, 1][usize::try_from(number).expect("a small number") - 1];
        let later = edited(&paid, |record| {
            record.state = crate::DonationState::Completed { completed_at: at(minutes) };
            record.message = Some(text(&number.to_string()));
        });
        saved(stores, &later).await;
    }
    let messages = |shown: &[PublicDonation]| -> Vec<String> {
        shown.iter().filter_map(|donation| donation.message.as_ref().map(ToString::to_string)).collect()
    };
    assert_eq!(messages(&latest(stores, REAL).await), ["3", "1", "4", "2"]);
    let query = LatestDonations { campaign: slug("trees"), mode: REAL, limit: 2 };
    assert_eq!(messages(&stores.campaigns.latest(&query).await.unwrap()), ["3", "1"]);
}

/// The name on the certificate, unless the donor wants to stay unknown or was forgotten.
pub async fn of_a_donation_only_what_is_public_is_told(stores: Stores<'_>) {
    let named = changed(1, |record| record.message = Some(text("Рахмет")));
    completed(stores, named).await;
    let shown = PublicDonation {
        name: Some(text("Ivan")),
        amount: Tenge::new(AMOUNT),
        trees: 10,
        message: Some(text("Рахмет")),
        completed_at: at(2),
    };
    assert_eq!(latest(stores, REAL).await, std::slice::from_ref(&shown));
    let refunded = refund(&found(stores, donation(1).id).await, "refund-1", 1_001);
    saved(stores, &refunded).await;
    let shown = PublicDonation { amount: Tenge::new(3_999), trees: 7, ..shown };
    assert_eq!(latest(stores, REAL).await, std::slice::from_ref(&shown));

    let family = edited(&found(stores, donation(1).id).await, |record| record.certificate_name = Some(text("Әсел")));
    let family = saved(stores, &family).await;
    assert_eq!(latest(stores, REAL).await, [PublicDonation { name: Some(text("Әсел")), ..shown.clone() }]);
    let hidden = saved(stores, &edited(&family, |record| record.anonymous = true)).await;
    assert_eq!(latest(stores, REAL).await, [PublicDonation { name: None, ..shown.clone() }]);
    let forgotten = hidden.erase_donor((at(9), &cause())).expect("the donor is known");
    let forgotten = saved(stores, &forgotten).await;
    let nobody = PublicDonation { name: None, message: None, ..shown };
    assert_eq!(latest(stores, REAL).await, std::slice::from_ref(&nobody));
    // Even if an earlier version forgot to say so.
    saved(stores, &edited(&forgotten, |record| record.anonymous = false)).await;
    assert_eq!(latest(stores, REAL).await, [nobody]);
}
