//! Stopping without dropping anything: new requests are sent away, those in flight are finished.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::problems::refusal;
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// Whether the server is about to stop, and how much it still has to finish.
#[derive(Debug, Default)]
pub struct Drain {
    draining: AtomicBool,
    in_flight: AtomicUsize,
}

impl Drain {
    /// From now on the server is not ready, and takes nothing new on.
    pub fn begin(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether it is about to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// How many requests are being carried out.
    pub fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::SeqCst)
    }
}

/// Counts a request for as long as it lives, also when its client goes away.
struct InFlight(web::Data<AppState>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.drain.in_flight.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Counts what is in flight; while draining, answers everything but the health pages with 503 and `Retry-After`.
///
/// # Errors
/// None of its own.
pub async fn drain(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(state) = request.app_data::<web::Data<AppState>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    if request.path().starts_with("/health") {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    state.drain.in_flight.fetch_add(1, Ordering::SeqCst);
    let _in_flight = InFlight(state.clone());
    if state.drain.is_draining() {
        return Ok(refusal(request.into_parts().0, &Problem::new(Code::Overloaded)));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}
