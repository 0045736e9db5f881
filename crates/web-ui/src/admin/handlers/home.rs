//! `GET /admin`

use actix_web::{HttpRequest, HttpResponse, web};
use application::dashboard;

use crate::admin::operator::{Operator, notice};
use crate::admin::views::HomePage;
use crate::handlers::broken;
use crate::pages::Pages;

const NOTICES: [(&str, &str); 2] = [("pulled", "admin-notice-pulled"), ("released", "admin-notice-released")];

/// What there is to know first.
pub(crate) async fn show(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    match dashboard(&pages.house).await {
        Ok(dashboard) => HomePage::new(&operator, &dashboard, ("", &[])).notice(notice(&request, &NOTICES)).answer(),
        Err(error) => broken(&error, operator.language),
    }
}
