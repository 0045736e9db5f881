//! `POST /api/admin/campaigns`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::{NewCampaign, create_campaign};
use domain::{Localised, Paragraphs};

use super::builder;
use crate::extract::{AdminAccount, Cause, Fields, JsonBody, TEXT, TITLE};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::ManagedCampaignView;

/// `slug`, `title` and `price_per_tree` have to be there.
///
/// # Errors
/// 401, 403, 409, 422.
pub async fn create(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let new = parse(&mut fields, &state);
    fields.nothing_else();
    fields.finish()?;
    let new = new.ok_or_else(|| Problem::validation(Vec::new()))?;
    let managed = create_campaign(&state.house, new, &Cause::account(&account, &request)).await?;
    let location = format!("/api/admin/campaigns/{}", managed.campaign.slug.as_str());
    let mut answer = builder(StatusCode::CREATED, &managed);
    Ok(answer.insert_header((header::LOCATION, location)).json(ManagedCampaignView::new(&managed, &state)))
}

/// Every field is taken, so that one answer names all that is wrong.
fn parse(fields: &mut Fields, state: &AppState) -> Option<NewCampaign> {
    let slug = fields.required_slug("slug");
    let title = fields.required_lines(TITLE);
    let text = fields.paragraphs(TEXT).or_else(|| Paragraphs::parse("").ok().map(Localised::all));
    let price_per_tree = fields.required_tenge("price_per_tree");
    let goal = fields.tenge("goal");
    let presets = fields.amounts("presets").unwrap_or_else(|| state.site.presets.clone());
    let starts_at = fields.instant("starts_at");
    let ends_at = fields.instant("ends_at");
    let position = fields.place("position");
    let draft = fields.flag("draft");
    Some(NewCampaign {
        slug: slug?,
        title: title?,
        text: text?,
        price_per_tree: price_per_tree?,
        goal,
        presets,
        starts_at,
        ends_at,
        position,
        draft,
    })
}
