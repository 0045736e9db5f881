//! Who takes the money.

use async_trait::async_trait;

use crate::donation::CaptureReport;
use crate::ports::{ListedOrder, ListedRefund, Listing, TimeSpan};
use crate::{ExternalId, GatewayRefundId, Instant, OrderId, RefundStatus, ReportedAmount, Tenge};

/// A payment gateway.
///
/// What must hold of every implementation:
/// - An order's `external_id` is unique at the gateway: however often and however concurrently an order is asked for
///   under one name, there is at most one.
/// - No call is repeated inside: the caller decides what may be repeated, by the [`GatewayError`].
/// - A declined payment is no error; it is what an order's status or a webhook tells.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Whether the money is real.
    fn mode(&self) -> GatewayMode;

    /// Makes an order, or says that one of this name is there already.
    ///
    /// # Errors
    /// [`GatewayError`], cut by what the caller may do next.
    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError>;

    /// The order of this id; `None` if the gateway has none.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError>;

    /// The order of this name; `None` if the gateway has none.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError>;

    /// Gives money of a paid order back.
    ///
    /// # Errors
    /// [`GatewayError`], cut by what the caller may do next.
    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError>;

    /// One refund of an order; `None` if the order has none of this id.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError>;

    /// All refunds of an order, whoever made them; empty if there is none.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError>;

    /// A page of the orders that were made in the span, whoever made them; pages count from 1. Every one of them is on some
    /// page, and may be on two. One of which the gateway does not say when it was made is listed whatever the span.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError>;

    /// A page of the refunds that were made in the span, of any order and by whomever, under the same promise.
    ///
    /// # Errors
    /// [`GatewayError`]; asking changes nothing, so it may always be asked again.
    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError>;

    /// Asks whether the gateway answers and knows our key; changes nothing there.
    ///
    /// # Errors
    /// [`GatewayError::Refused`] if it does not know the key, the others if it does not answer.
    async fn check(&self) -> Result<(), GatewayError>;
}

/// Whether a gateway takes real money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatewayMode {
    /// It does (or its stage says it does).
    Real,
    /// It only pretends; donations are marked `test_mode`.
    Test,
}

/// An order to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Its name, unique at the gateway.
    pub external_id: ExternalId,
    /// What the donor pays.
    pub amount: Tenge,
    /// What the payer reads about it.
    pub description: String,
    /// When it has to expire if it is not paid.
    pub due_at: Instant,
    /// Where the payer's browser goes afterwards.
    pub return_urls: ReturnUrls,
}

/// Where the payer's browser goes. A hint for a page; never a proof of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrls {
    /// After a payment.
    pub success: String,
    /// After a decline.
    pub failure: String,
    /// When the payer turns back.
    pub back: String,
}

/// What came of asking for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateOrder {
    /// It was made.
    Created(GatewayOrder),
    /// One of this name is there already: look it up.
    AlreadyExists,
}

/// An order as the gateway reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayOrder {
    /// The gateway's name for it.
    pub id: OrderId,
    /// The name that its maker gave it.
    pub external_id: Option<ExternalId>,
    /// What it was made for.
    pub amount: ReportedAmount,
    /// Where it can be paid.
    pub checkout_url: String,
    /// When it expires, if the gateway says so.
    pub due_at: Option<Instant>,
    /// Where it stands.
    pub status: OrderStatus,
}

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderStatus {
    /// Not paid, and can be.
    Payable,
    /// Paid. What was given back since does not show here; see [`PaymentGateway::refunds`].
    Paid(CaptureReport),
    /// Not paid, and can no longer be.
    Ended,
}

/// A refund to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefund {
    /// The paid order.
    pub order: OrderId,
    /// The refund's name, unique at the gateway, which makes a repeat harmless.
    pub external_id: ExternalId,
    /// How much.
    pub amount: Tenge,
    /// Why, in at most 255 characters.
    pub reason: Option<String>,
}

/// What came of asking for a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOutcome {
    /// The gateway took it on; its status says how far it is.
    Made(GatewayRefund),
    /// One of this name is there already: find it among the order's refunds.
    AlreadyExists,
    /// More than is left of the payment.
    ExceedsPaid,
}

/// A refund as the gateway reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRefund {
    /// The gateway's name for it.
    pub id: GatewayRefundId,
    /// The name that its maker gave it; refunds made in the gateway's panel have none.
    pub external_id: Option<ExternalId>,
    /// How much.
    pub amount: ReportedAmount,
    /// Where it stands.
    pub status: RefundStatus,
    /// When it was made, if the gateway says so.
    pub created_at: Option<Instant>,
}

/// Why a call failed, cut by what the caller may do next. The text is for the log, and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// The gateway will not do it, however often it is asked: our request, our key or its answer is unusable.
    #[error("the gateway refused: {0}")]
    Refused(String),
    /// Not executed, or harmless to make again as it is: an order's name is unique, so asking for it twice makes one.
    #[error("the gateway is unavailable: {0}")]
    Unavailable(String),
    /// Sent, and no usable answer: it may or may not have been executed. Ask first; never repeat blindly.
    #[error("the gateway did not answer: {0}")]
    OutcomeUnknown(String),
}
