//! Donations.

use application::DONATION_FILTERS;
use domain::ports::PageCursor;
use domain::{Campaign, Donation};

use super::ListPage;
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Field, Filters, Kind, Pager, Table};
use crate::admin::words;
use crate::form::FieldError;
use crate::texts::Texts;
use crate::views::address;

/// Donations and the place after them; or what is wrong with the filters.
pub(crate) type Found<'a> = Result<(&'a [Donation], Option<PageCursor>), Vec<FieldError>>;

/// The list of them.
pub(crate) fn donations_page(operator: &Operator, campaigns: &[Campaign], found: Found<'_>) -> ListPage {
    let texts = Texts(operator.language);
    let layout = AdminLayout::new(operator, Section::Donations, &texts.get("admin-donations"));
    let errors = found.as_ref().err().cloned().unwrap_or_default();
    let field = |name, key, kind| Field::new(name, texts.get(key), operator.asked(name), kind).checked(&errors);
    let fields = vec![
        field("q", "admin-filter-q", Kind::Text).hint(texts.get("admin-filter-q-hint")),
        field("status", "admin-column-status", Kind::Choice(words::donation_statuses(texts))),
        field("campaign", "admin-column-campaign", Kind::Choice(campaign_choices(operator, campaigns))),
        field("from", "admin-filter-from", Kind::Day),
        field("to", "admin-filter-to", Kind::Day),
        field("min_amount", "admin-filter-min", Kind::Number),
        field("max_amount", "admin-filter-max", Kind::Number),
        field("flagged", "admin-filter-flagged", Kind::Check),
    ];
    let found = found.ok().map(|(donations, next)| {
        let next = next.map(|place| (place.created_at, place.id.0));
        (table(operator, donations), Pager::new(operator, next))
    });
    ListPage::new(layout, Filters::new(operator, fields), found).exports(exports(operator))
}

fn campaign_choices(operator: &Operator, campaigns: &[Campaign]) -> Vec<(String, String)> {
    let any = (String::new(), Texts(operator.language).get("admin-any"));
    let named = campaigns
        .iter()
        .map(|campaign| (campaign.slug.as_str().to_owned(), campaign.title.get(operator.language).to_string()));
    std::iter::once(any).chain(named).collect()
}

/// The same donations as a file.
fn exports(operator: &Operator) -> Vec<(String, String)> {
    let known = |name: &str| DONATION_FILTERS.contains(&name) || name == "flagged";
    let kept = operator.query.iter().filter(|(name, value)| known(name) && !value.is_empty());
    let kept: Vec<_> = kept.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let link = |format: &'static str| {
        let query = [&[("lang", operator.language.code()), ("format", format)], kept.as_slice()].concat();
        (address("/admin/export", &query), format.to_uppercase())
    };
    ["csv", "xlsx"].map(link).into()
}

fn table(operator: &Operator, donations: &[Donation]) -> Table {
    let (texts, lang) = (Texts(operator.language), operator.language.code());
    let column = |key| Column::text(texts.get(key));
    let row = |donation: &Donation| {
        let name = donation.donor.name.to_string();
        vec![
            Cell::LinkTwo {
                href: address(&format!("/admin/donations/{}", donation.id), &[("lang", lang)]),
                text: if donation.donor.is_erased() { texts.get("admin-donor-erased") } else { name },
                below: donation.donor.email.as_str().to_owned(),
            },
            Cell::money(donation.gift.amount),
            Cell::Several(statuses(donation, texts)),
            Cell::Text(donation.campaign_title.to_string()),
            Cell::time(donation.created_at),
            Cell::maybe_code(donation.certificate.as_ref().map(|certificate| &certificate.number)),
        ]
    };
    Table {
        id: "donations",
        caption: texts.get("admin-donations"),
        columns: vec![
            column("admin-column-donor"),
            Column::number(texts.get("admin-column-amount")),
            column("admin-column-status"),
            column("admin-column-campaign"),
            column("admin-column-created"),
            column("admin-column-certificate"),
        ],
        rows: donations.iter().map(row).collect(),
        none: texts.get("admin-donations-none"),
    }
}

/// Its state, and what a person must look at.
pub(crate) fn statuses(donation: &Donation, texts: Texts) -> Vec<Cell> {
    let reviews = donation.open_reviews().into_iter();
    let reviews =
        reviews.map(|review| Cell::Status { word: "review", text: words::word(texts, "review", review.word()) });
    std::iter::once(words::status(texts, "status", donation.status().word())).chain(reviews).collect()
}
