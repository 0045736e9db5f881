//! What browsers are told besides the page.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use crate::donation::certified;
use crate::support::{Page, TestSite, donation};

const PATH: &str = "/donations/0193f2c4-0000-7000-8000-000000000001";
const NO_FORMS: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; \
                        frame-ancestors 'none'; base-uri 'none'";
const TO_CHECKOUT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                           form-action 'self' https: http://localhost:* http://127.0.0.1:*; \
                           frame-ancestors 'none'; base-uri 'none'";

fn policy(page: &Page) -> &str {
    page.header("content-security-policy")
}

#[actix_web::test]
async fn forms_may_lead_to_the_checkout_and_pages_without_one_nowhere() {
    let site = TestSite::new();
    assert_eq!(policy(&site.get("/").await), TO_CHECKOUT);
    assert_eq!(policy(&site.post("/donate", &[]).await), TO_CHECKOUT);
    site.store.put(donation(|_| {}));
    assert_eq!(policy(&site.get(PATH).await), TO_CHECKOUT);
    site.store.put(donation(certified));
    assert_eq!(policy(&site.get(PATH).await), NO_FORMS);
    assert_eq!(policy(&site.get("/donations/x").await), NO_FORMS);
}

#[actix_web::test]
async fn no_page_needs_what_its_policy_forbids_or_is_kept_or_leaks_its_address() {
    let site = TestSite::new();
    site.store.put(donation(certified));
    let certificates = ["/certificates/TREE-2026-000042", "/certificates/x"];
    for path in ["/", PATH, "/donations/x", "/sign-in", "/sign-up", "/forgot-password"].into_iter().chain(certificates)
    {
        let page = site.get(path).await;
        page.lacks("<script").lacks(" style=").lacks("<style").lacks(" onclick").lacks("src=\"http");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    }
}

#[actix_web::test]
async fn the_style_sheet_is_kept_for_good_under_the_address_that_pages_name() {
    let site = TestSite::new();
    let page = site.get("/").await;
    let path = page.html.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(path.starts_with("/static/pages-") && path.ends_with(".css"), "{path}");
    let sheet = site.get(path).await;
    assert_eq!((sheet.status, sheet.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    sheet.lacks("http").lacks("@import").has("@media print");
    assert_eq!(site.get("/static/pages-0000000000000000.css").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn other_methods_are_refused_with_a_page_that_names_the_right_ones() {
    let site = TestSite::new();
    for (path, allow) in [("/", "GET, HEAD"), ("/donate", "GET, HEAD, POST"), (PATH, "GET, HEAD")] {
        let page = site.send(TestRequest::default().method(Method::DELETE).uri(path)).await;
        assert_eq!((page.status, page.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, allow));
        page.has("<h1>");
    }
}

#[actix_web::test]
async fn addresses_that_only_forms_use_lead_back_to_their_page() {
    let site = TestSite::new();
    let page = site.get("/donate?lang=kk").await;
    assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, "/?lang=kk"));
    let page = site.get(&format!("{PATH}/pay?lang=kk")).await;
    assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, &*format!("{PATH}?lang=kk")));
    assert_eq!(site.get("/donations/x/pay").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn head_is_get() {
    let site = TestSite::new();
    let page = site.send(TestRequest::default().method(Method::HEAD).uri("/")).await;
    assert_eq!((page.status, policy(&page)), (StatusCode::OK, TO_CHECKOUT));
}
