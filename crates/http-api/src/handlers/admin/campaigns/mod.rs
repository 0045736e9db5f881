//! `/api/admin/campaigns`: looking after campaigns.

pub mod change;
pub mod close;
pub mod create;
pub mod list;
pub mod picture;
pub mod preview;
pub mod read;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};
use application::campaigns::{CampaignError, CampaignFault, ManagedCampaign, WrongField};

use crate::problem::{Code, FieldError, Problem};
use crate::state::AppState;
use crate::views::ManagedCampaignView;

/// The campaign, and its version as `ETag`.
fn shown(status: StatusCode, managed: &ManagedCampaign, state: &AppState) -> HttpResponse {
    builder(status, managed).json(ManagedCampaignView::new(managed, state))
}

fn builder(status: StatusCode, managed: &ManagedCampaign) -> HttpResponseBuilder {
    let mut builder = HttpResponse::build(status);
    builder.insert_header((header::ETAG, format!("\"{}\"", managed.campaign.version)));
    builder
}

impl From<CampaignError> for Problem {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::NotFound => Self::new(Code::NotFound),
            CampaignError::SlugTaken => Self::new(Code::SlugTaken),
            CampaignError::PriceFixed => Self::new(Code::PriceFixed),
            CampaignError::Changed => Self::new(Code::ChangedMeanwhile),
            CampaignError::NotBegun => Self::new(Code::CampaignNotStarted),
            CampaignError::Invalid(faults) => Self::validation(faults.into_iter().map(FieldError::from).collect()),
            CampaignError::Store(error) => error.into(),
        }
    }
}

impl From<CampaignFault> for FieldError {
    fn from(fault: CampaignFault) -> Self {
        let error = Self::new(fault.field, fault.why.code());
        match fault.why {
            WrongField::Unprintable(characters) => error.with_text("characters", characters.into_iter().collect()),
            WrongField::OutOfRange { min, max } => error.with("min", min).with("max", max),
            WrongField::TooMany { max } => error.with("max", i64::try_from(max).unwrap_or(i64::MAX)),
            WrongField::NotAfterStart | WrongField::DonatedUnder | WrongField::NoPicture | WrongField::NotAPicture => {
                error
            }
        }
    }
}
