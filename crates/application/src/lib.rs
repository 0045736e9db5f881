//! Use cases. Each says in its first lines where its transactions begin and end, and what happens when it dies between
//! them. They speak only in the domain's words: no HTTP, no SQL, no gateway's names.

mod access;
pub mod accounts;
mod cancel_donation;
mod certificate_sheet;
mod check_payment;
mod create_donation;
mod house;
mod payment_log;
mod read_donations;
mod receive_webhook;
mod reconcile_open_orders;
mod save;
mod start_payment;
mod take_up_order;

pub use access::Access;
pub use cancel_donation::{CancelDonationError, cancel_donation};
pub use certificate_sheet::{NoCertificate, certificate_sheet};
pub use check_payment::{CheckPaymentError, check_payment};
pub use create_donation::{CreateDonation, CreateDonationError, NameOnCertificate, create_donation};
pub use house::{DonationLimits, House, ReturnAddresses, Settings};
pub use read_donations::{ListDonations, ReadError, list_donations, read_certificate, read_donation};
pub use receive_webhook::{ReceiveWebhookError, WebhookOutcome, receive_webhook};
pub use reconcile_open_orders::{ReconcileRound, reconcile_open_orders};
pub use start_payment::{PaymentStarted, StartPaymentError, start_payment};
