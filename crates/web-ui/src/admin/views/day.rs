//! A day against the gateway's books and its certificates.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::books::{DayBooks, meaning, remedy_text};
use askama::Template;
use domain::reconciliation::{Day, Difference, Remedy, Tally};

use super::month::{number_and_money, state};
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Moment, Table, day_text};
use crate::money::{grouped, money};
use crate::texts::Texts;
use crate::views::address;

#[derive(Template)]
#[template(path = "admin/day.html")]
pub(crate) struct DayPage {
    layout: AdminLayout,
    date: String,
    month: String,
    tone: &'static str,
    state: String,
    /// When the latest comparison began and ended.
    times: Vec<(String, Moment)>,
    totals: Option<Table>,
    certificates: Vec<(String, String)>,
    differences: Vec<Found>,
    /// Whether it can be compared.
    begun: bool,
}

/// One difference.
struct Found {
    what: String,
    settled: bool,
    facts: Vec<(String, String)>,
    /// The donation's page and its id.
    donation: Option<(String, String)>,
    remedy: Option<Settling>,
}

/// What settles it.
struct Settling {
    text: String,
    /// The form that asks Ioka again.
    sync: Option<String>,
    /// Whether it is to have the day compared.
    compare: bool,
}

impl DayPage {
    pub(crate) fn new(operator: &Operator, books: &DayBooks, today: Day) -> Self {
        let texts = Texts(operator.language);
        let day = books.day;
        let heading = format!("{} · {}", texts.get("admin-reconciliation"), day_text(day));
        let month = day.to_string().get(..7).unwrap_or_default().to_owned();
        let (tone, state) = state(books, today, texts);
        let report = books.report.as_ref();
        let mut times = Vec::new();
        if let Some(report) = report {
            times.push((texts.get("books-started"), Moment::new(report.started_at)));
            times.extend(report.finished_at.map(|at| (texts.get("books-finished"), Moment::new(at))));
        }
        let figures = &books.figures;
        let fact = |key: &str, value: String| (texts.get(key), value);
        Self {
            layout: AdminLayout::new(operator, Section::Reconciliation, &heading),
            month: address("/admin/reconciliation", &[("lang", texts.0.code()), ("month", &month)]),
            date: day.to_string(),
            tone,
            state,
            times,
            totals: report.map(|report| totals((&report.totals.ours, &report.totals.gateway), texts)),
            certificates: vec![
                fact("books-paid-that-day", grouped(figures.paid)),
                fact("books-kept", number_and_money(figures.kept, figures.net)),
                fact("books-valid", grouped(figures.valid)),
                fact("books-issued", grouped(figures.issued)),
                fact("books-foreign", grouped(report.map_or(0, |report| report.totals.foreign_orders))),
            ],
            differences: report
                .map(|report| report.differences.iter().map(|one| Found::new(one, texts)).collect())
                .unwrap_or_default(),
            begun: day <= today,
        }
    }

    /// With the text of `key` as what was done just now.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.layout = self.layout.notice(key);
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, StatusCode::OK)
    }
}

impl Found {
    fn new(difference: &Difference, texts: Texts) -> Self {
        let fact = |key: &str, value: &str| (texts.get(key), value.to_owned());
        let mut facts = vec![fact("books-order", difference.order.as_str())];
        facts.extend(difference.refund.as_ref().map(|refund| fact("books-refund", &refund.to_string())));
        facts.push(fact("books-ours", difference.ours.as_deref().unwrap_or("–")));
        facts.push(fact("books-theirs", difference.gateway.as_deref().unwrap_or("–")));
        let page = |id: domain::DonationId| format!("/admin/donations/{id}");
        let donation = difference.donation.map(|id| (address(&page(id), &[("lang", texts.0.code())]), id.to_string()));
        let remedy = difference.remedy().map(|remedy| Settling {
            text: remedy_text(remedy, texts.0).to_owned(),
            sync: match remedy {
                Remedy::Sync(id) => Some(format!("{}/sync", page(id))),
                Remedy::Resolve(..) | Remedy::Compare | Remedy::Support => None,
            },
            compare: remedy == Remedy::Compare,
        });
        let what = meaning(difference.kind, texts.0).to_owned();
        Self { what, settled: difference.settled, facts, donation, remedy }
    }
}

fn totals((ours, gateway): (&Tally, &Tally), texts: Texts) -> Table {
    let row = |key: &str, [ours, gateway]: [String; 2]| {
        let same = if ours == gateway { "books-same" } else { "books-differs" };
        let word = if ours == gateway { "completed" } else { "failed" };
        vec![
            Cell::Text(texts.get(key)),
            Cell::Text(ours),
            Cell::Text(gateway),
            Cell::Status { word, text: texts.get(same) },
        ]
    };
    let both = |of: fn(&Tally) -> String| [of(ours), of(gateway)];
    Table {
        id: "totals",
        caption: texts.get("books-totals"),
        columns: vec![
            Column::text(texts.get("books-what")),
            Column::number(texts.get("books-ours")),
            Column::number(texts.get("books-theirs")),
            Column::text(texts.get("books-compared")),
        ],
        rows: vec![
            row("books-orders", both(|tally| grouped(tally.orders))),
            row("books-payments", both(|tally| number_and_money(tally.paid, tally.paid_amount))),
            row("books-refunds", both(|tally| grouped(tally.refunds))),
            row("books-refunded", both(|tally| money(tally.refunded_amount))),
        ],
        none: String::new(),
    }
}
