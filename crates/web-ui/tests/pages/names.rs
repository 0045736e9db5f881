//! One machine has several names for itself, and a cookie counts under one of them.

use actix_web::http::header;
use actix_web::test::TestRequest;

use crate::support::{Page, TestSite};

async fn reached(site: &TestSite, host: &str, request: TestRequest) -> Page {
    site.send(request.insert_header((header::HOST, host))).await
}

fn opens(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header((header::ACCEPT, "text/html,*/*;q=0.8"))
}

#[actix_web::test]
async fn whoever_calls_this_machine_by_another_name_comes_to_the_one_that_payments_come_back_to() {
    let mut site = TestSite::new();
    site.pages.backend_url = "http://localhost:5000".to_owned();
    for host in ["127.0.0.1:5000", "[::1]:5000"] {
        let page = reached(&site, host, opens("/sign-in?lang=kk&next=%2F")).await;
        assert_eq!(page.status, 303);
        assert_eq!(page.header("location"), "http://localhost:5000/sign-in?lang=kk&next=%2F");
    }
    let page = reached(&site, "127.0.0.1:5000", opens("//evil.test/")).await;
    assert!(page.status == 404 || page.header("location").starts_with("http://localhost:5000//"));
}

#[actix_web::test]
async fn every_other_name_is_left_alone() {
    let mut site = TestSite::new();
    let page = reached(&site, "10.0.0.7:5000", opens("/sign-in")).await;
    assert_eq!(page.status, 200, "a proxy's name for us");
    site.pages.backend_url = "http://localhost:5000".to_owned();
    for host in ["localhost:5000", "127.0.0.1:8080", "donate.test:5000", "127.0.0.1.evil.test:5000"] {
        assert_eq!(reached(&site, host, opens("/sign-in")).await.status, 200, "{host}");
    }
    let program = TestRequest::get().uri("/widget.js").insert_header((header::ACCEPT, "*/*"));
    assert_eq!(reached(&site, "127.0.0.1:5000", program).await.status, 200);
}
