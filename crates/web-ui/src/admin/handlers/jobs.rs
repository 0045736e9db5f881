//! `GET /admin/jobs`, `POST /admin/jobs/{id}/retry`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{list_jobs, retry_job};
use domain::JobId;
use domain::ports::{JobQuery, JobStatus};

use super::{ON_A_PAGE, chosen, id_in_path};
use crate::admin::layout::Section;
use crate::admin::operator::{Operator, notice};
use crate::admin::parts::place;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{TroublePage, jobs_page};
use crate::answer::see_other;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::views::address;

const NOTICES: [(&str, &str); 1] = [("retried", "admin-notice-retried")];

/// Background work, newest first.
pub(crate) async fn list(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    let notice = notice(&request, &NOTICES);
    let status = match chosen(&operator, "status", JobStatus::from_word) {
        Ok(status) => status,
        Err(error) => return jobs_page(&operator, notice, Err(error)).answer(),
    };
    let after = place(&operator).map(|(at, id)| (at, JobId(id)));
    match list_jobs(&pages.house, JobQuery { donation: None, status, after, limit: ON_A_PAGE }).await {
        Ok((jobs, next)) => jobs_page(&operator, notice, Ok((&jobs, next))).answer(),
        Err(error) => broken(&error, operator.language),
    }
}

/// A dead letter is tried anew.
pub(crate) async fn retry(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(_): SignedForm,
) -> HttpResponse {
    let Some(id) = id_in_path(&request) else { return TroublePage::not_found(&operator, Section::Jobs).answer() };
    let job = match retry_job(&pages.house, JobId(id)).await {
        Ok(Some(job)) => job,
        Ok(None) => return TroublePage::not_found(&operator, Section::Jobs).answer(),
        Err(error) => return broken(&error, operator.language),
    };
    if job.status != JobStatus::Queued {
        let not_parked = ("admin-job-not-parked", StatusCode::CONFLICT);
        return TroublePage::new(&operator, Section::Jobs, not_parked).answer();
    }
    tracing::info!({ job.id = %job.id, account.id = %operator.account.id }, "job.retried");
    see_other(&address("/admin/jobs", &[("lang", operator.language.code()), ("notice", "retried")]))
}
