//! The shapes of Ioka's JSON, as far as we read and write them.
//!
//! Everything that is read is optional: real answers leave fields out, carry `null` where the schema promises a value, and
//! have more than the schema names. A field of an unexpected type counts as absent, so that an odd `extra_info` or
//! `processing_fee` never costs us the news that somebody has paid. What we cannot do without is asked for in `mapping`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// `POST /v2/orders` takes this.
#[derive(Debug, Serialize)]
pub(crate) struct IokaNewOrder<'a> {
    pub amount: i64,
    pub currency: &'static str,
    pub capture_method: &'static str,
    pub external_id: &'a str,
    pub description: &'a str,
    pub due_date: String,
    pub back_url: &'a str,
    pub success_url: &'a str,
    pub failure_url: &'a str,
}

/// `POST /v2/orders` answers with this: the only call that wraps the order.
#[derive(Debug, Deserialize)]
pub(crate) struct IokaCreatedOrder {
    pub order: IokaOrder,
}

/// An order, in an answer or in a webhook.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaOrder {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "as_written")]
    pub amount: Option<Box<RawValue>>,
    #[serde(deserialize_with = "lenient")]
    pub currency: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub external_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub created_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub due_date: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub checkout_url: Option<String>,
    /// Not in every answer that has an order.
    #[serde(deserialize_with = "lenient")]
    pub payments: Option<Vec<IokaPayment>>,
}

/// A payment: one try to pay an order.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaPayment {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub created_at: Option<String>,
    #[serde(deserialize_with = "as_written")]
    pub captured_amount: Option<Box<RawValue>>,
    #[serde(deserialize_with = "lenient")]
    pub error: Option<IokaError>,
}

/// `POST /v2/orders/{id}/refunds` takes this.
#[derive(Debug, Serialize)]
pub(crate) struct IokaNewRefund<'a> {
    pub amount: i64,
    pub external_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
}

/// A refund, in an answer or in a webhook.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaRefund {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    /// Not in a webhook that has the order itself.
    #[serde(deserialize_with = "lenient")]
    pub order_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub external_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub created_at: Option<String>,
    #[serde(deserialize_with = "as_written")]
    pub amount: Option<Box<RawValue>>,
}

/// `GET /v2/search/refunds` answers with this: unlike other lists, its length stands in the body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaFoundRefunds {
    #[serde(deserialize_with = "lenient")]
    pub count: Option<u64>,
    pub data: Vec<IokaRefund>,
}

/// Something that has an id, of which we read nothing else: a saved card.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaNamed {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
}

/// An error, as the body of an answer or inside a payment. Its `message` is never acted on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaError {
    #[serde(deserialize_with = "lenient")]
    pub code: Option<String>,
}

/// A webhook's body in Ioka's own dialect.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct IokaEvent {
    #[serde(deserialize_with = "lenient")]
    pub event: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub order: Option<IokaOrder>,
    #[serde(deserialize_with = "lenient")]
    pub payment: Option<IokaPayment>,
    #[serde(deserialize_with = "lenient")]
    pub refund: Option<IokaRefund>,
    #[serde(deserialize_with = "lenient")]
    pub card: Option<IokaNamed>,
}

/// A webhook's body in the guide's dialect.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GuideEvent {
    #[serde(deserialize_with = "lenient")]
    pub event: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub object: Option<GuideObject>,
}

/// The order that an event of the guide is about. Its amount is in tenge.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GuideObject {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub external_id: Option<String>,
    #[serde(deserialize_with = "as_written")]
    pub amount: Option<Box<RawValue>>,
    #[serde(deserialize_with = "lenient")]
    pub currency: Option<String>,
}

/// The value, or `None` if it is `null` or of another type.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

/// The value's text, or `None` if it is `null`.
fn as_written<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<RawValue>>, D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    Ok((raw.get() != "null").then_some(raw))
}

/// A foreign word, made safe to show: at most 64 printable ASCII characters.
pub(crate) fn short(word: &str) -> String {
    word.chars().take(64).map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).collect()
}

/// Where a JSON text went wrong. The error's own words would quote from it.
pub(crate) fn place(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        Category::Io | Category::Syntax => "no JSON",
        Category::Eof => "cut off",
        Category::Data => "another shape",
    };
    format!("{kind} at line {} column {}", error.line(), error.column())
}
