//! The return and status page.

use actix_web::http::StatusCode;
use domain::donation::{Attempt, AttemptState, Capture, Decline, DeclineReason};
use domain::{
    AccountId, Certificate, CertificateDraft, CertificateNumber, CertificateStatus, DonationRecord, DonationState,
    ExternalId, LineText, Tenge,
};
use uuid::Uuid;

use crate::support::{Page, TestSite, donation, noon};

const PATH: &str = "/donations/0193f2c4-0000-7000-8000-000000000001";

pub fn in_state(state: DonationState) -> impl FnOnce(&mut DonationRecord) {
    move |record| record.state = state
}

pub fn completed() -> DonationState {
    DonationState::Completed { completed_at: noon() }
}

pub fn failed(reason: DeclineReason) -> DonationState {
    DonationState::Failed(Decline { declined_at: noon(), reason, gateway_code: None })
}

/// Gives the record a certificate.
pub fn certified(record: &mut DonationRecord) {
    record.state = completed();
    let draft = CertificateDraft { name: "Айгүл".to_owned(), trees: 10, test_mode: false, issued_at: noon() };
    let number = CertificateNumber::new("TREE", 2026, 42);
    let status = CertificateStatus::Valid;
    record.certificate = Some(Certificate { number, donation: record.id, draft, status });
}

/// Gives the record an attempt whose payment was not what was agreed.
pub fn mismatched(record: &mut DonationRecord) {
    record.state = DonationState::AwaitingPayment;
    record.attempts.push(Attempt {
        number: 1,
        external_id: ExternalId::of_attempt(record.id, 1),
        order_id: None,
        checkout_url: None,
        state: AttemptState::Mismatched(Capture { payment_id: None, paid_at: noon() }),
        heard: true,
        started_at: noon(),
        due_at: noon(),
    });
}

async fn page_of(change: impl FnOnce(&mut DonationRecord), query: &str) -> Page {
    let site = TestSite::new();
    site.store.put(donation(change));
    site.get(&format!("{PATH}{query}")).await
}

#[actix_web::test]
async fn a_completed_donation_is_thanked_for_with_its_trees_amount_and_certificate() {
    let page = page_of(certified, "?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    page.has(r#"data-status="completed""#).has("Because of you, 10\u{a0}trees will grow.");
    page.has("5\u{202f}000\u{a0}₸").has("TREE-2026-000042").has("a***@example.kz").lacks("aigul@example.kz");
    page.lacks("<form").lacks("refresh").lacks("test-mode");
}

#[actix_web::test]
async fn the_page_speaks_the_donations_language_until_another_is_chosen() {
    page_of(certified, "").await.has(r#"<html lang="kk">"#).has("Сіздің арқаңызда 10\u{a0}ағаш өседі.");
    page_of(certified, "?lang=ru")
        .await
        .has("Благодаря вам вырастет 10\u{a0}деревьев.")
        .has(&format!("{PATH}?lang=kk"));
}

#[actix_web::test]
async fn the_address_cannot_claim_a_status() {
    for claim in ["success", "failure", "back", "completed"] {
        let page = page_of(in_state(DonationState::AwaitingPayment), &format!("?result={claim}")).await;
        page.has(r#"data-status="awaiting_payment""#).lacks("Рақмет");
        page_of(certified, &format!("?result={claim}&notice=gateway")).await.has("Рақмет").lacks("notice");
    }
}

#[actix_web::test]
async fn who_comes_back_from_paying_sees_the_page_look_again_but_not_for_ever() {
    let waiting = || in_state(DonationState::AwaitingPayment);
    let page = page_of(waiting(), "?result=success").await;
    let look = format!("{PATH}?lang=kk&#38;result=success&#38;look=1");
    page.has(&format!(r#"<noscript><meta http-equiv="refresh" content="2;url={look}"></noscript>"#));
    page.has(&format!(r#"<a href="{PATH}?lang=kk" id="look">"#)).has(&format!(r#"{PATH}/pay?lang=kk""#));
    page_of(waiting(), "?lang=ru&look=18").await.has("look=19").has("refresh");
    let page = page_of(waiting(), "?lang=ru&look=19").await;
    page.lacks(r#"http-equiv="refresh""#).has("Ответа пока нет").has("Проверить ещё раз");
    page_of(waiting(), "?lang=ru&look=99999999999").await.has("Осталось оплатить").lacks(r#"http-equiv="refresh""#);
    page_of(in_state(DonationState::Pending), "?result=back").await.has(r#"http-equiv="refresh""#);
    page_of(waiting(), "").await.lacks(r#"http-equiv="refresh""#);
}

#[actix_web::test]
async fn a_decline_is_explained_in_the_donors_words_with_a_way_to_try_again() {
    let page = page_of(in_state(failed(DeclineReason::NotEnoughMoney)), "?lang=en&result=failure").await;
    page.has(r#"data-status="failed""#).has("There is not enough money on the card.");
    page.has(&format!(r#"<form class="actions" method="post" action="{PATH}/pay?lang=en">"#)).has("Try again");
    page.lacks(r#"http-equiv="refresh""#);
}

#[actix_web::test]
async fn a_payment_after_a_decline_is_waited_for_but_not_believed_before_it_is_known() {
    let declined = || in_state(failed(DeclineReason::LimitExceeded));
    let page = page_of(declined(), "?lang=en&result=success").await;
    page.has(r#"data-status="failed""#).has("If you have paid meanwhile").has(r#"http-equiv="refresh""#);
    page_of(declined(), "?lang=en&result=success&look=19").await.lacks(r#"http-equiv="refresh""#);
    page_of(declined(), "?lang=en&look=1").await.lacks(r#"http-equiv="refresh""#);
}

#[actix_web::test]
async fn a_cancelled_donation_can_be_tried_again_and_a_refunded_one_cannot() {
    page_of(in_state(DonationState::Cancelled), "").await.has(r#"data-status="cancelled""#).has("Қайталап көру");
    let refunded = DonationState::Refunded { completed_at: noon() };
    page_of(in_state(refunded), "?lang=en").await.has(r#"data-status="refunded""#).lacks("<form").has("0\u{a0}trees");
    let partly = DonationState::PartiallyRefunded { completed_at: noon(), refunded: Tenge::new(4500) };
    let page = page_of(in_state(partly), "?lang=en").await;
    page.has(r#"data-status="partially_refunded""#).has("The rest becomes 1\u{a0}tree.").has("4\u{202f}500\u{a0}₸");
    page.lacks("<form");
}

#[actix_web::test]
async fn a_payment_of_another_amount_is_never_charged_again() {
    let page = page_of(mismatched, "?lang=en&result=success").await;
    page.has("Please do not pay again")
        .has("Being checked")
        .lacks("another donation")
        .lacks("<form")
        .lacks(r#"http-equiv="refresh""#);
}

#[actix_web::test]
async fn paying_again_leads_to_the_same_order() {
    let site = TestSite::new();
    site.store.put(donation(|_| {}));
    let first = site.post(&format!("{PATH}/pay"), &[]).await;
    let again = site.post(&format!("{PATH}/pay"), &[]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(site.gateway.orders().len(), 1);
}

#[actix_web::test]
async fn a_paid_donation_is_not_paid_again_but_shown() {
    let site = TestSite::new();
    site.store.put(donation(certified));
    let page = site.post(&format!("{PATH}/pay?lang=en"), &[]).await;
    assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, &*format!("{PATH}?lang=en")));
    assert!(site.gateway.orders().is_empty());
}

#[actix_web::test]
async fn unknown_ids_and_donations_of_accounts_get_the_same_friendly_page() {
    let site = TestSite::new();
    let owner = AccountId(Uuid::from_u128(5));
    site.store.put(donation(|record| record.donor.account = Some(owner)));
    let registered = site.get(&format!("{PATH}?lang=en")).await;
    assert_eq!(registered.status, StatusCode::NOT_FOUND);
    registered.has("sign in: it is shown to you alone").lacks("Айгүл");
    registered.has("next=%2Fdonations%2F0193f2c4-0000-7000-8000-000000000001");
    for id in ["0193f2c4-0000-7000-8000-00000000ffff", "x", "%3Cscript%3E", "0193f2c4000070008000000000000001"] {
        let page = site.get(&format!("/donations/{id}?lang=en")).await;
        assert_eq!((page.status, bare(&page)), (StatusCode::NOT_FOUND, bare(&registered)), "{id}");
        let page = site.get(&format!("/donations/{id}/certificate.pdf?lang=en")).await;
        assert_eq!((page.status, bare(&page)), (StatusCode::NOT_FOUND, bare(&registered)), "{id}");
        let page = site.post(&format!("/donations/{id}/pay?lang=en"), &[]).await;
        assert_eq!((page.status, bare(&page)), (StatusCode::NOT_FOUND, bare(&registered)), "{id}");
    }
    let page = site.post(&format!("{PATH}/pay?lang=en"), &[]).await;
    assert_eq!((page.status, bare(&page)), (StatusCode::NOT_FOUND, bare(&registered)));
}

/// The page without where it leads back to after signing in, which is the address that was asked for.
fn bare(page: &Page) -> String {
    let mut parts = page.html.split("next=");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |html, part| html + &part[part.find('"').unwrap()..])
}

#[actix_web::test]
async fn a_hostile_name_stays_text() {
    let hostile = r#"<img src=x onerror="alert(1)"><script>"#;
    let page = page_of(|record| record.certificate_name = Some(LineText::parse(hostile).unwrap()), "").await;
    page.lacks("<img").lacks("<script").has("&#60;img src=x onerror=&#34;alert(1)&#34;&#62;");
}

#[actix_web::test]
async fn a_store_that_fails_is_not_quoted() {
    let site = TestSite::new();
    site.store.break_down();
    let page = site.get(&format!("{PATH}?lang=en")).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.has("Something broke on our side").lacks("burns");
}

/// The news of a page that shows `seen`.
async fn news_of(change: impl FnOnce(&mut DonationRecord), seen: &str) -> Page {
    page_of(change, &format!("/news?lang=en&result=success&look=4&seen={seen}")).await
}

#[actix_web::test]
async fn with_scripts_the_page_asks_for_news_with_growing_pauses_for_two_minutes() {
    let mut next = format!("{PATH}?lang=en&result=success");
    let (mut waited, mut before) = (0, 0);
    let site = TestSite::new();
    site.store.put(donation(in_state(DonationState::AwaitingPayment)));
    loop {
        let page = site.get(&next).await;
        assert_eq!(page.status, StatusCode::OK);
        let Some((_, trigger)) = page.html.split_once(r#"hx-trigger="load delay:"#) else { break };
        let pause: u32 = trigger.split('s').next().unwrap().parse().unwrap();
        assert!(pause >= before);
        (waited, before) = (waited + pause, pause);
        let href = page.html.split(r#"hx-get=""#).nth(1).unwrap().split('"').next().unwrap();
        next = href.replace("&#38;", "&");
    }
    assert!((110..=125).contains(&waited), "{waited} s");
    let page = site.get(&next).await;
    page.has("No answer yet").has("Check again").has(r#"<div id="news"></div>"#);
}

#[actix_web::test]
async fn while_nothing_has_changed_the_news_are_nothing_but_the_next_look() {
    let page = news_of(in_state(DonationState::AwaitingPayment), "waiting-heading").await;
    assert_eq!(page.status, StatusCode::OK);
    page.lacks("<section").lacks("hx-swap-oob").lacks("<title").lacks("refresh");
    page.has(&format!(r#"hx-get="{PATH}/news?lang=en&#38;result=success&#38;look=5&#38;seen=waiting-heading""#));
}

#[actix_web::test]
async fn what_has_changed_replaces_the_story_and_is_said_aloud_and_then_nothing_is_asked_any_more() {
    let page = news_of(certified, "waiting-heading").await;
    page.has(r#"id="story" hx-swap-oob="true""#).has(r#"data-status="completed""#).has("<title>Thank you!");
    page.has(r#"<p id="said" hx-swap-oob="innerHTML">Thank you! Because of you"#);
    page.has(r#"<div id="news"></div>"#).lacks("<html").lacks("hx-get");
    let declined = news_of(in_state(failed(DeclineReason::NotEnoughMoney)), "waiting-heading").await;
    declined.has("There is not enough money on the card.").has("Try again").has("hx-get");
}

#[actix_web::test]
async fn news_of_a_donation_that_is_not_there_or_an_accounts_are_not_told() {
    let site = TestSite::new();
    assert_eq!(site.get(&format!("{PATH}/news?seen=")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/donations/x/news").await.status, StatusCode::NOT_FOUND);
}
