//! A list: what narrows it down, its rows, and the way through it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::admin::layout::AdminLayout;
use crate::admin::parts::{Filters, Pager, Table};

#[derive(Template)]
#[template(path = "admin/list.html")]
pub(crate) struct ListPage {
    layout: AdminLayout,
    filters: Filters,
    /// Where this list is to be had as a file, and what that is called.
    exports: Vec<(String, String)>,
    /// None if what was asked for cannot be.
    found: Option<(Table, Pager)>,
}

impl ListPage {
    /// `found` is `None` if the filters cannot be used.
    pub(crate) fn new(layout: AdminLayout, filters: Filters, found: Option<(Table, Pager)>) -> Self {
        Self { layout, filters, exports: Vec::new(), found }
    }

    /// With links to the list as a file.
    pub(crate) fn exports(mut self, exports: Vec<(String, String)>) -> Self {
        self.exports = exports;
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        let status = if self.found.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.layout.answer(self, status)
    }
}
