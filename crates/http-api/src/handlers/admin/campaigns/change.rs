//! `PATCH /api/admin/campaigns/{slug}`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::{CampaignPatch, change_campaign};

use super::shown;
use crate::extract::{AdminAccount, Cause, Fields, IfMatch, JsonBody, PICTURE_ALT, PathCampaign, TEXT, TITLE};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;

/// What is not there stays. `null` takes a goal, a start or an end away. `version`, or `If-Match`, says which version the caller has
/// seen: 409 if it is another one by now.
///
/// # Errors
/// 401, 403, 404, 409, 422.
pub async fn change(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathCampaign(slug): PathCampaign,
    (IfMatch(matched), JsonBody(mut fields)): (IfMatch, JsonBody),
) -> Result<HttpResponse, Problem> {
    let patch = parse(&mut fields);
    let version = fields.version("version");
    if version.is_some() && matched.is_some() && version != matched {
        fields.wrong(FieldError::new("version", "invalid_version"));
    }
    fields.nothing_else();
    fields.finish()?;
    let cause = Cause::account(&account, &request);
    let managed = change_campaign(&state.house, &slug, patch, version.or(matched), &cause).await?;
    Ok(shown(StatusCode::OK, &managed, &state))
}

fn parse(fields: &mut Fields) -> CampaignPatch {
    CampaignPatch {
        title: fields.lines(TITLE),
        text: fields.paragraphs(TEXT),
        picture_alt: fields.lines(PICTURE_ALT),
        price_per_tree: fields.tenge("price_per_tree"),
        goal: fields.nullable("goal", Fields::tenge),
        presets: fields.amounts("presets"),
        starts_at: fields.nullable("starts_at", Fields::instant),
        ends_at: fields.nullable("ends_at", Fields::instant),
        position: fields.place("position"),
        draft: fields.optional_flag("draft"),
    }
}
