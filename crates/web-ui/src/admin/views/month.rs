//! A month's books, day by day, and the files.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::books::{DayBooks, MonthReport};
use askama::Template;
use chrono::Datelike as _;
use domain::Campaign;
use domain::ports::FileFormat;
use domain::reconciliation::{Day, Month, ReportStatus};

use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Field, Kind, month_text};
use crate::admin::words;
use crate::form::FieldError;
use crate::money::{grouped, money};
use crate::texts::{Arg, Texts};
use crate::views::address;

#[derive(Template)]
#[template(path = "admin/reconciliation.html")]
pub(crate) struct MonthPage {
    layout: AdminLayout,
    before: String,
    after: Option<String>,
    days: Vec<DayCell>,
    open: Option<String>,
    compare: Field,
    proof: Vec<Field>,
    export: Vec<Field>,
    status: StatusCode,
}

/// A day of the month.
struct DayCell {
    href: String,
    number: String,
    name: String,
    /// Its column in the grid, by the day of the week; of the first day alone.
    column: Option<u32>,
    tone: &'static str,
    state: String,
    sums: String,
}

impl MonthPage {
    pub(crate) fn new(
        operator: &Operator,
        (report, today): (&MonthReport, Day),
        (campaigns, errors): (&[Campaign], &[FieldError]),
    ) -> Self {
        let texts = Texts(operator.language);
        let (first, last) = (report.month.period().first(), report.month.period().last());
        let heading = format!("{} · {}", texts.get("admin-reconciliation"), month_text(first));
        let mut layout = AdminLayout::new(operator, Section::Reconciliation, &heading);
        if operator.path != Section::Reconciliation.path() {
            layout = layout.at(Section::Reconciliation.path());
        }
        if !errors.is_empty() {
            layout = layout.trouble(texts.get("books-look-at-fields"));
        }
        let month = |day: Day| {
            let month = Month::of(day)?.to_string();
            Some(address(Section::Reconciliation.path(), &[("lang", texts.0.code()), ("month", &month)]))
        };
        let open: u64 = report.days.iter().map(open_differences).sum();
        Self {
            before: month(first.before(1)).unwrap_or_default(),
            after: (last < today).then(|| month(last.after(1))).flatten(),
            days: report.days.iter().map(|books| DayCell::new(books, today, texts)).collect(),
            open: (open > 0).then(|| texts.fill("books-open-of-month", &[("number", Arg::Count(open))])),
            compare: day(texts, ("date", "books-compare-day"), (operator.asked("date"), errors)),
            proof: vec![
                day(texts, ("first", "books-first-day"), (&or(operator.asked("first"), first), errors)),
                day(texts, ("last", "books-last-day"), (&or(operator.asked("last"), last.min(today)), errors)),
            ],
            export: export(operator, campaigns, errors),
            status: if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY },
            layout,
        }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, self.status)
    }
}

fn or(asked: &str, day: Day) -> String {
    if asked.is_empty() { day.to_string() } else { asked.to_owned() }
}

fn day(texts: Texts, (name, label): (&'static str, &str), (value, errors): (&str, &[FieldError])) -> Field {
    Field::new(name, texts.get(label), value, Kind::Day).required().checked(errors)
}

fn export(operator: &Operator, campaigns: &[Campaign], errors: &[FieldError]) -> Vec<Field> {
    let texts = Texts(operator.language);
    let any = (String::new(), texts.get("admin-any"));
    let named = campaigns
        .iter()
        .map(|campaign| (campaign.slug.as_str().to_owned(), campaign.title.get(operator.language).to_string()));
    let campaigns = std::iter::once(any).chain(named).collect();
    let formats = FileFormat::ALL.map(|format| (format.word().to_owned(), format.word().to_uppercase())).into();
    let field = |name, key: &str, kind| Field::new(name, texts.get(key), operator.asked(name), kind).checked(errors);
    vec![
        field("from", "admin-filter-from", Kind::Day),
        field("to", "admin-filter-to", Kind::Day),
        field("status", "admin-column-status", Kind::Choice(words::donation_statuses(texts))),
        field("campaign", "admin-column-campaign", Kind::Choice(campaigns)),
        field("format", "books-format", Kind::Choice(formats)),
    ]
}

impl DayCell {
    fn new(books: &DayBooks, today: Day, texts: Texts) -> Self {
        let day = books.day;
        let (tone, state) = state(books, today, texts);
        let number = day.date().day();
        let sums = texts.fill(
            "books-day-sums",
            &[("net", Arg::Money(books.figures.net)), ("paid", Arg::Count(books.figures.paid))],
        );
        Self {
            href: address("/admin/reconciliation", &[("lang", texts.0.code()), ("date", &day.to_string())]),
            number: number.to_string(),
            name: crate::admin::parts::day_text(day),
            column: (number == 1).then(|| day.date().weekday().number_from_monday()),
            tone,
            state,
            sums,
        }
    }
}

/// How a day stands: a colour and a word.
pub(super) fn state(books: &DayBooks, today: Day, texts: Texts) -> (&'static str, String) {
    let open = open_differences(books);
    let certificates = books.figures.kept != books.figures.valid;
    match books.report.as_ref().map(|report| report.status) {
        _ if open > 0 => ("wrong", texts.fill("books-state-open", &[("number", Arg::Count(open))])),
        _ if certificates => ("wrong", texts.get("books-state-certificates")),
        Some(ReportStatus::Done) => ("well", texts.get("books-state-done")),
        Some(ReportStatus::Running) => ("wait", texts.get("books-state-running")),
        Some(ReportStatus::Failed) => ("wrong", texts.get("books-state-failed")),
        None if day_is_over(books.day, today) => ("past", texts.get("books-state-not-compared")),
        None => ("wait", texts.get("books-state-today")),
    }
}

fn day_is_over(day: Day, today: Day) -> bool {
    day < today
}

fn open_differences(books: &DayBooks) -> u64 {
    let differences = books.report.iter().flat_map(|report| &report.differences);
    u64::try_from(differences.filter(|difference| !difference.settled).count()).unwrap_or(u64::MAX)
}

/// A number, and a sum of money.
pub(super) fn number_and_money(number: u64, amount: domain::Tenge) -> String {
    format!("{} · {}", grouped(number), money(amount))
}
