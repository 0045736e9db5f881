//! The first page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::ports::Brake;

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Field, Kind};
use crate::form::FieldError;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "admin/home.html")]
pub(crate) struct HomePage {
    layout: AdminLayout,
    brake: BrakePanel,
}

/// The brake's form.
struct BrakePanel {
    pulled: bool,
    reason: Field,
}

impl HomePage {
    pub(crate) fn new(operator: &Operator, reason: &str, errors: &[FieldError]) -> Self {
        let texts = Texts(operator.language);
        let label = texts.get("admin-brake-reason");
        let reason = Field::new("reason", label, reason, Kind::Text).required().checked(errors);
        let pulled = operator.brake.as_ref().is_some_and(Brake::is_pulled);
        Self {
            layout: AdminLayout::new(operator, Section::Dashboard, &texts.get("admin-dashboard")).at("/admin"),
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
