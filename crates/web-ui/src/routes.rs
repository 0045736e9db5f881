//! Every page's path and methods.

use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Error, HttpRequest, HttpResponse, Resource, Route, guard};

use crate::admin;
use crate::assets;
use crate::handlers::{asset, campaigns, certificate, donate, donation, pay, public_certificate, widget};
use crate::language::requested_language;
use crate::limits::limited_accounts;
use crate::mailbox;
use crate::own_forms::own_forms;
use crate::views::MessagePage;

/// Registers the pages. The host's `web::Data<Pages>` has to be there.
pub fn pages(config: &mut ServiceConfig) {
    accounts(config);
    config
        .service(at("/", "GET, HEAD").route(get().to(campaigns::home)))
        .service(at("/campaigns/{slug}", "GET, HEAD").route(get().to(campaigns::show)))
        .service(at("/donate", "GET, HEAD, POST").route(get().to(donate::home)).route(web::post().to(donate::give)))
        .service(at("/donations/{id}", "GET, HEAD").route(get().to(donation::show)))
        .service(at("/donations/{id}/news", "GET, HEAD").route(get().to(donation::news)))
        .service(
            at("/donations/{id}/pay", "GET, HEAD, POST").route(get().to(pay::back)).route(web::post().to(pay::pay)),
        )
        .service(at("/donations/{id}/certificate.pdf", "GET, HEAD").route(get().to(certificate::pdf)))
        .service(at("/certificates/{number}.png", "GET, HEAD").route(get().to(public_certificate::card)))
        .service(at("/certificates/{number}", "GET, HEAD").route(get().to(public_certificate::show)))
        .service(at("/widget.js", "GET, HEAD").route(get().to(widget::widget)))
        .configure(mailbox::routes)
        .configure(admin::routes);
    for file in assets::all() {
        config.service(at(&file.path, "GET, HEAD").route(get().to(move || async move { asset::asset(file) })));
    }
}

/// The pages of people who sign in.
fn accounts(config: &mut ServiceConfig) {
    use crate::handlers::account::{
        confirm_email, forgot_password, mine, own, reset_password, sign_in, sign_out, sign_up,
    };
    let form = |path: &str| at(path, "GET, HEAD, POST");
    let guarded = |route: Route| route.wrap(from_fn(limited_accounts));
    config
        .service(form("/sign-in").route(get().to(sign_in::show)).route(guarded(web::post().to(sign_in::sign_in))))
        .service(form("/sign-up").route(get().to(sign_up::show)).route(guarded(web::post().to(sign_up::sign_up))))
        .service(at("/sign-out", "POST").route(web::post().to(sign_out::sign_out)))
        .service(
            form("/forgot-password")
                .route(get().to(forgot_password::show))
                .route(guarded(web::post().to(forgot_password::ask))),
        )
        .service(
            form("/reset-password").route(get().to(reset_password::show)).route(web::post().to(reset_password::choose)),
        )
        .service(
            form("/confirm-email").route(get().to(confirm_email::show)).route(web::post().to(confirm_email::confirm)),
        )
        .service(at("/my-donations", "GET, HEAD").route(get().to(mine::show)))
        .service(at("/account", "GET, HEAD").route(get().to(own::show)))
        .service(form("/account/confirm-again").route(get().to(own::back)).route(web::post().to(own::ask_again)))
        .service(form("/account/sign-out-everywhere").route(get().to(own::back)).route(web::post().to(own::everywhere)))
        .service(form("/account/delete").route(get().to(own::back)).route(web::post().to(own::delete)));
}

/// The page for a refusal that has nothing to do with any page in particular, for the host to answer browsers with: the
/// address leads nowhere, the server is busy, the browser asks too often. It keeps the status.
pub fn refused(request: &HttpRequest, status: StatusCode) -> HttpResponse {
    MessagePage::refused(requested_language(request), status).answer()
}

/// A path that answers 405 to every method but `allow`.
pub(crate) fn at(
    path: &str,
    allow: &'static str,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<EitherBody<BoxBody>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let refuse = move |request: HttpRequest| async move {
        MessagePage::method_not_allowed(requested_language(&request)).answer_allowing(allow)
    };
    web::resource(path.to_owned()).default_service(web::to(refuse)).wrap(from_fn(own_forms))
}

/// GET, and HEAD, which is GET without the body (RFC 9110, 9.3.2).
pub(crate) fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
