//! Every page of the administration. Each is guarded: nobody comes to its handler otherwise.

use actix_web::web::{self, ServiceConfig};
use domain::audit::AuditAction::{
    ChangeCampaign, CompareNow, CorrectName, CreateCampaign, ExportDonations, ListAudit, ListCampaigns, ListDeliveries,
    ListDonations, ListJobs, ReadDonation, ReadProof, ReadReconciliation, ReadStats, Refund, ReplayDelivery,
    ResolveReview, RetryJob, SendReceipt, SetBrake, Sync,
};

use super::guard::{change, look};
use super::handlers::{
    audit, books, brake, campaign, campaigns, certificate_name, deliveries, delivery, donation, donations, home, jobs,
    receipt, reconciliation, refund, resolve, sync,
};
use crate::routes::{at, get};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(at("/admin", "GET, HEAD").route(look(ReadStats, get().to(home::show))))
        .service(at("/admin/brake", "POST").route(change(SetBrake, web::post().to(brake::set))))
        .service(at("/admin/donations", "GET, HEAD").route(look(ListDonations, get().to(donations::list))))
        .service(at("/admin/donations/{id}", "GET, HEAD").route(look(ReadDonation, get().to(donation::show))))
        .configure(acts)
        .configure(causes)
        .configure(of_books)
        .service(at("/admin/deliveries", "GET, HEAD").route(look(ListDeliveries, get().to(deliveries::list))))
        .service(at("/admin/deliveries/{id}", "GET, HEAD").route(look(ListDeliveries, get().to(delivery::show))))
        .service(
            at("/admin/deliveries/{id}/replay", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(ReplayDelivery, web::post().to(delivery::replay))),
        )
        .service(at("/admin/jobs", "GET, HEAD").route(look(ListJobs, get().to(jobs::list))))
        .service(at("/admin/jobs/{id}/retry", "POST").route(change(RetryJob, web::post().to(jobs::retry))))
        .service(at("/admin/audit", "GET, HEAD").route(look(ListAudit, get().to(audit::list))));
}

fn of_books(config: &mut ServiceConfig) {
    config
        .service(
            at("/admin/reconciliation", "GET, HEAD, POST")
                .route(look(ReadReconciliation, get().to(reconciliation::show)))
                .route(change(CompareNow, web::post().to(reconciliation::compare))),
        )
        .service(at("/admin/reconciliation/proof", "GET, HEAD").route(look(ReadProof, get().to(books::proof))))
        .service(at("/admin/export", "GET, HEAD").route(look(ExportDonations, get().to(books::export))));
}

/// What is done with one donation. Whoever opens the address of a form comes to the donation's page.
fn acts(config: &mut ServiceConfig) {
    config
        .service(
            at("/admin/donations/{id}/sync", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(Sync, web::post().to(sync::sync))),
        )
        .service(
            at("/admin/donations/{id}/receipt", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(SendReceipt, web::post().to(receipt::send))),
        )
        .service(
            at("/admin/donations/{id}/certificate-name", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(CorrectName, web::post().to(certificate_name::correct))),
        )
        .service(
            at("/admin/donations/{id}/resolve", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(ResolveReview, web::post().to(resolve::resolve))),
        )
        .service(
            at("/admin/donations/{id}/refund", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(Refund, web::post().to(refund::refund))),
        )
        // It shows what would be done: a look, for those who may do it.
        .service(
            at("/admin/donations/{id}/refund/check", "GET, HEAD, POST")
                .route(get().to(donation::back))
                .route(change(ReadDonation, web::post().to(refund::check))),
        );
}

/// What is collected for.
fn causes(config: &mut ServiceConfig) {
    config
        .service(
            at("/admin/campaigns", "GET, HEAD, POST")
                .route(look(ListCampaigns, get().to(campaigns::list)))
                .route(change(CreateCampaign, web::post().to(campaigns::create))),
        )
        .service(at("/admin/campaigns/new", "GET, HEAD").route(look(ListCampaigns, get().to(campaigns::form))))
        .service(
            at("/admin/campaigns/{slug}", "GET, HEAD, POST")
                .route(look(ListCampaigns, get().to(campaign::show)))
                .route(change(ChangeCampaign, web::post().to(campaign::change))),
        )
        .service(
            at("/admin/campaigns/{slug}/close", "POST").route(change(ChangeCampaign, web::post().to(campaign::close))),
        )
        .service(
            at("/admin/campaigns/{slug}/preview", "GET, HEAD").route(look(ListCampaigns, get().to(campaign::preview))),
        );
}
