//! What the house needs from the outside, each as a role. An adapter passes the suite of its port in `contract`.

mod access_tokens;
mod account_store;
mod alert_store;
mod audit_store;
mod book_store;
mod campaign_store;
mod certificate_key_store;
mod certificate_printer;
mod certificate_renderer;
mod certificate_seals;
mod certificate_store;
mod clock;
mod delivery_store;
mod donation_store;
mod gateway_listing;
mod idempotency_store;
mod job_store;
mod letter_writer;
mod mail_archive;
mod mailer;
mod open_order_store;
mod passwords;
mod payment_gateway;
mod payment_guard_store;
mod pending_refund_store;
mod rate_limits;
mod reconciliation_store;
mod spreadsheets;
mod stats_store;
mod store_figures;
mod store_health;
mod webhook;

pub use access_tokens::{AccessGrant, AccessTokens};
pub use account_store::{
    AccountStore, ConfirmWish, CreateAccount, DonationStep, OpenSession, Proved, Renewal, Renewed, ResetWish,
    ShownToken, Stamp,
};
pub use alert_store::{
    AlertStore, DaySummary, GatewayAnswer, GatewayHealth, Notice, Recipient, Silence, Sum, SummaryOf, Telling, Told,
    Untold,
};
pub use audit_store::{AuditQuery, AuditStore};
pub use book_store::{BookQuery, BookStore};
pub use campaign_store::{
    CampaignProgress, CampaignStore, InsertCampaign, KeptCampaign, LatestDonations, PublicDonation, SaveCampaign,
};
pub use certificate_key_store::{CertificateKeyStore, OwnKey};
pub use certificate_printer::CertificatePrinter;
pub use certificate_renderer::{CertificateReader, CertificateRenderer, CertificateSheet, RenderError, SealedFile};
pub use certificate_seals::{CertificateSeals, CertificateSigner};
pub use certificate_store::{CertificateStore, FiledCertificate};
pub use clock::{Clock, IdGenerator};
pub use delivery_store::{Delivery, DeliveryOutcome, DeliveryQuery, DeliveryStore, RecordDelivery};
pub use donation_store::{
    DonationFilter, DonationQuery, DonationScope, DonationStore, InsertDonation, PageCursor, Save, StoreError,
};
pub use gateway_listing::{ListedOrder, ListedRefund, ListedStatus, Listing, TimeSpan};
pub use idempotency_store::{Begin, IdempotencyKey, IdempotencyStore, StoredAnswer};
pub use job_store::{DueJobs, Job, JobOutcome, JobQuery, JobRecord, JobStatus, JobStore, Task};
pub use letter_writer::{
    AlertItem, AlertLetter, AlertSubject, CertificateFate, Letter, LetterWriter, PaymentFailed, RefundOf, Refunded,
    SummaryLetter, Thanks, Wording,
};
pub use mail_archive::{ArchivedFile, ArchivedMail, MailArchive, MailSummary};
pub use mailer::{Attachment, Mail, MailError, Mailer};
pub use open_order_store::{DueOrders, OpenOrder, OpenOrderStore};
pub use passwords::PasswordHasher;
pub use payment_gateway::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, NewOrder, NewRefund, OrderStatus,
    PaymentGateway, RefundOutcome, ReturnUrls,
};
pub use payment_guard_store::{
    Brake, BrakePosition, Forgetful, Payer, PaymentEnded, PaymentGuardStore, PaymentOutcome, Pseudonym,
};
pub use pending_refund_store::{DueRefunds, PendingRefund, PendingRefundStore};
pub use rate_limits::{Counted, RateLimits, TooMany, Unlimited};
pub use reconciliation_store::{Lease, ReconciliationStore, TakeDay, TakenDay, WantedBy, WantedDay};
pub use spreadsheets::{Cell, FileFormat, Row, Sheet, SpreadsheetError, SpreadsheetFile, Spreadsheets};
pub use stats_store::{AskWaiting, DaySpan, Figures, Series, StatsStore, Waiting};
pub use store_figures::{Backlog, ComparedDay, ConnectionUse, StoreFigures, Tallies};
pub use store_health::StoreHealth;
pub use webhook::{KeptWebhook, WebhookError, WebhookMessage, WebhookReader, WebhookRequest};

#[cfg(feature = "mocks")]
pub use mocks::*;

#[cfg(feature = "mocks")]
mod mocks {
    pub use super::account_store::MockAccountStore;
    pub use super::alert_store::MockAlertStore;
    pub use super::audit_store::MockAuditStore;
    pub use super::book_store::MockBookStore;
    pub use super::campaign_store::MockCampaignStore;
    pub use super::certificate_printer::MockCertificatePrinter;
    pub use super::clock::{MockClock, MockIdGenerator};
    pub use super::delivery_store::MockDeliveryStore;
    pub use super::donation_store::MockDonationStore;
    pub use super::idempotency_store::MockIdempotencyStore;
    pub use super::job_store::MockJobStore;
    pub use super::letter_writer::MockLetterWriter;
    pub use super::mailer::MockMailer;
    pub use super::open_order_store::MockOpenOrderStore;
    pub use super::passwords::MockPasswordHasher;
    pub use super::payment_gateway::MockPaymentGateway;
    pub use super::pending_refund_store::MockPendingRefundStore;
    pub use super::reconciliation_store::MockReconciliationStore;
    pub use super::spreadsheets::MockSpreadsheets;
    pub use super::stats_store::MockStatsStore;
    pub use super::webhook::MockWebhookReader;
}
