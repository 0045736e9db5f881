//! The port that the house calls. What becomes of a call is decided before it: it may fail before the work or after it.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing, NewOrder,
    NewRefund, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, OrderId, RefundStatus};

use crate::coverage::Seen;
use crate::world::{Call, Fate, State, World};

/// The gateway as one server reaches it.
pub struct SimGateway {
    world: Arc<World>,
    server: usize,
}

impl SimGateway {
    /// The gateway for one server.
    pub const fn new(world: Arc<World>, server: usize) -> Self {
        Self { world, server }
    }

    async fn call<T: Send>(
        &self,
        call: Call,
        work: impl FnOnce(&mut State) -> Result<T, GatewayError> + Send,
    ) -> Result<T, GatewayError> {
        let fate = self.world.step(self.server, call).await;
        let (answer, dies) = {
            let mut state = self.world.state();
            match fate {
                Fate::FailBefore => (Err(state.gateway_failure()), false),
                Fate::Do => (work(&mut state), false),
                Fate::FailAfter => {
                    let done = work(&mut state);
                    state.saw(Seen::GatewayAnswerLost);
                    if call.changes() {
                        state.saw(Seen::GatewayChangeAnswerLost);
                    }
                    (done.and(Err(state.lost_answer())), false)
                }
                Fate::DieBefore => (Err(GatewayError::OutcomeUnknown(String::new())), true),
                Fate::DieAfter => {
                    let _nobody_hears = work(&mut state);
                    if call.changes() {
                        state.saw(Seen::DeathAfterGatewayChange);
                    }
                    (Err(GatewayError::OutcomeUnknown(String::new())), true)
                }
            }
        };
        if dies {
            self.world.die(self.server).await;
        }
        answer
    }
}

#[async_trait]
impl PaymentGateway for SimGateway {
    fn mode(&self) -> GatewayMode {
        GatewayMode::Real
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        self.call(Call::CreateOrder, |state| Ok(state.make_order(order))).await
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.call(Call::Order, |state| Ok(state.books.order(id).map(crate::gateway::Order::told))).await
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.call(Call::OrderByName, |state| {
            let now = state.now;
            let listed = state.books.by_name(external_id).filter(|order| order.listed_at <= now);
            Ok(listed.map(crate::gateway::Order::told))
        })
        .await
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        let made = self.call(Call::CreateRefund, |state| state.make_refund(refund)).await;
        if let Err(GatewayError::Refused(_)) = &made {
            self.world.state().refunds_refused.push(refund.order.clone());
        }
        made
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        self.call(Call::Refund, |state| Ok(state.listed_refunds(order).into_iter().find(|refund| refund.id == *id)))
            .await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        self.call(Call::Refunds, |state| Ok(state.listed_refunds(order))).await
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        self.call(Call::OrdersMade, |state| Ok(page_of(state.books.orders_made(span), page))).await
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        self.call(Call::RefundsMade, |state| Ok(page_of(state.books.refunds_made(span), page))).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.call(Call::Check, |_| Ok(())).await
    }
}

/// Pages so short that a day has several.
const PAGE: usize = 2;

fn page_of<T>(mut all: Vec<T>, page: u32) -> Listing<T> {
    let before = usize::try_from(page).unwrap_or(usize::MAX).saturating_sub(1).saturating_mul(PAGE).min(all.len());
    let mut items = all.split_off(before);
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    Listing { items, next: more.then(|| page.saturating_add(1)) }
}

impl State {
    /// Makes an order. That no donation ever has two that can be paid is looked at here, at the only moment when it could
    /// become untrue.
    fn make_order(&mut self, wanted: &NewOrder) -> CreateOrder {
        let mut dice = self.task.dice.clone();
        let now = self.now;
        let made = self.books.make_order(wanted, now, &mut dice);
        self.task.dice = dice;
        let CreateOrder::Created(order) = &made else {
            self.saw(Seen::OrderExisted);
            return made;
        };
        self.note(|| format!("gateway: order {} made for {}", order.id, wanted.external_id));
        let Some(new) = self.books.orders.last().filter(|order| order.can_be_paid()) else {
            return made;
        };
        let donation = new.donation();
        let others = self.books.orders.iter().filter(|other| other.id != new.id && other.donation() == donation);
        let payable = others.filter(|order| order.can_be_paid()).count();
        if payable > 0 {
            self.violated(format!("two orders of one donation can be paid: {} is the second", wanted.external_id));
        }
        made
    }

    fn make_refund(&mut self, wanted: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        let odds = [(60, RefundStatus::Succeeded), (30, RefundStatus::Pending), (10, RefundStatus::Failed)];
        let status = self.task.dice.weighted(&odds).unwrap_or(RefundStatus::Succeeded);
        let now = self.now;
        let made = self.books.make_refund(wanted, now, status);
        let Some(outcome) = made else {
            return Err(GatewayError::Refused("there is no such paid order".to_owned()));
        };
        self.note(|| format!("gateway: refund {} of {}: {outcome:?}", wanted.external_id, wanted.amount));
        match &outcome {
            RefundOutcome::Made(refund) => {
                if self.task.dice.chance(80) {
                    let lag = chrono::TimeDelta::seconds(i64::from(self.task.dice.between(1, 20)));
                    self.books.list_refund_later(&wanted.order, now + lag);
                }
                self.announce_refund(&wanted.order, &refund.id);
            }
            RefundOutcome::AlreadyExists => self.saw(Seen::RefundExisted),
            RefundOutcome::ExceedsPaid => self.look_who_asks_too_much(&wanted.order),
        }
        Ok(outcome)
    }

    /// The refunds of an order that are listed by now.
    fn listed_refunds(&self, order: &OrderId) -> Vec<GatewayRefund> {
        let refunds = self.books.order(order).into_iter().flat_map(|order| &order.refunds);
        refunds.filter(|refund| refund.listed_at <= self.now).map(|refund| refund.told()).collect()
    }

    /// The house knows what it has given back and what it has spoken for. It may ask for more than is left only if somebody
    /// else gave money back, or a refund was made after all that the gateway had refused.
    fn look_who_asks_too_much(&mut self, order: &OrderId) {
        let known = self.books.order(order);
        let by_others = known.is_some_and(|order| order.refunds.iter().any(|refund| refund.external_id.is_none()));
        if !by_others && !self.refunds_refused.contains(order) {
            self.violated(format!("more was asked back than is left of {order}, and nobody else gave anything back"));
        }
    }
}
