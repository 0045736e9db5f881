//! One webhook.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::redacted;
use askama::Template;
use domain::ports::{Delivery, DeliveryOutcome};

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Facts};
use crate::admin::words;
use crate::texts::{Arg, Texts};
use crate::views::address;

#[derive(Template)]
#[template(path = "admin/delivery.html")]
pub(crate) struct DeliveryPage {
    layout: AdminLayout,
    facts: Facts,
    body: String,
    /// Where it is applied once more, if that is offered: what has been applied is not applied again.
    replay: Option<String>,
    status: StatusCode,
}

impl DeliveryPage {
    /// The page, with what was done just now, or was not.
    pub(crate) fn new(
        operator: &Operator,
        delivery: &Delivery,
        (notice, trouble): (Option<&str>, Option<(&str, StatusCode)>),
    ) -> Self {
        let (texts, lang) = (Texts(operator.language), operator.language.code());
        let heading = texts.fill("admin-delivery-heading", &[("event", Arg::Text(delivery.event.clone()))]);
        let path = format!("/admin/deliveries/{}", delivery.id);
        let mut layout = AdminLayout::new(operator, Section::Deliveries, &heading).at(&path).notice(notice);
        if let Some((key, _)) = trouble {
            layout = layout.trouble(texts.get(key));
        }
        let donation = delivery.donation.map_or(Cell::Nothing, |id| Cell::Link {
            href: address(&format!("/admin/donations/{id}"), &[("lang", lang)]),
            text: id.to_string(),
        });
        let facts = vec![
            ("admin-column-outcome", words::status(texts, "outcome", delivery.outcome.word())),
            ("admin-column-received", Cell::time(delivery.received_at)),
            ("admin-column-donation", donation),
            ("admin-column-dialect", Cell::Text(delivery.dialect.clone())),
            ("admin-column-copies", Cell::Text(delivery.copies.to_string())),
            ("admin-column-id", Cell::Code(delivery.id.to_string())),
            ("admin-column-request", Cell::maybe_code(delivery.request_id.as_ref())),
        ];
        let offered = layout.may_change && delivery.outcome != DeliveryOutcome::Applied;
        Self {
            facts: Facts::new(texts, Some("facts"), facts),
            body: redacted(&delivery.body),
            replay: offered.then(|| layout.page(&format!("{path}/replay"))),
            status: trouble.map_or(StatusCode::OK, |(_, status)| status),
            layout,
        }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, self.status)
    }
}
