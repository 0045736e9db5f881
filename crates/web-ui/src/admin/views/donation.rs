//! One donation, with everything that belongs to it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::DonationStory;
use askama::Template;
use domain::Donation;
use domain::donation::OperatorAct;

use super::acts::ActsPanel;
use super::donations::statuses;
use super::failed::Failed;
use super::story::{attempts, certificates, facts, refunds, reviews, timeline};
use super::{deliveries_table, jobs_table};
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Facts, Table};
use crate::admin::people::People;
use crate::money::money;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "admin/donation.html")]
pub(crate) struct DonationPage {
    layout: AdminLayout,
    statuses: Cell,
    facts: Facts,
    panel: ActsPanel,
    reviews: Option<Table>,
    attempts: Table,
    refunds: Table,
    certificates: Table,
    deliveries: Table,
    jobs: Table,
    timeline: Table,
    status: StatusCode,
    donation: Donation,
    acts: Vec<OperatorAct>,
}

impl DonationPage {
    /// The page, with the buttons for these acts.
    pub(crate) fn new(
        operator: &Operator,
        donation: &Donation,
        (story, people): (&DonationStory, &People),
        acts: &[OperatorAct],
    ) -> Self {
        let texts = Texts(operator.language);
        let amount = money(donation.gift.amount);
        let heading = texts.fill("admin-donation-heading", &[("amount", Arg::Text(amount))]);
        let path = format!("/admin/donations/{}", donation.id);
        let layout = AdminLayout::new(operator, Section::Donations, &heading).at(&path);
        Self {
            statuses: Cell::Several(statuses(donation, texts)),
            facts: facts(donation, people, texts),
            panel: ActsPanel::new(&layout, donation, acts, None),
            reviews: (!donation.reviews.is_empty()).then(|| reviews(donation, people, texts)),
            attempts: attempts(donation, texts),
            refunds: refunds(donation, texts),
            certificates: certificates(donation, texts),
            deliveries: deliveries_table(operator, &story.deliveries),
            jobs: jobs_table(operator, &layout, &story.jobs),
            timeline: timeline(&story.timeline, people, texts),
            status: StatusCode::OK,
            donation: donation.clone(),
            acts: acts.to_owned(),
            layout,
        }
    }

    /// With the text of `key` as what was done just now.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.layout = self.layout.notice(key);
        self
    }

    /// With what was typed, and why it was not done.
    pub(crate) fn failed(mut self, failed: Failed) -> Self {
        let text = self.layout.get(failed.trouble);
        self.layout = self.layout.trouble(text);
        self.panel = ActsPanel::new(&self.layout, &self.donation, &self.acts, Some(&failed));
        self.status = failed.status;
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        self.layout.answer(self, self.status)
    }
}
