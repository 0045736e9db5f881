//! What happens seldom enough to be done the ordinary way, one transaction at a time: certificates that are sent again, guests'
//! donations that join an account, donors who ask to be forgotten.

use chrono::TimeDelta;
use diesel_store::Store;
use domain::donation::{Actor, Cause};
use domain::ports::{AccountStore as _, DonationStore, Save, Stamp};
use domain::{DonationId, Instant};

use crate::dice::Dice;
use crate::people::People;
use crate::{FillError, Plan};

/// At most so many of each kind.
const RECEIPTS: usize = 40;
const JOINED: usize = 12;
const ERASED: usize = 3;

pub(crate) async fn happen(
    store: &Store,
    plan: &Plan,
    made: &[(Instant, DonationId)],
    people: &People,
) -> Result<(), FillError> {
    let mut dice = Dice::of(plan.seed, 4);
    let at = plan.now - TimeDelta::minutes(30);
    let few = |most: usize| most.min(made.len() / 500 + 1);
    for _ in 0..few(RECEIPTS) {
        let (_, id) = dice.pick(made);
        let Some(donation) = DonationStore::find(store, id).await? else { continue };
        let cause = Cause { actor: Actor::Account(people.admin.id), request_id: Some(dice.id(at).to_string()) };
        let change = donation.plan_receipt(at, &cause).filter(|_| donation.updated_at < at);
        if let Some(change) = change
            && store.save(&change).await? == Save::Conflict
        {
            return Err(FillError::Unexpected("somebody else is writing to this database"));
        }
    }
    let stamp = |dice: &mut Dice| Stamp { at, request_id: Some(dice.id(at).to_string()) };
    let early: Vec<_> = people.donors.iter().filter(|donor| donor.created_at < at - TimeDelta::days(1)).collect();
    for donor in early.iter().skip(1).take(few(JOINED)) {
        store.join_donations(donor.id, &stamp(&mut dice)).await?;
    }
    // Not the first one, whose address is known.
    for donor in early.iter().skip(1 + few(JOINED)).take(few(ERASED)) {
        store.erase(donor.id, &stamp(&mut dice)).await?;
    }
    Ok(())
}
