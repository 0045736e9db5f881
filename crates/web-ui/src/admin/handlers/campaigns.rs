//! `GET /admin/campaigns`, `GET /admin/campaigns/new`, `POST /admin/campaigns`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::{CampaignError, create_campaign, list_all_campaigns};

use crate::admin::campaign_typed::{CampaignTyped, faults};
use crate::admin::operator::{Operator, notice};
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{CampaignForm, CampaignList};
use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::texts::Texts;
use crate::views::address;

/// All of them, drafts among them.
pub(crate) async fn list(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    match list_all_campaigns(&pages.house).await {
        Ok(campaigns) => CampaignList::new(&operator, &campaigns, notice(&request, &[])).answer(),
        Err(error) => broken(&error, operator.language),
    }
}

/// The form for another one; whoever may not send it is told so.
pub(crate) async fn form(operator: Operator) -> HttpResponse {
    CampaignForm::of_a_new_one(&operator, &CampaignTyped::of_a_new_one(), &[]).answer(StatusCode::OK)
}

/// Makes it, and leads to its page.
pub(crate) async fn create(
    pages: web::Data<Pages>,
    operator: Operator,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let (typed, texts) = (CampaignTyped::of(&posted), Texts(operator.language));
    let again = |errors: &[FieldError], status| CampaignForm::of_a_new_one(&operator, &typed, errors).answer(status);
    let new = match typed.new_campaign(texts) {
        Ok(new) => new,
        Err(errors) => return again(&errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match create_campaign(&pages.house, new, operator.cause()).await {
        Ok(made) => {
            let path = format!("/admin/campaigns/{}", made.campaign.slug.as_str());
            see_other(&address(&path, &[("lang", operator.language.code()), ("notice", "created")]))
        }
        Err(CampaignError::Invalid(wrong)) => again(&faults(&wrong, texts), StatusCode::UNPROCESSABLE_ENTITY),
        Err(CampaignError::SlugTaken) => {
            let message = texts.get("camp-slug-taken");
            again(&[FieldError { field: "slug", message }], StatusCode::CONFLICT)
        }
        Err(error) => broken(&error, operator.language),
    }
}
