//! Traces of attacks and of honest rushes, replayed through the real guard on a simulated clock: what share of each is refused.
//! `docs/security.md` has the numbers and says how to print them; a test holds the two together.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use application::{
    Access, CreateDonation, House, PaymentStarted, StartPaymentError, create_donation, receive_webhook, start_payment,
};
use chrono::TimeDelta;
use domain::donation::{Actor, Cause};
use domain::ports::{Clock as _, Counted, WebhookRequest};
use domain::{ClientNet, DonationId, Donor, DonorEmail, DonorName, Instant, Language, Tenge};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::support::{App, Setup, webhook};

/// What the bank will say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Card {
    Good,
    Bad,
}

/// How one card is tried.
#[derive(Clone)]
struct Try {
    /// A number of the donor's own, or of the attacker's donation.
    who: u32,
    from: ClientNet,
    email: String,
    card: Card,
    /// Whether this is the first time, and how often whoever is refused comes back when the wait is over.
    first: bool,
    patience: u32,
    /// The donation, once it is made.
    donation: Option<DonationId>,
    honest: bool,
}

/// What happens, in its order.
enum Step {
    Try(Try),
    /// The gateway tells how it ended.
    Told(PaymentStarted, Card),
}

/// What became of one kind of people.
#[derive(Default, Clone, Copy)]
struct Count {
    /// People, or cards.
    all: u32,
    refused_at_first: u32,
    gave_up: u32,
}

struct Replay {
    app: App,
    house: House,
    steps: BTreeMap<(Instant, u64), Step>,
    next: u64,
    honest: Count,
    attack: Count,
}

impl Replay {
    async fn new(settings: &[(&str, &str)]) -> Self {
        let setup = settings.iter().fold(Setup::sqlite().await, |setup, (key, value)| setup.with(key, value));
        let app = setup.with("RATE_LIMIT_ENABLED", "true").start();
        let house = app.house();
        Self { app, house, steps: BTreeMap::new(), next: 0, honest: Count::default(), attack: Count::default() }
    }

    fn at(&mut self, when: Instant, step: Step) {
        self.steps.insert((when, self.next), step);
        self.next += 1;
    }

    /// What became of the honest people and of the attackers.
    async fn run(mut self) -> [Count; 2] {
        while let Some(((at, _), step)) = self.steps.pop_first() {
            self.app.clock.advance(at - self.app.clock.now());
            match step {
                Step::Try(trying) => self.attempt(at, trying).await,
                Step::Told(started, card) => self.tell(&started, card).await,
            }
        }
        [self.honest, self.attack]
    }

    async fn attempt(&mut self, now: Instant, mut trying: Try) {
        let answer = self.begin(&mut trying).await;
        let count = if trying.honest { &mut self.honest } else { &mut self.attack };
        count.all += u32::from(trying.first);
        match answer {
            Ok(started) => {
                // An honest donor whose card is declined takes another one, which is good.
                if trying.honest && trying.card == Card::Bad {
                    let again = Try { card: Card::Good, first: false, ..trying.clone() };
                    self.at(now + TimeDelta::seconds(90), Step::Try(again));
                }
                self.at(now + TimeDelta::seconds(if trying.honest { 45 } else { 8 }), Step::Told(started, trying.card));
            }
            Err(wait) => {
                count.refused_at_first += u32::from(trying.first);
                trying.first = false;
                if trying.patience == 0 {
                    count.gave_up += 1;
                } else {
                    trying.patience -= 1;
                    // People are not back to the second.
                    let back = now + wait + TimeDelta::seconds(i64::from(trying.who % 20));
                    self.at(back, Step::Try(trying));
                }
            }
        }
    }

    async fn begin(&self, trying: &mut Try) -> Result<PaymentStarted, TimeDelta> {
        let cause = Cause { actor: Actor::Guest, request_id: None };
        let id = match trying.donation {
            Some(id) => id,
            None => {
                let limits = &self.house.guard.limits;
                limits.count(Counted::NewDonation(trying.from)).map_err(|many| many.retry_after)?;
                let name = DonorName::parse("Donor").unwrap();
                let donor = Donor { account: None, name, email: DonorEmail::parse(&trying.email).unwrap() };
                let command = CreateDonation {
                    donor,
                    amount: Some(Tenge::new(5000)),
                    trees: None,
                    campaign: None,
                    message: None,
                    certificate_name: None,
                    anonymous: false,
                    language: Language::Ru,
                    cause: cause.clone(),
                };
                create_donation(&self.house, command).await.unwrap().id
            }
        };
        trying.donation = Some(id);
        match start_payment(&self.house, id, &Access::Guest, (&cause, trying.from)).await {
            Ok(started) => Ok(started),
            Err(StartPaymentError::TooMany(many)) => Err(many.retry_after),
            Err(error) => panic!("{error}"),
        }
    }

    async fn tell(&self, started: &PaymentStarted, card: Card) {
        let (id, order) = (started.donation.to_string(), started.order.as_str());
        let body = if card == Card::Good {
            webhook::captured(&id, order, 5000)
        } else {
            webhook::declined(&id, order, (&format!("pay_{}", self.app.clock.now()), "DECLINED_BY_ISSUER"))
        };
        let signature = webhook::signed(&body);
        let headers = [("x-signature", signature.as_bytes())];
        let request = WebhookRequest { headers: &headers, body: body.as_bytes(), received_at: self.app.clock.now() };
        receive_webhook(&self.house, request, None).await.unwrap();
    }
}

fn address(number: u32) -> ClientNet {
    ClientNet::of(Some(IpAddr::V4(Ipv4Addr::from_bits(0xcb00_0000 + number))))
}

/// Honest people come within ten minutes, whenever they like; 6 cards in 100 are declined at first.
fn honest(replay: &mut Replay, people: u32, from: impl Fn(u32) -> ClientNet) {
    let mut dice = StdRng::seed_from_u64(1);
    let start = replay.app.clock.now();
    for who in 0..people {
        let at = start + TimeDelta::milliseconds(dice.random_range(0..600_000));
        let card = if dice.random_ratio(6, 100) { Card::Bad } else { Card::Good };
        let email = format!("honest{who}@example.com");
        let one = Try { who, from: from(who), email, card, first: true, patience: 5, donation: None, honest: true };
        replay.at(at, Step::Try(one));
    }
}

/// A card every two seconds for half an hour, each for a donation of its own; 8 cards in 100 are good.
fn attack(replay: &mut Replay, from: impl Fn(u32) -> ClientNet, email: impl Fn(u32) -> String) {
    let mut dice = StdRng::seed_from_u64(2);
    let start = replay.app.clock.now();
    for who in 0..900 {
        let card = if dice.random_ratio(8, 100) { Card::Good } else { Card::Bad };
        let one = Try {
            who,
            from: from(who),
            email: email(who),
            card,
            first: true,
            patience: 0,
            donation: None,
            honest: false,
        };
        replay.at(start + TimeDelta::seconds(2 * i64::from(who)), Step::Try(one));
    }
}

/// Shares in thousandths, as the table of the docs has them.
fn share(part: u32, of: u32) -> u32 {
    (part * 1000 + of / 2) / of.max(1)
}

fn line(name: &str, count: Count) -> String {
    let shown = |share: u32| format!("{}.{} %", share / 10, share % 10);
    let Count { all, refused_at_first: refused, gave_up } = count;
    format!("| {name} | {all} | {refused} | {} | {gave_up} |", shown(share(refused, all)))
}

fn own_email(who: u32) -> String {
    format!("tester{who}@example.net")
}

#[tokio::test]
async fn the_attack_is_mostly_refused_and_the_honest_rush_hardly() {
    let mut table = Vec::new();
    let mut shares = Vec::new();
    let mut noted = |name: &str, count: Count| {
        table.push(line(name, count));
        shares.push((share(count.refused_at_first, count.all), count.gave_up));
    };

    let mut office = Replay::new(&[]).await;
    honest(&mut office, 150, |_| address(1));
    noted("150 people in one office, in 10 minutes", office.run().await[0]);

    let mut small = Replay::new(&[]).await;
    honest(&mut small, 60, |_| address(1));
    noted("60 people in one office, in 10 minutes", small.run().await[0]);

    let more = [("RATE_LIMIT_PAYMENTS_PER_MINUTE", "60"), ("RATE_LIMIT_DONATIONS_PER_MINUTE", "60")];
    let mut raised = Replay::new(&more).await;
    honest(&mut raised, 150, |_| address(1));
    noted("150 people in one office, both limits at 60 a minute", raised.run().await[0]);

    let mut one = Replay::new(&[]).await;
    attack(&mut one, |_| address(7), own_email);
    noted("attack from one address", one.run().await[1]);

    let mut email = Replay::new(&[]).await;
    attack(&mut email, |who| address(100 + who), |_| "tester@example.net".to_owned());
    noted("attack with one e-mail address, an address each", email.run().await[1]);

    let mut forty = Replay::new(&[]).await;
    attack(&mut forty, |who| address(100 + who % 40), own_email);
    noted("attack from 40 addresses in turn", forty.run().await[1]);

    let mut spread = Replay::new(&[]).await;
    attack(&mut spread, |who| address(10_000 + who), own_email);
    honest(&mut spread, 40, |who| address(1_000 + who));
    let [bystanders, attackers] = spread.run().await;
    noted("attack with an address and an e-mail address each", attackers);
    noted("40 honest donors of their own addresses beside that", bystanders);

    let mut beside = Replay::new(&more).await;
    attack(&mut beside, |_| address(1), own_email);
    honest(&mut beside, 150, |_| address(1));
    let [colleagues, inside] = beside.run().await;
    noted("attack from inside that office, both limits at 60 a minute", inside);
    noted("the 150 people in that office beside it", colleagues);

    let printed = table.join("\n");
    println!("{printed}");
    let docs = include_str!("../../../../docs/security.md");
    assert!(docs.contains(&printed), "docs/security.md has other numbers than these:\n{printed}");
    let (refused, gave_up): (Vec<u32>, Vec<u32>) = shares.into_iter().unzip();
    assert!(refused[1] == 0 && refused[2] == 0, "an office of this size, or with these settings, is never refused");
    assert_eq!(gave_up[1..3], [0, 0], "whoever waits for as long as was said gets through");
    assert!(refused[3..7].iter().all(|share| *share > 850), "{refused:?}");
}
