//! What happens around every handler.

mod drain;
mod idempotency;
mod problems;
mod request_id;
mod security_headers;

pub use drain::{Drain, drain};
pub use idempotency::{idempotency_key, idempotent};
pub use problems::problems;
pub use request_id::{RequestId, request_scope};
pub use security_headers::security_headers;
