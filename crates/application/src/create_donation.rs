//! Somebody wants to give. One transaction: the donation and the first line of its timeline. Whether the campaign takes
//! donations was read before it; one that closes in between takes this last one too. One whose price changes in between does
//! not: the transaction looks at the price again, and if it is another one everything is decided anew. A donation that was made
//! in time can be paid afterwards: its donor was told so, may be at the payment page already, and money that arrives is never
//! turned away.

use std::collections::BTreeMap;

use domain::donation::{Cause, NewDonation, TimelineEntry, TimelineKind};
use domain::ports::{GatewayMode, InsertDonation, StoreError};
use domain::{
    Campaign, CampaignSlug, CampaignState, Donation, DonationId, Donor, DonorName, GiftError, Instant, Language,
    LineText, Tenge,
};

use crate::House;
use crate::payment_log::log_steps;
use crate::read_campaigns::default_campaign;
use crate::save::ROUNDS;

/// What is to be given, by whom.
#[derive(Debug, Clone)]
pub struct CreateDonation {
    /// Who gives.
    pub donor: Donor,
    /// How much; from the trees if it is not said.
    pub amount: Option<Tenge>,
    /// How many trees; from the amount if it is not said.
    pub trees: Option<u32>,
    /// What for; if it is not said, the first campaign that takes donations.
    pub campaign: Option<CampaignSlug>,
    /// What the donor wishes to say.
    pub message: Option<LineText<500>>,
    /// The name on the certificate, where it is not the donor's own.
    pub certificate_name: Option<DonorName>,
    /// Whether the donor's name stays out of public lists.
    pub anonymous: bool,
    /// The language of the certificate and the mails.
    pub language: Language,
    /// Who asks, in which request.
    pub cause: Cause,
}

/// Why no donation was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateDonationError {
    /// No campaign of this slug.
    #[error("there is no such campaign")]
    UnknownCampaign,
    /// It takes donations later.
    #[error("the campaign has not begun")]
    CampaignNotStarted,
    /// It takes none any longer.
    #[error("the campaign is over")]
    CampaignClosed,
    /// The amount and the trees make no gift.
    #[error(transparent)]
    Gift(#[from] GiftError),
    /// Less than the least that can be given.
    #[error("less than {0}")]
    TooSmall(Tenge),
    /// More than the most that can be given.
    #[error("more than {0}")]
    TooLarge(Tenge),
    /// The name for the certificate has letters that no certificate can show.
    #[error("no certificate can show {}", .characters.iter().collect::<String>())]
    Unprintable {
        /// Where the name comes from.
        name: NameOnCertificate,
        /// The letters, each once.
        characters: Vec<char>,
    },
    /// The store failed; no donation was made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where the name for the certificate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOnCertificate {
    /// It was given for the certificate.
    Given,
    /// It is the donor's own.
    DonorsOwn,
}

/// Makes a donation, `pending`.
///
/// # Errors
/// [`CreateDonationError`]; then nothing was stored.
#[tracing::instrument(target = "telemetry", name = "create_donation", skip_all)]
pub async fn create_donation(house: &House, command: CreateDonation) -> Result<Donation, CreateDonationError> {
    check_name(house, &command)?;
    for _ in 0..ROUNDS {
        let donation = decide(house, &command).await?;
        let entry = TimelineEntry {
            at: donation.created_at,
            kind: TimelineKind::DonationCreated,
            cause: command.cause.clone(),
            from: donation.status(),
            to: donation.status(),
            details: BTreeMap::from([
                ("amount".to_owned(), donation.gift.amount.to_string()),
                ("trees".to_owned(), donation.gift.trees.to_string()),
            ]),
        };
        if house.donations.insert(&donation, &entry).await? == InsertDonation::Inserted {
            log_steps(None, &donation, std::slice::from_ref(&entry));
            return Ok(donation);
        }
    }
    Err(StoreError::Unavailable("the campaign is being changed by too many at once".to_owned()).into())
}

/// The donation that is wanted, at the price that the campaign has now.
async fn decide(house: &House, command: &CreateDonation) -> Result<Donation, CreateDonationError> {
    let now = house.clock.now();
    let campaign = open_campaign(house, command.campaign.as_ref(), now).await?;
    let gift = campaign.gift(command.amount, command.trees)?;
    let limits = house.settings.limits;
    if gift.amount < limits.min {
        return Err(CreateDonationError::TooSmall(limits.min));
    }
    if gift.amount > limits.max {
        return Err(CreateDonationError::TooLarge(limits.max));
    }
    let new = NewDonation {
        id: DonationId(house.ids.next()),
        donor: command.donor.clone(),
        gift,
        campaign_title: campaign.title.get(command.language).clone(),
        campaign: campaign.slug,
        message: command.message.clone(),
        certificate_name: command.certificate_name.clone(),
        anonymous: command.anonymous,
        language: command.language,
        test_mode: house.gateway.mode() == GatewayMode::Test,
    };
    Ok(Donation::new(new, now))
}

async fn open_campaign(
    house: &House,
    slug: Option<&CampaignSlug>,
    now: Instant,
) -> Result<Campaign, CreateDonationError> {
    let campaign = match slug {
        Some(slug) => house.campaigns.find(slug).await?,
        None => default_campaign(house).await?,
    };
    let campaign = campaign.ok_or(CreateDonationError::UnknownCampaign)?;
    match campaign.state_at(now) {
        CampaignState::Open => Ok(campaign),
        CampaignState::Upcoming => Err(CreateDonationError::CampaignNotStarted),
        CampaignState::Closed => Err(CreateDonationError::CampaignClosed),
    }
}

/// What is promised with the donation must be possible once it is paid: the certificate bears this name.
fn check_name(house: &House, command: &CreateDonation) -> Result<(), CreateDonationError> {
    let (name, text) = match &command.certificate_name {
        Some(given) => (NameOnCertificate::Given, given),
        None => (NameOnCertificate::DonorsOwn, &command.donor.name),
    };
    let characters = house.renderer.unprintable(text.as_str());
    if characters.is_empty() { Ok(()) } else { Err(CreateDonationError::Unprintable { name, characters }) }
}
