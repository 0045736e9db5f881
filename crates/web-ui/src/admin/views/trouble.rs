//! A page that says one thing: what was not done or found, and where to go from there.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "admin/trouble.html")]
pub(crate) struct TroublePage {
    layout: AdminLayout,
    back: String,
    status: StatusCode,
}

impl TroublePage {
    /// In this part of the administration, to whose beginning it leads back. `key` is the text's.
    pub(crate) fn new(operator: &Operator, section: Section, (key, status): (&str, StatusCode)) -> Self {
        let texts = Texts(operator.language);
        let layout = AdminLayout::new(operator, section, &texts.get(section.name())).at(section.path());
        Self { back: layout.page(section.path()), layout: layout.trouble(texts.get(key)), status }
    }

    /// There is none of this name.
    pub(crate) fn not_found(operator: &Operator, section: Section) -> Self {
        Self::new(operator, section, ("admin-not-found", StatusCode::NOT_FOUND))
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, self.status)
    }
}
