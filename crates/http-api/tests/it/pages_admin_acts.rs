//! The buttons of a donation's page: those that the state table allows, and what becomes of pressing one.

use application::operator_acts;
use chrono::TimeDelta;
use domain::donation::{Actor, OperatorAct};
use domain::{Donation, DonationStatus, RefundStatus, Review, Role, Tenge};
use fake_gateway::{Behaviour, Call};

use crate::reviews::paid_twice;
use crate::support::{App, Browser, form_in, webhook};

on_both_databases!(
    the_buttons_are_what_would_be_done_in_every_state,
    money_goes_back_after_a_second_look,
    a_form_that_is_sent_twice_gives_money_back_once,
    what_was_typed_is_there_again_when_the_gateway_fails,
    a_name_is_corrected_and_a_review_resolved,
    what_donors_and_the_gateway_write_stays_text,
    the_brake_is_pulled_and_released,
);

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Donations in every state.
async fn in_every_state(app: &App) -> Vec<String> {
    let untried = app.guest_donation().await;
    let (awaiting, _) = app.awaiting().await;
    let (failed, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&failed, order.as_str(), ("pay_1", "INSUFFICIENT_FUNDS"))).await.expect(200);
    let (cancelled, _) = app.awaiting().await;
    app.post(&format!("/api/guest-donations/{cancelled}/cancel")).await.expect(200);
    let (mismatched, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&mismatched, order.as_str(), 4000)).await.expect(200);
    let (completed, _) = app.completed().await;
    let (twice, _) = paid_twice(app).await;
    let mut back = Vec::new();
    for (number, amount) in [2000, 5000].into_iter().enumerate() {
        let (id, order) = app.completed().await;
        app.gateway.refund_in_panel(&order, Tenge::new(amount)).unwrap();
        let report = webhook::refund("REFUND_APPROVED", order.as_str(), (&format!("rfd_{number}"), i64::from(amount)));
        app.ioka(&report).await.expect(200);
        back.push(id);
    }
    [vec![untried, awaiting, failed, cancelled, mismatched, completed, twice], back].concat()
}

/// A button's id, where its form is sent, its fields, and whether it is shown.
type Button = (String, String, Vec<(&'static str, String)>, bool);

/// Each button's id, the form that it sends, and whether the act is among these.
fn buttons(id: &str, acts: &[OperatorAct]) -> Vec<Button> {
    let has = |wanted: &dyn Fn(&OperatorAct) -> bool| acts.iter().any(wanted);
    let text = |text: &str| text.to_owned();
    let to = |act: &str| format!("/admin/donations/{id}/{act}");
    let mut all = vec![
        (text("ask"), to("sync"), vec![], has(&|act| *act == OperatorAct::AskGateway)),
        (text("send"), to("receipt"), vec![], has(&|act| *act == OperatorAct::SendCertificate)),
        (
            text("rename"),
            to("certificate-name"),
            vec![("name", text("Another")), ("reason", text("misspelt"))],
            has(&|act| *act == OperatorAct::CorrectName),
        ),
    ];
    for review in Review::ALL {
        let fields = vec![("review", text(review.word())), ("note", text("seen"))];
        let offered = has(&|act| *act == OperatorAct::Resolve(review));
        all.push((format!("resolve-{}", review.word()), to("resolve"), fields, offered));
    }
    let fields = vec![("amount", text("1000")), ("reason", text("asked")), ("once", text(KEY))];
    all.push((text("refund"), to("refund"), fields, has(&|act| matches!(act, OperatorAct::Refund { .. }))));
    all
}

async fn the_buttons_are_what_would_be_done_in_every_state(app: App) {
    let donations = in_every_state(&app).await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let mut viewer = Browser::operator(&app, 3, Role::Viewer).await;
    let csrf = admin.csrf().await;
    let mut states = Vec::new();
    for id in &donations {
        let kept = app.kept(id).await;
        states.push(kept.status());
        for place in 0..buttons(id, &[]).len() {
            // Each button may change what the next ones are.
            let kept = app.kept(id).await;
            let acts = operator_acts(&app.house(), &kept);
            let (button, action, fields, offered) = buttons(id, &acts).swap_remove(place);
            let page = admin.get(&format!("/admin/donations/{id}?lang=en")).await.page(200);
            let looked_at = viewer.get(&format!("/admin/donations/{id}?lang=en")).await.page(200);
            assert!(!page.to_lowercase().contains("mark as paid"));
            let shown = |page: &str| page.contains(&format!("id=\"{button}\" type=\"submit\""));
            assert_eq!(shown(&page), offered, "{:?}: {button}", kept.status());
            assert!(!shown(&looked_at), "{:?}: {button}", kept.status());
            let before = app.kept(id).await;
            let mut sent: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            sent.push(("csrf", &csrf));
            let answer = admin.post(&format!("{action}?lang=en"), &sent).await;
            let after = app.kept(id).await;
            if offered {
                assert_eq!(answer.status, 303, "{:?}: {button}: {}", kept.status(), answer.text());
            } else {
                assert!(
                    (400..500).contains(&answer.status),
                    "{:?}: {button}: {} {:?}",
                    kept.status(),
                    answer.status,
                    kept.reviews
                );
                assert_eq!(after, before, "{button}");
            }
            assert_eq!(after.status().was_paid(), kept.status().was_paid(), "no button says that it was paid");
        }
        app.clock.advance(TimeDelta::minutes(2));
    }
    states.sort();
    states.dedup();
    assert_eq!(states, DonationStatus::ALL);
}

async fn money_goes_back_after_a_second_look(app: App) {
    let (id, _) = app.completed().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let (page, check) = (format!("/admin/donations/{id}?lang=en"), format!("/admin/donations/{id}/refund/check"));
    for (amount, reason, wrong) in [
        ("6000", "asked", "At most 5\u{202f}000"),
        ("0", "asked", "whole number"),
        ("-1", "asked", "whole number"),
        ("10.5", "asked", "whole number"),
        ("1000", " ", "Give a reason."),
        ("1000", &"x".repeat(256), "At most 255"),
    ] {
        let answer = admin.submit(&page, &check, &[("amount", amount), ("reason", reason)]).await.page(422);
        assert!(answer.contains(wrong), "{amount} {reason}: {answer}");
        assert!(answer.contains(&format!("value=\"{amount}\"")), "what was typed stays");
    }
    assert_eq!(app.kept(&id).await.refunds, []);

    let first = admin.submit(&page, &check, &[("amount", "2 000 ₸"), ("reason", "asked for it")]).await.page(200);
    assert!(first.contains("Nothing has been done yet") && first.contains("3\u{202f}000\u{a0}₸"), "{first}");
    assert!(first.contains("is replaced by one for 6\u{a0}trees"));
    assert_eq!(app.kept(&id).await.refunds, [], "it was only looked at");
    let shown = admin.confirm(&first, &id).await;
    shown.leads_to(&format!("/admin/donations/{id}?lang=en&notice=refund-succeeded"));
    let notice = admin.get(shown.header("location").unwrap()).await.page(200);
    assert!(notice.contains("on its way to the donor") && notice.contains("At most 3\u{202f}000"));

    let rest = admin.submit(&page, &check, &[("reason", "the rest")]).await.page(200);
    assert!(rest.contains("is withdrawn"));
    admin.confirm(&rest, &id).await.leads_to(&format!("/admin/donations/{id}?lang=en&notice=refund-succeeded"));
    let kept = app.kept(&id).await;
    assert_eq!((kept.status(), kept.refunds.len()), (DonationStatus::Refunded, 2));
    assert!(kept.refunds.iter().all(|refund| refund.request.is_some()));
}

impl Browser<'_> {
    /// Sends the form of the page that shows what a refund would do.
    async fn confirm(&mut self, page: &str, id: &str) -> crate::support::Answer {
        let (action, fields) = form_in(page, &format!("/admin/donations/{id}/refund"));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&action, &fields).await
    }
}

async fn a_form_that_is_sent_twice_gives_money_back_once(app: App) {
    let (id, _) = app.completed().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let (page, check) = (format!("/admin/donations/{id}?lang=en"), format!("/admin/donations/{id}/refund/check"));
    let looked = admin.submit(&page, &check, &[("amount", "1000"), ("reason", "asked")]).await.page(200);
    let mut twins: Vec<_> = (0..4)
        .map(|_| {
            let mut twin = Browser::new(&app);
            twin.cookie.clone_from(&admin.cookie);
            twin
        })
        .collect();
    let sent = twins.iter_mut().map(|twin| twin.confirm(&looked, &id));
    for answer in futures_util::future::join_all(sent).await {
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    admin.confirm(&looked, &id).await;
    let kept = app.kept(&id).await;
    assert_eq!((kept.refunds.len(), kept.refunded()), (1, Tenge::new(1000)));

    // The same form with something else in it, and one that nobody has looked at.
    let csrf = admin.csrf().await;
    let (_, fields) = form_in(&looked, &format!("/admin/donations/{id}/refund"));
    let once = &fields.iter().find(|(name, _)| name == "once").unwrap().1;
    for (once, said) in
        [(once.as_str(), "sent before"), ("", "on which it is checked"), ("x", "on which it is checked")]
    {
        let fields = [("csrf", csrf.as_str()), ("amount", "2000"), ("reason", "asked"), ("once", once)];
        let answer = admin.post(&format!("/admin/donations/{id}/refund?lang=en"), &fields).await.page(422);
        assert!(answer.contains(said) && answer.contains("value=\"2000\""), "{answer}");
    }
    assert_eq!(app.kept(&id).await, kept);
}

async fn what_was_typed_is_there_again_when_the_gateway_fails(app: App) {
    let (id, _) = app.completed().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let (page, check) = (format!("/admin/donations/{id}?lang=en"), format!("/admin/donations/{id}/refund/check"));
    let looked = admin.submit(&page, &check, &[("amount", "1000"), ("reason", "asked \"so\"")]).await.page(200);
    app.gateway.next(Call::CreateRefund, Behaviour::Refuse);
    let refused = admin.confirm(&looked, &id).await.page(502);
    assert!(
        refused.contains("no money went back")
            && refused.contains("asked &#34;so&#34;")
            && refused.contains("value=\"1000\"")
    );
    assert_eq!(app.kept(&id).await.refunds[0].status, RefundStatus::Failed);
    // The same form makes another one, since the first has failed.
    admin.confirm(&looked, &id).await.leads_to(&format!("/admin/donations/{id}?lang=en&notice=refund-succeeded"));
    assert_eq!(app.kept(&id).await.refunded(), Tenge::new(1000));

    for (behaviour, status, said) in [
        (Behaviour::Refuse, 502, "Ioka refused the question"),
        (Behaviour::BeUnavailable, 502, "cannot be reached"),
        (Behaviour::LoseRequest, 504, "did not answer in time"),
    ] {
        app.gateway.next_of_any(behaviour);
        let answer = admin.submit(&page, &format!("/admin/donations/{id}/sync"), &[]).await.page(status);
        assert!(answer.contains(said) && answer.contains("othing is lost"), "{answer}");
    }
    let asked = admin.submit(&page, &format!("/admin/donations/{id}/sync"), &[]).await;
    asked.leads_to(&format!("/admin/donations/{id}?lang=en&notice=asked"));
}

async fn a_name_is_corrected_and_a_review_resolved(app: App) {
    let (id, _) = paid_twice(&app).await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let page = format!("/admin/donations/{id}?lang=en");
    let rename = format!("/admin/donations/{id}/certificate-name");
    for (name, reason, wrong) in
        [("", "typo", "Enter your name"), ("Anna", "", "Give a reason"), ("Анна 😀", "typo", "😀")]
    {
        let answer = admin.submit(&page, &rename, &[("name", name), ("reason", reason)]).await.page(422);
        assert!(answer.contains(wrong), "{answer}");
    }
    admin
        .submit(&page, &rename, &[("name", "Анна Ким"), ("reason", "typo")])
        .await
        .leads_to(&format!("{page}&notice=renamed"));
    assert_eq!(app.kept(&id).await.name_on_certificate(), "Анна Ким");

    let resolve = format!("/admin/donations/{id}/resolve");
    assert!(admin.submit(&page, &resolve, &[("note", " ")]).await.page(422).contains("Write what was found"));
    admin.submit(&page, &resolve, &[("note", "she meant to")]).await.leads_to(&format!("{page}&notice=resolved"));
    let kept = app.kept(&id).await;
    let item = &kept.reviews[0].resolution.as_ref().unwrap();
    assert!(matches!(item.by, Actor::Account(_)));
    let shown = admin.get(&page).await.page(200);
    assert!(shown.contains("she meant to") && shown.contains("admin@charity.kz") && shown.contains("Ioka"));
}

async fn what_donors_and_the_gateway_write_stays_text(app: App) {
    const EVIL: &str = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>";
    let body = serde_json::json!({
        "amount": 5000, "donor_name": EVIL, "donor_email": "ivan@example.com", "message": EVIL,
    });
    let id = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let order = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    let order_id = domain::OrderId::new(order.clone());
    app.gateway.pay(&order_id, Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(&id, &order, 5000)).await.expect(200);
    let odd = webhook::order_event(&EVIL.replace('"', "\\\""), &id, &order);
    app.ioka(&odd).await.expect(200);
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let csrf = admin.csrf().await;
    let page = format!("/admin/donations/{id}");
    let refund = [("csrf", csrf.as_str()), ("amount", "1000"), ("reason", EVIL), ("once", KEY)];
    let check = admin.post(&format!("{page}/refund/check"), &refund).await.page(200);
    admin.post(&format!("{page}/refund"), &refund).await;
    admin.post("/admin/brake", &[("csrf", &csrf), ("position", "pulled"), ("reason", EVIL)]).await;
    let list = admin.get("/admin/deliveries").await.page(200);
    let delivery = list.split("/admin/deliveries/").nth(1).unwrap()[..36].to_owned();
    let mut pages = vec![("check".to_owned(), check), ("list".to_owned(), list)];
    let q: String = url::form_urlencoded::byte_serialize(EVIL.as_bytes()).collect();
    for path in [
        page.clone(),
        "/admin".to_owned(),
        format!("/admin/donations?q={q}"),
        format!("/admin/donations?status={q}&from={q}&campaign={q}&min_amount={q}&flagged={q}"),
        format!("/admin/deliveries/{delivery}"),
        format!("/admin/jobs?status={q}&x={q}"),
        format!("/admin/audit?who={q}&action={q}&from={q}"),
        "/admin/audit".to_owned(),
    ] {
        pages.push((path.clone(), admin.get(&path).await.text()));
    }
    for (path, html) in &pages {
        assert!(!html.contains("<img") && !html.contains("<script"), "{path}: {html}");
    }
    let told = pages.iter().filter(|(_, html)| html.contains("&#60;img src=x onerror=alert(1)&#62;")).count();
    assert!(told >= 5, "it is shown, as text: {told}");
    let kept: Donation = app.kept(&id).await;
    assert_eq!(kept.donor.name.as_str(), EVIL);
}

async fn the_brake_is_pulled_and_released(app: App) {
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let pull = |reason: &'static str| [("reason", reason)];
    assert!(admin.submit("/admin?lang=en", "/admin/brake", &pull(" ")).await.page(422).contains("Give a reason."));
    admin
        .submit("/admin?lang=en", "/admin/brake", &pull("cards are tested"))
        .await
        .leads_to("/admin?lang=en&notice=pulled");
    for path in ["/admin", "/admin/donations", "/admin/deliveries", "/admin/jobs", "/admin/audit"] {
        let page = admin.get(&format!("{path}?lang=en")).await.page(200);
        assert!(page.contains("id=\"braked\"") && page.contains("cards are tested"), "{path}");
    }
    let donation = app.guest_donation().await;
    assert_eq!(app.pay(&donation).await.status, 503);
    admin.submit("/admin?lang=en", "/admin/brake", &[]).await.leads_to("/admin?lang=en&notice=released");
    assert!(!admin.get("/admin?lang=en").await.page(200).contains("id=\"braked\""));
    app.pay(&donation).await.expect(200);
}
