//! `POST /api/admin/donations/{id}/certificate-name`.

use std::future::IntoFuture as _;

use chrono::TimeDelta;
use domain::donation::{Actor, Cause, NameCorrection};
use domain::{CertificateStatus, DonationId, Role};
use futures_util::future::join;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, App, Session, webhook};

on_both_databases!(
    another_certificate_bears_the_right_name,
    the_mail_names_the_certificate_that_it_replaces,
    it_stands_on_the_timeline_without_a_name,
    the_same_name_again_changes_nothing,
    what_no_certificate_can_show_is_refused,
    without_a_valid_certificate_there_is_nothing_to_correct,
    whoever_is_forgotten_is_forgotten_with_both_names,
    a_refund_and_a_correction_at_once_leave_one_certificate_or_none,
    corrections_at_once_leave_one_valid_certificate,
    a_later_refund_does_not_tell_of_the_name_again,
);

async fn correct(app: &App, admin: &Session, id: &str, name: &str) -> Answer {
    let body = json!({"name": name, "reason": "Опечатка"});
    app.post(&format!("/api/admin/donations/{id}/certificate-name")).bearer(&admin.token).json(&body).await
}

async fn certificate(app: &App, number: &str) -> Value {
    app.get(&format!("/api/certificates/{number}")).await.expect(200)
}

async fn another_certificate_bears_the_right_name(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let before = app.kept(&id).await;
    app.clock.advance(TimeDelta::minutes(5));
    let story = correct(&app, &admin, &id, "  Иван Иванович Иванов ").await.expect(200);
    assert_eq!(story["certificate"]["number"], "TREE-2026-000002");
    assert_eq!((&story["id"], &story["status"]), (&json!(id), &json!("completed")));

    let (old, new) = (certificate(&app, "TREE-2026-000001").await, certificate(&app, "TREE-2026-000002").await);
    assert_eq!(
        (&old["valid"], &old["state"], &old["name"]),
        (&json!(false), &json!("replaced"), &json!("Иван Иванов"))
    );
    assert_eq!(old["replaced_by"], "TREE-2026-000002");
    assert_eq!((&new["valid"], &new["name"]), (&json!(true), &json!("Иван Иванович Иванов")));
    for field in ["trees", "campaign", "campaign_title", "language", "test_mode"] {
        assert_eq!(old[field], new[field], "{field}");
    }
    let after = app.kept(&id).await;
    assert_eq!(
        (after.gift, after.state.clone(), after.version),
        (before.gift, before.state.clone(), before.version + 1)
    );
    assert_eq!((&after.donor, &after.campaign_title), (&before.donor, &before.campaign_title));
    let pdf = app.get(&format!("/api/guest-donations/{id}/certificate")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
    // The public list bears the name that is on the certificate.
    let latest = app.get("/api/campaigns/trees").await.expect(200)["latest"].clone();
    assert_eq!(latest[0]["name"], "Иван Иванович Иванов");
}

async fn the_mail_names_the_certificate_that_it_replaces(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    correct(&app, &admin, &id, "Айгүл").await.expect(200);
    assert_eq!(app.work_off().await.done, 1);
    let mails = app.mailbox.mails();
    let [_, mail] = &mails[..] else { panic!("{mails:?}") };
    assert!(mail.subject.contains("TREE-2026-000002"), "{}", mail.subject);
    for text in [&mail.text, &mail.html] {
        assert!(text.contains("Этот сертификат заменяет прежний, TREE-2026-000001,"), "{text}");
    }
    assert_eq!(mail.attachments[0].file_name, "TREE-2026-000002.pdf");

    // A name that is corrected before the first mail was sent: only the valid certificate is sent.
    let (id, _) = app.completed().await;
    correct(&app, &admin, &id, "Әсел").await.expect(200);
    app.work_off().await;
    assert!(app.mailbox.subjects()[2..].iter().all(|subject| subject.contains("TREE-2026-000004")));
    assert_eq!(app.mailbox.mails().len(), 3);
}

async fn it_stands_on_the_timeline_without_a_name(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let story = correct(&app, &admin, &id, "Айгүл Серікқызы").await.expect(200);
    let last = story["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["kind"], &last["from"]), (&json!("certificate.renamed"), &last["to"]));
    assert_eq!(last["actor"], format!("account:{}", admin.account));
    assert_eq!(last["details"], json!({"certificate": "TREE-2026-000001", "reason": "Опечатка"}));
    assert!(!story["timeline"].to_string().contains("Айгүл"));
}

async fn the_same_name_again_changes_nothing(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let before = app.kept(&id).await;
    correct(&app, &admin, &id, "Иван Иванов").await.expect(200);
    assert_eq!(app.kept(&id).await, before);
    let first = correct(&app, &admin, &id, "Айгүл").await.expect(200);
    let second = correct(&app, &admin, &id, "Айгүл").await.expect(200);
    assert_eq!(first, second);
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 1, "the first certificate was overtaken, the second has its mail");
}

async fn what_no_certificate_can_show_is_refused(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let before = app.kept(&id).await;
    let path = format!("/api/admin/donations/{id}/certificate-name");
    let refused = async |body: Value| app.post(&path).bearer(&admin.token).json(&body).await.wrong_fields();
    assert_eq!(refused(json!({"name": "Айгүл 🌳", "reason": "x"})).await, ["name: unprintable"]);
    assert_eq!(refused(json!({"name": " ", "reason": ""})).await, ["name: blank", "reason: blank"]);
    assert_eq!(refused(json!({"name": "a\nb", "reason": "x"})).await, ["name: control_character"]);
    assert_eq!(
        refused(json!({"name": "ә".repeat(121), "reason": "x".repeat(256)})).await,
        ["name: too_long", "reason: too_long"]
    );
    assert_eq!(refused(json!({})).await, ["name: required", "reason: required"]);
    let more = json!({"name": "Айгүл", "reason": "x", "amount": 1, "status": "refunded", "trees": 7});
    assert_eq!(refused(more).await, ["amount: unknown_field", "status: unknown_field", "trees: unknown_field"]);
    assert_eq!(app.kept(&id).await, before);
}

async fn without_a_valid_certificate_there_is_nothing_to_correct(app: App) {
    let admin = app.admin().await;
    let (waiting, _) = app.awaiting().await;
    correct(&app, &admin, &waiting, "Айгүл").await.problem(409, "invalid_state");
    let (refunded, _) = app.completed().await;
    app.refund(&admin, &refunded, &json!({"reason": "x"})).await.expect(201);
    correct(&app, &admin, &refunded, "Айгүл").await.problem(409, "invalid_state");
    correct(&app, &admin, &Uuid::from_u128(7).to_string(), "Айгүл").await.problem(404, "not_found");
    correct(&app, &admin, "x", "Айгүл").await.problem(404, "not_found");
    let viewer = app.operator(9, Role::Viewer).await;
    let (paid, _) = app.completed().await;
    correct(&app, &viewer, &paid, "Айгүл").await.problem(403, "forbidden");
}

async fn whoever_is_forgotten_is_forgotten_with_both_names(app: App) {
    let (admin, donor) = (app.admin().await, app.register("asem@example.com").await);
    let body = json!({"amount": 5000, "certificate_name": "Қызғалдақ"});
    let donation = app.post("/api/donations").bearer(&donor.token).json(&body).await.expect(201);
    let id = donation["id"].as_str().unwrap();
    app.ioka(&webhook::captured(id, "ord_1", 5000)).await.expect(200);
    correct(&app, &admin, id, "Бәйшешек").await.expect(200);
    assert!(["Қызғалдақ", "Бәйшешек"].iter().all(|name| app.everything_kept().contains(name)));
    app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&donor.token).await.nothing();
    let kept = app.everything_kept();
    assert!(!["Қызғалдақ", "Бәйшешек"].iter().any(|name| kept.contains(name)));
    assert!(kept.contains("Опечатка"), "the reason stays");
    correct(&app, &admin, id, "Бәйшешек").await.problem(409, "invalid_state");
    for number in ["TREE-2026-000001", "TREE-2026-000002"] {
        assert_eq!(certificate(&app, number).await["name"], "—");
    }
}

/// The donation's certificates by their public pages.
async fn states(app: &App, id: &str) -> Vec<(String, String)> {
    let mut states = Vec::new();
    for sequence in 1.. {
        let number = format!("TREE-2026-{sequence:06}");
        let answer = app.get(&format!("/api/certificates/{number}")).await;
        if answer.status == 404 {
            break;
        }
        let seen = answer.expect(200);
        states.push((seen["state"].as_str().unwrap().to_owned(), seen["name"].as_str().unwrap().to_owned()));
    }
    assert!(app.kept(id).await.certificate.is_some());
    states
}

fn correction(name: &str) -> NameCorrection {
    NameCorrection { name: domain::LineText::parse(name).unwrap(), reason: domain::LineText::parse("x").unwrap() }
}

const CAUSE: Cause = Cause { actor: Actor::System, request_id: None };

async fn a_refund_and_a_correction_at_once_leave_one_certificate_or_none(app: App) {
    let (one, other) = (app.house(), app.house());
    for round in 0..12 {
        let (id, order) = app.completed().await;
        let donation = DonationId(Uuid::try_parse(&id).unwrap());
        let amount = if round % 2 == 0 { 5000 } else { 2000 };
        let refund = webhook::refund("REFUND_APPROVED", order.as_str(), (&format!("rfd_{round}"), amount));
        let named = correction("Айгүл");
        let corrected = application::correct_certificate_name(&one, donation, &named, &CAUSE);
        let again = application::correct_certificate_name(&other, donation, &named, &CAUSE);
        let ((first, second), told) = join(join(corrected, again), app.ioka(&refund).into_future()).await;
        told.expect(200);
        let kept = app.kept(&id).await;
        let certificate = kept.certificate.clone().unwrap();
        if amount == 5000 {
            assert_eq!((kept.status().word(), certificate.status), ("refunded", CertificateStatus::Withdrawn));
        } else {
            assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
            assert_eq!((kept.status().word(), certificate.status), ("partially_refunded", CertificateStatus::Valid));
            assert_eq!((certificate.draft.name.as_str(), certificate.draft.trees), ("Айгүл", 6));
        }
    }
    let (id, _) = app.completed().await;
    let states = states(&app, &id).await;
    // Of the twelve before six were refunded whole, six in part; the last one is whole.
    assert_eq!(states.iter().filter(|(state, _)| state == "valid").count(), 7, "{states:?}");
}

async fn corrections_at_once_leave_one_valid_certificate(app: App) {
    let (id, _) = app.completed().await;
    let donation = DonationId(Uuid::try_parse(&id).unwrap());
    let houses = [app.house(), app.house()];
    let names: Vec<_> = (0..10).map(|n| correction(&format!("Айгүл {n}"))).collect();
    let corrections = names
        .iter()
        .enumerate()
        .map(|(n, named)| application::correct_certificate_name(&houses[n % 2], donation, named, &CAUSE));
    let corrected = futures_util::future::join_all(corrections).await;
    assert!(corrected.iter().all(Result::is_ok), "{corrected:?}");
    let states = states(&app, &id).await;
    assert_eq!(states.len(), 11);
    assert_eq!(states.iter().filter(|(state, _)| state == "valid").count(), 1, "{states:?}");
    assert_eq!(states.last().unwrap().1, app.kept(&id).await.name_on_certificate());
}

async fn a_later_refund_does_not_tell_of_the_name_again(app: App) {
    let admin = app.admin().await;
    let body = json!({"amount": 5400, "donor_name": "Иван", "donor_email": "ivan@example.com"});
    let id = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    app.ioka(&webhook::captured(&id, "ord_1", 5400)).await.expect(200);
    correct(&app, &admin, &id, "Айгүл").await.expect(200);
    app.work_off().await;
    app.clock.advance(TimeDelta::hours(1));
    // 5 300 ₸ plant as many trees as 5 400 ₸: the certificate stays.
    app.ioka(&webhook::refund("REFUND_APPROVED", "ord_1", ("rfd_1", 100))).await.expect(200);
    app.work_off().await;
    let mail = app.mailbox.mails().pop().unwrap();
    assert_eq!(mail.subject, "Деньги возвращены");
    assert!(mail.text.contains("Сертификат TREE-2026-000002 остаётся в силе."), "{}", mail.text);
}
