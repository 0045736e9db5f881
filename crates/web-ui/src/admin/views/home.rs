//! The first page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::Dashboard;
use askama::Template;
use domain::ports::Brake;

use super::dashboard::DashboardParts;
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Field, Kind};
use crate::form::FieldError;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "admin/home.html")]
pub(crate) struct HomePage {
    layout: AdminLayout,
    parts: DashboardParts,
    brake: BrakePanel,
}

/// The brake's form.
struct BrakePanel {
    pulled: bool,
    reason: Field,
}

impl HomePage {
    /// The page with what is known, and what was typed as the brake's reason.
    pub(crate) fn new(operator: &Operator, dashboard: &Dashboard, (reason, errors): (&str, &[FieldError])) -> Self {
        let texts = Texts(operator.language);
        let label = texts.get("admin-brake-reason");
        let reason = Field::new("reason", label, reason, Kind::Text).required().checked(errors);
        let pulled = operator.brake.as_ref().is_some_and(Brake::is_pulled);
        Self {
            layout: AdminLayout::new(operator, Section::Dashboard, &texts.get("admin-dashboard")).at("/admin"),
            parts: DashboardParts::new(dashboard, texts),
            brake: BrakePanel { pulled, reason },
        }
    }

    /// With the text of `key` as what was done just now.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.layout = self.layout.notice(key);
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        let wrong = self.brake.reason.error.is_some();
        self.layout.answer(self, if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
    }
}
