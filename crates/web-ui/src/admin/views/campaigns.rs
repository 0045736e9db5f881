//! All campaigns.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::campaigns::ManagedCampaign;
use askama::Template;
use domain::CampaignState;

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Table};
use crate::money::grouped;
use crate::texts::Texts;
use crate::views::address;

#[derive(Template)]
#[template(path = "admin/campaigns.html")]
pub(crate) struct CampaignList {
    layout: AdminLayout,
    table: Table,
}

impl CampaignList {
    pub(crate) fn new(operator: &Operator, campaigns: &[ManagedCampaign], notice: Option<&str>) -> Self {
        let texts = Texts(operator.language);
        let row = |managed: &ManagedCampaign| {
            let campaign = &managed.campaign;
            let path = format!("/admin/campaigns/{}", campaign.slug.as_str());
            let number = |number: u64| Cell::Text(grouped(number));
            vec![
                Cell::Link {
                    href: address(&path, &[("lang", operator.language.code())]),
                    text: campaign.title.get(operator.language).as_str().to_owned(),
                },
                state(managed, texts),
                Cell::Code(campaign.slug.as_str().to_owned()),
                Cell::money(campaign.price_per_tree),
                Cell::money(managed.progress.raised),
                campaign.goal.map_or(Cell::Nothing, Cell::money),
                number(managed.progress.trees),
                number(managed.progress.donors),
            ]
        };
        let texts_of = |key: &str| texts.get(key);
        let table = Table {
            id: "campaigns",
            caption: texts.get("admin-campaigns"),
            columns: vec![
                Column::text(texts_of("camp-title")),
                Column::text(texts_of("camp-state")),
                Column::text(texts_of("camp-slug")),
                Column::number(texts_of("camp-price")),
                Column::number(texts_of("dash-net")),
                Column::number(texts_of("camp-goal")),
                Column::number(texts_of("dash-trees")),
                Column::number(texts_of("dash-donors")),
            ],
            rows: campaigns.iter().map(row).collect(),
            none: texts.get("camp-none"),
        };
        let layout = AdminLayout::new(operator, Section::Campaigns, &texts.get("admin-campaigns"));
        Self { layout: layout.notice(notice), table }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, StatusCode::OK)
    }
}

/// Whether people see it, and can give for it.
pub(super) fn state(managed: &ManagedCampaign, texts: Texts) -> Cell {
    let (word, key) = match managed.state {
        _ if managed.campaign.draft => ("pending", "camp-state-draft"),
        CampaignState::Upcoming => ("prepared", "camp-state-upcoming"),
        CampaignState::Open => ("completed", "camp-state-open"),
        CampaignState::Closed => ("ended", "camp-state-closed"),
    };
    Cell::Status { word, text: texts.get(key) }
}
