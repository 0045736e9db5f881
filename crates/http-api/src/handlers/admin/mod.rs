//! `/api/admin`: for the people who answer for the money.

pub mod audit;
pub mod brake;
pub mod campaigns;
pub mod certificate_name;
pub mod donation;
pub mod donations;
pub mod export;
pub mod jobs;
pub mod proof;
pub mod receipt;
pub mod reconciliation;
pub mod refund;
pub mod resolve;
pub mod stats;
pub mod sync;
pub mod webhooks;
