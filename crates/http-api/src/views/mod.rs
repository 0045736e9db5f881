//! What goes out: the contract's shapes.

mod audit;
mod campaign;
mod delivery;
mod donation;
mod job;
mod managed_campaign;
mod proof;
mod reconciliation;
mod refund;
mod series;
mod session;
mod story;

pub use audit::AuditView;
pub use campaign::{CampaignView, LocalisedView, OneCampaignView, PictureView, StatsView};
pub use delivery::DeliveryView;
pub use donation::{DonationView, Reader};
pub use job::JobView;
pub use managed_campaign::ManagedCampaignView;
pub use proof::ProofView;
pub use reconciliation::{MonthView, ReconciliationView};
pub use refund::RefundView;
pub use series::SeriesView;
pub use session::{SessionView, UserView};

pub use story::{DonationStoryView, ReviewedView};

use chrono::SecondsFormat;
use domain::Instant;

/// RFC 3339 in UTC with a `Z`, to the microsecond.
pub fn timestamp(instant: Instant) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}
