//! The list of campaigns, and a campaign's page.

use std::sync::Arc;

use actix_web::http::StatusCode;
use chrono::TimeDelta;
use domain::{Campaign, CampaignPicture, CampaignSlug, Localised, PictureName, Tenge};

use crate::given::{campaign, campaigns};
use crate::support::{TestSite, line, noon};

/// A site with these campaigns.
pub fn site(all: Vec<Campaign>) -> TestSite {
    let mut site = TestSite::new();
    site.pages.house.campaigns = Arc::new(campaigns(all));
    site
}

/// Another campaign, with a picture, changed as the test wants it.
pub fn saxaul(change: impl FnOnce(&mut Campaign)) -> Campaign {
    let mut other = Campaign {
        slug: CampaignSlug::parse("saxaul").unwrap(),
        title: Localised {
            kk: line("Аралға сексеуіл"),
            ru: line("Саксаул для Арала"),
            en: line("Saxaul for the Aral"),
        },
        picture: Some(CampaignPicture {
            name: Localised::all(PictureName::parse("0123456789abcdef0123456789abcdef").unwrap()),
            alt: Localised::all(line("Құмдағы \"сексеуіл\"")),
        }),
        price_per_tree: Tenge::new(300),
        goal: None,
        ..campaign()
    };
    change(&mut other);
    other
}

#[actix_web::test]
async fn one_campaign_is_shown_at_once_and_under_its_own_address() {
    let site = TestSite::new();
    for path in ["/?lang=en", "/campaigns/trees?lang=en"] {
        site.get(path).await.has("<h1>Planting trees</h1>").has(r#"<form class="card" id="donate""#);
    }
    site.get("/campaigns/trees?lang=en").await.has(r#"href="/campaigns/trees?lang=kk" lang="kk""#);
}

#[actix_web::test]
async fn several_campaigns_are_a_list_with_their_progress() {
    let site = site(vec![campaign(), saxaul(|_| {})]);
    let page = site.get("/?lang=ru").await;
    assert_eq!(page.status, StatusCode::OK);
    page.has(r#"<a href="/campaigns/trees?lang=ru">Посадка деревьев</a>"#);
    page.has(r#"<a href="/campaigns/saxaul?lang=ru">Саксаул для Арала</a>"#).lacks("<form");
    page.has(r#"src="/campaigns/saxaul/picture-0123456789abcdef0123456789abcdef" alt="Құмдағы &#34;сексеуіл&#34;""#);
    page.has("620\u{202f}000\u{a0}₸").has("1\u{202f}240\u{a0}деревьев").has("41\u{a0}жертвователь");
    page.has("Последнее: Дәурен Оспанов, 12\u{202f}500\u{a0}₸");
}

#[actix_web::test]
async fn progress_is_said_in_words_and_drawn_in_trees() {
    let page = TestSite::new().get("/?lang=en").await;
    page.has("raised of 2\u{202f}000\u{202f}000\u{a0}₸, 31%").has(r#"<progress class="unseen" max="100" value="31""#);
    let row = page.html.split(r#"<svg class="row""#).nth(1).unwrap().split("</svg>").next().unwrap();
    let count = |symbol: &str| row.matches(&format!(r##"href="#{symbol}""##)).count();
    assert_eq!([count("grown"), count("sprout"), count("pit")], [3, 1, 6]);
    let page = site(vec![saxaul(|_| {})]).get("/?lang=en").await;
    page.lacks("<progress").has("620\u{202f}000\u{a0}₸").has("raised");
}

#[actix_web::test]
async fn the_latest_donations_are_shown_with_their_messages_and_nobody_against_their_will() {
    let page = TestSite::new().get("/?lang=en").await;
    page.has("Дәурен Оспанов").has("<q>Балаларымыз &#60;көлеңкеде&#62; ойнасын!</q>").has("Somebody who stays unnamed");
    page.has("25\u{a0}trees")
        .has("300\u{a0}₸")
        .lacks("0\u{a0}trees ·")
        .has(r#"<time datetime="2026-09-21">2026-09-21</time>"#);
}

#[actix_web::test]
async fn a_campaign_that_takes_nothing_says_so_and_has_no_form() {
    let tomorrow = |campaign: &mut Campaign| campaign.starts_at = Some(noon() + TimeDelta::days(1));
    let yesterday = |campaign: &mut Campaign| campaign.ends_at = Some(noon() - TimeDelta::days(1));
    let page = site(vec![saxaul(tomorrow)]).get("/campaigns/saxaul?lang=en").await;
    page.has("This campaign has not begun").has("from 2026-09-22 on").lacks("<form").lacks("<script");
    let closed = site(vec![campaign(), saxaul(yesterday)]);
    let page = closed.get("/campaigns/saxaul?lang=en").await;
    page.has("This campaign is over").has("620\u{202f}000\u{a0}₸ was raised").lacks("<form").has("To all campaigns");
    closed.get("/?lang=en").await.has("Ended on 2026-09-20");
    let form = [("campaign", "saxaul"), ("preset", "5000"), ("donor_name", "A"), ("donor_email", "a@example.kz")];
    let page = closed.post("/donate?lang=en", &form).await;
    page.has("This campaign is over");
    assert!(closed.store.all().is_empty());
}

#[actix_web::test]
async fn what_is_given_is_given_for_the_campaign_of_the_form_at_its_price() {
    let site = site(vec![campaign(), saxaul(|_| {})]);
    let form = |slug| [("campaign", slug), ("trees", "10"), ("donor_name", "A"), ("donor_email", "a@example.kz")];
    site.post("/donate", &form("saxaul")).await;
    let donation = &site.store.all()[0];
    assert_eq!((donation.campaign.as_str(), donation.gift.amount), ("saxaul", Tenge::new(3000)));
    for slug in ["nothing", "", "<b>"] {
        let page = site.post("/donate?lang=en", &form(slug)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        page.has("There is no such campaign");
    }
    for path in ["/campaigns/nothing", "/campaigns/%3Cb%3E"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[actix_web::test]
async fn a_shared_address_shows_what_it_is_about() {
    let site = site(vec![campaign(), saxaul(|_| {})]);
    let page = site.get("/campaigns/saxaul?lang=kk").await;
    page.has(r#"<meta property="og:title" content="Аралға сексеуіл">"#);
    page.has(r#"<meta property="og:url" content="https://charity.test/campaigns/saxaul?lang=kk">"#);
    let picture = "https://charity.test/campaigns/saxaul/picture-0123456789abcdef0123456789abcdef";
    page.has(&format!(r#"<meta property="og:image" content="{picture}">"#)).has(r#"content="Дала.""#);
    site.get("/donations/x").await.lacks("og:");
}
