//! Customers and cards.

use serde::Serialize;

use crate::model::{Card, Customer, Reason, Stamp};
use crate::settings::Settings;

/// A customer. \[DOC\]
#[derive(Serialize)]
pub(crate) struct CustomerView<'a> {
    id: &'a str,
    status: &'static str,
    created_at: Stamp,
    external_id: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    accounts: [(); 0],
    access_token: &'a str,
    checkout_url: String,
}

impl<'a> CustomerView<'a> {
    /// The customer with every key.
    pub(crate) fn of(settings: &Settings, customer: &'a Customer) -> Self {
        Self {
            id: &customer.id,
            status: customer.status(),
            created_at: customer.created_at,
            external_id: customer.external_id.as_deref(),
            email: customer.email.as_deref(),
            phone: customer.phone.as_deref(),
            accounts: [],
            access_token: &customer.access_token,
            checkout_url: settings.customer_url(customer),
        }
    }
}

/// The answer to `POST /v2/customers`. \[DOC\]
#[derive(Serialize)]
pub(crate) struct NewCustomerView<'a> {
    pub(crate) customer: CustomerView<'a>,
    pub(crate) customer_access_token: &'a str,
}

/// What API and webhooks both say of a card after its id. \[DOC\]
#[derive(Serialize)]
pub(crate) struct CardDetails<'a> {
    created_at: Stamp,
    pan_masked: &'a str,
    expiry_date: &'a str,
    holder: &'a str,
    payment_system: &'a str,
    emitter: Option<&'a str>,
    cvc_required: bool,
    error: Option<Reason>,
    action: Option<()>,
}

impl<'a> CardDetails<'a> {
    /// The details of this card; its `error` is the refusal of the bank.
    pub(crate) fn of(card: &'a Card) -> Self {
        Self {
            created_at: card.created_at,
            pan_masked: &card.pan_masked,
            expiry_date: &card.expiry_date,
            holder: &card.holder,
            payment_system: &card.payment_system,
            emitter: card.emitter.as_deref(),
            cvc_required: false,
            error: card.verdict.reason(),
            action: None,
        }
    }
}

/// A card in the API, without a status. \[API\]
#[derive(Serialize)]
pub(crate) struct CardView<'a> {
    id: &'a str,
    customer_id: &'a str,
    #[serde(flatten)]
    details: CardDetails<'a>,
}

impl<'a> CardView<'a> {
    /// The card with every key.
    pub(crate) fn of(card: &'a Card) -> Self {
        Self { id: &card.id, customer_id: &card.customer_id, details: CardDetails::of(card) }
    }
}
