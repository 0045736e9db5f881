//! Those who answer for the money are told by mail: once per cause, whatever is asked twice, restarted or down.

use std::sync::Arc;
use std::time::Duration;

use application::{AlertRound, House, Nobody, look_after_alerts, reconcile_open_orders, work_off_jobs};
use chrono::TimeDelta;
use domain::Tenge;
use domain::ports::{Mail, MailError};
use fake_gateway::{Behaviour, Call};
use futures_util::future::join_all;
use mail::{SmtpConfig, SmtpMailer};
use serde_json::json;

use crate::support::smtp::{MailServer, Reaction};
use crate::support::{App, Setup, webhook};

on_both_databases!(
    a_review_is_told_once_with_its_page_and_without_the_donor,
    a_gateway_that_is_down_is_told_once_on_however_many_servers_and_again_when_it_is_back,
    a_key_that_is_refused_is_told_as_such,
    orders_that_only_asking_found_paid_are_told_until_a_webhook_comes,
    a_pulled_brake_is_told_and_so_is_its_release,
    jobs_that_die_at_once_are_one_mail,
    a_mail_to_operators_that_is_parked_makes_no_other,
    a_day_that_differs_is_told,
    yesterday_is_summed_up_once_a_day,
    a_mail_server_that_is_down_or_forgets_gets_each_mail_under_one_name,
    nobody_is_told_where_nobody_answers_for_the_money,
);
set_up_on_both_databases!(those_who_are_named_are_told_in_their_language);

async fn look(app: &App) -> AlertRound {
    look_after_alerts(&app.house()).await.unwrap()
}

/// Lets so many minutes pass, with a look at each.
async fn watch(app: &App, minutes: u32) {
    for _ in 0..minutes {
        app.clock.advance(TimeDelta::minutes(1));
        look(app).await;
    }
}

/// The mails to operators so far, but for the summary of the day before.
async fn told(app: &App) -> Vec<Mail> {
    app.work_off().await;
    let mut mails = app.mailbox.mails();
    mails.retain(|mail| mail.to.as_str().ends_with("@charity.kz") && !mail.subject.starts_with("Итоги дня"));
    mails
}

async fn subjects(app: &App) -> Vec<String> {
    told(app).await.into_iter().map(|mail| mail.subject).collect()
}

async fn a_review_is_told_once_with_its_page_and_without_the_donor(app: App) {
    app.admin().await;
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&id, order.as_str(), 4000)).await.expect(200);
    watch(&app, 30).await;
    let mails = told(&app).await;
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.to.as_str(), &*mail.subject), ("admin@charity.kz", "Нужна проверка пожертвований: 1"));
    for text in [&mail.text, &mail.html] {
        assert!(text.contains(&format!("https://api.charity.test/admin/donations/{id}")), "{text}");
        assert!(text.contains("Сумма не совпадает · 2026-03-01 15:00"), "{text}");
        assert!(!text.contains("Иван") && !text.contains("ivan@example.com"), "{text}");
    }
}

async fn a_gateway_that_is_down_is_told_once_on_however_many_servers_and_again_when_it_is_back(app: App) {
    app.admin().await;
    let other = app.another();
    app.gateway.always(Call::Check, Behaviour::BeUnavailable);
    look(&app).await;
    watch(&app, 9).await;
    assert_eq!(subjects(&app).await, Vec::<String>::new(), "it may be over soon");
    for _ in 0..20 {
        app.clock.advance(TimeDelta::minutes(1));
        let (here, there) = (app.house(), other.house());
        let looks = (0..10).map(|turn| look_after_alerts(if turn % 2 == 0 { &here } else { &there }));
        join_all(looks).await.into_iter().for_each(|look| drop(look.unwrap()));
    }
    drop(other);
    let app = app.restarted();
    watch(&app, 5).await;
    let mails = told(&app).await;
    assert_eq!(mails.iter().map(|mail| &*mail.subject).collect::<Vec<_>>(), ["Ioka не отвечает"]);
    assert!(mails[0].text.contains("2026-03-01 15:00"), "since its first failure: {}", mails[0].text);

    app.gateway.always(Call::Check, Behaviour::Ordinary);
    watch(&app, 5).await;
    assert_eq!(subjects(&app).await, ["Ioka не отвечает", "Ioka снова отвечает"]);
    app.gateway.always(Call::Check, Behaviour::LoseRequest);
    watch(&app, 15).await;
    assert_eq!(subjects(&app).await, ["Ioka не отвечает", "Ioka снова отвечает", "Ioka не отвечает"]);
}

async fn a_key_that_is_refused_is_told_as_such(app: App) {
    app.admin().await;
    app.gateway.always(Call::Check, Behaviour::Refuse);
    watch(&app, 12).await;
    assert_eq!(subjects(&app).await, ["Ioka не принимает наш ключ"]);
    let (_, order) = app.completed().await;
    assert!(!order.as_str().is_empty(), "payments go their way whatever operators are told");
}

async fn orders_that_only_asking_found_paid_are_told_until_a_webhook_comes(app: App) {
    app.admin().await;
    let (_, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::minutes(2));
    assert_eq!(reconcile_open_orders(&app.house()).await.unwrap().settled, 1);
    watch(&app, 29).await;
    assert_eq!(subjects(&app).await, Vec::<String>::new(), "a webhook may be late");
    watch(&app, 60).await;
    assert_eq!(subjects(&app).await, ["Уведомления от Ioka не приходят"]);
    app.completed().await;
    watch(&app, 60).await;
    assert_eq!(subjects(&app).await, ["Уведомления от Ioka не приходят", "Уведомления от Ioka снова приходят"]);
}

async fn a_pulled_brake_is_told_and_so_is_its_release(app: App) {
    let admin = app.admin().await;
    let set = |body| app.call(reqwest::Method::PUT, "/api/admin/brake").bearer(&admin.token).json(&body);
    set(json!({"on": true, "reason": "Перебор карт"})).await.expect(200);
    watch(&app, 3).await;
    set(json!({"on": true, "reason": "Всё ещё"})).await.expect(200);
    watch(&app, 3).await;
    let mails = told(&app).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(mails[0].text.contains("Причина: Перебор карт"), "{}", mails[0].text);
    set(json!({"on": false})).await.expect(200);
    watch(&app, 3).await;
    assert_eq!(subjects(&app).await, ["Приём платежей остановлен", "Приём платежей снова открыт"]);
}

async fn jobs_that_die_at_once_are_one_mail(app: App) {
    let admin = app.admin().await;
    for _ in 0..30 {
        app.completed().await;
        app.mailbox.fail_next(MailError::Refused("no such mailbox".to_owned()));
    }
    assert_eq!(app.work_off().await.parked, 30);
    watch(&app, 25).await;
    let mails = told(&app).await;
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!(mail.subject, "Остановились фоновые задачи: 30");
    assert_eq!(mail.text.matches("/admin/donations/").count(), 20);
    assert!(mail.text.contains("Всего ещё: 10"), "{}", mail.text);
    let listed = app.get("/api/admin/jobs?status=parked&limit=100").bearer(&admin.token).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 30);
}

async fn a_mail_to_operators_that_is_parked_makes_no_other(app: App) {
    let admin = app.admin().await;
    look(&app).await;
    app.mailbox.fail_next(MailError::Refused("no such mailbox".to_owned()));
    assert_eq!(app.work_off().await.parked, 1, "the summary of yesterday");
    watch(&app, 25).await;
    assert_eq!(told(&app).await, []);
    let listed = app.get("/api/admin/jobs?status=parked").bearer(&admin.token).await.expect(200);
    let kinds: Vec<_> = listed["items"].as_array().unwrap().iter().map(|job| job["kind"].clone()).collect();
    assert_eq!(kinds, [json!("tell_operators")], "but it is shown");
    let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
    app.post(&format!("/api/admin/jobs/{id}/retry")).bearer(&admin.token).await.expect(202);
    assert_eq!(app.work_off().await.done, 1);
}

async fn a_day_that_differs_is_told(app: App) {
    app.admin().await;
    let order = app.order_there("0193f2c4-0000-7000-8000-000000000009", 5000).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    let open = report.differences.iter().filter(|difference| !difference.settled).count();
    assert!(open > 0, "{report:?}");
    watch(&app, 3).await;
    let mails = told(&app).await;
    let about = mails.iter().find(|mail| mail.subject.starts_with("Сверка с Ioka не сошлась")).unwrap();
    let page = format!("https://api.charity.test/admin/reconciliation?date={}", report.day);
    assert!(about.text.contains(&page), "{}", about.text);
}

async fn yesterday_is_summed_up_once_a_day(app: App) {
    app.admin().await;
    app.completed().await;
    // It is 15:00 in Kazakhstan.
    for _ in 0..4 {
        app.clock.advance(TimeDelta::hours(6));
        look(&app).await;
        app.work_off().await;
    }
    let mut mails = app.mailbox.mails();
    mails.retain(|mail| mail.subject.starts_with("Итоги дня"));
    let subjects: Vec<_> = mails.iter().map(|mail| &*mail.subject).collect();
    assert_eq!(subjects, ["Итоги дня 2026-02-28", "Итоги дня 2026-03-01"]);
    assert!(mails[0].text.contains("Начато пожертвований: 0"), "{}", mails[0].text);
    assert!(mails[1].text.contains("Оплачено: 1 · 5\u{202f}000\u{a0}₸"), "{}", mails[1].text);
}

async fn a_mail_server_that_is_down_or_forgets_gets_each_mail_under_one_name(app: App) {
    app.admin().await;
    let server = MailServer::start().await;
    let config = SmtpConfig {
        url: format!("smtp://{}?tls=none", server.address).into(),
        from: "Жасыл қор <noreply@fund.kz>".to_owned(),
        timeout: Duration::from_secs(5),
    };
    let house = House { mailer: Arc::new(SmtpMailer::new(&config).unwrap()), ..app.house() };
    look(&app).await;
    server.go_down();
    assert_eq!(work_off_jobs(&house, &|| false).await.unwrap().again, 1);
    server.come_back();
    server.next(Reaction::TakeAndCut);
    for _ in 0..2 {
        app.clock.advance(TimeDelta::hours(1));
        look(&app).await;
        work_off_jobs(&house, &|| false).await.unwrap();
    }
    let mails = server.taken();
    assert_eq!(mails.len(), 2);
    assert_eq!((mails[0].id(), &mails[0].to), (mails[1].id(), &mails[1].to), "one mail under one name");
    assert_eq!(mails[0].to, ["admin@charity.kz"]);
    assert!(mails[0].plain().contains("Итоги дня") || mails[0].html().contains("Итоги дня"));
}

async fn nobody_is_told_where_nobody_answers_for_the_money(app: App) {
    app.operator(3, domain::Role::Viewer).await;
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(look(&app).await, AlertRound { told: Vec::new(), nobody_to_tell: Nobody::Yes });
    assert_eq!(app.work_off().await.begun, 0);
    app.admin().await;
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(look(&app).await.told.len(), 1, "the summary of yesterday");
}

async fn those_who_are_named_are_told_in_their_language(setup: Setup) {
    let named = "books@fund.kz, Books@fund.kz,director@fund.kz";
    let app = setup.with("ALERT_EMAILS", named).with("ALERT_LANGUAGE", "kk").start();
    app.admin().await;
    app.gateway.always(Call::Check, Behaviour::BeUnavailable);
    watch(&app, 12).await;
    app.work_off().await;
    let mut mails = app.mailbox.mails();
    mails.retain(|mail| mail.subject == "Ioka жауап бермейді");
    let mut to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["books@fund.kz", "director@fund.kz"]);
    assert!(mails.iter().all(|mail| mail.html.contains("<html lang=\"kk\">")));
}
