//! `GET /health/live`, `GET /health/ready`, `GET /health`.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::monitoring::{ComponentViews, components};
use crate::state::AppState;

#[derive(Serialize)]
struct HealthView {
    status: &'static str,
    database: &'static str,
    components: ComponentViews,
}

#[derive(Serialize)]
struct LiveView {
    status: &'static str,
}

/// 200 while the process runs.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(LiveView { status: "live" })
}

/// 200 only if the database answers, its migrations are current, and the server is not about to stop. Its parts are listed, and
/// one that is only degraded changes nothing of that: a server without its mail still takes donations.
pub async fn ready(state: web::Data<AppState>) -> HttpResponse {
    let migrations = state.health.pending_migrations().await;
    let database = match &migrations {
        Ok(pending) if pending.is_empty() => "current",
        Ok(_) => "migrations_pending",
        Err(error) => {
            tracing::error!(error = %error, "the database does not answer");
            "unavailable"
        }
    };
    let components = components(&state.monitoring, &migrations).await;
    if state.drain.is_draining() {
        return HttpResponse::ServiceUnavailable().json(HealthView { status: "draining", database, components });
    }
    if database == "current" {
        HttpResponse::Ok().json(HealthView { status: "ready", database, components })
    } else {
        HttpResponse::ServiceUnavailable().json(HealthView { status: "not_ready", database, components })
    }
}
