//! What a donation is, what may happen to it, and what the house needs from the outside.
//!
//! No runtime, framework, database, clock or randomness: instants and identifiers come in as arguments or through
//! [`ports`]. No floats: money is whole [`Tenge`].

mod account;
pub mod alert;
pub mod audit;
pub mod books;
mod campaign;
mod certificate;
mod client_net;
#[cfg(feature = "contract-suites")]
pub mod contract;
mod decline_policy;
pub mod donation;
mod donor;
mod ids;
mod language;
mod money;
mod picture;
pub mod ports;
pub mod reconciliation;
mod refund;
mod review;
pub mod seal;
pub mod search;
mod text;

pub use account::{Account, AccountMail, AccountToken, BrowserSession, PasswordHash, Role, Session, TokenHash};
pub use campaign::{Campaign, CampaignSlug, CampaignState, Gift, GiftError};
pub use certificate::{Certificate, CertificateChange, CertificateDraft, CertificateNumber, CertificateStatus};
pub use client_net::ClientNet;
pub use decline_policy::{DeclinePolicy, Record, Tally};
pub use donation::{Donation, DonationRecord, DonationState, DonationStatus};
pub use donor::{Donor, DonorEmail, DonorName, EmailError};
pub use ids::{
    AccountId, AlertId, AuditId, DeliveryId, DonationId, ExternalId, GatewayRefundId, JobId, NoticeId, OrderId,
    PaymentId, RefundId, SessionId,
};
pub use language::{Language, Localised};
pub use money::{MoneyError, ReportedAmount, Tenge, grouped};
pub use picture::{CampaignPicture, Picture, PictureKind, PictureName};
pub use refund::{Refund, RefundReason, RefundRequest, RefundStatus, RefundedPayment};
pub use review::{Resolution, Review, ReviewItem, ReviewNote};
pub use seal::{CertificateKey, CertificateSeed, CertificateSignature, CertificateStatement};
pub use search::SearchText;
pub use text::{LineText, Paragraphs, TextError};

/// An instant in UTC. Stores keep it to the microsecond; a [`ports::Clock`] never gives more than that.
pub type Instant = chrono::DateTime<chrono::Utc>;
