//! The mails to operators: the facts of each. A mail says what stood when its cause was noted; only a day's numbers are read when
//! the mail is written.

use domain::alert::{Alert, AlertKind, GatewayFailure};
use domain::ports::{AlertItem, AlertLetter, AlertSubject, Job, Letter, Mail, Notice, SummaryLetter};
use domain::reconciliation::{Day, kazakhstan_clock};
use domain::{AccountId, DonorEmail, Instant, Review};

use super::summary;
use crate::House;
use crate::jobs::Failure;

/// How many causes a mail names one by one; of the others it says how many there are.
const NAMED: u32 = 20;

/// Writes the mail and hands it over. The note says why there was nothing to do.
pub(crate) async fn send(house: &House, job: &Job, account: Option<AccountId>) -> Result<Option<String>, Failure> {
    let notice = house.alerts.notice(job.id, NAMED).await?;
    let notice = notice.ok_or_else(|| Failure::Final("there is no such notice".to_owned()))?;
    let to = match (&notice.address, account) {
        (Some(address), _) => Some(address.clone()),
        (None, Some(id)) => house.accounts.find(id).await?.map(|account| account.email),
        (None, None) => None,
    };
    let Some(to) = to else { return Ok(Some("there is nobody to write to".to_owned())) };
    let letter = letter(house, &notice).await?;
    house.mailer.send(&mail(house, job, (to, &letter))).await?;
    Ok(None)
}

fn mail(house: &House, job: &Job, (to, letter): (DonorEmail, &Letter)) -> Mail {
    let wording = house.letters.write(letter, house.settings.alerts.language);
    Mail {
        id: job.id.0,
        to,
        to_name: None,
        subject: wording.subject,
        text: wording.text,
        html: wording.html,
        attachments: Vec::new(),
        written_at: job.queued_at,
    }
}

async fn letter(house: &House, notice: &Notice) -> Result<Letter, Failure> {
    let nothing = || Failure::Final("the notice tells of nothing".to_owned());
    let (first, _) = notice.alerts.first().ok_or_else(nothing)?;
    if notice.kind == AlertKind::DailySummary {
        let day = Day::parse(&first.subject).ok_or_else(nothing)?;
        let numbers = summary::numbers(house, day).await?;
        return Ok(Letter::Summary(SummaryLetter { day: day.to_string(), numbers, page: page(house, "") }));
    }
    Ok(Letter::Alert(AlertLetter {
        kind: notice.kind,
        phase: notice.phase,
        total: notice.total,
        items: notice.alerts.iter().map(|(alert, ended_at)| item(house, alert, *ended_at)).collect(),
        page: match notice.kind {
            AlertKind::Review => page(house, "/donations?flagged=true"),
            AlertKind::DayDiffers => page(house, "/reconciliation"),
            AlertKind::JobParked => page(house, "/jobs?status=parked"),
            AlertKind::WebhooksSilent => page(house, "/deliveries"),
            AlertKind::GatewayDown | AlertKind::BrakePulled | AlertKind::DailySummary => page(house, ""),
        },
    }))
}

fn page(house: &House, path: &str) -> String {
    format!("{}{path}", house.settings.alerts.pages)
}

fn item(house: &House, alert: &Alert, ended_at: Option<Instant>) -> AlertItem {
    let detail = alert.detail.as_deref().unwrap_or_default();
    let number = || detail.parse().unwrap_or(1);
    let of_donation = || alert.donation.map(|id| page(house, &format!("/donations/{id}")));
    let (subject, page) = match alert.kind {
        AlertKind::Review => {
            let review = Review::from_word(detail).unwrap_or(Review::AmountMismatch);
            (AlertSubject::Review(review), of_donation())
        }
        AlertKind::DayDiffers => {
            let day = alert.subject.clone();
            let at = page(house, &format!("/reconciliation?date={day}"));
            (AlertSubject::Day { day, differences: number() }, Some(at))
        }
        AlertKind::JobParked => (AlertSubject::Job(detail.to_owned()), of_donation()),
        AlertKind::WebhooksSilent => (AlertSubject::Webhooks { orders: number() }, None),
        AlertKind::BrakePulled => (AlertSubject::Brake(alert.detail.clone()), None),
        AlertKind::GatewayDown | AlertKind::DailySummary => {
            let failure = GatewayFailure::from_word(detail).unwrap_or(GatewayFailure::Unreachable);
            (AlertSubject::Gateway(failure), None)
        }
    };
    AlertItem { subject, since: kazakhstan_clock(alert.since), ended: ended_at.map(kazakhstan_clock), page }
}
