//! Every page in every language, written to a folder below the target directory to be looked at in a browser.

use std::fs;
use std::path::Path;

use domain::donation::DeclineReason;
use domain::{DonationRecord, DonationState, Language, LineText, Tenge};

use crate::donation::{certified, failed, in_state, mismatched};
use crate::support::{Page, TestSite, donation, noon};

/// What a page may weigh with its style sheet.
const MOST_BYTES: usize = 100 * 1024;

type Change = Box<dyn FnOnce(&mut DonationRecord)>;

fn states() -> Vec<(&'static str, &'static str, Change)> {
    let partly = DonationState::PartiallyRefunded { completed_at: noon(), refunded: Tenge::new(1500) };
    let long = |record: &mut DonationRecord| {
        certified(record);
        record.certificate_name = LineText::parse(&"Абдурахманғалиұлының".repeat(6)).ok();
    };
    vec![
        ("completed", "", Box::new(certified)),
        ("long-name", "", Box::new(long)),
        ("waiting", "&result=success", Box::new(in_state(DonationState::AwaitingPayment))),
        ("waited", "&look=40", Box::new(in_state(DonationState::AwaitingPayment))),
        ("unpaid", "&notice=gateway", Box::new(in_state(DonationState::Pending))),
        ("failed", "", Box::new(in_state(failed(DeclineReason::LimitExceeded)))),
        ("cancelled", "", Box::new(in_state(DonationState::Cancelled))),
        ("review", "", Box::new(mismatched)),
        ("partly-refunded", "", Box::new(in_state(partly))),
        ("refunded", "", Box::new(in_state(DonationState::Refunded { completed_at: noon() }))),
    ]
}

#[actix_web::test]
async fn every_page_is_small_and_complete_in_every_language() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let site = TestSite::new();
    let sheet = include_str!("../../assets/pages.css");
    fs::write(folder.join("pages.css"), sheet).unwrap();
    let keep = |name: &str, language: Language, page: &Page| {
        page.has("</html>").has("<h1>").has(&format!(r#"<html lang="{}">"#, language.code()));
        assert!(page.html.len() + sheet.len() < MOST_BYTES, "{name}");
        let (before, rest) = page.html.split_once("href=\"/static/").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        let html = format!("{before}href=\"pages.css\"{after}").replace(r#"http-equiv="refresh""#, "");
        fs::write(folder.join(format!("{name}-{}.html", language.code())), html).unwrap();
    };
    for language in Language::ALL {
        let code = language.code();
        keep("donate", language, &site.get(&format!("/?lang={code}")).await);
        let wrong = [("amount", "99"), ("donor_email", "aigul@"), ("lang", code)];
        keep("errors", language, &site.post("/donate", &wrong).await);
        keep("not-found", language, &site.get(&format!("/donations/x?lang={code}")).await);
        for name in ["sign-in", "sign-up", "forgot-password", "reset-password", "confirm-email"] {
            keep(name, language, &site.get(&format!("/{name}?lang={code}&notice=confirmed")).await);
        }
        keep("sign-up-errors", language, &site.post(&format!("/sign-up?lang={code}"), &[("email", "aigul@")]).await);
        for (name, query, change) in states() {
            site.store.put(donation(change));
            let path = format!("/donations/0193f2c4-0000-7000-8000-000000000001?lang={code}{query}");
            keep(name, language, &site.get(&path).await);
        }
    }
}
