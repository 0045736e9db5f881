//! What an operator sees first: how much came in, what waits for a person, and how both went lately.

use application::{Attention, BucketFigures, Dashboard, Stats};
use domain::Tenge;
use domain::donation::DeclineReason;
use domain::ports::{Brake, Figures};
use domain::reconciliation::Day;

use crate::admin::parts::{Cell, Chart, ChartTexts, Column, Pair, Table, day_text, month_text};
use crate::money::{grouped, money};
use crate::texts::{Arg, Texts};
use crate::views::address;

/// The parts of the page, each ready to be written down.
pub(crate) struct DashboardParts {
    pub(crate) tiles: Vec<Tile>,
    pub(crate) tasks: Vec<Todo>,
    pub(crate) compared: Table,
    pub(crate) charts: [Chart; 3],
    pub(crate) reasons: Vec<Reason>,
}

/// A number to see at a glance.
pub(crate) struct Tile {
    pub(crate) id: &'static str,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) below: String,
    /// What to measure it by.
    pub(crate) before: String,
}

/// Something that waits for a person.
pub(crate) struct Todo {
    pub(crate) id: &'static str,
    pub(crate) text: String,
    /// Where it is settled: addresses and their names.
    pub(crate) links: Vec<(String, String)>,
    /// Links that did not find room.
    pub(crate) more: Option<String>,
}

/// Why payments were declined.
pub(crate) struct Reason {
    pub(crate) text: String,
    pub(crate) count: String,
    /// Of a hundred declines so many.
    pub(crate) percent: u64,
}

/// More links of one kind are a list, and not what somebody does next.
const MOST_LINKS: usize = 7;

impl DashboardParts {
    pub(crate) fn new(dashboard: &Dashboard, texts: Texts) -> Self {
        Self {
            tiles: tiles(dashboard, texts),
            tasks: tasks(&dashboard.attention, texts),
            compared: compared(dashboard, texts),
            charts: [
                money_by_day(&dashboard.days, texts),
                conversion(&dashboard.days, texts),
                by_month(&dashboard.months, texts),
            ],
            reasons: reasons(&dashboard.days.declines, texts),
        }
    }
}

fn tiles(dashboard: &Dashboard, texts: Texts) -> Vec<Tile> {
    let tile = |id, name: &str, figures: &Figures, (key, before): (&str, &Figures)| Tile {
        id,
        name: texts.get(name),
        number: money(figures.net()),
        below: texts.fill("dash-donations", &[("donations", Arg::Count(figures.paid))]),
        before: texts.fill(key, &[("amount", Arg::Money(before.net()))]),
    };
    let (today, month) = (&dashboard.today, &dashboard.month);
    let percent = dashboard.days.total.conversion_percent();
    let conversion = Tile {
        id: "tile-conversion",
        name: texts.get("dash-conversion"),
        number: percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent}\u{a0}%")),
        below: texts.fill(
            "dash-conversion-of",
            &[
                ("paid", Arg::Count(dashboard.days.total.converted)),
                ("started", Arg::Count(dashboard.days.total.started)),
            ],
        ),
        before: texts.get("dash-last-thirty-days"),
    };
    vec![
        tile("tile-today", "dash-today", today, ("dash-yesterday-was", &dashboard.yesterday)),
        tile("tile-month", "dash-month", month, ("dash-month-before-was", &dashboard.month_before_so_far)),
        conversion,
    ]
}

/// One row a period, so that on a narrow screen each is a card.
fn compared(dashboard: &Dashboard, texts: Texts) -> Table {
    let columns =
        ["dash-net", "dash-refunded", "dash-paid", "dash-started", "dash-converted", "dash-trees", "dash-donors"];
    let periods = [
        ("dash-today", &dashboard.today),
        ("dash-yesterday", &dashboard.yesterday),
        ("dash-month", &dashboard.month),
        ("dash-month-before-so-far", &dashboard.month_before_so_far),
        ("dash-month-before", &dashboard.month_before),
    ];
    let row = |(name, figures): (&str, &Figures)| {
        let percent = figures.conversion_percent().map(|percent| format!(" ({percent}\u{a0}%)")).unwrap_or_default();
        let number = |number| Cell::Text(grouped(number));
        vec![
            Cell::Text(texts.get(name)),
            Cell::money(figures.net()),
            Cell::money(figures.refunded),
            number(figures.paid),
            number(figures.started),
            Cell::Text(format!("{}{percent}", grouped(figures.converted))),
            number(figures.trees),
            number(figures.donors),
        ]
    };
    let mut headings = vec![Column::text(texts.get("dash-period"))];
    headings.extend(columns.map(|key| Column::number(texts.get(key))));
    Table {
        id: "compared",
        caption: texts.get("dash-compared"),
        columns: headings,
        rows: periods.into_iter().map(row).collect(),
        none: String::new(),
    }
}

fn chart_texts(texts: Texts, title: &str, summary: String, legend: (&str, &str)) -> ChartTexts {
    let column = if title == "dash-chart-months" { "dash-one-month" } else { "dash-one-day" };
    ChartTexts {
        title: texts.get(title),
        summary,
        legend: (texts.get(legend.0), texts.get(legend.1)),
        table: (texts.get(column), texts.get("dash-as-table")),
    }
}

fn money_by_day(days: &Stats, texts: Texts) -> Chart {
    let total = &days.total;
    let summary = texts.fill(
        "dash-chart-money-summary",
        &[
            ("net", Arg::Money(total.net())),
            ("refunded", Arg::Money(total.refunded)),
            ("donations", Arg::Count(total.paid)),
        ],
    );
    let texts = chart_texts(texts, "dash-chart-money", summary, ("dash-amount", "dash-net"));
    Chart::new(
        "chart-money",
        texts,
        days.buckets.iter().map(|bucket| money_pair(bucket, day_text)).collect(),
        whole_tenge,
    )
}

fn by_month(months: &Stats, texts: Texts) -> Chart {
    let total = &months.total;
    let summary = texts.fill(
        "dash-chart-months-summary",
        &[
            ("net", Arg::Money(total.net())),
            ("donations", Arg::Count(total.paid)),
            ("donors", Arg::Count(total.donors)),
        ],
    );
    let texts = chart_texts(texts, "dash-chart-months", summary, ("dash-amount", "dash-net"));
    let pairs = months.buckets.iter().map(|bucket| money_pair(bucket, month_text)).collect();
    Chart::new("chart-months", texts, pairs, whole_tenge)
}

fn conversion(days: &Stats, texts: Texts) -> Chart {
    let total = &days.total;
    let percent = total.conversion_percent().unwrap_or(0);
    let summary = texts.fill(
        "dash-chart-conversion-summary",
        &[
            ("started", Arg::Count(total.started)),
            ("paid", Arg::Count(total.converted)),
            ("percent", Arg::Count(percent)),
        ],
    );
    let pair = |bucket: &BucketFigures| Pair {
        name: day_text(bucket.from),
        whole: bucket.figures.started,
        part: bucket.figures.converted,
        words: (grouped(bucket.figures.started), grouped(bucket.figures.converted)),
    };
    let texts = chart_texts(texts, "dash-chart-conversion", summary, ("dash-started", "dash-converted"));
    Chart::new("chart-conversion", texts, days.buckets.iter().map(pair).collect(), grouped)
}

fn money_pair(bucket: &BucketFigures, name: impl Fn(Day) -> String) -> Pair {
    let (amount, net) = (bucket.figures.amount, bucket.figures.net());
    let number = |amount: Tenge| u64::try_from(amount.get()).unwrap_or_default();
    Pair { name: name(bucket.from), whole: number(amount), part: number(net), words: (money(amount), money(net)) }
}

fn whole_tenge(number: u64) -> String {
    format!("{}\u{a0}₸", grouped(number))
}

fn reasons(declines: &[(DeclineReason, u64)], texts: Texts) -> Vec<Reason> {
    let all: u64 = declines.iter().map(|(_, count)| count).sum();
    let reason = |(reason, count): &(DeclineReason, u64)| Reason {
        text: texts.get(&format!("dash-reason-{}", reason.word())),
        count: grouped(*count),
        percent: count * 100 / all.max(1),
    };
    declines.iter().map(reason).collect()
}

fn tasks(attention: &Attention, texts: Texts) -> Vec<Todo> {
    let lang = texts.0.code();
    let waiting = &attention.waiting;
    let list =
        |path: &str, name: &str, value: &str| (address(path, &[("lang", lang), (name, value)]), texts.get("dash-show"));
    let count = |key: &str, number: u64| texts.fill(key, &[("number", Arg::Count(number))]);
    let todo = |id, text, links: Vec<(String, String)>| Todo { id, text, links, more: None };
    let mut tasks = Vec::new();
    if attention.brake.as_ref().is_some_and(Brake::is_pulled) {
        let link = ("#brake".to_owned(), texts.get("dash-show"));
        tasks.push(todo("todo-brake", texts.get("dash-todo-brake"), vec![link]));
    }
    if waiting.flagged > 0 {
        let reason = |&(review, number): &(domain::Review, u64)| {
            format!("{}: {}", texts.get(&format!("dash-review-{}", review.word())), grouped(number))
        };
        let reasons: Vec<_> = waiting.reviews.iter().map(reason).collect();
        let text = format!("{} {}", count("dash-todo-reviews", waiting.flagged), reasons.join("; "));
        tasks.push(todo("todo-reviews", text, vec![list("/admin/donations", "flagged", "true")]));
    }
    if waiting.parked_jobs > 0 {
        let link = list("/admin/jobs", "status", "parked");
        tasks.push(todo("todo-jobs", count("dash-todo-jobs", waiting.parked_jobs), vec![link]));
    }
    if !waiting.differences.is_empty() {
        let number = waiting.differences.iter().map(|(_, number)| number).sum();
        let days: Vec<_> = waiting.differences.iter().map(|(day, _)| *day).collect();
        tasks.push(of_days("todo-differences", count("dash-todo-differences", number), &days, texts));
    }
    if !attention.not_compared.is_empty() {
        let days = &attention.not_compared;
        let number = u64::try_from(days.len()).unwrap_or(u64::MAX);
        tasks.push(of_days("todo-days", count("dash-todo-days", number), days, texts));
    }
    if !waiting.stuck_refunds.is_empty() {
        let number = u64::try_from(waiting.stuck_refunds.len()).unwrap_or(u64::MAX);
        let link = |id: &domain::DonationId| {
            let id = id.to_string();
            (
                address(&format!("/admin/donations/{id}"), &[("lang", lang)]),
                id.chars().take(8).collect::<String>() + "…",
            )
        };
        let links = waiting.stuck_refunds.iter().map(link).collect();
        tasks.push(shortened(todo("todo-refunds", count("dash-todo-refunds", number), links), texts));
    }
    if waiting.unmatched > 0 {
        let link = list("/admin/deliveries", "outcome", "unmatched");
        tasks.push(todo("todo-deliveries", count("dash-todo-deliveries", waiting.unmatched), vec![link]));
    }
    tasks
}

fn of_days(id: &'static str, text: String, days: &[Day], texts: Texts) -> Todo {
    let link = |day: &Day| {
        let query = [("lang", texts.0.code()), ("date", &*day.to_string())];
        (address("/admin/reconciliation", &query), day_text(*day))
    };
    shortened(Todo { id, text, links: days.iter().map(link).collect(), more: None }, texts)
}

fn shortened(mut todo: Todo, texts: Texts) -> Todo {
    let more = u64::try_from(todo.links.len().saturating_sub(MOST_LINKS)).unwrap_or_default();
    todo.links.truncate(MOST_LINKS);
    todo.more = (more > 0).then(|| texts.fill("dash-more", &[("number", Arg::Count(more))]));
    todo
}
