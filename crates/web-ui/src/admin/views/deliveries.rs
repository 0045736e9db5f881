//! Webhooks.

use domain::ports::Delivery;
use domain::{DeliveryId, Instant};

use super::ListPage;
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Field, Filters, Kind, Pager, Table};
use crate::admin::words;
use crate::form::FieldError;
use crate::texts::Texts;
use crate::views::address;

/// Deliveries and the place after them; or what is wrong with the filter.
pub(crate) type Found<'a> = Result<(&'a [Delivery], Option<(Instant, DeliveryId)>), FieldError>;

/// The list of them.
pub(crate) fn deliveries_page(operator: &Operator, found: Found<'_>) -> ListPage {
    let texts = Texts(operator.language);
    let layout = AdminLayout::new(operator, Section::Deliveries, &texts.get("admin-deliveries"));
    let errors: Vec<FieldError> = found.as_ref().err().cloned().into_iter().collect();
    let kind = Kind::Choice(words::delivery_outcomes(texts));
    let outcome = Field::new("outcome", texts.get("admin-column-outcome"), operator.asked("outcome"), kind);
    let filters = Filters::new(operator, vec![outcome.checked(&errors)]);
    let found = found.ok().map(|(deliveries, next)| {
        (deliveries_table(operator, deliveries), Pager::new(operator, next.map(|(at, id)| (at, id.0))))
    });
    ListPage::new(layout, filters, found)
}

/// Deliveries as a table.
pub(crate) fn deliveries_table(operator: &Operator, deliveries: &[Delivery]) -> Table {
    let (texts, lang) = (Texts(operator.language), operator.language.code());
    let column = |key| Column::text(texts.get(key));
    let row = |delivery: &Delivery| {
        vec![
            Cell::Link {
                href: address(&format!("/admin/deliveries/{}", delivery.id), &[("lang", lang)]),
                text: Cell::moment(delivery.received_at),
            },
            Cell::Two(delivery.event.clone(), delivery.dialect.clone()),
            words::status(texts, "outcome", delivery.outcome.word()),
            delivery.donation.map_or(Cell::Nothing, |id| Cell::Link {
                href: address(&format!("/admin/donations/{id}"), &[("lang", lang)]),
                text: id.to_string(),
            }),
            Cell::Text(delivery.copies.to_string()),
        ]
    };
    Table {
        id: "deliveries",
        caption: texts.get("admin-deliveries"),
        columns: vec![
            column("admin-column-received"),
            column("admin-column-event"),
            column("admin-column-outcome"),
            column("admin-column-donation"),
            Column::number(texts.get("admin-column-copies")),
        ],
        rows: deliveries.iter().map(row).collect(),
        none: texts.get("admin-deliveries-none"),
    }
}
