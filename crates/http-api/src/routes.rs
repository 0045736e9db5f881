//! Every path and method, on one page.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Resource, Route, guard};
use application::Duty;
use domain::audit::AuditAction::{
    self, ChangeCampaign, CompareNow, CorrectName, CreateCampaign, ExportDonations, ListAudit, ListCampaigns,
    ListDeliveries, ListDonations, ListJobs, ReadBrake, ReadDonation, ReadProof, ReadReconciliation, ReadStats, Refund,
    ReplayDelivery, ResolveReview, RetryJob, SendReceipt, SetBrake, Sync,
};

use crate::handlers::{admin, auth, donations, public, webhooks};
use crate::middleware::{idempotent, limited_accounts, limited_donations, supervised};
use crate::problem::{Code, Problem};

/// Registers the API. Every POST that creates or moves money is wrapped in `idempotent`, which is outside whatever counts.
/// Payment starts are counted by their use case, which knows whether an order may be made.
pub fn routes(config: &mut ServiceConfig) {
    config.configure(registered).configure(guests).configure(accounts).configure(admins).configure(campaigns);
    config.configure(open_to_all);
    config.default_service(web::to(nothing_here));
}

/// A person gets a page of it, a program a problem: see the middleware `problems`.
async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::NotFound))
}

fn registered(config: &mut ServiceConfig) {
    let create = web::post().to(donations::create::by_account);
    let create = create.wrap(from_fn(limited_donations)).wrap(from_fn(idempotent));
    let pay = web::post().to(donations::start_payment::by_account).wrap(from_fn(idempotent));
    config
        .service(at("/api/donations", "GET, HEAD, POST").route(get().to(donations::list::list)).route(create))
        .service(at("/api/donations/{id}", "GET, HEAD").route(get().to(donations::read::by_account)))
        .service(at("/api/donations/{id}/payment", "POST").route(pay))
        .service(at("/api/donations/{id}/certificate", "GET, HEAD").route(get().to(donations::certificate::by_account)))
        .service(at("/api/donations/{id}/cancel", "POST").route(web::post().to(donations::cancel::by_account)));
}

fn guests(config: &mut ServiceConfig) {
    let create = web::post().to(donations::create::by_guest);
    let create = create.wrap(from_fn(limited_donations)).wrap(from_fn(idempotent));
    let pay = web::post().to(donations::start_payment::by_guest).wrap(from_fn(idempotent));
    config
        .service(at("/api/guest-donations", "POST").route(create))
        .service(at("/api/guest-donations/{id}", "GET, HEAD").route(get().to(donations::read::by_guest)))
        .service(at("/api/guest-donations/{id}/payment", "POST").route(pay))
        .service(
            at("/api/guest-donations/{id}/certificate", "GET, HEAD").route(get().to(donations::certificate::by_guest)),
        )
        .service(at("/api/guest-donations/{id}/cancel", "POST").route(web::post().to(donations::cancel::by_guest)));
}

fn accounts(config: &mut ServiceConfig) {
    let forgot = web::post().to(auth::forgot_password::forgot_password);
    let guarded = |route: Route| route.wrap(from_fn(limited_accounts));
    config
        .service(at("/api/auth/register", "POST").route(guarded(web::post().to(auth::register::register))))
        .service(at("/api/auth/login", "POST").route(guarded(web::post().to(auth::log_in::log_in))))
        .service(at("/api/auth/refresh", "POST").route(web::post().to(auth::refresh::refresh)))
        .service(at("/api/auth/logout", "POST").route(web::post().to(auth::log_out::log_out)))
        .service(at("/api/auth/password/forgot", "POST").route(guarded(forgot)))
        .service(at("/api/auth/password/reset", "POST").route(web::post().to(auth::reset_password::reset_password)))
        .service(at("/api/auth/confirm", "POST").route(web::post().to(auth::confirm_email::confirm_email)))
        .service(
            at("/api/auth/me", "GET, HEAD, DELETE")
                .route(get().to(auth::me::me))
                .route(web::delete().to(auth::delete_me::delete_me)),
        );
}

/// Every one is supervised: nobody comes to its handler otherwise.
fn admins(config: &mut ServiceConfig) {
    let refund = web::post().to(admin::refund::refund).wrap(from_fn(idempotent));
    config
        .service(at("/api/admin/donations", "GET, HEAD").route(look(ListDonations, get().to(admin::donations::list))))
        .service(
            at("/api/admin/donations/{id}", "GET, HEAD").route(look(ReadDonation, get().to(admin::donation::read))),
        )
        .service(at("/api/admin/donations/{id}/refund", "POST").route(change(Refund, refund)))
        .service(
            at("/api/admin/donations/{id}/receipt", "POST")
                .route(change(SendReceipt, web::post().to(admin::receipt::receipt))),
        )
        .service(at("/api/admin/donations/{id}/sync", "POST").route(change(Sync, web::post().to(admin::sync::sync))))
        .service(
            at("/api/admin/donations/{id}/resolve", "POST")
                .route(change(ResolveReview, web::post().to(admin::resolve::resolve))),
        )
        .service(
            at("/api/admin/donations/{id}/certificate-name", "POST")
                .route(change(CorrectName, web::post().to(admin::certificate_name::certificate_name))),
        )
        .service(
            at("/api/admin/brake", "GET, HEAD, PUT")
                .route(look(ReadBrake, get().to(admin::brake::read)))
                .route(change(SetBrake, web::put().to(admin::brake::set))),
        )
        .service(at("/api/admin/webhooks", "GET, HEAD").route(look(ListDeliveries, get().to(admin::webhooks::list))))
        .service(
            at("/api/admin/webhooks/{id}", "GET, HEAD").route(look(ListDeliveries, get().to(admin::webhooks::read))),
        )
        .service(
            at("/api/admin/webhooks/{id}/replay", "POST")
                .route(change(ReplayDelivery, web::post().to(admin::webhooks::replay))),
        )
        .service(at("/api/admin/jobs", "GET, HEAD").route(look(ListJobs, get().to(admin::jobs::list))))
        .service(at("/api/admin/jobs/{id}/retry", "POST").route(change(RetryJob, web::post().to(admin::jobs::retry))))
        .service(
            at("/api/admin/reconciliation", "GET, HEAD, POST")
                .route(look(ReadReconciliation, get().to(admin::reconciliation::read)))
                .route(change(CompareNow, web::post().to(admin::reconciliation::compare))),
        )
        .service(at("/api/admin/stats", "GET, HEAD").route(look(ReadStats, get().to(admin::stats::read))))
        .service(
            at("/api/admin/reconciliation/proof", "GET, HEAD").route(look(ReadProof, get().to(admin::proof::read))),
        )
        .service(at("/api/admin/export", "GET, HEAD").route(look(ExportDonations, get().to(admin::export::export))))
        .service(at("/api/admin/audit", "GET, HEAD").route(look(ListAudit, get().to(admin::audit::list))));
}

fn campaigns(config: &mut ServiceConfig) {
    use admin::campaigns::{change as patch, close, create, list, picture, preview, read};
    config
        .service(
            at("/api/admin/campaigns", "GET, HEAD, POST")
                .route(look(ListCampaigns, get().to(list::list)))
                .route(change(CreateCampaign, web::post().to(create::create))),
        )
        .service(
            at("/api/admin/campaigns/{slug}", "GET, HEAD, PATCH")
                .route(look(ListCampaigns, get().to(read::read)))
                .route(change(ChangeCampaign, web::patch().to(patch::change))),
        )
        .service(
            at("/api/admin/campaigns/{slug}/preview", "GET, HEAD")
                .route(look(ListCampaigns, get().to(preview::preview))),
        )
        .service(
            at("/api/admin/campaigns/{slug}/close", "POST").route(change(ChangeCampaign, web::post().to(close::close))),
        )
        .service(
            at("/api/admin/campaigns/{slug}/picture", "PUT, DELETE")
                .route(change(ChangeCampaign, web::put().to(picture::set)))
                .route(change(ChangeCampaign, web::delete().to(picture::remove))),
        );
}

fn look(action: AuditAction, route: Route) -> Route {
    supervise((Duty::Look, action), route)
}

fn change(action: AuditAction, route: Route) -> Route {
    supervise((Duty::Change, action), route)
}

fn supervise(what: (Duty, AuditAction), route: Route) -> Route {
    route.wrap(from_fn(move |request: ServiceRequest, next: Next<BoxBody>| supervised(what, request, next)))
}

fn open_to_all(config: &mut ServiceConfig) {
    config
        .service(at("/api/webhooks/ioka", "POST").route(web::post().to(webhooks::ioka::receive)))
        .service(at("/api/certificates/keys", "GET, HEAD").route(get().to(public::certificate_keys::certificate_keys)))
        .service(at("/api/certificates/{number}", "GET, HEAD").route(get().to(public::certificate::certificate)))
        .service(at("/api/campaigns", "GET, HEAD").route(get().to(public::campaigns::campaigns)))
        .service(at("/api/campaigns/{slug}", "GET, HEAD").route(get().to(public::campaign::campaign)))
        .service(at("/campaigns/{slug}/picture-{name}", "GET, HEAD").route(get().to(public::picture::picture)))
        .service(at("/api/stats", "GET, HEAD").route(get().to(public::stats::stats)))
        .service(at("/api/config", "GET, HEAD").route(get().to(public::config::config)))
        .service(at("/api/openapi.json", "GET, HEAD").route(get().to(public::openapi::document)))
        .service(at("/api/docs", "GET, HEAD").route(get().to(public::openapi::docs)))
        .service(at("/health/live", "GET, HEAD").route(get().to(public::health::live)))
        .service(at("/health/ready", "GET, HEAD").route(get().to(public::health::ready)))
        .service(at("/health", "GET, HEAD").route(get().to(public::health::ready)));
}

/// A path that answers 405 to every method but `allow`.
fn at(path: &str, allow: &'static str) -> Resource {
    let refuse =
        move || async move { Err::<&'static str, _>(Problem::method_not_allowed(HeaderValue::from_static(allow))) };
    web::resource(path.to_owned()).default_service(web::to(refuse))
}

/// GET, and HEAD, which is GET without the body (RFC 9110, 9.3.2).
fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
