//! Who did what.

use domain::audit::AuditEntry;
use domain::{AuditId, DonationId, Instant};
use uuid::Uuid;

use super::ListPage;
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Field, Filters, Kind, Pager, Table};
use crate::admin::people::People;
use crate::admin::words;
use crate::form::FieldError;
use crate::texts::Texts;
use crate::views::address;

/// Entries, who they speak of, and the place after them; or what is wrong with the filters.
pub(crate) type Found<'a> = Result<(&'a [AuditEntry], &'a People, Option<(Instant, AuditId)>), Vec<FieldError>>;

/// The record.
pub(crate) fn audit_page(operator: &Operator, found: Found<'_>) -> ListPage {
    let texts = Texts(operator.language);
    let layout = AdminLayout::new(operator, Section::Audit, &texts.get("admin-audit"));
    let errors = found.as_ref().err().cloned().unwrap_or_default();
    let field = |name, key, kind| Field::new(name, texts.get(key), operator.asked(name), kind).checked(&errors);
    let fields = vec![
        field("who", "admin-filter-who", Kind::Text),
        field("action", "admin-column-action", Kind::Choice(words::audit_actions(texts))),
        field("from", "admin-filter-from", Kind::Day),
        field("to", "admin-filter-to", Kind::Day),
    ];
    let found = found.ok().map(|(entries, people, next)| {
        (table(operator, entries, people), Pager::new(operator, next.map(|(at, id)| (at, id.0))))
    });
    ListPage::new(layout, Filters::new(operator, fields), found)
}

fn table(operator: &Operator, entries: &[AuditEntry], people: &People) -> Table {
    let texts = Texts(operator.language);
    let keys = [
        "admin-column-at",
        "admin-column-who",
        "admin-column-action",
        "admin-column-target",
        "admin-column-outcome",
        "admin-column-address",
        "admin-column-details",
    ];
    let row = |entry: &AuditEntry| {
        let mut details: Vec<_> = entry.details.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        details.extend(entry.status.map(|status| (texts.get("admin-column-answer"), status.to_string())));
        details.extend(entry.request_id.clone().map(|id| (texts.get("admin-column-request"), id)));
        vec![
            Cell::time(entry.at),
            people.auditee(entry.actor, texts),
            Cell::Two(words::word(texts, "action", entry.action.word()), entry.action.word().to_owned()),
            target(entry, operator),
            words::status(texts, "audit", entry.outcome.word()),
            Cell::maybe(entry.address.as_ref()),
            Cell::Facts(details),
        ]
    };
    Table {
        id: "audit",
        caption: texts.get("admin-audit"),
        columns: keys.map(|key| Column::text(texts.get(key))).into(),
        rows: entries.iter().map(row).collect(),
        none: texts.get("admin-audit-none"),
    }
}

/// A link, where the target is a donation's id.
fn target(entry: &AuditEntry, operator: &Operator) -> Cell {
    let Some(target) = &entry.target else { return Cell::Nothing };
    let donation = Uuid::try_parse(target).ok().filter(|_| entry.action.word().starts_with("donation."));
    match donation {
        Some(id) => Cell::Link {
            href: address(&format!("/admin/donations/{}", DonationId(id)), &[("lang", operator.language.code())]),
            text: target.clone(),
        },
        None => Cell::Code(target.clone()),
    }
}
