//! Who did what of which the books have to give account. An entry is written once, and never changed or taken away.

use std::collections::BTreeMap;

use crate::{AccountId, AuditId, Instant, Role};

/// One thing that somebody did, or tried to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: AuditActor,
    /// What.
    pub action: AuditAction,
    /// What it was done to: an id, or whatever the path named. `None` if there is no such thing.
    pub target: Option<String>,
    /// What came of it.
    pub outcome: AuditOutcome,
    /// The answer's HTTP status; `None` where there is none, or none yet.
    pub status: Option<u16>,
    /// The client's address; `None` for a command line.
    pub address: Option<String>,
    /// The request's id, which the log lines and the timelines carry too.
    pub request_id: Option<String>,
    /// Named facts, for a person to read; never a secret, a card, a name or an e-mail address, for they could not be erased.
    pub details: BTreeMap<String, String>,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditActor {
    /// Somebody signed in, with the role that the account then had.
    Account(AccountId, Role),
    /// Somebody who has not proved to be anybody.
    Nobody,
    /// Whoever can run the program on the server.
    CommandLine,
}

impl AuditActor {
    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account(..) => "account",
            Self::Nobody => "nobody",
            Self::CommandLine => "command_line",
        }
    }

    /// The account and its role, where it is one.
    pub const fn account(self) -> Option<(AccountId, Role)> {
        match self {
            Self::Account(id, role) => Some((id, role)),
            Self::Nobody | Self::CommandLine => None,
        }
    }

    /// The actor of a stored word.
    pub fn from_word(word: &str, account: Option<(AccountId, Role)>) -> Option<Self> {
        match (word, account) {
            ("account", Some((id, role))) => Some(Self::Account(id, role)),
            ("nobody", None) => Some(Self::Nobody),
            ("command_line", None) => Some(Self::CommandLine),
            _ => None,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditAction {
    /// Somebody signed in, over the API or in a browser, or tried to.
    SignIn,
    /// Somebody ended a session, or every session of an account.
    SignOut,
    /// Somebody chose another password with the link of a mail.
    ResetPassword,
    /// The command line made an operator's account.
    CreateOperator,
    /// The command line compared a day with the gateway's books.
    CompareDay,
    /// Donations were listed.
    ListDonations,
    /// One donation was looked at, with its story.
    ReadDonation,
    /// Money was asked to be given back.
    Refund,
    /// The certificate was asked to be sent again.
    SendReceipt,
    /// The gateway was asked anew.
    Sync,
    /// What was to be looked at was said to be looked at.
    ResolveReview,
    /// Background work was listed.
    ListJobs,
    /// A dead letter was tried anew.
    RetryJob,
    /// A day's comparison was looked at.
    ReadReconciliation,
    /// It was looked at whether new payments may be begun.
    ReadBrake,
    /// New payments were stopped, or let go on.
    SetBrake,
    /// Donations were exported as a file.
    ExportDonations,
    /// Series and totals were looked at.
    ReadStats,
    /// Webhooks were listed, or one was looked at.
    ListDeliveries,
    /// A webhook was applied once more.
    ReplayDelivery,
    /// The name on a certificate was corrected.
    CorrectName,
    /// A day was asked to be compared with the gateway's books.
    CompareNow,
    /// The proof of a period was taken.
    ReadProof,
    /// Campaigns were listed, or one was looked at, drafts among them.
    ListCampaigns,
    /// A campaign was made.
    CreateCampaign,
    /// A campaign was changed or closed.
    ChangeCampaign,
    /// This record itself was looked at.
    ListAudit,
}

impl AuditAction {
    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::SignIn,
        Self::SignOut,
        Self::ResetPassword,
        Self::CreateOperator,
        Self::CompareDay,
        Self::ListDonations,
        Self::ReadDonation,
        Self::Refund,
        Self::SendReceipt,
        Self::Sync,
        Self::ResolveReview,
        Self::ListJobs,
        Self::RetryJob,
        Self::ReadReconciliation,
        Self::ReadBrake,
        Self::SetBrake,
        Self::ExportDonations,
        Self::ReadStats,
        Self::ListDeliveries,
        Self::ReplayDelivery,
        Self::CorrectName,
        Self::CompareNow,
        Self::ReadProof,
        Self::ListCampaigns,
        Self::CreateCampaign,
        Self::ChangeCampaign,
        Self::ListAudit,
    ];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignIn => "account.sign_in",
            Self::SignOut => "account.sign_out",
            Self::ResetPassword => "account.reset_password",
            Self::CreateOperator => "command.create_operator",
            Self::CompareDay => "command.reconcile",
            Self::ListDonations => "donations.list",
            Self::ReadDonation => "donation.read",
            Self::Refund => "donation.refund",
            Self::SendReceipt => "donation.receipt",
            Self::Sync => "donation.sync",
            Self::ResolveReview => "donation.resolve",
            Self::ListJobs => "jobs.list",
            Self::RetryJob => "job.retry",
            Self::ReadReconciliation => "reconciliation.read",
            Self::ReadBrake => "brake.read",
            Self::SetBrake => "brake.set",
            Self::ExportDonations => "donations.export",
            Self::ReadStats => "stats.read",
            Self::ListDeliveries => "webhooks.list",
            Self::ReplayDelivery => "webhook.replay",
            Self::CorrectName => "donation.certificate_name",
            Self::CompareNow => "reconciliation.compare",
            Self::ReadProof => "reconciliation.proof",
            Self::ListCampaigns => "campaigns.list",
            Self::CreateCampaign => "campaign.create",
            Self::ChangeCampaign => "campaign.change",
            Self::ListAudit => "audit.list",
        }
    }

    /// The action of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditOutcome {
    /// It is about to be done. What came of it is the next entry of the same request; without one, the server died over it.
    Begun,
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// It was not done, or not to its end, and that is nobody's wish.
    Failed,
}

impl AuditOutcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Begun, Self::Done, Self::Refused, Self::Failed];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// The outcome of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// What an HTTP status says of it.
    pub const fn of_status(status: u16) -> Self {
        match status {
            ..400 => Self::Done,
            400..500 => Self::Refused,
            500.. => Self::Failed,
        }
    }
}
