//! Each call as it goes over the wire, and each documented answer in the domain's words.

use domain::donation::CaptureReport;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, OrderStatus, PaymentGateway as _,
    RefundOutcome,
};
use domain::{ExternalId, GatewayRefundId, OrderId, PaymentId, RefundStatus, ReportedAmount, Tenge};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockBuilder, MockServer, ResponseTemplate};

use crate::support::{API_KEY, CHECKOUT_URL, EXTERNAL_ID, ORDER_ID, at, fixture, gateway, new_order, new_refund};

/// A call as every one must be: with the key, and under `/v2`.
fn call(verb: &str, target: &str) -> MockBuilder {
    Mock::given(method(verb)).and(path(target)).and(header("API-KEY", API_KEY))
}

fn answer(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json")
}

fn tenge(amount: u32) -> ReportedAmount {
    ReportedAmount::Tenge(Tenge::new(amount))
}

fn order_that_is(status: OrderStatus) -> GatewayOrder {
    GatewayOrder {
        id: OrderId::new(ORDER_ID),
        external_id: Some(ExternalId::new(EXTERNAL_ID)),
        amount: tenge(5000),
        checkout_url: CHECKOUT_URL.to_owned(),
        due_at: Some(at("2026-01-15T10:30:00Z")),
        status,
    }
}

fn capture() -> CaptureReport {
    CaptureReport {
        payment_id: Some(PaymentId::new("pay_GZRWOO4OWU")),
        ordered: tenge(5000),
        captured: tenge(5000),
        paid_at: Some(at("2026-01-15T09:31:02.000001Z")),
    }
}

async fn one_order(body: &str) -> Result<Option<GatewayOrder>, GatewayError> {
    let server = MockServer::start().await;
    call("GET", "/v2/orders/ord_aypk2FSAdR").respond_with(answer(200, body)).mount(&server).await;
    gateway(&server.uri()).order(&OrderId::new(ORDER_ID)).await
}

#[tokio::test]
async fn an_order_is_made_in_tiyn_with_a_due_date_of_whole_seconds() {
    let server = MockServer::start().await;
    call("POST", "/v2/orders")
        .and(body_json(serde_json::json!({
            "amount": 500_000,
            "currency": "KZT",
            "capture_method": "AUTO",
            "external_id": EXTERNAL_ID,
            "description": "Посадка 10 деревьев",
            "due_date": "2026-01-15T10:30:00",
            "back_url": "https://trees.example/back",
            "success_url": "https://trees.example/success",
            "failure_url": "https://trees.example/failure",
        })))
        .respond_with(answer(201, fixture!("order_created.json")))
        .expect(1)
        .mount(&server)
        .await;
    let gateway = gateway(&server.uri());
    let made = gateway.create_order(&new_order()).await.unwrap();
    assert_eq!(made, CreateOrder::Created(order_that_is(OrderStatus::Payable)));
    assert_eq!(gateway.mode(), GatewayMode::Real);
}

#[tokio::test]
async fn a_long_description_is_cut_in_characters() {
    let server = MockServer::start().await;
    call("POST", "/v2/orders").respond_with(answer(201, fixture!("order_created.json"))).mount(&server).await;
    let mut order = new_order();
    order.description = "қ".repeat(300);
    gateway(&(server.uri() + "/v2/")).create_order(&order).await.unwrap();
    let sent: serde_json::Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    assert_eq!(sent["description"], "қ".repeat(255));
}

#[tokio::test]
async fn a_taken_name_is_no_error() {
    let server = MockServer::start().await;
    call("POST", "/v2/orders").respond_with(answer(409, fixture!("error_order_exists.json"))).mount(&server).await;
    assert_eq!(gateway(&server.uri()).create_order(&new_order()).await, Ok(CreateOrder::AlreadyExists));
}

#[tokio::test]
async fn a_conflict_about_anything_else_is_a_refusal() {
    for body in [r#"{"code":"PaymentStarted"}"#, "{}", ""] {
        let server = MockServer::start().await;
        call("POST", "/v2/orders").respond_with(answer(409, body)).mount(&server).await;
        let refused = gateway(&server.uri()).create_order(&new_order()).await;
        assert!(matches!(refused, Err(GatewayError::Refused(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn an_order_is_asked_about_by_its_id() {
    assert_eq!(one_order(fixture!("order_unpaid.json")).await, Ok(Some(order_that_is(OrderStatus::Payable))));
    assert_eq!(one_order(fixture!("order_expired.json")).await, Ok(Some(order_that_is(OrderStatus::Ended))));
    let paid = order_that_is(OrderStatus::Paid(capture()));
    assert_eq!(one_order(fixture!("order_paid.json")).await, Ok(Some(paid)));
}

#[tokio::test]
async fn a_status_that_nobody_told_us_of_is_not_paid_yet() {
    for status in ["ON_HOLD", "PENDING", "SOMETHING_NEW"] {
        let body = fixture!("order_unpaid.json").replace("UNPAID", status);
        assert_eq!(one_order(&body).await, Ok(Some(order_that_is(OrderStatus::Payable))), "{status}");
    }
}

#[tokio::test]
async fn the_least_that_an_order_needs_is_enough() {
    let body = r#"{"id":"ord_x","status":"UNPAID","amount":100,"checkout_url":"https://pay.example/x?lang=ru&autoRedirectMs=9",
        "external_id":"","due_date":"soon","currency":null,"payments":{"not":"a list"},"extra_info":[[[1.5]]],"new":{}}"#;
    let order = one_order(body).await.unwrap().unwrap();
    assert_eq!((order.external_id, order.due_at, order.amount), (None, None, tenge(1)));
    assert_eq!(order.checkout_url, "https://pay.example/x?lang=ru&autoRedirectMs=9");
}

#[tokio::test]
async fn a_paid_order_is_news_even_without_an_address() {
    let body = fixture!("order_paid.json").replace("https://stage-checkout", "javascript://stage-checkout");
    let order = one_order(&body).await.unwrap().unwrap();
    assert_eq!((order.status, order.checkout_url), (OrderStatus::Paid(capture()), String::new()));
}

#[tokio::test]
async fn an_order_without_what_we_need_is_refused() {
    let whole: serde_json::Value = serde_json::from_str(fixture!("order_unpaid.json")).unwrap();
    for (field, bad) in [
        ("id", "null"),
        ("id", "\"\""),
        ("amount", "null"),
        ("status", "null"),
        ("checkout_url", "null"),
        ("checkout_url", "\"javascript:alert(1)\""),
        ("checkout_url", "\"/orders/ord_x\""),
    ] {
        let mut order = whole.clone();
        order[field] = serde_json::from_str(bad).unwrap();
        let refused = one_order(&order.to_string()).await;
        assert!(matches!(refused, Err(GatewayError::Refused(_))), "{field} {bad}: {refused:?}");
    }
}

#[tokio::test]
async fn amounts_that_are_not_ours_are_reported_as_they_are() {
    let paid = fixture!("order_paid.json");
    for (body, ordered, captured) in [
        (paid.replace("\"amount\": 500000", "\"amount\": 500050"), "5000.50 KZT", "5000 KZT"),
        (paid.replace("\"captured_amount\": 500000", "\"captured_amount\": 400000"), "5000 KZT", "4000 KZT"),
        (paid.replace("\"currency\": \"KZT\"", "\"currency\": \"USD\""), "5000.00 USD", "5000.00 USD"),
    ] {
        let order = one_order(&body).await.unwrap().unwrap();
        let OrderStatus::Paid(report) = order.status else { panic!("not paid") };
        assert_eq!((report.ordered.to_string().as_str(), report.captured.to_string().as_str()), (ordered, captured));
        assert_eq!(order.amount, report.ordered);
    }
}

#[tokio::test]
async fn an_unknown_id_is_none() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(answer(404, r#"{"code":"OrderNotFound","message":"…"}"#))
        .mount(&server)
        .await;
    let gateway = gateway(&server.uri());
    let (order, refund) = (OrderId::new(ORDER_ID), GatewayRefundId::new("rfd_x"));
    assert_eq!(gateway.order(&order).await, Ok(None));
    assert_eq!(gateway.refund(&order, &refund).await, Ok(None));
    assert_eq!(gateway.refunds(&order).await, Ok(Vec::new()));
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await, Ok(None));
}

#[tokio::test]
async fn a_404_that_is_not_iokas_word_does_not_make_an_order_unknown() {
    for body in ["", "<html>404</html>", r#"{"detail":"Not Found"}"#] {
        let server = MockServer::start().await;
        Mock::given(method("GET")).respond_with(answer(404, body)).mount(&server).await;
        let asked = gateway(&server.uri()).order(&OrderId::new(ORDER_ID)).await;
        assert!(matches!(asked, Err(GatewayError::Refused(_))), "{asked:?}");
    }
}

#[tokio::test]
async fn an_id_cannot_make_another_call_of_itself() {
    let server = MockServer::start().await;
    call("GET", "/v2/orders/..%2Frefunds%3Fx=%231")
        .respond_with(answer(200, fixture!("order_unpaid.json")))
        .expect(1)
        .mount(&server)
        .await;
    let gateway = gateway(&server.uri());
    gateway.order(&OrderId::new("../refunds?x=#1")).await.unwrap();
    for id in ["", ".", ".."] {
        assert!(matches!(gateway.order(&OrderId::new(id)).await, Err(GatewayError::Refused(_))), "{id}");
    }
}

async fn find(list: &str) -> Result<Option<GatewayOrder>, GatewayError> {
    let server = MockServer::start().await;
    call("GET", "/v2/orders")
        .and(query_param("external_id", EXTERNAL_ID))
        .respond_with(answer(200, list))
        .mount(&server)
        .await;
    call("GET", "/v2/orders/ord_aypk2FSAdR/payments")
        .respond_with(answer(200, fixture!("payments.json")))
        .mount(&server)
        .await;
    gateway(&server.uri()).order_by_external_id(&ExternalId::new(EXTERNAL_ID)).await
}

#[tokio::test]
async fn an_order_is_found_by_its_exact_name_and_its_payments_are_asked_for() {
    let found = find(fixture!("order_list.json")).await.unwrap().unwrap();
    let mut expected = order_that_is(OrderStatus::Paid(capture()));
    expected.due_at = None;
    assert_eq!(found, expected);
}

#[tokio::test]
async fn payments_that_do_not_show_who_paid_are_asked_for_again() {
    for unclear in [
        fixture!("order_paid.json").replace("\"captured_amount\": 500000", "\"captured_amount\": null"),
        fixture!("order_paid.json").replace("CAPTURED", "PENDING"),
    ] {
        let found = find(&format!("[{unclear}]")).await.unwrap().unwrap();
        assert_eq!(found, order_that_is(OrderStatus::Paid(capture())));
    }
}

#[tokio::test]
async fn a_list_without_the_name_is_none() {
    assert_eq!(find("[]").await, Ok(None));
    let others = fixture!("order_list.json").replace(&format!("\"{EXTERNAL_ID}\""), "\"another\"");
    assert_eq!(find(&others).await, Ok(None));
}

async fn paid_with(payments: ResponseTemplate) -> Result<Option<GatewayOrder>, GatewayError> {
    let server = MockServer::start().await;
    let order = fixture!("order_expired.json").replace("EXPIRED", "PAID");
    call("GET", "/v2/orders/ord_aypk2FSAdR").respond_with(answer(200, &order)).mount(&server).await;
    call("GET", "/v2/orders/ord_aypk2FSAdR/payments").respond_with(payments).mount(&server).await;
    gateway(&server.uri()).order(&OrderId::new(ORDER_ID)).await
}

#[tokio::test]
async fn a_paid_order_without_any_payment_to_see_was_paid_in_full() {
    for nothing in [answer(200, "[]"), answer(404, r#"{"code":"PaymentNotFound"}"#)] {
        let order = paid_with(nothing).await.unwrap().unwrap();
        let report = CaptureReport { payment_id: None, paid_at: None, ..capture() };
        assert_eq!(order.status, OrderStatus::Paid(report));
    }
}

#[tokio::test]
async fn a_paid_order_whose_payment_cannot_be_read_is_asked_about_again() {
    let running = fixture!("payments.json").replace("CAPTURED", "PENDING");
    assert!(matches!(paid_with(answer(200, &running)).await, Err(GatewayError::Refused(_))));
    assert!(matches!(paid_with(answer(500, "")).await, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn a_refund_is_made_in_tiyn() {
    let server = MockServer::start().await;
    call("POST", "/v2/orders/ord_aypk2FSAdR/refunds")
        .and(body_json(serde_json::json!({
            "amount": 100_000, "external_id": "r-1", "reason": "asked for by the donor"
        })))
        .respond_with(answer(200, fixture!("refund.json")))
        .mount(&server)
        .await;
    let made = gateway(&server.uri()).create_refund(&new_refund()).await;
    assert_eq!(made, Ok(RefundOutcome::Made(approved())));
}

fn approved() -> GatewayRefund {
    GatewayRefund {
        id: GatewayRefundId::new("rfd_Q1w2E3r4T5"),
        external_id: Some(ExternalId::new("r-1")),
        amount: tenge(1000),
        status: RefundStatus::Succeeded,
        created_at: Some(at("2026-01-16T10:00:00Z")),
    }
}

#[tokio::test]
async fn refunds_are_listed_whoever_made_them() {
    let server = MockServer::start().await;
    call("GET", "/v2/orders/ord_aypk2FSAdR/refunds")
        .respond_with(answer(200, fixture!("refunds.json")))
        .expect(1)
        .mount(&server)
        .await;
    call("GET", "/v2/orders/ord_aypk2FSAdR/refunds/rfd_Q1w2E3r4T5")
        .respond_with(answer(200, fixture!("refund.json")))
        .mount(&server)
        .await;
    let gateway = gateway(&server.uri());
    let order = OrderId::new(ORDER_ID);
    let refunds = gateway.refunds(&order).await.unwrap();
    assert_eq!(refunds[0].external_id, None);
    assert_eq!(refunds[0].amount, ReportedAmount::NotWholeTenge("500.50 KZT".to_owned()));
    let statuses: Vec<_> = refunds.iter().map(|refund| refund.status).collect();
    assert_eq!(statuses, [RefundStatus::Pending, RefundStatus::Succeeded, RefundStatus::Failed]);
    assert_eq!(refunds[1], approved());
    assert_eq!(gateway.refund(&order, &approved().id).await, Ok(Some(approved())));
}

#[tokio::test]
async fn a_full_page_of_refunds_is_followed_by_the_next() {
    let page = |ids: std::ops::Range<u32>| {
        let refunds: Vec<_> =
            ids.map(|id| serde_json::json!({"id": format!("rfd_{id}"), "status": "APPROVED", "amount": 100})).collect();
        answer(200, &serde_json::Value::from(refunds).to_string())
    };
    let server = MockServer::start().await;
    for (number, body) in [("1", page(0..50)), ("2", page(50..100)), ("3", page(99..103))] {
        call("GET", "/v2/orders/ord_aypk2FSAdR/refunds")
            .and(query_param("page", number))
            .respond_with(body)
            .expect(1)
            .mount(&server)
            .await;
    }
    assert_eq!(gateway(&server.uri()).refunds(&OrderId::new(ORDER_ID)).await.unwrap().len(), 103);

    let without_pages = MockServer::start().await;
    Mock::given(method("GET")).respond_with(page(0..60)).expect(2).mount(&without_pages).await;
    assert_eq!(gateway(&without_pages.uri()).refunds(&OrderId::new(ORDER_ID)).await.unwrap().len(), 60);
}

#[tokio::test]
async fn refusals_of_a_refund_are_told_apart_by_their_code() {
    for (status, code, expected) in [
        (400, "PaymentRefundAmountExceededError", Some(RefundOutcome::ExceedsPaid)),
        (409, "PaymentRefundAmountExceededError", Some(RefundOutcome::ExceedsPaid)),
        (409, "RefundExists", Some(RefundOutcome::AlreadyExists)),
        (409, "OrderUnpaid", None),
        (400, "RefundExists", None),
        (404, "OrderNotFound", None),
    ] {
        let server = MockServer::start().await;
        let body = format!(r#"{{"code":"{code}","message":"…"}}"#);
        call("POST", "/v2/orders/ord_aypk2FSAdR/refunds").respond_with(answer(status, &body)).mount(&server).await;
        let outcome = gateway(&server.uri()).create_refund(&new_refund()).await;
        match expected {
            Some(expected) => assert_eq!(outcome, Ok(expected), "{code}"),
            None => assert!(matches!(outcome, Err(GatewayError::Refused(_))), "{code}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn the_check_is_one_harmless_question() {
    let server = MockServer::start().await;
    call("GET", "/v2/orders")
        .and(query_param("limit", "1"))
        .respond_with(answer(200, "[]"))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(gateway(&server.uri()).check().await, Ok(()));
    let stranger = MockServer::start().await;
    Mock::given(method("GET")).respond_with(answer(401, fixture!("error_unauthorized.json"))).mount(&stranger).await;
    let refused = gateway(&stranger.uri()).check().await.unwrap_err();
    let GatewayError::Refused(text) = refused else { panic!("{refused:?}") };
    assert!(text.contains("the API key was refused") && text.contains("Unauthorized"), "{text}");
}
