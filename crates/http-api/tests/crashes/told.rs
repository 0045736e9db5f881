//! What donors were told, which nothing may take back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::Value;

#[derive(Default)]
pub struct Told(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    donations: BTreeMap<String, ToldDonation>,
    wrong: Vec<String>,
    answers: BTreeMap<String, usize>,
}

/// What was said about one donation.
#[derive(Default, Clone)]
pub struct ToldDonation {
    pub amount: i64,
    pub orders: BTreeSet<String>,
    pub was_paid: bool,
    pub certificates: BTreeSet<String>,
    pub refunds: Vec<ToldRefund>,
}

/// What an operator was told about a refund.
#[derive(Clone)]
pub struct ToldRefund {
    pub id: String,
    pub wish: String,
    pub amount: i64,
    pub has_succeeded: bool,
}

impl Told {
    pub fn of_donation(&self, view: &Value) {
        let id = view["id"].as_str().unwrap().to_owned();
        let was_paid = matches!(view["status"].as_str().unwrap(), "completed" | "partially_refunded" | "refunded");
        let mut notes = self.0.lock().unwrap();
        let donation = notes.donations.entry(id.clone()).or_default();
        let taken_back = donation.was_paid && !was_paid;
        donation.was_paid |= was_paid;
        donation.amount = view["amount"].as_i64().unwrap();
        donation.orders.extend(view["payment_order_id"].as_str().map(str::to_owned));
        donation.certificates.extend(view["certificate"]["number"].as_str().map(str::to_owned));
        if taken_back {
            notes.wrong.push(format!("{id}: was paid, and now is {}", view["status"]));
        }
    }

    pub fn of_order(&self, donation: &str, order: &str) {
        self.0.lock().unwrap().donations.entry(donation.to_owned()).or_default().orders.insert(order.to_owned());
    }

    pub fn of_payment(&self, donation: &str) {
        self.0.lock().unwrap().donations.entry(donation.to_owned()).or_default().was_paid = true;
    }

    pub fn of_refund(&self, donation: &str, refund: ToldRefund) {
        self.0.lock().unwrap().donations.entry(donation.to_owned()).or_default().refunds.push(refund);
    }

    /// An answer that nobody may ever get.
    pub fn wrong(&self, what: String) {
        self.0.lock().unwrap().wrong.push(what);
    }

    /// A call ended so: a status, or that nothing was heard.
    pub fn count(&self, how: &str) {
        *self.0.lock().unwrap().answers.entry(how.to_owned()).or_default() += 1;
    }

    pub fn donations(&self) -> usize {
        self.0.lock().unwrap().donations.len()
    }

    /// One of the donations so far.
    pub fn some_donation(&self, dice: usize) -> Option<String> {
        let notes = self.0.lock().unwrap();
        let index = dice.checked_rem(notes.donations.len())?;
        notes.donations.keys().nth(index).cloned()
    }

    /// One of those that were paid, as far as anybody was told.
    pub fn some_paid(&self, dice: usize) -> Option<String> {
        let notes = self.0.lock().unwrap();
        let paid: Vec<_> = notes.donations.iter().filter(|(_, donation)| donation.was_paid).collect();
        let index = dice.checked_rem(paid.len())?;
        paid.get(index).map(|(id, _)| (*id).clone())
    }

    pub fn all(&self) -> BTreeMap<String, ToldDonation> {
        self.0.lock().unwrap().donations.clone()
    }

    pub fn wrongs(&self) -> Vec<String> {
        self.0.lock().unwrap().wrong.clone()
    }

    pub fn answers(&self) -> BTreeMap<String, usize> {
        self.0.lock().unwrap().answers.clone()
    }
}
