//! What the administration's templates are filled with.

mod acts;
mod audit;
mod campaign_form;
mod campaigns;
mod dashboard;
mod day;
mod deliveries;
mod delivery;
mod donation;
mod donations;
mod failed;
mod home;
mod jobs;
mod list;
mod month;
mod refund;
mod refusal;
mod story;
mod trouble;

pub(super) use audit::audit_page;
pub(super) use campaign_form::CampaignForm;
pub(super) use campaigns::CampaignList;
pub(super) use day::DayPage;
pub(super) use deliveries::{deliveries_page, deliveries_table};
pub(super) use delivery::DeliveryPage;
pub(super) use donation::DonationPage;
pub(super) use donations::donations_page;
pub(super) use failed::{ActForm, Failed};
pub(super) use home::HomePage;
pub(super) use jobs::{jobs_page, jobs_table};
pub(super) use list::ListPage;
pub(super) use month::MonthPage;
pub(super) use refund::RefundPage;
pub(super) use refusal::RefusalPage;
pub(super) use trouble::TroublePage;
