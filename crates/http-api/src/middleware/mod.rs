//! What happens around every handler.

mod drain;
mod idempotency;
mod limits;
mod problems;
mod request_id;
mod security_headers;
mod supervised;

pub use drain::{Drain, drain};
pub use idempotency::{idempotency_key, idempotent};
pub use limits::{limited_accounts, limited_donations};
pub use problems::problems;
pub use request_id::{RequestId, request_scope};
pub use security_headers::security_headers;
pub use supervised::supervised;
