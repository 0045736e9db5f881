//! Several give money back at once, on servers that share nothing but the database.

use application::{RefundDonation, RefundDonationError, refund_donation};
use domain::donation::{Actor, Cause};
use domain::{DonationId, LineText, Tenge};
use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::support::App;

on_both_databases!(
    of_two_refunds_of_sixty_of_a_hundred_on_two_servers_one_is_accepted,
    of_twenty_that_each_give_all_back_one_does,
    what_is_under_way_is_spoken_for,
);

fn wanted(id: &str, tenge: Option<u32>) -> RefundDonation {
    RefundDonation {
        donation: DonationId(Uuid::try_parse(id).unwrap()),
        amount: tenge.map(Tenge::new),
        reason: LineText::parse("x").unwrap(),
    }
}

fn cause() -> Cause {
    Cause { actor: Actor::System, request_id: None }
}

/// The amounts are sixty and a hundred hundredths of 5 000 ₸.
async fn of_two_refunds_of_sixty_of_a_hundred_on_two_servers_one_is_accepted(app: App) {
    let houses = [app.house(), app.house()];
    for _ in 0..10 {
        let (id, order) = app.completed().await;
        let refunds =
            houses.iter().map(|house| async { refund_donation(house, wanted(&id, Some(3000)), &cause()).await });
        let mut outcomes = join_all(refunds).await;
        outcomes.sort_by_key(Result::is_err);
        let [Ok(refund), Err(RefundDonationError::ExceedsPaid)] = &outcomes[..] else { panic!("{outcomes:?}") };
        assert_eq!(refund.amount, Tenge::new(3000));
        assert_eq!(app.shown(&id).await["refunded_amount"], 3000);
        let there = domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap();
        assert_eq!(there.len(), 1, "{there:?}");
    }
}

async fn of_twenty_that_each_give_all_back_one_does(app: App) {
    let (id, _) = app.completed().await;
    let houses = [app.house(), app.house()];
    let refunds = (0..20).map(|n| {
        let (house, id) = (&houses[n % 2], &id);
        async move { refund_donation(house, wanted(id, None), &cause()).await }
    });
    let accepted = join_all(refunds).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(accepted, 1);
    assert_eq!(app.gateway.calls(Call::CreateRefund), 1);
    assert_eq!(app.shown(&id).await["status"], "refunded");
}

async fn what_is_under_way_is_spoken_for(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let pause = Pause::new();
    app.gateway.next(Call::CreateRefund, Behaviour::PauseBefore(pause.clone()));
    let first = tokio::spawn(std::future::IntoFuture::into_future(app.refund(
        &admin,
        &id,
        &json!({"amount": 3000, "reason": "x"}),
    )));
    pause.reached().await;
    assert_eq!(app.shown(&id).await["refunded_amount"], 0, "nothing has gone back yet");
    let second = app.refund(&admin, &id, &json!({"amount": 3000, "reason": "x"})).await;
    second.problem(422, "refund_exceeds_paid");
    let rest = app.refund(&admin, &id, &json!({"reason": "x"})).await.expect(201);
    assert_eq!(rest["amount"], 2000);
    pause.let_go();
    assert_eq!(first.await.unwrap().expect(201)["status"], "succeeded");
    assert_eq!(app.shown(&id).await["status"], "refunded");
}
