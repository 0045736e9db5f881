//! `GET /api/admin/jobs`, `POST /api/admin/jobs/{id}/retry`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{list_jobs, retry_job};
use domain::JobId;
use domain::ports::{JobQuery, JobStatus};
use serde::Serialize;

use crate::extract::{AdminAccount, JobPage, PathId, encode_job_cursor};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::JobView;

#[derive(Serialize)]
struct ListView {
    items: Vec<JobView>,
    next_cursor: Option<String>,
}

/// `?status=parked` lists the dead letters.
///
/// # Errors
/// 401, 403, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let JobPage { limit, after, status } = JobPage::of(&request)?;
    let (jobs, next) = list_jobs(&state.house, JobQuery { donation: None, status, after, limit }).await?;
    let items = jobs.iter().map(JobView::new).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_job_cursor) }))
}

/// 202, and the job as it stands: due at once. 409 if it is not parked.
///
/// # Errors
/// 401, 403, 404, 409.
pub async fn retry(
    state: web::Data<AppState>,
    AdminAccount(account): AdminAccount,
    PathId(id): PathId,
) -> Result<HttpResponse, Problem> {
    let job = retry_job(&state.house, JobId(id)).await?.ok_or(Problem::new(Code::NotFound))?;
    if job.status != JobStatus::Queued {
        return Err(Problem::new(Code::InvalidState));
    }
    tracing::info!({ job.id = %job.id, account.id = %account.id }, "job.retried");
    Ok(HttpResponse::Accepted().json(JobView::new(&job)))
}
