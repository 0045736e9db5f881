//! What those who answer for the money are told of by mail, once per cause.
//!
//! | kind | its subject | since | begins | ends |
//! |---|---|---|---|---|
//! | `review` | donation, review, what with | it was raised | a person has to look | it was resolved |
//! | `day_differs` | the day | it was compared | the gateway's books differ | they were compared again and agree |
//! | `job_parked` | the job | it was parked | it is not tried again by itself | it is tried anew |
//! | `gateway_down` | the gateway | its first failure | it has failed for a while | it answers |
//! | `webhooks_silent` | webhooks | the first order found paid by asking | none came for a while after that | one came |
//! | `brake_pulled` | the brake | it was pulled | new payments are stopped | it was released |
//! | `daily_summary` | the day before | the time for it | every day | at once |

use uuid::Uuid;

use crate::{AlertId, DonationId, Instant, JobId};

/// What kind of cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertKind {
    /// A person has to look at a donation.
    Review,
    /// A day's books differ from the gateway's.
    DayDiffers,
    /// Background work is not tried again by itself.
    JobParked,
    /// The gateway cannot be reached, or refuses our key.
    GatewayDown,
    /// Orders were paid, and no webhook told of it.
    WebhooksSilent,
    /// New payments are stopped.
    BrakePulled,
    /// What happened yesterday.
    DailySummary,
}

impl AlertKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::GatewayDown,
        Self::WebhooksSilent,
        Self::BrakePulled,
        Self::Review,
        Self::DayDiffers,
        Self::JobParked,
        Self::DailySummary,
    ];

    /// The stable word in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::DayDiffers => "day_differs",
            Self::JobParked => "job_parked",
            Self::GatewayDown => "gateway_down",
            Self::WebhooksSilent => "webhooks_silent",
            Self::BrakePulled => "brake_pulled",
            Self::DailySummary => "daily_summary",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether there may be many at once, so that they are gathered into one mail.
    pub const fn is_gathered(self) -> bool {
        matches!(self, Self::Review | Self::DayDiffers | Self::JobParked)
    }

    /// Whether its end is worth a mail.
    pub const fn tells_of_its_end(self) -> bool {
        matches!(self, Self::GatewayDown | Self::WebhooksSilent | Self::BrakePulled)
    }

    /// Whether it ends as it begins.
    pub const fn is_a_moment(self) -> bool {
        matches!(self, Self::DailySummary)
    }
}

/// One cause to tell somebody something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What kind of cause.
    pub kind: AlertKind,
    /// What it is about; with the kind and the instant its name.
    pub subject: String,
    /// Since when.
    pub since: Instant,
    /// The donation that it is about, if it is one.
    pub donation: Option<DonationId>,
    /// The job that it is about, if it is one.
    pub job: Option<JobId>,
    /// More of it, by kind: the review's word, the number of differences, the job's word, the failure's word, the number of
    /// orders, the brake's reason.
    pub detail: Option<String>,
}

/// Any number will do; the ids of all alerts follow from it.
const ALERTS: Uuid = Uuid::from_u128(0x6f70_6572_6174_4f72_b3e1_616c_6572_7473);

impl Alert {
    /// A cause that is about no donation and no job.
    pub fn of(kind: AlertKind, subject: impl Into<String>, since: Instant) -> Self {
        Self { kind, subject: subject.into(), since, donation: None, job: None, detail: None }
    }

    /// The same with more of it.
    #[must_use]
    pub fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// A function of the cause, so that one cause is one alert whoever notices it.
    pub fn id(&self) -> AlertId {
        let name = format!("{}\n{}\n{}", self.kind.word(), self.subject, self.since.timestamp_micros());
        AlertId(Uuid::new_v5(&ALERTS, name.as_bytes()))
    }
}

/// Whether a mail says that something began or that it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertPhase {
    /// It began.
    Begun,
    /// It is over.
    Over,
}

impl AlertPhase {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Begun, Self::Over];

    /// The stable word in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Over => "over",
        }
    }

    /// The phase of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// How the gateway fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatewayFailure {
    /// It does not answer, or not as it should.
    Unreachable,
    /// It answers, and does not want us.
    KeyRefused,
}

impl GatewayFailure {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Unreachable, Self::KeyRefused];

    /// The stable word in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::KeyRefused => "key_refused",
        }
    }

    /// The failure of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cause_is_one_alert_and_another_is_another() {
        let at = |second| chrono::DateTime::from_timestamp(second, 0).unwrap();
        let alert = Alert::of(AlertKind::GatewayDown, "gateway", at(1));
        assert_eq!(alert.id(), alert.clone().with("unreachable").id(), "the cause is the same");
        for other in [
            Alert::of(AlertKind::GatewayDown, "gateway", at(2)),
            Alert::of(AlertKind::GatewayDown, "another", at(1)),
            Alert::of(AlertKind::WebhooksSilent, "gateway", at(1)),
        ] {
            assert_ne!(alert.id(), other.id());
        }
    }

    #[test]
    fn words_are_read_back() {
        for kind in AlertKind::ALL {
            assert_eq!(AlertKind::from_word(kind.word()), Some(kind));
        }
        for phase in AlertPhase::ALL {
            assert_eq!(AlertPhase::from_word(phase.word()), Some(phase));
        }
        for failure in GatewayFailure::ALL {
            assert_eq!(GatewayFailure::from_word(failure.word()), Some(failure));
        }
    }
}
