//! The second look before money is given back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::donation::RefundTerms;
use domain::{Donation, RefundReason, RefundedPayment};

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Facts};
use crate::admin::words;
use crate::money::money;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "admin/refund.html")]
pub(crate) struct RefundPage {
    layout: AdminLayout,
    facts: Facts,
    action: String,
    /// The donation's page.
    back: String,
    amount: i64,
    reason: String,
    once: String,
    button: String,
}

impl RefundPage {
    /// What a refund would do; `once` is the form's name.
    pub(crate) fn new(
        operator: &Operator,
        donation: &Donation,
        (terms, reason): (RefundTerms, &RefundReason),
        once: &str,
    ) -> Self {
        let texts = Texts(operator.language);
        let amount = money(terms.amount);
        let path = format!("/admin/donations/{}", donation.id);
        let layout = AdminLayout::new(operator, Section::Donations, &texts.get("admin-refund-check")).at(&path);
        let left = donation.unreserved_of(terms.attempt).saturating_sub(terms.amount);
        let donor = Cell::Two(donation.donor.name.to_string(), donation.donor.email.as_str().to_owned());
        let facts = vec![
            ("admin-refund-amount", Cell::money(terms.amount)),
            ("admin-column-donor", donor),
            ("admin-column-payment", Cell::Text(words::word(texts, "payment", terms.payment.word()))),
            ("admin-refund-left", Cell::money(left)),
            ("admin-refund-certificate", Cell::Text(certificate_after(donation, terms, texts))),
            ("admin-refund-reason", Cell::Text(reason.to_string())),
        ];
        Self {
            facts: Facts::new(texts, Some("refund-facts"), facts),
            action: layout.page(&format!("{path}/refund")),
            back: layout.page(&path),
            amount: terms.amount.get(),
            reason: reason.to_string(),
            once: once.to_owned(),
            button: texts.fill("admin-refund-do", &[("amount", Arg::Text(amount))]),
            layout,
        }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, StatusCode::OK)
    }
}

/// What becomes of the certificate once the bank has agreed.
fn certificate_after(donation: &Donation, terms: RefundTerms, texts: Texts) -> String {
    let left = donation.unreserved_of(terms.attempt).saturating_sub(terms.amount);
    if terms.payment == RefundedPayment::Superfluous {
        texts.get("admin-refund-certificate-stays")
    } else if left.is_zero() {
        texts.get("admin-refund-certificate-withdrawn")
    } else {
        let trees = donation.gift.trees_after_refund(donation.gift.amount.saturating_sub(left));
        texts.fill("admin-refund-certificate-replaced", &[("trees", Arg::Text(texts.trees(trees)))])
    }
}
