//! The donate page and its form.

use actix_web::http::{StatusCode, header};
use actix_web::test::TestRequest;
use domain::ports::{GatewayMode, MockPaymentGateway};
use domain::{Language, Tenge};
use fake_gateway::{Behaviour, Call, FakeGateway};
use futures_util::future::join;

use crate::support::TestSite;

const GOOD: [(&str, &str); 4] =
    [("preset", "5000"), ("donor_name", "Айгүл"), ("donor_email", "aigul@example.kz"), ("lang", "ru")];

/// The good form with some fields typed otherwise.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    GOOD.iter().copied().chain(changes.iter().copied()).collect()
}

#[actix_web::test]
async fn the_page_speaks_the_language_of_its_address_then_of_the_browser_then_russian() {
    let site = TestSite::new();
    site.get("/?lang=kk").await.has(r#"<html lang="kk">"#).has("<h1>Ағаш отырғызу</h1>").has("Бір ағаш — 500\u{a0}₸");
    let english = TestRequest::get().uri("/").insert_header((header::ACCEPT_LANGUAGE, "en-GB, ru;q=0.5"));
    let page = site.send(english).await;
    page.has(r#"<html lang="en">"#).has("<h1>Planting trees</h1>").has(r#"href="/?lang=kk" lang="kk""#);
    assert_eq!(page.header("content-language"), "en");
    site.get("/").await.has(r#"<html lang="ru">"#).has("10 деревьев".replace(' ', "\u{a0}").as_str());
}

#[actix_web::test]
async fn every_field_has_its_label_and_presets_say_their_trees() {
    let page = TestSite::new().get("/?lang=en").await;
    for field in ["amount", "trees", "donor_name", "donor_email", "certificate_name", "message", "anonymous"] {
        page.has(&format!(r#"<label for="{field}">"#)).has(&format!(r#"id="{field}" name="{field}""#));
    }
    page.has(r#"<input type="radio" name="preset" id="preset-2500" value="2500" checked>"#);
    page.has("<b>50\u{202f}000\u{a0}₸</b> <span>100\u{a0}trees</span>").has(r#"name="lang" value="en""#);
    page.has(r#"name="campaign" value="trees""#);
}

#[actix_web::test]
async fn test_mode_is_said_aloud_and_only_then() {
    let mut site = TestSite::new();
    site.get("/?lang=en").await.has("Test mode: no money moves.");
    let mut real = MockPaymentGateway::new();
    real.expect_mode().return_const(GatewayMode::Real);
    site.pages.house.gateway = std::sync::Arc::new(real);
    site.get("/?lang=en").await.lacks("test-mode");
}

#[actix_web::test]
async fn a_good_form_becomes_a_donation_and_leads_to_the_checkout() {
    let site = TestSite::new();
    let fields = [("certificate_name", "Мама"), ("message", "С днём\r\n рождения!\r\n"), ("anonymous", "true")];
    let page = site.post("/donate", &form(&fields)).await;
    let [donation] = &site.store.all()[..] else { panic!("one donation") };
    let order = &site.gateway.payable_orders()[0];
    assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, order.checkout_url.as_str()));
    assert_eq!(donation.gift.amount, Tenge::new(5000));
    assert_eq!((donation.donor.name.as_str(), donation.donor.email.as_str()), ("Айгүл", "aigul@example.kz"));
    assert_eq!(donation.donor.account, None);
    assert_eq!(donation.message.as_ref().unwrap().as_str(), "С днём рождения!");
    assert_eq!((donation.name_on_certificate(), donation.anonymous, donation.language), ("Мама", true, Language::Ru));
}

#[actix_web::test]
async fn an_own_amount_wins_over_the_preset() {
    let site = TestSite::new();
    site.post("/donate", &form(&[("amount", "7\u{202f}777 ₸")])).await;
    assert_eq!(site.store.all()[0].gift.amount, Tenge::new(7777));
}

#[actix_web::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let site = TestSite::new();
    let long = "я".repeat(121);
    let fields = form(&[
        ("amount", "12.50"),
        ("donor_name", "  "),
        ("donor_email", "aigul@"),
        ("certificate_name", &long),
        ("message", "Жасыл болсын"),
        ("anonymous", "true"),
    ]);
    let page = site.post("/donate", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("<title>Ошибка: Посадка деревьев").has(r#"id="errors" role="alert""#);
    for field in ["amount", "donor_name", "donor_email", "certificate_name"] {
        page.has(&format!(r##"<a href="#{field}">"##)).has(&format!(r#"id="{field}-error""#));
    }
    page.has(r#"aria-describedby="donor_email-hint donor_email-error" aria-invalid="true""#);
    page.has(r#"value="12.50""#).has(r#"value="aigul@""#).has(&format!(r#"value="{long}""#));
    page.has("Жасыл болсын</textarea>").has(r#"value="true" checked"#).has("Не больше 120\u{a0}символов.");
    page.has(r#"value="5000" checked"#).lacks(r#"value="2500" checked"#);
    assert!(site.store.all().is_empty());
}

#[actix_web::test]
async fn amounts_outside_the_limits_are_refused_with_the_limit() {
    let site = TestSite::new();
    let page = site.post("/donate", &form(&[("amount", "99")])).await;
    page.has("Сумма — не меньше 100\u{a0}₸.");
    let page = site.post("/donate", &form(&[("amount", &"9".repeat(40))])).await;
    page.has("Сумма — не больше 5\u{202f}000\u{202f}000\u{a0}₸.");
    let page = site.post("/donate", &form(&[("preset", "")])).await;
    page.has("Выберите сумму или укажите свою.");
    assert!(site.store.all().is_empty());
}

#[actix_web::test]
async fn hostile_input_stays_text() {
    let hostile = r#""><script>alert('1')</script>&lt;</textarea>"#;
    let site = TestSite::new();
    let fields = ["preset", "amount", "donor_name", "donor_email", "certificate_name", "message", "lang"];
    let page = site.post("/donate?lang=en", &fields.map(|field| (field, hostile))).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.lacks("<script>").lacks("alert('1')").lacks(r#"value="">"#).has("&#60;script&#62;");
    assert_eq!(page.html.matches("</textarea>").count(), 1);
    site.get("/?lang=%22%3E%3Cscript%3E").await.lacks("<script>");
}

#[actix_web::test]
async fn a_gateway_that_fails_leaves_a_donation_to_try_again_with() {
    let site = TestSite::new();
    site.gateway.next(Call::CreateOrder, Behaviour::BeUnavailable);
    let page = site.post("/donate", &GOOD).await;
    let id = site.store.all()[0].id;
    assert_eq!(page.header("location"), format!("/donations/{id}?lang=ru&notice=gateway"));
    let page = site.get(page.header("location")).await;
    page.has("Не получилось открыть страницу оплаты.").has(r#"data-status="pending""#).lacks("refresh");
    let page = site.post(&format!("/donations/{id}/pay?lang=ru"), &[]).await;
    assert_eq!(page.header("location"), site.gateway.payable_orders()[0].checkout_url);
    assert_eq!(site.gateway.orders().len(), 1);
}

#[actix_web::test]
async fn without_ioka_the_donor_comes_straight_to_a_completed_donation() {
    let site = TestSite::with(FakeGateway::new());
    let page = site.post("/donate", &GOOD).await;
    let id = site.store.all()[0].id;
    assert_eq!(page.header("location"), format!("http://localhost:3000/donations/{id}?result=success"));
    let page = site.get(&format!("/donations/{id}?result=success")).await;
    page.has(r#"data-status="completed""#).has("TEST-2026-000042").has("Тестовый режим");
}

#[actix_web::test]
async fn a_body_that_is_no_form_or_too_large_is_refused_with_a_page() {
    let site = TestSite::new();
    let json = TestRequest::post().uri("/donate?lang=en").set_payload("{}");
    let page = site.send(json.insert_header((header::CONTENT_TYPE, "application/json"))).await;
    assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    page.has("The form did not arrive");
    let largest = "x".repeat(64 * 1024 - "message=".len());
    assert_eq!(site.post("/donate", &[("message", &largest)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = site.post("/donate?lang=en", &[("message", &format!("{largest}x"))]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.has("Too much text");
}

#[actix_web::test]
async fn trees_alone_stand_for_what_they_cost_and_both_must_agree() {
    let site = TestSite::new();
    site.post("/donate", &form(&[("trees", "14")])).await;
    assert_eq!((site.store.all()[0].gift.amount, site.store.all()[0].gift.trees), (Tenge::new(7000), 14));
    let site = TestSite::new();
    site.post("/donate", &form(&[("amount", "7 499"), ("trees", "14")])).await;
    assert_eq!((site.store.all()[0].gift.amount, site.store.all()[0].gift.trees), (Tenge::new(7499), 14));
    for (amount, trees, said) in [
        ("7000", "15", "На 7\u{202f}000\u{a0}₸ вырастет 14\u{a0}деревьев"),
        ("", "0", "Укажите целое число деревьев"),
        ("", "two", "Укажите целое число деревьев"),
        ("", "99999999999", "Укажите целое число деревьев"),
        ("", "20000", "Сумма — не больше"),
    ] {
        let page = site.post("/donate", &form(&[("amount", amount), ("trees", trees)])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount} {trees}");
        page.has(said).has(r##"<a href="#amount">"##).has(&format!(r#"value="{trees}""#));
    }
    assert_eq!(site.store.all().len(), 1);
}

#[actix_web::test]
async fn without_scripts_the_page_works_out_the_one_from_the_other_and_gives_nothing() {
    let site = TestSite::new();
    let shows = |amount: &str, trees: &str| {
        [
            format!(
                r#"name="amount" type="text" inputmode="numeric" autocomplete="off" placeholder=" " value="{amount}""#
            ),
            format!(
                r#"name="trees" type="text" inputmode="numeric" autocomplete="off" placeholder=" " value="{trees}""#
            ),
        ]
    };
    let rows = [
        ([("amount", ""), ("trees", "20"), ("counted", "")], ("10\u{202f}000", "20")),
        ([("amount", "1 499"), ("trees", ""), ("counted", "")], ("1\u{202f}499", "2")),
        // What stood there was worked out before; the trees were changed since.
        ([("amount", "1\u{202f}499"), ("trees", "3"), ("counted", "1\u{202f}499")], ("1\u{202f}500", "3")),
        ([("amount", "5000"), ("trees", "2"), ("counted", "1\u{202f}499")], ("5\u{202f}000", "10")),
    ];
    for (typed, (amount, trees)) in rows {
        let fields = form(&[&typed[..], &[("count", "1"), ("donor_name", "")]].concat());
        let page = site.post("/donate", &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        for shown in shows(amount, trees) {
            page.has(&shown);
        }
        page.lacks(r#"id="errors""#).has(&format!(r#"name="counted" value="{amount}""#));
    }
    let page = site.post("/donate", &form(&[("trees", "x"), ("count", "1")])).await;
    page.has("Укажите целое число деревьев");
    assert!(site.store.all().is_empty());
}

/// The form as the page gives it, filled in well.
async fn form_of_the_page(site: &TestSite) -> Vec<(&'static str, String)> {
    let page = site.get("/campaigns/trees?lang=ru").await;
    let once = page.html.split(r#"name="once" value=""#).nth(1).unwrap().split('"').next().unwrap();
    let good = GOOD.map(|(name, value)| (name, value.to_owned()));
    good.into_iter().chain([("campaign", "trees".to_owned()), ("once", once.to_owned())]).collect()
}

fn borrowed<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_is_one_donation_with_one_checkout() {
    let site = TestSite::new();
    let fields = form_of_the_page(&site).await;
    let fields = borrowed(&fields);
    let (first, second) = join(site.post("/donate", &fields), site.post("/donate", &fields)).await;
    let third = site.post("/donate", &fields).await;
    assert_eq!([first.status, second.status, third.status], [StatusCode::SEE_OTHER; 3]);
    assert_eq!(site.store.all().len(), 1);
    let checkout = &site.gateway.payable_orders()[0].checkout_url;
    assert_eq!([&first, &second, &third].map(|page| page.header("location")), [checkout; 3].map(String::as_str));
}

#[actix_web::test]
async fn a_form_that_was_changed_or_opened_anew_is_another_donation() {
    let site = TestSite::new();
    let mut fields = form_of_the_page(&site).await;
    site.post("/donate", &borrowed(&fields)).await;
    fields[0].1 = "10000".to_owned();
    site.post("/donate", &borrowed(&fields)).await;
    assert_eq!(site.store.all().len(), 2);
    for name in ["", "zz", "../../../../../../../../../../.."] {
        let form = [GOOD.as_slice(), &[("once", name)]].concat();
        site.post("/donate", &form).await;
        site.post("/donate", &form).await;
    }
    assert_eq!(site.store.all().len(), 8, "a name that we did not make names nothing");
}

#[actix_web::test]
async fn a_form_that_was_refused_can_be_sent_again_once_it_is_right() {
    let site = TestSite::new();
    let mut fields = form_of_the_page(&site).await;
    fields[1].1 = "🌳".to_owned();
    let page = site.post("/donate", &borrowed(&fields)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("На сертификате нельзя напечатать: 🌳");
    let page = site.post("/donate", &borrowed(&fields)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "refused again, not taken for done");
    fields[1].1 = "Айгүл".to_owned();
    assert_eq!(site.post("/donate", &borrowed(&fields)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.store.all().len(), 1);
}
