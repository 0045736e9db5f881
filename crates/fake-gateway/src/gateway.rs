//! The port, and the hand on its other side.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::donation::{CaptureReport, RefundReport};
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing, NewOrder,
    NewRefund, OrderStatus, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, Instant, OrderId, RefundStatus, Tenge};

use crate::books::{Books, Order, Payers};
use crate::listing;
use crate::script::{Behaviour, Call};

/// A gateway in memory. When the process ends it forgets everything but that orders paid at once were paid.
#[derive(Debug, Default)]
pub struct FakeGateway {
    books: Mutex<Books>,
}

/// For the product.
impl FakeGateway {
    /// A gateway whose orders are paid at once.
    pub fn new() -> Self {
        Self::default()
    }
}

/// For tests. These are no calls: they are not counted, and no script applies to them.
impl FakeGateway {
    /// A gateway whose orders wait until [`pay`](Self::pay).
    pub fn that_waits() -> Self {
        let gateway = Self::new();
        gateway.books().payers = Payers::Wait;
        gateway
    }

    /// Has the next `call` without a script of its own do this. Several are taken in turn.
    pub fn next(&self, call: Call, behaviour: Behaviour) {
        self.books().script.push(call, behaviour);
    }

    /// Has the next call do this, whichever it is.
    pub fn next_of_any(&self, behaviour: Behaviour) {
        self.books().script.push_for_any(behaviour);
    }

    /// Has every `call` do this for which nothing else is scripted.
    pub fn always(&self, call: Call, behaviour: Behaviour) {
        self.books().script.always(call, behaviour);
    }

    /// From now on orders and refunds are made at this instant. Before it is first said, they are made nobody knows when.
    pub fn it_is(&self, now: Instant) {
        self.books().now = Some(now);
    }

    /// How often the call has been made, failed ones included.
    pub fn calls(&self, call: Call) -> usize {
        self.books().calls.get(&call).copied().unwrap_or(0)
    }

    /// All orders, oldest first.
    pub fn orders(&self) -> Vec<GatewayOrder> {
        self.books().orders.iter().map(|order| order.told.clone()).collect()
    }

    /// The orders that can still be paid, oldest first.
    pub fn payable_orders(&self) -> Vec<GatewayOrder> {
        let mut orders = self.orders();
        orders.retain(|order| order.status == OrderStatus::Payable);
        orders
    }

    /// The payer pays, and this much is taken, even of an order that has ended. Gives what a webhook would report; paying
    /// again reports the same. `None` if there is no such order.
    pub fn pay(&self, order: &OrderId, captured: Tenge) -> Option<CaptureReport> {
        self.change(order, |order| match &order.told.status {
            OrderStatus::Paid(report) => report.clone(),
            OrderStatus::Payable | OrderStatus::Ended => order.take(captured),
        })
    }

    /// The bank declines a payment, which leaves the order as it is. Gives the number of declines so far; `None` if there is
    /// no such order.
    pub fn decline(&self, order: &OrderId) -> Option<usize> {
        self.change(order, |order| {
            order.declines += 1;
            order.declines
        })
    }

    /// The order's due date passes. Gives the order; `None` if there is no such order. A paid one stays paid.
    pub fn expire(&self, order: &OrderId) -> Option<GatewayOrder> {
        self.change(order, |order| {
            if order.told.status == OrderStatus::Payable {
                order.told.status = OrderStatus::Ended;
            }
            order.told.clone()
        })
    }

    /// A person gives money back in the gateway's own panel, without a name of ours. Gives what a webhook would report;
    /// `None` if there is no such order or not as much left of it.
    pub fn refund_in_panel(&self, order: &OrderId, amount: Tenge) -> Option<RefundReport> {
        let now = self.books().now;
        let made = self.change(order, |order| {
            (amount <= order.left()).then(|| order.refund(None, amount, (RefundStatus::Succeeded, now)))
        })??;
        Some(RefundReport { id: made.id, external_id: None, amount: made.amount })
    }

    /// The bank decides about a refund that waits. Gives the refund; `None` if there is no such refund. A decided one stays
    /// as it is.
    pub fn settle_refund(&self, order: &OrderId, id: &GatewayRefundId, status: RefundStatus) -> Option<GatewayRefund> {
        self.change(order, |order| {
            let refund = order.refunds.iter_mut().find(|refund| refund.told.id == *id)?;
            if refund.told.status == RefundStatus::Pending {
                refund.told.status = status;
            }
            Some(refund.told.clone())
        })?
    }

    fn change<T>(&self, id: &OrderId, change: impl FnOnce(&mut Order) -> T) -> Option<T> {
        self.books().order(id).map(change)
    }
}

impl FakeGateway {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work as the script wants it.
    async fn perform<T: Send>(
        &self,
        call: Call,
        work: impl FnOnce(&mut Books, &Behaviour) -> Result<T, GatewayError> + Send,
    ) -> Result<T, GatewayError> {
        let behaviour = {
            let mut books = self.books();
            *books.calls.entry(call).or_default() += 1;
            books.script.take(call)
        };
        match &behaviour {
            Behaviour::Refuse => return Err(GatewayError::Refused("scripted".to_owned())),
            Behaviour::BeUnavailable => return Err(GatewayError::Unavailable("scripted".to_owned())),
            Behaviour::LoseRequest => return Err(GatewayError::OutcomeUnknown("scripted: not done".to_owned())),
            Behaviour::PauseBefore(pause) => pause.hold().await,
            _ => {}
        }
        let answer = work(&mut self.books(), &behaviour);
        match &behaviour {
            Behaviour::LoseAnswer => Err(GatewayError::OutcomeUnknown("scripted: done".to_owned())),
            Behaviour::Pause(pause) => {
                pause.hold().await;
                answer
            }
            _ => answer,
        }
    }
}

#[async_trait]
impl PaymentGateway for FakeGateway {
    fn mode(&self) -> GatewayMode {
        GatewayMode::Test
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        let work = |books: &mut Books, behaviour: &Behaviour| Ok(books.make_order(order, behaviour));
        self.perform(Call::CreateOrder, work).await
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        let work = |books: &mut Books, _: &Behaviour| Ok(books.order(id).map(|order| order.told.clone()));
        self.perform(Call::Order, work).await
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        let work =
            |books: &mut Books, _: &Behaviour| Ok(books.by_external_id(external_id).map(|order| order.told.clone()));
        self.perform(Call::OrderByExternalId, work).await
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        let work = |books: &mut Books, behaviour: &Behaviour| books.make_refund(refund, behaviour);
        self.perform(Call::CreateRefund, work).await
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        let work = |books: &mut Books, _: &Behaviour| {
            let mut refunds = books.order(order).into_iter().flat_map(|order| &order.refunds);
            Ok(refunds.find(|refund| refund.told.id == *id).map(|refund| refund.told.clone()))
        };
        self.perform(Call::Refund, work).await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        let work = |books: &mut Books, _: &Behaviour| {
            let refunds = books.order(order).into_iter().flat_map(|order| &order.refunds);
            Ok(refunds.map(|refund| refund.told.clone()).collect())
        };
        self.perform(Call::Refunds, work).await
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        self.perform(Call::OrdersMade, |books, _| Ok(listing::orders(books, span, page))).await
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        self.perform(Call::RefundsMade, |books, _| Ok(listing::refunds(books, span, page))).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.perform(Call::Check, |_, _| Ok(())).await
    }
}
