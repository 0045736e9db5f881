//! Looking inside.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde::Serialize;

use crate::api::{Answer, Caller, json};
use crate::faults::FaultView;
use crate::model::{Event, Order, Payment, Stamp};
use crate::sim::lock;
use crate::views::{CardView, CustomerView, FoundRefundView, OrderView, SubscriptionView, WebhookView};

/// Everything there is, as the API shows it, oldest first.
#[derive(Serialize)]
struct State<'a> {
    now: Stamp,
    seed: u64,
    shop_id: &'a str,
    orders: Vec<OrderView<'a>>,
    refunds: Vec<FoundRefundView<'a>>,
    customers: Vec<CustomerView<'a>>,
    cards: Vec<CardView<'a>>,
    subscriptions: Vec<SubscriptionView<'a>>,
    webhooks: Vec<WebhookView<'a>>,
    events: Vec<Event>,
    faults: Vec<FaultView>,
}

/// `GET /_simulator/state`.
pub(super) async fn state(caller: Caller) -> Answer {
    let settings = &caller.sim.settings;
    let (now, orders, events, faults) = caller.run(|world| {
        let with_payments = |order: &Arc<Order>| (Arc::clone(order), world.payments_of(order));
        let orders: Vec<(Arc<Order>, Vec<Arc<Payment>>)> = world.orders.rows().iter().map(with_payments).collect();
        let events = orders.iter().flat_map(|(order, _)| world.events_of(&order.id)).cloned().collect();
        (world.now, orders, events, world.faults.views())
    });
    let (refunds, customers, cards, subscriptions, webhooks) = caller.run(|world| {
        (
            world.refunds.rows().to_vec(),
            world.customers.rows().to_vec(),
            world.cards.rows().to_vec(),
            world.subscriptions.rows().to_vec(),
            world.webhooks.rows().to_vec(),
        )
    });
    let card_of = |id: &str| cards.iter().find(|card| card.id == id).map(Arc::as_ref);
    let state = State {
        now,
        seed: settings.seed,
        shop_id: &settings.shop_id,
        orders: orders.iter().map(|(order, payments)| OrderView::of(settings, order, payments)).collect(),
        refunds: refunds.iter().map(|refund| FoundRefundView::of(settings, refund)).collect(),
        customers: customers.iter().map(|customer| CustomerView::of(settings, customer)).collect(),
        cards: cards.iter().map(|card| CardView::of(card)).collect(),
        subscriptions: subscriptions.iter().map(|row| SubscriptionView::of(row, card_of(&row.card_id))).collect(),
        webhooks: webhooks.iter().filter(|webhook| !webhook.deleted).map(|row| WebhookView::of(row)).collect(),
        events,
        faults,
    };
    Ok(json(StatusCode::OK, &state))
}

/// `GET /_simulator/requests`: the latest thousand, oldest first.
pub(super) async fn requests(caller: Caller) -> Answer {
    let requests = lock(&caller.sim.requests).to_vec();
    Ok(json(StatusCode::OK, &requests))
}

/// `GET /_simulator/deliveries`: webhooks with each answer, oldest first.
pub(super) async fn deliveries(caller: Caller) -> Answer {
    let deliveries: Vec<_> = caller.run(|world| world.deliveries.iter().cloned().collect());
    Ok(json(StatusCode::OK, &deliveries))
}
