//! What browsers are told besides the page.

use std::fs;
use std::path::Path;

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use sha2::{Digest as _, Sha256};

use crate::donation::certified;
use crate::support::{Page, TestSite, donation};

const PATH: &str = "/donations/0193f2c4-0000-7000-8000-000000000001";
const TO_NOWHERE: &str = "form-action 'none'";
const TO_CHECKOUT: &str = "form-action 'self' https: http://localhost:* http://127.0.0.1:*";

/// Where a page's forms may lead; the rest of the policy is every page's.
fn forms(page: &Page) -> &str {
    let (loaded, rest) = page.header("content-security-policy").split_once("; form-action").unwrap();
    let (_, others) = rest.split_once("; ").unwrap();
    assert_eq!(
        loaded,
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:"
    );
    assert_eq!(others, "frame-ancestors 'none'; base-uri 'none'");
    let policy = page.header("content-security-policy");
    &policy[loaded.len() + 2..policy.len() - others.len() - 2]
}

#[actix_web::test]
async fn forms_may_lead_to_the_checkout_and_pages_without_one_nowhere() {
    let site = TestSite::new();
    assert_eq!(forms(&site.get("/").await), TO_CHECKOUT);
    assert_eq!(forms(&site.post("/donate", &[]).await), TO_CHECKOUT);
    site.store.put(donation(|_| {}));
    assert_eq!(forms(&site.get(PATH).await), TO_CHECKOUT);
    site.store.put(donation(certified));
    assert_eq!(forms(&site.get(PATH).await), TO_NOWHERE);
    assert_eq!(forms(&site.get("/donations/x").await), TO_NOWHERE);
}

#[actix_web::test]
async fn no_page_needs_what_its_policy_forbids_or_is_kept_or_leaks_its_address() {
    let site = TestSite::new();
    site.store.put(donation(certified));
    let certificates = ["/certificates/TREE-2026-000042", "/certificates/x"];
    let others = ["/", "/campaigns/trees", PATH, "/donations/x", "/sign-in", "/sign-up", "/forgot-password"];
    for path in others.into_iter().chain(certificates) {
        let page = site.get(path).await;
        page.lacks("<script>").lacks(" style=").lacks("<style").lacks(" onclick").lacks("src=\"http").lacks("hx-on");
        assert!(page.html.split("<script").skip(1).all(|script| script.starts_with(" src=\"/static/")));
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    }
}

#[actix_web::test]
async fn every_file_is_kept_for_good_under_the_address_that_pages_name() {
    let site = TestSite::new();
    site.store.put(donation(|_| {}));
    let (page, waiting) = (site.get("/").await, site.get(&format!("{PATH}?result=success")).await);
    let sheet = site.get(&address(&page, "pages", ".css")).await;
    sheet.lacks("url(\"http").lacks("url(http").lacks("url(//").lacks("@import").has("@media print");
    let files = [
        (address(&page, "pages", ".css"), "text/css; charset=utf-8"),
        (address(&sheet, "headings", ".woff2"), "font/woff2"),
        (address(&sheet, "subheadings", ".woff2"), "font/woff2"),
        (address(&page, "donate", ".js"), "text/javascript; charset=utf-8"),
        (address(&waiting, "htmx", ".js"), "text/javascript; charset=utf-8"),
    ];
    for (path, kind) in files {
        let (status, headers, bytes) = site.bytes(&path).await;
        assert_eq!(
            (status, headers.get("content-type").unwrap().as_bytes()),
            (StatusCode::OK, kind.as_bytes()),
            "{path}"
        );
        assert_eq!(headers.get("cache-control").unwrap(), "public, max-age=31536000, immutable");
        let hash = hex::encode(&Sha256::digest(&bytes)[..8]);
        assert!(path.contains(&hash), "{path} is {hash}");
    }
    assert_eq!(site.get("/static/pages-0000000000000000.css").await.status, StatusCode::NOT_FOUND);
}

/// Where a text says that this file is.
fn address(page: &Page, name: &str, extension: &str) -> String {
    let (_, after) = page.html.split_once(&format!("/static/{name}-")).unwrap();
    let (hash, _) = after.split_once(extension).unwrap();
    format!("/static/{name}-{hash}{extension}")
}

/// What the vendored files are, is written beside them.
#[test]
fn the_vendored_files_are_the_ones_that_their_readmes_describe() {
    for (folder, files) in [("htmx", 2), ("fonts", 3)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(folder);
        let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
        assert_eq!(sums.lines().count(), files);
        for (sum, name) in sums.lines().map(|line| line.split_once("  ").unwrap()) {
            assert_eq!(hex::encode(Sha256::digest(fs::read(folder.join(name)).unwrap())), sum, "{name}");
        }
    }
}

#[actix_web::test]
async fn other_methods_are_refused_with_a_page_that_names_the_right_ones() {
    let site = TestSite::new();
    for (path, allow) in
        [("/", "GET, HEAD"), ("/campaigns/trees", "GET, HEAD"), ("/donate", "GET, HEAD, POST"), (PATH, "GET, HEAD")]
    {
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
    assert_eq!((page.status, forms(&page)), (StatusCode::OK, TO_CHECKOUT));
}

/// A variable that is misspelt or was renamed makes its whole declaration void, and nothing complains.
#[test]
fn every_variable_of_the_style_sheets_is_defined() {
    let sheets = [include_str!("../../assets/pages.css"), include_str!("../../assets/mailbox.css")];
    for used in sheets.iter().flat_map(|sheet| sheet.split("var(").skip(1)) {
        let name = used.split(')').next().unwrap();
        assert!(sheets[0].contains(&format!("  {name}: ")), "{name} is not defined");
    }
}
