//! What is collected for.

use chrono::TimeDelta;
use domain::{Campaign, CampaignSlug, Instant, LineText, Localised, Paragraphs, Tenge};

/// The campaigns, with how likely somebody is to give for each.
pub(crate) fn campaigns(now: Instant) -> Vec<(u32, Campaign)> {
    let ago = |days| Some(now - TimeDelta::days(days));
    let of = |slug: &str, title: [&str; 3], price: u32| campaign(slug, title, price);
    vec![
        (55, of("trees", ["Ағаш отырғызу", "Посадка деревьев", "Planting trees"], 500)),
        (
            20,
            Campaign {
                position: 1,
                goal: Some(Tenge::new(90_000_000)),
                starts_at: ago(390),
                ..of("aral-saxaul", ["Арал сексеуілі", "Саксаул на дне Арала", "Saxaul for the Aral Sea"], 350)
            },
        ),
        (
            12,
            Campaign {
                position: 2,
                starts_at: ago(300),
                ..of("school-gardens", ["Мектеп бақтары", "Школьные сады", "School gardens"], 1_200)
            },
        ),
        (
            25,
            Campaign {
                position: 3,
                goal: Some(Tenge::new(60_000_000)),
                starts_at: ago(330),
                ends_at: ago(120),
                ..of("burnt-forest", ["Абай өңірінің орманы", "Лес после пожара", "The forest after the fire"], 700)
            },
        ),
        (
            8,
            Campaign {
                position: 4,
                starts_at: ago(140),
                ..of("city-shade", ["Қала көлеңкесі", "Тень для города", "Shade for the city"], 5_000)
            },
        ),
        (
            0,
            Campaign {
                position: 5,
                draft: true,
                starts_at: Some(now + TimeDelta::days(90)),
                ..of("spring", ["Көктем", "Весенняя посадка", "Spring planting"], 500)
            },
        ),
    ]
}

fn campaign(slug: &str, [kk, ru, en]: [&str; 3], price: u32) -> Campaign {
    let line = |text| LineText::parse(text).expect("a plain line");
    Campaign {
        slug: CampaignSlug::parse(slug).expect("a plain slug"),
        position: 0,
        title: Localised { kk: line(kk), ru: line(ru), en: line(en) },
        text: Localised::all(Paragraphs::parse("").expect("nothing is a text too")),
        picture: None,
        price_per_tree: Tenge::new(price),
        goal: None,
        presets: [1_000, 2_500, 5_000, 10_000, 50_000].map(Tenge::new).to_vec(),
        starts_at: None,
        ends_at: None,
        draft: false,
        version: 0,
    }
}
