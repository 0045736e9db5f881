//! Campaigns, and what was given for them.

use std::collections::BTreeMap;

use domain::ports::{CampaignProgress, MockCampaignStore, PublicDonation};
use domain::{Campaign, CampaignSlug, Localised, Paragraphs, Tenge};

use crate::support::{line, noon};

/// The campaign of most tests.
pub fn campaign() -> Campaign {
    Campaign {
        slug: CampaignSlug::parse("trees").unwrap(),
        position: 0,
        title: Localised {
            kk: line("Ағаш отырғызу"), ru: line("Посадка деревьев"), en: line("Planting trees")
        },
        text: Localised::all(Paragraphs::parse("Дала.\n\nОрман.").unwrap()),
        picture: None,
        price_per_tree: Tenge::new(500),
        goal: Some(Tenge::new(2_000_000)),
        presets: [1000, 2500, 5000, 10000, 50000].map(Tenge::new).into(),
        starts_at: None,
        ends_at: None,
        draft: false,
        version: 0,
    }
}

/// A store with these campaigns, for each of which 620 000 ₸ were given.
pub fn campaigns(all: Vec<Campaign>) -> MockCampaignStore {
    let progress = CampaignProgress { raised: Tenge::new(620_000), trees: 1_240, donors: 41, donations: 57 };
    let of_each = all.iter().map(|campaign| (campaign.slug.clone(), progress)).collect::<BTreeMap<_, _>>();
    let known = all.clone();
    let mut campaigns = MockCampaignStore::new();
    campaigns.expect_list().returning(move || Ok(all.clone()));
    campaigns.expect_find().returning(move |slug| Ok(known.iter().find(|known| known.slug == *slug).cloned()));
    campaigns.expect_progress().returning(move |_| Ok(of_each.clone()));
    campaigns.expect_progress_of().returning(move |_, _| Ok(progress));
    campaigns.expect_latest().returning(|_| Ok(latest()));
    campaigns
}

/// What was given last: by somebody with a message, by somebody unknown, and less than a tree.
fn latest() -> Vec<PublicDonation> {
    let gift = |name: Option<&str>, amount: u32, message: Option<&str>| PublicDonation {
        name: name.map(line),
        amount: Tenge::new(amount),
        trees: amount / 500,
        message: message.map(line),
        completed_at: noon(),
    };
    vec![
        gift(Some("Дәурен Оспанов"), 12_500, Some("Балаларымыз <көлеңкеде> ойнасын!")),
        gift(None, 2_500, None),
        gift(Some("Әсел"), 300, None),
    ]
}
