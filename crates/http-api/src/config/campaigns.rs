//! The campaigns that a database begins with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use application::CampaignSeed;
use chrono::{DateTime, Utc};
use domain::{Campaign, CampaignPicture, CampaignSlug, Instant, LineText, Localised, Paragraphs, Tenge};

use super::pictures;
use super::reader::Reader;
use super::table::Table;

/// More than any honest form offers.
const MOST_PRESETS: usize = 12;

/// What a campaign can have, for the message about one that has something else.
const FIELDS: [&str; 10] =
    ["slug", "title", "text", "picture", "picture_alt", "price_per_tree", "goal", "presets", "starts_at", "ends_at"];

/// The campaigns in their order. `folder` is where their pictures' paths begin; `presets` is offered where a campaign names
/// no amounts of its own.
pub(super) fn campaigns(read: &mut Reader, folder: Option<&Path>, presets: &[Tenge]) -> Vec<CampaignSeed> {
    let errors = read.errors.len();
    let tables = read.structure("campaigns", "a list of tables, each with slug, title and price_per_tree");
    let tables: Vec<config::Map<String, config::Value>> = tables.unwrap_or_default();
    let folder = folder.map_or_else(PathBuf::new, Path::to_owned);
    let mut seeds = Vec::new();
    for (position, fields) in (0..).zip(tables) {
        let table = Table::new(read, format!("campaigns.{position}"), fields);
        seeds.extend(seed(table, position, (&folder, presets)));
    }
    let slugs: BTreeSet<_> = seeds.iter().map(|seed| &seed.campaign.slug).collect();
    if slugs.len() != seeds.len() {
        read.wrong("campaigns", "each needs a slug of its own");
    } else if seeds.is_empty() && read.errors.len() == errors {
        read.wrong("campaigns", "there must be one at least");
    }
    seeds
}

fn seed(mut table: Table<'_>, position: u32, (folder, presets): (&Path, &[Tenge])) -> Option<CampaignSeed> {
    let slug = table.required("slug", "1 to 64 of a-z, 0-9 and -", |value| CampaignSlug::parse(&value.text()?));
    if let Some(slug) = &slug {
        table.rename(format!("campaigns.{}", slug.as_str()));
    }
    let title = table.localised("title", "a text of 1 to 200 characters", |text| LineText::parse(text).ok());
    if title.is_none() {
        table.missing("title");
    }
    let text = table.localised("text", "a text of at most 4000 characters", |text| Paragraphs::parse(text).ok());
    let price = table.required("price_per_tree", "a whole number of tenge above 0", |value| value.tenge());
    let goal = table.optional("goal", "a whole number of tenge above 0", |value| value.tenge());
    let own = table.optional("presets", "at most 12 whole numbers of tenge above 0", |value| {
        value
            .list()?
            .iter()
            .map(|value| value.tenge())
            .collect::<Option<Vec<_>>>()
            .filter(|list| list.len() <= MOST_PRESETS)
    });
    let starts_at = table.optional("starts_at", A_TIME, |value| instant(&value.text()?));
    let ends_at = table.optional("ends_at", A_TIME, |value| instant(&value.text()?));
    if starts_at.zip(ends_at).is_some_and(|(start, end)| end <= start) {
        table.wrong("ends_at", "must be later than starts_at");
    }
    let files = pictures::files(&mut table, folder);
    let alt = table.localised("picture_alt", "a text of 1 to 300 characters", |text| LineText::parse(text).ok());
    if files.is_some() && alt.is_none() {
        table.missing("picture_alt");
    }
    table.finish(&FIELDS);
    let picture = files.as_ref().zip(alt);
    let picture = picture.map(|(files, alt)| CampaignPicture { name: files.map(|file| file.name.clone()), alt });
    let campaign = Campaign {
        slug: slug?,
        position,
        title: title?,
        text: text.or_else(|| Paragraphs::parse("").ok().map(Localised::all))?,
        picture,
        price_per_tree: price?,
        goal,
        presets: own.unwrap_or_else(|| presets.to_vec()),
        starts_at,
        ends_at,
        draft: false,
        version: 0,
    };
    let pictures = files.map(|Localised { kk, ru, en }| vec![kk, ru, en]).unwrap_or_default();
    Some(CampaignSeed { campaign, pictures })
}

const A_TIME: &str = "a time with its offset, such as 2026-03-01T00:00:00+05:00";

fn instant(text: &str) -> Option<Instant> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc))
}
