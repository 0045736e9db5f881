//! `GET`, `POST /admin/reconciliation`

use actix_web::{HttpRequest, HttpResponse, web};
use application::books::{CompareNowError, compare_now, day_books, month_report};
use domain::ports::StoreError;
use domain::reconciliation::{Day, Month};

use crate::admin::operator::{Operator, notice};
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{DayPage, MonthPage};
use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::texts::Texts;
use crate::views::address;

const NOTICES: [(&str, &str); 3] =
    [("comparing", "books-notice-comparing"), ("busy", "books-notice-busy"), ("asked", "books-notice-asked")];

/// A day, a month, or this month.
pub(crate) async fn show(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    let notice = notice(&request, &NOTICES);
    let date = operator.asked("date");
    let answer = match Day::parse(date) {
        Some(day) => of_day(&pages, &operator, (day, notice)).await,
        None => {
            let wrong = (!date.is_empty())
                .then(|| FieldError { field: "date", message: Texts(operator.language).get("books-wrong-day") });
            of_month(&pages, &operator, wrong.as_slice()).await
        }
    };
    answer.unwrap_or_else(|error| broken(&error, operator.language))
}

async fn of_day(
    pages: &Pages,
    operator: &Operator,
    (day, notice): (Day, Option<&str>),
) -> Result<HttpResponse, StoreError> {
    let books = day_books(&pages.house, day).await?;
    Ok(DayPage::new(operator, &books, Day::of(pages.house.clock.now())).notice(notice).answer())
}

/// The month that the address names, with what is wrong with its forms; the month that it is, if it names none.
pub(super) async fn of_month(
    pages: &Pages,
    operator: &Operator,
    errors: &[FieldError],
) -> Result<HttpResponse, StoreError> {
    let today = Day::of(pages.house.clock.now());
    let asked = Month::parse(operator.asked("month")).filter(|month| month.period().first() <= today);
    let Some(month) = asked.or_else(|| Month::of(today)) else {
        return Err(StoreError::Failed("the clock stands beyond the calendar".to_owned()));
    };
    let report = month_report(&pages.house, month).await?;
    let campaigns = pages.house.campaigns.list().await?;
    Ok(MonthPage::new(operator, (&report, today), (&campaigns, errors)).answer())
}

/// Has a day compared, and leads back to it. Its page tells how far that is.
pub(crate) async fn compare(
    pages: web::Data<Pages>,
    operator: Operator,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let wrong = |key: &str| FieldError { field: "date", message: Texts(operator.language).get(key) };
    let refused = match Day::parse(posted.get("date")) {
        None => wrong("books-wrong-day"),
        Some(day) => match compare_now(&pages.house, day, operator.cause(), (pages.pace)()).await {
            Ok(comparison) => {
                actix_web::rt::spawn(comparison);
                return back(&operator, day, "comparing");
            }
            Err(CompareNowError::UnderWay) => return back(&operator, day, "busy"),
            Err(CompareNowError::NotBegun) => wrong("books-day-not-begun"),
            Err(CompareNowError::TooOld) => wrong("books-day-too-old"),
            Err(CompareNowError::Store(error)) => return broken(&error, operator.language),
        },
    };
    let page = of_month(&pages, &operator, &[refused]).await;
    page.unwrap_or_else(|error| broken(&error, operator.language))
}

fn back(operator: &Operator, day: Day, notice: &str) -> HttpResponse {
    let query = [("lang", operator.language.code()), ("date", &*day.to_string()), ("notice", notice)];
    see_other(&address("/admin/reconciliation", &query))
}
