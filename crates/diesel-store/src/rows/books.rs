//! Rows as the books of a period have them.

use diesel::prelude::*;
use domain::books::{BookedCertificate, BookedDonation, BookedPayment, BookedRefund};
use domain::{CertificateNumber, DonationId, DonationStatus, GatewayRefundId, Gift, OrderId, PaymentId, RefundId};

use super::{count, damaged, known, tenge};
use crate::error::QueryError;
use crate::schema::{attempts, certificates, donations, refunds};
use crate::types::{At, Id};

/// An attempt whose money was taken.
#[derive(Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub(crate) struct BookedPaymentRow {
    donation_id: Id,
    number: i64,
    order_id: Option<String>,
    payment_id: Option<String>,
    state: String,
    paid_at: Option<At>,
    #[diesel(select_expression = donations::amount)]
    amount: i64,
}

/// A refund that succeeded.
#[derive(Queryable, Selectable)]
#[diesel(table_name = refunds)]
pub(crate) struct BookedRefundRow {
    id: Id,
    gateway_id: Option<String>,
    donation_id: Id,
    attempt_number: i64,
    amount: i64,
    created_at: At,
}

/// What the books want of a donation.
#[derive(Queryable, Selectable)]
#[diesel(table_name = donations)]
pub(crate) struct BookedDonationRow {
    id: Id,
    status: String,
    amount: i64,
    trees: i64,
    price_per_tree: i64,
    refunded_amount: i64,
}

/// A valid certificate.
#[derive(Queryable, Selectable)]
#[diesel(table_name = certificates)]
pub(crate) struct BookedCertificateRow {
    number: String,
    donation_id: Id,
    trees: i64,
    issued_at: At,
}

impl BookedPaymentRow {
    pub(crate) fn into_booked(self) -> Result<BookedPayment, QueryError> {
        Ok(BookedPayment {
            donation: DonationId(self.donation_id.0),
            attempt: count("attempts.number", self.number)?,
            order: self.order_id.map(OrderId::new),
            payment: self.payment_id.map(PaymentId::new),
            amount: tenge("donations.amount", self.amount)?,
            paid_at: self.paid_at.ok_or_else(|| damaged("attempts.paid_at"))?.0,
            mismatched: self.state == "mismatched",
        })
    }
}

impl BookedRefundRow {
    pub(crate) fn into_booked(self) -> Result<BookedRefund, QueryError> {
        Ok(BookedRefund {
            id: RefundId(self.id.0),
            gateway_id: self.gateway_id.map(GatewayRefundId::new),
            donation: DonationId(self.donation_id.0),
            attempt: count("refunds.attempt_number", self.attempt_number)?,
            amount: tenge("refunds.amount", self.amount)?,
            created_at: self.created_at.0,
        })
    }
}

impl BookedDonationRow {
    pub(crate) fn into_booked(self) -> Result<BookedDonation, QueryError> {
        Ok(BookedDonation {
            id: DonationId(self.id.0),
            status: known("donations.status", &self.status, DonationStatus::from_word)?,
            gift: Gift {
                amount: tenge("donations.amount", self.amount)?,
                trees: count("donations.trees", self.trees)?,
                price_per_tree: tenge("donations.price_per_tree", self.price_per_tree)?,
            },
            refunded: tenge("donations.refunded_amount", self.refunded_amount)?,
        })
    }
}

impl BookedCertificateRow {
    pub(crate) fn into_booked(self, donation: BookedDonationRow) -> Result<BookedCertificate, QueryError> {
        let donation = donation.into_booked()?;
        Ok(BookedCertificate {
            number: CertificateNumber::from_text(self.number),
            donation: DonationId(self.donation_id.0),
            trees: count("certificates.trees", self.trees)?,
            issued_at: self.issued_at.0,
            gift: donation.gift,
            refunded: donation.refunded,
        })
    }
}
