//! What the gateway has written down. It is kept apart from everything that the house believes: the invariants compare
//! the two.

use chrono::TimeDelta;
use domain::donation::{CaptureReport, RefundReport};
use domain::ports::{
    CreateOrder, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, ListedStatus, NewOrder, NewRefund,
    OrderStatus, RefundOutcome, TimeSpan,
};
use domain::{
    DonationId, ExternalId, GatewayRefundId, Instant, OrderId, PaymentId, RefundStatus, ReportedAmount, Tenge,
};

use crate::dice::Dice;

/// All orders, oldest first.
#[derive(Debug, Default)]
pub struct Books {
    /// What the ids begin with, so that two histories in one database share none.
    pub prefix: String,
    /// The orders.
    pub orders: Vec<Order>,
    /// Counts payments and refunds, for their ids.
    pub counted: u32,
}

/// An order.
#[derive(Debug, Clone)]
pub struct Order {
    /// The gateway's name for it.
    pub id: OrderId,
    /// The name that the house gave it.
    pub external_id: ExternalId,
    /// What it is for.
    pub amount: Tenge,
    /// When it was made.
    pub made_at: Instant,
    /// From when on a search finds it.
    pub listed_at: Instant,
    /// When it is due.
    pub due_at: Instant,
    /// When it ends unpaid, which may be a little later.
    pub ends_at: Instant,
    /// Whether it has ended unpaid. It stays so when clocks are set back.
    pub ended: bool,
    /// The payment that took money for it.
    pub payment: Option<Payment>,
    /// How many payments were declined.
    pub declines: u32,
    /// What was given back, or is to be.
    pub refunds: Vec<RefundEntry>,
}

/// Money that was taken.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The gateway's name for it.
    pub id: PaymentId,
    /// How much.
    pub captured: Tenge,
    /// When.
    pub at: Instant,
}

/// Money that was given back, or is to be.
#[derive(Debug, Clone)]
pub struct RefundEntry {
    /// The gateway's name for it.
    pub id: GatewayRefundId,
    /// The name that the house gave it; `None` if it was made in the panel.
    pub external_id: Option<ExternalId>,
    /// How much.
    pub amount: Tenge,
    /// Where it stands.
    pub status: RefundStatus,
    /// When it was made.
    pub made_at: Instant,
    /// From when on it is listed.
    pub listed_at: Instant,
}

impl Books {
    /// Makes an order, unless one of this name is there.
    pub fn make_order(&mut self, wanted: &NewOrder, now: Instant, dice: &mut Dice) -> CreateOrder {
        if self.by_name(&wanted.external_id).is_some() {
            return CreateOrder::AlreadyExists;
        }
        // It ends some time after it is due, and a search finds it some time after it was made; mostly at once.
        let lag = [(70, 0), (20, dice.between(1, 240)), (10, dice.between(240, 1500))];
        let unlisted = [(92, 0), (8, dice.between(1, 20))];
        let seconds = |lag: Option<u32>| TimeDelta::seconds(i64::from(lag.unwrap_or(0)));
        let order = Order {
            id: OrderId::new(format!("ord-{}-{}", self.prefix, self.orders.len() + 1)),
            external_id: wanted.external_id.clone(),
            amount: wanted.amount,
            made_at: now,
            listed_at: match dice.weighted(&unlisted) {
                None | Some(0) => Instant::MIN_UTC,
                lag => now + seconds(lag),
            },
            due_at: wanted.due_at,
            ends_at: wanted.due_at + seconds(dice.weighted(&lag)),
            ended: wanted.due_at <= now,
            payment: None,
            declines: 0,
            refunds: Vec::new(),
        };
        let told = order.told();
        self.orders.push(order);
        CreateOrder::Created(told)
    }

    /// Makes a refund under a name of the house's, unless one of this name is there.
    pub fn make_refund(&mut self, wanted: &NewRefund, now: Instant, status: RefundStatus) -> Option<RefundOutcome> {
        let taken = self.orders.iter().flat_map(|order| &order.refunds);
        if taken.filter_map(|refund| refund.external_id.as_ref()).any(|name| *name == wanted.external_id) {
            return Some(RefundOutcome::AlreadyExists);
        }
        let order = self.orders.iter().position(|order| order.id == wanted.order)?;
        self.orders[order].payment.as_ref()?;
        if wanted.amount > self.orders[order].left() {
            return Some(RefundOutcome::ExceedsPaid);
        }
        let refund = self.enter_refund(order, wanted.amount, (Some(wanted.external_id.clone()), status, now));
        Some(RefundOutcome::Made(refund))
    }

    /// Writes a refund of the order at `at` down.
    pub fn enter_refund(
        &mut self,
        at: usize,
        amount: Tenge,
        (external_id, status, now): (Option<ExternalId>, RefundStatus, Instant),
    ) -> GatewayRefund {
        self.counted += 1;
        let id = GatewayRefundId::new(format!("rfd-{}-{}", self.prefix, self.counted));
        let entry = RefundEntry { id, external_id, amount, status, made_at: now, listed_at: Instant::MIN_UTC };
        let told = entry.told();
        self.orders[at].refunds.push(entry);
        told
    }

    /// The latest refund of an order is listed from then on only.
    pub fn list_refund_later(&mut self, order: &OrderId, listed_at: Instant) {
        let found = self.orders.iter_mut().find(|known| known.id == *order);
        if let Some(refund) = found.and_then(|order| order.refunds.last_mut()) {
            refund.listed_at = listed_at;
        }
    }

    /// All that is there is listed.
    pub fn list_everything(&mut self) {
        for order in &mut self.orders {
            order.listed_at = Instant::MIN_UTC;
            order.refunds.iter_mut().for_each(|refund| refund.listed_at = Instant::MIN_UTC);
        }
    }

    /// Takes money for the order at `at`.
    pub fn capture(&mut self, at: usize, captured: Tenge, now: Instant) -> CaptureReport {
        self.counted += 1;
        let id = PaymentId::new(format!("pay-{}-{}", self.prefix, self.counted));
        let order = &mut self.orders[at];
        order.payment = Some(Payment { id, captured, at: now });
        order.report().unwrap_or(CaptureReport {
            payment_id: None,
            ordered: ReportedAmount::Tenge(order.amount),
            captured: ReportedAmount::Tenge(captured),
            paid_at: Some(now),
        })
    }

    /// Ends the orders whose time is over, and says which.
    pub fn end_overdue(&mut self, now: Instant) -> Vec<usize> {
        let mut ended = Vec::new();
        for (at, order) in self.orders.iter_mut().enumerate() {
            if order.can_be_paid() && now >= order.ends_at {
                order.ended = true;
                ended.push(at);
            }
        }
        ended
    }

    /// The orders made in the span, newest first.
    pub fn orders_made(&self, span: &TimeSpan) -> Vec<ListedOrder> {
        self.orders.iter().rev().filter(|order| span.contains(order.made_at)).map(Order::listed).collect()
    }

    /// The refunds made in the span, newest order first.
    pub fn refunds_made(&self, span: &TimeSpan) -> Vec<ListedRefund> {
        let all = self.orders.iter().rev().flat_map(|order| order.refunds.iter().map(move |refund| (order, refund)));
        let made = all.filter(|(_, refund)| span.contains(refund.made_at));
        made.map(|(order, refund)| ListedRefund { order: order.id.clone(), refund: refund.told() }).collect()
    }

    /// The order of this id.
    pub fn order(&self, id: &OrderId) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == *id)
    }

    /// The order of this name.
    pub fn by_name(&self, name: &ExternalId) -> Option<&Order> {
        self.orders.iter().find(|order| order.external_id == *name)
    }

    /// The places of a donation's orders, oldest first.
    pub fn places_of(&self, donation: DonationId) -> Vec<usize> {
        (0..self.orders.len()).filter(|at| self.orders[*at].donation() == Some(donation)).collect()
    }

    /// A donation's orders, oldest first.
    pub fn orders_of(&self, donation: DonationId) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.donation() == Some(donation))
    }
}

impl Order {
    /// Whose it is.
    pub fn donation(&self) -> Option<DonationId> {
        // Not by the name's own rule: a flawed house may have made up another one.
        let uuid = self.external_id.as_str().split_at_checked(36)?.0;
        uuid::Uuid::try_parse(uuid).ok().map(DonationId)
    }

    /// Whether a donor can pay it.
    pub const fn can_be_paid(&self) -> bool {
        self.payment.is_none() && !self.ended
    }

    /// What was taken and is neither given back nor on its way.
    pub fn left(&self) -> Tenge {
        let captured = self.payment.as_ref().map_or(Tenge::ZERO, |payment| payment.captured);
        let counted = self.refunds.iter().filter(|refund| refund.status != RefundStatus::Failed);
        counted.fold(captured, |left, refund| left.saturating_sub(refund.amount))
    }

    /// What was given back for good.
    pub fn given_back(&self) -> Tenge {
        let counted = self.refunds.iter().filter(|refund| refund.status == RefundStatus::Succeeded);
        counted.fold(Tenge::ZERO, |sum, refund| sum.saturating_add(refund.amount))
    }

    /// What the gateway says of its payment.
    pub fn report(&self) -> Option<CaptureReport> {
        let payment = self.payment.as_ref()?;
        Some(CaptureReport {
            payment_id: Some(payment.id.clone()),
            ordered: ReportedAmount::Tenge(self.amount),
            captured: ReportedAmount::Tenge(payment.captured),
            paid_at: Some(payment.at),
        })
    }

    /// What a list says of it.
    pub fn listed(&self) -> ListedOrder {
        ListedOrder {
            id: self.id.clone(),
            external_id: Some(self.external_id.clone()),
            amount: ReportedAmount::Tenge(self.amount),
            status: match (&self.payment, self.ended) {
                (Some(_), _) => ListedStatus::Paid,
                (None, true) => ListedStatus::Ended,
                (None, false) => ListedStatus::Payable,
            },
            made_at: Some(self.made_at),
        }
    }

    /// What the gateway says of it.
    pub fn told(&self) -> GatewayOrder {
        let status = match (self.report(), self.ended) {
            (Some(report), _) => OrderStatus::Paid(report),
            (None, true) => OrderStatus::Ended,
            (None, false) => OrderStatus::Payable,
        };
        GatewayOrder {
            id: self.id.clone(),
            external_id: Some(self.external_id.clone()),
            amount: ReportedAmount::Tenge(self.amount),
            checkout_url: format!("https://checkout.invalid/{}", self.id),
            due_at: Some(self.due_at),
            status,
        }
    }
}

impl RefundEntry {
    /// What the gateway says of it.
    pub fn told(&self) -> GatewayRefund {
        GatewayRefund {
            id: self.id.clone(),
            external_id: self.external_id.clone(),
            amount: ReportedAmount::Tenge(self.amount),
            status: self.status,
            created_at: Some(self.made_at),
        }
    }

    /// What a webhook says of it.
    pub fn report(&self) -> RefundReport {
        RefundReport {
            id: self.id.clone(),
            external_id: self.external_id.clone(),
            amount: ReportedAmount::Tenge(self.amount),
        }
    }
}
