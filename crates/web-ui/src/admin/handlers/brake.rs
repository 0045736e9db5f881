//! `POST /admin/brake`: stops new payments on every server, and lets them go on.

use actix_web::{HttpResponse, web};
use application::{dashboard, set_brake};
use domain::LineText;
use domain::ports::BrakePosition;

use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::HomePage;
use crate::answer::see_other;
use crate::form::{FieldError, line_error};
use crate::handlers::broken;
use crate::pages::Pages;
use crate::texts::Texts;
use crate::views::address;

/// Pulled only with a reason; released without.
pub(crate) async fn set(pages: web::Data<Pages>, operator: Operator, SignedForm(posted): SignedForm) -> HttpResponse {
    let pulled = posted.get("position") == "pulled";
    let typed = posted.get("reason");
    let reason = match LineText::parse(typed) {
        Ok(reason) if pulled => Some(reason),
        Err(error) if pulled => {
            let message = line_error(Texts(operator.language), error, "admin-reason-required");
            let errors = [FieldError { field: "reason", message }];
            return match dashboard(&pages.house).await {
                Ok(dashboard) => HomePage::new(&operator, &dashboard, (typed, &errors)).answer(),
                Err(error) => broken(&error, operator.language),
            };
        }
        Ok(_) | Err(_) => None,
    };
    let position = if pulled { BrakePosition::Pulled } else { BrakePosition::Released };
    match set_brake(&pages.house, position, reason, operator.cause()).await {
        Ok(_) => {
            let notice = if pulled { "pulled" } else { "released" };
            see_other(&address("/admin", &[("lang", operator.language.code()), ("notice", notice)]))
        }
        Err(error) => broken(&error, operator.language),
    }
}
