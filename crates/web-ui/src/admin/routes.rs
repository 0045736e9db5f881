//! Every page of the administration. Each is guarded: nobody comes to its handler otherwise.

use actix_web::web::{self, ServiceConfig};
use domain::audit::AuditAction::{ReadStats, SetBrake};

use super::guard::{change, look};
use super::handlers::{brake, home};
use crate::routes::{at, get};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(at("/admin", "GET, HEAD").route(look(ReadStats, get().to(home::show))))
        .service(at("/admin/brake", "POST").route(change(SetBrake, web::post().to(brake::set))));
}
