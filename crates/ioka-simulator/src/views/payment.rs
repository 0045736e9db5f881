//! Payments.

use serde::Serialize;

use crate::model::{Acquirer, Payer, Payment, PaymentStatus, Reason, Stamp};
use crate::settings::Settings;

/// A payment. \[API\], with `tds` and `payer.iin` from the documentation's examples \[DOC\].
#[derive(Serialize)]
pub(crate) struct PaymentView<'a> {
    id: &'a str,
    shop_id: &'a str,
    order_id: &'a str,
    status: PaymentStatus,
    created_at: Stamp,
    approved_amount: i64,
    captured_amount: i64,
    refunded_amount: i64,
    /// Always `0.0`, as in captured traffic. \[CAP\]
    processing_fee: f64,
    tds: bool,
    payer: PayerView<'a>,
    acquirer: Option<&'a Acquirer>,
    error: Option<&'a Reason>,
    action: Option<ActionView>,
}

/// Who pays. \[API\]
#[derive(Serialize)]
pub(crate) struct PayerView<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    pan_masked: &'a str,
    expiry_date: &'a str,
    holder: &'a str,
    payment_system: &'a str,
    emitter: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    customer_id: Option<&'a str>,
    card_id: Option<&'a str>,
    /// `Some(None)` writes `null`, `None` leaves the key out (webhooks).
    #[serde(skip_serializing_if = "Option::is_none")]
    iin: Option<Option<&'a str>>,
}

/// Where the payer must go. \[DOC\]
#[derive(Serialize)]
pub(crate) struct ActionView {
    url: String,
}

/// The parts of a payment that API and webhooks share.
pub(crate) struct PaymentParts<'a> {
    pub(crate) payer: PayerView<'a>,
    /// Only while the payment is `REQUIRES_ACTION`. \[API\]
    pub(crate) action: Option<ActionView>,
}

impl<'a> PaymentParts<'a> {
    /// The shared parts of this payment.
    pub(crate) fn of(settings: &Settings, payment: &'a Payment) -> Self {
        let needs_payer = payment.status == PaymentStatus::RequiresAction;
        Self {
            payer: PayerView::of(&payment.payer),
            action: needs_payer.then(|| ActionView { url: settings.action_url(&payment.id) }),
        }
    }
}

impl<'a> PayerView<'a> {
    /// The payer with every key.
    pub(crate) fn of(payer: &'a Payer) -> Self {
        Self {
            kind: &payer.kind,
            pan_masked: &payer.pan_masked,
            expiry_date: &payer.expiry_date,
            holder: &payer.holder,
            payment_system: &payer.payment_system,
            emitter: payer.emitter.as_deref(),
            email: payer.email.as_deref(),
            phone: payer.phone.as_deref(),
            customer_id: payer.customer_id.as_deref(),
            card_id: payer.card_id.as_deref(),
            iin: Some(None),
        }
    }

    /// The payer as webhooks have it.
    pub(crate) fn without_iin(self) -> Self {
        Self { iin: None, ..self }
    }
}

impl<'a> PaymentView<'a> {
    /// The payment with every key.
    pub(crate) fn of(settings: &'a Settings, payment: &'a Payment) -> Self {
        let PaymentParts { payer, action } = PaymentParts::of(settings, payment);
        Self {
            id: &payment.id,
            shop_id: &settings.shop_id,
            order_id: &payment.order_id,
            status: payment.status,
            created_at: payment.created_at,
            approved_amount: payment.approved_amount,
            captured_amount: payment.captured_amount,
            refunded_amount: payment.refunded_amount,
            processing_fee: 0.0,
            tds: payment.tds,
            payer,
            acquirer: payment.acquirer.as_ref(),
            error: payment.error.as_ref(),
            action,
        }
    }
}
