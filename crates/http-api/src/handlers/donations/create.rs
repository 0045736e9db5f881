//! `POST /api/donations`, `POST /api/guest-donations`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{CreateDonation, CreateDonationError, NameOnCertificate, create_donation};
use domain::{Account, Donor, GiftError, Language};

use super::created;
use crate::extract::{Cause, Fields, JsonBody, PreferredLanguage, SignedInAccount};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;

/// In which a donor is spoken to who says nothing else.
const DEFAULT_LANGUAGE: Language = Language::Ru;

/// # Errors
/// 401, 422.
pub async fn by_account(
    state: web::Data<AppState>,
    request: HttpRequest,
    SignedInAccount(account): SignedInAccount,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let Account { id, name, email, language, .. } = account;
    let donor = Some(Donor { account: Some(id), name, email });
    let command = parse(&mut fields, donor, language, cause);
    answer(&state, fields, command).await
}

/// # Errors
/// 422.
pub async fn by_guest(
    state: web::Data<AppState>,
    request: HttpRequest,
    PreferredLanguage(preferred): PreferredLanguage,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let name = fields.required_line("donor_name");
    let email = fields.required_email("donor_email");
    let donor = name.zip(email).map(|(name, email)| Donor { account: None, name, email });
    let command = parse(&mut fields, donor, preferred.unwrap_or(DEFAULT_LANGUAGE), Cause::guest(&request));
    answer(&state, fields, command).await
}

fn parse(
    fields: &mut Fields,
    donor: Option<Donor>,
    language: Language,
    cause: domain::donation::Cause,
) -> Option<CreateDonation> {
    let command = |donor, fields: &mut Fields| CreateDonation {
        donor,
        amount: fields.tenge("amount"),
        trees: fields.trees("trees"),
        campaign: fields.campaign("campaign"),
        message: fields.optional_line("message"),
        certificate_name: fields.optional_name("certificate_name"),
        anonymous: fields.flag("anonymous"),
        language: fields.language("language").unwrap_or(language),
        cause,
    };
    match donor {
        Some(donor) => Some(command(donor, fields)),
        None => {
            check_the_rest(fields);
            None
        }
    }
}

/// Takes every other field too, so that one answer names all that is wrong.
fn check_the_rest(fields: &mut Fields) {
    fields.tenge("amount");
    fields.trees("trees");
    fields.campaign("campaign");
    fields.optional_line::<500>("message");
    fields.optional_name::<120>("certificate_name");
    fields.flag("anonymous");
    fields.language("language");
}

async fn answer(state: &AppState, fields: Fields, command: Option<CreateDonation>) -> Result<HttpResponse, Problem> {
    fields.finish()?;
    let command = command.ok_or_else(|| Problem::validation(Vec::new()))?;
    let donation = create_donation(&state.house, command).await?;
    Ok(created(&donation, state))
}

impl From<CreateDonationError> for Problem {
    fn from(error: CreateDonationError) -> Self {
        Self::field(match error {
            CreateDonationError::UnknownCampaign => FieldError::new("campaign", "unknown_campaign"),
            CreateDonationError::CampaignNotStarted => FieldError::new("campaign", "campaign_not_started"),
            CreateDonationError::CampaignClosed => FieldError::new("campaign", "campaign_closed"),
            CreateDonationError::Gift(GiftError::Empty) => FieldError::new("amount", "amount_or_trees"),
            CreateDonationError::Gift(GiftError::Disagree { expected }) => {
                FieldError::new("trees", "disagrees").with("expected", expected.get())
            }
            CreateDonationError::Gift(GiftError::TooMuch) => {
                FieldError::new("trees", "out_of_range").with("min", 1).with("max", i64::from(i32::MAX))
            }
            CreateDonationError::TooSmall(min) => FieldError::new("amount", "below_minimum").with("min", min.get()),
            CreateDonationError::TooLarge(max) => FieldError::new("amount", "above_maximum").with("max", max.get()),
            CreateDonationError::Unprintable { name, characters } => {
                let field = match name {
                    NameOnCertificate::Given => "certificate_name",
                    NameOnCertificate::DonorsOwn => "donor_name",
                };
                FieldError::new(field, "unprintable").with_text("characters", characters.into_iter().collect())
            }
            CreateDonationError::Store(error) => return error.into(),
        })
    }
}
