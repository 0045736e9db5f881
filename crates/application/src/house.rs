//! What every use case works with.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::donation::CheckSchedule;
use domain::ports::{
    AccessTokens, AccountStore, AlertStore, AuditStore, BookStore, CampaignStore, CertificatePrinter,
    CertificateRenderer, CertificateSeals, CertificateStore, Clock, DeliveryStore, DonationStore, IdGenerator,
    JobStore, LetterWriter, Mailer, OpenOrderStore, PasswordHasher, PaymentGateway, PendingRefundStore,
    ReconciliationStore, ReturnUrls, Spreadsheets, StatsStore, WebhookReader,
};
use domain::{CertificateNumber, DonationId, Tenge};

use crate::{AlertSettings, PaymentGuard};

/// The ports, plugged in, and the settings.
#[derive(Clone)]
pub struct House {
    /// What donors can give for.
    pub campaigns: Arc<dyn CampaignStore>,
    /// Donations.
    pub donations: Arc<dyn DonationStore>,
    /// Webhooks as they came.
    pub deliveries: Arc<dyn DeliveryStore>,
    /// Orders that the gateway has to be asked about.
    pub open_orders: Arc<dyn OpenOrderStore>,
    /// Refunds that the gateway has to be asked for or about.
    pub pending_refunds: Arc<dyn PendingRefundStore>,
    /// Background work.
    pub jobs: Arc<dyn JobStore>,
    /// Who puts what donors are told into words.
    pub letters: Arc<dyn LetterWriter>,
    /// Who carries mail to donors.
    pub mailer: Arc<dyn Mailer>,
    /// Daily comparisons with the gateway's books.
    pub reconciliations: Arc<dyn ReconciliationStore>,
    /// Numbers over time.
    pub stats: Arc<dyn StatsStore>,
    /// The books of a period.
    pub books: Arc<dyn BookStore>,
    /// Who writes tables into files.
    pub sheets: Arc<dyn Spreadsheets>,
    /// Certificates by number.
    pub certificates: Arc<dyn CertificateStore>,
    /// Who draws certificates, and says which letters can be set.
    pub renderer: Arc<dyn CertificateRenderer>,
    /// Who draws the certificates that go with mails.
    pub printer: Arc<dyn CertificatePrinter>,
    /// Who signs certificates, and knows the keys.
    pub seals: Arc<dyn CertificateSeals>,
    /// Who did what.
    pub audit: Arc<dyn AuditStore>,
    /// What operators are told of.
    pub alerts: Arc<dyn AlertStore>,
    /// Accounts and sessions.
    pub accounts: Arc<dyn AccountStore>,
    /// Who takes the money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Who believes the gateway's webhooks.
    pub webhooks: Arc<dyn WebhookReader>,
    /// How passwords are kept.
    pub passwords: Arc<dyn PasswordHasher>,
    /// How a signed-in caller is recognised.
    pub tokens: Arc<dyn AccessTokens>,
    /// What stands between a client and a new order.
    pub guard: PaymentGuard,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New names.
    pub ids: Arc<dyn IdGenerator>,
    /// The settings.
    pub settings: Arc<Settings>,
}

/// What the charity has decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How little and how much can be given.
    pub limits: DonationLimits,
    /// How long an order can be paid.
    pub payment_ttl: TimeDelta,
    /// When the gateway is asked about an open order.
    pub check_schedule: CheckSchedule,
    /// Where the gateway sends the donor back to.
    pub return_to: ReturnAddresses,
    /// Pages that mails point to.
    pub pages: PageAddresses,
    /// What becomes of a payment that was made twice.
    pub duplicates: Duplicates,
    /// How long an access token counts.
    pub access_ttl: TimeDelta,
    /// How long a session lasts without being renewed.
    pub session_ttl: TimeDelta,
    /// Who is told what by mail of those who answer for the money.
    pub alerts: AlertSettings,
}

/// The least and the most of one donation, both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DonationLimits {
    /// The least.
    pub min: Tenge,
    /// The most.
    pub max: Tenge,
}

/// Addresses with `{donation_id}` in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnAddresses {
    /// After a payment.
    pub success: String,
    /// After a decline.
    pub failure: String,
    /// When the donor turns back.
    pub back: String,
}

/// What becomes of a superfluous payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// It goes back by itself.
    Refund,
    /// A person decides.
    Flag,
}

/// Addresses of public pages, with a placeholder in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAddresses {
    /// A donation's own page; has `{donation_id}`.
    pub donation: String,
    /// Where anybody can check a certificate; has `{number}`.
    pub certificate: String,
    /// Its picture; has `{number}`.
    pub certificate_card: String,
    /// Where an address is confirmed; has `{token}`.
    pub confirm_email: String,
    /// Where another password is chosen; has `{token}`.
    pub reset_password: String,
}

impl PageAddresses {
    /// The page of one donation.
    pub fn donation(&self, id: DonationId) -> String {
        self.donation.replace("{donation_id}", &id.to_string())
    }

    /// Where one certificate can be checked.
    pub fn certificate(&self, number: &CertificateNumber) -> String {
        self.certificate.replace("{number}", number.as_str())
    }

    /// One certificate's picture.
    pub fn certificate_card(&self, number: &CertificateNumber) -> String {
        self.certificate_card.replace("{number}", number.as_str())
    }

    /// Where an address is confirmed with this token.
    pub fn confirm_email(&self, token: &str) -> String {
        self.confirm_email.replace("{token}", token)
    }

    /// Where another password is chosen with this token.
    pub fn reset_password(&self, token: &str) -> String {
        self.reset_password.replace("{token}", token)
    }
}

impl ReturnAddresses {
    /// The addresses of one donation.
    pub fn of(&self, donation: DonationId) -> ReturnUrls {
        let fill = |template: &str| template.replace("{donation_id}", &donation.to_string());
        ReturnUrls { success: fill(&self.success), failure: fill(&self.failure), back: fill(&self.back) }
    }
}
