//! Fills a database.

use chrono::TimeDelta;
use diesel_store::Store;
use diesel_store::bulk::{Bulk, Certified, Mailed, Story};
use domain::donation::NewDonation;
use domain::ports::{
    AccountStore as _, CampaignStore, Delivery, DonationFilter, DonationQuery, DonationScope, DonationStore,
};
use domain::{
    AccountMail, Campaign, CampaignState, DeliveryId, DonationId, Donor, DonorEmail, Instant, JobId, LineText, Tenge,
};

use crate::books::Books;
use crate::dice::Dice;
use crate::histories::tell;
use crate::operators::Desk;
use crate::people::People;
use crate::teller::{Teller, work_ends};
use crate::webhooks::stranger;
use crate::words::{messages, names};
use crate::{ADMIN, FillError, Filled, Plan, calendar, campaigns, rarities};

/// How many donations are written in one transaction.
const TOGETHER: usize = 1_000;

/// Makes the charity, in a database that is migrated and has no donations and no operators in it. `progress` hears now and
/// then how many donations are there.
///
/// # Errors
/// [`FillError`]; the database may then have a part of it.
pub async fn fill(store: &Store, plan: &Plan, mut progress: impl FnMut(u32)) -> Result<Filled, FillError> {
    refuse_if_used(store).await?;
    let choices = keep_campaigns(store, plan.now).await?;
    let people = People::of(plan.seed, plan.donations, plan.now, &plan.passwords);
    let mut filled = Filled { accounts: people.donors.len() + 2, ..Filled::default() };
    store.write_bulk(accounts(&people, plan)).await?;

    let mut charity = Charity {
        desk: Desk::of(&people.admin, &people.viewer),
        books: Books::default(),
        certified: Vec::new(),
        made: Vec::with_capacity(plan.donations as usize),
        people,
        choices,
    };
    let moments = calendar::moments(plan.donations, plan.now, &mut Dice::of(plan.seed, 1));
    for (part, moments) in moments.chunks(TOGETHER).enumerate() {
        let first = u64::try_from(part * TOGETHER).unwrap_or_default();
        let mut bulk = Bulk::default();
        for (index, at) in (first..).zip(moments) {
            let (story, deliveries) = charity.donation(*at, plan, Dice::of(plan.seed ^ 0xD0, index));
            bulk.stories.push(story);
            bulk.deliveries.extend(deliveries);
        }
        filled.donations += u32::try_from(bulk.stories.len()).unwrap_or_default();
        filled.deliveries += bulk.deliveries.len();
        store.write_bulk(bulk).await?;
        progress(filled.donations);
    }
    let last = charity.rest(plan);
    (filled.certificates, filled.days, filled.audit) = (last.certificates.len(), last.days.len(), last.audit.len());
    for part in split(last) {
        store.write_bulk(part).await?;
    }
    rarities::happen(store, plan, &charity.made, &charity.people).await?;
    store.analyze().await?;
    Ok(filled)
}

async fn refuse_if_used(store: &Store) -> Result<(), FillError> {
    let query = DonationQuery { scope: DonationScope::All, filter: DonationFilter::default(), after: None, limit: 1 };
    let admin = DonorEmail::parse(ADMIN).map_err(|_| FillError::Unexpected("an address that is none"))?;
    if DonationStore::list(store, &query).await?.is_empty() && store.find_by_email(&admin).await?.is_none() {
        Ok(())
    } else {
        Err(FillError::NotEmpty)
    }
}

/// The campaigns as they are in the database afterwards: the charity may have had one of the same name there before.
async fn keep_campaigns(store: &Store, now: Instant) -> Result<Vec<(u32, Campaign)>, FillError> {
    let mut kept = Vec::new();
    for (weight, campaign) in campaigns::campaigns(now) {
        store.insert_if_absent(&campaign, &[]).await?;
        let found = CampaignStore::find(store, &campaign.slug).await?;
        kept.push((weight, found.unwrap_or(campaign)));
    }
    Ok(kept)
}

fn accounts(people: &People, plan: &Plan) -> Bulk {
    let mut dice = Dice::of(plan.seed, 2);
    let mut bulk = Bulk { accounts: vec![people.admin.clone(), people.viewer.clone()], ..Bulk::default() };
    bulk.accounts.extend(people.donors.iter().cloned());
    for donor in &people.donors {
        let at = donor.created_at;
        let mut mail = |mail, at| {
            let id = JobId(dice.id(at));
            let end = work_ends(&mut dice, at, plan.now);
            bulk.mails.push(Mailed { id, mail: (Some(donor.id), mail), queued_at: at, end });
        };
        mail(AccountMail::ConfirmEmail, at);
        let forgot_at = at + TimeDelta::days(40);
        if donor.created_at.timestamp() % 20 == 0 && forgot_at < plan.now {
            mail(AccountMail::ResetPassword, forgot_at);
        }
    }
    bulk
}

/// The rest, in parts that are small enough for one transaction.
fn split(mut all: Bulk) -> Vec<Bulk> {
    let certificates = std::mem::take(&mut all.certificates);
    let parts = certificates.chunks(20_000).map(|part| Bulk { certificates: part.to_vec(), ..Bulk::default() });
    parts.chain([all]).collect()
}

struct Charity {
    people: People,
    choices: Vec<(u32, Campaign)>,
    desk: Desk,
    books: Books,
    certified: Vec<Certified>,
    made: Vec<(Instant, DonationId)>,
}

impl Charity {
    fn donation(&mut self, at: Instant, plan: &Plan, mut dice: Dice) -> (Story, Vec<Delivery>) {
        let new = self.new_donation(at, plan.now, &mut dice);
        self.made.push((at, new.id));
        let mut teller = Teller::begin(new, (at, plan.now), dice);
        tell(&mut teller, &mut self.desk);
        self.books.enter(&teller.donation);
        if teller.dice.chance(6) {
            teller.deliveries.push(unmatched(&mut teller.dice, at));
        }
        let (story, certified, deliveries) = teller.end();
        self.certified.extend(certified);
        (story, deliveries)
    }

    fn new_donation(&self, at: Instant, now: Instant, dice: &mut Dice) -> NewDonation {
        let person = self.people.anybody(at, dice);
        let open = |campaign: &Campaign| campaign.state_at(at) == CampaignState::Open;
        let weigh =
            |(index, (weight, campaign)): (usize, &(u32, Campaign))| (if open(campaign) { *weight } else { 0 }, index);
        let weights: Vec<_> = self.choices.iter().enumerate().map(weigh).collect();
        let known = dice.weighted(&weights);
        // If none is open, which can only be if the database's own campaigns say so, the first one is taken.
        let campaign = self.choices.get(known).filter(|(_, campaign)| open(campaign)).unwrap_or(&self.choices[0]);
        let campaign = &campaign.1;
        let amount = dice.weighted(&AMOUNTS);
        let gift = if dice.chance(300) {
            campaign.gift(None, Some(dice.between(1, 25)))
        } else {
            campaign.gift(Some(Tenge::new(amount)), None)
        };
        let language = person.language;
        let (first, last) = names(language);
        let other = format!("{} {}", dice.pick(first), dice.pick(last));
        let first_days = now - TimeDelta::days(388);
        NewDonation {
            id: DonationId(dice.id(at)),
            donor: Donor { account: person.account, name: person.name, email: person.email },
            gift: gift.expect("amounts and trees in these tables can be counted"),
            campaign: campaign.slug.clone(),
            campaign_title: campaign.title.get(language).clone(),
            message: dice.chance(120).then(|| line(dice.pick(messages(language)))),
            certificate_name: dice.chance(80).then(|| line(&other)),
            anonymous: dice.chance(150),
            language,
            // The charity tried it out with play money before it went into production.
            test_mode: at < first_days && dice.chance(200),
        }
    }

    fn rest(&mut self, plan: &Plan) -> Bulk {
        let mut certificates = std::mem::take(&mut self.certified);
        // Numbers are given in the order in which certificates are issued.
        certificates.sort_by_key(|certified| (certified.draft.issued_at, certified.donation));
        let mut dice = Dice::of(plan.seed, 3);
        self.desk.looks_around(plan.now, &self.made, &mut dice);
        Bulk {
            certificates,
            days: self.books.reports(plan.now, &mut dice),
            audit: std::mem::take(&mut self.desk.entries),
            ..Bulk::default()
        }
    }
}

/// What people give, in tenge.
const AMOUNTS: [(u32, u32); 12] = [
    (90, 500),
    (200, 1_000),
    (60, 1_500),
    (190, 2_500),
    (200, 5_000),
    (120, 10_000),
    (35, 15_000),
    (40, 20_000),
    (25, 50_000),
    (12, 100_000),
    (4, 250_000),
    (1, 1_000_000),
];

fn line<const MAX: usize>(text: &str) -> LineText<MAX> {
    LineText::parse(text).expect("a plain line")
}

/// A webhook about another system's order: one shop can serve several.
fn unmatched(dice: &mut Dice, at: Instant) -> Delivery {
    let (order, body) = stranger(dice, at);
    Delivery {
        id: DeliveryId(dice.id(at)),
        dedup_key: format!("ioka:ORDER_EXPIRED:{order}"),
        dialect: "ioka".to_owned(),
        event: "ORDER_EXPIRED".to_owned(),
        donation: None,
        outcome: domain::ports::DeliveryOutcome::Unmatched,
        body,
        received_at: at,
        request_id: Some(dice.id(at).to_string()),
        copies: 1,
    }
}
