//! A donation: its facts, its states, and the one function that changes them.

mod acts;
mod attempt;
mod certificate_name;
mod check_schedule;
mod event;
mod order_event;
mod ownership;
mod payment_plan;
mod receipt;
mod record;
mod refund_event;
mod refund_plan;
mod reviews;
mod state;
mod timeline;
mod transition;

pub use acts::{OperatorAct, RefundTerms};
pub use attempt::{Attempt, AttemptState, Capture};
pub use certificate_name::NameCorrection;
pub use check_schedule::CheckSchedule;
pub use event::{CaptureReport, Decline, DeclineReason, DonationEvent, OrderEvent, OrderFact, RefundReport};
pub use payment_plan::{PaymentPlan, PaymentRefused, PaymentTerms};
pub use record::{Donation, DonationRecord, NewDonation};
pub use refund_plan::{RefundRefused, RefundWish};
pub use state::{DonationState, DonationStatus};
pub use timeline::{Actor, Cause, TimelineEntry, TimelineKind};
pub use transition::{Change, Decision, Refusal, Verdict, Work};
