//! `GET`, `POST /admin/campaigns/{slug}`, `POST /admin/campaigns/{slug}/close`, `GET /admin/campaigns/{slug}/preview`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::{
    CampaignError, ManagedCampaign, change_campaign, close_campaign, preview_campaign, read_managed_campaign,
};
use application::latest_donations;
use domain::CampaignSlug;

use crate::admin::campaign_typed::{CampaignTyped, faults};
use crate::admin::operator::{Operator, notice};
use crate::admin::signed_form::SignedForm;
use crate::admin::views::CampaignForm;
use crate::answer::see_other;
use crate::form::{FieldError, Typed};
use crate::handlers::broken;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::{CampaignPage, CampaignVisit, MessagePage, address};

const NOTICES: [(&str, &str); 3] =
    [("created", "camp-notice-created"), ("changed", "camp-notice-changed"), ("closed", "camp-notice-closed")];

/// The campaign with its form.
pub(crate) async fn show(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    let managed = match managed(&pages, &operator, &request).await {
        Ok(managed) => managed,
        Err(answer) => return answer,
    };
    let typed = CampaignTyped::of_campaign(&managed.campaign);
    let notice = notice(&request, &NOTICES);
    CampaignForm::of_campaign(&operator, &managed, (&typed, &[])).notice(notice).answer(StatusCode::OK)
}

/// Changes it. Whoever was second sees what was saved meanwhile beside what they typed.
pub(crate) async fn change(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let managed = match managed(&pages, &operator, &request).await {
        Ok(managed) => managed,
        Err(answer) => return answer,
    };
    let (typed, texts) = (CampaignTyped::of(&posted), Texts(operator.language));
    let again =
        |errors: &[FieldError], status| CampaignForm::of_campaign(&operator, &managed, (&typed, errors)).answer(status);
    let patch = match typed.patch(&managed, texts) {
        Ok(patch) => patch,
        Err(errors) => return again(&errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    // A form without its version was written by nobody's page of ours: it is as if somebody else had been first.
    let expected = Some(typed.version().unwrap_or(-1));
    match change_campaign(&pages.house, &managed.campaign.slug, patch, expected, operator.cause()).await {
        Ok(changed) => done(&operator, &changed, "changed"),
        Err(CampaignError::Invalid(wrong)) => again(&faults(&wrong, texts), StatusCode::UNPROCESSABLE_ENTITY),
        Err(CampaignError::PriceFixed) => {
            let message = texts.get("camp-price-fixed-error");
            again(&[FieldError { field: "price_per_tree", message }], StatusCode::CONFLICT)
        }
        Err(CampaignError::Changed) => changed_meanwhile(&pages, &operator, (&managed.campaign.slug, &typed)).await,
        Err(CampaignError::NotFound) => MessagePage::unknown_campaign(operator.language).answer(),
        Err(error) => broken(&error, operator.language),
    }
}

async fn changed_meanwhile(
    pages: &Pages,
    operator: &Operator,
    (slug, typed): (&CampaignSlug, &CampaignTyped),
) -> HttpResponse {
    match read_managed_campaign(&pages.house, slug).await {
        Ok(Some(now)) => {
            CampaignForm::of_campaign(operator, &now, (typed, &[])).beside(&now).answer(StatusCode::CONFLICT)
        }
        Ok(None) => MessagePage::unknown_campaign(operator.language).answer(),
        Err(error) => broken(&error, operator.language),
    }
}

/// Ends it now, once that was said twice.
pub(crate) async fn close(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let managed = match managed(&pages, &operator, &request).await {
        Ok(managed) => managed,
        Err(answer) => return answer,
    };
    let (typed, texts) = (CampaignTyped::of_campaign(&managed.campaign), Texts(operator.language));
    let form = |errors: &[FieldError]| CampaignForm::of_campaign(&operator, &managed, (&typed, errors));
    if posted.get("sure") != "true" {
        let error = FieldError { field: "sure", message: texts.get("camp-sure-required") };
        return form(&[error]).answer(StatusCode::UNPROCESSABLE_ENTITY);
    }
    match close_campaign(&pages.house, &managed.campaign.slug, operator.cause()).await {
        Ok(closed) => done(&operator, &closed, "closed"),
        Err(CampaignError::NotBegun) => {
            let error = FieldError { field: "sure", message: texts.get("camp-not-begun") };
            form(&[error]).answer(StatusCode::CONFLICT)
        }
        Err(CampaignError::NotFound) => MessagePage::unknown_campaign(operator.language).answer(),
        Err(error) => broken(&error, operator.language),
    }
}

/// Its page as everybody would see it, in a frame that says that they do not.
pub(crate) async fn preview(
    pages: web::Data<Pages>,
    operator: Operator,
    visitor: Visitor,
    request: HttpRequest,
) -> HttpResponse {
    let Some(slug) = slug(&request) else { return MessagePage::unknown_campaign(operator.language).answer() };
    let answer = async {
        let Some(shown) = preview_campaign(&pages.house, &slug).await? else {
            return Ok(MessagePage::unknown_campaign(operator.language).answer());
        };
        let latest = latest_donations(&pages.house, &slug).await?;
        let (path, typed) = (format!("/admin/campaigns/{}/preview", slug.as_str()), Typed::default());
        let visit = CampaignVisit { shown: &shown, latest: &latest, path: &path, typed: &typed, errors: Vec::new() };
        let page = CampaignPage::new((&pages, &visitor), visit, operator.language);
        Ok::<_, domain::ports::StoreError>(
            page.previewed(&format!("/admin/campaigns/{}", slug.as_str())).answer(StatusCode::OK),
        )
    };
    answer.await.unwrap_or_else(|error| broken(&error, operator.language))
}

fn slug(request: &HttpRequest) -> Option<CampaignSlug> {
    request.match_info().get("slug").and_then(CampaignSlug::parse)
}

async fn managed(pages: &Pages, operator: &Operator, request: &HttpRequest) -> Result<ManagedCampaign, HttpResponse> {
    let unknown = || MessagePage::unknown_campaign(operator.language).answer();
    let slug = slug(request).ok_or_else(unknown)?;
    let found = read_managed_campaign(&pages.house, &slug).await;
    found.map_err(|error| broken(&error, operator.language))?.ok_or_else(unknown)
}

fn done(operator: &Operator, managed: &ManagedCampaign, notice: &str) -> HttpResponse {
    let path = format!("/admin/campaigns/{}", managed.campaign.slug.as_str());
    see_other(&address(&path, &[("lang", operator.language.code()), ("notice", notice)]))
}
