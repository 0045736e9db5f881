//! Background work.

use domain::ports::{JobRecord, JobStatus};
use domain::{Instant, JobId};

use super::ListPage;
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Column, Field, Filters, Kind, Pager, PostButton, Table};
use crate::admin::words;
use crate::form::FieldError;
use crate::texts::Texts;
use crate::views::address;

/// Jobs and the place after them; or what is wrong with the filter.
pub(crate) type Found<'a> = Result<(&'a [JobRecord], Option<(Instant, JobId)>), FieldError>;

/// The list of them.
pub(crate) fn jobs_page(operator: &Operator, notice: Option<&str>, found: Found<'_>) -> ListPage {
    let texts = Texts(operator.language);
    let layout = AdminLayout::new(operator, Section::Jobs, &texts.get("admin-jobs")).notice(notice);
    let errors: Vec<FieldError> = found.as_ref().err().cloned().into_iter().collect();
    let kind = Kind::Choice(words::job_statuses(texts));
    let status = Field::new("status", texts.get("admin-column-status"), operator.asked("status"), kind);
    let filters = Filters::new(operator, vec![status.checked(&errors)]);
    let found = found.ok().map(|(jobs, next)| {
        (jobs_table(operator, &layout, jobs), Pager::new(operator, next.map(|(at, id)| (at, id.0))))
    });
    ListPage::new(layout, filters, found)
}

/// Jobs as a table. A dead letter has a button for whoever may press it.
pub(crate) fn jobs_table(operator: &Operator, layout: &AdminLayout, jobs: &[JobRecord]) -> Table {
    let texts = Texts(operator.language);
    let column = |key| Column::text(texts.get(key));
    let mut columns = vec![
        column("admin-column-queued"),
        column("admin-column-task"),
        column("admin-column-for"),
        column("admin-column-status"),
        Column::number(texts.get("admin-column-tries")),
        column("admin-column-due"),
        column("admin-column-cause"),
    ];
    let retry = layout.may_change && jobs.iter().any(|job| job.status == JobStatus::Parked);
    if retry {
        columns.push(column("admin-column-act"));
    }
    let row = |job: &JobRecord| {
        let mut cells = vec![
            Cell::time(job.queued_at),
            Cell::Text(words::task(texts, job.task)),
            whom(job, operator),
            words::status(texts, "job", job.status.word()),
            Cell::Text(job.tries.to_string()),
            Cell::time(job.due_at),
            Cell::maybe(job.note.as_ref()),
        ];
        if retry {
            cells.push(if job.status == JobStatus::Parked { button(job, layout) } else { Cell::Nothing });
        }
        cells
    };
    Table {
        id: "jobs",
        caption: texts.get("admin-jobs"),
        columns,
        rows: jobs.iter().map(row).collect(),
        none: texts.get("admin-jobs-none"),
    }
}

fn whom(job: &JobRecord, operator: &Operator) -> Cell {
    let texts = Texts(operator.language);
    match (job.task.donation(), job.task.account()) {
        (Some(id), _) => Cell::LinkTwo {
            href: address(&format!("/admin/donations/{id}"), &[("lang", operator.language.code())]),
            text: texts.get("admin-a-donation"),
            below: id.to_string(),
        },
        (None, Some(id)) => Cell::Two(texts.get("admin-an-account"), id.to_string()),
        (None, None) => Cell::Nothing,
    }
}

fn button(job: &JobRecord, layout: &AdminLayout) -> Cell {
    Cell::Button(PostButton {
        action: layout.page(&format!("/admin/jobs/{}/retry", job.id)),
        csrf: layout.csrf.clone(),
        text: layout.get("admin-retry"),
        about: words::task(Texts(layout.language), job.task),
    })
}
