//! The orders and refunds that the gateway knows, and its rules about them.

use std::collections::HashMap;

use domain::donation::CaptureReport;
use domain::ports::{
    CreateOrder, GatewayError, GatewayOrder, GatewayRefund, NewOrder, NewRefund, OrderStatus, RefundOutcome,
};
use domain::{ExternalId, GatewayRefundId, Instant, OrderId, PaymentId, RefundStatus, ReportedAmount, Tenge};

use crate::script::{Behaviour, Call, Script};

const ORDER_PREFIX: &str = "ord_fake_";

/// An order's id says its name and its amount, so that two runs of one test give the same ids.
fn id_of(name: &ExternalId, amount: Tenge) -> OrderId {
    OrderId::new(format!("{ORDER_PREFIX}{name}_{}", amount.get()))
}

/// The name and the amount that an order's id was made of; `None` if it is no id of ours.
fn parts_of(id: &OrderId) -> Option<(ExternalId, Tenge)> {
    let (name, amount) = id.as_str().strip_prefix(ORDER_PREFIX)?.rsplit_once('_')?;
    let parts = (ExternalId::new(name), Tenge::from_i64(amount.parse().ok()?).ok()?);
    (id_of(&parts.0, parts.1) == *id).then_some(parts)
}

/// Everything that a call may read or change, behind one lock.
#[derive(Debug, Default)]
pub(crate) struct Books {
    pub script: Script,
    pub calls: HashMap<Call, usize>,
    pub payers: Payers,
    /// When orders and refunds are made; until somebody says so, it is not known.
    pub now: Option<Instant>,
    /// In the order in which they were made.
    pub orders: Vec<Order>,
    /// Where in `orders` each name is.
    by_name: HashMap<ExternalId, usize>,
}

/// What happens to a new order of which the script says nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payers {
    #[default]
    PayAtOnce,
    Wait,
}

#[derive(Debug)]
pub(crate) struct Order {
    pub told: GatewayOrder,
    pub made_at: Option<Instant>,
    pub amount: Tenge,
    pub captured: Tenge,
    pub declines: usize,
    pub refunds: Vec<Refund>,
}

#[derive(Debug)]
pub(crate) struct Refund {
    pub told: GatewayRefund,
    pub amount: Tenge,
}

impl Books {
    /// Where payers pay at once, an id says all there is to say about its order. So one that another process has made, or this
    /// one before it was started again, is known too; only what was refunded there is not.
    pub(crate) fn order(&mut self, id: &OrderId) -> Option<&mut Order> {
        let (name, amount) = parts_of(id)?;
        if !self.by_name.contains_key(&name) && self.payers == Payers::PayAtOnce {
            let mut order = Order::new(&name, amount);
            order.take(amount);
            self.keep(name.clone(), order);
        }
        let index = *self.by_name.get(&name)?;
        self.orders.get_mut(index).filter(|order| order.told.id == *id)
    }

    pub(crate) fn by_external_id(&self, external_id: &ExternalId) -> Option<&Order> {
        let index = *self.by_name.get(external_id)?;
        self.orders.get(index)
    }

    pub(crate) fn make_order(&mut self, wanted: &NewOrder, behaviour: &Behaviour) -> CreateOrder {
        if self.by_external_id(&wanted.external_id).is_some() {
            return CreateOrder::AlreadyExists;
        }
        let captured = match (behaviour, self.payers) {
            (Behaviour::Capture(amount), _) => Some(*amount),
            (Behaviour::PayAtOnce, _) => Some(wanted.amount),
            (Behaviour::LeavePending, _) | (_, Payers::Wait) => None,
            (_, Payers::PayAtOnce) => Some(wanted.amount),
        };
        let mut order = Order::new(&wanted.external_id, wanted.amount);
        order.made_at = self.now;
        order.told.due_at = Some(wanted.due_at);
        if let Some(amount) = captured {
            order.take(amount);
            order.told.checkout_url.clone_from(&wanted.return_urls.success);
        } else {
            order.told.checkout_url = format!("https://checkout.invalid/orders/{}", order.told.id);
        }
        let told = order.told.clone();
        self.keep(wanted.external_id.clone(), order);
        CreateOrder::Created(told)
    }

    fn keep(&mut self, name: ExternalId, order: Order) {
        self.by_name.insert(name, self.orders.len());
        self.orders.push(order);
    }

    pub(crate) fn make_refund(
        &mut self,
        wanted: &NewRefund,
        behaviour: &Behaviour,
    ) -> Result<RefundOutcome, GatewayError> {
        let now = self.now;
        let Some(order) = self.order(&wanted.order) else {
            return Err(GatewayError::Refused("OrderNotFound".to_owned()));
        };
        let named = |refund: &Refund| refund.told.external_id.as_ref() == Some(&wanted.external_id);
        if order.refunds.iter().any(named) {
            return Ok(RefundOutcome::AlreadyExists);
        }
        if !matches!(order.told.status, OrderStatus::Paid(_)) {
            return Err(GatewayError::Refused("OrderUnpaid".to_owned()));
        }
        if wanted.amount.is_zero() {
            return Err(GatewayError::Refused("InvalidRequest".to_owned()));
        }
        if wanted.amount > order.left() {
            return Ok(RefundOutcome::ExceedsPaid);
        }
        let status = match behaviour {
            Behaviour::RefundPending => RefundStatus::Pending,
            Behaviour::RefundDeclined => RefundStatus::Failed,
            _ => RefundStatus::Succeeded,
        };
        Ok(RefundOutcome::Made(order.refund(Some(&wanted.external_id), wanted.amount, (status, now))))
    }
}

impl Order {
    fn new(name: &ExternalId, amount: Tenge) -> Self {
        let told = GatewayOrder {
            id: id_of(name, amount),
            external_id: Some(name.clone()),
            amount: ReportedAmount::Tenge(amount),
            checkout_url: String::new(),
            due_at: None,
            status: OrderStatus::Payable,
        };
        Self { told, made_at: None, amount, captured: Tenge::ZERO, declines: 0, refunds: Vec::new() }
    }

    /// What was taken and is neither given back nor on its way.
    pub(crate) fn left(&self) -> Tenge {
        let counted = self.refunds.iter().filter(|refund| refund.told.status != RefundStatus::Failed);
        counted.fold(self.captured, |left, refund| left.saturating_sub(refund.amount))
    }

    pub(crate) fn take(&mut self, amount: Tenge) -> CaptureReport {
        self.captured = amount;
        let report = CaptureReport {
            payment_id: Some(PaymentId::new(format!("pay_fake_{}", self.name()))),
            ordered: ReportedAmount::Tenge(self.amount),
            captured: ReportedAmount::Tenge(amount),
            paid_at: None,
        };
        self.told.status = OrderStatus::Paid(report.clone());
        report
    }

    pub(crate) fn refund(
        &mut self,
        name: Option<&ExternalId>,
        amount: Tenge,
        (status, made_at): (RefundStatus, Option<Instant>),
    ) -> GatewayRefund {
        let id = match name {
            Some(name) => format!("rfd_fake_{name}"),
            None => format!("rfd_fake_panel_{}_{}", self.name(), self.refunds.len() + 1),
        };
        let told = GatewayRefund {
            id: GatewayRefundId::new(id),
            external_id: name.cloned(),
            amount: ReportedAmount::Tenge(amount),
            status,
            created_at: made_at,
        };
        self.refunds.push(Refund { told: told.clone(), amount });
        told
    }

    /// The order's id without its prefix.
    fn name(&self) -> &str {
        let id = self.told.id.as_str();
        id.strip_prefix(ORDER_PREFIX).unwrap_or(id)
    }
}
