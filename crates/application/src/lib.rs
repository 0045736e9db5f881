//! Use cases. Each says in its first lines where its transactions begin and end, and what happens when it dies between
//! them. They speak only in the domain's words: no HTTP, no SQL, no gateway's names.

mod access;
pub mod accounts;
mod alerts;
mod audit;
pub mod books;
mod brake;
pub mod campaigns;
mod cancel_donation;
mod certificate_sheet;
mod check_payment;
mod compare_day;
mod compare_due_days;
mod correct_certificate_name;
mod create_donation;
mod dashboard;
mod donation_filter;
mod house;
mod jobs;
mod operator_acts;
mod payment_guard;
mod payment_log;
mod public_certificate;
mod read_campaigns;
mod read_deliveries;
mod read_donations;
mod read_jobs;
mod read_people;
mod receive_webhook;
mod reconcile_open_orders;
mod redacted;
mod refund_donation;
mod refunds;
mod replay_delivery;
mod resolve_review;
mod save;
mod seed_campaigns;
mod send_receipt;
mod settle_refunds;
mod start_payment;
mod stats;
mod supervise;
mod sync_donation;
mod take_up_order;

pub use access::Access;
pub use alerts::{AlertRound, AlertSettings, Nobody, look_after_alerts, recipients};
pub use audit::{Act, Origin, audit, list_audit};
pub use brake::{read_brake, set_brake};
pub use cancel_donation::{CancelDonationError, cancel_donation};
pub use certificate_sheet::{NoCertificate, certificate_sheet};
pub use check_payment::{CheckPaymentError, check_payment};
pub use compare_day::{CompareDayError, DayOutcome, Onward, Pace, Progress, compare_day};
pub use compare_due_days::compare_due_days;
pub use correct_certificate_name::{CorrectNameError, correct_certificate_name};
pub use create_donation::{CreateDonation, CreateDonationError, NameOnCertificate, create_donation};
pub use dashboard::{Attention, Dashboard, attention, dashboard};
pub use donation_filter::{DONATION_FILTERS, FilterError, campaign_is_known, donation_filter, instant_of};
pub use house::{DonationLimits, Duplicates, House, PageAddresses, ReturnAddresses, Settings};
pub use jobs::{JobRound, work_off_jobs};
pub use operator_acts::operator_acts;
pub use payment_guard::{PaymentGuard, PseudonymSecret, UnderWay, forget_old_payers};
pub use public_certificate::{
    PublicCertificate, Seal, SignatureCheck, check_signature, read_certificate, sign_certificate,
};
pub use read_campaigns::{
    ShownCampaign, campaign_picture, default_campaign, latest_donations, list_campaigns, read_campaign, read_stats,
};
pub use read_deliveries::{list_deliveries, read_delivery};
pub use read_donations::{DonationStory, ListDonations, ReadError, donation_story, list_donations, read_donation};
pub use read_jobs::{list_jobs, retry_job};
pub use read_people::{account_with_address, accounts_of};
pub use receive_webhook::{ReceiveWebhookError, WebhookOutcome, receive_webhook};
pub use reconcile_open_orders::{ReconcileRound, reconcile_open_orders};
pub use redacted::redacted;
pub use refund_donation::{RefundDonation, RefundDonationError, refund_donation, refund_donation_once};
pub use replay_delivery::{Replay, ReplayError, replay_delivery};
pub use resolve_review::{ResolveReviewError, resolve_review};
pub use seed_campaigns::{CampaignSeed, SeedCampaignsError, seed_campaigns};
pub use send_receipt::{SendReceiptError, send_receipt};
pub use settle_refunds::{RefundRound, settle_pending_refunds};
pub use start_payment::{PaymentStarted, StartPaymentError, start_payment};
pub use stats::{BucketFigures, MOST_BUCKETS, Stats, StatsError, StatsQuery, stats};
pub use supervise::{Duty, EnterError, Supervised, enter, leave};
pub use sync_donation::sync_donation;
