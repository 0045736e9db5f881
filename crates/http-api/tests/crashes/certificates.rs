//! Certificates are numbered without gaps, each stands for one donation, and only what was paid and kept has a valid one.

use std::collections::{BTreeMap, BTreeSet};

use diesel_store::Store;
use domain::ports::CertificateStore;
use domain::{CertificateNumber, CertificateStatus, Donation, DonationId};

use crate::told::ToldDonation;

/// Looks up every number from the first on.
pub async fn complaints(
    store: &Store,
    donations: &[Donation],
    told: &BTreeMap<DonationId, ToldDonation>,
) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut valid: BTreeMap<DonationId, usize> = BTreeMap::new();
    let mut known = BTreeMap::new();
    for (series, year) in series_of(donations) {
        for sequence in 1.. {
            let number = CertificateNumber::new(&series, year, sequence);
            let Some(domain::ports::FiledCertificate { certificate, .. }) =
                CertificateStore::find(store, &number).await.unwrap()
            else {
                break;
            };
            *valid.entry(certificate.donation).or_default() +=
                usize::from(certificate.status == CertificateStatus::Valid);
            known.insert(number.to_string(), certificate.donation);
        }
    }
    for donation in donations {
        let is_due = donation.status().was_paid() && donation.refunded() < donation.gift.amount;
        if valid.get(&donation.id).copied().unwrap_or(0) != usize::from(is_due) {
            complaints.push(format!("{}: {:?} valid certificates", donation.id, valid.get(&donation.id)));
        }
        let latest = donation.certificate.iter().map(|certificate| certificate.number.to_string());
        let promised = told.get(&donation.id).into_iter().flat_map(|told| told.certificates.iter().cloned());
        let strays = latest.chain(promised).filter(|number| known.get(number) != Some(&donation.id));
        complaints.extend(strays.map(|number| format!("{number}: behind a gap, or another donation's")));
    }
    let ids: BTreeSet<_> = donations.iter().map(|donation| donation.id).collect();
    let strangers = known.iter().filter(|(_, donation)| !ids.contains(donation));
    complaints.extend(strangers.map(|(number, donation)| format!("{number}: of {donation}, which nobody paid")));
    complaints
}

fn series_of(donations: &[Donation]) -> BTreeSet<(String, i32)> {
    let drafts = donations.iter().filter_map(|donation| Some(&donation.certificate.as_ref()?.draft));
    drafts.map(|draft| (draft.series().to_owned(), draft.year())).collect()
}
