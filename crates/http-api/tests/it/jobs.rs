//! Background work: mails that go out once, whatever fails.

use application::work_off_jobs;
use chrono::TimeDelta;
use domain::ports::MailError;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{App, Session, webhook};

on_both_databases!(
    a_donor_gets_the_certificate_once,
    a_mail_speaks_the_donations_language,
    whoever_was_declined_is_told_unless_they_have_paid_since,
    a_refund_is_told_and_the_new_certificate_sent,
    a_certificate_that_was_replaced_before_it_was_sent_is_not_sent,
    a_mail_server_that_is_down_is_tried_again_with_growing_pauses,
    a_mail_that_is_refused_is_parked_and_can_be_tried_anew,
    a_job_is_parked_after_its_last_try,
    of_many_workers_at_once_each_mail_is_sent_by_one,
    a_server_that_stops_gives_its_work_back,
    jobs_are_listed_page_by_page,
);

fn down() -> MailError {
    MailError::Unavailable("asleep".to_owned())
}

async fn listed(app: &App, admin: &Session, query: &str) -> Vec<Value> {
    let list = app.get(&format!("/api/admin/jobs{query}")).bearer(&admin.token).await.expect(200);
    list["items"].as_array().unwrap().clone()
}

async fn a_donor_gets_the_certificate_once(app: App) {
    let (id, _) = app.completed().await;
    let round = app.work_off().await;
    assert_eq!((round.begun, round.done), (1, 1));
    let mails = app.mailbox.mails();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    let number = app.shown(&id).await["certificate"]["number"].as_str().unwrap().to_owned();
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("ivan@example.com", &*format!("Спасибо! Сертификат {number}"))
    );
    assert!(mail.text.contains("Иван Иванов") && mail.text.contains(&format!("/donations/{id}")), "{}", mail.text);
    assert!(mail.text.contains("5\u{202f}000\u{a0}₸"), "{}", mail.text);
    assert!(mail.html.contains("Иван Иванов") && mail.html.contains("<html lang=\"ru\">"), "{}", mail.html);
    let [file] = &mail.attachments[..] else { panic!("{mail:?}") };
    assert_eq!((&*file.file_name, file.content_type), (&*format!("{number}.pdf"), "application/pdf"));
    let document = app.get(&format!("/api/guest-donations/{id}/certificate")).await.body;
    assert!(file.bytes == document, "what is attached is what the API gives");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.work_off().await.begun, 0);
}

async fn a_mail_speaks_the_donations_language(app: App) {
    for (language, subject) in
        [("kk", "Рақмет! Сертификат"), ("ru", "Спасибо! Сертификат"), ("en", "Thank you! Certificate")]
    {
        let body = json!({"amount": 5000, "donor_name": "A", "donor_email": "a@example.com", "language": language});
        let id = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
        app.ioka(&webhook::captured(&id, &format!("ord_{language}"), 5000)).await.expect(200);
        app.work_off().await;
        let mail = app.mailbox.mails().pop().unwrap();
        assert!(mail.subject.starts_with(subject), "{}", mail.subject);
        assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
        assert_eq!(mail.attachments.len(), 1);
    }
}

async fn whoever_was_declined_is_told_unless_they_have_paid_since(app: App) {
    let (told, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&told, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    app.work_off().await;
    assert_eq!(app.mailbox.subjects(), ["Платёж не прошёл"]);
    let mail = app.mailbox.mails().remove(0);
    for text in [&mail.text, &mail.html] {
        assert!(text.contains("На карте не хватило денег"), "{text}");
        assert!(text.contains(&format!("https://charity.test/donations/{told}")), "a link to try again: {text}");
        assert!(!text.contains("Иван"), "a name costs nothing here, and may be anything: {text}");
    }
    assert_eq!((mail.to_name, mail.attachments), (None, Vec::new()));

    let (paid, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&paid, order.as_str(), ("pay_2", "NOT_ENOUGH_MONEY"))).await.expect(200);
    app.gateway.pay(&order, domain::Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(&paid, order.as_str(), 5000)).await.expect(200);
    assert_eq!(app.work_off().await.done, 2);
    let subjects = app.mailbox.subjects();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects[1].starts_with("Спасибо!"));
}

async fn a_refund_is_told_and_the_new_certificate_sent(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    app.clock.advance(TimeDelta::minutes(1));
    app.refund(&admin, &id, &json!({"amount": 2000, "reason": "x"})).await.expect(201);
    app.work_off().await;
    let mails = app.mailbox.mails();
    assert_eq!(mails.len(), 3, "{:?}", app.mailbox.subjects());
    let number = app.shown(&id).await["certificate"]["number"].as_str().unwrap().to_owned();
    let found = |subject: &str| mails.iter().find(|mail| mail.subject == subject).unwrap();
    let told = found("Деньги возвращены");
    assert!(told.text.contains("2\u{202f}000\u{a0}₸ из пожертвования на 5\u{202f}000\u{a0}₸"), "{}", told.text);
    assert!(told.text.contains(&number) && told.text.contains("Сертификат TREE-2026-000001 больше не действителен"));
    assert_eq!(told.attachments, []);
    let new = found(&format!("Новый сертификат {number}"));
    assert!(new.text.contains("из 5\u{202f}000\u{a0}₸ осталось 3\u{202f}000\u{a0}₸"), "{}", new.text);
    assert!(new.text.contains("На ваши 3\u{202f}000\u{a0}₸ вырастет 6\u{a0}деревьев"), "{}", new.text);
    assert!(new.text.contains("заменяет прежний, TREE-2026-000001,"), "{}", new.text);
    assert_eq!(new.attachments[0].file_name, format!("{number}.pdf"));

    app.refund(&admin, &id, &json!({"reason": "x"})).await.expect(201);
    app.work_off().await;
    let last = app.mailbox.mails().pop().unwrap();
    assert!(last.text.contains("Теперь пожертвование на 5\u{202f}000\u{a0}₸ возвращено целиком"), "{}", last.text);
    assert!(last.text.contains(&format!("Сертификат {number} больше не действителен")), "{}", last.text);
}

async fn a_certificate_that_was_replaced_before_it_was_sent_is_not_sent(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.clock.advance(TimeDelta::minutes(1));
    app.refund(&admin, &id, &json!({"amount": 2000, "reason": "x"})).await.expect(201);
    app.work_off().await;
    let subjects = app.mailbox.subjects();
    let certificates: Vec<_> = subjects.iter().filter(|subject| subject.contains("ертификат")).collect();
    let number = app.shown(&id).await["certificate"]["number"].as_str().unwrap().to_owned();
    assert_eq!(certificates, [&format!("Новый сертификат {number}")]);
    let notes: Vec<_> = listed(&app, &admin, "").await.into_iter().map(|job| job["note"].clone()).collect();
    assert!(notes.contains(&json!("another certificate has taken its place")), "{notes:?}");

    let (whole, _) = app.completed().await;
    app.refund(&admin, &whole, &json!({"reason": "x"})).await.expect(201);
    app.work_off().await;
    assert_eq!(app.mailbox.subjects().last().unwrap(), "Деньги возвращены", "and no certificate");
}

async fn a_mail_server_that_is_down_is_tried_again_with_growing_pauses(app: App) {
    app.completed().await;
    let mut pauses = Vec::new();
    for _ in 0..4 {
        app.mailbox.fail_next(down());
        let before = domain::ports::Clock::now(app.clock.as_ref());
        while app.work_off().await.again == 0 {
            app.clock.advance(TimeDelta::seconds(1));
        }
        pauses.push((domain::ports::Clock::now(app.clock.as_ref()) - before).num_seconds());
    }
    assert_eq!(pauses[0], 0);
    for (pause, middle) in pauses[1..].iter().zip([30, 60, 120]) {
        assert!((middle * 3 / 4..=middle * 5 / 4 + 1).contains(pause), "{pauses:?}");
    }
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(app.work_off().await.done, 1);
    assert_eq!(app.mailbox.mails().len(), 1);
}

async fn a_mail_that_is_refused_is_parked_and_can_be_tried_anew(app: App) {
    let admin = app.admin().await;
    app.completed().await;
    app.mailbox.fail_next(MailError::Refused("no such mailbox".to_owned()));
    assert_eq!(app.work_off().await.parked, 1);
    app.clock.advance(TimeDelta::minutes(20));
    assert_eq!(app.work_off().await.begun, 0);

    let parked = listed(&app, &admin, "?status=parked").await;
    let [job] = &parked[..] else { panic!("{parked:?}") };
    assert_eq!(job["note"], "the mail was refused: no such mailbox");
    let retry = format!("/api/admin/jobs/{}/retry", job["id"].as_str().unwrap());
    let retried = app.post(&retry).bearer(&admin.token).await.expect(202);
    assert_eq!((&retried["status"], &retried["tries"]), (&json!("queued"), &json!(0)));
    assert_eq!(app.work_off().await.done, 1);
    assert_eq!(app.mailbox.mails().len(), 1);
    app.post(&retry).bearer(&admin.token).await.problem(409, "invalid_state");
    let nobodys = format!("/api/admin/jobs/{}/retry", uuid::Uuid::from_u128(7));
    app.post(&nobodys).bearer(&admin.token).await.problem(404, "not_found");
}

async fn a_job_is_parked_after_its_last_try(app: App) {
    app.completed().await;
    let mut tries = 0;
    loop {
        app.mailbox.fail_next(down());
        let round = app.work_off().await;
        tries += round.begun;
        if round.parked == 1 {
            break;
        }
        app.clock.advance(TimeDelta::hours(8));
    }
    assert_eq!(tries, 14);
}

async fn of_many_workers_at_once_each_mail_is_sent_by_one(app: App) {
    for _ in 0..12 {
        app.completed().await;
    }
    let houses = [app.house(), app.house(), app.house()];
    let rounds = join_all((0..6).map(|n| work_off_jobs(&houses[n % 3], &|| false))).await;
    let done: u32 = rounds.into_iter().map(|round| round.unwrap().done).sum();
    assert_eq!(done, 12);
    assert_eq!(app.mailbox.handed_over(), 12, "none of them twice");
}

async fn a_server_that_stops_gives_its_work_back(app: App) {
    let admin = app.admin().await;
    app.completed().await;
    let round = work_off_jobs(&app.house(), &|| true).await.unwrap();
    assert_eq!(round.begun, 0);
    // Told to stop after it had taken a job.
    let asked = std::sync::atomic::AtomicU32::new(0);
    let stopping = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0;
    let round = work_off_jobs(&app.house(), &stopping).await.unwrap();
    assert_eq!(round.begun, 0);
    assert_eq!(listed(&app, &admin, "").await[0]["tries"], 0);
    assert_eq!(app.work_off().await.done, 1, "the next one does it at once");
}

async fn jobs_are_listed_page_by_page(app: App) {
    let admin = app.admin().await;
    for _ in 0..5 {
        app.completed().await;
        app.clock.advance(TimeDelta::seconds(1));
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = app.get(&format!("/api/admin/jobs?limit=2{cursor}")).bearer(&admin.token).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|job| job["queued_at"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            None => break,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    let wrong = app.get("/api/admin/jobs?status=lost&cursor=x&limit=0").bearer(&admin.token).await;
    assert_eq!(wrong.wrong_fields(), ["cursor: invalid_cursor", "limit: out_of_range", "status: unknown_status"]);
}
