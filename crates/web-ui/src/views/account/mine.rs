//! A donor's donations.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::Duty;
use askama::Template;
use domain::donation::AttemptState;
use domain::ports::PageCursor;
use domain::{Account, CertificateStatus, Donation, Instant, Language};

use crate::answer::html;
use crate::money::money;
use crate::next_page::{ADMINISTRATION, MY_DONATIONS};
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::layout::{Corner, Layout, address};

#[derive(Template)]
#[template(path = "account/mine.html")]
pub(crate) struct MyDonationsPage {
    layout: Layout,
    notice: Option<String>,
    /// Where an operator goes on to the administration.
    administration: Option<String>,
    /// Whether the address has yet to be proved.
    unconfirmed: bool,
    donations: Vec<Item>,
    /// Where the newest ones are, if these are not.
    newest: Option<String>,
    /// Where the next older ones are, if there are any.
    older: Option<String>,
}

struct Item {
    href: String,
    date: String,
    /// For programs.
    date_iso: String,
    campaign: String,
    amount: String,
    trees: String,
    word: &'static str,
    status: String,
    certificate: Option<String>,
}

impl MyDonationsPage {
    /// The page that begins after `after`; `next` is where the one after it begins.
    pub(crate) fn new(
        (visitor, account): (&Visitor, &Account),
        donations: &[Donation],
        (after, next): (Option<PageCursor>, Option<PageCursor>),
        language: Language,
    ) -> Self {
        let texts = Texts(language);
        let layout = Layout::new(language, &texts.get("mine-heading"), MY_DONATIONS).seen_by(visitor, MY_DONATIONS);
        Self {
            notice: None,
            administration: Duty::Look.is_given_to(account.role).then(|| layout.page(ADMINISTRATION)),
            unconfirmed: account.email_confirmed_at.is_none(),
            donations: donations.iter().map(|donation| item(donation, &layout)).collect(),
            newest: after.map(|_| layout.page(MY_DONATIONS)),
            older: next.map(|next| address(MY_DONATIONS, &[("lang", layout.code()), ("after", &written(&next))])),
            layout,
        }
    }

    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.map(|key| self.layout.get(key));
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        html(self, StatusCode::OK, self.layout.language, self.layout.forms())
    }
}

/// A place in the list, for an address. [`place`](crate::handlers::account::mine) reads it.
fn written(cursor: &PageCursor) -> String {
    format!("{}.{}", cursor.created_at.timestamp_micros(), cursor.id)
}

fn item(donation: &Donation, layout: &Layout) -> Item {
    let texts = Texts(layout.language);
    let path = format!("/donations/{}", donation.id);
    let certificate = donation.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid);
    Item {
        date: date(donation.created_at, layout.language, "%d.%m.%Y"),
        date_iso: date(donation.created_at, Language::Kk, "%Y-%m-%d"),
        campaign: donation.campaign_title.to_string(),
        amount: money(donation.gift.amount),
        trees: texts.trees(donation.gift.trees_after_refund(donation.refunded())),
        word: donation.status().word(),
        status: texts.get(&status_key(donation)),
        certificate: certificate.map(|_| layout.page(&format!("{path}/certificate.pdf"))),
        href: layout.page(&path),
    }
}

/// Money that was taken, but not what was agreed, waits for a person to settle it, whatever the status is.
fn status_key(donation: &Donation) -> String {
    let mismatched = donation.attempts.iter().any(|attempt| matches!(attempt.state, AttemptState::Mismatched(_)));
    if mismatched && !donation.status().was_paid() {
        return "status-review".to_owned();
    }
    format!("status-{}", donation.status().word())
}

/// Kazakhstan's clocks have been five hours ahead of UTC since 2024.
const KAZAKHSTAN: Duration = Duration::from_secs(5 * 60 * 60);

/// The day on Kazakhstan's calendars.
fn date(instant: Instant, language: Language, format: &str) -> String {
    let format = if language == Language::En { "%-d %B %Y" } else { format };
    (instant + KAZAKHSTAN).format(format).to_string()
}
