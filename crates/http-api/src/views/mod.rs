//! What goes out: the contract's shapes.

mod donation;
mod session;

pub use donation::{DonationView, Reader};
pub use session::{SessionView, UserView};

use chrono::SecondsFormat;
use domain::Instant;

/// RFC 3339 in UTC with a `Z`, to the microsecond.
pub fn timestamp(instant: Instant) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}
