//! Every page in every language, written to a folder below the target directory to be looked at in a browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use actix_web::http::StatusCode;
use domain::donation::DeclineReason;
use domain::{Campaign, CampaignSlug, DonationRecord, DonationState, Language, LineText, Tenge};

use crate::campaigns::{saxaul, site};
use crate::donation::{certified, failed, in_state, mismatched};
use crate::given::campaign;
use crate::support::{Page, TestSite, donation, noon};

/// What a page may weigh with its style sheet and its script, uncompressed and without fonts.
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

/// Writes a page and what it loads into the folder, with the addresses of what it loads made relative. Gives what all of
/// it weighs, uncompressed.
async fn keep(site: &TestSite, name: &str, language: Language, page: &Page) -> usize {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(folder.join("static")).unwrap();
    page.has("</html>").has("<h1>").has(&format!(r#"<html lang="{}">"#, language.code()));
    let mut weight = page.html.len();
    for after in page.html.split("\"/static/").skip(1) {
        let file = after.split('"').next().unwrap();
        let (status, _, bytes) = site.bytes(&format!("/static/{file}")).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        if !file.ends_with(".woff2") {
            weight += bytes.len();
        }
        let text = String::from_utf8(bytes.clone());
        let bytes = text.map_or(bytes, |text| text.replace("/static/", "").into_bytes());
        fs::write(folder.join("static").join(file), bytes).unwrap();
    }
    let picture = include_str!("../../templates/pictures/steppe.svg");
    let picture = picture.replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
    fs::write(folder.join("static/picture.svg"), picture).unwrap();
    let html = page.html.replace("\"/static/", "\"static/").replace(r#"http-equiv="refresh""#, "");
    let html = html
        .replace("/campaigns/saxaul/picture-0123456789abcdef0123456789abcdef", "static/picture.svg")
        .replace("hx-get", "data-get");
    fs::write(folder.join(format!("{name}-{}.html", language.code())), html).unwrap();
    weight
}

#[actix_web::test]
async fn every_page_is_small_and_complete_in_every_language() {
    let site = site(vec![campaign()]);
    let list = site_of(&[campaign(), saxaul(|_| {}), saxaul(closed)]);
    let mut titles = BTreeSet::new();
    let mut pages = 0;
    for language in Language::ALL {
        let code = language.code();
        let wrong = [("amount", "99"), ("donor_email", "aigul@"), ("lang", code)];
        let mut shown = vec![
            ("donate", site.get(&format!("/?lang={code}")).await),
            ("errors", site.post("/donate", &wrong).await),
            ("campaigns", list.get(&format!("/?lang={code}")).await),
            ("closed", site_of(&[saxaul(closed)]).get(&format!("/?lang={code}")).await),
            ("not-found", site.get(&format!("/donations/x?lang={code}")).await),
        ];
        for name in ["sign-in", "sign-up", "forgot-password", "reset-password", "confirm-email"] {
            shown.push((name, site.get(&format!("/{name}?lang={code}&notice=confirmed")).await));
        }
        let wrong = [("email", "aigul@")];
        shown.push(("sign-up-errors", site.post(&format!("/sign-up?lang={code}"), &wrong).await));
        for (name, query, change) in states() {
            site.store.put(donation(change));
            let path = format!("/donations/0193f2c4-0000-7000-8000-000000000001?lang={code}{query}");
            shown.push((name, site.get(&path).await));
        }
        for (name, page) in &shown {
            let weight = keep(&site, name, language, page).await;
            assert!(weight < MOST_BYTES, "{name}: {weight} bytes");
            let (_, title) = page.html.split_once("<title>").unwrap();
            titles.insert((code, title.split("</title>").next().unwrap().to_owned()));
        }
        pages += shown.len();
    }
    // The same donation under a longer name has the same title.
    assert_eq!(titles.len(), pages - Language::ALL.len(), "every page has its own title: {titles:?}");
}

fn site_of(campaigns: &[Campaign]) -> TestSite {
    site(campaigns.to_vec())
}

fn closed(campaign: &mut Campaign) {
    campaign.slug = CampaignSlug::parse("closed").unwrap();
    campaign.picture = None;
    campaign.ends_at = Some(noon());
}
