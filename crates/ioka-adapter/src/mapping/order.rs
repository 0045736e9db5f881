//! Orders: ours as Ioka takes them, Ioka's as the domain knows them.

use domain::donation::CaptureReport;
use domain::ports::{GatewayOrder, ListedOrder, ListedStatus, NewOrder, OrderStatus};
use domain::{ExternalId, OrderId, PaymentId, ReportedAmount};
use url::Url;

use crate::mapping::amount::KZT;
use crate::mapping::{cut, parse_date, present, print_date, reported_tiyn, tiyn};
use crate::wire::{IokaNewOrder, IokaOrder, IokaPayment};

/// The longest address that the stores keep, in bytes; Ioka itself takes none above 2083.
const LONGEST_URL: usize = 2048;

/// The order as Ioka takes it; `None` for more money than there is.
pub(crate) fn new_order(order: &NewOrder) -> Option<IokaNewOrder<'_>> {
    Some(IokaNewOrder {
        amount: tiyn(order.amount)?,
        currency: KZT,
        // One stage: `APPROVED` would only be a hold.
        capture_method: "AUTO",
        external_id: order.external_id.as_str(),
        description: cut(&order.description),
        due_date: print_date(order.due_at),
        back_url: &order.return_urls.back,
        success_url: &order.return_urls.success,
        failure_url: &order.return_urls.failure,
    })
}

/// The captured one of an order's payments, which the order's amount may differ from.
fn payment_that_took_the_money(payments: &[IokaPayment]) -> Option<&IokaPayment> {
    payments.iter().find(|payment| payment.status.as_deref() == Some("CAPTURED"))
}

/// Whether the payments say who paid how much.
pub(crate) fn show_a_capture(payments: &[IokaPayment]) -> bool {
    payment_that_took_the_money(payments).is_some_and(|payment| payment.captured_amount.is_some())
}

/// How an order of Ioka's becomes one of the domain's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrderMapping {
    /// Added to the address where the donor pays, so that every call gives the same one.
    pub auto_redirect_ms: u32,
}

impl OrderMapping {
    /// The order; `payments` are those of a paid one. An `Err` says what the answer lacks.
    ///
    /// A status that we do not know is not paid yet. A paid order of which Ioka shows no payment at all was paid in full:
    /// its status is what counts (reference §5), and we never ask for less to be captured.
    pub(crate) fn order(self, order: &IokaOrder, payments: &[IokaPayment]) -> Result<GatewayOrder, &'static str> {
        let id = present(order.id.as_deref()).ok_or("has no order id")?;
        let amount = order.amount.as_deref().ok_or("has no order amount")?;
        let amount = reported_tiyn(amount, order.currency.as_deref());
        let status = match order.status.as_deref() {
            None => return Err("has no order status"),
            Some("PAID") => OrderStatus::Paid(capture_of(order, &amount, payments)?),
            Some("EXPIRED") => OrderStatus::Ended,
            Some(_) => OrderStatus::Payable,
        };
        let checkout_url =
            order.checkout_url.as_deref().and_then(|url| self.checkout_url(url)).filter(|url| url.len() <= LONGEST_URL);
        let checkout_url = match (checkout_url, &status) {
            (Some(url), _) => url,
            (None, OrderStatus::Payable) => return Err("has no http address where the order can be paid"),
            // Nobody pays there any more, and news of money must not be lost for it.
            (None, OrderStatus::Paid(_) | OrderStatus::Ended) => String::new(),
        };
        Ok(GatewayOrder {
            id: OrderId::new(id),
            external_id: present(order.external_id.as_deref()).map(ExternalId::new),
            amount,
            checkout_url,
            due_at: order.due_date.as_deref().and_then(parse_date),
            status,
        })
    }

    /// The address where the donor pays, with the return by itself; `None` if a browser should not be sent there.
    fn checkout_url(self, text: &str) -> Option<String> {
        let mut url = Url::parse(text).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        if url.query_pairs().all(|(name, _)| name != "autoRedirectMs") {
            url.query_pairs_mut().append_pair("autoRedirectMs", &self.auto_redirect_ms.to_string());
        }
        Some(url.into())
    }
}

/// An order of a list, which is without its payments. An `Err` says what the answer lacks.
pub(crate) fn listed_order(order: &IokaOrder) -> Result<ListedOrder, &'static str> {
    let id = present(order.id.as_deref()).ok_or("has no order id")?;
    let amount = order.amount.as_deref().ok_or("has no order amount")?;
    Ok(ListedOrder {
        id: OrderId::new(id),
        external_id: present(order.external_id.as_deref()).map(ExternalId::new),
        amount: reported_tiyn(amount, order.currency.as_deref()),
        status: match order.status.as_deref() {
            None => return Err("has no order status"),
            Some("PAID") => ListedStatus::Paid,
            Some("EXPIRED") => ListedStatus::Ended,
            Some(_) => ListedStatus::Payable,
        },
        made_at: order.created_at.as_deref().and_then(parse_date),
    })
}

fn capture_of(
    order: &IokaOrder,
    ordered: &ReportedAmount,
    payments: &[IokaPayment],
) -> Result<CaptureReport, &'static str> {
    let Some(payment) = payment_that_took_the_money(payments) else {
        if !payments.is_empty() {
            return Err("has an order that is paid and no payment that is captured");
        }
        return Ok(CaptureReport {
            payment_id: None,
            ordered: ordered.clone(),
            captured: ordered.clone(),
            paid_at: None,
        });
    };
    let captured = payment.captured_amount.as_deref().ok_or("has no captured amount")?;
    Ok(CaptureReport {
        payment_id: present(payment.id.as_deref()).map(PaymentId::new),
        ordered: ordered.clone(),
        captured: reported_tiyn(captured, order.currency.as_deref()),
        paid_at: payment.created_at.as_deref().and_then(parse_date),
    })
}
