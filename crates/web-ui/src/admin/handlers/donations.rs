//! `GET /admin/donations`

use actix_web::{HttpResponse, web};
use application::{ListDonations, campaign_is_known, donation_filter, list_donations};
use domain::DonationId;
use domain::ports::{DonationFilter, DonationScope, PageCursor, StoreError};

use super::{ON_A_PAGE, filter_error};
use crate::admin::operator::Operator;
use crate::admin::parts::place;
use crate::admin::views::donations_page;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::money::parse_whole_number;
use crate::pages::Pages;

/// Everybody's, newest first.
pub(crate) async fn list(pages: web::Data<Pages>, operator: Operator) -> HttpResponse {
    match found(&pages, &operator).await {
        Ok(answer) => answer,
        Err(error) => broken(&error, operator.language),
    }
}

async fn found(pages: &Pages, operator: &Operator) -> Result<HttpResponse, StoreError> {
    let (scope, filter) = match asked_for(pages, operator).await? {
        Ok(asked_for) => asked_for,
        Err(errors) => return refused(pages, operator, errors).await,
    };
    let after = place(operator).map(|(created_at, id)| PageCursor { created_at, id: DonationId(id) });
    let list = ListDonations { scope, filter, after, limit: ON_A_PAGE };
    let (donations, next) = list_donations(&pages.house, list).await?;
    let campaigns = pages.house.campaigns.list().await?;
    Ok(donations_page(operator, &campaigns, Ok((&donations, next))).answer())
}

/// The page says by its fields what cannot be.
async fn refused(pages: &Pages, operator: &Operator, errors: Vec<FieldError>) -> Result<HttpResponse, StoreError> {
    let campaigns = pages.house.campaigns.list().await?;
    Ok(donations_page(operator, &campaigns, Err(errors)).answer())
}

/// What the page's address asks for; what is wrong with it, field by field.
pub(super) async fn asked_for(
    pages: &Pages,
    operator: &Operator,
) -> Result<Result<(DonationScope, DonationFilter), Vec<FieldError>>, StoreError> {
    let read = donation_filter(&as_programs_write(operator));
    let mut errors: Vec<_> = read.as_ref().err().into_iter().flatten().map(|error| (error.field, error.code)).collect();
    if let Ok(filter) = &read
        && !campaign_is_known(&pages.house, filter).await?
    {
        errors.push(("campaign", "unknown_campaign"));
    }
    let scope = match operator.asked("flagged") {
        "" | "false" => DonationScope::All,
        "true" => DonationScope::Flagged,
        _ => {
            errors.push(("flagged", "not_boolean"));
            DonationScope::All
        }
    };
    let errors: Vec<_> = errors.into_iter().map(|(field, code)| filter_error(operator, field, code)).collect();
    Ok(match read {
        Ok(filter) if errors.is_empty() => Ok((scope, filter)),
        Ok(_) | Err(_) => Err(errors),
    })
}

/// People write `5 000 ₸`.
fn as_programs_write(operator: &Operator) -> Vec<(String, String)> {
    let plain = |(name, value): &(String, String)| {
        let amount = name.ends_with("_amount").then(|| parse_whole_number(value)).flatten();
        (name.clone(), amount.map_or_else(|| value.clone(), |amount| amount.to_string()))
    };
    operator.query.iter().map(plain).collect()
}
