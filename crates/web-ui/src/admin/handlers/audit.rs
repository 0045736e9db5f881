//! `GET /admin/audit`

use actix_web::{HttpResponse, web};
use application::{account_with_address, instant_of, list_audit};
use domain::audit::AuditAction;
use domain::ports::{AuditQuery, StoreError};
use domain::{AccountId, AuditId, DonorEmail};
use uuid::Uuid;

use super::{ON_A_PAGE, chosen, filter_error};
use crate::admin::operator::Operator;
use crate::admin::parts::place;
use crate::admin::people::People;
use crate::admin::views::audit_page;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::pages::Pages;

/// Who did what, newest first. Somebody is named by `who`: an address is no word for the record, which keeps `actor`.
pub(crate) async fn list(pages: web::Data<Pages>, operator: Operator) -> HttpResponse {
    match found(&pages, &operator).await {
        Ok(answer) => answer,
        Err(error) => broken(&error, operator.language),
    }
}

async fn found(pages: &Pages, operator: &Operator) -> Result<HttpResponse, StoreError> {
    let query = match query(pages, operator).await? {
        Ok(query) => query,
        Err(errors) => return Ok(audit_page(operator, Err(errors)).answer()),
    };
    let (entries, next) = list_audit(&pages.house, query).await?;
    let actors = entries.iter().filter_map(|entry| entry.actor.account().map(|(account, _)| account));
    let people = People::of(&pages.house, actors).await?;
    Ok(audit_page(operator, Ok((&entries, &people, next))).answer())
}

async fn query(pages: &Pages, operator: &Operator) -> Result<Result<AuditQuery, Vec<FieldError>>, StoreError> {
    let mut errors = Vec::new();
    let mut note = |error| errors.push(error);
    let action = chosen(operator, "action", AuditAction::from_word).unwrap_or_else(|error| {
        note(error);
        None
    });
    let mut day = |field: &'static str| match operator.asked(field) {
        "" => None,
        typed => instant_of(typed).or_else(|| {
            note(filter_error(operator, field, "invalid_date"));
            None
        }),
    };
    let (from, to) = (day("from"), day("to"));
    let account: Option<AccountId> = match operator.asked("who").trim() {
        "" => None,
        typed => match account_called(pages, typed).await? {
            Some(account) => Some(account),
            None => {
                errors.push(filter_error(operator, "who", "unknown_account"));
                None
            }
        },
    };
    let after = place(operator).map(|(at, id)| (at, AuditId(id)));
    let query = AuditQuery { account, action, from, to, after, limit: ON_A_PAGE };
    Ok(if errors.is_empty() { Ok(query) } else { Err(errors) })
}

/// The account that somebody means who types its address or its id; `None` if there is none of that address. An id is taken as it is:
/// what an account did outlives it.
async fn account_called(pages: &Pages, typed: &str) -> Result<Option<AccountId>, StoreError> {
    if let Ok(id) = Uuid::try_parse(typed) {
        return Ok(Some(AccountId(id)));
    }
    let Ok(email) = DonorEmail::parse(typed) else { return Ok(None) };
    account_with_address(&pages.house, &email).await
}
