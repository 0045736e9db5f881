//! A donation as the API shows it.

use domain::{CertificateStatus, Donation};
use serde::Serialize;

use super::timestamp;
use crate::localise::{Args, localise};
use crate::state::Site;

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The donor, or whoever knows the id.
    Donor,
    /// An administrator, who sees the e-mail address whole.
    Admin,
}

/// A donation.
#[derive(Debug, Serialize)]
pub struct DonationView {
    id: String,
    status: &'static str,
    amount: i64,
    currency: &'static str,
    trees: u32,
    campaign: String,
    donor_name: String,
    donor_email: String,
    message: Option<String>,
    anonymous: bool,
    language: &'static str,
    payment_order_id: Option<String>,
    checkout_url: Option<String>,
    failure: Option<FailureView>,
    refunded_amount: i64,
    test_mode: bool,
    certificate: Option<CertificateView>,
    created_at: String,
    updated_at: String,
    completed_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct FailureView {
    code: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct CertificateView {
    number: String,
    url: String,
    verify_url: String,
}

impl DonationView {
    /// The donation as `reader` may see it.
    pub fn new(donation: &Donation, site: &Site, reader: Reader) -> Self {
        let attempt = donation.shown_attempt();
        let failure = donation.state.decline().map(|decline| FailureView {
            code: decline.reason.word(),
            message: localise(donation.language, &format!("failure-{}", decline.reason.word()), &Args::new()),
        });
        Self {
            id: donation.id.to_string(),
            status: donation.status().word(),
            amount: donation.gift.amount.get(),
            currency: "KZT",
            trees: donation.gift.trees,
            campaign: donation.campaign.as_str().to_owned(),
            donor_name: donation.donor.name.to_string(),
            donor_email: match reader {
                Reader::Donor => donation.donor.email.masked(),
                Reader::Admin => donation.donor.email.as_str().to_owned(),
            },
            message: donation.message.as_ref().map(ToString::to_string),
            anonymous: donation.anonymous,
            language: donation.language.code(),
            payment_order_id: attempt.and_then(|attempt| attempt.order_id.as_ref()).map(ToString::to_string),
            checkout_url: attempt.and_then(|attempt| attempt.checkout_url.clone()),
            failure,
            refunded_amount: donation.refunded().get(),
            test_mode: donation.test_mode,
            certificate: CertificateView::of(donation, site),
            created_at: timestamp(donation.created_at),
            updated_at: timestamp(donation.updated_at),
            completed_at: donation.state.completed_at().map(timestamp),
        }
    }
}

impl CertificateView {
    /// The valid certificate of a donation; `None` before it was paid and after it was given back.
    fn of(donation: &Donation, site: &Site) -> Option<Self> {
        let certificate = donation.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid)?;
        let of_a_guest = donation.donor.account.is_none() && !donation.donor.is_erased();
        let kind = if of_a_guest { "guest-donations" } else { "donations" };
        let base = &site.backend_url;
        Some(Self {
            number: certificate.number.to_string(),
            url: format!("{base}/api/{kind}/{}/certificate", donation.id),
            verify_url: site.verify_url(&certificate.number),
        })
    }
}
