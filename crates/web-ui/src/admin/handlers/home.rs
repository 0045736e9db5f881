//! `GET /admin`

use actix_web::{HttpRequest, HttpResponse};

use crate::admin::operator::{Operator, notice};
use crate::admin::views::HomePage;

const NOTICES: [(&str, &str); 2] = [("pulled", "admin-notice-pulled"), ("released", "admin-notice-released")];

/// What there is to know first.
pub(crate) async fn show(operator: Operator, request: HttpRequest) -> HttpResponse {
    HomePage::new(&operator, "", &[]).notice(notice(&request, &NOTICES)).answer()
}
